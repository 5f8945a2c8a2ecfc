package decision_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// afterTheWindow returns a reviewed case with a request after the window had closed.
func afterTheWindow() refund.Case {
	start := time.Date(2026, time.March, 1, 15, 0, 0, 0, time.UTC)
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1006",
			Account: "ACC-7",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: start,
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{}, // there were no issues
		Request: refund.Request{
			At:      start.AddDate(0, 1, 0),
			By:      "ACC-7",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
}

// The window has closed, so no amount is refundable. An officer grants goodwill.
func ExampleGrant() {
	policy, c := refund.Published(time.UTC), afterTheWindow()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Verdict, outcome.Refundable)

	d, err := decision.Grant(policy, c, outcome.Digest(), decision.Goodwill{
		By:      decision.Officer{ID: "lead-1", Limit: refund.MustMoney("300.00", "USD")},
		At:      c.Request.At.AddDate(0, 0, 1),
		Charges: refund.MustMoney("120.00", "USD"),
		Fees:    refund.MustMoney("15.00", "USD"),
		Reason:  "a customer for six years",
	})

	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Why())
	// Output:
	// window_closed 0.00 USD
	// 105.00 USD granted as goodwill by lead-1 on 2 April 2026 at 15:00 UTC: assistance charges of 120.00 USD less 15.00 USD of servicing fees. Reason: a customer for six years
}

// The net amount of the goodwill exceeds the amount that the customer has paid. The cap
// limits the released amount.
func ExampleDecision_Goodwill() {
	policy, c := refund.Published(time.UTC), afterTheWindow()
	c.Subscription.Paid = refund.MustMoney("66.67", "USD") // the first of three installments
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Grant(policy, c, outcome.Digest(), decision.Goodwill{
		By:      decision.Officer{ID: "lead-1", Limit: refund.MustMoney("300.00", "USD")},
		At:      c.Request.At.AddDate(0, 0, 1),
		Charges: refund.MustMoney("150.00", "USD"),
		Fees:    refund.MustMoney("15.00", "USD"),
		Reason:  "a customer for six years",
	})

	if err != nil {
		log.Fatal(err)
	}
	if goodwill, ok := d.Goodwill(); ok {
		net, err := goodwill.Net()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(goodwill.Charges, "less", goodwill.Fees, "is", net)
		fmt.Println("released:", d.Amount())
	}
	// Output:
	// 150.00 USD less 15.00 USD is 135.00 USD
	// released: 66.67 USD
}
