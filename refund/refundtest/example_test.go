package refundtest_test

import (
	"errors"
	"fmt"
	"log"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// Check an evaluator; this one is the policy's own. In a test, Run does the same with a
// subtest for each check.
func Example() {
	fmt.Println(refundtest.Check(refund.Policy.Evaluate))
	// Output: <nil>
}

// Check an evaluator with a mistake. Each failure names the broken clause and the law.
func ExampleCheck() {
	wrong := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		if err == nil && o.Verdict == refund.VerdictFull {
			o.Entitlement = c.Subscription.Price // although it was paid in part
		}
		return o, err
	}
	var failures refundtest.Failures
	if errors.As(refundtest.Check(wrong), &failures) {
		for _, f := range failures {
			if f.Name == "laws/entitlement" {
				fmt.Printf("%v: %s\n", f.Clause, f.Reason)
			}
		}
	}
	// Output:
	// cap: the entitlement is never negative, and never more than the lesser of price and paid
}

// Check an adapter that supports one currency. The cases in other currencies are skipped.
func ExampleCheck_unsupported() {
	dollars := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if c.Subscription.Price.Currency().Code() != "USD" {
			return refund.Outcome{}, fmt.Errorf("only US dollars: %w", errors.ErrUnsupported)
		}
		return p.Evaluate(c)
	}
	fmt.Println(refundtest.Check(dollars))
	// Output: <nil>
}

// Check the laws on a case of your own, such as each case of a history. This evaluator
// ignores an earlier refund.
func ExampleCheckLaws() {
	wrong := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		c.Subscription.Refunded = refund.Money{}
		return p.Evaluate(c)
	}
	c := refundtest.Case()
	c.Subscription.Refunded = refund.MustMoney("50.00", "USD")
	fmt.Println(refundtest.CheckLaws(refund.Policy.Evaluate, refundtest.Policy(), c))
	fmt.Println(refundtest.CheckLaws(wrong, refundtest.Policy(), c))
	// Output:
	// <nil>
	// laws/basis: an outcome cites the facts of its policy and case
	// 	got:  refunded: 0.00 USD instead of 50.00 USD
	// 	want: the facts of the case
	// 	policy := refundtest.Policy()
	// 	c := refundtest.Case()
	// 	c.Subscription.Refunded = refund.MustMoney("50.00", "USD")
}

// Write a table of cases, in which each row changes a field of the fixture.
func ExampleCase() {
	for _, row := range []struct {
		reason string
		change func(*refund.Case)
	}{
		{"the window is open on the 16th", func(c *refund.Case) { c.Request.At = refundtest.Day(16) }},
		{"the window is closed on the 17th", func(c *refund.Case) { c.Request.At = refundtest.Day(17) }},
		{"a resolved issue costs its charge", func(c *refund.Case) {
			c.Issues = append(c.Issues, refundtest.Resolved("T-1", refundtest.Day(3)))
		}},
		{"an open issue is not charged", func(c *refund.Case) {
			c.Issues = append(c.Issues, refundtest.Unresolved("T-1", refundtest.Day(3)))
		}},
	} {
		c := refundtest.Case()
		row.change(&c)
		outcome, err := refundtest.Policy().Evaluate(c)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s: %v %v\n", row.reason, outcome.Verdict, outcome.Refundable)
	}
	// Output:
	// the window is open on the 16th: full 199.99 USD
	// the window is closed on the 17th: window_closed 0.00 USD
	// a resolved issue costs its charge: deducted 174.99 USD
	// an open issue is not charged: full 199.99 USD
}

// Test code that handles decisions, with a case that can be approved and with officers who
// may and may not approve it.
func ExampleReviewedCase() {
	policy, c := refundtest.Policy(), refundtest.ReviewedCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	for _, by := range []decision.Officer{refundtest.Officer(), refundtest.OfficerWithoutLimit(), refundtest.OfficerOfAccount()} {
		approval := refundtest.Approval(outcome)
		approval.By = by
		d, err := decision.Approve(policy, c, outcome.Digest(), approval)
		fmt.Printf("%v, %v\n", d.Amount(), err)
	}
	// Output:
	// 199.99 USD, <nil>
	// no amount, decision: refused: above the officer's limit: 199.99 USD including earlier refunds; the officer has no limit
	// no amount, decision: refused: the officer is a party to the case; another officer has to decide
}
