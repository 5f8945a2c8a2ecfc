package whatif_test

import (
	"iter"
	"slices"
	"strconv"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// stream returns the values as a sequence without errors.
func stream[T any](values ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range values {
			if !yield(v, nil) {
				return
			}
		}
	}
}

var sameCurrency = cmp.Comparer(func(a, b refund.Currency) bool { return a == b })

// wantSame fails if two values differ.
func wantSame(t testkit.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, sameCurrency); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

// backtest fails on an error.
func backtest(t testkit.TB, before, after whatif.Evaluator, cases ...refund.Case) whatif.Report {
	t.Helper()
	report, err := whatif.Backtest(before, after, stream(cases...))
	if err != nil {
		t.Fatalf("backtest: %v", err)
	}
	return report
}

// drawCases draws cases of a policy, each of its own subscription, some of them refused.
func drawCases(t *rapid.T, p refund.Policy, most int) []refund.Case {
	cases := rapid.SliceOfN(gen.Case(p), 0, most).Draw(t, "cases")
	faults := rapid.SliceOfN(rapid.IntRange(0, 20), len(cases), len(cases)).Draw(t, "faults")
	for i := range cases {
		c := &cases[i]
		c.Subscription.ID = "SUB-" + strconv.Itoa(i)
		for j := range c.Issues {
			c.Issues[j].Subscription = ""
		}
		switch faults[i] {
		case 18:
			c.Issues = nil
		case 19:
			c.Subscription.Paid = refund.Money{}
		case 20:
			c.Issues = refund.IssueLog{{ID: "T-1"}, {ID: "T-1"}}
		}
	}
	return cases
}

// changed returns the policy with some fields of another one.
func changed(t *rapid.T, p refund.Policy) refund.Policy {
	q := gen.Policy().Draw(t, "other")
	for i, take := range []func(){
		func() { p.WindowDays = q.WindowDays },
		func() { p.Readings = q.Readings; p.Hours = q.Hours },
		func() { p.Location = q.Location },
		func() { p.Hours = refund.Published(nil).Hours; p.SpecialDays = nil },
	} {
		if rapid.Bool().Draw(t, "take"+strconv.Itoa(i)) {
			take()
		}
	}
	if p.Validate() != nil {
		return q
	}
	return p
}

// split deals values out to two lists.
func split[T any](t *rapid.T, values []T) (left, right []T) {
	for i, v := range rapid.Permutation(values).Draw(t, "order") {
		if rapid.Bool().Draw(t, "side"+strconv.Itoa(i)) {
			left = append(left, v)
		} else {
			right = append(right, v)
		}
	}
	return left, right
}

// caseOf returns the reviewed case of package testkit after changes.
func caseOf(changes ...func(*refund.Case)) refund.Case {
	c := testkit.ReviewedCase()
	c.Issues = slices.Clone(c.Issues)
	for _, change := range changes {
		change(&c)
	}
	return c
}
