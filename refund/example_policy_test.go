package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A company grants 30 days, works on Saturdays, and closes early before a holiday: the
// published policy is copied and changed.
func ExamplePolicy() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	policy.Version = "acme-2026"
	policy.WindowDays = 30
	policy.Hours[time.Saturday] = []refund.Opening{{Opens: 10 * time.Hour, Closes: 14 * time.Hour}}
	policy.SpecialDays = refund.SpecialDays{
		refund.MustDate("2026-12-24"): {{Opens: 8 * time.Hour, Closes: 13 * time.Hour}},
		refund.MustDate("2026-12-25"): nil, // closed
	}
	if err := policy.Validate(); err != nil {
		log.Fatal(err)
	}

	window, err := policy.Window(time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(window.LastDay)
	// Output:
	// 2026-03-31
}

// The published policy at the company's address.
func ExamplePublished() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	fmt.Println("version", policy.Version)
	fmt.Println(policy.WindowDays, "days in", policy.Location)
	fmt.Println("called back after", policy.CallbackAfter, "to", policy.CallbackWithin)
	// Output:
	// version 1
	// 15 days in America/New_York
	// called back after 4h0m0s to 8h0m0s
}

// A policy comes from a settings page. Validate reports every fault at once.
func ExamplePolicy_Validate() {
	policy := refund.Published(nil)
	policy.WindowDays = 0

	fmt.Println(policy.Validate())
	// Output:
	// refund: invalid input: policy.window_days: must be 1 to 3660; policy.location: is required
}

// A help page explains a policy with its own figures.
func ExamplePolicy_Summary() {
	policy := refund.Published(time.UTC)
	policy.Hours = refund.Weekdays(9*time.Hour, 17*time.Hour)
	policy.CallbackAfter, policy.CallbackWithin = time.Hour, 3*time.Hour

	fmt.Println(policy.Summary(refund.ClauseTicket))
	fmt.Println(policy.Summary(refund.ClauseCallback))
	// Output:
	// A request is an e-mail that states the reason, or a call to the cancellation desk while it is open (Monday to Friday from 09:00 to 17:00).
	// The company calls the customer back between 1 hour and 3 hours after the request, counting the hours in which the desk is open.
}

// A service reloads its settings, and logs only what has changed.
func ExamplePolicy_Equal() {
	before, after := refund.Published(time.UTC), refund.Published(time.UTC)
	fmt.Println(before.Equal(after))

	after.WindowDays = 30
	fmt.Println(before.Equal(after))
	// Output:
	// true
	// false
}

// A refund of a one-time service is asked for. "No refund" is an outcome, not an error.
func ExamplePolicy_Evaluate() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1002",
			Service: refund.ServiceType{Code: "virus-removal", Billing: refund.BillingOneTime},
			Start:   start,
			Price:   refund.MustMoney("79.00", "USD"),
			Paid:    refund.MustMoney("79.00", "USD"),
		},
		Issues:  refund.IssueLog{}, // there were none
		Request: refund.Request{At: start.AddDate(0, 0, 2), Channel: refund.ChannelPhone},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Verdict, outcome.Refundable)
	fmt.Println(outcome.Why(refund.ClauseOneTime))
	// Output:
	// one_time_service 0.00 USD
	// one-time services are not refunded under the guarantee; the company may still grant goodwill
}

// A sales page states the last day to ask, before there is a case.
func ExamplePolicy_Window() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	window, err := refund.Published(newYork).Window(time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("opens   ", window.Opens)
	fmt.Println("closes  ", window.Closes)
	fmt.Println("last day", window.LastDay)
	// Output:
	// opens    2026-03-01 10:00:00 -0500 EST
	// closes   2026-03-17 00:00:00 -0400 EDT
	// last day 2026-03-16
}

// A request comes on Friday evening; the desk schedules the call back.
func ExamplePolicy_Callback() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	friday := time.Date(2026, time.March, 6, 21, 0, 0, 0, newYork)
	callback, err := refund.Published(newYork).Callback(friday)
	if err != nil {
		log.Fatal(err)
	}
	const layout = "Mon 2 Jan 15:04"
	fmt.Println("from", callback.Earliest.Format(layout), "to", callback.Latest.Format(layout))
	// Output:
	// from Mon 9 Mar 11:00 to Mon 9 Mar 15:00
}

// A desk has a break, and opens on Saturday too.
func ExampleHours() {
	hours := refund.Weekdays(8*time.Hour, 22*time.Hour)
	hours[time.Saturday] = []refund.Opening{
		{Opens: 10 * time.Hour, Closes: 13 * time.Hour},
		{Opens: 14 * time.Hour, Closes: 18 * time.Hour},
	}
	for _, day := range []time.Weekday{time.Friday, time.Saturday, time.Sunday} {
		fmt.Println(day, hours[day])
	}
	// Output:
	// Friday [{8h0m0s 22h0m0s}]
	// Saturday [{10h0m0s 13h0m0s} {14h0m0s 18h0m0s}]
	// Sunday []
}

