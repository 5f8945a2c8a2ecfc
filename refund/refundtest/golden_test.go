package refundtest_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

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
	if told < 40 {
		t.Errorf("%d failures are told", told)
	}
	golden(t, "testdata/failures.txt", text.String())
}

// The same of all refusals, and of one vector in twenty, for an evaluator that is wrong
// in one way after the other.
func TestFailuresOfVectorsRead(t *testing.T) {
	wrong := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		var invalid *refund.InvalidError
		if errors.As(err, &invalid) {
			switch invalid.Faults[0].Path[0] {
			case 's':
				return refund.Outcome{Held: true}, err
			case 'i':
				return refund.Outcome{}, nil
			case 'r':
				return o, errors.New("no")
			case 'p':
				return o, &refund.InvalidError{Faults: append(invalid.Faults, refund.Fault{Path: "elsewhere"})}
			}
			return o, &refund.InvalidError{}
		}
		switch {
		case len(c.Findings) > 1:
			return refund.Outcome{}, nil
		case len(c.Issues) == 1:
			return refund.Outcome{}, errors.New("no")
		case len(c.Issues) > 1:
			o.Held = !o.Held
		case c.Subscription.Refunded.Sign() == 0:
			o.Refundable, o.Entitlement, o.Deduction, o.Held = o.Deduction, o.Refundable, some(o.Refundable), !o.Held
		}
		return o, nil
	}
	var text strings.Builder
	seen := 0
	for _, f := range found(t, wrong) {
		kind, _, _ := strings.Cut(f.Name, "/")
		if kind == "vectors" {
			seen++
		}
		if kind == "refusals" || kind == "vectors" && seen%20 == 1 {
			fmt.Fprintf(&text, "%v\n\n", f)
		}
	}
	golden(t, "testdata/vectors.txt", text.String())
}

// golden compares a text with that in a file.
func golden(t *testing.T, file, text string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(strings.Split(string(want), "\n"), strings.Split(text, "\n")); diff != "" {
		t.Errorf("%s (run with -update if this is meant), want -, got +:\n%s", file, diff)
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
