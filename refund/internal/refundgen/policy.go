package refundgen

import (
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Policy generates valid policies. Their desks open often enough for every call
// back to come within a few weeks.
func Policy() *rapid.Generator[refund.Policy] {
	return rapid.Custom(func(t *rapid.T) refund.Policy {
		where := places()[rapid.SampledFrom(Zones()).Draw(t, "zone")]
		p := refund.Published(where.location)
		p.WindowDays = rapid.SampledFrom([]int{15, 1, 2, 60, refund.MaxWindowDays}).Draw(t, "windowDays")
		p.Readings = refund.Readings{
			DayCount:      rapid.SampledFrom(dayCounts).Draw(t, "dayCount"),
			DeductFrom:    rapid.SampledFrom(deductFroms).Draw(t, "deductFrom"),
			ResolvedUntil: rapid.SampledFrom(resolvedUntils).Draw(t, "resolvedUntil"),
			CallbackClock: rapid.SampledFrom(callbackClocks).Draw(t, "callbackClock"),
		}
		p.Hours = drawHours(t)
		p.Holidays = drawHolidays(t, where)
		span := rapid.SampledFrom(spans).Draw(t, "callback")
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

var (
	dayCounts      = []refund.DayCount{refund.DayCountDayAfter, refund.DayCountSameDay, refund.DayCountElapsed}
	deductFroms    = []refund.DeductFrom{refund.DeductFromAmountSubscribed, refund.DeductFromAmountPaid}
	resolvedUntils = []refund.ResolvedUntil{refund.ResolvedUntilRequest, refund.ResolvedUntilWindowClose}
	callbackClocks = []refund.CallbackClock{refund.CallbackClockBusinessHours, refund.CallbackClockElapsed}

	spans = [][2]time.Duration{
		{4 * time.Hour, 8 * time.Hour},
		{0, time.Minute},
		{0, 14 * time.Hour},
		{14 * time.Hour, 28 * time.Hour},
		{90 * time.Second, 3*time.Hour + time.Nanosecond},
		{30 * time.Minute, 60 * time.Minute},
	}
)

// everyDay returns hours that are the same on all seven days.
func everyDay(opens, closes time.Duration) refund.Hours {
	hours := refund.Weekdays(opens, closes)
	hours[time.Saturday], hours[time.Sunday] = hours[time.Monday], hours[time.Monday]
	return hours
}

func drawHours(t *rapid.T) refund.Hours {
	const clock = time.Hour
	switch rapid.IntRange(0, 7).Draw(t, "hours") {
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
	for range rapid.SampledFrom([]int{0, 0, 2, 6}).Draw(t, "holidays") {
		anchor := rapid.SampledFrom(where.anchors).Draw(t, "holidayNear")
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
