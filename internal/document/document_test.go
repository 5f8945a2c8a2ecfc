package document_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestDecodeDocumentReadsEveryField(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	policy := refund.Published(berlin)
	policy.Version, policy.Effective = "2026", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	policy.DeskLocation = testkit.Zone("America/Chicago")
	policy.WindowDays = 30
	policy.Hours = refund.Hours{time.Monday: {{Opens: 9 * hour, Closes: 13 * hour}, {Opens: 14 * hour, Closes: 18*hour + hour/2}}}
	policy.SpecialDays = refund.SpecialDays{refund.MustDate("2026-12-24"): {{Opens: 9 * hour, Closes: 12 * hour}}, refund.MustDate("2026-12-25"): {}}
	policy.CallbackAfter, policy.CallbackWithin = 3*hour, 7*hour+hour/2
	policy.Required = []refund.Clause{refund.ClauseCredentials, refund.ClauseCallback}
	policy.Readings = refund.Readings{
		OneTime:        refund.OneTimeRefundedIfUnresolved,
		ReleasedAmount: refund.ReleasedAmountAnyPart,
		GoodwillAfter:  refund.GoodwillAfterInAddition,
		DayCount:       refund.DayCountSameDay,
		DeductFrom:     refund.DeductFromAmountPaid,
		ResolvedUntil:  refund.ResolvedUntilWindowClose,
		CallbackClock:  refund.CallbackClockElapsed,
	}
	want := document.Document{Policy: policy, Case: validCase(t)}
	if diff := cmp.Diff(want, documentOf(t, documentText)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestDecodeDocumentDefaults(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	published := refund.Published(newYork)
	changed := func(change func(*refund.Policy)) refund.Policy {
		p := refund.Published(newYork)
		change(&p)
		return p
	}
	for _, r := range []struct {
		why, field string
		want       refund.Policy
	}{
		{"no policy means the published one", ``, published},
		{"an empty policy means the published one", `"policy": {},`, published},
		{"a policy with empty readings means the published one", `"policy": {"readings": {}},`, published},
		{"a window alone", `"policy": {"window_days": 1},`, changed(func(p *refund.Policy) { p.WindowDays = 1 })},
		{"the longest window", `"policy": {"window_days": 3660},`, changed(func(p *refund.Policy) { p.WindowDays = 3660 })},
		{"an empty day count means a missing one", `"policy": {"readings": {"day_count": ""}},`, changed(func(*refund.Policy) {})},
		{"a day count alone", `"policy": {"readings": {"day_count": "elapsed"}},`, changed(func(p *refund.Policy) { p.Readings.DayCount = refund.DayCountElapsed })},
		{"the base of the deduction alone", `"policy": {"readings": {"deduct_from": "amount_paid"}},`, changed(func(p *refund.Policy) { p.Readings.DeductFrom = refund.DeductFromAmountPaid })},
		{"the end of resolutions alone", `"policy": {"readings": {"resolved_until": "window_close"}},`, changed(func(p *refund.Policy) { p.Readings.ResolvedUntil = refund.ResolvedUntilWindowClose })},
		{"the clock of the call back alone", `"policy": {"readings": {"callback_clock": "elapsed"}},`, changed(func(p *refund.Policy) { p.Readings.CallbackClock = refund.CallbackClockElapsed })},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			got := documentOf(t, edit(t, validText, `"issues"`, r.field+`"issues"`))
			if diff := cmp.Diff(r.want, got.Policy); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
			if diff := cmp.Diff(validCase(t), got.Case); diff != "" {
				t.Errorf("the case, want -, got +:\n%s", diff)
			}
		})
	}
}

