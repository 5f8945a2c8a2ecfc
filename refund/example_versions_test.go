package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A company extends its window from 15 to 30 days in 2027. Two customers ask for a refund
// after 20 days; only one of them subscribed under the new policy.
func ExampleVersions_Evaluate() {
	first := refund.Published(time.UTC)
	first.Effective = time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC)
	second := first
	second.Version = "2"
	second.Effective = time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)
	second.WindowDays = 30
	versions, err := refund.NewVersions(first, second)
	if err != nil {
		log.Fatal(err)
	}
	for _, start := range []time.Time{
		time.Date(2026, time.December, 20, 15, 0, 0, 0, time.UTC),
		time.Date(2027, time.January, 20, 15, 0, 0, 0, time.UTC),
	} {
		outcome, err := versions.Evaluate(refund.Case{
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
			Issues:  refund.IssueLog{}, // there were no issues
			Request: refund.Request{At: start.AddDate(0, 0, 20), Channel: refund.ChannelEmail, Reason: "not satisfied"},
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("version", outcome.Basis.Policy, outcome.Verdict, outcome.Refundable)
	}
	// Output:
	// version 1 window_closed 0.00 USD
	// version 2 full 199.99 USD
}
