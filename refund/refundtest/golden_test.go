package refundtest_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

var update = flag.Bool("update", false, "write testdata/failures.txt anew")

// What another team reads of a broken law is the most of what this package is for. The
// file has it for every evaluator here that breaks one, smallest case and all, so that a
// change of it is seen and judged by somebody.
//
// Only cases in New York and in UTC are told: elsewhere instants come of the machine's
// zone files.
func TestFailuresRead(t *testing.T) {
	var text strings.Builder
	told := 0
	for _, row := range lawBreakers {
		f := lawOf(t, row.law).TryAll(row.Evaluator)
		if f == nil {
			t.Fatalf("%s holds, though %s", row.law, row.because)
		}
		if name := f.Policy.Location.String(); name != "UTC" && name != "America/New_York" {
			continue
		}
		told++
		fmt.Fprintf(&text, "Where %s:\n\n%s\n\n", row.because, passing.ReplaceAllString(f.Error(), "…"))
	}
	const file = "testdata/failures.txt"
	if *update {
		if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(text.String(), "\n")); diff != "" || told < 40 {
		t.Errorf("%d failures (run with -update if this is meant), want -, got +:\n%s", told, diff)
	}
}

// passing is what differs from run to run: a line of this package, a count of calls.
var passing = regexp.MustCompile(`law_test\.go:\d+|resolved issues: \d{3,}`)

func lawOf(t *testing.T, name string) refundtest.Law {
	t.Helper()
	for _, law := range refundtest.Laws() {
		if law.Name == name {
			return law
		}
	}
	t.Fatalf("no law %q", name)
	return refundtest.Law{}
}
