package refundtest

import (
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

func span(w refund.Window) string { return instant(w.Opens) + " until " + instant(w.Closes) }

// number returns a count with its noun.
func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func lawWindow(t *trial) *breach {
	if b := lawClosing(t); b != nil {
		return b
	}
	w := t.o.Window
	if want := refund.DateOf(w.Closes.Add(-time.Nanosecond).In(t.p.Location)); w.LastDay != want {
		return but("last day "+w.LastDay.String(), want.String()+": the window closes at "+instant(w.Closes.In(t.p.Location)))
	}
	return nil
}

func lawClosing(t *trial) *breach {
	start, loc := t.c.Subscription.Start, t.p.Location
	w := t.o.Window
	if !w.Opens.Equal(start) {
		return but("window opens at "+instant(w.Opens), instant(start.In(loc)))
	}
	if t.p.Readings.DayCount == refund.DayCountElapsed {
		if want := start.Add(time.Duration(t.p.WindowDays) * 24 * time.Hour); !w.Closes.Equal(want) {
			return but("window closes at "+instant(w.Closes), instant(want.In(loc))+": window_days times 24 hours")
		}
		return nil
	}
	days := t.p.WindowDays
	if t.p.Readings.DayCount == refund.DayCountDayAfter {
		days++ // the first day does not count
	}
	closing := refund.DateOf(start.In(loc)).AddDays(days) // the window closes when this day begins
	shown := func(at time.Time) bool { return refund.DateOf(at.In(loc)).Compare(closing) >= 0 }
	// Clocks that go back over midnight show a day twice.
	shownBefore := func(at time.Time, steps, step time.Duration) bool {
		for n := range steps {
			if shown(at.Add(-(n + 1) * step)) {
				return true
			}
		}
		return false
	}
	switch {
	case shown(w.Closes) && !shown(w.Closes.Add(-time.Nanosecond)) && !shownBefore(w.Closes, 12, 15*time.Minute):
		return nil
	case w.Closes.Equal(start) && shownBefore(start, 180, time.Minute): // the second time of the day before
		return nil
	}
	return but("window closes at "+instant(w.Closes.In(loc)), instant(closing.Start(loc))+": "+closing.String()+" begins")
}

// desk returns the location of the cancellation desk.
func desk(p *refund.Policy) *time.Location {
	if p.DeskLocation == nil {
		return p.Location
	}
	return p.DeskLocation
}

// openings returns the openings of a day at the desk.
func openings(p *refund.Policy, day refund.Date) []refund.Opening {
	if special, ok := p.SpecialDays[day]; ok {
		return special
	}
	return p.Hours[day.Weekday()]
}

// deskOpen reports whether the cancellation desk is open at an instant.
func deskOpen(p *refund.Policy, at time.Time) bool {
	local := at.In(desk(p))
	hour, minute, second := local.Clock()
	clock := time.Date(1, time.January, 1, hour, minute, second, local.Nanosecond(), time.UTC).Sub(time.Time{}) // since midnight
	return slices.ContainsFunc(openings(p, refund.DateOf(local)), func(o refund.Opening) bool {
		return o.Opens <= clock && clock < o.Closes
	})
}

func midnightOf(day refund.Date, clock *time.Location) time.Time {
	return time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, clock)
}

// openTime returns how long the desk is open between two instants, in a zone with a fixed
// offset.
func openTime(p *refund.Policy, clock *time.Location, from, to time.Time) (sum time.Duration) {
	for day := refund.DateOf(from.In(clock)); midnightOf(day, clock).Before(to); day = day.AddDays(1) {
		midnight := midnightOf(day, clock)
		for _, o := range openings(p, day) {
			opens, closes := midnight.Add(o.Opens), midnight.Add(o.Closes)
			if opens.Before(from) {
				opens = from
			}
			if to.Before(closes) {
				closes = to
			}
			if opens.Before(closes) {
				sum += closes.Sub(opens)
			}
		}
	}
	return sum
}

