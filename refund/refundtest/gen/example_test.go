package gen_test

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// A shop computes the part of the payment that it keeps. Check for every case that this part
// is not negative. A test would call rapid.Check(t, neverNegative).
func Example() {
	kept := func(o refund.Outcome) (refund.Money, error) { return o.Basis.Paid.Sub(o.Entitlement) }

	neverNegative := func(t *rapid.T) {
		policy := gen.Policy().Draw(t, "policy")
		c := gen.Case(policy).Draw(t, "case")
		outcome, err := policy.Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		m, err := kept(outcome)
		if err != nil {
			t.Fatal(err)
		}
		if m.Sign() < 0 {
			t.Errorf("the shop keeps %v of %v paid", m, outcome.Basis.Paid)
		}
	}
	rapid.Check(test{}, neverNegative)
	fmt.Println("the part is never negative")
	// Output: the part is never negative
}

// test replaces the *testing.T, which an example does not have.
type test struct{ rapid.TB }

func (test) Helper()             {}
func (test) Name() string        { return "TestKept" }
func (test) Failed() bool        { return false }
func (test) Logf(string, ...any) {}
