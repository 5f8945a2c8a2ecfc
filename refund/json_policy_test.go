package refund_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// policyText is a policy with every field, as MarshalJSON writes it except for the line
// breaks.
const policyText = `{"version":"2026/α",
"effective":"2026-01-01T00:00:00.000000005Z",
"window_days":30,
"location":"Europe/Berlin",
"desk_location":"America/Chicago",
"hours":{"sunday":[{"opens":"00:00","closes":"24:00"}],
"monday":[{"opens":"08:05","closes":"13:00"},{"opens":"14:00","closes":"18:00"},{"opens":"18:00","closes":"22:00"}],
"saturday":[{"opens":"23:59","closes":"24:00"}]},
"special_days":{"2026-07-04":[],"2026-12-24":[{"opens":"09:00","closes":"12:00"},{"opens":"12:30","closes":"13:45"}]},
"callback_after":"4h0m0s",
"callback_within":"8h30m0.000000001s",
"readings":{"day_count":"same_day","deduct_from":"amount_paid","resolved_until":"window_close","callback_clock":"elapsed","one_time":"refunded_if_unresolved","released_amount":"any_part","goodwill_after":"in_addition"},
"required":["credentials","callback"]}`

const allReadings = `{"day_count":"same_day","deduct_from":"amount_paid","resolved_until":"window_close","callback_clock":"elapsed","one_time":"refunded_if_unresolved","released_amount":"any_part","goodwill_after":"in_addition"}`

// Pieces of policyText.
var (
	hoursText   = between(`"hours":`, ",\n\"special_days")
	mondayText  = between(`"monday":`, ",\n\"saturday")
	specialText = between(`"special_days":`, ",\n\"callback_after")
)

func between(before, after string) string {
	_, rest, _ := strings.Cut(policyText, before)
	inner, _, _ := strings.Cut(rest, after)
	return inner
}

func berlin(t testing.TB) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// policyOfText returns the policy of policyText.
func policyOfText(t testing.TB) refund.Policy {
	return refund.Policy{
		Version:      "2026/α",
		Effective:    time.Date(2026, 1, 1, 0, 0, 0, 5, time.UTC),
		WindowDays:   30,
		Location:     berlin(t),
		DeskLocation: testkit.Zone("America/Chicago"),
		Hours: refund.Hours{
			time.Sunday: {{Opens: 0, Closes: 24 * time.Hour}},
			time.Monday: {
				{Opens: 8*time.Hour + 5*time.Minute, Closes: 13 * time.Hour},
				{Opens: 14 * time.Hour, Closes: 18 * time.Hour},
				{Opens: 18 * time.Hour, Closes: 22 * time.Hour},
			},
			time.Saturday: {{Opens: 24*time.Hour - time.Minute, Closes: 24 * time.Hour}},
		},
		SpecialDays: refund.SpecialDays{
			refund.MustDate("2026-12-24"): {
				{Opens: 9 * time.Hour, Closes: 12 * time.Hour},
				{Opens: 12*time.Hour + 30*time.Minute, Closes: 13*time.Hour + 45*time.Minute},
			},
			refund.MustDate("2026-07-04"): {},
		},
		CallbackAfter:  4 * time.Hour,
		CallbackWithin: 8*time.Hour + 30*time.Minute + time.Nanosecond,
		Readings: refund.Readings{
			DayCount: refund.DayCountSameDay, DeductFrom: refund.DeductFromAmountPaid,
			ResolvedUntil: refund.ResolvedUntilWindowClose, CallbackClock: refund.CallbackClockElapsed,
			OneTime: refund.OneTimeRefundedIfUnresolved, ReleasedAmount: refund.ReleasedAmountAnyPart, GoodwillAfter: refund.GoodwillAfterInAddition,
		},
		Required: []refund.Clause{refund.ClauseCredentials, refund.ClauseCallback},
	}
}

// samePolicy fails unless both policies have the same fields, including the order of lists.
func samePolicy(t testing.TB, got, want refund.Policy) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if !got.Equal(want) || got.Digest() != want.Digest() {
		t.Errorf("is not equal to %+v", want)
	}
}

func decodePolicy(text string) error {
	p, err := readPolicy([]byte(text))
	return half(p.Equal(refund.Policy{}), err)
}

