package conformance_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

// codes returns all codes of an enumeration.
func codes[E interface {
	~uint8
	String() string
}]() (list []string) {
	for e := E(1); !strings.HasSuffix(e.String(), ")"); e++ {
		list = append(list, e.String())
	}
	return list
}

// statusRows lists every status that a clause can have, with a vector of that clause.
var statusRows = []struct{ reason, clause, status, vector string }{
	{"the guarantee applies while the window is open", "guarantee", "applied", "last-nanosecond"},
	{"the guarantee does not apply after the window", "guarantee", "not_applicable", "closing-instant"},
	{"Case 1 applies if no issue was resolved", "case-1", "applied", "nothing-resolved"},
	{"Case 2 applies if an issue was resolved", "case-2", "applied", "one-resolved"},
	{"Case 2 applies if charges consume the price", "case-2", "applied", "consumed-to-the-cent"},
	{"one-time services are not refunded", "one-time", "applied", "nothing-resolved"},
	{"a one-time service without a resolution may be judged like any other", "one-time", "not_applicable", "refunded-if-unresolved"},
	{"an e-mail with a reason is a ticket", "ticket", "satisfied", "email-with-a-reason"},
	{"an e-mail without a reason is objected", "ticket", "objected", "email-without-a-reason"},
	{"without a recorded call back the clause is not evaluated", "callback", "not_evaluated", "not-recorded"},
	{"a call at the latest instant is in time", "callback", "satisfied", "called-at-the-latest-instant"},
	{"a later call is objected", "callback", "objected", "called-a-nanosecond-late"},
	{"without a review of the logs the clause is not evaluated", "log-review", "not_evaluated", "not-looked-at"},
	{"reviewed logs satisfy the clause", "log-review", "satisfied", "satisfied"},
	{"an advisory finding on the logs is an objection", "log-review", "objected", "objected"},
	{"the cooperation is not reviewed", "cooperation", "not_evaluated", "not-looked-at"},
	{"the customer cooperated", "cooperation", "satisfied", "satisfied"},
	{"the customer did not cooperate", "cooperation", "objected", "objected"},
	{"the devices are not reviewed", "peripherals", "not_evaluated", "not-looked-at"},
	{"the devices were provided", "peripherals", "satisfied", "satisfied"},
	{"a device was missing", "peripherals", "objected", "objected"},
	{"the licenses are not reviewed", "licensed", "not_evaluated", "not-looked-at"},
	{"the products are licensed", "licensed", "satisfied", "satisfied"},
	{"a product is not licensed", "licensed", "objected", "objected"},
	{"third-party applications are not reviewed", "best-effort", "not_evaluated", "not-looked-at"},
	{"third-party applications raise no objection", "best-effort", "satisfied", "satisfied"},
	{"a third-party application raises an objection", "best-effort", "objected", "objected"},
	{"data losses are not reviewed", "data-loss", "not_evaluated", "not-looked-at"},
	{"data losses raise no objection", "data-loss", "satisfied", "satisfied"},
	{"a data loss is an objection and does not change an amount", "data-loss", "objected", "objected"},
	{"the environment is not reviewed", "environment", "not_evaluated", "not-looked-at"},
	{"the environment is as advised", "environment", "satisfied", "satisfied"},
	{"the environment is not as advised", "environment", "objected", "objected"},
	{"the registration is not reviewed", "registration", "not_evaluated", "not-looked-at"},
	{"the registration is complete", "registration", "satisfied", "satisfied"},
	{"the registration is not complete", "registration", "objected", "objected"},
	{"the use of the account is not reviewed", "credentials", "not_evaluated", "not-looked-at"},
	{"the use of the account raises no objection", "credentials", "satisfied", "satisfied"},
	{"an advisory finding on the use of the account is an objection", "credentials", "objected", "objected"},
	{"an open report of unauthorized use holds the refund", "credentials", "blocking", "open-report"},
	{"the requester is unknown", "account-access", "not_evaluated", "requester-unknown"},
	{"the holder asked", "account-access", "satisfied", "holder-asks"},
	{"a finding clears a stranger who asked", "account-access", "satisfied", "stranger-is-permitted"},
	{"the holder asked, and there is an advisory finding", "account-access", "objected", "holder-with-a-doubt"},
	{"a stranger asked", "account-access", "blocking", "stranger-asks"},
	{"an advisory finding does not end the hold on a stranger", "account-access", "blocking", "stranger-and-an-advisory-finding"},
	{"goodwill exists only as a decision", "goodwill", "not_evaluated", "in-the-window"},
	{"the cap is satisfied if the price was paid", "cap", "satisfied", "satisfied"},
	{"an earlier refund does not make the cap apply", "cap", "satisfied", "given-back-before"},
	{"the cap applies if less was paid", "cap", "applied", "less-was-paid"},
	{"the cap has no entitlement to limit after the window", "cap", "not_applicable", "after-the-window"},
	{"the cap has no entitlement to limit for a one-time service", "cap", "not_applicable", "one-time"},

	// Vectors of one clause show that another does not apply.
	{"Case 1 does not apply if an issue was resolved", "case-1", "not_applicable", "case-2/one-resolved"},
	{"Case 2 does not apply if no issue was resolved", "case-2", "not_applicable", "case-1/nothing-resolved"},
}

