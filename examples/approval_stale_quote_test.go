package examples_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A quote is an amount that a person has seen and the digest of its outcome.
type quote struct {
	amount refund.Money
	shown  refund.Digest
}

// quoted returns the quote of a case.
func quoted(policy refund.Policy, c refund.Case) (quote, error) {
	outcome, err := policy.Evaluate(c)
	if err != nil {
		return quote{}, err
	}
	fmt.Println("quoted:  ", outcome.Refundable)
	return quote{outcome.Refundable, outcome.Digest()}, nil
}

// accept approves exactly the quoted amount.
func accept(policy refund.Policy, c refund.Case, q quote, at time.Time) (decision.Decision, error) {
	return decision.Approve(policy, c, q.shown, decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     at,
		Amount: q.amount,
	})
}

// What if the case changes before the approval? Ms Varga is quoted the whole amount on
// Monday. Before the approval, the help desk adds a ticket that was resolved before her
// request. The approval of the old quote is refused, and a new quote is shown.
func Example_approvalStaleQuote() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	march := func(day int) time.Time { return time.Date(2026, time.March, day, 10, 0, 0, 0, newYork) }
	policy := refund.Published(newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2011",
			Account: "ACC-VARGA",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: march(1),
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{},
		Request: refund.Request{
			At:      march(9),
			By:      "ACC-VARGA",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
	q, err := quoted(policy, c)
	if err != nil {
		log.Fatal(err)
	}

	c.Issues = append(c.Issues, refund.Issue{ID: "T-1", Opened: march(4), Resolved: march(5)})

	d, err := accept(policy, c, q, march(10))
	for errors.Is(err, decision.ErrStale) {
		fmt.Println("refused: ", err)
		if q, err = quoted(policy, c); err != nil {
			log.Fatal(err)
		}
		// Here a person would look at the new amount and accept it or not.
		d, err = accept(policy, c, q, march(11))
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("released:", d.Amount())
	// Output:
	// quoted:   199.99 USD
	// refused:  decision: stale: the outcome has changed since the officer saw it: show the new outcome and decide again
	// quoted:   174.99 USD
	// released: 174.99 USD
}
