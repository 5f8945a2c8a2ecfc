package main

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/examples/internal/terminal"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a text with a file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs (-update rewrites it), want -, got +:\n%s", name, diff)
	}
}

func TestTableOfTheSample(t *testing.T) {
	code, out, errs := evaluate(t, "", "-format", "table", "cases.jsonl")
	if code != exitOK || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	golden(t, "cases.txt", out)
}

func TestTableOfRefusals(t *testing.T) {
	code, out, errs := evaluate(t, "", "-format", "table", "broken.jsonl")
	if code != exitRefused || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	golden(t, "broken.txt", out)
}

func TestExplainedCases(t *testing.T) {
	code, out, errs := evaluate(t, "", "-explain", "cases.jsonl")
	if code != exitOK || errs != "" {
		t.Fatalf("status %d, %s", code, errs)
	}
	golden(t, "explained.txt", out)
	cases := strings.Split(out, "=== line ")[1:]
	for _, text := range cases {
		words := strings.Join(strings.Fields(text), " ")
		for _, clause := range refund.Clauses() {
			if !strings.Contains(words, clause.Title()) {
				t.Errorf("%s is missing in\n%s", clause, text)
			}
		}
		if strings.Count(words, ": not reviewed yet") > 1 {
			t.Errorf("clauses without a review are not grouped in\n%s", text)
		}
	}
	if len(cases) != 48 || !strings.Contains(out, "\n\nVERDICT ") {
		t.Errorf("%d cases, want 48 and the totals", len(cases))
	}
}

// A refused case has its faults in the place of reasons.
func TestExplainedRefusals(t *testing.T) {
	code, out, _ := evaluate(t, "", "-explain", "broken.jsonl")
	if code != exitRefused {
		t.Errorf("status %d", code)
	}
	for _, want := range []string{
		"=== line 2\nSUB-2602. Refused\n- subscription.paid: is negative\n\n=== line 3\n",
		"\n- policy.location: is not a plain IANA zone name such as\n  America/New_York\n",
		"\nrefused                  9\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if _, out, _ := evaluate(t, "[]", "-explain"); !strings.HasPrefix(out, "=== line 1\nRefused\n- ") {
		t.Errorf("a case without an id:\n%s", out)
	}
}