func TestDecodePolicyReadsEveryField(t *testing.T) {
	p, err := readPolicy([]byte(policyText))
	if err != nil {
		t.Fatal(err)
	}
	samePolicy(t, p, policyOfText(t))
}

func TestMarshalPolicyWritesEveryField(t *testing.T) {
	want := strings.ReplaceAll(policyText, "\n", "")
	got, err := policyOfText(t).MarshalJSON()
	if err != nil || string(got) != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}
	if !json.Valid([]byte(want)) {
		t.Error("not JSON")
	}
	least := refund.Policy{
		Version: "1", WindowDays: 1, Location: time.UTC, CallbackWithin: 1,
		Readings: refund.Readings{DayCount: 1, DeductFrom: 1, ResolvedUntil: 1, CallbackClock: refund.CallbackClockElapsed, OneTime: 1, ReleasedAmount: 1, GoodwillAfter: 1},
	}
	got, err = least.MarshalJSON()
	const leastText = `{"version":"1","window_days":1,"location":"UTC","hours":{},"callback_after":"0s","callback_within":"1ns",` +
		`"readings":{"day_count":"day_after","deduct_from":"amount_subscribed","resolved_until":"request","callback_clock":"elapsed","one_time":"never_refunded","released_amount":"whole","goodwill_after":"less_refunds"},"required":[]}`
	if err != nil || string(got) != leastText {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, leastText)
	}
	if back, err := readPolicy(got); err != nil || !back.Equal(least) {
		t.Errorf("read back as %+v, %v", back, err)
	}
}

// somePolicies generates valid policies, some of which require other clauses than the
// published one.
var somePolicies = rapid.Custom(func(t *rapid.T) refund.Policy {
	p := gen.Policy().Draw(t, "policy")
	p.Version = someText.Filter(func(s string) bool { return len(s) <= 64 }).Draw(t, "version")
	if rapid.Bool().Draw(t, "from an instant on") {
		p.Effective = time.Unix(rapid.Int64Range(-62_135_596_799, 253_402_300_799).Draw(t, "effective"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds"))
	}
	looked := rapid.SampledFrom(refund.Clauses()).Filter(func(c refund.Clause) bool { return c.TakesFindings() || c == refund.ClauseCallback })
	p.Required = rapid.SliceOfN(looked, 0, 4).Draw(t, "required")
	if p.Readings.CallbackClock == refund.CallbackClockElapsed {
		p.CallbackWithin = time.Duration(rapid.Int64Range(1, int64(366*24*time.Hour)).Draw(t, "within"))
		p.CallbackAfter = time.Duration(rapid.Int64Range(0, int64(p.CallbackWithin)-1).Draw(t, "after"))
	}
	return p
})

func TestPolicyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := somePolicies.Draw(t, "policy")
		text, err := p.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(text) {
			t.Fatalf("not JSON: %s", text)
		}
		back, err := readPolicy(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !back.Equal(p) || back.Digest() != p.Digest() || !slices.Equal(back.Required, p.Required) {
			t.Fatalf("%s comes back as %+v", text, back)
		}
		if again, err := back.MarshalJSON(); err != nil || !bytes.Equal(again, text) {
			t.Fatalf("written again as %s, %v", again, err)
		}
	})
}