func TestEveryStatusHasItsVector(t *testing.T) {
	listed := map[string]bool{}
	for _, row := range statusRows {
		testkit.Row(t, row.clause+" "+row.status+": "+row.reason, func(t *testing.T) {
			listed[row.clause+" "+row.status] = true
			name := row.vector
			if !strings.Contains(name, "/") {
				name = row.clause + "/" + name
			}
			v := vector(t, name)
			var clause refund.Clause
			if err := clause.UnmarshalText([]byte(row.clause)); err != nil {
				t.Fatal(err)
			}
			if got := v.Want.Statuses[clause].String(); got != row.status {
				t.Errorf("%s has the status %s, want %s", name, got, row.status)
			}
		})
	}
	for _, v := range vectors(t) {
		if v.Want == nil {
			continue
		}
		for _, clause := range refund.Clauses() {
			if status := clause.String() + " " + v.Want.Statuses[clause].String(); !listed[status] {
				t.Fatalf("%s: no row lists %s", v.Name, status)
			}
		}
	}
}

// readingRows lists a vector for every alternative of a reading. Under the other alternative
// the vector has another outcome.
var readingRows = []struct {
	reason, reading, alternative, vector string
	other                                func(*refund.Readings)
}{
	{"16 March is the 15th day after the subscription date", "day_count", "day_after", "guarantee/fifteenth-day-at-noon",
		func(r *refund.Readings) { r.DayCount = refund.DayCountSameDay }},
	{"15 times 24 hours end before 16 March does", "day_count", "day_after", "guarantee/last-nanosecond",
		func(r *refund.Readings) { r.DayCount = refund.DayCountElapsed }},
	{"15 March is the 15th day with the subscription date", "day_count", "same_day", "guarantee/same-day-closing-instant",
		func(r *refund.Readings) { r.DayCount = refund.DayCountDayAfter }},
	{"15 times 24 hours have passed on 16 March", "day_count", "elapsed", "guarantee/elapsed-closing-instant",
		func(r *refund.Readings) { r.DayCount = refund.DayCountDayAfter }},
	{"charges are deducted from the price, and the cap limits the rest", "deduct_from", "amount_subscribed", "case-2/less-was-paid",
		func(r *refund.Readings) { r.DeductFrom = refund.DeductFromAmountPaid }},
	{"charges are deducted from the amount paid", "deduct_from", "amount_paid", "case-2/amount-paid-less",
		func(r *refund.Readings) { r.DeductFrom = refund.DeductFromAmountSubscribed }},
	{"resolutions after the request do not count", "resolved_until", "request", "case-1/resolved-after-the-request",
		func(r *refund.Readings) { r.ResolvedUntil = refund.ResolvedUntilWindowClose }},
	{"every resolution in the window counts", "resolved_until", "window_close", "case-2/window-close-only-after-the-request",
		func(r *refund.Readings) { r.ResolvedUntil = refund.ResolvedUntilRequest }},
	{"the desk does not call at night", "callback_clock", "business_hours", "callback/friday-evening",
		func(r *refund.Readings) { r.CallbackClock = refund.CallbackClockElapsed }},
	{"hours of the night count", "callback_clock", "elapsed", "callback/elapsed-at-night",
		func(r *refund.Readings) { r.CallbackClock = refund.CallbackClockBusinessHours }},
	{"one-time services are never refunded", "one_time", "never_refunded", "one-time/nothing-resolved",
		func(r *refund.Readings) { r.OneTime = refund.OneTimeRefundedIfUnresolved }},
	{"without a resolution a one-time service is refunded", "one_time", "refunded_if_unresolved", "one-time/refunded-if-unresolved",
		func(r *refund.Readings) { r.OneTime = refund.OneTimeNeverRefunded }},
}