// A desk closes at 13:00 on 24 December, which is a Thursday, and reopens on Monday.
func ExampleSpecialDays() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	policy.SpecialDays = refund.SpecialDays{
		refund.MustDate("2026-12-24"): {{Opens: 8 * time.Hour, Closes: 13 * time.Hour}},
		refund.MustDate("2026-12-25"): nil, // closed
	}
	callback, err := policy.Callback(time.Date(2026, time.December, 24, 11, 0, 0, 0, newYork))
	if err != nil {
		log.Fatal(err)
	}
	const layout = "Mon 2 Jan 15:04"
	fmt.Println("from", callback.Earliest.Format(layout), "to", callback.Latest.Format(layout))
	// Output:
	// from Mon 28 Dec 10:00 to Mon 28 Dec 14:00
}

// A desk keeps the same hours from Monday to Friday.
func ExampleWeekdays() {
	hours := refund.Weekdays(9*time.Hour, 17*time.Hour)
	fmt.Println(hours[time.Monday], hours[time.Friday], hours[time.Sunday])
	// Output:
	// [{9h0m0s 17h0m0s}] [{9h0m0s 17h0m0s}] []
}

// A shift over midnight is two openings: one until 24 hours, and one from 0 hours of the
// next day.
func ExampleOpening() {
	policy := refund.Published(time.UTC)
	policy.Hours[time.Friday] = []refund.Opening{{Opens: 22 * time.Hour, Closes: 6 * time.Hour}}
	fmt.Println(policy.Validate())

	policy.Hours[time.Friday] = []refund.Opening{{Opens: 22 * time.Hour, Closes: 24 * time.Hour}}
	policy.Hours[time.Saturday] = []refund.Opening{{Opens: 0, Closes: 6 * time.Hour}}
	fmt.Println(policy.Validate())
	// Output:
	// refund: invalid input: policy.hours.friday: must open before it closes, from 00:00 to 24:00, in whole minutes
	// <nil>
}

// The questions that the policy's text leaves open, and their defaults.
func ExampleReadings() {
	r := refund.Published(time.UTC).Readings
	fmt.Println("day_count      ", r.DayCount)
	fmt.Println("deduct_from    ", r.DeductFrom)
	fmt.Println("resolved_until ", r.ResolvedUntil)
	fmt.Println("callback_clock ", r.CallbackClock)
	fmt.Println("one_time       ", r.OneTime)
	fmt.Println("released_amount", r.ReleasedAmount)
	fmt.Println("goodwill_after ", r.GoodwillAfter)
	// Output:
	// day_count       day_after
	// deduct_from     amount_subscribed
	// resolved_until  request
	// callback_clock  business_hours
	// one_time        never_refunded
	// released_amount whole
	// goodwill_after  less_refunds
}

// When do 15 days end that begin on 1 March at ten in the morning?
func ExampleDayCount() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	policy := refund.Published(newYork)
	for _, reading := range []refund.DayCount{
		refund.DayCountDayAfter, refund.DayCountSameDay, refund.DayCountElapsed,
	} {
		policy.Readings.DayCount = reading
		window, err := policy.Window(start)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(reading, "closes on", window.Closes, "last day", window.LastDay)
	}
	// Output:
	// day_after closes on 2026-03-17 00:00:00 -0400 EDT last day 2026-03-16
	// same_day closes on 2026-03-16 00:00:00 -0400 EDT last day 2026-03-15
	// elapsed closes on 2026-03-16 11:00:00 -0400 EDT last day 2026-03-16
}

