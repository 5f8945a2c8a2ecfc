package refund

import (
	"slices"
	"time"
)

// Hours are the business hours of the cancellation desk: one opening for each day
// of the week, indexed by [time.Weekday]. The zero Hours never open.
//
//	hours := refund.Weekdays(8*time.Hour, 22*time.Hour)
//	hours[time.Saturday] = refund.Opening{Opens: 10 * time.Hour, Closes: 14 * time.Hour}
type Hours [7]Opening

// An Opening is the time of a day in which the desk is open, [Opens, Closes), as
// the clock on the wall shows it: 8 h is 08:00 also on a day on which clocks
// change, and 24 h is the end of the day. Whole minutes. The zero Opening is
// closed all day.
type Opening struct {
	Opens, Closes time.Duration
}

// Weekdays returns Hours that open Monday to Friday from opens to closes.
func Weekdays(opens, closes time.Duration) Hours {
	var h Hours
	for day := time.Monday; day <= time.Friday; day++ {
		h[day] = Opening{opens, closes}
	}
	return h
}

// IsZero reports whether the desk is closed all day.
func (o Opening) IsZero() bool { return o == Opening{} }

func (o Opening) valid() bool {
	return o.IsZero() || 0 <= o.Opens && o.Opens < o.Closes && o.Closes <= 24*time.Hour &&
		o.Opens%time.Minute == 0 && o.Closes%time.Minute == 0
}

// validate also reports whether the desk opens on any day, or should.
func (h *Hours) validate(f *Faults) (opens bool) {
	var last Opening // valid, and mostly that of the next day too
	for day := range h {
		o := &h[day]
		if *o == last {
			continue
		}
		if !o.valid() {
			f.Add("policy.hours."+dayNames[day], "must open before it closes, from 0 to 24 h, in whole minutes")
		} else {
			last = *o
		}
		opens = opens || !o.IsZero()
	}
	return opens
}

var dayNames = [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// opening returns the opening of a day of the calendar in seconds, holidays
// counted as closed.
func (p *Policy) opening(day int64) (opens, closes int64) {
	o := &p.Hours[weekdayOf(day)]
	if len(p.Holidays) > 0 && slices.Contains(p.Holidays, dateOfDay(day)) {
		return 0, 0
	}
	return int64(o.Opens / time.Second), int64(o.Closes / time.Second)
}

// deskOpen reports whether the desk is open at an instant.
func (p *Policy) deskOpen(days *calendar, t time.Time) bool {
	second := t.Unix()
	e := days.era(second)
	day := e.day(second)
	opens, closes := p.opening(day)
	clock := second + e.offset - day*secondsPerDay
	return opens <= clock && clock < closes
}

// longestSearch is how many days on a calendar, or parts of days between two
// changes of the clocks, are looked at for hours in which the desk is open.
const longestSearch = 3700

// An openTime goes through the stretches in which a desk is open, in order.
type openTime struct {
	policy *Policy
	days   *calendar
	left   int // how many days are still to be looked at

	opens, closes int64 // the stretch at hand, [opens, closes), in seconds

	first int64 // the second from which on to look
	day   int64 // the day to look at next, in its era
	era   era
}

// from begins before the first stretch that ends after a second.
func (o *openTime) from(second int64) {
	o.first = second
	o.era = *o.days.era(second)
	o.day = o.era.day(second)
}

// next goes to the next stretch, and reports whether there is one.
func (o *openTime) next() bool {
	for o.left > 0 {
		o.left--
		midnight := o.day*secondsPerDay - o.era.offset // of this day, by this era's clock
		opens, closes := o.policy.opening(o.day)
		o.opens = max(midnight+opens, o.era.starts, o.first)
		o.closes = min(midnight+closes, o.era.ends)
		if midnight+secondsPerDay < o.era.ends {
			o.day++
		} else { // the clocks change: the same day may go on, or come again
			change := o.era.ends
			o.era = *o.days.era(change)
			o.era.starts = change
			o.day = o.era.day(change)
		}
		if o.opens < o.closes {
			return true
		}
	}
	return false
}
