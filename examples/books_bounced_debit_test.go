package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// How is a bounced payment recorded? A customer pays 13,400 yen by direct debit. The debit
// bounces, and the customer pays again by bank transfer. A reversal records that the first
// payment was not received; it is not a refund. The whole second payment is refundable.
func Example_booksBouncedDebit() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := bouncedCase(now)
	yen := refund.MustMoney("13400", "JPY")
	books, err := ledger.New(c.Subscription.ID, c.Subscription.Price, ledger.Payment{ID: "PAY-1", At: now.AddDate(0, 0, -5), Amount: yen, Method: "direct debit"})
	if err != nil {
		log.Fatal(err)
	}
	show := func(when string) {
		_, c, outcome := bouncedOutcome(c, books)
		fmt.Println(when, "paid", c.Subscription.Paid, "refundable", outcome.Refundable)
	}
	show("debited:   ")

	books, err = books.RecordReversal(ledger.Reversal{ID: "return-88", At: now.AddDate(0, 0, -3), Payment: "PAY-1", Amount: yen})
	if err != nil {
		log.Fatal(err)
	}
	show("bounced:   ")

	books, err = books.RecordPayment(ledger.Payment{ID: "PAY-2", At: now.AddDate(0, 0, -2), Amount: yen, Method: "bank transfer"})
	if err != nil {
		log.Fatal(err)
	}
	show("paid again:")

	books, err = books.Post(bouncedDecision(c, books), "refund-1", ledger.Options{}, now)
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range books.Outstanding() {
		fmt.Println("refund", i.Amount, "on", i.Payment, "by", i.Method)
	}
	// Output:
	// debited:    paid 13400 JPY refundable 13400 JPY
	// bounced:    paid 0 JPY refundable 0 JPY
	// paid again: paid 13400 JPY refundable 13400 JPY
	// refund 13400 JPY on PAY-2 by bank transfer
}

func bouncedCase(at time.Time) refund.Case {
	looked := func(c refund.Clause) refund.Finding {
		return refund.Finding{Clause: c, Severity: refund.SeveritySatisfied}
	}
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("2500", "JPY")},
			Start:   at.AddDate(0, 0, -5),
			Price:   refund.MustMoney("13400", "JPY"),
		},
		Issues:   refund.IssueLog{},
		Request:  refund.Request{At: at.Add(-time.Hour), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
	}
}

// bouncedOutcome returns the outcome of the case with the amounts of the books.
func bouncedOutcome(c refund.Case, books ledger.Ledger) (refund.Policy, refund.Case, refund.Outcome) {
	var err error
	c.Subscription, err = books.Subscription(c.Subscription)
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(time.UTC)
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	return policy, c, outcome
}

func bouncedDecision(c refund.Case, books ledger.Ledger) decision.Decision {
	policy, c, outcome := bouncedOutcome(c, books)
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("50000", "JPY")},
		At:     c.Request.At.Add(time.Hour),
		Amount: outcome.Refundable,
	})
	if err != nil {
		log.Fatal(err)
	}
	return d
}