// Readings of decisions have vectors whose outcomes they do not change.
var decisionReadingRows = []struct{ reason, reading, alternative, vector string }{
	{"the released amount is not part of an outcome", "released_amount", "whole", "guarantee/whole-amount-stated"},
	{"a released part is not part of an outcome", "released_amount", "any_part", "guarantee/any-part-changes-no-outcome"},
	{"goodwill less refunds is not part of an outcome", "goodwill_after", "less_refunds", "goodwill/less-refunds-stated"},
	{"goodwill in addition is not part of an outcome", "goodwill_after", "in_addition", "goodwill/in-addition-changes-no-outcome"},
}

func TestEveryReadingDecidesAVector(t *testing.T) {
	left := map[string]bool{}
	for reading, alternatives := range map[string][]string{
		"day_count": codes[refund.DayCount](), "deduct_from": codes[refund.DeductFrom](),
		"resolved_until": codes[refund.ResolvedUntil](), "callback_clock": codes[refund.CallbackClock](),
		"one_time": codes[refund.OneTime](), "released_amount": codes[refund.ReleasedAmount](),
		"goodwill_after": codes[refund.GoodwillAfter](),
	} {
		for _, alternative := range alternatives {
			left[reading+" "+alternative] = true
		}
	}
	for _, row := range readingRows {
		testkit.Row(t, row.reading+" "+row.alternative+": "+row.reason, func(t *testing.T) {
			delete(left, row.reading+" "+row.alternative)
			v := vector(t, row.vector)
			d, err := document.Decode(v.Document)
			if err != nil {
				t.Fatal(err)
			}
			if got := readingOf(t, d.Policy.Readings, row.reading); got != row.alternative {
				t.Fatalf("%s has the reading %s", row.vector, got)
			}
			row.other(&d.Policy.Readings)
			o, err := d.Evaluate()
			if err != nil {
				t.Fatal(err)
			}
			if v.Want.Differences(o) == nil {
				t.Errorf("%s has the same outcome under the other alternative", row.vector)
			}
		})
	}
	for _, row := range decisionReadingRows {
		testkit.Row(t, row.reading+" "+row.alternative+": "+row.reason, func(t *testing.T) {
			delete(left, row.reading+" "+row.alternative)
			d, err := document.Decode(vector(t, row.vector).Document)
			if err != nil {
				t.Fatal(err)
			}
			if got := readingOf(t, d.Policy.Readings, row.reading); got != row.alternative {
				t.Errorf("%s has the reading %s", row.vector, got)
			}
		})
	}
	for missing := range left {
		t.Errorf("no row has %s", missing)
	}
}

func readingOf(t *testing.T, r refund.Readings, name string) string {
	t.Helper()
	text, ok := map[string]string{
		"day_count": r.DayCount.String(), "deduct_from": r.DeductFrom.String(),
		"resolved_until": r.ResolvedUntil.String(), "callback_clock": r.CallbackClock.String(),
		"one_time": r.OneTime.String(), "released_amount": r.ReleasedAmount.String(),
		"goodwill_after": r.GoodwillAfter.String(),
	}[name]
	if !ok {
		t.Fatalf("no reading %s", name)
	}
	return text
}

