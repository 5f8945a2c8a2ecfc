package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A question is an alternative reading of the policy's text.
type question struct {
	title  string
	answer func(*refund.Readings)
}

// What would another reading of the policy change? The request of this case came on the last
// day, half of the price is paid, and an issue was resolved after the request, so three
// readings have an effect.
func Example_amountReadings() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	march := func(day, hour int) time.Time {
		return time.Date(2026, time.March, day, hour, 0, 0, 0, newYork)
	}
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2007",
			Account: "ACC-TANN",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: march(1, 10),
			Price: refund.MustMoney("200.00", "USD"),
			Paid:  refund.MustMoney("100.00", "USD"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: march(2, 9), Resolved: march(3, 9)},
			{ID: "T-2", Opened: march(15, 9), Resolved: march(16, 15)},
		},
		Request: refund.Request{
			At:      march(16, 9),
			By:      "ACC-TANN",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
	}

	for _, q := range []question{
		{"the published readings", func(*refund.Readings) {}},
		{"the first day counts", func(r *refund.Readings) { r.DayCount = refund.DayCountSameDay }},
		{"days are 24 hours each", func(r *refund.Readings) { r.DayCount = refund.DayCountElapsed }},
		{"deducted from the amount paid", func(r *refund.Readings) { r.DeductFrom = refund.DeductFromAmountPaid }},
		{"later resolutions count too", func(r *refund.Readings) { r.ResolvedUntil = refund.ResolvedUntilWindowClose }},
		{"both of the above", func(r *refund.Readings) {
			r.DeductFrom = refund.DeductFromAmountPaid
			r.ResolvedUntil = refund.ResolvedUntilWindowClose
		}},
	} {
		policy := refund.Published(newYork)
		q.answer(&policy.Readings)
		outcome, err := policy.Evaluate(c)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%-31s %-13s %s\n", q.title, outcome.Verdict, outcome.Refundable)
	}
	// Output:
	// the published readings          deducted      100.00 USD
	// the first day counts            window_closed 0.00 USD
	// days are 24 hours each          deducted      100.00 USD
	// deducted from the amount paid   deducted      75.00 USD
	// later resolutions count too     deducted      100.00 USD
	// both of the above               deducted      50.00 USD
}
