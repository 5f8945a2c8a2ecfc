package notice_test

import (
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// A picture has its facts in words too, for readers who do not see it.
func ExampleTimeline() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	march := func(day int) time.Time { return time.Date(2026, time.March, day, 10, 0, 0, 0, newYork) }
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	picture, err := notice.Timeline(refund.Published(newYork), refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   march(1),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues:  refund.IssueLog{{ID: "T-1", Opened: march(2), Resolved: march(3)}, {ID: "T-2", Opened: march(8), Resolved: march(11)}},
		Request: refund.Request{At: march(9), Channel: refund.ChannelEmail, Reason: "moved"},
	}, notice.TimelineOptions{})
	if err != nil {
		log.Fatal(err)
	}
	_, rest, _ := strings.Cut(picture, "<title>")
	title, rest, _ := strings.Cut(rest, "</title>\n<desc>")
	description, _, _ := strings.Cut(rest, "</desc>")
	fmt.Println(title)
	fmt.Println(strings.ReplaceAll(description, ". ", ".\n"))
	// Output:
	// Refund case SUB-1001. Can be refunded: $174.99.
	// 1 issue counted: $199.99 less $25.00.
	// Window: last day 16 March 2026; opened on 1 March 2026.
	// T-1: counted, charge $25.00; resolved on 3 March 2026.
	// T-2: not counted; resolved on 11 March 2026, after the request.
	// Request: 9 March 2026 at 10:00 EDT.
	// Call back: due, not recorded; between 14:00 and 18:00 EDT on 9 March 2026.
	// Refundable, by the time of the request: $199.99 from 1 March 2026 at 10:00 EST; $174.99 from 3 March 2026 at 10:00 EST; $149.99 from 11 March 2026 at 10:00 EDT; $0.00 from 17 March 2026 at 00:00 EDT.
}
