package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// asked returns a plain case with a request at an instant.
func asked(id string, start, at time.Time) refund.Case {
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      id,
			Account: "ACC-IMRE",
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
			At:      at,
			By:      "ACC-IMRE",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
	}
}

// When does the window close? Mr Imre lives in Los Angeles, where it is still the evening
// of March 16. The policy counts days in New York, where it is already March 17, so his
// request is late. The same request six minutes earlier is in time. The company may still
// grant goodwill.
func Example_amountLateRequest() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	losAngeles, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	sent := time.Date(2026, time.March, 16, 21, 5, 0, 0, losAngeles)

	for _, at := range []time.Time{sent, sent.Add(-6 * time.Minute)} {
		outcome, err := policy.Evaluate(asked("SUB-2003", start, at))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(at.Format("Jan 2 15:04 MST"), "->", outcome.Verdict, outcome.Refundable)
		fmt.Println("-", outcome.Why(refund.ClauseGuarantee))
		fmt.Println("-", outcome.Why(refund.ClauseGoodwill))
	}
	// Output:
	// Mar 16 21:05 PDT -> window_closed 0.00 USD
	// - asked on 17 March 2026; the last day was 16 March 2026 (15 days from 1 March)
	// - goodwill is a separate decision of the company, possible whatever the verdict, up to 199.99 USD
	// Mar 16 20:59 PDT -> full 199.99 USD
	// - asked on 16 March 2026; the last day is 16 March 2026 (15 days from 1 March)
	// - goodwill is a separate decision of the company, possible whatever the verdict, up to 199.99 USD
}
