package examples_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Two agents refund the same subscription at once. Both read version 1 of the books, and
// both have a decision. The first one posts; the second is told that the books have
// moved on, and its decision, judged on the old ones, cannot even be planned again.
func Example_twoAgents() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := twoAgentsCase(now)
	books, err := ledger.New(c.Subscription, ledger.Payment{ID: "PAY-1", At: c.Subscription.Start, Amount: refund.MustMoney("100.00", "USD"), Method: "visa 4242"})
	if err != nil {
		log.Fatal(err)
	}

	ana, err := books.Plan(twoAgentsDecision(c, "ana", "60.00"), "refund-ana", ledger.Options{})
	if err != nil {
		log.Fatal(err)
	}
	bobs := twoAgentsDecision(c, "bob", "60.00")
	bob, err := books.Plan(bobs, "refund-bob", ledger.Options{})
	if err != nil {
		log.Fatal(err)
	}

	books, err = books.Post(ana, now)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("ana:", ana.Amount(), "posted;", books.Totals().Refundable, "can still be refunded")

	_, err = books.Post(bob, now)
	fmt.Println("bob:", errors.Is(err, decision.ErrStale), err)
	_, err = books.Plan(bobs, "refund-bob", ledger.Options{})
	fmt.Println("bob:", errors.Is(err, decision.ErrStale), err)

	// Ana's browser sends her form again.
	again, err := books.Post(ana, now.Add(time.Second))
	fmt.Println("ana again:", again.Version() == books.Version(), err)
	// Output:
	// ana: 60.00 USD posted; 40.00 USD can still be refunded
	// bob: true ledger: planned on version 1, which is now 2
	// bob: true ledger: decided on 0.00 USD refunded, which is now 60.00 USD
	// ana again: true <nil>
}

func twoAgentsCase(at time.Time) refund.Case {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	looked := func(c refund.Clause) refund.Finding {
		return refund.Finding{Clause: c, Severity: refund.SeveritySatisfied}
	}
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   at.AddDate(0, 0, -5),
			Price:   usd("100.00"),
			Paid:    usd("100.00"),
		},
		Issues:   refund.IssueLog{},
		Request:  refund.Request{At: at.Add(-time.Hour), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
	}
}

func twoAgentsDecision(c refund.Case, agent, amount string) decision.Decision {
	policy := refund.Published(time.UTC)
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	decision, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: agent, Limit: refund.MustMoney("500.00", "USD")},
		At:     c.Request.At.Add(time.Hour),
		Amount: refund.MustMoney(amount, "USD"),
	})

	if err != nil {
		log.Fatal(err)
	}
	return decision
}
