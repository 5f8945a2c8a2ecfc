package refund_test

import (
	"slices"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestWindow(t *testing.T) {
	const dayAfter, sameDay, elapsed = refund.DayCountDayAfter, refund.DayCountSameDay, refund.DayCountElapsed
	rows := []struct {
		reason string
		zone   string
		count  refund.DayCount
		days   int
		start  string
		closes string
	}{
		{"the subscription date is not counted: 1 March, open all of 16 March", "UTC", dayAfter, 15, "2026-03-01T00:00:00Z", "2026-03-17T00:00:00Z"},
		{"the last instant of a day is still that day", "UTC", dayAfter, 15, "2026-03-01T23:59:59.999999999Z", "2026-03-17T00:00:00Z"},
		{"the subscription date is day 1", "UTC", sameDay, 15, "2026-03-01T10:00:00Z", "2026-03-16T00:00:00Z"},
		{"same_day, one day: the rest of that day", "UTC", sameDay, 1, "2026-03-01T23:59:59Z", "2026-03-02T00:00:00Z"},
		{"day_after, one day", "UTC", dayAfter, 1, "2026-03-01T23:59:59Z", "2026-03-03T00:00:00Z"},
		{"elapsed: to the nanosecond", "UTC", elapsed, 15, "2026-03-01T10:00:00.000000001Z", "2026-03-16T10:00:00.000000001Z"},
		{"elapsed: 24 hours each, over a day of 23", "America/New_York", elapsed, 2, "2026-03-07T12:00:00-05:00", "2026-03-09T17:00:00Z"},
		{"the longest window, over leap days", "UTC", dayAfter, 3660, "2026-03-01T10:00:00Z", "2036-03-09T00:00:00Z"},
		{"days of the policy's place, where it is a day earlier than in UTC", "America/New_York", dayAfter, 15, "2026-03-02T02:00:00Z", "2026-03-17T04:00:00Z"},
		{"days of the policy's place, where it is a day later than in UTC", "Asia/Kathmandu", dayAfter, 15, "2026-03-01T18:15:00Z", "2026-03-17T18:15:00Z"},
		{"before 1970 days count as after it", "UTC", sameDay, 1, "1969-12-30T23:00:00Z", "1969-12-31T00:00:00Z"},
		{"before 1970, at a midnight", "UTC", sameDay, 1, "1969-12-30T00:00:00Z", "1969-12-31T00:00:00Z"},

		{"Santiago: 8 September starts at 01:00", "America/Santiago", dayAfter, 15, "2024-08-23T10:00:00-04:00", "2024-09-08T04:00:00Z"},
		{"Santiago: clocks go back at the end of 6 April, which lasts an hour more", "America/Santiago", dayAfter, 15, "2024-03-22T10:00:00-03:00", "2024-04-07T04:00:00Z"},
		{"Beirut: 31 March starts at 01:00", "Asia/Beirut", dayAfter, 15, "2024-03-15T10:00:00+02:00", "2024-03-30T22:00:00Z"},
		{"Beirut: clocks go back at the end of 26 October", "Asia/Beirut", dayAfter, 15, "2024-10-11T10:00:00+03:00", "2024-10-26T22:00:00Z"},
		{"Havana: 10 March starts at 01:00", "America/Havana", dayAfter, 15, "2024-02-23T10:00:00-05:00", "2024-03-10T05:00:00Z"},
		{"Havana: 3 November has two midnights, and starts with the first", "America/Havana", dayAfter, 15, "2024-10-18T10:00:00-04:00", "2024-11-03T04:00:00Z"},
		{"Cairo: 26 April starts at 01:00", "Africa/Cairo", dayAfter, 15, "2024-04-10T10:00:00+02:00", "2024-04-25T22:00:00Z"},
		{"Cairo: clocks go back at the end of 31 October", "Africa/Cairo", dayAfter, 15, "2024-10-16T10:00:00+03:00", "2024-10-31T22:00:00Z"},
		{"Asunción: 1 October starts at 01:00", "America/Asuncion", dayAfter, 15, "2023-09-15T10:00:00-04:00", "2023-10-01T04:00:00Z"},
		{"Asunción: clocks go back at the end of 23 March", "America/Asuncion", dayAfter, 15, "2024-03-08T10:00:00-03:00", "2024-03-24T04:00:00Z"},

		{"Apia had no 30 December: a window until it closes with the 29th", "Pacific/Apia", dayAfter, 15, "2011-12-14T10:00:00-10:00", "2011-12-30T10:00:00Z"},
		{"Apia: and so does one until the 31st", "Pacific/Apia", dayAfter, 15, "2011-12-15T10:00:00-10:00", "2011-12-30T10:00:00Z"},
		{"Apia: the missing day is counted, as a day of the calendar", "Pacific/Apia", dayAfter, 15, "2011-12-16T10:00:00-10:00", "2011-12-31T10:00:00Z"},

		{"St John's: 29 October has its first minute, then the 28th comes back", "America/St_Johns", dayAfter, 15, "2006-10-13T10:00:00-02:30", "2006-10-29T02:30:00Z"},
		{"St John's: a subscription in that first minute is of the 29th", "America/St_Johns", sameDay, 1, "2006-10-29T02:30:59Z", "2006-10-30T03:30:00Z"},
		{"St John's: in the 28th's second turn the 29th has started, so the window has closed as it opens", "America/St_Johns", sameDay, 1, "2006-10-29T03:00:00Z", "2006-10-29T03:00:00Z"},
		{"St John's: clocks go on at 00:01, after midnight", "America/St_Johns", dayAfter, 15, "2006-03-17T10:00:00-03:30", "2006-04-02T03:30:00Z"},

		{"Scoresbysund: clocks go back at the end of 26 October", "America/Scoresbysund", sameDay, 1, "2024-10-27T00:00:00Z", "2024-10-27T02:00:00Z"},
		{"New York: over the change to winter time", "America/New_York", dayAfter, 15, "2026-10-17T10:00:00-04:00", "2026-11-02T05:00:00Z"},

		// time.Time.ZoneBounds ends the last era of a leap year a day too early for years
		// beyond a zone's table, which is from 2038 on.
		{"the new year after a leap year", "America/New_York", dayAfter, 15, "2040-12-16T10:00:00-05:00", "2041-01-01T05:00:00Z"},
		{"the last day of a leap year", "America/New_York", dayAfter, 15, "2040-12-15T10:00:00-05:00", "2040-12-31T05:00:00Z"},
		{"the last day of a leap year, asked for on that day", "America/New_York", sameDay, 1, "2040-12-31T10:00:00-05:00", "2041-01-01T05:00:00Z"},
		{"the new year after a leap year, in summer", "America/Santiago", dayAfter, 15, "2040-12-16T10:00:00-03:00", "2041-01-01T03:00:00Z"},

		{"the first second of the year 1, when it has begun", "UTC", dayAfter, 15, "0001-01-01T00:00:00.5Z", "0001-01-17T00:00:00Z"},
		{"the year 1", "UTC", dayAfter, 15, "0001-01-01T00:00:01Z", "0001-01-17T00:00:00Z"},
		{"the year 1, in local mean time and a day earlier", "America/New_York", dayAfter, 15, "0001-01-01T00:00:01Z", "0001-01-16T04:56:02Z"},
		{"the last window that closes in the year 9999", "UTC", dayAfter, 15, "9999-12-15T10:00:00Z", "9999-12-31T00:00:00Z"},
		{"the last instant of the year 9999", "UTC", elapsed, 15, "9999-12-16T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p := refund.Published(zone(t, r.zone))
			p.WindowDays, p.Readings.DayCount = r.days, r.count
			w, err := p.Window(instant(t, r.start))
			if err != nil {
				t.Fatal(err)
			}
			if !w.Opens.Equal(instant(t, r.start)) || utc(w.Closes) != r.closes {
				t.Errorf("[%v, %v), want [%v, %v)", utc(w.Opens), utc(w.Closes), r.start, r.closes)
			}
			if last := refund.DateOf(w.Closes.Add(-1)); w.LastDay != last {
				t.Errorf("the last day is %v, want %v", w.LastDay, last)
			}
			if w.Opens.Location() != p.Location || w.Closes.Location() != p.Location {
				t.Errorf("[%v, %v) is not in %v", w.Opens, w.Closes, p.Location)
			}
			c := plainCase()
			c.Subscription.Start, c.Request.At = w.Opens, w.Opens
			if o, err := p.Evaluate(c); err == nil && !o.Window.Equal(w) {
				t.Errorf("Evaluate has another window: %v", o.Window)
			}
		})
	}
}

