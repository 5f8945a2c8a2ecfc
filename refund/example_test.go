package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A customer asks for a refund on the ninth day. One issue was resolved, another is still
// open.
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
	// asked on 9 March 2026; the last day is 16 March 2026 (15 days from 1 March)
	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
	// the call back is due between 14:00 and 18:00 EDT on 9 March 2026; none is recorded
}
