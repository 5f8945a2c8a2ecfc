package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/examples/internal/documents"
	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

var update = flag.Bool("update", false, "write the golden files")

// Golden tables are 80 characters wide, whatever terminal the tests run in.
func TestMain(m *testing.M) {
	os.Unsetenv("COLUMNS")
	os.Exit(m.Run())
}

var today = time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC)

// backtest runs the program on an input and returns its status and output.
func backtest(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code = run(args, strings.NewReader(stdin), &out, &errs, today)
	return code, out.String(), errs.String()
}

// sample are the arguments that compare the sample policies.
func sample(args ...string) []string {
	return append([]string{"-old", "sample/old.json", "-new", "sample/new.json"}, args...)
}

func TestGoldenReports(t *testing.T) {
	for _, row := range []struct {
		reason, golden string
		width          int // of a table, 0 for other output
		code           int
		args           []string
	}{
		{"the sample as a table", "table.txt", 80, exitOK, sample("-format", "table", "sample/cases.jsonl")},
		{"a wider table has longer bars", "wide.txt", 120, exitOK, sample("-format", "table", "-columns", "120", "sample/cases.jsonl")},
		{"the sample as JSON", "report.json", 0, exitOK, sample("-format", "json", "sample/cases.jsonl")},
		{"a policy with itself", "same.txt", 80, exitOK, []string{"-old", "sample/old.json", "-new", "sample/old.json", "-format", "table", "sample/cases.jsonl"}},
		{"lines that are not cases, and a limit that is exceeded", "above.txt", 80, exitAbove,
			[]string{"-old", "sample/new.json", "-new", "sample/old.json", "-fail-above", "500.00USD", "-format", "table", "testdata/faulty.jsonl"}},
		{"warnings as text", "lint.txt", 0, exitRefused, []string{"-lint", "-format", "table", "testdata/careless.json"}},
		{"warnings as JSON", "lint.json", 0, exitRefused, []string{"-lint", "-format", "json", "testdata/careless.json"}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			code, out, errs := backtest(t, "", row.args...)
			if code != row.code || errs != "" {
				t.Errorf("status %d, want %d; stderr %q", code, row.code, errs)
			}
			name := filepath.Join("testdata", row.golden)
			if *update {
				if err := os.WriteFile(name, []byte(out), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), out); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
			for line := range strings.Lines(out) {
				if n := utf8.RuneCountInString(line) - 1; row.width > 0 && n > row.width {
					t.Errorf("a line of %d characters: %s", n, line)
				}
			}
		})
	}
}