func TestDecodeDocumentRefuses(t *testing.T) {
	const (
		location = `"location": "Europe/Berlin"`
		days     = `"window_days": 30`
		dayCount = `"day_count": "same_day"`
		readings = `"readings": {"day_count": "same_day", "deduct_from": "amount_paid", "resolved_until": "window_close", "callback_clock": "elapsed",
      "one_time": "refunded_if_unresolved", "released_amount": "any_part", "goodwill_after": "in_addition"}`
		desk  = `"desk_location": "America/Chicago"`
		early = `"2026-12-24": [{"opens": "09:00", "closes": "12:00"}]`
	)
	window := []string{"policy.window_days"}
	allReadings := []string{"policy.readings.callback_clock", "policy.readings.day_count", "policy.readings.deduct_from", "policy.readings.goodwill_after",
		"policy.readings.one_time", "policy.readings.released_amount", "policy.readings.resolved_until"}
	runRows(t, documentText, []row{
		{"the unedited document has no fault", nil, ok},

		{"no days", []string{days, `"window_days": 0`}, window},
		{"one day", []string{days, `"window_days": 1`}, ok},
		{"ten years", []string{days, `"window_days": 3660`}, ok},
		{"one day more than ten years", []string{days, `"window_days": 3661`}, window},
		{"a negative number of days", []string{days, `"window_days": -1`}, window},
		{"a negative zero", []string{days, `"window_days": -0`}, window},
		{"days with decimals", []string{days, `"window_days": 15.0`}, window},
		{"days with an exponent", []string{days, `"window_days": 1e1`}, window},
		{"days with a leading zero are not JSON", []string{days, `"window_days": 015`}, whole},
		{"a minus sign alone is not JSON", []string{days, `"window_days": -`}, whole},
		{"days beyond 32 bits", []string{days, `"window_days": 4294967311`}, window},
		{"days below 32 bits", []string{days, `"window_days": -4294967281`}, window},
		{"days beyond 64 bits", []string{days, `"window_days": 99999999999999999999`}, window},
		{"days below 64 bits", []string{days, `"window_days": -99999999999999999999`}, window},
		{"digits in a string", []string{days, `"window_days": "15"`}, window},
		{"null days", []string{days, `"window_days": null`}, window},
		{"days that are true", []string{days, `"window_days": true`}, window},
		{"days in an array", []string{days, `"window_days": [15]`}, window},
		{"days in an object", []string{days, `"window_days": {"n": 15}`}, window},
		{"an unknown word for the days is not JSON", []string{days, `"window_days": x`}, whole},
		{"a missing value for the days is not JSON", []string{days, `"window_days": `}, whole},

		{"an unknown field of a policy", []string{days, days + `, "windows": "2"`}, []string{"policy.windows"}},
		{"an unknown reading", []string{dayCount, dayCount + `, "rounding": "up"`}, []string{"policy.readings.rounding"}},
		{"a policy twice", []string{`"issues"`, `"policy": {}, "issues"`}, []string{"policy"}},
		{"days twice", []string{days, days + `,` + days}, window},
		{"a location twice", []string{location, location + `, "location": null`}, []string{"policy.location"}},
		{"readings twice", []string{days, days + `, "readings": {}`}, []string{"policy.readings"}},
		{"each reading twice", []string{readings, strings.TrimSuffix(readings, "}") + `, "day_count": 1, "deduct_from": 2, "resolved_until": 3, "callback_clock": 4, "one_time": 5, "released_amount": 6, "goodwill_after": 7}`}, allReadings},
		{"an unknown alternative of each reading", []string{readings, `"readings": {"day_count": "x", "deduct_from": "Amount_paid", "resolved_until": "elapsed", "callback_clock": "day_after", "one_time": "never", "released_amount": "part", "goodwill_after": "whole"}`}, allReadings},
		{"a reading that is null", []string{dayCount, `"day_count": null`}, []string{"policy.readings.day_count"}},
		{"readings that are not an object", []string{readings, `"readings": []`}, []string{"policy.readings"}},
		{"null readings", []string{readings, `"readings": null`}, []string{"policy.readings"}},
		{"a policy that is not an object", []string{documentText, edit(t, validText, `"issues"`, `"policy": "published", "issues"`)}, []string{"policy"}},
		{"a null policy", []string{documentText, edit(t, validText, `"issues"`, `"policy": null, "issues"`)}, []string{"policy"}},

		{"the empty desk location", []string{desk, `"desk_location": ""`}, []string{"policy.desk_location"}},
		{"the machine's location for the desk", []string{desk, `"desk_location": "Local"`}, []string{"policy.desk_location"}},
		{"a desk location that does not exist", []string{desk, `"desk_location": "America/Atlantis"`}, []string{"policy.desk_location"}},
		{"a null desk location", []string{desk, `"desk_location": null`}, []string{"policy.desk_location"}},
		{"a desk location twice", []string{desk, desk + `, ` + desk}, []string{"policy.desk_location"}},
		{"a date twice", []string{early, early + `, ` + early}, []string{"policy.special_days.2026-12-24"}},
		{"a date that is not on the calendar, which is not shown", []string{`"2026-12-24"`, `"2026-02-29"`}, []string{"policy.special_days.…"}},
		{"openings of a date that overlap", []string{early, `"2026-12-24": [{"opens": "09:00", "closes": "12:00"}, {"opens": "11:59", "closes": "13:00"}]`}, []string{"policy.special_days.2026-12-24"}},

		{"the empty location", []string{location, `"location": ""`}, []string{"policy.location"}},
		{"the machine's location", []string{location, `"location": "Local"`}, []string{"policy.location"}},
		{"a null location", []string{location, `"location": null`}, []string{"policy.location"}},
		{"a number for a location", []string{location, `"location": -5`}, []string{"policy.location"}},

		{"faults of policy and case", []string{location, `"location": "Europe/Atlantis"`, days, `"window_days": 0`, dayCount, `"day_count": "x"`, id, `"id": ""`, `"10.50"`, `"200.00"`},
			[]string{"policy.location", "policy.readings.day_count", "policy.window_days", "subscription.id", "subscription.refunded"}},
		{"a faulty policy on a case without objects", []string{documentText, `{"policy": {"window_days": 0}}`}, []string{"issues", "policy.window_days", "request", "subscription"}},
		{"a fault of the policy does not hide those of the case", []string{days, `"window_days": 0`, id, `"id": ""`}, []string{"policy.window_days", "subscription.id"}},
	}, decodeDocument)
}

