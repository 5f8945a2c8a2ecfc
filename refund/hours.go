package refund

import (
	"maps"
	"slices"
	"time"
)

// Hours are the business hours of the cancellation desk: the openings of each day of the
// week, indexed by [time.Weekday] and sorted by time. The desk is closed on a day without
// openings. With the zero Hours it never opens.
//
//	hours := refund.Weekdays(8*time.Hour, 22*time.Hour)
//	hours[time.Saturday] = []refund.Opening{{10 * time.Hour, 13 * time.Hour}, {14 * time.Hour, 18 * time.Hour}}
type Hours [7][]Opening

// SpecialDays holds the openings of particular dates, which replace those of the weekday:
// a holiday (no openings), an early closing, a working Saturday.
type SpecialDays map[Date][]Opening

// An Opening is a period of a day in which the desk is open: from Opens up to, but not
// including, Closes. Both are wall-clock times in whole minutes: 8 h is 08:00 even on a
// day on which the clocks change, and 24 h is the end of the day. Write a shift over
// midnight as two openings, one until 24 h and one from 0 h of the next day. The zero
// Opening is not valid.
type Opening struct {
	Opens, Closes time.Duration
}

// Weekdays returns the Hours of a desk that is open Monday to Friday from opens to closes.
func Weekdays(opens, closes time.Duration) Hours {
	var h Hours
	for day := time.Monday; day <= time.Friday; day++ {
		h[day] = []Opening{{opens, closes}}
	}
	return h
}

// openingsFault returns the reason why the openings of a day are refused, or "".
func openingsFault(openings []Opening) string {
	var last time.Duration
	for i, o := range openings {
		switch {
		case o.Opens < 0 || o.Closes <= o.Opens || o.Closes > 24*time.Hour || o.Opens%time.Minute != 0 || o.Closes%time.Minute != 0:
			return "must open before it closes, from 00:00 to 24:00, in whole minutes"
		case i > 0 && o.Opens < last:
			return "has openings that overlap or are out of order"
		}
		last = o.Closes
	}
	return ""
}

// validate adds the faults of h, and reports whether the desk opens on any day.
func (h *Hours) validate(f *Faults) (opens bool) {
	for day, openings := range h {
		if reason := openingsFault(openings); reason != "" { // build a path only for a fault
			f.Add("policy.hours."+dayNames[day], reason)
		}
		opens = opens || len(openings) > 0
	}
	return opens
}

func (s SpecialDays) validate(f *Faults) {
	if len(s) == 0 {
		return
	}
	for _, day := range slices.SortedFunc(maps.Keys(s), Date.Compare) {
		if !day.IsValid() {
			f.Add("policy.special_days", "has a key that is not a day of the calendar")
			continue
		}
		if reason := openingsFault(s[day]); reason != "" {
			f.Add("policy.special_days."+day.String(), reason)
		}
	}
}

func (s SpecialDays) equal(t SpecialDays) bool {
	return maps.EqualFunc(s, t, slices.Equal[[]Opening])
}

func (h Hours) equal(g Hours) bool { return slices.EqualFunc(h[:], g[:], slices.Equal[[]Opening]) }

var dayNames = [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// openings returns the openings of a day, given as the number of days since 1970.
func (p *Policy) openings(day int64) []Opening {
	if len(p.SpecialDays) > 0 {
		if openings, special := p.SpecialDays[dateOfDay(day)]; special {
			return openings
		}
	}
	return p.Hours[weekdayOf(day)]
}

// deskOpen reports whether the desk is open at an instant.
func (p *Policy) deskOpen(desk *calendar, t time.Time) bool {
	second := t.Unix()
	e := desk.era(second)
	day := e.day(second)
	clock := time.Duration(second+e.offset-day*secondsPerDay) * time.Second
	for _, o := range p.openings(day) {
		if o.Opens <= clock && clock < o.Closes {
			return true
		}
	}
	return false
}

// longestSearch limits the search for open hours, counted in days. A day on which clocks
// change counts once for each part.
const longestSearch = 3700

// An openTime iterates over the periods in which a desk is open, in order. Openings that
// touch are two periods; the second opens when the first closes.
type openTime struct {
	policy *Policy
	days   *calendar
	left   int // the number of days still to search

	opens, closes int64 // the current period, [opens, closes), in seconds

	first int64 // the second at which the search starts
	day   int64 // the day to search next, in its era
	index int   // the next opening of that day
	era   era
}

// from starts the search at a second, before the first period that ends after it.
func (o *openTime) from(second int64) {
	o.first = second
	o.era = *o.days.era(second)
	o.day = o.era.day(second)
}

// next advances to the next period, and reports whether there is one.
func (o *openTime) next() bool {
	for o.left > 0 {
		midnight := o.day*secondsPerDay - o.era.offset // of this day, by this era's clock
		for openings := o.policy.openings(o.day); o.index < len(openings); {
			opening := &openings[o.index]
			o.index++
			o.opens = max(midnight+int64(opening.Opens/time.Second), o.era.starts, o.first)
			o.closes = min(midnight+int64(opening.Closes/time.Second), o.era.ends)
			if o.opens < o.closes {
				return true
			}
		}
		o.left--
		o.index = 0
		if midnight+secondsPerDay < o.era.ends {
			o.day++
		} else { // the clocks change: the same day may continue or repeat
			change := o.era.ends
			o.era = *o.days.era(change)
			o.era.starts = change
			o.day = o.era.day(change)
		}
	}
	return false
}
