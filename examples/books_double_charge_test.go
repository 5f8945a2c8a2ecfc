package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// What if a customer was charged twice? A person returned one of two charges in the
// gateway's dashboard. The books do not have the reason. They count it as a refund, and an
// alert reports that it may have returned an overpayment. An agent checks and records a
// reversal that names the refund, so the charge does not count as paid. The other payment
// is then refundable under the policy.
func Example_booksDoubleCharge() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := doubleChargeCase(now)
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	books, err := ledger.New(c.Subscription.ID, c.Subscription.Price,
		ledger.Payment{ID: "PAY-1", At: now.AddDate(0, 0, -5), Amount: usd("100.00"), Method: "visa 4242"},
		ledger.Payment{ID: "PAY-2", At: now.AddDate(0, 0, -5), Amount: usd("100.00"), Method: "visa 4242"},
	)
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.RecordRefund(ledger.OutsideRefund{ID: "re_501", At: now, Payment: "PAY-1", Amount: usd("100.00"), Reason: "dashboard"})
	if err != nil {
		log.Fatal(err)
	}
	show := func() {
		_, c, outcome := doubleChargeOutcome(c, books)
		fmt.Println("paid", c.Subscription.Paid, "refunded", c.Subscription.Refunded, "refundable", outcome.Refundable)
		for _, a := range books.Alerts() {
			fmt.Println("alert:", a.Code, a.Amount, a.Payment, a.ID)
		}
	}
	show()

	books, err = books.RecordReversal(ledger.Reversal{ID: "duplicate of PAY-2", At: now, Payment: "PAY-1", Amount: usd("100.00"), Refund: "re_501"})
	if err != nil {
		log.Fatal(err)
	}
	show()

	books, err = books.Post(doubleChargeDecision(c, books), "refund-1", ledger.Options{}, now.Add(time.Hour))
	if err != nil {
		log.Fatal(err)
	}
	for _, i := range books.Outstanding() {
		fmt.Println("refund", i.Amount, "on", i.Payment)
	}
	// Output:
	// paid 200.00 USD refunded 100.00 USD refundable 0.00 USD
	// alert: overpayment_returned 100.00 USD PAY-1 re_501
	// paid 100.00 USD refunded 0.00 USD refundable 100.00 USD
	// refund 100.00 USD on PAY-2
}

func doubleChargeCase(at time.Time) refund.Case {
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
		Issues:   refund.IssueLog{},
		Request:  refund.Request{At: at.Add(-time.Hour), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
	}
}

// doubleChargeOutcome returns the outcome of the case with the amounts of the books.
func doubleChargeOutcome(c refund.Case, books ledger.Ledger) (refund.Policy, refund.Case, refund.Outcome) {
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

func doubleChargeDecision(c refund.Case, books ledger.Ledger) decision.Decision {
	policy, c, outcome := doubleChargeOutcome(c, books)
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