// boundaryRows lists two vectors for both sides of a boundary. The outcomes differ in a
// field; an empty field means that the vector beyond the boundary is refused.
var boundaryRows = []struct{ reason, within, beyond, field string }{
	{"the window opens at the subscription", "guarantee/at-the-subscription-instant", "guarantee/asked-before-subscribing", ""},
	{"the window closes as the 15th day after the subscription date ends", "guarantee/last-nanosecond", "guarantee/closing-instant", "verdict"},
	{"the window closes as the 15th day with the subscription date ends", "guarantee/same-day-last-nanosecond", "guarantee/same-day-closing-instant", "verdict"},
	{"the window closes after 15 times 24 hours", "guarantee/elapsed-last-nanosecond", "guarantee/elapsed-closing-instant", "verdict"},
	{"the window closes at midnight of the policy, not of the desk", "guarantee/desk-elsewhere", "guarantee/desk-elsewhere-closed", "verdict"},
	{"a day that begins at 01:00 closes the window then", "guarantee/beirut-clocks-put-on", "guarantee/beirut-clocks-put-on-closed", "verdict"},
	{"a window that closes at midnight ends on the day before", "guarantee/last-day-elapsed-at-midnight", "guarantee/last-day-elapsed", "window.last_day"},
	{"a window has at most 3660 days", "guarantee/longest-window", "guarantee/window-too-long", ""},
	{"a window has at least one day", "guarantee/window-of-1-days", "guarantee/window-of-no-days", ""},
	{"a resolution at the request counts", "case-2/resolved-as-the-customer-asked", "case-1/resolved-a-nanosecond-after-the-request", "resolved_issues"},
	{"a resolution at the subscription counts", "case-2/resolved-as-the-subscription-began", "case-1/resolved-a-nanosecond-before-the-subscription", "resolved_issues"},
	{"a resolution at the closing does not count", "case-2/window-close-last-nanosecond", "case-1/resolved-as-the-window-closed", "resolved_issues"},
	{"charges that leave a cent do not consume the price", "case-2/a-cent-left", "case-2/consumed-to-the-cent", "verdict"},
	{"a dispute of the whole entitlement leaves zero, and so does a larger one", "case-2/disputed-to-the-cent", "case-2/disputed-beyond-the-entitlement", "remaining"},
	{"refunds and disputes are at most the amount paid", "case-1/refunded-and-disputed-to-the-cent", "cap/refunded-and-disputed-a-cent-more-than-paid", ""},
	{"a resolution at the request makes a one-time service not refundable", "one-time/refunded-if-unresolved-resolved-after-the-request", "one-time/refunded-if-unresolved-resolved-at-the-request", "verdict"},
	{"a one-time service has the window of any other", "one-time/refunded-if-unresolved-in-the-last-instant", "one-time/refunded-if-unresolved-late", "verdict"},
	{"the cap applies from the first cent", "cap/satisfied", "cap/a-cent-less-was-paid", "statuses.cap"},
	{"the desk is open as it opens", "ticket/phone-as-the-desk-opens", "ticket/phone-before-the-desk-opens", "statuses.ticket"},
	{"the desk is closed as it closes", "ticket/phone-before-the-desk-closes", "ticket/phone-as-the-desk-closes", "statuses.ticket"},
	{"the desk is closed as a break begins", "ticket/phone-before-a-break", "ticket/phone-as-a-break-begins", "statuses.ticket"},
	{"the desk is open as a break ends", "ticket/phone-as-a-break-ends", "ticket/phone-in-a-break", "statuses.ticket"},
	{"a night shift begins at its opening", "ticket/phone-as-a-night-shift-begins", "ticket/phone-before-a-night-shift", "statuses.ticket"},
	{"a night shift ends at its closing", "ticket/phone-at-midnight-of-a-night-shift", "ticket/phone-as-a-night-shift-ends", "statuses.ticket"},
	{"an early closing closes the desk", "ticket/phone-before-an-early-closing", "ticket/phone-as-the-desk-closes-early", "statuses.ticket"},
	{"on a Saturday with special hours, the desk closes at their end", "ticket/phone-on-a-worked-saturday", "ticket/phone-as-a-worked-saturday-ends", "statuses.ticket"},
	{"a holiday is a date at the desk", "ticket/phone-on-the-policy-s-holiday", "ticket/phone-on-the-desk-s-holiday", "statuses.ticket"},
	{"an hour that the clock shows twice ends after the second time", "ticket/phone-in-the-second-pass-of-an-hour", "ticket/phone-in-neither-pass-of-an-hour", "statuses.ticket"},
	{"an earliest instant at a closing is moved", "callback/earliest-just-before-a-closing", "callback/earliest-on-a-closing", "callback.earliest"},
	{"an earliest instant between openings that touch is not moved", "callback/openings-that-touch", "callback/earliest-on-a-break", "callback.earliest"},
	{"a call at the latest instant is in time", "callback/called-at-the-latest-instant", "callback/called-a-nanosecond-late", "statuses.callback"},
	{"a call is late by the desk's clock", "callback/called-in-time-of-the-desk-late-for-the-policy", "callback/called-late-for-a-desk-elsewhere", "statuses.callback"},
	{"a subject is compared byte for byte", "account-access/stranger-is-permitted", "account-access/vouching-with-a-blank", "statuses.account-access"},
	{"an id may have a blank only inside", "input/id-with-a-blank-inside", "input/requester-ends-in-a-blank", ""},
	{"a version has at most 64 bytes", "input/version-of-64-bytes", "input/version-of-65-bytes", ""},
}

