package refund_test

import (
	"slices"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// on returns hours with one opening a week.
func on(day time.Weekday, opens, closes time.Duration) (hours refund.Hours) {
	hours[day] = []refund.Opening{{Opens: opens, Closes: closes}}
	return hours
}

// daily returns the same hours for every day.
func daily(opens, closes time.Duration) (hours refund.Hours) {
	for day := range hours {
		hours[day] = []refund.Opening{{Opens: opens, Closes: closes}}
	}
	return hours
}

// closedWeekly returns n closed days, each a week after the one before.
func closedWeekly(first string, n int) refund.SpecialDays {
	days := refund.SpecialDays{}
	for i := range n {
		days[refund.MustDate(first).AddDays(7*i)] = nil
	}
	return days
}

func TestCallback(t *testing.T) {
	const h, m = time.Hour, time.Minute
	published := refund.Weekdays(8*h, 22*h)
	type change func(*refund.Policy)
	hours := func(hours refund.Hours, after, within time.Duration) change {
		return func(p *refund.Policy) { p.Hours, p.CallbackAfter, p.CallbackWithin = hours, after, within }
	}
	closed := func(days ...string) change {
		return func(p *refund.Policy) {
			p.SpecialDays = refund.SpecialDays{}
			for _, day := range days {
				p.SpecialDays[refund.MustDate(day)] = nil
			}
		}
	}
	elapsed := func(p *refund.Policy) { p.Readings.CallbackClock = refund.CallbackClockElapsed }
	rows := []struct {
		reason           string
		change           change
		received         string
		earliest, latest string
	}{
		// 16 March 2026 is a Monday.
		{"Monday 09:00", nil, "2026-03-16T09:00:00-04:00", "2026-03-16T13:00:00-04:00", "2026-03-16T17:00:00-04:00"},
		{"Monday 14:00: the latest falls on the closing, and stays", nil, "2026-03-16T14:00:00-04:00", "2026-03-16T18:00:00-04:00", "2026-03-16T22:00:00-04:00"},
		{"Monday 18:00: the earliest falls on the closing, and moves", nil, "2026-03-16T18:00:00-04:00", "2026-03-17T08:00:00-04:00", "2026-03-17T12:00:00-04:00"},
		{"Friday 21:00: an hour on Friday, the rest on Monday", nil, "2026-03-20T21:00:00-04:00", "2026-03-23T11:00:00-04:00", "2026-03-23T15:00:00-04:00"},
		{"Saturday 03:00: closed until Monday", nil, "2026-03-21T03:00:00-04:00", "2026-03-23T12:00:00-04:00", "2026-03-23T16:00:00-04:00"},

		{"at the opening", nil, "2026-03-16T08:00:00-04:00", "2026-03-16T12:00:00-04:00", "2026-03-16T16:00:00-04:00"},
		{"just before the opening", nil, "2026-03-16T07:59:59.999999999-04:00", "2026-03-16T12:00:00-04:00", "2026-03-16T16:00:00-04:00"},
		{"at the closing, when the desk is closed", nil, "2026-03-16T22:00:00-04:00", "2026-03-17T12:00:00-04:00", "2026-03-17T16:00:00-04:00"},
		{"the last nanosecond of the day counts", nil, "2026-03-16T21:59:59.999999999-04:00", "2026-03-17T11:59:59.999999999-04:00", "2026-03-17T15:59:59.999999999-04:00"},
		{"a nanosecond before the earliest would fall on the closing", nil, "2026-03-16T17:59:59.999999999-04:00", "2026-03-16T21:59:59.999999999-04:00", "2026-03-17T11:59:59.999999999-04:00"},
		{"a nanosecond after the latest would fall on the closing", nil, "2026-03-16T14:00:00.000000001-04:00", "2026-03-16T18:00:00.000000001-04:00", "2026-03-17T08:00:00.000000001-04:00"},
		{"Friday 18:00: moved over the weekend", nil, "2026-03-20T18:00:00-04:00", "2026-03-23T08:00:00-04:00", "2026-03-23T12:00:00-04:00"},

		{"a holiday is closed", closed("2026-03-23"), "2026-03-20T21:00:00-04:00", "2026-03-24T11:00:00-04:00", "2026-03-24T15:00:00-04:00"},
		{"asked on a holiday", closed("2026-03-16"), "2026-03-16T09:00:00-04:00", "2026-03-17T12:00:00-04:00", "2026-03-17T16:00:00-04:00"},
		{"of several holidays each counts", closed("2026-12-25", "2026-03-17", "2026-03-18"), "2026-03-16T18:00:00-04:00", "2026-03-19T08:00:00-04:00", "2026-03-19T12:00:00-04:00"},

		{"elapsed: hours on the clock, at night and on a Saturday", elapsed, "2026-03-21T03:00:00-04:00", "2026-03-21T07:00:00-04:00", "2026-03-21T11:00:00-04:00"},
		{"elapsed: special days are ignored", func(p *refund.Policy) { elapsed(p); closed("2026-03-16")(p) }, "2026-03-16T09:00:00-04:00", "2026-03-16T13:00:00-04:00", "2026-03-16T17:00:00-04:00"},
		{"elapsed: no hours are needed", func(p *refund.Policy) { elapsed(p); p.Hours = refund.Hours{} }, "2026-03-16T09:00:00-04:00", "2026-03-16T13:00:00-04:00", "2026-03-16T17:00:00-04:00"},
		{"elapsed: hours that clocks skip do not pass", elapsed, "2026-03-08T00:30:00-05:00", "2026-03-08T05:30:00-04:00", "2026-03-08T09:30:00-04:00"},

		{"a desk that never closes", hours(daily(0, 24*h), 4*h, 8*h), "2026-03-21T20:00:00-04:00", "2026-03-22T00:00:00-04:00", "2026-03-22T04:00:00-04:00"},
		{"24 hours from Monday to Friday: the earliest moves from Friday's end", hours(refund.Weekdays(0, 24*h), 4*h, 8*h), "2026-03-20T20:00:00-04:00", "2026-03-23T00:00:00-04:00", "2026-03-23T04:00:00-04:00"},
		{"a desk that opens at midnight, asked just before", hours(refund.Weekdays(0, 2*h), h, 2*h), "2026-03-16T23:59:59-04:00", "2026-03-17T01:00:00-04:00", "2026-03-17T02:00:00-04:00"},

		{"spring, 02:00 does not exist: an open night is an hour shorter", hours(daily(0, 6*h), 1*h, 2*h), "2026-03-08T00:30:00-05:00", "2026-03-08T01:30:00-05:00", "2026-03-08T03:30:00-04:00"},
		{"spring: the earliest at the change of the clocks, which is not a closing", hours(daily(0, 6*h), 90*m, 2*h), "2026-03-08T00:30:00-05:00", "2026-03-08T03:00:00-04:00", "2026-03-08T03:30:00-04:00"},
		{"spring: the desk that opens 02:00 to 03:00 stays closed that day", hours(daily(2*h, 3*h), 30*m, h), "2026-03-07T12:00:00-05:00", "2026-03-09T02:30:00-04:00", "2026-03-09T03:00:00-04:00"},
		{"spring: open until the change, which is a closing", hours(daily(h, 2*h), h, 2*h), "2026-03-07T12:00:00-05:00", "2026-03-09T01:00:00-04:00", "2026-03-09T02:00:00-04:00"},
		{"spring: open from 02:30, which does not exist, so from 03:00", hours(daily(2*h+30*m, 4*h), 30*m, h), "2026-03-07T12:00:00-05:00", "2026-03-08T03:30:00-04:00", "2026-03-08T04:00:00-04:00"},
		{"autumn, 01:00 to 02:00 comes twice: a desk open then is open for two hours", hours(on(time.Sunday, h, 2*h), 30*m, 90*m), "2026-10-31T12:00:00-04:00", "2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"},
		{"autumn: an opening of 01:30 to 02:00 comes twice, with a pause", hours(on(time.Sunday, 90*m, 2*h), 30*m, h), "2026-10-31T12:00:00-04:00", "2026-11-01T01:30:00-05:00", "2026-11-01T02:00:00-05:00"},
		{"autumn: asked in the second turn", hours(on(time.Sunday, h, 2*h), 15*m, 30*m), "2026-11-01T01:10:00-05:00", "2026-11-01T01:25:00-05:00", "2026-11-01T01:40:00-05:00"},

		{"one minute a week", hours(on(time.Sunday, 12*h, 12*h+m), m, 2*m), "2026-03-16T09:00:00-04:00", "2026-03-29T12:00:00-04:00", "2026-03-29T12:01:00-04:00"},
		{"one minute a week, the wait ends within its first half", hours(on(time.Sunday, 12*h, 12*h+m), 30*time.Second, m), "2026-03-16T09:00:00-04:00", "2026-03-22T12:00:30-04:00", "2026-03-22T12:01:00-04:00"},
		{"holidays for nine years", func(p *refund.Policy) {
			hours(on(time.Monday, 8*h, 22*h), 4*h, 8*h)(p)
			p.SpecialDays = closedWeekly("2026-03-16", 9*52)
		}, "2026-03-16T09:00:00-04:00", "2035-03-05T12:00:00-05:00", "2035-03-05T16:00:00-05:00"},
		{"no time to wait at all, while the desk is open", hours(published, 0, h), "2026-03-16T09:00:00-04:00", "2026-03-16T09:00:00-04:00", "2026-03-16T10:00:00-04:00"},
		{"no time to wait at all, while it is closed: the next opening", hours(published, 0, h), "2026-03-21T09:00:00-04:00", "2026-03-23T08:00:00-04:00", "2026-03-23T09:00:00-04:00"},

		// As in TestWindow: the last day of a leap year, where zone bounds are wrong.
		{"over the end of a leap year", nil, "2040-12-31T21:00:00-05:00", "2041-01-01T11:00:00-05:00", "2041-01-01T15:00:00-05:00"},
		{"the evening before the last day of a leap year", nil, "2040-12-28T21:00:00-05:00", "2040-12-31T11:00:00-05:00", "2040-12-31T15:00:00-05:00"},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p := refund.Published(zone(t, "America/New_York"))
			if r.change != nil {
				r.change(&p)
			}
			received := instant(t, r.received)
			due, err := p.Callback(received)
			if err != nil {
				t.Fatal(err)
			}
			want := refund.Callback{Earliest: instant(t, r.earliest), Latest: instant(t, r.latest)}
			if !due.Equal(want) {
				t.Errorf("%v to %v, want %v to %v", due.Earliest, due.Latest, r.earliest, r.latest)
			}
			if due.Earliest.Location() != p.Location || due.Latest.Location() != p.Location {
				t.Errorf("%v to %v is not in %v", due.Earliest, due.Latest, p.Location)
			}
			c := plainCase()
			c.Subscription.Start, c.Request.At = received, received
			if o := evaluated(t, p, c); !o.Callback.Equal(want) {
				t.Errorf("Evaluate has another call back: %v", o.Callback)
			}
		})
	}
}

