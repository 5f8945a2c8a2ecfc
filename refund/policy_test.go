package refund_test

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestPublishedIsValid(t *testing.T) {
	for _, place := range []string{"America/New_York", "UTC", "Asia/Kolkata"} {
		if err := refund.Published(placeOf(t, place)).Validate(); err != nil {
			t.Errorf("%s: %v", place, err)
		}
	}
	p := refund.Published(time.UTC)
	want := refund.Policy{
		Version:        "1",
		WindowDays:     15,
		Location:       time.UTC,
		CallbackAfter:  4 * time.Hour,
		CallbackWithin: 8 * time.Hour,
		Readings: refund.Readings{
			DayCount:      refund.DayCountDayAfter,
			DeductFrom:    refund.DeductFromAmountSubscribed,
			ResolvedUntil: refund.ResolvedUntilRequest,
			CallbackClock: refund.CallbackClockBusinessHours,

			OneTime:        refund.OneTimeNeverRefunded,
			ReleasedAmount: refund.ReleasedAmountWhole,
			GoodwillAfter:  refund.GoodwillAfterLessRefunds,
		},
		Required: []refund.Clause{refund.ClauseLogReview, refund.ClauseCredentials, refund.ClauseAccountAccess},
	}
	for day := time.Monday; day <= time.Friday; day++ {
		want.Hours[day] = []refund.Opening{{Opens: 8 * time.Hour, Closes: 22 * time.Hour}}
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("the published policy is %+v\nwant %+v", p, want)
	}
}

