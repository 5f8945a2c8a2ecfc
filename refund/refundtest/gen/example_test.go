package gen_test

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// A shop shows what a customer keeps paying for: the price of what was used. It is to
// be right for every case, not only for those that somebody thought of. In a test the
// function below is run by rapid.Check(t, …).
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
			t.Errorf("keeps %v of %v paid", m, outcome.Basis.Paid)
		}
	}
	rapid.Check(test{}, neverNegative)
	fmt.Println("nobody keeps less than nothing")
	// Output: nobody keeps less than nothing
}

// test stands in for the *testing.T of a test, since an example has none.
type test struct{ rapid.TB }

func (test) Helper()             {}
func (test) Name() string        { return "TestKept" }
func (test) Failed() bool        { return false }
func (test) Logf(string, ...any) {}
