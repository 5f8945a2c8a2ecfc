package refund_test

import (
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// daysOf returns hours with the same openings on every day. hours holds the opening and
// closing times in turn.
func daysOf(clock ...int) (hours refund.Hours) {
	for day := range hours {
		hours[day] = openingsOf(clock...)
	}
	return hours
}

// weekdaysOf is daysOf for Monday to Friday.
func weekdaysOf(clock ...int) refund.Hours {
	hours := daysOf(clock...)
	hours[time.Saturday], hours[time.Sunday] = nil, nil
	return hours
}

func openingsOf(clock ...int) (openings []refund.Opening) {
	for i := 0; i < len(clock); i += 2 {
		openings = append(openings, refund.Opening{Opens: time.Duration(clock[i]) * time.Hour, Closes: time.Duration(clock[i+1]) * time.Hour})
	}
	return openings
}

func special(day string, clock ...int) refund.SpecialDays {
	return refund.SpecialDays{refund.MustDate(day): openingsOf(clock...)}
}

// The rows are call backs of desks with breaks, night shifts and special days. 16 March 2026
// is a Monday, and 24 December 2026 a Thursday.
func TestHours(t *testing.T) {
	withBreak := func(p *refund.Policy) { p.Hours = weekdaysOf(8, 13, 14, 22) }
	atNight := func(p *refund.Policy) { p.Hours = daysOf(0, 6, 22, 24) }
	oneNight := func(p *refund.Policy) {
		p.Hours = refund.Hours{time.Friday: openingsOf(22, 24), time.Saturday: openingsOf(0, 6)}
	}
	christmas := func(p *refund.Policy) {
		p.SpecialDays = special("2026-12-24", 8, 13)
		p.SpecialDays[refund.MustDate("2026-12-25")] = nil
	}
	saturday := func(p *refund.Policy) { p.SpecialDays = special("2026-03-14", 10, 14) }
	rows := []struct {
		reason           string
		change           func(*refund.Policy)
		received         string
		earliest, latest string
	}{
		{"a break 13–14 does not count", withBreak, "2026-03-16T12:00:00-04:00", "2026-03-16T17:00:00-04:00", "2026-03-16T21:00:00-04:00"},
		{"the earliest falls on the break and moves to its end", withBreak, "2026-03-16T09:00:00-04:00", "2026-03-16T14:00:00-04:00", "2026-03-16T18:00:00-04:00"},
		{"asked in the break", withBreak, "2026-03-16T13:30:00-04:00", "2026-03-16T18:00:00-04:00", "2026-03-16T22:00:00-04:00"},
		{"the latest falls on the break and does not move", func(p *refund.Policy) {
			withBreak(p)
			p.CallbackAfter, p.CallbackWithin = 2*time.Hour, 4*time.Hour
		}, "2026-03-16T09:00:00-04:00", "2026-03-16T11:00:00-04:00", "2026-03-16T13:00:00-04:00"},

		{"a desk 22:00–06:00: asked as it opens", atNight, "2026-03-16T22:00:00-04:00", "2026-03-17T02:00:00-04:00", "2026-03-17T06:00:00-04:00"},
		{"a desk 22:00–06:00: asked in the evening, before it opens", atNight, "2026-03-16T20:00:00-04:00", "2026-03-17T02:00:00-04:00", "2026-03-17T06:00:00-04:00"},
		{"a desk 22:00–06:00: the rest is of the next night", atNight, "2026-03-16T23:00:00-04:00", "2026-03-17T03:00:00-04:00", "2026-03-17T23:00:00-04:00"},
		{"a desk 22:00–06:00: the earliest falls on the morning's closing", atNight, "2026-03-16T02:00:00-04:00", "2026-03-16T22:00:00-04:00", "2026-03-17T02:00:00-04:00"},
		{"a desk 22:00–06:00: midnight is not a closing", func(p *refund.Policy) {
			atNight(p)
			p.CallbackAfter, p.CallbackWithin = 2*time.Hour, 4*time.Hour
		}, "2026-03-16T20:00:00-04:00", "2026-03-17T00:00:00-04:00", "2026-03-17T02:00:00-04:00"},
		{"one shift over midnight a week", oneNight, "2026-03-16T09:00:00-04:00", "2026-03-21T02:00:00-04:00", "2026-03-21T06:00:00-04:00"},
		{"one shift over midnight a week: the rest is a week later", oneNight, "2026-03-21T05:00:00-04:00", "2026-03-28T01:00:00-04:00", "2026-03-28T05:00:00-04:00"},
		{"a night of seven hours, in spring", atNight, "2026-03-07T22:00:00-05:00", "2026-03-08T03:00:00-04:00", "2026-03-08T23:00:00-04:00"},
		{"a night of nine hours, in autumn", atNight, "2026-10-31T22:00:00-04:00", "2026-11-01T01:00:00-05:00", "2026-11-01T05:00:00-05:00"},

		{"24 December until 13:00: the rest is on Monday", christmas, "2026-12-24T10:00:00-05:00", "2026-12-28T09:00:00-05:00", "2026-12-28T13:00:00-05:00"},
		{"24 December until 13:00: the earliest falls on the early closing", christmas, "2026-12-24T09:00:00-05:00", "2026-12-28T08:00:00-05:00", "2026-12-28T12:00:00-05:00"},
		{"24 December in the afternoon, when the desk is closed", christmas, "2026-12-24T15:00:00-05:00", "2026-12-28T12:00:00-05:00", "2026-12-28T16:00:00-05:00"},
		{"24 December of another year is an ordinary day", christmas, "2027-12-24T10:00:00-05:00", "2027-12-24T14:00:00-05:00", "2027-12-24T18:00:00-05:00"},
		{"a working Saturday counts", saturday, "2026-03-13T21:00:00-04:00", "2026-03-14T13:00:00-04:00", "2026-03-16T11:00:00-04:00"},
		{"asked on a working Saturday, before the opening", saturday, "2026-03-14T03:00:00-04:00", "2026-03-16T08:00:00-04:00", "2026-03-16T12:00:00-04:00"},
		{"the next Saturday is closed as usual", saturday, "2026-03-20T21:00:00-04:00", "2026-03-23T11:00:00-04:00", "2026-03-23T15:00:00-04:00"},
		{"a special day replaces the weekday's openings and does not add to them", func(p *refund.Policy) {
			p.SpecialDays = special("2026-03-16", 12, 14)
		}, "2026-03-16T09:00:00-04:00", "2026-03-17T10:00:00-04:00", "2026-03-17T14:00:00-04:00"},
		{"a special day may have a break", func(p *refund.Policy) {
			p.SpecialDays = special("2026-03-16", 9, 11, 15, 22)
		}, "2026-03-16T09:00:00-04:00", "2026-03-16T17:00:00-04:00", "2026-03-16T21:00:00-04:00"},
		{"a special night continues into the next day", func(p *refund.Policy) {
			p.SpecialDays = special("2026-03-16", 20, 24)
			p.SpecialDays[refund.MustDate("2026-03-17")] = openingsOf(0, 3)
		}, "2026-03-16T09:00:00-04:00", "2026-03-17T00:00:00-04:00", "2026-03-18T09:00:00-04:00"},

		{"a desk in another zone: its clock counts, not the policy's", func(p *refund.Policy) {
			p.Location, p.DeskLocation = zone(t, "Europe/Paris"), zone(t, "America/New_York")
		}, "2026-03-16T09:00:00+01:00", "2026-03-16T12:00:00-04:00", "2026-03-16T16:00:00-04:00"},
		{"a desk in another zone: special days are days at the desk", func(p *refund.Policy) {
			p.Location, p.DeskLocation = zone(t, "Europe/Paris"), zone(t, "America/New_York")
			p.SpecialDays = special("2026-03-16")
		}, "2026-03-17T01:00:00+01:00", "2026-03-17T12:00:00-04:00", "2026-03-17T16:00:00-04:00"},
		{"a desk in another zone: a day on which its clocks change", func(p *refund.Policy) {
			p.Location, p.DeskLocation = time.UTC, zone(t, "America/New_York")
			p.Hours = daysOf(0, 6)
			p.CallbackAfter, p.CallbackWithin = time.Hour, 3*time.Hour
		}, "2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z", "2026-03-08T09:00:00Z"},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p := refund.Published(testkit.NewYork)
			if r.change != nil {
				r.change(&p)
			}
			due, err := p.Callback(instant(t, r.received))
			if err != nil {
				t.Fatal(err)
			}
			if want := (refund.Callback{Earliest: instant(t, r.earliest), Latest: instant(t, r.latest)}); !due.Equal(want) {
				t.Errorf("%v to %v, want %v to %v", due.Earliest, due.Latest, r.earliest, r.latest)
			}
			if due.Earliest.Location() != p.Location || due.Latest.Location() != p.Location {
				t.Errorf("%v to %v is not in the policy's location", due.Earliest, due.Latest)
			}
			c := plainCase()
			c.Subscription.Start, c.Request.At = instant(t, r.received), instant(t, r.received)
			if o := evaluated(t, p, c); !o.Callback.Equal(due) {
				t.Errorf("Evaluate has another call back: %v", o.Callback)
			}
		})
	}
}