// No line is longer than the terminal.
func TestTableFitsItsWidth(t *testing.T) {
	longest := func(out string) (most int) {
		for line := range strings.Lines(out) {
			most = max(most, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")))
		}
		return most
	}
	for _, file := range []string{"cases.jsonl", "broken.jsonl"} {
		for _, width := range []string{"72", "80", "120", "160"} {
			_, out, _ := evaluate(t, "", "-format", "table", "-columns", width, file)
			if n, want := longest(out), terminal.TableWidth(0, width, 0); n > want || n < want-60 {
				t.Errorf("%s at width %s: the longest line has %d characters", file, width, n)
			}
		}
		if _, out, _ := evaluate(t, "", "-explain", file); longest(out) > terminal.MinWidth {
			t.Errorf("%s explained: the longest line has %d characters", file, longest(out))
		}
	}
}

func TestWideTableShowsWholeUUID(t *testing.T) {
	const id = "8f14e45f-ceea-467f-a834-31d30a6a5cf3"
	in := strings.Replace(numbered(t, 1), "SUB-00000001", id, 1)
	for width, want := range map[string]bool{"80": false, "120": true} {
		if _, out, _ := evaluate(t, in, "-format", "table", "-columns", width); strings.Contains(out, id) != want {
			t.Errorf("width %s, whole id %t:\n%s", width, !want, out)
		}
	}
}

// Text of the input cannot move the cursor of a terminal.
func TestTableShowsNoControlCharacters(t *testing.T) {
	line := strings.Replace(numbered(t, 1), "SUB-00000001", `S\u202e\u2066über`, 1)
	line = strings.Replace(line, "records match", `records\u001b[1A\nmatch`, 1)
	code, out, _ := evaluate(t, line, "-format", "table")
	_, reasons, _ := evaluate(t, line, "-explain")
	if code != exitOK || !strings.Contains(out, "S··über") || !strings.Contains(reasons, "Süber. ") || !strings.Contains(reasons, "records [1A match") {
		t.Errorf("status %d:\n%s%s", code, out, reasons)
	}
	for _, r := range out + reasons {
		if r < ' ' && r != '\n' || r == '\u202e' {
			t.Errorf("%q is in the output", r)
		}
	}
}

// A detail of nearly 1 MiB is cut.
func TestExplainedLongDetail(t *testing.T) {
	word := strings.Repeat("x", 1_000_000)
	in := strings.Replace(numbered(t, 1), "records match the issue log", word, 1)
	code, out, errs := evaluate(t, in, "-explain")
	if code != exitOK || errs != "" || strings.Count(out, "x") < 500 || len(out) > 5000 {
		t.Errorf("status %d, %s, %d bytes", code, errs, len(out))
	}
}

func TestTotals(t *testing.T) {
	var in strings.Builder
	for i := range 1000 { // several batches
		in.WriteString(numbered(t, i) + "\n")
	}
	one := numbered(t, 1)
	euros := strings.ReplaceAll(one, "USD", "EUR")
	late := strings.Replace(one, `"at":"2026-03-05T10:30:00-05:00"`, `"at":"2026-04-20T10:30:00-04:00"`, 1)
	late = strings.Replace(late, `,"called_back":"2026-03-05T15:02:00-05:00"`, "", 1)
	held := strings.Replace(one, `"by":"ACC-307"`, `"by":"ACC-1"`, 1)
	_, out, _ := evaluate(t, in.String()+euros+"\n"+late+"\n"+held+"\n{}\n", "-format", "table")
	foot := out[strings.Index(out, "\nVERDICT"):]
	want := strings.Join([]string{
		"",
		"VERDICT              CASES       REFUNDABLE         HELD",
		"full                     1           199.99 EUR",
		"full                  1001        200189.99 USD        1",
		"window_closed            1             0.00 USD",
		"total                    1           199.99 EUR",
		"total                 1002        200189.99 USD        1",
		"all cases             1003                             1",
		"refused                  1",
		"",
	}, "\n")
	if diff := cmp.Diff(want, foot); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// Sums may be longer than any amount of a case.
func TestTotalOfTheLargestAmounts(t *testing.T) {
	largest := strings.Repeat("9", 32) + ".99"
	in := strings.ReplaceAll(numbered(t, 1), `"199.99"`, `"`+largest+`"`) + "\n"
	code, out, errs := evaluate(t, in+in, "-format", "table")
	if code != exitOK || errs != "" || !strings.Contains(out, "1"+strings.Repeat("9", 32)+".98") {
		t.Errorf("status %d\n%s%s", code, out, errs)
	}
}

func TestTableWidth(t *testing.T) {
	for _, row := range []struct {
		reason   string
		columns  int
		variable string
		terminal int
		want     int
	}{
		{"80 characters if no width is known", 0, "", 0, 80},
		{"the terminal's own width", 0, "", 132, 132},
		{"COLUMNS overrides the terminal", 0, "100", 132, 100},
		{"-columns overrides COLUMNS", 90, "100", 132, 90},
		{"COLUMNS that is not a number is ignored", 0, "wide", 132, 132},
		{"COLUMNS that is negative is ignored", 0, "-5", 0, 80},
		{"a very narrow terminal breaks the lines itself", 0, "", 20, 72},
		{"a very wide terminal gets lines that can be read", 0, "", 400, 160},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			if got := terminal.TableWidth(row.columns, row.variable, row.terminal); got != row.want {
				t.Errorf("%d, want %d", got, row.want)
			}
		})
	}
}
