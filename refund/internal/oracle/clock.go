package oracle

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// dayOf returns the date that the clocks of a location show, as midnight of that date in
// UTC.
func dayOf(at time.Time, loc *time.Location) time.Time {
	year, month, day := at.In(loc).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// firstOf finds the first instant at which clocks show a day or a later one. It searches
// minute by minute from long before it, then second by second.
func firstOf(day time.Time, loc *time.Location) time.Time {
	at := day.Add(-30 * time.Hour)
	for dayOf(at, loc).Before(day) {
		at = at.Add(time.Minute)
	}
	at = at.Add(-time.Minute)
	for dayOf(at, loc).Before(day) {
		at = at.Add(time.Second)
	}
	return at
}

func window(p refund.Policy, start time.Time) (opens, closes time.Time) {
	if p.Readings.DayCount == refund.DayCountElapsed {
		closes = start
		for range p.WindowDays {
			closes = closes.Add(24 * time.Hour)
		}
		return start, closes
	}
	last := dayOf(start, p.Location) // the subscription date, day 1 under same_day
	days := p.WindowDays - 1
	if p.Readings.DayCount == refund.DayCountDayAfter {
		days++
	}
	for range days {
		last = last.AddDate(0, 0, 1)
	}
	closes = firstOf(last.AddDate(0, 0, 1), p.Location) // when the last day ends
	if closes.Before(start) {
		closes = start
	}
	return start, closes
}

func desk(p refund.Policy) *time.Location {
	if p.DeskLocation == nil {
		return p.Location
	}
	return p.DeskLocation
}

// openings returns the desk's openings of a day: those of the special day, if it is one, or
// those of the weekday.
func openings(p refund.Policy, day time.Time) []refund.Opening {
	for special, list := range p.SpecialDays {
		if special.String() == day.Format(time.DateOnly) {
			return list
		}
	}
	return p.Hours[day.Weekday()]
}

// DeskOpen reports whether the desk is open at an instant: whether its wall clock shows a
// time in an opening of the day that the clock shows.
func DeskOpen(p refund.Policy, at time.Time) bool {
	local := at.In(desk(p))
	clock := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute +
		time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
	for _, o := range openings(p, dayOf(at, desk(p))) {
		if o.Opens <= clock && clock < o.Closes {
			return true
		}
	}
	return false
}

// nextMinute returns the next instant at which the desk may open or close. Openings are
// whole minutes, and so are the offsets of all zones since 1973.
func nextMinute(p refund.Policy, at time.Time) time.Time {
	if at.Year() < 1973 {
		return at.Truncate(time.Second).Add(time.Second)
	}
	minute := at.Truncate(time.Minute)
	if minute.Minute() == 0 && idle(p, at) {
		return minute.Add(time.Hour)
	}
	return minute.Add(time.Minute)
}

// idle reports whether the desk stays closed for days around an instant.
func idle(p refund.Policy, at time.Time) bool {
	day := dayOf(at, desk(p))
	for offset := -1; offset <= 3; offset++ {
		if len(openings(p, day.AddDate(0, 0, offset))) > 0 {
			return false
		}
	}
	return true
}

func callback(p refund.Policy, received time.Time) (earliest, latest time.Time) {
	if p.Readings.CallbackClock == refund.CallbackClockElapsed {
		return received.Add(p.CallbackAfter), received.Add(p.CallbackWithin)
	}
	earliest, latest = passed(p, received, p.CallbackAfter), passed(p, received, p.CallbackWithin)
	for !DeskOpen(p, earliest) {
		earliest = nextMinute(p, earliest)
	}
	return earliest, latest
}

// passed returns the first instant by which the desk has been open for a span of time.
func passed(p refund.Policy, since time.Time, span time.Duration) time.Time {
	at := since
	for span > 0 {
		next := nextMinute(p, at)
		if DeskOpen(p, at) {
			if next.Sub(at) >= span {
				return at.Add(span)
			}
			span -= next.Sub(at)
		}
		at = next
	}
	return at
}
