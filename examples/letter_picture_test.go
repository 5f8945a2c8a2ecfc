package examples_test

import (
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// How does the company show a case in a picture?
//
// Mr. Haddad asks why he received $119.99 and not $199.99. The desk's page shows his case as a
// picture: the window, each issue with whether it was counted and why not, the refund that he
// received earlier, and the decision. Below them is the amount by the time of the request. The
// page has the picture inline, as SVG. For readers who do not see it, the picture has all of
// this in words, which the story prints.
func Example_letterPicture() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	policy.Required = nil // this desk reviews refunds in another system
	march := func(day, hour int) time.Time { return time.Date(2026, time.March, day, hour, 0, 0, 0, newYork) }
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:       "SUB-4104",
			Account:  "ACC-HADDAD",
			Service:  refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:    march(1, 10),
			Price:    usd("199.99"),
			Paid:     usd("199.99"),
			Refunded: usd("30.00"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: march(2, 9), Resolved: march(3, 11)},
			{ID: "T-2", Opened: march(4, 14), Resolved: march(6, 16)},
			{ID: "T-3", Opened: march(8, 9), Resolved: march(11, 15)},
			{ID: "T-4", Opened: march(9, 8)},
		},
		Request: refund.Request{At: march(9, 10), By: "ACC-HADDAD", Channel: refund.ChannelEmail, Reason: "not satisfied", CalledBack: march(9, 15)},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: usd("500.00")},
		At:     march(12, 9),
		Amount: outcome.Refundable,
	})
	if err != nil {
		log.Fatal(err)
	}

	picture, err := notice.Timeline(policy, c, notice.TimelineOptions{
		Refunds:  []notice.Refund{{Amount: usd("30.00"), At: march(7, 12)}},
		Decision: d.Facts(),
	})
	if err != nil {
		log.Fatal(err)
	}
	page := "<!DOCTYPE html>\n<title>SUB-4104</title>\n<figure>\n" + picture + "</figure>\n"

	_, words, _ := strings.Cut(page, "<svg ")
	_, words, _ = strings.Cut(words, "<title>")
	words, _, _ = strings.Cut(words, "</desc>")
	words = strings.ReplaceAll(words, "</title>\n<desc>", " ")
	fmt.Println(strings.ReplaceAll(words, ". ", ".\n"))
	// Output:
	// Refund case SUB-4104.
	// Approved: $119.99.
	// 2 issues counted: $199.99 less $50.00.
	// $30.00 was refunded earlier.
	// Window: last day 16 March 2026; opened on 1 March 2026.
	// T-1: counted, charge $25.00; resolved on 3 March 2026.
	// T-2: counted, charge $25.00; resolved on 6 March 2026.
	// T-4: not counted; reported on 9 March 2026, not resolved.
	// T-3: not counted; resolved on 11 March 2026, after the request.
	// Refund: $30.00 on 7 March 2026.
	// Request: 9 March 2026 at 10:00 EDT.
	// Call back: in time; 9 March 2026 at 15:00 EDT; it was due between 14:00 and 18:00 EDT on 9 March 2026.
	// Decision: $119.99 approved; 12 March 2026 at 09:00 EDT.
	// Refundable, by the time of the request: $169.99 from 1 March 2026 at 10:00 EST; $144.99 from 3 March 2026 at 11:00 EST; $119.99 from 6 March 2026 at 16:00 EST; $94.99 from 11 March 2026 at 15:00 EDT; $0.00 from 17 March 2026 at 00:00 EDT.
}
