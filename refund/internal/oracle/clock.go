package oracle

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// dayOf returns the civil day that a location's clocks show, as its midnight
// in UTC.
func dayOf(at time.Time, loc *time.Location) time.Time {
	year, month, day := at.In(loc).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// firstOf looks for the first instant at which clocks show a day or a later
// one: by hours, then from three hours earlier by minutes, then by seconds.
func firstOf(day time.Time, loc *time.Location) time.Time {
	at := day.Add(-30 * time.Hour)
	for dayOf(at, loc).Before(day) {
		at = at.Add(time.Hour)
	}
	at = at.Add(-3 * time.Hour)
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
	counted := 0
	day := dayOf(start, p.Location)
	if p.Readings.DayCount == refund.DayCountSameDay {
		counted = 1 // the subscription date is day 1
	}
	for counted < p.WindowDays {
		day = day.AddDate(0, 0, 1)
		counted++
	}
	closes = firstOf(day.AddDate(0, 0, 1), p.Location) // as that day ends
	if closes.Before(start) {
		closes = start
	}
	return start, closes
}

// deskHours returns the opening of the day that clocks show, holidays taken
// off.
func deskHours(p refund.Policy, day time.Time) (refund.Opening, bool) {
	for _, holiday := range p.Holidays {
		if holiday.String() == day.Format(time.DateOnly) {
			return refund.Opening{}, false
		}
	}
	o := p.Hours[day.Weekday()]
	return o, o.Opens < o.Closes
}

// DeskOpen reports whether the desk is open at an instant.
func DeskOpen(p refund.Policy, at time.Time) bool {
	o, ok := deskHours(p, dayOf(at, p.Location))
	if !ok {
		return false
	}
	local := at.In(p.Location)
	clock := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute +
		time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
	return o.Opens <= clock && clock < o.Closes
}

// nextMinute returns the next instant at which the desk may open or close.
func nextMinute(p refund.Policy, at time.Time) time.Time {
	minute := at.Truncate(time.Minute)
	if minute.Minute() == 0 {
		idle := true // for days around
		day := dayOf(at, p.Location)
		for offset := -1; offset <= 3; offset++ {
			if _, ok := deskHours(p, day.AddDate(0, 0, offset)); ok {
				idle = false
			}
		}
		if idle {
			return minute.Add(time.Hour)
		}
	}
	return minute.Add(time.Minute)
}

func callback(p refund.Policy, received time.Time) (earliest, latest time.Time) {
	if p.Readings.CallbackClock == refund.CallbackClockElapsed {
		return received.Add(p.CallbackAfter), received.Add(p.CallbackWithin)
	}
	// until returns the first instant by which so much open time has passed.
	until := func(span time.Duration) time.Time {
		at := received
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
	earliest, latest = until(p.CallbackAfter), until(p.CallbackWithin)
	for !DeskOpen(p, earliest) {
		earliest = nextMinute(p, earliest)
	}
	return earliest, latest
}
