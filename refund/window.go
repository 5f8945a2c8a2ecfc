package refund

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Window is the period in which a customer may ask for a refund: from Opens up to, but
// not including, Closes ([ClauseGuarantee]). Its instants are in the policy's location.
// The zero Window contains no instant.
type Window struct {
	// Opens is the subscription instant. Closes is the first instant after the window;
	// show people LastDay instead.
	Opens, Closes time.Time

	// LastDay is the date, at the policy's location, of the last instant before Closes.
	LastDay Date
}

// Contains reports whether t is in the window. Opens is, Closes is not.
func (w Window) Contains(t time.Time) bool {
	return !instant.Before(t, w.Opens) && instant.Before(t, w.Closes)
}

// Equal reports whether w and v have the same instants and the same last day. Locations
// are ignored.
func (w Window) Equal(v Window) bool {
	return w.Opens.Equal(v.Opens) && w.Closes.Equal(v.Closes) && w.LastDay == v.LastDay
}

// Window returns the window of a subscription that started at the given instant
// ([ClauseGuarantee]). Days are calendar days at the policy's location; each starts at its
// first instant there ([Date.Start]). A window never closes before it opens.
//
// Window returns an [*InvalidError] if the policy is not valid, if start is the zero Time,
// or if the window would close, or have its last day, outside the years 1 to 9999.
func (p Policy) Window(start time.Time) (Window, error) {
	var f Faults
	p.validate(&f)
	var w Window
	if reason := instant.Fault(start); reason != "" {
		f.Add("subscription.start", reason)
	} else if f == nil && !p.window(&calendar{location: p.Location}, start, &w) {
		f.Add("subscription.start", noWindow)
	}
	if f != nil {
		return Window{}, f.Err()
	}
	return w, nil
}

const noWindow = "opens a window that would not close in the years 1 to 9999"

// window sets w to the window for a valid policy and instant. days is the calendar of the
// policy's location. It reports whether the window closes in the years 1 to 9999.
func (p *Policy) window(days *calendar, start time.Time, w *Window) bool {
	w.Opens = start.In(p.Location) // without a monotonic reading
	w.Closes = p.closing(days, w.Opens)
	last := w.Closes.Unix()
	if w.Closes.Nanosecond() == 0 {
		last--
	}
	w.LastDay = dateOfDay(days.day(last))
	return instant.Writable(w.Closes) && w.LastDay.IsValid()
}

func (p *Policy) closing(days *calendar, opens time.Time) time.Time {
	second, length := opens.Unix(), int64(p.WindowDays)
	if p.Readings.DayCount == DayCountElapsed {
		return opens.Add(time.Duration(length) * 24 * time.Hour)
	}
	days.era(second + length*secondsPerDay) // mostly the era of both the closing and the start
	first := days.day(second)
	if p.Readings.DayCount == DayCountDayAfter {
		first++
	}
	closes := instant.Instant{Second: days.dayStart(first + length)}
	if closes.Before(instant.Of(opens)) {
		// Clocks were put back over midnight: the subscription started in the repeated part
		// of a day, after the first instant of the next day.
		return opens
	}
	return time.Unix(closes.Second, 0).In(p.Location)
}
