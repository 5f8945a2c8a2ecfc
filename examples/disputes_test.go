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

// The customer asks for a refund, and asks the bank too. What is in dispute cannot be
// refunded as well: it would be paid twice. A dispute that is won frees it again; one
// that is lost has given it back.
func Example_disputes() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := disputesCase(now)
	decision := disputesDecision(c, "ana", "100.00")
	books, err := ledger.New(c.Subscription, ledger.Payment{ID: "PAY-1", At: c.Subscription.Start, Amount: refund.MustMoney("100.00", "USD")})
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Dispute(ledger.Dispute{ID: "DP-1", Payment: "PAY-1", Amount: refund.MustMoney("100.00", "USD"), At: now})
	if err != nil {
		log.Fatal(err)
	}
	_, err = books.Plan(decision, "refund-1", ledger.Options{})
	fmt.Println("in dispute:", errors.Is(err, ledger.ErrInsufficient), err)

	won, err := books.Resolve("DP-1", true, now.AddDate(0, 1, 0))
	if err != nil {
		log.Fatal(err)
	}
	plan, err := won.Plan(decision, "refund-1", ledger.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("won:", plan.Amount(), "can go back")

	lost, err := books.Resolve("DP-1", false, now.AddDate(0, 1, 0))
	if err != nil {
		log.Fatal(err)
	}
	_, err = lost.Plan(decision, "refund-1", ledger.Options{})
	fmt.Println("lost:", errors.Is(err, decision.ErrStale), err)
	fmt.Println("lost:", lost.Totals().GivenBack, "given back")
	// Output:
	// in dispute: true ledger: 100.00 USD is more than the 0.00 USD that is free, with 100.00 USD in dispute
	// won: 100.00 USD can go back
	// lost: true ledger: decided on 0.00 USD refunded, which is now 100.00 USD
	// lost: 100.00 USD given back
}

func disputesCase(at time.Time) refund.Case {
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

func disputesDecision(c refund.Case, agent, amount string) decision.Decision {
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
