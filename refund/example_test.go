package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A customer asks for the money back on the ninth day. One issue was resolved, one
// is open.
func Example() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	march := func(day int) time.Time { return time.Date(2026, time.March, day, 10, 0, 0, 0, newYork) }

	policy := refund.Published(newYork)
	outcome, err := policy.Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: march(1),
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: march(2), Resolved: march(3)},
			{ID: "T-2", Opened: march(5)}, // still open
		},
		Request: refund.Request{
			At:      march(9),
			By:      "ACC-7",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
	})
	if err != nil {
		log.Fatal(err) // the case cannot be judged
	}

	fmt.Println(outcome.Verdict, outcome.Refundable)
	fmt.Println(outcome.Why(refund.ClauseGuarantee))
	fmt.Println(outcome.Why(refund.ClauseCase2))
	fmt.Println(outcome.Why(refund.ClauseCallback))
	// Output:
	// deducted 174.99 USD
	// asked on 2026-03-09 10:00 EDT, in the window from 2026-03-01 10:00 EST until 2026-03-17 00:00 EDT (15 days); granting it is for the company to decide
	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
	// no call back is recorded: it is due from 2026-03-09 14:00 EDT to 2026-03-09 18:00 EDT
}
