package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// How is a refund split over two payments? A subscription was paid with two cards. One issue
// was resolved, and the refund of 60.00 is split over both cards, the older payment first.
// One card has expired: its share fails, and is available for another decision.
func Example_booksTwoCards() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := twoCardsCase(now)
	books, err := ledger.New(c.Subscription.ID, c.Subscription.Price,
		ledger.Payment{ID: "PAY-1", At: now.AddDate(0, 0, -5), Amount: refund.MustMoney("25.00", "USD"), Method: "visa 4242"},
		ledger.Payment{ID: "PAY-2", At: now.AddDate(0, 0, -4), Amount: refund.MustMoney("75.00", "USD"), Method: "amex 0005"},
	)
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Post(twoCardsDecision(c, "ana", "60.00"), "refund-1", ledger.Options{}, now)
	if err != nil {
		log.Fatal(err)
	}
	r, _ := books.Refund("refund-1")
	for _, share := range r.Shares {
		cents, err := share.Amount.MinorUnits()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(share.Payment, share.Method, cents, share.Amount.Currency())
	}

	books, err = books.Fail(r.Shares[0].Key, now.Add(time.Hour))
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.Settle(r.Shares[1].Key, now.Add(time.Hour))
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range books.Payments() {
		fmt.Println(p.ID, "refunded", p.Refunded, "available", p.Available)
	}
	c.Subscription, err = books.Subscription(c.Subscription)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("refunded so far:", c.Subscription.Refunded)
	// Output:
	// PAY-1 visa 4242 2500 USD
	// PAY-2 amex 0005 3500 USD
	// PAY-1 refunded 0.00 USD available 25.00 USD
	// PAY-2 refunded 35.00 USD available 40.00 USD
	// refunded so far: 35.00 USD
}

func twoCardsCase(at time.Time) refund.Case {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	looked := func(c refund.Clause) refund.Finding {
		return refund.Finding{Clause: c, Severity: refund.SeveritySatisfied}
	}
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("40.00")},
			Start:   at.AddDate(0, 0, -5),
			Price:   usd("100.00"),
			Paid:    usd("100.00"),
		},
		Issues:   refund.IssueLog{{ID: "T-1", Opened: at.AddDate(0, 0, -3), Resolved: at.AddDate(0, 0, -2)}},
		Request:  refund.Request{At: at.Add(-time.Hour), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
	}
}

func twoCardsDecision(c refund.Case, agent, amount string) decision.Decision {
	policy := refund.Published(time.UTC)
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: agent, Limit: refund.MustMoney("500.00", "USD")},
		At:     c.Request.At.Add(time.Hour),
		Amount: refund.MustMoney(amount, "USD"),
	})
	if err != nil {
		log.Fatal(err)
	}
	return d
}