// Show people the last day of the window, never the instant at which it closes.
func TestWindowLastDay(t *testing.T) {
	const dayAfter, sameDay, elapsed = refund.DayCountDayAfter, refund.DayCountSameDay, refund.DayCountElapsed
	rows := []struct {
		reason string
		zone   string
		count  refund.DayCount
		days   int
		start  string
		last   string
	}{
		{"day_after: the 15th day after the subscription date", "America/New_York", dayAfter, 15, "2026-03-01T10:00:00-05:00", "2026-03-16"},
		{"same_day: the subscription date is the first of 15", "America/New_York", sameDay, 15, "2026-03-01T10:00:00-05:00", "2026-03-15"},
		{"same_day, one day: the subscription date", "America/New_York", sameDay, 1, "2026-03-01T23:59:59-05:00", "2026-03-01"},
		{"elapsed: the day on which the last hour ends", "America/New_York", elapsed, 15, "2026-03-01T10:00:00-05:00", "2026-03-16"},
		{"elapsed: it closes as a day ends, which is the last", "UTC", elapsed, 15, "2026-03-01T00:00:00Z", "2026-03-15"},
		{"elapsed: it closes a nanosecond into a day, which is the last", "UTC", elapsed, 15, "2026-03-01T00:00:00.000000001Z", "2026-03-16"},
		{"the date at the policy's location, a day behind UTC", "America/New_York", dayAfter, 15, "2026-03-02T02:00:00Z", "2026-03-16"},
		{"the date at the policy's location, a day ahead of UTC", "Asia/Kathmandu", dayAfter, 15, "2026-03-01T18:15:00Z", "2026-03-17"},
		{"the day before one that starts at 01:00", "Asia/Beirut", dayAfter, 15, "2024-03-15T10:00:00+02:00", "2024-03-30"},
		{"Apia skipped the 30th: the 29th is the last day", "Pacific/Apia", dayAfter, 15, "2011-12-15T10:00:00-10:00", "2011-12-29"},
		{"St John's: the 28th comes back after the 29th's first minute, and stays the last day", "America/St_Johns", sameDay, 1, "2006-10-29T03:00:00Z", "2006-10-28"},
		{"the last day of a leap year", "America/New_York", dayAfter, 15, "2040-12-16T10:00:00-05:00", "2040-12-31"},
		{"a day before the end of the year 9999", "UTC", dayAfter, 15, "9999-12-15T10:00:00Z", "9999-12-30"},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p := refund.Published(zone(t, r.zone))
			p.WindowDays, p.Readings.DayCount = r.days, r.count
			w, err := p.Window(instant(t, r.start))
			if err != nil || w.LastDay.String() != r.last {
				t.Errorf("%v, %v; want %s", w.LastDay, err, r.last)
			}
		})
	}
}