func TestCallbackRefuses(t *testing.T) {
	const received = "2026-03-16T09:00:00Z"
	rows := []struct {
		reason   string
		change   func(*refund.Policy)
		received string
		paths    []string
	}{
		{"hours that never open", func(p *refund.Policy) { p.Hours = refund.Hours{} }, received, []string{"policy.hours"}},
		{"hours that open on days that are all holidays", func(p *refund.Policy) {
			p.Hours = on(time.Monday, 8*time.Hour, 22*time.Hour)
			p.SpecialDays = closedWeekly("2026-03-16", 11*53)
		}, received, []string{"request.at"}},
		{"a minute a week, and a wait that takes over ten years", func(p *refund.Policy) {
			p.Hours = on(time.Monday, 8*time.Hour, 8*time.Hour+time.Minute)
			p.CallbackWithin = 11 * 53 * time.Minute
		}, received, []string{"request.at"}},
		{"a minute a day, for the 3,700 days of the search", func(p *refund.Policy) {
			p.Hours = daily(10*time.Hour, 10*time.Hour+time.Minute)
			p.CallbackWithin = 3700 * time.Minute
		}, received, nil},
		{"a minute a day, for one day more", func(p *refund.Policy) {
			p.Hours = daily(10*time.Hour, 10*time.Hour+time.Minute)
			p.CallbackWithin = 3700*time.Minute + 1
		}, received, []string{"request.at"}},
		{"no instant", nil, "", []string{"request.at"}},
		{"a call back in the year 10000", nil, "9999-12-31T20:00:00Z", []string{"request.at"}},
		{"a call back in the year 10000, by the clock", func(p *refund.Policy) {
			p.Readings.CallbackClock = refund.CallbackClockElapsed
		}, "9999-12-31T16:00:00Z", []string{"request.at"}},
		{"the last call back, by the clock", func(p *refund.Policy) {
			p.Readings.CallbackClock = refund.CallbackClockElapsed
		}, "9999-12-31T15:59:59.999999999Z", nil},
		{"the last call back of all", nil, "9999-12-31T13:59:59.999999999Z", nil},
		{"everything at once", func(p *refund.Policy) { p.Version = "" }, "", []string{"policy.version", "request.at"}},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p := refund.Published(time.UTC)
			if r.change != nil {
				r.change(&p)
			}
			due, err := p.Callback(instant(t, r.received))
			if r.paths == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if paths := faultPaths(t, err); !slices.Equal(paths, r.paths) {
				t.Errorf("faults at %q, want %q", paths, r.paths)
			}
			if !due.Equal(refund.Callback{}) {
				t.Errorf("an error comes with a partial result: %v", due)
			}
		})
	}
	t.Run("Evaluate blames the request", func(t *testing.T) {
		p, c := refund.Published(time.UTC), plainCase()
		p.Hours = on(time.Monday, 8*time.Hour, 22*time.Hour)
		p.SpecialDays = closedWeekly("2026-03-02", 11*53)
		_, err := p.Evaluate(c)
		if paths := faultPaths(t, err); !slices.Equal(paths, []string{"request.at"}) {
			t.Errorf("faults at %q", paths)
		}
	})
}