// policyRows are edits of policyText, and the paths of the faults, below the policy.
var policyRows = []struct {
	because string
	pairs   []string
	paths   []string
}{
	{"the unedited policy", nil, nil},
	{"fields in another order, with white space", []string{`"version":"2026/α",`, ``, `"required":["credentials","callback"]`, " \"required\" : [ \"credentials\",\t\"callback\" ] ,\r\n \"version\" : \"1\" "}, nil},
	{"an empty object of special days", []string{specialText, `{}`}, nil},
	{"no field for special days", []string{`"special_days":` + specialText + `,`, ``}, nil},
	{"no desk location, which means the policy's location", []string{`"desk_location":"America/Chicago",`, ``}, nil},
	{"a desk location equal to the policy's", []string{`America/Chicago`, `Europe/Berlin`, `"Europe/Berlin",
"desk`, `"Europe/Berlin","desk`}, nil},
	{"a weekday without openings is closed", []string{mondayText, `[]`}, nil},
	{"a special day in an escaped name", []string{`"2026-12-24"`, `"2026-12-2\u0034"`}, nil},
	{"a working Saturday among closed Saturdays", []string{`,
"saturday":[{"opens":"23:59","closes":"24:00"}]`, ``, `"2026-07-04":[]`, `"2026-07-04":[{"opens":"10:00","closes":"14:00"}]`}, nil},
	{"a night shift, as two openings", []string{`"saturday":[{"opens":"23:59","closes":"24:00"}]`, `"saturday":[{"opens":"00:00","closes":"06:00"},{"opens":"22:00","closes":"24:00"}]`}, nil},
	{"openings of a minute that touch each other", []string{mondayText, `[{"opens":"08:00","closes":"08:01"},{"opens":"08:01","closes":"08:02"}]`}, nil},
	{"always in effect", []string{`"effective":"2026-01-01T00:00:00.000000005Z",`, ``}, nil},
	{"always in effect: an empty text means the same as a missing field", []string{`2026-01-01T00:00:00.000000005Z`, ``}, nil},
	{"an empty list of required clauses", []string{`["credentials","callback"]`, `[]`}, nil},
	{"the desk never opens, which the elapsed clock allows", []string{hoursText, `{}`}, nil},
	{"equal durations in other forms", []string{`4h0m0s`, `240m`, `8h30m0.000000001s`, `30600000000001ns`}, nil},
	{"a call back from the request on", []string{`4h0m0s`, `0s`}, nil},

	{"a field that a policy does not have", []string{`{"version"`, `{"window":15,"version"`}, []string{"window"}},
	{"a name in another case", []string{`"version"`, `"Version"`}, []string{"Version", "version"}},
	{"a name that is not an identifier is not shown", []string{`{"version"`, `{"jane doe":1,"version"`}, []string{"…"}},
	{"a field in an opening that it does not have", []string{`"opens":"08:05",`, `"opens":"08:05","lunch":"12:00",`}, []string{"hours.monday[0].lunch"}},
	{"an unknown day", []string{`"monday"`, `"moonday"`}, []string{"hours.moonday"}},
	{"a day in capitals", []string{`"monday"`, `"Monday"`}, []string{"hours.Monday"}},
	{"a reading that does not exist", []string{`"day_count"`, `"tax"`}, []string{"readings.day_count", "readings.tax"}},

	{"the version twice", []string{`{"version"`, `{"version":"1","version"`}, []string{"version"}},
	{"effective twice", []string{`"window_days"`, `"effective":"","window_days"`}, []string{"effective"}},
	{"the window twice", []string{`"window_days"`, `"window_days":30,"window_days"`}, []string{"window_days"}},
	{"the location twice", []string{`"location"`, `"location":"UTC","location"`}, []string{"location"}},
	{"hours twice", []string{`"hours"`, `"hours":{},"hours"`}, []string{"hours"}},
	{"a day twice", []string{`"monday"`, `"saturday"`}, []string{"hours.saturday"}},
	{"opens twice", []string{`"opens":"08:05"`, `"opens":"08:05","opens":"08:05"`}, []string{"hours.monday[0].opens"}},
	{"closes twice", []string{`"closes":"22:00"`, `"closes":"22:00","closes":"22:00"`}, []string{"hours.monday[2].closes"}},
	{"desk_location twice", []string{`"desk_location"`, `"desk_location":"UTC","desk_location"`}, []string{"desk_location"}},
	{"special days twice", []string{`"special_days"`, `"special_days":{},"special_days"`}, []string{"special_days"}},
	{"a special day twice", []string{`"2026-07-04":[]`, `"2026-07-04":[],"2026-07-04":[]`}, []string{"special_days.2026-07-04"}},
	{"a special day twice, with other openings", []string{`"2026-07-04":[]`, `"2026-12-24":[]`}, []string{"special_days.2026-12-24"}},
	{"a special day twice, once escaped", []string{`"2026-07-04":[]`, `"2026-12-2\u0034":[]`}, []string{"special_days.2026-12-24"}},
	{"a special day three times is two faults", []string{`"2026-07-04":[]`, `"2026-12-24":[],"2026-12-24":[]`}, []string{"special_days.2026-12-24", "special_days.2026-12-24"}},
	{"callback_after twice", []string{`"callback_after"`, `"callback_after":"1h","callback_after"`}, []string{"callback_after"}},
	{"callback_within twice", []string{`"callback_within"`, `"callback_within":"8h","callback_within"`}, []string{"callback_within"}},
	{"readings twice", []string{`"readings"`, `"readings":{},"readings"`}, []string{"readings"}},
	{"required twice", []string{`"required"`, `"required":[],"required"`}, []string{"required"}},

	{"null for a text", []string{`"2026/α"`, `null`}, []string{"version"}},
	{"null for an instant", []string{`"2026-01-01T00:00:00.000000005Z"`, `null`}, []string{"effective"}},
	{"null for a number", []string{`:30,`, `:null,`}, []string{"window_days"}},
	{"null for the location", []string{`"Europe/Berlin"`, `null`}, []string{"location"}},
	{"null for the hours of a day", []string{mondayText, `null`}, []string{"hours.monday"}},
	{"null for an opening", []string{`{"opens":"08:05","closes":"13:00"}`, `null`}, []string{"hours.monday[0]"}},
	{"null for a time of day", []string{`"08:05"`, `null`}, []string{"hours.monday[0].opens"}},
	{"null for the desk's location", []string{`"America/Chicago"`, `null`}, []string{"desk_location"}},
	{"null for special days", []string{specialText, `null`}, []string{"special_days"}},
	{"null for a special day: a closed one is an empty list", []string{`"2026-07-04":[]`, `"2026-07-04":null`}, []string{"special_days.2026-07-04"}},
	{"null for an opening of a special day", []string{`{"opens":"12:30","closes":"13:45"}`, `null`}, []string{"special_days.2026-12-24[1]"}},
	{"null for a duration", []string{`"4h0m0s"`, `null`}, []string{"callback_after"}},
	{"null for the readings", []string{allReadings, `null`}, []string{"readings"}},
	{"null for the required clauses", []string{`["credentials","callback"]`, `null`}, []string{"required"}},
	{"null for a clause", []string{`"credentials"`, `null`}, []string{"required[0]"}},

	{"no version", []string{`"version":"2026/α",`, ``}, []string{"version"}},
	{"an empty version", []string{`2026/α`, ``}, []string{"version"}},
	{"no window", []string{`"window_days":30,`, ``}, []string{"window_days"}},
	{"no location", []string{`"location":"Europe/Berlin",`, ``}, []string{"location"}},
	{"no hours: missing hours are not those of a closed desk", []string{`"hours":` + hoursText + `,`, ``}, []string{"hours"}},
	{"no callback_after: a missing duration is not zero", []string{`"callback_after":"4h0m0s",`, ``}, []string{"callback_after"}},
	{"an empty callback_after: an empty duration is not zero", []string{`4h0m0s`, ``}, []string{"callback_after"}},
	{"no callback_within", []string{`"callback_within":"8h30m0.000000001s",`, ``}, []string{"callback_within"}},
	{"no readings", []string{policyText[strings.Index(policyText, `"readings"`):strings.Index(policyText, "\n\"required")], ``}, []string{"readings"}},
	{"one reading is missing", []string{`"deduct_from":"amount_paid",`, ``}, []string{"readings.deduct_from"}},
	{"every reading is missing", []string{allReadings, `{}`},
		[]string{"readings.day_count", "readings.deduct_from", "readings.resolved_until", "readings.callback_clock", "readings.one_time", "readings.released_amount", "readings.goodwill_after"}},
	{"no list of required clauses: a missing list would open a gate", []string{",\n\"required\":[\"credentials\",\"callback\"]", ``}, []string{"required"}},
	{"a day that opens and never closes", []string{`,"closes":"22:00"`, ``}, []string{"hours.monday[2].closes"}},
	{"a day that closes and never opens", []string{`"opens":"08:05",`, ``}, []string{"hours.monday[0].opens"}},
	{"an opening without opens and closes", []string{`{"opens":"14:00","closes":"18:00"}`, `{}`}, []string{"hours.monday[1].closes", "hours.monday[1].opens"}},
	{"a day that opens and closes at midnight", []string{mondayText, `[{"opens":"00:00","closes":"00:00"}]`}, []string{"hours.monday"}},
	{"a day that opens and closes at the same time", []string{`"08:05"`, `"13:00"`}, []string{"hours.monday"}},
	{"a day that closes before it opens", []string{`"08:05"`, `"13:01"`}, []string{"hours.monday"}},
	{"a day that opens at 24:00", []string{`"23:59"`, `"24:00"`}, []string{"hours.saturday"}},
	{"a shift over midnight in one opening", []string{`"08:05"`, `"22:00"`, `"13:00"`, `"06:00"`}, []string{"hours.monday"}},
	{"openings that overlap by a minute", []string{`"14:00"`, `"12:59"`}, []string{"hours.monday"}},
	{"an opening within another", []string{mondayText, `[{"opens":"08:00","closes":"22:00"},{"opens":"09:00","closes":"10:00"}]`}, []string{"hours.monday"}},
	{"an opening twice", []string{mondayText, `[{"opens":"08:00","closes":"22:00"},{"opens":"08:00","closes":"22:00"}]`}, []string{"hours.monday"}},
	{"openings out of order", []string{mondayText, `[{"opens":"14:00","closes":"18:00"},{"opens":"08:00","closes":"13:00"}]`}, []string{"hours.monday"}},
	{"openings of a special day that overlap", []string{`"12:30"`, `"11:59"`}, []string{"special_days.2026-12-24"}},
	{"a special day that opens and closes at the same time", []string{`"09:00"`, `"12:00"`}, []string{"special_days.2026-12-24"}},
	{"faults of two special days", []string{`"2026-07-04":[]`, `"2026-07-04":[{"opens":"10:00","closes":"09:59"}]`, `"12:30"`, `"11:59"`}, []string{"special_days.2026-07-04", "special_days.2026-12-24"}},
	{"one fault of a day is reported once", []string{mondayText, `[{"opens":"eight","closes":"00:00"}]`}, []string{"hours.monday[0].opens"}},

	{"a minute past the end of the day", []string{`"08:05"`, `"24:01"`}, []string{"hours.monday[0].opens"}},
	{"an hour past the end of the day", []string{`"08:05"`, `"25:00"`}, []string{"hours.monday[0].opens"}},
	{"minute 59 is valid", []string{`"08:05"`, `"08:59"`}, nil},
	{"minute 60 is not valid", []string{`"08:05"`, `"08:60"`}, []string{"hours.monday[0].opens"}},
	{"one digit of an hour", []string{`"08:05"`, `"8:05"`}, []string{"hours.monday[0].opens"}},
	{"one digit of a minute", []string{`"08:05"`, `"08:5"`}, []string{"hours.monday[0].opens"}},
	{"no colon", []string{`"08:05"`, `"08.05"`}, []string{"hours.monday[0].opens"}},
	{"seconds", []string{`"08:05"`, `"08:05:00"`}, []string{"hours.monday[0].opens"}},
	{"before midnight", []string{`"08:05"`, `"-8:05"`}, []string{"hours.monday[0].opens"}},
	{"an empty time of day", []string{`"08:05"`, `""`}, []string{"hours.monday[0].opens"}},
	{"a number of hours", []string{`"08:05"`, `8`}, []string{"hours.monday[0].opens"}},
	{"in words", []string{`"22:00"`, `"10 PM"`}, []string{"hours.monday[2].closes"}},
	{"in words, on a special day", []string{`"13:45"`, `"noon"`}, []string{"special_days.2026-12-24[1].closes"}},

	{"hours that are not an object", []string{hoursText, `"8-22"`}, []string{"hours"}},
	{"hours in a list", []string{hoursText, `[{"opens":"08:00","closes":"22:00"}]`}, []string{"hours"}},
	{"a day's hours in a text", []string{mondayText, `"08:05-22:00"`}, []string{"hours.monday"}},
	{"a day's one opening without its list", []string{mondayText, `{"opens":"08:05","closes":"22:00"}`}, []string{"hours.monday"}},
	{"an opening in a text", []string{`{"opens":"14:00","closes":"18:00"}`, `"14:00-18:00"`}, []string{"hours.monday[1]"}},
	{"an opening in a list", []string{`{"opens":"14:00","closes":"18:00"}`, `["14:00","18:00"]`}, []string{"hours.monday[1]"}},
	{"days without openings under the business clock", []string{`"elapsed"`, `"business_hours"`, hoursText, `{"monday":[],"tuesday":[]}`}, []string{"hours"}},
	{"hours on special days alone under the business clock", []string{`"elapsed"`, `"business_hours"`, hoursText, `{}`}, []string{"hours"}},

	{"a special day that is not on the calendar", []string{`"2026-07-04"`, `"2026-02-29"`}, []string{"special_days.…"}},
	{"a special day in another form", []string{`"2026-07-04"`, `"4 July 2026"`}, []string{"special_days.…"}},
	{"a special day with a time", []string{`"2026-07-04"`, `"2026-07-04T00:00:00Z"`}, []string{"special_days.…"}},
	{"a special day without a name", []string{`"2026-07-04"`, `""`}, []string{"special_days.…"}},
	{"the name of a holiday", []string{`"2026-07-04"`, `"independence_day"`}, []string{"special_days.independence_day"}},
	{"a weekday among the special days", []string{`"2026-07-04"`, `"saturday"`}, []string{"special_days.saturday"}},
	{"the openings of an invalid date are not checked", []string{`"2026-07-04":[]`, `"2026-02-29":[{"opens":"x"}]`}, []string{"special_days.…"}},
	{"a number for a special day's openings", []string{`"2026-07-04":[]`, `"2026-07-04":0`}, []string{"special_days.2026-07-04"}},
	{"a word for a closed day", []string{`"2026-07-04":[]`, `"2026-07-04":"closed"`}, []string{"special_days.2026-07-04"}},
	{"special days in a list", []string{specialText, `["2026-07-04"]`}, []string{"special_days"}},
	{"the field of an earlier version for holidays", []string{`"special_days":` + specialText, `"holidays":["2026-07-04"]`}, []string{"holidays"}},

	{"the zone of the machine for the desk", []string{`America/Chicago`, `Local`}, []string{"desk_location"}},
	{"an empty zone for the desk", []string{`America/Chicago`, ``}, []string{"desk_location"}},
	{"a zone for the desk that does not exist", []string{`America/Chicago`, `America/Atlantis`}, []string{"desk_location"}},
	{"a number for the desk's zone", []string{`"America/Chicago"`, `-6`}, []string{"desk_location"}},

	{"an instant without an offset", []string{`05Z`, `05`}, []string{"effective"}},
	{"a date for an instant", []string{`2026-01-01T00:00:00.000000005Z`, `2026-01-01`}, []string{"effective"}},
	{"the zero Time, which means a missing instant", []string{`2026-01-01T00:00:00.000000005Z`, `0001-01-01T00:00:00Z`}, []string{"effective"}},
	{"an offset that puts the instant outside the years", []string{`2026-01-01T00:00:00.000000005Z`, `9999-12-31T23:59:59-01:00`}, []string{"effective"}},
	{"a number for an instant", []string{`"2026-01-01T00:00:00.000000005Z"`, `1767225600`}, []string{"effective"}},

	{"a duration without a unit", []string{`4h0m0s`, `4`}, []string{"callback_after"}},
	{"a number for a duration", []string{`"4h0m0s"`, `4`}, []string{"callback_after"}},
	{"a duration with a plus", []string{`4h0m0s`, `+4h`}, []string{"callback_after"}},
	{"a negative duration", []string{`4h0m0s`, `-4h`}, []string{"callback_after"}},
	{"a duration in days", []string{`4h0m0s`, `1d`}, []string{"callback_after"}},
	{"a duration with spaces", []string{`4h0m0s`, ` 4h`}, []string{"callback_after"}},
	{"a duration beyond 64 bits", []string{`8h30m0.000000001s`, `9999999999h`}, []string{"callback_within"}},
	{"a latest call back equal to the earliest", []string{`8h30m0.000000001s`, `4h`}, []string{"callback_within"}},
	{"a call back after more than a year", []string{`8h30m0.000000001s`, `8784h0m0.000000001s`}, []string{"callback_within"}},
	{"a call back after a year", []string{`8h30m0.000000001s`, `8784h`}, nil},
	{"an empty duration", []string{`8h30m0.000000001s`, ``}, []string{"callback_within"}},

	{"a reading by another name", []string{`"same_day"`, `"SAME_DAY"`}, []string{"readings.day_count"}},
	{"a number for a reading", []string{`"same_day"`, `2`}, []string{"readings.day_count"}},
	{"readings in a list", []string{allReadings, `["same_day"]`}, []string{"readings"}},
	{"a clause that does not exist", []string{`"credentials"`, `"passwords"`}, []string{"required[0]"}},
	{"a clause that is not reviewed", []string{`"credentials"`, `"cap"`}, []string{"required[0]"}},
	{"an empty clause", []string{`"credentials"`, `""`}, []string{"required[0]"}},
	{"a number for a clause", []string{`"callback"`, `6`}, []string{"required[1]"}},
	{"a text for the required clauses", []string{`["credentials","callback"]`, `"credentials"`}, []string{"required"}},
	{"a window of 0 days", []string{`:30,`, `:0,`}, []string{"window_days"}},
	{"a window in a text", []string{`:30,`, `:"30",`}, []string{"window_days"}},
	{"a window of 15 and a half days", []string{`:30,`, `:30.5,`}, []string{"window_days"}},
	{"the zone of the machine", []string{`Europe/Berlin`, `Local`}, []string{"location"}},
	{"a zone that does not exist", []string{`Europe/Berlin`, `Europe/Atlantis`}, []string{"location"}},
	{"a version that is too long", []string{`2026/α`, strings.Repeat("v", 65)}, []string{"version"}},

	{"faults of every part at once", []string{`"2026/α"`, `1`, `:30,`, `:-1,`, `"08:05"`, `""`, `"2026-07-04"`, `""`, `"12:30"`, `12`, `4h0m0s`, `x`, `"same_day"`, `""`, `"credentials"`, `""`},
		[]string{"version", "window_days", "hours.monday[0].opens", "special_days.…", "special_days.2026-12-24[1].opens", "callback_after", "readings.day_count", "required[0]"}},
}

