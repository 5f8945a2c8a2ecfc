package refundpolicy_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A customer asks for a refund on the ninth day. One issue was resolved, so the charge for one
// issue is deducted.
func Example() {
	newYork, err := time.LoadLocation("America/New_York") // the policy counts days there
	if err != nil {
		log.Fatal(err)
	}
	march := func(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, newYork) }
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

	policy := refund.Published(newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1001", Start: march(1), Price: usd("199.99"), Paid: usd("199.99"),
			Service: refund.ServiceType{
				Code: "pc-care", Billing: refund.BillingRecurring,
				PerInstance: usd("25.00"), // the charge for one resolved issue
			},
		},
		Issues:  refund.IssueLog{{ID: "T-1", Opened: march(2), Resolved: march(3)}},
		Request: refund.Request{At: march(9), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err) // the case is not valid: an *InvalidError with every faulty field
	}
	fmt.Println(outcome.Verdict, outcome.Refundable)
	fmt.Println(outcome.Why(refund.ClauseCase2))
	// Output:
	// deducted 174.99 USD
	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
}
