package gen

import (
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Policy generates valid policies: of every reading, in a dozen time zones, with windows
// of 1 to [refund.MaxWindowDays] days, and desks with odd hours, holidays and call-back
// spans. Each desk opens often enough for every call back to happen within a few weeks.
// Policies shrink to the published one in New York.
//
// Version, Effective and Required are those of the published policy.
func Policy() *rapid.Generator[refund.Policy] {
	return rapid.Custom(func(t *rapid.T) refund.Policy {
		where := choose(t, "zone", places()...)
		p := refund.Published(where.location)
		p.WindowDays = choose(t, "windowDays", 15, 1, 2, 60, refund.MaxWindowDays)
		p.Readings = refund.Readings{
			DayCount:      choose(t, "dayCount", refund.DayCountDayAfter, refund.DayCountSameDay, refund.DayCountElapsed),
			DeductFrom:    choose(t, "deductFrom", refund.DeductFromAmountSubscribed, refund.DeductFromAmountPaid),
			ResolvedUntil: choose(t, "resolvedUntil", refund.ResolvedUntilRequest, refund.ResolvedUntilWindowClose),
			CallbackClock: choose(t, "callbackClock", refund.CallbackClockBusinessHours, refund.CallbackClockElapsed),
		}
		p.Hours = drawHours(t)
		p.Holidays = drawHolidays(t, where)
		span := choose(t, "callback", spans...)
		p.CallbackAfter, p.CallbackWithin = span[0], span[1]
		if p.Readings.CallbackClock == refund.CallbackClockBusinessHours {
			week := openInWeek(p.Hours)
			if week == 0 {
				p.Hours = refund.Published(nil).Hours
			} else if p.CallbackWithin > week {
				p.CallbackAfter, p.CallbackWithin = week/2, week
			}
		}
		return p
	})
}

// spans of call backs, from the earliest to the latest.
var spans = [][2]time.Duration{
	{4 * time.Hour, 8 * time.Hour},
	{0, time.Minute},
	{0, 14 * time.Hour},
	{14 * time.Hour, 28 * time.Hour},
	{90 * time.Second, 3*time.Hour + time.Nanosecond},
	{30 * time.Minute, 60 * time.Minute},
}

// everyDay returns hours that are the same on all seven days.
func everyDay(opens, closes time.Duration) refund.Hours {
	hours := refund.Weekdays(opens, closes)
	hours[time.Saturday], hours[time.Sunday] = hours[time.Monday], hours[time.Monday]
	return hours
}

func drawHours(t *rapid.T) refund.Hours {
	const clock = time.Hour
	switch pick(t, "hours", 8) {
	default:
		return refund.Weekdays(8*clock, 22*clock)
	case 2:
		return everyDay(0, 24*clock)
	case 3:
		return everyDay(0, 3*clock) // where most clocks change
	case 4:
		return everyDay(22*clock, 24*clock)
	case 5:
		return everyDay(clock+clock/2, 2*clock)
	case 6:
		return refund.Hours{} // for the elapsed clock only
	case 7:
		var hours refund.Hours
		for day := range hours {
			opens := rapid.IntRange(0, 24*60-1).Draw(t, "opens")
			closes := rapid.IntRange(opens, 24*60).Draw(t, "closes")
			if opens < closes {
				hours[day] = refund.Opening{Opens: time.Duration(opens) * time.Minute, Closes: time.Duration(closes) * time.Minute}
			}
		}
		return hours
	}
}

// drawHolidays returns days on which, or shortly before which, cases happen.
func drawHolidays(t *rapid.T, where place) []refund.Date {
	var days []refund.Date
	for range choose(t, "holidays", 0, 0, 2, 6) {
		anchor := where.anchor(t, "holidayNear")
		days = append(days, refund.DateOf(anchor).AddDays(rapid.IntRange(-1, 3).Draw(t, "holidayOffset")))
	}
	return days
}

func openInWeek(hours refund.Hours) (sum time.Duration) {
	for _, o := range hours {
		sum += o.Closes - o.Opens
	}
	return sum
}