// A request by phone is a valid ticket if the desk's wall clock shows a time in an opening.
func TestPhoneRequestInHours(t *testing.T) {
	withBreak := func(p *refund.Policy) { p.Hours = weekdaysOf(8, 13, 14, 22) }
	atNight := func(p *refund.Policy) { p.Hours = daysOf(0, 6, 22, 24) }
	christmas := func(p *refund.Policy) { p.SpecialDays = special("2026-12-24", 8, 13) }
	sunday := func(p *refund.Policy) {
		p.Hours = refund.Hours{time.Sunday: openingsOf(1, 2), time.Monday: openingsOf(8, 22)}
	}
	inParis := func(p *refund.Policy) {
		p.Location, p.DeskLocation = zone(t, "Europe/Paris"), zone(t, "America/New_York")
	}
	const open, closed = refund.StatusSatisfied, refund.StatusObjected
	rows := []struct {
		reason string
		change func(*refund.Policy)
		at     string
		want   refund.Status
	}{
		{"just before the break", withBreak, "2026-03-16T12:59:59.999999999-04:00", open},
		{"at the start of the break", withBreak, "2026-03-16T13:00:00-04:00", closed},
		{"in the break", withBreak, "2026-03-16T13:30:00-04:00", closed},
		{"at the end of the break", withBreak, "2026-03-16T14:00:00-04:00", open},

		{"just before the night shift", atNight, "2026-03-16T21:59:59.999999999-04:00", closed},
		{"at the start of the night shift", atNight, "2026-03-16T22:00:00-04:00", open},
		{"in the last instant of the day", atNight, "2026-03-16T23:59:59.999999999-04:00", open},
		{"at midnight", atNight, "2026-03-17T00:00:00-04:00", open},
		{"just before the night shift ends", atNight, "2026-03-17T05:59:59.999999999-04:00", open},
		{"at the end of the night shift", atNight, "2026-03-17T06:00:00-04:00", closed},

		{"24 December, before the early closing", christmas, "2026-12-24T12:59:59-05:00", open},
		{"24 December, at the early closing", christmas, "2026-12-24T13:00:00-05:00", closed},
		{"a working Saturday", func(p *refund.Policy) { p.SpecialDays = special("2026-03-14", 10, 14) }, "2026-03-14T12:00:00-04:00", open},
		{"the Saturday after the working one", func(p *refund.Policy) { p.SpecialDays = special("2026-03-14", 10, 14) }, "2026-03-21T12:00:00-04:00", closed},

		{"a desk in another zone is open at its own noon", inParis, "2026-03-16T12:00:00-04:00", open},
		{"a desk in another zone is closed at the policy's noon", inParis, "2026-03-16T12:00:00+01:00", closed},
		{"a desk in another zone is open on its Friday evening, which is Saturday at the policy's location", inParis, "2026-03-14T01:00:00+01:00", open},

		{"before an hour that comes twice", sunday, "2026-11-01T00:59:59.999999999-04:00", closed},
		{"the first pass of an hour that comes twice", sunday, "2026-11-01T01:30:00-04:00", open},
		{"the second pass of an hour that comes twice", sunday, "2026-11-01T01:30:00-05:00", open},
		{"after both passes", sunday, "2026-11-01T02:00:00-05:00", closed},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(testkit.NewYork), plainCase()
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

// Openings that touch act as one.
func TestOpeningsThatTouch(t *testing.T) {
	one, two := refund.Published(testkit.NewYork), refund.Published(testkit.NewYork)
	two.Hours = weekdaysOf(8, 12, 12, 13, 13, 22)
	two.SpecialDays = special("2026-03-18", 8, 10, 10, 22)
	for at := testkit.March(6, 0, 0); at.Before(testkit.March(20, 0, 0)); at = at.Add(30 * time.Minute) {
		for _, at := range []time.Time{at.Add(-1), at, at.Add(1)} {
			want, err := one.Callback(at)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := two.Callback(at); err != nil || !got.Equal(want) {
				t.Errorf("asked at %v: %v, %v; want %v", at, got, err, want)
			}
			c := plainCase()
			c.Request.At, c.Request.Channel = at, refund.ChannelPhone
			if got, want := evaluated(t, two, c).Statuses, evaluated(t, one, c).Statuses; got != want {
				t.Errorf("asked by phone at %v: %v, want %v", at, got, want)
			}
		}
	}
}

// The window counts days of the policy's location, wherever the desk is.
func TestDeskLocationDoesNotMoveTheWindow(t *testing.T) {
	p := refund.Published(zone(t, "Europe/Paris"))
	start := instant(t, "2026-03-01T23:30:00+01:00")
	want, err := p.Window(start)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"America/New_York", "Asia/Tokyo", "Europe/Paris"} {
		p.DeskLocation = zone(t, name)
		if got, err := p.Window(start); err != nil || !got.Equal(want) || got.Closes.Location() != p.Location {
			t.Errorf("with a desk in %s: %v, %v; want %v", name, got, err, want)
		}
	}
}
