package refundpolicy_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A customer asks for the money back on the ninth day. One issue was resolved, and
// its charge comes off.
func Example() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	march := func(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, newYork) }

	service := refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")}
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{ID: "SUB-1001", Service: service, Start: march(1), Price: usd("199.99"), Paid: usd("199.99")},
		Issues:       refund.IssueLog{{ID: "T-1", Opened: march(2), Resolved: march(3)}},
		Request:      refund.Request{At: march(9), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	})
	if err != nil {
		log.Fatal(err) // the case cannot be judged: err names every fault
	}
	fmt.Println(outcome.Verdict, outcome.Refundable)
	fmt.Println(outcome.Why(refund.ClauseCase2))
	// Output:
	// deducted 174.99 USD
	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
}