func TestWindowRefuses(t *testing.T) {
	const start = "subscription.start"
	rows := []struct {
		reason string
		days   int
		count  refund.DayCount
		zone   string
		start  string
		paths  []string
	}{
		{"a window of 0 days is not valid, and not endless", 0, refund.DayCountDayAfter, "UTC", "2026-03-01T10:00:00Z", []string{"policy.window_days"}},
		{"a negative window", -15, refund.DayCountDayAfter, "UTC", "2026-03-01T10:00:00Z", []string{"policy.window_days"}},
		{"an absurd window", 3661, refund.DayCountElapsed, "UTC", "2026-03-01T10:00:00Z", []string{"policy.window_days"}},
		{"it would close as the year 9999 ends, which is the year 10000", 15, refund.DayCountDayAfter, "UTC", "9999-12-16T10:00:00Z", []string{start}},
		{"it would close a nanosecond after the year 9999", 15, refund.DayCountElapsed, "UTC", "9999-12-17T00:00:00Z", []string{start}},
		{"it would close in the year 10000 as UTC has it, not as the place has", 15, refund.DayCountDayAfter, "America/New_York", "9999-12-15T23:59:59-05:00", nil},
		{"its last day would be in the year 10000 at the place, not in UTC", 15, refund.DayCountElapsed, "Pacific/Kiritimati", "9999-12-16T12:00:00Z", []string{start}},
		{"its last day is the last of the year 9999 at the place", 15, refund.DayCountElapsed, "Pacific/Kiritimati", "9999-12-16T10:00:00Z", nil},
		{"its last day would be in the year 0 at the place, not in UTC", 1, refund.DayCountSameDay, "America/New_York", "0001-01-01T00:00:01Z", []string{start}},
		{"the longest window from the last year", 3660, refund.DayCountElapsed, "UTC", "9999-12-01T10:00:00Z", []string{start}},
		{"no start", 15, refund.DayCountDayAfter, "UTC", "", []string{start}},
		{"every fault", 0, refund.DayCount(9), "UTC", "", []string{"policy.window_days", "policy.readings.day_count", start}},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p := refund.Published(zone(t, r.zone))
			p.WindowDays, p.Readings.DayCount = r.days, r.count
			w, err := p.Window(instant(t, r.start))
			if r.paths == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if paths := faultPaths(t, err); !slices.Equal(paths, r.paths) {
				t.Errorf("faults at %q, want %q", paths, r.paths)
			}
			if !w.Equal(refund.Window{}) {
				t.Errorf("an error comes with a partial result: %v", w)
			}
		})
	}
	t.Run("a start that time.Time can say and RFC 3339 cannot", func(t *testing.T) {
		p := refund.Published(time.UTC)
		for _, year := range []int{-1, 10000} {
			_, err := p.Window(time.Date(year, time.June, 1, 0, 0, 0, 0, time.UTC))
			if paths := faultPaths(t, err); !slices.Equal(paths, []string{start}) {
				t.Errorf("year %d: faults at %q", year, paths)
			}
		}
	})
}

