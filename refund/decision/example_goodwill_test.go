package decision_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// afterTheWindow is a case in which everything was looked at, and the window had closed.
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
		Issues: refund.IssueLog{}, // there were none
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

// The window has closed, and nothing is due. An officer gives something back all the
// same.
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
	// 105.00 USD of goodwill: assistance 120.00 USD less servicing 15.00 USD, by lead-1 on 2026-04-02 15:00 UTC: a customer for six years
}

// What was never charged for is stated as nothing, not left out.
func ExampleGoodwill() {
	policy, c := refund.Published(time.UTC), afterTheWindow()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	goodwill := decision.Goodwill{
		By:      decision.Officer{ID: "lead-1", Limit: refund.MustMoney("300.00", "USD")},
		At:      c.Request.At.AddDate(0, 0, 1),
		Charges: refund.MustMoney("120.00", "USD"),
		Reason:  "a customer for six years",
	}
	if _, err := decision.Grant(policy, c, outcome.Digest(), goodwill); err != nil {
		fmt.Println(err)
	}
	goodwill.Fees = refund.MustMoney("0.00", "USD")
	d, err := decision.Grant(policy, c, outcome.Digest(), goodwill)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d)
	// Output:
	// refund: invalid input: goodwill.fees: is required
	// goodwill 120.00 USD
}

// Before anybody decides, a page shows what a goodwill would come to. It may be less
// than nothing, and then it is refused.
func ExampleGoodwill_Net() {
	goodwill := decision.Goodwill{
		Charges: refund.MustMoney("50.00", "USD"),
		Fees:    refund.MustMoney("15.00", "USD"),
		Software: []decision.FreeSoftware{
			{Name: "antivirus", Price: refund.MustMoney("39.99", "USD")},
		},
	}
	net, err := goodwill.Net()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(net, net.Sign() > 0)
	// Output:
	// -4.99 USD false
}

// Two programs came along with the assistance. The customer keeps them, so that
// their prices come off.
func ExampleFreeSoftware() {
	goodwill := decision.Goodwill{
		Charges: refund.MustMoney("120.00", "USD"),
		Fees:    refund.MustMoney("0.00", "USD"),
		Software: []decision.FreeSoftware{
			{Name: "antivirus", Price: refund.MustMoney("39.99", "USD")},
			{Name: "backup", Price: refund.MustMoney("19.99", "USD")},
		},
	}
	net, err := goodwill.Net()
	if err != nil {
		log.Fatal(err)
	}
	for _, software := range goodwill.Software {
		fmt.Println(software.Name, software.Price)
	}
	fmt.Println("left:", net)
	// Output:
	// antivirus 39.99 USD
	// backup 19.99 USD
	// left: 60.02 USD
}

// The parts of a goodwill stay in the decision. Here they come to more than the
// customer paid, and the cap limits the amount.
func ExampleDecision_Goodwill() {
	policy, c := refund.Published(time.UTC), afterTheWindow()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Grant(policy, c, outcome.Digest(), decision.Goodwill{
		By:      decision.Officer{ID: "lead-1", Limit: refund.MustMoney("300.00", "USD")},
		At:      c.Request.At.AddDate(0, 0, 1),
		Charges: refund.MustMoney("250.00", "USD"),
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
	// 250.00 USD less 15.00 USD is 235.00 USD
	// released: 199.99 USD
}