// A fault of policy and case in combination is reported together with the faults of each.
func TestWindowBeyondTheYears(t *testing.T) {
	late := []string{
		start, `"start": "9999-12-20T10:00:00Z"`,
		at, `"at": "9999-12-21T10:00:00Z"`,
		calledBack, `"called_back": "9999-12-21T18:00:00Z"`,
	}
	plus := func(pairs ...string) []string { return append(append([]string{}, late...), pairs...) }
	evaluate := func(text string) error {
		d, err := document.Decode([]byte(text))
		if err != nil {
			return err
		}
		_, err = d.Evaluate()
		return err
	}
	runRows(t, documentText, []row{
		{"the only fault", plus(), []string{"subscription.start"}},
		{"a window that closes at the end of the year 9999", plus(`"window_days": 30`, `"window_days": 11`), ok},
		{"a window that closes a day later", plus(`"window_days": 30`, `"window_days": 12`, `"same_day"`, `"day_after"`), []string{"subscription.start"}},
	}, evaluate)
	runRows(t, documentText, []row{
		{"with a fault found while reading", plus(id, `"id": 1`), []string{"subscription.id", "subscription.start"}},
		{"with a fault of the case", plus(`"10.50"`, `"150.01"`), []string{"subscription.refunded", "subscription.start"}},
		{"with an unknown field", plus(`"channel": "email"`, `"channel": "email", "x": 1`), []string{"request.x", "subscription.start"}},
		{"the window of a faulty policy is not computed", plus(`"same_day"`, `"lunar"`), []string{"policy.readings.day_count"}},
		{"a start that is faulty itself", plus(account, `"start": "", `+account), []string{"subscription.start"}},
	}, decodeDocument, evaluate)
}

func TestDocumentEvaluatesByItsPolicy(t *testing.T) {
	d := documentOf(t, documentText)
	got, err := d.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	want, err := d.Policy.Evaluate(d.Case)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	// amount_paid: 150.00 less one charge, less 10.50 refunded before and 5.00 in dispute.
	if want := refund.MustMoney("109.50", "USD"); !got.Refundable.Equal(want) {
		t.Errorf("refundable %v, want %v", got.Refundable, want)
	}
	if _, err := (document.Document{}).Evaluate(); err == nil {
		t.Error("the zero Document has an outcome")
	}
}
