package examples_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// statement prints the computation of a goodwill amount, line by line.
func statement(d decision.Decision) error {
	g, ok := d.Goodwill()
	if !ok {
		return errors.New("the decision is not goodwill")
	}
	net, err := g.Net()
	if err != nil {
		return err
	}
	line := func(what string, amount refund.Money) { fmt.Printf("  %-22s %11s\n", what, amount) }
	line("assistance", g.Charges)
	line("less servicing", g.Fees)
	for _, software := range g.Software {
		line("less "+software.Name, software.Price)
	}
	line("net", net)
	line("less refunded earlier", d.Refunded())
	line("released", d.Amount())
	return nil
}

// What if the window has closed? Mr Okafor was in the hospital and his request is a month
// late, so the guarantee does not apply. An officer grants goodwill: the price of the
// assistance, less the fees and the price of the antivirus that came with it. The earlier
// refund is subtracted, so that the same charge is not refunded twice.
func Example_approvalGoodwill() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2010",
			Account: "ACC-OKAFOR",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start:    start,
			Price:    refund.MustMoney("199.99", "USD"),
			Paid:     refund.MustMoney("199.99", "USD"),
			Refunded: refund.MustMoney("60.00", "USD"), // for an outage
		},
		Issues: refund.IssueLog{},
		Request: refund.Request{
			At:      start.AddDate(0, 1, 14),
			By:      "ACC-OKAFOR",
			Channel: refund.ChannelEmail,
			Reason:  "I was in hospital",
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Verdict, outcome.Refundable)

	d, err := decision.Grant(policy, c, outcome.Digest(), decision.Goodwill{
		By:       decision.Officer{ID: "lead-1", Limit: refund.MustMoney("300.00", "USD")},
		At:       start.AddDate(0, 1, 16),
		Charges:  refund.MustMoney("199.99", "USD"),
		Fees:     refund.MustMoney("15.00", "USD"),
		Software: []decision.FreeSoftware{{Name: "antivirus, 1 year", Price: refund.MustMoney("39.99", "USD")}},
		Reason:   "in hospital while the window was open",
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d)
	if err := statement(d); err != nil {
		log.Fatal(err)
	}
	// Output:
	// window_closed 0.00 USD
	// goodwill 85.00 USD
	//   assistance              199.99 USD
	//   less servicing           15.00 USD
	//   less antivirus, 1 year   39.99 USD
	//   net                     145.00 USD
	//   less refunded earlier    60.00 USD
	//   released                 85.00 USD
}
