package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// What would have made the refund larger? Mr Varga calls for his daughter and asks why the
// refund is on hold, and why it is so small. The agent has the facts that would change the
// answer, as sentences to say aloud: none of them promises anything, and each is the
// result of an evaluation.
func Example_whatifSaidAloud() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	march := func(day, hour int) time.Time { return time.Date(2026, time.March, day, hour, 0, 0, 0, newYork) }
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	policy := refund.Published(newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:       "SUB-3501",
			Account:  "ACC-DAUGHTER",
			Service:  refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:    march(1, 10),
			Price:    usd("100.00"),
			Paid:     usd("100.00"),
			Refunded: usd("30.00"),
		},
		Issues:  refund.IssueLog{{ID: "T-2", Opened: march(1, 11), Resolved: march(1, 12)}},
		Request: refund.Request{At: march(9, 12), By: "ACC-VARGA", Channel: refund.ChannelPhone},
	}

	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("now:", outcome.Refundable, "- on hold:", outcome.Held)
	facts, err := whatif.Counterfactuals(policy, c)
	if err != nil {
		log.Fatal(err)
	}
	for _, fact := range facts {
		if fact.Fact != whatif.FactAskedEarlier { // nobody would have asked in the first two hours
			fmt.Println("-", fact)
		}
	}
	// Output:
	// now: 45.00 USD - on hold: true
	// - 30.00 USD not refunded earlier: 75.00 USD, still on hold
	// - T-2 not resolved: 70.00 USD, still on hold
	// - permission of the holder for ACC-VARGA: 45.00 USD, no longer on hold
}
