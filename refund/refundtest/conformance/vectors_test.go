package conformance_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/internal/oracle"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

var loadOnce = sync.OnceValues(conformance.Vectors)

// vectors returns all vectors, which tests must not change.
func vectors(t *testing.T) []conformance.Vector {
	t.Helper()
	list, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// judge evaluates a document with the library.
func judge(text []byte) (refund.Outcome, error) {
	d, err := document.Decode(text)
	if err != nil {
		return refund.Outcome{}, err
	}
	return d.Evaluate()
}

// paths returns the sorted paths of an error's faults without repetition.
func paths(t *testing.T, err error) (list []string) {
	t.Helper()
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("error is %v, want an InvalidError", err)
	}
	for _, f := range invalid.Faults {
		list = append(list, f.Path)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func TestLibrary(t *testing.T) {
	for _, v := range vectors(t) {
		t.Run(v.Name, func(t *testing.T) {
			got, err := judge(v.Document)
			if v.Want == nil {
				want := slices.Sorted(slices.Values(v.Refused))
				if got := paths(t, err); !slices.Equal(got, want) {
					t.Errorf("%s: faults of %q, want %q: %v", v.Reason, got, want, err)
				}
				return
			}
			if err != nil {
				t.Fatalf("%s: %v", v.Reason, err)
			}
			for _, d := range v.Want.Differences(got) {
				t.Errorf("%s: %s", v.Reason, d)
			}
			if !slices.Equal(got.Findings, v.Want.Findings) {
				t.Errorf("%s: findings are %v, want %v in this order", v.Reason, got.Findings, v.Want.Findings)
			}
		})
	}
}

// The expected outcomes follow from the clauses, independently of the library.
func TestVectorsAgreeWithTheOracle(t *testing.T) {
	for _, v := range vectors(t) {
		if v.Want == nil {
			continue
		}
		t.Run(v.Name, func(t *testing.T) {
			d, err := document.Decode(v.Document)
			if err != nil {
				t.Fatal(err)
			}
			w := v.Want
			wanted := refund.Outcome{
				Subscription: w.Subscription, Verdict: w.Verdict,
				Refundable: w.Refundable, Entitlement: w.Entitlement, Deduction: w.Deduction,
				Refunded: w.Refunded, Disputed: w.Disputed, Remaining: w.Remaining,
				ResolvedIssues: w.ResolvedIssues, Window: w.Window, Held: w.Held,
				Callback: w.Callback, Statuses: w.Statuses, Findings: w.Findings,
			}
			for _, objection := range oracle.ObjectionsToResult(d.Policy, d.Case, wanted) {
				t.Errorf("%s: the vector's %s", v.Reason, objection)
			}
		})
	}
}

// A newer time-zone database may change future days, and must not change a vector.
func TestVectorsHavePastDays(t *testing.T) {
	end := time.Date(2026, time.July, 2, 0, 0, 0, 0, time.UTC)
	for _, v := range vectors(t) {
		if v.Want == nil {
			continue
		}
		d, err := document.Decode(v.Document)
		if err != nil {
			t.Fatal(err)
		}
		if d.Policy.Location.String() == "UTC" {
			continue
		}
		for _, at := range []time.Time{v.Want.Window.Closes, v.Want.Callback.Latest, d.Case.Request.CalledBack} {
			if at.After(end) {
				t.Errorf("%s has %v, a future day in %v", v.Name, at, d.Policy.Location)
			}
		}
	}
}