func TestCallbackEqual(t *testing.T) {
	a := refund.Callback{Earliest: instant(t, "2026-03-16T13:00:00Z"), Latest: instant(t, "2026-03-16T17:00:00Z")}
	if b := (refund.Callback{Earliest: a.Earliest.In(zone(t, "Asia/Tehran")), Latest: a.Latest.In(zone(t, "Asia/Tehran"))}); !a.Equal(b) {
		t.Error("the same instants in another location are not equal")
	}
	for _, b := range []refund.Callback{
		{Earliest: a.Earliest.Add(1), Latest: a.Latest},
		{Earliest: a.Earliest, Latest: a.Latest.Add(1)},
	} {
		if a.Equal(b) {
			t.Errorf("%v equals %v", a, b)
		}
	}
}

// A request by phone is a valid ticket while the desk is open.
func TestPhoneRequest(t *testing.T) {
	rows := []struct {
		reason string
		change func(*refund.Policy)
		at     string
		want   refund.Status
	}{
		{"in business hours", nil, "2026-03-16T12:00:00-04:00", refund.StatusSatisfied},
		{"at the opening it is open", nil, "2026-03-16T08:00:00-04:00", refund.StatusSatisfied},
		{"just before the opening it is closed", nil, "2026-03-16T07:59:59.999999999-04:00", refund.StatusObjected},
		{"just before the closing it is open", nil, "2026-03-16T21:59:59.999999999-04:00", refund.StatusSatisfied},
		{"at the closing it is closed", nil, "2026-03-16T22:00:00-04:00", refund.StatusObjected},
		{"on Saturday it is closed", nil, "2026-03-14T12:00:00-04:00", refund.StatusObjected},
		{"Sunday in the server's zone is Monday at the desk", nil, "2026-03-15T23:00:00-13:00", refund.StatusSatisfied},
		{"on a holiday it is closed", func(p *refund.Policy) {
			p.SpecialDays = refund.SpecialDays{refund.MustDate("2026-03-16"): nil}
		}, "2026-03-16T12:00:00-04:00", refund.StatusObjected},
		{"whatever the clock of the call back", func(p *refund.Policy) {
			p.Readings.CallbackClock = refund.CallbackClockElapsed
		}, "2026-03-16T22:00:00-04:00", refund.StatusObjected},
		{"around the clock, in the last instant of the day", func(p *refund.Policy) { p.Hours = daily(0, 24*time.Hour) }, "2026-03-15T23:59:59.999999999-04:00", refund.StatusSatisfied},
		{"around the clock, in the first instant of the day", func(p *refund.Policy) { p.Hours = daily(0, 24*time.Hour) }, "2026-03-15T00:00:00-04:00", refund.StatusSatisfied},
		{"in the second in which clocks are put back, from 02:00 to 01:00: too early", func(p *refund.Policy) {
			p.Hours = daily(90*time.Minute, 3*time.Hour)
		}, "2026-11-01T01:00:00-05:00", refund.StatusObjected},
		{"midnight, at a desk that never opens", func(p *refund.Policy) {
			p.Readings.CallbackClock = refund.CallbackClockElapsed
			p.Hours = refund.Hours{}
		}, "2026-03-16T00:00:00-04:00", refund.StatusObjected},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(zone(t, "America/New_York")), plainCase()
			if r.change != nil {
				r.change(&p)
			}
			c.Request.At, c.Request.Channel, c.Request.Reason = instant(t, r.at), refund.ChannelPhone, ""
			if got := evaluated(t, p, c).Statuses[refund.ClauseTicket]; got != r.want {
				t.Errorf("ticket is %v, want %v", got, r.want)
			}
		})
	}
}