func TestDecodePolicy(t *testing.T) {
	for _, r := range policyRows {
		t.Run(r.because, func(t *testing.T) {
			named(t, r.because)
			var paths []string
			for _, path := range r.paths {
				paths = append(paths, "policy."+path)
			}
			testkit.WantPaths(t, decodePolicy(edit(t, policyText, r.pairs...)), paths...)
		})
	}
}

// Where several forms are allowed, each is read as the same value.
func TestDecodePolicyReadsOtherForms(t *testing.T) {
	decoded := func(pairs ...string) refund.Policy {
		t.Helper()
		p, err := readPolicy([]byte(edit(t, policyText, pairs...)))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	samePolicy(t, decoded(`4h0m0s`, `240m`, `8h30m0.000000001s`, `30600000000001ns`), policyOfText(t))
	samePolicy(t, decoded(`2026-01-01T00:00:00.000000005Z`, `2026-01-01T05:30:00.000000005+05:30`), policyOfText(t))
	if p := decoded(`"effective":"2026-01-01T00:00:00.000000005Z",`, ``); !p.Effective.IsZero() {
		t.Errorf("in effect from %v on", p.Effective)
	}
	if p := decoded(`["credentials","callback"]`, `[]`); p.Required == nil || len(p.Required) != 0 {
		t.Errorf("requires %#v", p.Required)
	}
	if p := decoded(`"08:05"`, `"08:59"`); p.Hours[time.Monday][0].Opens != 8*time.Hour+59*time.Minute {
		t.Errorf("opens at %v", p.Hours[time.Monday][0].Opens)
	}
	if p := decoded(mondayText, `[]`, `"desk_location":"America/Chicago",`, ``); len(p.Hours[time.Monday]) != 0 || p.DeskLocation != nil {
		t.Errorf("open on Monday at %v, in %v", p.Hours[time.Monday], p.DeskLocation)
	}
	if openings, special := decoded().SpecialDays[refund.MustDate("2026-07-04")]; !special || len(openings) != 0 {
		t.Errorf("a closed day is read as %v, %v", openings, special)
	}
	if p := decoded(`8h30m0.000000001s`, `8784h`); p.CallbackWithin != 366*24*time.Hour {
		t.Errorf("calls back within %v", p.CallbackWithin)
	}
}

// Texts that are not an object, or do not end.
func TestDecodePolicyWholeText(t *testing.T) {
	rows := []struct {
		because string
		text    string
		paths   []string
	}{
		{"the empty text", ``, whole},
		{"a list", `[` + policyText + `]`, whole},
		{"null", `null`, whole},
		{"a text", `"1"`, whole},
		{"two policies", policyText + policyText, whole},
		{"a policy in a field of its name", `{"policy":` + policyText + `}`,
			[]string{"policy.callback_after", "policy.callback_within", "policy.hours", "policy.location", "policy.policy", "policy.readings", "policy.required", "policy.version", "policy.window_days"}},
		{"an empty object", `{}`,
			[]string{"policy.callback_after", "policy.callback_within", "policy.hours", "policy.location", "policy.readings", "policy.required", "policy.version", "policy.window_days"}},
		{"longer than 1 MiB", policyText + strings.Repeat(" ", maxBytes), whole},
	}
	for _, r := range rows {
		t.Run(r.because, func(t *testing.T) {
			named(t, r.because)
			testkit.WantPaths(t, decodePolicy(r.text), r.paths...)
		})
	}
	for i := range len(policyText) {
		if err := decodePolicy(policyText[:i]); !slices.Equal(jsonPaths(t, err), whole) {
			t.Fatalf("cut to %d bytes: %v", i, err)
		}
	}
}

// manySpecialDays returns more days than fit into a text.
func manySpecialDays() refund.SpecialDays {
	days := refund.SpecialDays{}
	for day := refund.MustDate("2026-01-01"); len(days) <= maxBytes/len(`"2026-01-01":[],`); day = day.AddDays(1) {
		days[day] = nil
	}
	return days
}

func TestMarshalPolicyRefuses(t *testing.T) {
	rows := []struct {
		because string
		change  func(*refund.Policy)
		paths   []string
	}{
		{"an offset that is not the name of a zone", func(p *refund.Policy) { p.Location = time.FixedZone("UTC-5", -5*3600) }, []string{"policy.location"}},
		{"an offset whose name is a sentence", func(p *refund.Policy) { p.Location = time.FixedZone("our office", 3600) }, []string{"policy.location"}},
		{"a place that does not exist", func(p *refund.Policy) { p.Location = time.FixedZone("Europe/Atlantis", 3600) }, []string{"policy.location"}},
		{"the zone of the machine", func(p *refund.Policy) { p.Location = time.FixedZone("Local", 0) }, []string{"policy.location"}},
		{"no location", func(p *refund.Policy) { p.Location = nil }, []string{"policy.location"}},
		{"a desk at an offset", func(p *refund.Policy) { p.DeskLocation = time.FixedZone("UTC-5", -5*3600) }, []string{"policy.desk_location"}},
		{"a special day that is not on the calendar", func(p *refund.Policy) { p.SpecialDays = refund.SpecialDays{{Year: 2026, Month: 2, Day: 29}: nil} }, []string{"policy.special_days"}},
		{"an invalid policy, with each fault", func(p *refund.Policy) { p.WindowDays, p.Version = 0, "" }, []string{"policy.version", "policy.window_days"}},
		{"a version that is not valid UTF-8", func(p *refund.Policy) { p.Version = "\xff" }, []string{"policy.version"}},
	}
	for _, r := range rows {
		t.Run(r.because, func(t *testing.T) {
			named(t, r.because)
			p := policyOfText(t)
			r.change(&p)
			got, err := p.MarshalJSON()
			testkit.WantPaths(t, err, r.paths...)
			if got != nil {
				t.Errorf("wrote %s", got)
			}
		})
	}

	// A policy has no limit for its special days; a text has.
	long := policyOfText(t)
	long.SpecialDays = manySpecialDays()
	if got, err := long.MarshalJSON(); !slices.Equal(jsonPaths(t, err), whole) || got != nil {
		t.Errorf("wrote %d bytes, %v", len(got), err)
	}
}

// A location is written by its name only.
func TestPolicyLocationIsItsName(t *testing.T) {
	p := refund.Published(time.FixedZone("America/New_York", 14*3600))
	text, err := p.MarshalJSON()
	if err != nil || !strings.Contains(string(text), `"location":"America/New_York"`) {
		t.Errorf("%s, %v", text, err)
	}
}

// A text of a megabyte has room for 300,000 versions.
func TestManyVersions(t *testing.T) {
	text := `{"versions":[{}` + strings.Repeat(",{}", 300_000) + `]}`
	_, err := readVersions([]byte(text))
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) || len(invalid.Faults) > 1001 {
		t.Errorf("%v", err)
	}
}

// A list of clauses that is longer than all clauses costs no memory for its length.
func TestManyRequiredClauses(t *testing.T) {
	list := strings.TrimSuffix(strings.Repeat(`"",`, 100_000), ",")
	var p refund.Policy
	err := json.Unmarshal([]byte(`{"required":[`+list+`]}`), &p)
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) || len(invalid.Faults) > 100 || p.Required != nil {
		t.Errorf("%d clauses are kept, %v", len(p.Required), err)
	}
}
