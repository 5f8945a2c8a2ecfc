package refund

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Window is the time in which the guarantee is open, [Opens, Closes)
// ([ClauseGuarantee]). Its instants are in the policy's location. The zero Window
// contains nothing.
type Window struct {
	// Opens is the subscription instant, and Closes the first instant at which the guarantee
	// is no longer open. People are told LastDay instead.
	Opens, Closes time.Time

	// LastDay is the date, at the policy's location, of the last instant before Closes.
	LastDay Date
}

// Contains reports whether t lies in the window: at its opening it does, at its
// closing it does not.
func (w Window) Contains(t time.Time) bool {
	return !instant.Before(t, w.Opens) && instant.Before(t, w.Closes)
}

// Equal reports whether both are the same instants, in whatever locations, and the same
// last day.
func (w Window) Equal(v Window) bool {
	return w.Opens.Equal(v.Opens) && w.Closes.Equal(v.Closes) && w.LastDay == v.LastDay
}

// Window returns the window of a subscription that started at the given instant
// ([ClauseGuarantee]). Days are calendar days of the policy's location, each
// starting at its first instant there ([Date.Start]). A window never closes before
// it opens.
//
// Window returns an [*InvalidError] if the policy is invalid, if the instant is
// missing, or if the window would close, or have its last day, outside the years 1 to
// 9999.
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

// window sets w to the window of a valid policy and instant, by the calendar of its
// location, and reports whether it closes in time.
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

// closing returns the instant at which the window closes.
func (p *Policy) closing(days *calendar, opens time.Time) time.Time {
	second, length := opens.Unix(), int64(p.WindowDays)
	if p.Readings.DayCount == DayCountElapsed {
		return opens.Add(time.Duration(length) * 24 * time.Hour)
	}
	days.era(second + length*secondsPerDay) // mostly that of the closing, and of the start
	first := days.day(second)
	if p.Readings.DayCount == DayCountDayAfter {
		first++
	}
	closes := instant.Instant{Second: days.dayStart(first + length)}
	if closes.Before(instant.Of(opens)) {
		// Clocks put back over midnight: the subscription came in a day's second turn, when
		// the next day had had its first instant already.
		return opens
	}
	return time.Unix(closes.Second, 0).In(p.Location)
}
