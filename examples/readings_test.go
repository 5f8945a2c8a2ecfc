package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A question is one of those that the policy's text leaves open, and an answer to
// it that is not the default.
type question struct {
	title  string
	answer func(*refund.Readings)
}

// A company's lawyers ask what another reading of the text would change. The case
// is one that stands on the edge of three of them: asked on the last day, half
// paid, and with an issue resolved after the request.
func Example_readings() {
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
		{"charges come off what was paid", func(r *refund.Readings) { r.DeductFrom = refund.DeductFromAmountPaid }},
		{"later resolutions count too", func(r *refund.Readings) { r.ResolvedUntil = refund.ResolvedUntilWindowClose }},
		{"both of these", func(r *refund.Readings) {
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
	// charges come off what was paid  deducted      75.00 USD
	// later resolutions count too     deducted      100.00 USD
	// both of these                   deducted      50.00 USD
}
