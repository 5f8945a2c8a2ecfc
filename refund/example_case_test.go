package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Fill in a case from the records of a billing system.
func ExampleCase() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
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
		Issues:  refund.IssueLog{}, // there were no issues
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	fmt.Println(c.Validate())
	// Output:
	// <nil>
}

// Check a form that is only half filled in. The error reports every fault, with the path
// of its field.
func ExampleCase_Validate() {
	c := refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1001",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "EUR"),
			},
			Start: time.Date(2026, time.March, 1, 15, 0, 0, 0, time.UTC),
			Price: refund.MustMoney("199.99", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: time.Date(2026, time.February, 1, 15, 0, 0, 0, time.UTC), Channel: refund.ChannelEmail},
	}
	if err := c.Validate(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// refund: invalid input: subscription.service.per_instance: is in EUR, but the case is in USD; subscription.paid: is required; request.at: is before subscription.start
}

// The price is 200 USD. The customer has paid two installments of 50 USD and has already
// received a refund of 20 USD.
func ExampleSubscription() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1005",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start:    start,
			Price:    refund.MustMoney("200.00", "USD"),
			Paid:     refund.MustMoney("100.00", "USD"),
			Refunded: refund.MustMoney("20.00", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Why(refund.ClauseCap))
	fmt.Println(outcome.WhyRefundable())
	// Output:
	// limited to the 100.00 USD that was paid
	// 100.00 USD less 20.00 USD already refunded: 80.00 USD
}

// A nil log means that the issues are not known. An empty log states that there were no
// issues. Only the second case can be judged.
func ExampleIssueLog() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1001",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: start,
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	fmt.Println("nil:  ", c.Validate())

	c.Issues = refund.IssueLog{}
	fmt.Println("empty:", c.Validate())
	// Output:
	// nil:   refund: invalid input: issues: is required: an empty list states that there were no issues
	// empty: <nil>
}

// A customer calls the desk on a Sunday, when it is closed. The ticket clause objects; the
// amount does not change.
func ExampleRequest() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1006",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: start,
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{},
		Request: refund.Request{
			At:         time.Date(2026, time.March, 8, 11, 0, 0, 0, newYork),
			Channel:    refund.ChannelPhone,
			RecordedBy: "desk-4",
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Refundable, outcome.Statuses[refund.ClauseTicket])
	fmt.Println(outcome.Why(refund.ClauseTicket))
	// Output:
	// 199.99 USD objected
	// requested by phone on 8 March 2026 at 11:00 EDT, while the desk was closed; noted, without effect on the amount
}

// A report of unauthorized use is open. It holds the refund; the amount does not change.
func ExampleFinding() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1007",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: start,
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{{
			Clause:   refund.ClauseCredentials,
			Severity: refund.SeverityBlocking,
			Subject:  "U-12",
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Refundable, "held:", outcome.Held)
	fmt.Println(outcome.Why(refund.ClauseCredentials))
	// Output:
	// 199.99 USD held: true
	// on hold until the report of unauthorized use U-12 is closed
}
