package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A billing system fills in a case from its own records.
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
		Issues:  refund.IssueLog{}, // there were none
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	fmt.Println(c.Validate())
	// Output:
	// <nil>
}

// A half-filled form is checked. Every fault is reported at once, with the path of its
// field.
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

// The price was 200, of which two installments of 50 were paid. 20 were refunded before.
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

// A catalogue has a subscription proper and a one-time service, which needs no
// charge per instance.
func ExampleServiceType() {
	catalogue := []refund.ServiceType{
		{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
		{Code: "virus-removal", Billing: refund.BillingOneTime},
	}
	for _, service := range catalogue {
		fmt.Println(service.Code, service.Billing, service.PerInstance)
	}
	// Output:
	// pc-care recurring 25.00 USD
	// virus-removal one_time no amount
}

// A catalogue is read from a text format.
func ExampleBilling_UnmarshalText() {
	var billing refund.Billing
	if err := billing.UnmarshalText([]byte("one_time")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(billing == refund.BillingOneTime)

	fmt.Println(billing.UnmarshalText([]byte("monthly")))
	// Output:
	// true
	// refund: invalid input: billing: is not one of recurring, one_time
}

// The desk was never asked about issues, or it said that there were none. Only the
// second can be judged.
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

// A reopened issue has no resolution that stands, and is written down without one.
func ExampleIssue() {
	opened := time.Date(2026, time.March, 2, 10, 0, 0, 0, time.UTC)
	issues := refund.IssueLog{
		{ID: "T-1", Opened: opened, Resolved: opened.Add(3 * time.Hour)},
		{ID: "T-2", Opened: opened}, // was resolved, and reopened
	}
	for _, issue := range issues {
		fmt.Println(issue.ID, "resolved:", !issue.Resolved.IsZero())
	}
	// Output:
	// T-1 resolved: true
	// T-2 resolved: false
}

// A call reached the desk on a Sunday. That is an objection to the ticket, and does
// not change the amount.
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

// A ticket came in through a channel that has a name of its own.
func ExampleChannel_UnmarshalText() {
	var channel refund.Channel
	for _, code := range []string{"email", "chat"} {
		if err := channel.UnmarshalText([]byte(code)); err != nil {
			channel = refund.ChannelOther // not one of the policy's
		}
		fmt.Println(code, "->", channel)
	}
	// Output:
	// email -> email
	// chat -> other
}

// A report of unauthorized use is open. It holds the refund, and does not change the
// amount.
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

// A list of findings is reduced to its worst.
func ExampleSeverity() {
	worst := refund.SeveritySatisfied
	for _, s := range []refund.Severity{refund.SeveritySatisfied, refund.SeverityAdvisory} {
		worst = max(worst, s)
	}
	fmt.Println(worst)
	// Output:
	// advisory
}

// A host maps its own kinds of product. What it does not know stays unset, and is
// refused by name.
func ExampleBilling() {
	kinds := map[string]refund.Billing{
		"plan":  refund.BillingRecurring,
		"visit": refund.BillingOneTime,
	}
	fmt.Println(kinds["plan"], kinds["visit"], kinds["voucher"])
	// Output:
	// recurring one_time unset
}

// A host maps the ways in which its requests come.
func ExampleChannel() {
	channels := map[string]refund.Channel{
		"inbox":   refund.ChannelEmail,
		"hotline": refund.ChannelPhone,
		"webform": refund.ChannelOther,
	}
	fmt.Println(channels["inbox"], channels["hotline"], channels["webform"])
	// Output:
	// email phone other
}
