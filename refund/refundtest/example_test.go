package refundtest_test

import (
	"errors"
	"fmt"
	"log"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// An evaluator that is the policy's own is as the policy says. In a test of your own,
// Run does the same with a subtest for each check.
func Example() {
	fmt.Println(refundtest.Check(refund.Policy.Evaluate))
	// Output: <nil>
}

// Somebody's evaluator has a mistake. Which clauses are broken, and by what they are
// found, is told by type.
func ExampleCheck() {
	wrong := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		if err == nil && o.Verdict == refund.VerdictFull {
			o.Entitlement = c.Subscription.Price // though it was paid in part
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
	// cap: an entitlement is never negative, and never more than the lesser of price and paid
}

// An adapter that was written for one currency says so, and the rest is checked.
func ExampleCheck_unsupported() {
	dollars := func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if c.Subscription.Price.Currency().Code() != "USD" {
			return refund.Outcome{}, fmt.Errorf("billed in dollars alone: %w", errors.ErrUnsupported)
		}
		return p.Evaluate(c)
	}
	fmt.Println(refundtest.Check(dollars))
	// Output: <nil>
}

// The laws are tried on a case of a team's own, such as each one of its history. This
// evaluator forgets an earlier refund.
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
	// 	got:  basis: refunded 0.00 USD
	// 	want: 50.00 USD
	// 	policy := refundtest.Policy()
	// 	c := refundtest.Case()
	// 	c.Subscription.Refunded = refund.MustMoney("50.00", "USD")
}

// A table of cases: each row changes what it is about.
func ExampleCase() {
	for _, row := range []struct {
		reason string
		change func(*refund.Case)
	}{
		{"the window is open on the 16th", func(c *refund.Case) { c.Request.At = refundtest.Day(16) }},
		{"and closed on the 17th", func(c *refund.Case) { c.Request.At = refundtest.Day(17) }},
		{"a resolved issue is charged", func(c *refund.Case) {
			c.Issues = append(c.Issues, refundtest.Resolved("T-1", refundtest.Day(3)))
		}},
		{"an open one is not", func(c *refund.Case) {
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
	// and closed on the 17th: window_closed 0.00 USD
	// a resolved issue is charged: deducted 174.99 USD
	// an open one is not: full 199.99 USD
}

// A test of what a program does with decisions needs a case that one can be made on,
// and officers who may and may not.
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
	// no amount, decision: refused: above the officer's limit: 199.99 USD, with no limit given
	// no amount, decision: refused: the officer is a party to the case
}

// What a test prints of an outcome that it did not expect.
func ExampleExplain() {
	c := refundtest.ReviewedCase()
	c.Issues = append(c.Issues, refundtest.Resolved("T-1", refundtest.Day(3)))
	outcome, err := refundtest.Policy().Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(refundtest.Explain(outcome))
	// Output:
	// subscription     "SUB-1001"
	// verdict          deducted
	// refundable       174.99 USD
	// entitlement      174.99 USD
	// deduction        25.00 USD
	// resolved issues  1
	// window           2026-03-01 10:00 EST until 2026-03-17 00:00 EDT
	// call back        2026-03-09 14:00 EDT to 2026-03-09 18:00 EDT
	// held             false
	// guarantee        applied          199.99 USD  asked on 2026-03-09 10:00 EDT, in the window from 2026-03-01 10:00 EST until 2026-03-17 00:00 EDT (15 days); granting it is for the company to decide
	// case-1           not_applicable               1 issue resolved, so case-2 governs
	// case-2           applied          -25.00 USD  1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
	// one-time         not_applicable               the service is no one-time support
	// ticket           satisfied                    an e-mail of 2026-03-09 10:00 EDT, with its reason
	// callback         not_evaluated                no call back is recorded: it is due from 2026-03-09 14:00 EDT to 2026-03-09 18:00 EDT
	// log-review       satisfied                    looked at, nothing to object
	// cooperation      not_evaluated                nobody has looked at it
	// peripherals      not_evaluated                nobody has looked at it
	// licensed         not_evaluated                nobody has looked at it
	// best-effort      not_evaluated                nobody has looked at it
	// data-loss        not_evaluated                nobody has looked at it
	// environment      not_evaluated                nobody has looked at it
	// registration     not_evaluated                nobody has looked at it
	// credentials      satisfied                    looked at, nothing to object
	// account-access   satisfied                    looked at, nothing to object
	// goodwill         not_evaluated                a decision of its own, open whatever the verdict
	// cap              satisfied                    174.99 USD is not beyond it: subscribed 199.99 USD, paid 199.99 USD, given back before 0.00 USD
	// finding          log-review satisfied
	// finding          credentials satisfied
	// finding          account-access satisfied
}

// What a test prints of an outcome beside the one it expected.
func ExampleDiff() {
	want, err := refundtest.Policy().Evaluate(refundtest.Case())
	if err != nil {
		log.Fatal(err)
	}
	c := refundtest.Case()
	c.Issues = append(c.Issues, refundtest.Resolved("T-1", refundtest.Day(3)))
	got, err := refundtest.Policy().Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(refundtest.Diff(want, got))
	// Output:
	// verdict: deducted, want full
	// refundable: 174.99 USD, want 199.99 USD
	// entitlement: 174.99 USD, want 199.99 USD
	// deduction: 25.00 USD, want 0.00 USD
	// resolved issues: 1, want 0
	// case-1: not_applicable, want applied
	//   got:  1 issue resolved, so case-2 governs
	//   want: no issue resolved in the window when the customer asked: all of 199.99 USD
	// case-2: applied, want not_applicable
	//   got:  1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
	//   want: no issue resolved, so case-1 governs
}
