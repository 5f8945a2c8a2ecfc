package whatif_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// late returns a case in which a customer asks on 18 March, after one issue was resolved and
// the window closed as 16 March ended.
func late() refund.Case {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	march := func(day, hour int) time.Time { return time.Date(2026, time.March, day, hour, 0, 0, 0, time.UTC) }
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   march(1, 10),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues:  refund.IssueLog{{ID: "T-1", Opened: march(3, 9), Resolved: march(3, 11)}},
		Request: refund.Request{At: march(18, 12), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
}

// An agent sees how the amount depended on the day of the request.
func ExampleTimeline() {
	changes, err := whatif.Timeline(refund.Published(time.UTC), late())
	if err != nil {
		log.Fatal(err)
	}
	for _, change := range changes {
		fmt.Println(change.At.Format("2 January 15:04"), change.Refundable, change.Clause)
	}
	// Output:
	// 1 March 10:00 199.99 USD case-1
	// 3 March 11:00 174.99 USD case-2
	// 17 March 00:00 0.00 USD guarantee
}

// The agent looks up the result of a request on 10 March.
func ExampleChanges_At() {
	changes, err := whatif.Timeline(refund.Published(time.UTC), late())
	if err != nil {
		log.Fatal(err)
	}
	change := changes.At(time.Date(2026, time.March, 10, 0, 0, 0, 0, time.UTC))
	fmt.Println(change.Refundable, change.Verdict)
	// Output:
	// 174.99 USD deducted
}

// The customer asks how late they were.
func ExampleChanges_LastBetter() {
	c := late()
	changes, err := whatif.Timeline(refund.Published(time.UTC), c)
	if err != nil {
		log.Fatal(err)
	}
	if at, change, found := changes.LastBetter(c.Request.At); found {
		fmt.Println("until", at.Format(time.DateTime), change.Refundable)
	}
	// Output:
	// until 2026-03-16 23:59:59 174.99 USD
}

// The agent explains what would have changed the result.
func ExampleCounterfactuals() {
	list, err := whatif.Counterfactuals(refund.Published(time.UTC), late())
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range list {
		fmt.Println(f)
	}
	// Output:
	// asked before 3 March 2026 at 11:00 UTC: 199.99 USD
	// asked by 16 March 2026: 174.99 USD
}

// A supervisor evaluates the case in which the fact is true.
func ExampleCounterfactual_Apply() {
	policy, c := refund.Published(time.UTC), late()
	list, err := whatif.Counterfactuals(policy, c)
	if err != nil {
		log.Fatal(err)
	}
	outcome, err := policy.Evaluate(list[1].Apply(c))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Refundable)
	fmt.Println(outcome.Why(refund.ClauseGuarantee))
	// Output:
	// 174.99 USD
	// asked on 16 March 2026; the last day is 16 March 2026 (15 days from 1 March)
}
