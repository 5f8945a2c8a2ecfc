package refund

import "time"

// A Window is the time in which the guarantee is open, [Opens, Closes)
// ([ClauseGuarantee]). Its instants are in the policy's location. The zero Window
// contains nothing.
type Window struct {
	Opens, Closes time.Time
}

// Contains reports whether t lies in the window: at its opening it does, at its
// closing it does not.
func (w Window) Contains(t time.Time) bool { return !before(t, w.Opens) && before(t, w.Closes) }

// Equal reports whether both are the same instants, in whatever locations.
func (w Window) Equal(v Window) bool { return w.Opens.Equal(v.Opens) && w.Closes.Equal(v.Closes) }

// Window returns the window of a subscription that started at the given instant
// ([ClauseGuarantee]). Days are calendar days of the policy's location, each
// starting at its first instant there ([Date.Start]). A window never closes before
// it opens.
//
// Window returns an [*InvalidError] if the policy is invalid, if the instant is
// missing, or if the window would close after the year 9999.
func (p Policy) Window(start time.Time) (Window, error) {
	var f faults
	p.validate(&f)
	var w Window
	if reason := instantFault(start); reason != "" {
		f.add("subscription.start", reason)
	} else if f == nil {
		var ok bool
		if w, ok = p.window(&calendar{location: p.Location}, start); !ok {
			f.add("subscription.start", noWindow)
		}
	}
	if f != nil {
		return Window{}, f.err()
	}
	return w, nil
}

const noWindow = "opens a window that would close after the year 9999"

// window is Window for a valid policy and instant, by the calendar of its location.
func (p *Policy) window(days *calendar, start time.Time) (w Window, ok bool) {
	w.Opens = start.Round(0).In(p.Location) // without a monotonic reading
	second, length := start.Unix(), int64(p.WindowDays)
	if p.Readings.DayCount == DayCountElapsed {
		w.Closes = w.Opens.Add(time.Duration(length) * 24 * time.Hour)
		return w, writable(w.Closes)
	}
	first := days.era(second).day(second)
	if p.Readings.DayCount == DayCountDayAfter {
		first++
	}
	w.Closes = time.Unix(days.dayStart(first+length), 0).In(p.Location)
	if before(w.Closes, w.Opens) {
		// Clocks put back over midnight: the subscription came in a day's second
		// turn, when the next had had its first instant already.
		w.Closes = w.Opens
	}
	return w, writable(w.Closes)
}
