package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

var update = flag.Bool("update", false, "write the golden files anew")

// reviewed runs the program for a decision of one instant and returns its output.
func reviewed(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code = run(append([]string{"-at", decided.Format(time.RFC3339)}, args...), &out, &errs)
	return code, out.String(), errs.String()
}

// golden compares with a file in testdata.
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
		t.Errorf("%s (run with -update if this is meant), want -, got +:\n%s", name, diff)
	}
}

// The folders that are here, and the status of each.
var folders = []struct {
	why, dir, name string
	code           int
}{
	{"a case that can be read completely", "sample", "sample", exitOK},
	{"a case with every kind of problem", "testdata/problems", "problems", exitProblems},
}

func TestText(t *testing.T) {
	for _, f := range folders {
		t.Run(f.why, func(t *testing.T) {
			code, out, errs := reviewed(t, f.dir)
			if code != f.code || errs != "" {
				t.Fatalf("status %d, %s", code, errs)
			}
			golden(t, f.name+".golden.txt", out)
			if _, named, _ := reviewed(t, "-format", "text", f.dir); named != out {
				t.Error("text is not the default")
			}
			for _, width := range []int{leastWidth, defaultWidth, 120} {
				_, out, _ := reviewed(t, "-width", fmt.Sprint(width), f.dir)
				for line := range strings.Lines(out) {
					if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width && width >= defaultWidth {
						t.Errorf("%d characters: %s", n, line)
					}
				}
			}
		})
	}
}

func TestJSON(t *testing.T) {
	for _, f := range folders {
		t.Run(f.why, func(t *testing.T) {
			code, out, errs := reviewed(t, "-format", "json", f.dir)
			if code != f.code || errs != "" {
				t.Fatalf("status %d, %s", code, errs)
			}
			if strings.Count(out, "\n") != 1 || !strings.HasSuffix(out, "\n") {
				t.Error("the output is not one line")
			}
			var indented bytes.Buffer
			if err := json.Indent(&indented, []byte(out), "", "\t"); err != nil {
				t.Fatal(err)
			}
			golden(t, f.name+".golden.json", indented.String())
		})
	}
}

// An object is what a program reads of the JSON.
type object struct {
	Subscription struct{ ID, Account string }
	Log          struct{ Digest string }
	Media        []struct{ Name, State string }
	Issues       []struct {
		Issue, Standing string
		Stake           struct{ Amount, Currency string }
		Supporting      []struct{ Kind, ID, Objection string }
		Contradicting   []struct{ Kind, ID, Objection string }
		More            int
	}
	OtherAccounts    []struct{ Kind, ID string } `json:"other_accounts"`
	Damaged, Unknown []struct{ Kind, ID, Issue string }
	Findings         []struct{ Clause, Severity, Subject, Detail string }
	Figures          struct {
		Logged, Supported, Corroborated struct{ Amount, Currency string }
	}
	Outcome  json.RawMessage
	Problems []struct {
		File, Path, Reason string
		Line               int
	}
}

