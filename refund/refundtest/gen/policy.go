package gen

import (
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Policy generates valid policies with all readings, in a dozen time zones, with windows of
// 1 to [refund.MaxWindowDays] days. The desk is in the same zone or another, with unusual
// hours, breaks, shifts over midnight, special days and call-back spans. Each desk opens
// often enough for every call back to be due within a few weeks. Policies shrink to the
// published policy in New York.
//
// Version, Effective and Required are those of the published policy.
func Policy() *rapid.Generator[refund.Policy] {
	return rapid.Custom(func(t *rapid.T) refund.Policy {
		where := choose(t, "zone", places()...)
		p := refund.Published(where.location)
		p.WindowDays = choose(t, "windowDays", 15, 1, 2, 60, refund.MaxWindowDays)
		p.Readings = refund.Readings{
			DayCount:       choose(t, "dayCount", refund.DayCountDayAfter, refund.DayCountSameDay, refund.DayCountElapsed),
			DeductFrom:     choose(t, "deductFrom", refund.DeductFromAmountSubscribed, refund.DeductFromAmountPaid),
			ResolvedUntil:  choose(t, "resolvedUntil", refund.ResolvedUntilRequest, refund.ResolvedUntilWindowClose),
			CallbackClock:  choose(t, "callbackClock", refund.CallbackClockBusinessHours, refund.CallbackClockElapsed),
			OneTime:        choose(t, "oneTime", refund.OneTimeNeverRefunded, refund.OneTimeRefundedIfUnresolved),
			ReleasedAmount: choose(t, "releasedAmount", refund.ReleasedAmountWhole, refund.ReleasedAmountAnyPart),
			GoodwillAfter:  choose(t, "goodwillAfter", refund.GoodwillAfterLessRefunds, refund.GoodwillAfterInAddition),
		}
		desk := choose(t, "desk", places()...)
		if coin.Draw(t, "deskElsewhere") {
			p.DeskLocation = desk.location
			where.anchors = slices.Concat(where.anchors, desk.anchors)
		}
		p.Hours = drawHours(t)
		p.SpecialDays = drawSpecialDays(t, where)
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

// spans are pairs of CallbackAfter and CallbackWithin.
var spans = [][2]time.Duration{
	{4 * time.Hour, 8 * time.Hour},
	{0, time.Minute},
	{0, 14 * time.Hour},
	{14 * time.Hour, 28 * time.Hour},
	{90 * time.Second, 3*time.Hour + time.Nanosecond},
	{30 * time.Minute, 60 * time.Minute},
}

const hour = time.Hour

// Openings of a day. The two around midnight are the parts of one shift.
var (
	businessDay = []refund.Opening{{Opens: 8 * hour, Closes: 22 * hour}}
	withBreak   = []refund.Opening{{Opens: 8 * hour, Closes: 13 * hour}, {Opens: 14 * hour, Closes: 22 * hour}}
	touching    = []refund.Opening{{Opens: 8 * hour, Closes: 12 * hour}, {Opens: 12 * hour, Closes: 12*hour + time.Minute}, {Opens: 12*hour + time.Minute, Closes: 22 * hour}}
	wholeDay    = []refund.Opening{{Closes: 24 * hour}}
	smallHours  = []refund.Opening{{Closes: 3 * hour}} // most clocks change in these hours
	lateEvening = []refund.Opening{{Opens: 22 * hour, Closes: 24 * hour}}
	halfHour    = []refund.Opening{{Opens: hour + hour/2, Closes: 2 * hour}}
	earlyTurn   = []refund.Opening{{Closes: 6 * hour}}
	nightShift  = []refund.Opening{{Closes: 6 * hour}, {Opens: 22 * hour, Closes: 24 * hour}}
	halfDay     = []refund.Opening{{Opens: 8 * hour, Closes: 13 * hour}}
)

// everyDay returns hours that are the same on all seven days.
func everyDay(openings []refund.Opening) (hours refund.Hours) {
	for day := range hours {
		hours[day] = slices.Clone(openings)
	}
	return hours
}

// workingDays returns hours that are the same from Monday to Friday.
func workingDays(openings []refund.Opening) refund.Hours {
	hours := everyDay(openings)
	hours[time.Saturday], hours[time.Sunday] = nil, nil
	return hours
}

func drawHours(t *rapid.T) refund.Hours {
	switch pick(t, "hours", 12) {
	default:
		return workingDays(businessDay)
	case 2:
		return everyDay(wholeDay)
	case 3:
		return everyDay(smallHours)
	case 4:
		return everyDay(lateEvening)
	case 5:
		return everyDay(halfHour)
	case 6:
		return refund.Hours{} // for the elapsed clock only
	case 7, 8:
		var hours refund.Hours
		for day := range hours {
			hours[day] = drawOpenings(t)
		}
		return hours
	case 9:
		return workingDays(withBreak)
	case 10:
		return workingDays(touching)
	case 11: // a shift from each working day's evening to the next morning
		hours := workingDays(nightShift)
		hours[time.Monday], hours[time.Saturday] = slices.Clone(lateEvening), slices.Clone(earlyTurn)
		return hours
	}
}

// drawOpenings draws up to three openings of a day, in order; they may be adjacent.
func drawOpenings(t *rapid.T) (openings []refund.Opening) {
	const day = 24 * 60 // minutes
	from := 0
	for range choose(t, "openings", 1, 0, 2, 3) {
		if from == day {
			break
		}
		opens := rapid.IntRange(from, day-1).Draw(t, "opens")
		if coin.Draw(t, "touches") {
			opens = from
		}
		from = rapid.IntRange(opens+1, day).Draw(t, "closes")
		openings = append(openings, refund.Opening{Opens: time.Duration(opens) * time.Minute, Closes: time.Duration(from) * time.Minute})
	}
	return openings
}

// drawSpecialDays draws special days near the anchors of cases.
func drawSpecialDays(t *rapid.T, where place) (days refund.SpecialDays) {
	type special struct {
		date     refund.Date
		openings []refund.Opening
	}
	for _, s := range several(t, "specialDay", func(t *rapid.T) special {
		anchor := where.anchor(t, "specialDayNear")
		return special{
			refund.DateOf(anchor).AddDays(choose(t, "specialDayOffset", 0, 1, 2, 3, -1)),
			choose(t, "specialDayOpenings", nil, halfDay, withBreak, nightShift, nil, wholeDay),
		}
	}) {
		if days == nil {
			days = refund.SpecialDays{}
		}
		days[s.date] = slices.Clone(s.openings)
	}
	return days
}

func openInWeek(hours refund.Hours) (sum time.Duration) {
	for _, openings := range hours {
		for _, o := range openings {
			sum += o.Closes - o.Opens
		}
	}
	return sum
}