func TestPolicyValidate(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	hours := func(clock ...time.Duration) func(*refund.Policy) { // opens, closes, opens, closes …
		return func(p *refund.Policy) {
			var openings []refund.Opening
			for i := 0; i < len(clock); i += 2 {
				openings = append(openings, refund.Opening{Opens: clock[i], Closes: clock[i+1]})
			}
			p.Hours[time.Saturday] = openings
		}
	}
	callback := func(after, within time.Duration) func(*refund.Policy) {
		return func(p *refund.Policy) { p.CallbackAfter, p.CallbackWithin = after, within }
	}
	type row struct {
		because string
		change  func(*refund.Policy)
		paths   []string
	}
	saturday := []string{"policy.hours.saturday"}
	eachRow(t, []row{
		{"a version is required", func(p *refund.Policy) { p.Version = "" }, []string{"policy.version"}},
		{"a version of 64 bytes", func(p *refund.Policy) { p.Version = strings.Repeat("v", 64) }, nil},
		{"a version of 65 bytes", func(p *refund.Policy) { p.Version = strings.Repeat("v", 65) }, []string{"policy.version"}},

		{"in effect since a date", func(p *refund.Policy) { p.Effective = day(2026, 1, 1) }, nil},
		{"in effect from the last day", func(p *refund.Policy) { p.Effective = day(9999, 12, 31) }, nil},
		{"in effect after the last day", func(p *refund.Policy) { p.Effective = day(10000, 1, 1) }, []string{"policy.effective"}},
		{"in effect before the first day", func(p *refund.Policy) { p.Effective = day(0, 12, 31) }, []string{"policy.effective"}},

		{"a window of 0 days is not valid, and not endless", func(p *refund.Policy) { p.WindowDays = 0 }, []string{"policy.window_days"}},
		{"a window of -1 days", func(p *refund.Policy) { p.WindowDays = -1 }, []string{"policy.window_days"}},
		{"a window of 1 day", func(p *refund.Policy) { p.WindowDays = 1 }, nil},
		{"the longest window", func(p *refund.Policy) { p.WindowDays = refund.MaxWindowDays }, nil},
		{"one day longer", func(p *refund.Policy) { p.WindowDays = 3661 }, []string{"policy.window_days"}},
		{"a window beyond all bounds", func(p *refund.Policy) { p.WindowDays = math.MaxInt }, []string{"policy.window_days"}},

		{"no location", func(p *refund.Policy) { p.Location = nil }, []string{"policy.location"}},
		{"the machine's zone", func(p *refund.Policy) { p.Location = time.FixedZone("Local", 0) }, []string{"policy.location"}},
		{"a location with the name of the machine's zone", func(p *refund.Policy) { p.Location = time.FixedZone("Local", 3600) }, []string{"policy.location"}},
		{"a location without a name", func(p *refund.Policy) { p.Location = time.FixedZone("", 3600) }, []string{"policy.location"}},
		{"the zero Location", func(p *refund.Policy) { p.Location = new(time.Location) }, []string{"policy.location"}},
		{"a place", func(p *refund.Policy) { p.Location = placeOf(t, "Asia/Kolkata") }, nil},
		{"a fixed offset that has a name", func(p *refund.Policy) { p.Location = time.FixedZone("EST", -5*3600) }, nil},
		{"a desk in another zone", func(p *refund.Policy) { p.DeskLocation = placeOf(t, "Asia/Kolkata") }, nil},
		{"the machine's zone as the desk's", func(p *refund.Policy) { p.DeskLocation = time.FixedZone("Local", 0) }, []string{"policy.desk_location"}},
		{"a desk location without a name", func(p *refund.Policy) { p.DeskLocation = time.FixedZone("", 3600) }, []string{"policy.desk_location"}},
		{"a desk location is not a location", func(p *refund.Policy) { p.Location, p.DeskLocation = nil, time.UTC }, []string{"policy.location"}},

		{"a day of 24 hours", hours(0, 24*time.Hour), nil},
		{"open for one minute", hours(time.Hour, time.Hour+time.Minute), nil},
		{"closed all day", hours(), nil},
		{"the zero Opening is not a closed day", hours(0, 0), saturday},
		{"a break", hours(8*time.Hour, 13*time.Hour, 14*time.Hour, 22*time.Hour), nil},
		{"openings that touch", hours(8*time.Hour, 13*time.Hour, 13*time.Hour, 22*time.Hour), nil},
		{"openings that overlap", hours(8*time.Hour, 13*time.Hour, 12*time.Hour+59*time.Minute, 22*time.Hour), saturday},
		{"openings out of order", hours(14*time.Hour, 22*time.Hour, 8*time.Hour, 13*time.Hour), saturday},
		{"an opening twice", hours(8*time.Hour, 13*time.Hour, 8*time.Hour, 13*time.Hour), saturday},
		{"the second opening is checked too", hours(8*time.Hour, 13*time.Hour, 14*time.Hour, 14*time.Hour), saturday},
		{"a shift over midnight in one opening", hours(22*time.Hour, 6*time.Hour), saturday},
		{"a shift over midnight in one opening, counted on", hours(22*time.Hour, 30*time.Hour), saturday},
		{"a shift over midnight in two", func(p *refund.Policy) {
			for day := range p.Hours {
				p.Hours[day] = []refund.Opening{{Opens: 0, Closes: 6 * time.Hour}, {Opens: 22 * time.Hour, Closes: 24 * time.Hour}}
			}
		}, nil},
		{"opening at its closing time", hours(time.Hour, time.Hour), saturday},
		{"closing before it opens", hours(2*time.Hour, time.Hour), saturday},
		{"opening the day before", hours(-time.Minute, time.Hour), saturday},
		{"closing the day after", hours(time.Hour, 24*time.Hour+time.Minute), saturday},
		{"opening within a minute", hours(time.Hour+time.Second, 2*time.Hour), saturday},
		{"closing within a minute", hours(time.Hour, 2*time.Hour+time.Nanosecond), saturday},
		{"every faulty day is reported", func(p *refund.Policy) {
			for i := range p.Hours {
				p.Hours[i] = []refund.Opening{{Opens: 1}}
			}
		}, []string{
			"policy.hours.sunday", "policy.hours.monday", "policy.hours.tuesday", "policy.hours.wednesday",
			"policy.hours.thursday", "policy.hours.friday", "policy.hours.saturday",
		}},
		{"a desk that never opens cannot call back", func(p *refund.Policy) { p.Hours = refund.Hours{} }, []string{"policy.hours"}},
		{"a desk that never opens, with a clock that counts every hour", func(p *refund.Policy) {
			p.Hours, p.Readings.CallbackClock = refund.Hours{}, refund.CallbackClockElapsed
		}, nil},
		{"faulty hours are one fault, not two", func(p *refund.Policy) {
			p.Hours = refund.Hours{time.Saturday: {{Opens: 1}}}
		}, saturday},

		{"no special days", func(p *refund.Policy) { p.SpecialDays = refund.SpecialDays{} }, nil},
		{"a holiday, an early closing and a working Saturday", func(p *refund.Policy) {
			p.SpecialDays = refund.SpecialDays{
				refund.MustDate("2026-12-25"): nil,
				refund.MustDate("2026-12-24"): {{Opens: 8 * time.Hour, Closes: 13 * time.Hour}},
				refund.MustDate("2026-12-19"): {{Opens: 10 * time.Hour, Closes: 13 * time.Hour}, {Opens: 14 * time.Hour, Closes: 18 * time.Hour}},
			}
		}, nil},
		{"special days that are not days, in the order of the calendar", func(p *refund.Policy) {
			p.SpecialDays = refund.SpecialDays{{Year: 2026, Month: 2, Day: 30}: nil, {}: nil, refund.MustDate("2026-12-25"): nil}
		}, []string{"policy.special_days", "policy.special_days"}},
		{"a special day with faulty openings is reported", func(p *refund.Policy) {
			p.SpecialDays = refund.SpecialDays{refund.MustDate("2026-12-24"): {{Opens: 13 * time.Hour, Closes: 8 * time.Hour}}}
		}, []string{"policy.special_days.2026-12-24"}},
		{"special days do not open a desk that has no hours", func(p *refund.Policy) {
			p.Hours, p.SpecialDays = refund.Hours{}, refund.SpecialDays{refund.MustDate("2026-12-24"): {{Opens: 8 * time.Hour, Closes: 13 * time.Hour}}}
		}, []string{"policy.hours"}},

		{"a call back may be at once", callback(0, time.Hour), nil},
		{"a call back may not be before", callback(-1, time.Hour), []string{"policy.callback_after"}},
		{"a call-back span of zero length", callback(time.Hour, time.Hour), []string{"policy.callback_within"}},
		{"a call-back span of one nanosecond", callback(time.Hour, time.Hour+1), nil},
		{"a call-back span that ends before it begins", callback(time.Hour, time.Minute), []string{"policy.callback_within"}},
		{"no call-back span", callback(0, 0), []string{"policy.callback_within"}},
		{"both before the request", callback(-2, -1), []string{"policy.callback_after", "policy.callback_within"}},
		{"from before the request up to it", callback(-2, 0), []string{"policy.callback_after", "policy.callback_within"}},
		{"the longest call-back span", callback(0, 366*24*time.Hour), nil},
		{"a call-back span that is too long", callback(0, 366*24*time.Hour+1), []string{"policy.callback_within"}},

		{"readings are required", func(p *refund.Policy) { p.Readings = refund.Readings{} }, []string{
			"policy.readings.day_count", "policy.readings.deduct_from", "policy.readings.resolved_until", "policy.readings.callback_clock",
			"policy.readings.one_time", "policy.readings.released_amount", "policy.readings.goodwill_after",
		}},
		{"unknown readings", func(p *refund.Policy) {
			p.Readings = refund.Readings{DayCount: 4, DeductFrom: 3, ResolvedUntil: 3, CallbackClock: 3, OneTime: 3, ReleasedAmount: 3, GoodwillAfter: 3}
		}, []string{
			"policy.readings.day_count", "policy.readings.deduct_from", "policy.readings.resolved_until", "policy.readings.callback_clock",
			"policy.readings.one_time", "policy.readings.released_amount", "policy.readings.goodwill_after",
		}},
		{"clauses that are not reviewed cannot be required", func(p *refund.Policy) {
			p.Required = []refund.Clause{refund.ClauseCallback, refund.ClauseTicket, refund.ClauseLicensed, refund.ClauseGoodwill, 0}
		}, []string{"policy.required[1]", "policy.required[3]", "policy.required[4]"}},
		{"no clause is required", func(p *refund.Policy) { p.Required = nil }, nil},
		{"the alternatives", func(p *refund.Policy) {
			p.Readings = refund.Readings{DayCount: 3, DeductFrom: 2, ResolvedUntil: 2, CallbackClock: 2, OneTime: 2, ReleasedAmount: 2, GoodwillAfter: 2}
		}, nil},

		{"the zero Policy lacks every required field", func(p *refund.Policy) { *p = refund.Policy{} }, []string{
			"policy.version", "policy.window_days", "policy.location", "policy.hours", "policy.callback_within",
			"policy.readings.day_count", "policy.readings.deduct_from", "policy.readings.resolved_until", "policy.readings.callback_clock",
			"policy.readings.one_time", "policy.readings.released_amount", "policy.readings.goodwill_after",
		}},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		p := refund.Published(placeOf(t, "America/New_York"))
		r.change(&p)
		wantPaths(t, p.Validate(), r.paths...)

		// A policy that is not valid gives no answer.
		o, err := p.Evaluate(soundCase())
		wantPaths(t, err, r.paths...)
		if (err != nil) != (o.Verdict == 0) {
			t.Errorf("%v comes with the verdict %v", err, o.Verdict)
		}
	})
}