func decoded(t *testing.T, dir string) (o object) {
	t.Helper()
	_, out, _ := reviewed(t, "-format", "json", dir)
	if err := json.Unmarshal([]byte(out), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// The text has every fact that the JSON has.
func TestTextHasWhatJSONHas(t *testing.T) {
	for _, f := range folders {
		t.Run(f.why, func(t *testing.T) {
			_, out, _ := reviewed(t, f.dir)
			out = strings.Join(strings.Fields(out), " ") // as if lines were endless
			o := decoded(t, f.dir)
			told := func(format string, args ...any) {
				t.Helper()
				want := strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ")
				if !strings.Contains(out, want) {
					t.Errorf("%q is not in the text", want)
				}
			}
			told("%s of account %s", o.Subscription.ID, o.Subscription.Account)
			told("digest %s", o.Log.Digest)
			told("%d files checked", len(o.Media))
			for _, m := range o.Media {
				if m.State != "intact" {
					told("%s: %s", m.State, m.Name)
				}
			}
			for _, i := range o.Issues {
				told("%s", i.Issue)
				told("%s %s %s", i.Standing, i.Stake.Amount, i.Stake.Currency)
				for _, r := range i.Supporting {
					told("%s %s", r.Kind, r.ID)
				}
				for _, r := range i.Contradicting {
					told("contradicting: %s %s,", r.Kind, r.ID)
				}
				if i.More > 0 {
					told("and %d more", i.More)
				}
			}
			for _, r := range o.OtherAccounts {
				told("%s %s belongs to another account", r.Kind, r.ID)
			}
			for _, r := range o.Damaged {
				told("%s %s has a file that is not intact", r.Kind, r.ID)
			}
			for _, r := range o.Unknown {
				told("%s %s names %s,", r.Kind, r.ID, r.Issue)
			}
			for _, f := range o.Findings {
				told("%s %s %s %s", f.Clause, f.Severity, f.Subject, f.Detail)
			}
			told("%s %s all that are logged", o.Figures.Logged.Amount, o.Figures.Logged.Currency)
			told("%s %s those that are corroborated or plausible", o.Figures.Supported.Amount, o.Figures.Supported.Currency)
			told("%s %s those that are corroborated", o.Figures.Corroborated.Amount, o.Figures.Corroborated.Currency)
			for _, p := range o.Problems {
				told("%s", p.Reason)
			}
			var outcome struct {
				Verdict    string
				Refundable struct{ Amount, Currency string }
				Steps      []struct{ Clause, Status, Detail string }
			}
			if err := json.Unmarshal(o.Outcome, &outcome); err != nil {
				t.Fatal(err)
			}
			told("verdict %s:", outcome.Verdict)
			told("refundable %s %s", outcome.Refundable.Amount, outcome.Refundable.Currency)
			for _, s := range outcome.Steps {
				switch s.Status {
				case "objected", "blocking", "not_evaluated":
					told("%s %s %s", s.Clause, s.Status, s.Detail)
				}
			}
		})
	}
}

func TestOutputIsTheSameEachTime(t *testing.T) {
	for _, f := range folders {
		for _, format := range []string{"-format=text", "-format=json", "-note", "-picture"} {
			_, first, _ := reviewed(t, format, f.dir)
			for range 20 {
				if _, again, _ := reviewed(t, format, f.dir); again != first {
					t.Fatalf("%s of %s differs:\n%s", format, f.dir, cmp.Diff(first, again))
				}
			}
		}
	}
}

func TestStatus(t *testing.T) {
	folder := func(files map[string]string) string {
		dir := t.TempDir()
		for name, data := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	sample, err := os.ReadFile("sample/case.json")
	if err != nil {
		t.Fatal(err)
	}
	invalid := strings.NewReplacer(`"paid": {"amount": "499.00"`, `"paid": {"amount": "-1.00"`, `"phone"`, `"fax"`).Replace(string(sample))
	many := strings.Replace(string(sample), `"findings": [`, `"findings": [`+strings.Repeat(`{"clause":"licensed","severity":"advisory"},`, 19_990), 1)
	noCase := t.TempDir()
	if err := os.Mkdir(filepath.Join(noCase, "case.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		why  string
		args []string
		code int
		says []string // on standard error
	}{
		{"help was asked for", []string{"-h"}, exitOK, []string{"usage: review [-format text|json | -note | -picture] [-width N] [-at INSTANT] FOLDER\n", "case.json", "Examples:", "text or json"}},
		{"a folder with only a case", []string{folder(map[string]string{"case.json": string(sample)})}, exitOK, nil},
		{"an option that does not exist", []string{"-colour", "sample"}, exitFailed, []string{"-colour", "usage: review"}},
		{"a format that does not exist", []string{"-format", "xml", "sample"}, exitFailed, []string{`review: -format "xml" is neither text nor json`}},
		{"an instant that is not one", []string{"-at", "yesterday", "sample"}, exitFailed, []string{"usage: review"}},
		{"a decision before the request", []string{"-at", "2026-03-16T18:44:59-04:00", "sample"}, exitFailed, []string{"review: sample: -at is before the request\n"}},
		{"a note and a picture", []string{"-note", "-picture", "sample"}, exitFailed, []string{"review: -note and -picture exclude each other\n"}},
		{"a note is not JSON", []string{"-format", "json", "-note", "sample"}, exitFailed, []string{"leave -format out\n"}},
		{"a picture is not JSON", []string{"-format", "json", "-picture", "sample"}, exitFailed, []string{"leave -format out\n"}},
		{"a narrow page", []string{"-width", "59", "sample"}, exitFailed, []string{"review: -width is less than 60\n"}},
		{"no folder", nil, exitFailed, []string{"usage: review"}},
		{"two folders", []string{"sample", "sample"}, exitFailed, []string{"usage: review"}},
		{"a folder that is not there", []string{filepath.Join(t.TempDir(), "none")}, exitFailed, []string{"review: ", "none"}},
		{"a file is no folder", []string{"sample/case.json"}, exitFailed, []string{"review: sample/case.json: not a directory\n"}},
		{"a folder without a case", []string{t.TempDir()}, exitFailed, []string{"review: ", ": case.json: "}},
		{"a case that is a folder", []string{noCase}, exitFailed, []string{": case.json: is not a regular file"}},
		{"a case that is no JSON", []string{folder(map[string]string{"case.json": "{"})}, exitFailed, []string{"/case.json: is not valid JSON"}},
		{"a case that is too long", []string{folder(map[string]string{"case.json": strings.Repeat(" ", 2<<20)})}, exitFailed, []string{"/case.json: is longer than 1 MiB"}},
		{"all faults of a case are reported", []string{folder(map[string]string{"case.json": invalid})}, exitFailed,
			[]string{"/case.json: subscription.paid: is negative\n", "/case.json: request.channel: is not one of email, phone, other\n"}},
		{"with those of the review, the findings are too many", []string{folder(map[string]string{"case.json": many})}, exitFailed,
			[]string{"/case.json: findings: has more than 20000 entries\n"}},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			code, out, errs := reviewed(t, row.args...)
			if code != row.code || row.says == nil && errs != "" {
				t.Errorf("status %d, %q; want %d", code, errs, row.code)
			}
			for _, says := range row.says {
				if !strings.Contains(errs, says) {
					t.Errorf("%q is not in %q", says, errs)
				}
			}
			if code == exitFailed && out != "" {
				t.Errorf("a report is written: %s", out)
			}
		})
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestUnwritableOutput(t *testing.T) {
	for _, f := range folders {
		for _, format := range []string{"-format=text", "-note", "-picture"} {
			var errs strings.Builder
			if code := run([]string{"-at", decided.Format(time.RFC3339), format, f.dir}, fullDisk{}, &errs); code != exitFailed || errs.String() != "review: disk full\n" {
				t.Errorf("status %d, %s", code, errs.String())
			}
		}
	}
}
