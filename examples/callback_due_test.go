package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// diary is the layout of times in this example.
const diary = "Mon 2 Jan 15:04"

// When is the call back due? A customer calls on Thursday, July 2, 2026, at 21:00. The desk
// closes at 22:00 and is closed on Friday, a holiday, and on the weekend. The call back is
// due after four business hours, one of which has passed on Thursday: from Monday at 11:00.
// It is made on Monday afternoon, too late.
func Example_callbackDue() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	policy.Version = "1 with the holidays of 2026"
	policy.SpecialDays = refund.SpecialDays{ // no openings: the desk is closed
		refund.MustDate("2026-07-03"): {},
		refund.MustDate("2026-12-24"): {{Opens: 8 * time.Hour, Closes: 13 * time.Hour}},
		refund.MustDate("2026-12-25"): {},
	}

	called := time.Date(2026, time.July, 2, 21, 0, 0, 0, newYork)
	due, err := policy.Callback(called)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("asked", called.Format(diary))
	fmt.Println("due  ", due.Earliest.Format(diary), "to", due.Latest.Format(diary))

	outcome, err := policy.Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2006",
			Account: "ACC-SATO",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: time.Date(2026, time.June, 25, 12, 0, 0, 0, newYork),
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{},
		Request: refund.Request{
			At:         called,
			By:         "ACC-SATO",
			RecordedBy: "desk-4",
			Channel:    refund.ChannelPhone,
			CalledBack: time.Date(2026, time.July, 6, 15, 20, 0, 0, newYork),
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Refundable, "refundable, whatever the call back")
	fmt.Printf("%s: %s\n", outcome.Statuses[refund.ClauseCallback], outcome.Why(refund.ClauseCallback))
	// Output:
	// asked Thu 2 Jul 21:00
	// due   Mon 6 Jul 11:00 to Mon 6 Jul 15:00
	// 199.99 USD refundable, whatever the call back
	// objected: called back on 6 July 2026 at 15:20 EDT, late: it was due by 6 July 2026 at 15:00 EDT; noted, without effect on the amount
}
