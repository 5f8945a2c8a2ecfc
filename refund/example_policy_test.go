package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Copy and change the published policy: a window of 30 days, open on Saturdays, and an
// early closing before a holiday.
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

// Explain a policy on a help page, with its own figures.
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

// A customer asks for a refund of a one-time service. "No refund" is an outcome, not an
// error.
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
		Issues:  refund.IssueLog{}, // there were no issues
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

// Show the last day of the window on a sales page, before there is a case.
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

// Schedule the call back for a request of Friday evening.
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

// The desk closes at 13:00 on Thursday, 24 December, and reopens on Monday.
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

// Write a shift over midnight as two openings: one until 24 h, and one from 0 h of the
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

// A customer subscribes on 1 March at 10:00. When does the window of 15 days close?
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

// The customer has paid half of the price. Is the charge deducted from the price or from
// the amount paid?
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

// An issue is resolved on the day after the request. Does the resolution count?
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

// A customer bought a one-time service, and no issue was resolved. Is it refunded?
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
			Issues:  refund.IssueLog{}, // there were no issues
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