func lawCallback(t *trial) *breach {
	at, due := t.c.Request.At, t.o.Callback
	after, within := t.p.CallbackAfter, t.p.CallbackWithin
	if t.p.Readings.CallbackClock == refund.CallbackClockElapsed {
		if want := (refund.Callback{Earliest: at.Add(after), Latest: at.Add(within)}); !due.Equal(want) {
			return but(dueText(due, t.p), dueText(want, t.p)+": elapsed hours after "+instant(at.In(desk(t.p))))
		}
		return nil
	}
	asked := "asked at " + instant(at.In(desk(t.p)))
	switch {
	case due.Earliest.Before(at.Add(after)), due.Latest.Before(at.Add(within)):
		return but(dueText(due, t.p), "from "+after.String()+" to "+within.String()+" of open hours after the request: "+asked)
	case !due.Earliest.Before(due.Latest):
		return but(dueText(due, t.p), "the earliest instant before the latest: "+asked)
	case !deskOpen(t.p, due.Earliest):
		return but(dueText(due, t.p), "the desk open at the earliest instant: "+asked)
	case !deskOpen(t.p, due.Latest.Add(-time.Nanosecond)):
		return but(dueText(due, t.p), "the desk open up to the latest instant: "+asked)
	}
	// The open time is certain if no clock changes in between.
	_, offset := at.In(desk(t.p)).Zone()
	clock := time.FixedZone("", offset)
	dayBefore := midnightOf(refund.DateOf(at.In(clock)).AddDays(-1), clock)
	dayAfter := midnightOf(refund.DateOf(due.Latest.In(clock)).AddDays(1), clock)
	if _, change := dayBefore.In(desk(t.p)).ZoneBounds(); !change.IsZero() && change.Before(dayAfter) {
		return nil
	}
	if got := openTime(t.p, clock, at, due.Latest); got != within {
		return but(dueText(due, t.p)+", after "+got.String()+" of open hours", "latest after "+within.String()+" of open hours: "+asked)
	}
	if got := openTime(t.p, clock, at, due.Earliest); got != after {
		return but(dueText(due, t.p)+", after "+got.String()+" of open hours", "earliest after "+after.String()+" of open hours: "+asked)
	}
	return nil
}

func dueText(due refund.Callback, p *refund.Policy) string {
	return "call back from " + instant(due.Earliest.In(desk(p))) + " to " + instant(due.Latest.In(desk(p)))
}

func lawCallbackStatus(t *trial) *breach {
	want := refund.StatusNotEvaluated
	if called := t.c.Request.CalledBack; !called.IsZero() {
		want = refund.StatusSatisfied
		if called.After(t.o.Callback.Latest) {
			want = refund.StatusObjected
		}
	}
	return t.status(refund.ClauseCallback, want)
}

func lawTicket(t *trial) *breach {
	r := &t.c.Request
	fine := false
	switch r.Channel {
	case refund.ChannelEmail:
		fine = reasoned(r.Reason)
	case refund.ChannelPhone:
		fine = deskOpen(t.p, r.At)
	}
	if fine {
		return t.status(refund.ClauseTicket, refund.StatusSatisfied)
	}
	return t.status(refund.ClauseTicket, refund.StatusObjected)
}

func lawResolvedIssues(t *trial) *breach {
	want := 0
	for i := range t.c.Issues {
		at := t.c.Issues[i].Resolved
		if at.IsZero() || at.Before(t.o.Window.Opens) || !at.Before(t.o.Window.Closes) {
			continue
		}
		if t.p.Readings.ResolvedUntil == refund.ResolvedUntilRequest && at.After(t.c.Request.At) {
			continue
		}
		want++
	}
	if t.o.ResolvedIssues != want {
		return but(number(t.o.ResolvedIssues, "resolved issue"), strconv.Itoa(want)+": asked at "+instant(t.c.Request.At.In(t.p.Location))+
			", window "+span(t.o.Window))
	}
	return nil
}