func TestStatus(t *testing.T) {
	dir := t.TempDir()
	faulty := filepath.Join(dir, "faulty.json")
	if err := os.WriteFile(faulty, []byte(`{"version":"2"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	cases := "sample/cases.jsonl"
	reversed := []string{"-old", "sample/new.json", "-new", "sample/old.json"}
	for _, row := range []struct {
		reason string
		args   []string
		stdin  string
		code   int
		stderr string // a part of it
	}{
		{"an empty input", sample(), "", exitOK, ""},
		{"a line that is not a case makes the status 1", sample("-"), "{}\n", exitRefused, ""},
		{"-h prints the usage", []string{"-h"}, "", exitOK, "usage: backtest"},
		{"-old alone", []string{"-old", "sample/old.json"}, "", exitFailed, "-old and -new are required"},
		{"a missing policy", []string{"-old", "none.json", "-new", "sample/new.json"}, "", exitFailed, "none.json"},
		{"a faulty policy names its fields", []string{"-old", "sample/old.json", "-new", faulty}, "", exitFailed, "policy.required: is required"},
		{"a missing file of cases", sample("none.jsonl"), "", exitFailed, "none.jsonl"},
		{"an unknown format", sample("-format", "xml"), "", exitFailed, `"xml" is not one of json, table`},
		{"a saving is never above a limit", sample("-fail-above", "0.00USD", cases), "", exitOK, ""},
		{"a difference above the limit", append(reversed, "-fail-above", "500.00USD", "-fail-above", "400000JPY", cases), "", exitAbove, ""},
		{"a difference of exactly the limits", append(reversed, "-fail-above", "8749.55USD", "-fail-above", "378800JPY", cases), "", exitOK, ""},
		{"a difference of one unit more", append(reversed, "-fail-above", "8749.54USD", "-fail-above", "378800JPY", cases), "", exitAbove, ""},
		{"a currency without a limit may not rise", append(reversed, "-fail-above", "9000.00USD", cases), "", exitAbove, ""},
		{"no limit at all", append(reversed, cases), "", exitOK, ""},
		{"the limit matters more than a line that was not read", append(reversed, "-fail-above", "1.00USD", cases, "-"), "{}\n", exitAbove, ""},
		{"a limit without a currency", sample("-fail-above", "500"), "", exitFailed, "such as 500.00USD"},
		{"a limit in an unknown currency", sample("-fail-above", "500XYZ"), "", exitFailed, "such as 500.00USD"},
		{"a negative limit", sample("-fail-above", "-5.00USD"), "", exitFailed, "must not be negative"},
		{"two limits in one currency", sample("-fail-above", "5.00USD", "-fail-above", "6.00 USD"), "", exitFailed, "already"},
		{"-lint without a file", []string{"-lint"}, "", exitFailed, "-lint goes with"},
		{"-lint of policies without warnings", []string{"-lint", "sample/old.json", "sample/new.json"}, "", exitOK, ""},
		{"-lint on a day that does not exist", []string{"-lint", "-at", "2026-02-30", "sample/old.json"}, "", exitFailed, "-at is not a day"},
		{"-lint before the holidays are past", []string{"-lint", "-at", "2024-12-24", "testdata/holidays.json"}, "", exitOK, ""},
		{"-lint after the holidays", []string{"-lint", "-at", "2024-12-26", "testdata/holidays.json"}, "", exitRefused, ""},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			code, out, errs := backtest(t, row.stdin, row.args...)
			if code != row.code || !strings.Contains(errs, row.stderr) || row.stderr == "" && errs != "" {
				t.Errorf("status %d, stderr %q; want %d, %q", code, errs, row.code, row.stderr)
			}
			if code == exitFailed && out != "" {
				t.Errorf("a report before the error: %s", out)
			}
		})
	}
}

// The work of several processors is the backtest of all cases in one go.
func TestReportIsThatOfAllCases(t *testing.T) {
	var text bytes.Buffer
	if err := documents.Write(&text, 1000, 3); err != nil {
		t.Fatal(err)
	}
	_, out, _ := backtest(t, text.String(), sample("-format", "json")...)

	before, err := readPolicy("sample/old.json")
	if err != nil {
		t.Fatal(err)
	}
	after, err := readPolicy("sample/new.json")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := whatif.Backtest(before, after, func(yield func(refund.Case, error) bool) {
		for line := range bytes.Lines(text.Bytes()) {
			d, err := document.Decode(line)
			if !yield(d.Case, err) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	want, err := (&result{Report: whole}).json()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out); diff != "" || whole.Cases != 1000 {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if !json.Valid([]byte(out)) {
		t.Error("not JSON")
	}
}

func TestVersionsAsAPolicy(t *testing.T) {
	first, second := refund.Published(testkit.NewYork), refund.Published(testkit.NewYork)
	second.Version, second.WindowDays, second.Effective = "2", 30, today
	versions, err := refund.NewVersions(first, second)
	if err != nil {
		t.Fatal(err)
	}
	text, err := versions.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "versions.json")
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"-old", "sample/old.json", "-new", name, "-format", "table", "sample/cases.jsonl"}
	code, out, errs := backtest(t, "", args...)
	if code != exitOK || errs != "" || !strings.Contains(out, "window_closed") {
		t.Errorf("status %d\n%s%s", code, out, errs)
	}
	if code, _, _ := backtest(t, "", "-lint", name); code != exitOK {
		t.Errorf("-lint: status %d", code)
	}

	// Without the first policy there is none for older subscriptions: the report lacks them.
	late, err := refund.NewVersions(second)
	if err != nil {
		t.Fatal(err)
	}
	if text, err = late.MarshalJSON(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, _ = backtest(t, "", args...)
	if code != exitRefused || !strings.Contains(out, "REFUSED by the new policy") || !strings.Contains(out, "subscription.start") {
		t.Errorf("status %d\n%s", code, out)
	}
}

// The sample cases are the first of seed 7.
func TestSampleIsGenerated(t *testing.T) {
	var want bytes.Buffer
	if err := documents.Write(&want, 200, 7); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("sample/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("go run ./examples/evaluate/documents -n 200 -seed 7 writes other cases")
	}
}

// The report in the README is what the program prints.
func TestReadmeShowsTheReport(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, out, _ := backtest(t, "", sample("-format", "table", "sample/cases.jsonl")...)
	_, block, found := strings.Cut(string(readme), "```text\n")
	block, _, closed := strings.Cut(block, "```")
	if !found || !closed || len(block) < 500 || !strings.Contains(out, block) {
		t.Errorf("the README shows\n%s\nthe program prints\n%s", block, out)
	}
}
