package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// What if the customer had asked on another day? Ms Osei asks on March 20, four days after
// her window closed. The agent looks at the timeline of her case: the amount for every day
// on which she could have asked, and how it fell with each issue that was resolved.
func Example_whatifTimeline() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	march := func(day, hour int) time.Time { return time.Date(2026, time.March, day, hour, 0, 0, 0, newYork) }
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-3401",
			Account: "ACC-OSEI",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   march(1, 10),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: march(2, 9), Resolved: march(3, 11)},
			{ID: "T-2", Opened: march(9, 14), Resolved: march(10, 16)},
		},
		Request: refund.Request{At: march(20, 12), By: "ACC-OSEI", Channel: refund.ChannelPhone},
	}

	changes, err := whatif.Timeline(refund.Published(newYork), c)
	if err != nil {
		log.Fatal(err)
	}
	for _, change := range changes {
		fmt.Println("from", change.At.Format("2 January at 15:04"), change.Refundable, "-", change.Clause.Title())
	}
	fmt.Println("asked on", c.Request.At.Format("2 January:"), changes.At(c.Request.At).Refundable)
	if at, change, found := changes.LastBetter(c.Request.At); found {
		fmt.Println("the last day with more was", at.Format("2 January:"), change.Refundable)
	}
	// Output:
	// from 1 March at 10:00 199.99 USD - No issue resolved
	// from 3 March at 11:00 174.99 USD - Issues resolved
	// from 10 March at 16:00 149.99 USD - Issues resolved
	// from 17 March at 00:00 0.00 USD - Guarantee
	// asked on 20 March: 0.00 USD
	// the last day with more was 16 March: 149.99 USD
}
