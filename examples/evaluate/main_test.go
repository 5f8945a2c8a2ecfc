package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// Golden tables are 80 characters wide, whatever terminal the tests run in.
func TestMain(m *testing.M) {
	os.Unsetenv("COLUMNS")
	os.Exit(m.Run())
}

// evaluate runs the program on an input and returns its status and output.
func evaluate(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code = run(args, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

// numbered returns the sample's first case with another subscription id.
func numbered(t testing.TB, n int) string {
	sample, err := os.ReadFile("cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(sample), "\n")
	return strings.Replace(first, `"SUB-2601"`, fmt.Sprintf(`"SUB-%08d"`, n), 1)
}

func TestStatus(t *testing.T) {
	dir := t.TempDir()
	for _, row := range []struct {
		reason string
		args   []string
		stdin  string
		code   int
		stderr string // a part of it
	}{
		{"an empty input has no refused case", nil, "", exitOK, ""},
		{"-h prints the usage", []string{"-h"}, "", exitOK, "usage: evaluate"},
		{"a refused case makes the status 1", []string{"-"}, "{}", exitRefused, ""},
		{"an unknown option is an error", []string{"-colour"}, "", exitFailed, "usage: evaluate"},
		{"an unknown format is an error", []string{"-format", "xml"}, "", exitFailed, `"xml" is not one of json, table`},
		{"-explain needs the table: JSON always has the steps", []string{"-format", "json", "-explain"}, "", exitFailed, "-explain goes with -format table"},
		{"letters of two files would have the same names", []string{"-letters", dir, "cases.jsonl", "broken.jsonl"}, "", exitFailed, "-letters needs the cases in one file"},
		{"a missing file is an error", []string{"cases.jsonl", filepath.Join(dir, "none")}, "", exitFailed, "none"},
		{"a directory is an error", []string{dir}, "", exitFailed, "is a directory"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			code, out, errs := evaluate(t, row.stdin, row.args...)
			if code != row.code || !strings.Contains(errs, row.stderr) || row.stderr == "" && errs != "" {
				t.Errorf("status %d, stderr %q; want %d, %q", code, errs, row.code, row.stderr)
			}
			if code == exitFailed && out != "" {
				t.Errorf("cases were evaluated before the error: %s", out)
			}
		})
	}
}

// The example of -h is a command that works, with a case that is evaluated.
func TestHelpHasAWorkingExample(t *testing.T) {
	_, _, help := evaluate(t, "", "-h")
	_, command, _ := strings.Cut(help, "echo '")
	input, command, _ := strings.Cut(command, "' | tr -d '\\n' | evaluate ")
	code, out, errs := evaluate(t, strings.ReplaceAll(input, "\n", ""), strings.Fields(command)...)
	if code != exitOK || errs != "" || !strings.Contains(out, "199.99 USD") {
		t.Errorf("status %d\n%s%s", code, out, errs)
	}
	for line := range strings.Lines(help) {
		if len(line) > 100 {
			t.Errorf("a line of the help has %d characters: %s", len(line), line)
		}
	}
}

func opened(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