// Half of the price has been paid when the customer asks. Is the charge deducted
// from the price, or from the amount paid?
func ExampleDeductFrom() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	policy := refund.Published(newYork)
	for _, reading := range []refund.DeductFrom{
		refund.DeductFromAmountSubscribed, refund.DeductFromAmountPaid,
	} {
		policy.Readings.DeductFrom = reading
		outcome, err := policy.Evaluate(refund.Case{
			Subscription: refund.Subscription{
				ID: "SUB-1003",
				Service: refund.ServiceType{
					Code:        "pc-care",
					Billing:     refund.BillingRecurring,
					PerInstance: refund.MustMoney("25.00", "USD"),
				},
				Start: start,
				Price: refund.MustMoney("200.00", "USD"),
				Paid:  refund.MustMoney("100.00", "USD"),
			},
			Issues: refund.IssueLog{
				{ID: "T-1", Opened: start.AddDate(0, 0, 1), Resolved: start.AddDate(0, 0, 2)},
			},
			Request: refund.Request{At: start.AddDate(0, 0, 9), Channel: refund.ChannelEmail, Reason: "too slow"},
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(reading, outcome.Refundable)
	}
	// Output:
	// amount_subscribed 100.00 USD
	// amount_paid 75.00 USD
}

// An issue is resolved on the day after the request. Does it count?
func ExampleResolvedUntil() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	policy := refund.Published(newYork)
	for _, reading := range []refund.ResolvedUntil{
		refund.ResolvedUntilRequest, refund.ResolvedUntilWindowClose,
	} {
		policy.Readings.ResolvedUntil = reading
		outcome, err := policy.Evaluate(refund.Case{
			Subscription: refund.Subscription{
				ID: "SUB-1004",
				Service: refund.ServiceType{
					Code:        "pc-care",
					Billing:     refund.BillingRecurring,
					PerInstance: refund.MustMoney("25.00", "USD"),
				},
				Start: start,
				Price: refund.MustMoney("200.00", "USD"),
				Paid:  refund.MustMoney("200.00", "USD"),
			},
			Issues: refund.IssueLog{
				{ID: "T-1", Opened: start.AddDate(0, 0, 8), Resolved: start.AddDate(0, 0, 10)},
			},
			Request: refund.Request{At: start.AddDate(0, 0, 9), Channel: refund.ChannelEmail, Reason: "too slow"},
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(reading, outcome.Verdict, outcome.Refundable)
	}
	// Output:
	// request full 200.00 USD
	// window_close deducted 175.00 USD
}

// A desk that is staffed around the clock counts every hour.
func ExampleCallbackClock() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	saturday := time.Date(2026, time.March, 7, 3, 0, 0, 0, newYork)
	policy := refund.Published(newYork)
	for _, reading := range []refund.CallbackClock{
		refund.CallbackClockBusinessHours, refund.CallbackClockElapsed,
	} {
		policy.Readings.CallbackClock = reading
		callback, err := policy.Callback(saturday)
		if err != nil {
			log.Fatal(err)
		}
		const layout = "Mon 15:04"
		fmt.Println(reading, callback.Earliest.Format(layout), "to", callback.Latest.Format(layout))
	}
	// Output:
	// business_hours Mon 12:00 to Mon 16:00
	// elapsed Sat 07:00 to Sat 11:00
}

// A one-time service was bought, and no issue was resolved. Is it refunded?
func ExampleOneTime() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	policy := refund.Published(newYork)
	for _, reading := range []refund.OneTime{
		refund.OneTimeNeverRefunded, refund.OneTimeRefundedIfUnresolved,
	} {
		policy.Readings.OneTime = reading
		outcome, err := policy.Evaluate(refund.Case{
			Subscription: refund.Subscription{
				ID:      "SUB-1002",
				Service: refund.ServiceType{Code: "virus-removal", Billing: refund.BillingOneTime},
				Start:   start,
				Price:   refund.MustMoney("79.00", "USD"),
				Paid:    refund.MustMoney("79.00", "USD"),
			},
			Issues:  refund.IssueLog{}, // there were none
			Request: refund.Request{At: start.AddDate(0, 0, 2), Channel: refund.ChannelEmail, Reason: "not satisfied"},
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(reading, outcome.Verdict, outcome.Refundable)
	}
	// Output:
	// never_refunded one_time_service 0.00 USD
	// refunded_if_unresolved full 79.00 USD
}

// A request is compared with the window. At its opening it is in, at its closing it
// is out.
func ExampleWindow_Contains() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	window, err := refund.Published(newYork).Window(time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(window.Contains(window.Opens))
	fmt.Println(window.Contains(window.Closes.Add(-time.Second)))
	fmt.Println(window.Contains(window.Closes))
	// Output:
	// true
	// true
	// false
}

// A window was stored in UTC. It is the same window.
func ExampleWindow_Equal() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	window, err := refund.Published(newYork).Window(time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork))
	if err != nil {
		log.Fatal(err)
	}
	stored := refund.Window{Opens: window.Opens.UTC(), Closes: window.Closes.UTC(), LastDay: window.LastDay}
	fmt.Println(window.Equal(stored))
	// Output:
	// true
}

// A call back was rescheduled to the same time, written down in UTC.
func ExampleCallback_Equal() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	monday := time.Date(2026, time.March, 9, 9, 0, 0, 0, newYork)
	callback, err := refund.Published(newYork).Callback(monday)
	if err != nil {
		log.Fatal(err)
	}
	stored := refund.Callback{Earliest: callback.Earliest.UTC(), Latest: callback.Latest.UTC()}
	fmt.Println(callback.Equal(stored))
	// Output:
	// true
}

// A reminder goes out two days before the last day.
func ExampleWindow() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	window, err := refund.Published(newYork).Window(time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(window.LastDay.AddDays(-2))
	// Output:
	// 2026-03-14
}

// The desk asks whether a call now would be too late.
func ExampleCallback() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	monday := time.Date(2026, time.March, 9, 9, 0, 0, 0, newYork)
	callback, err := refund.Published(newYork).Callback(monday)
	if err != nil {
		log.Fatal(err)
	}
	now := time.Date(2026, time.March, 9, 17, 0, 0, 0, newYork)
	fmt.Println("late:", now.After(callback.Latest))
	// Output:
	// late: false
}