// Many programs set time.Local, often to UTC. Named locations stay valid.
func TestNamedLocationsAreValidForAnyLocal(t *testing.T) {
	machine := time.Local
	defer func() { time.Local = machine }()
	for _, loc := range []*time.Location{time.UTC, placeOf(t, "America/New_York")} {
		time.Local = loc
		if err := refund.Published(loc).Validate(); err != nil {
			t.Errorf("%v: %v", loc, err)
		}
	}
}

// changeLeaves calls visit with v once for each leaf below it, changed.
func changeLeaves(t *testing.T, v reflect.Value, path string, visit func(path string)) {
	t.Helper()
	try := func(other any) {
		old := reflect.ValueOf(v.Interface())
		v.Set(reflect.ValueOf(other).Convert(v.Type()))
		visit(path)
		v.Set(old)
	}
	switch x := v.Interface().(type) {
	case time.Time:
		try(x.Add(time.Nanosecond))
		return
	case *time.Location:
		try(time.FixedZone(x.String()+"x", 0))
		try((*time.Location)(nil))
		return
	case []refund.Clause:
		try(append([]refund.Clause{refund.ClauseLicensed}, x...))
		try(x[1:])
		try([]refund.Clause(nil))
		return
	case []refund.Opening:
		try(append(slices.Clone(x), refund.Opening{Opens: 23 * time.Hour, Closes: 24 * time.Hour}))
		if len(x) > 0 {
			try(x[1:])
			first := slices.Clone(x)
			first[0].Opens++
			try(first)
			first = slices.Clone(x)
			first[0].Closes++
			try(first)
		}
		return
	case refund.SpecialDays:
		try(refund.SpecialDays(nil))
		for day, openings := range x {
			other := maps.Clone(x)
			delete(other, day)
			try(other)
			other[day.AddDays(1)] = openings
			try(other)
			other = maps.Clone(x)
			other[day] = append(slices.Clone(openings), refund.Opening{Opens: 23 * time.Hour, Closes: 24 * time.Hour})
			try(other)
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		try(v.String() + "x")
	case reflect.Int, reflect.Int64:
		try(v.Int() + 1)
	case reflect.Uint8:
		try(v.Uint() + 1)
	case reflect.Struct:
		for i := range v.NumField() {
			changeLeaves(t, v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Array:
		for i := range v.Len() {
			changeLeaves(t, v.Index(i), path+"[]", visit)
		}
	default:
		t.Fatalf("%s is a %v, which this test cannot change yet", path, v.Kind())
	}
}

func somePolicy(t *testing.T) refund.Policy {
	p := refund.Published(placeOf(t, "America/New_York"))
	p.Effective = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p.DeskLocation = placeOf(t, "Asia/Kolkata")
	p.SpecialDays = refund.SpecialDays{
		refund.MustDate("2026-12-24"): {{Opens: 8 * time.Hour, Closes: 13 * time.Hour}},
		refund.MustDate("2026-12-25"): nil,
	}
	return p
}

func TestPolicyEqualComparesEveryField(t *testing.T) {
	p, q := somePolicy(t), somePolicy(t)
	leaves := 0
	changeLeaves(t, reflect.ValueOf(&q).Elem(), "Policy", func(path string) {
		leaves++
		if p.Equal(q) || q.Equal(p) {
			t.Errorf("Equal ignores a change of %s", path)
		}
	})
	if leaves < 40 {
		t.Errorf("only %d changes were made", leaves)
	}
	if !p.Equal(q) {
		t.Error("the policy was not restored: this test is wrong")
	}
}

func TestPolicyEqual(t *testing.T) {
	type row struct {
		because string
		change  func(*refund.Policy)
		want    bool
	}
	eachRow(t, []row{
		{"the same instant in another location", func(p *refund.Policy) { p.Effective = p.Effective.In(placeOf(t, "Asia/Kolkata")) }, true},
		{"the same place, loaded again", func(p *refund.Policy) { p.Location = placeOf(t, "America/New_York") }, true},
		{"a closed day with empty openings instead of nil", func(p *refund.Policy) {
			p.SpecialDays[refund.MustDate("2026-12-25")], p.Hours[time.Sunday] = []refund.Opening{}, []refund.Opening{}
		}, true},
		{"a special day in place of another", func(p *refund.Policy) {
			delete(p.SpecialDays, refund.MustDate("2026-12-25"))
			p.SpecialDays[refund.MustDate("2026-12-26")] = nil
		}, false},
		{"openings that touch and one opening have the same hours but are different policies", func(p *refund.Policy) {
			p.Hours[time.Monday] = []refund.Opening{{Opens: 8 * time.Hour, Closes: 13 * time.Hour}, {Opens: 13 * time.Hour, Closes: 22 * time.Hour}}
		}, false},
		{"required clauses in another order, and repeated", func(p *refund.Policy) {
			slices.Reverse(p.Required)
			p.Required = append(p.Required, p.Required[0])
		}, true},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		p, q := somePolicy(t), somePolicy(t)
		r.change(&q)
		if p.Equal(q) != r.want || q.Equal(p) != r.want {
			t.Errorf("got %v", p.Equal(q))
		}
	})

	here, there := refund.Published(placeOf(t, "America/New_York")), refund.Published(placeOf(t, "America/New_York"))
	there.DeskLocation = placeOf(t, "America/New_York")
	if !here.Equal(there) || !there.Equal(here) {
		t.Error("a desk at the policy's location differs from a desk without a location")
	}
	utc, none := refund.Published(time.UTC), refund.Published(nil)
	if utc.Equal(none) || none.Equal(utc) {
		t.Error("no location equals UTC")
	}
	if !none.Equal(refund.Published(nil)) {
		t.Error("no location is not equal to itself")
	}
}
