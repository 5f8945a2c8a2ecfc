package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// How are books opened for an old subscription? The company's old system has both payments
// and a refund of 30.00, but does not know which payment was refunded. An outside refund
// without a payment records it. It reduces the refundable amount, and it is counted on the
// older payment.
func Example_booksOpening() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := openingCase(now)
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	books, err := ledger.New(c.Subscription.ID, c.Subscription.Price,
		ledger.Payment{ID: "PAY-1", At: now.AddDate(0, 0, -5), Amount: usd("50.00"), Method: "visa 4242"},
		ledger.Payment{ID: "PAY-2", At: now.AddDate(0, 0, -4), Amount: usd("50.00"), Method: "amex 0005"},
	)
	if err != nil {
		log.Fatal(err)
	}
	before := ledger.OutsideRefund{ID: "opening SUB-1001", At: now.AddDate(0, 0, -1), Amount: usd("30.00"), Reason: "before adoption"}
	for range 2 { // a second import does not change the books
		books, err = books.RecordRefund(before)
		if err != nil {
			log.Fatal(err)
		}
	}
	for _, p := range books.Payments() {
		fmt.Println(p.ID, "refunded", p.Refunded, "available", p.Available)
	}
	_, _, outcome := openingOutcome(c, books)
	fmt.Println(outcome.WhyRefundable())

	books, err = books.Post(openingDecision(c, books), "refund-1", ledger.Options{}, now)
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range books.Outstanding() {
		fmt.Println("refund", i.Amount, "on", i.Payment)
	}
	fmt.Println("total returned:", books.Totals().Returned)
	// Output:
	// PAY-1 refunded 30.00 USD available 20.00 USD
	// PAY-2 refunded 0.00 USD available 50.00 USD
	// 75.00 USD less 30.00 USD already refunded: 45.00 USD
	// refund 20.00 USD on PAY-1
	// refund 25.00 USD on PAY-2
	// total returned: 75.00 USD
}

func openingCase(at time.Time) refund.Case {
	looked := func(c refund.Clause) refund.Finding {
		return refund.Finding{Clause: c, Severity: refund.SeveritySatisfied}
	}
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
			Start:   at.AddDate(0, 0, -5),
			Price:   refund.MustMoney("100.00", "USD"),
		},
		Issues:   refund.IssueLog{{ID: "T-1", Opened: at.AddDate(0, 0, -3), Resolved: at.AddDate(0, 0, -2)}},
		Request:  refund.Request{At: at.Add(-time.Hour), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
	}
}

// openingOutcome returns the outcome of the case with the amounts of the books.
func openingOutcome(c refund.Case, books ledger.Ledger) (refund.Policy, refund.Case, refund.Outcome) {
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

func openingDecision(c refund.Case, books ledger.Ledger) decision.Decision {
	policy, c, outcome := openingOutcome(c, books)
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     c.Request.At.Add(time.Hour),
		Amount: outcome.Refundable,
	})
	if err != nil {
		log.Fatal(err)
	}
	return d
}