func TestEveryBoundaryHasBothSides(t *testing.T) {
	for _, row := range boundaryRows {
		testkit.Row(t, row.reason, func(t *testing.T) {
			within, beyond := vector(t, row.within), vector(t, row.beyond)
			if row.field == "" {
				if within.Want == nil || beyond.Want != nil {
					t.Errorf("%s must have an outcome, and %s must be refused", row.within, row.beyond)
				}
				return
			}
			o, err := judge(beyond.Document)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(within.Want.Differences(o), func(d conformance.Difference) bool { return d.Field == row.field }) {
				t.Errorf("%s and %s do not differ in %s", row.within, row.beyond, row.field)
			}
		})
	}
}

// The vectors use every code and every number of decimals.
func TestEveryCodeIsUsed(t *testing.T) {
	left := map[string]bool{}
	expect := func(of string, codes ...string) {
		for _, code := range codes {
			left[of+" "+code] = true
		}
	}
	expect("clause", append(codes[refund.Clause](), conformance.Input)...)
	expect("verdict", codes[refund.Verdict]()...)
	expect("channel", codes[refund.Channel]()...)
	expect("billing", codes[refund.Billing]()...)
	expect("severity", codes[refund.Severity]()...)
	expect("held", "true", "false")
	expect("decimals", "0", "2", "3", "4")
	for _, v := range vectors(t) {
		use := func(of, code string) { delete(left, of+" "+code) }
		use("clause", v.Clause)
		if v.Want == nil {
			continue
		}
		use("verdict", v.Want.Verdict.String())
		use("held", strconv.FormatBool(v.Want.Held))
		use("decimals", strconv.Itoa(v.Want.Refundable.Currency().Digits()))
		var d struct {
			Subscription struct{ Service struct{ Billing string } }
			Request      struct{ Channel string }
			Findings     []struct{ Severity string }
		}
		if err := json.Unmarshal(v.Document, &d); err != nil {
			t.Fatal(err)
		}
		use("billing", d.Subscription.Service.Billing)
		use("channel", d.Request.Channel)
		for _, f := range d.Findings {
			use("severity", f.Severity)
		}
	}
	for missing := range left {
		t.Errorf("no vector has %s", missing)
	}
}

// No two vectors of a clause have the same document, which would test the same twice.
// Clauses that take findings share the document without findings.
func TestNoTwoVectorsOfAClauseAreTheSame(t *testing.T) {
	names := map[string]string{}
	for _, v := range vectors(t) {
		key := v.Clause + " " + string(v.Document)
		if first := names[key]; first != "" {
			t.Errorf("%s and %s have the same document", first, v.Name)
		}
		names[key] = v.Name
	}
}