func TestWindowContains(t *testing.T) {
	w := refund.Window{Opens: instant(t, "2026-03-01T10:00:00.5Z"), Closes: instant(t, "2026-03-17T00:00:00.5Z")}
	rows := []struct {
		reason string
		at     string
		want   bool
	}{
		{"before the opening", "2026-03-01T10:00:00.499999999Z", false},
		{"a second before, later within its second", "2026-03-01T09:59:59.9Z", false},
		{"at the opening", "2026-03-01T10:00:00.5Z", true},
		{"in it", "2026-03-05T00:00:00Z", true},
		{"just before the closing", "2026-03-17T00:00:00.499999999Z", true},
		{"at the closing", "2026-03-17T00:00:00.5Z", false},
		{"at the closing, in another location", "2026-03-16T19:00:00.5-05:00", false},
		{"after it, earlier within its second", "2026-03-17T00:00:01.1Z", false},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := w.Contains(instant(t, r.at)); got != r.want {
				t.Errorf("contains %v: %v", r.at, got)
			}
		})
	}
	if (refund.Window{}).Contains(time.Time{}) {
		t.Error("the zero Window contains an instant")
	}
}

func TestWindowEqual(t *testing.T) {
	last := refund.MustDate("2026-03-16")
	a := refund.Window{Opens: instant(t, "2026-03-01T10:00:00Z"), Closes: instant(t, "2026-03-17T00:00:00Z"), LastDay: last}
	elsewhere := refund.Window{Opens: a.Opens.In(zone(t, "Asia/Tehran")), Closes: a.Closes.In(zone(t, "Asia/Tehran")), LastDay: last}
	if !a.Equal(elsewhere) {
		t.Error("the same instants in another location are not equal")
	}
	for _, b := range []refund.Window{
		{Opens: a.Opens.Add(1), Closes: a.Closes, LastDay: last},
		{Opens: a.Opens, Closes: a.Closes.Add(1), LastDay: last},
		{Opens: a.Opens, Closes: a.Closes, LastDay: last.AddDays(1)},
	} {
		if a.Equal(b) {
			t.Errorf("%v equals %v", a, b)
		}
	}
}

// Other systems counted days of the server, or steps of 24 hours, and refused customers on
// their last day.
func TestEdgesOfTheWindow(t *testing.T) {
	t.Run("after Solidus, Gumroad, EDD: the window's edges, and a window of 0 days", func(t *testing.T) {
		p, c := refund.Published(zone(t, "America/New_York")), plainCase()
		c.Subscription.Start = instant(t, "2026-03-01T10:00:00-05:00")
		for at, want := range map[string]refund.Verdict{
			"2026-03-01T10:00:00-05:00":           refund.VerdictFull,
			"2026-03-16T23:59:59.999999999-04:00": refund.VerdictFull,
			"2026-03-17T00:00:00-04:00":           refund.VerdictWindowClosed,
		} {
			c.Request.At = instant(t, at)
			if o := evaluated(t, p, c); o.Verdict != want {
				t.Errorf("asked at %v: %v, want %v", at, o.Verdict, want)
			}
		}
		p.WindowDays = 0
		_, err := p.Evaluate(c)
		if paths := faultPaths(t, err); !slices.Equal(paths, []string{"policy.window_days"}) {
			t.Errorf("faults at %q", paths)
		}
	})
	t.Run("after FloCafe PR #780 and bcgov/entity #3863: the server's zone is not read", func(t *testing.T) {
		local := time.Local
		defer func() { time.Local = local }()
		p, c := refund.Published(zone(t, "America/New_York")), plainCase()
		c.Request.At = instant(t, "2026-03-18T03:59:59Z") // the last second of 17 March in New York
		want := evaluated(t, p, c)
		if want.Verdict != refund.VerdictFull {
			t.Fatalf("in the window until %v: %v", want.Window.Closes, want.Verdict)
		}
		for _, name := range []string{"Pacific/Apia", "Pacific/Pago_Pago"} {
			time.Local = zone(t, name)
			c.Request.At = c.Request.At.Local()
			if got := evaluated(t, p, c); !got.Equal(want) {
				t.Errorf("on a server in %s: %v, want %v", name, got.Verdict, want.Verdict)
			}
		}
	})
	t.Run("after civitai PR #4073: counted from the subscription date alone", func(t *testing.T) {
		p, c := refund.Published(time.UTC), plainCase()
		want := evaluated(t, p, c).Window
		// Neither an issue nor the request moves the window.
		c.Issues = refund.IssueLog{resolvedAt("T-1", c.Request.At)}
		c.Request.At = c.Request.At.Add(time.Hour)
		if got := evaluated(t, p, c).Window; !got.Equal(want) {
			t.Errorf("the window moved from %v to %v", want, got)
		}
	})
}
