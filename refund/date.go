package refund

import (
	"cmp"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// A Date is a day of the proleptic Gregorian calendar, without a time of day and without
// a location. Dates are comparable with ==. The zero Date means that no date is given; it
// is not valid.
type Date struct {
	Year  int // 1 to 9999
	Month time.Month
	Day   int
}

// DateOf returns the day that t falls on in the location of t.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// ParseDate reads a date written as 2026-12-25. It returns an [*InvalidError] if s has
// another form or is not a day of the calendar.
func ParseDate(s string) (Date, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' && allDigits(s[:4]) && allDigits(s[5:7]) && allDigits(s[8:]) {
		year, _ := strconv.Atoi(s[:4])
		month, _ := strconv.Atoi(s[5:7])
		day, _ := strconv.Atoi(s[8:])
		if d := (Date{year, time.Month(month), day}); d.IsValid() {
			return d, nil
		}
		return Date{}, &InvalidError{Faults: []Fault{{"date", notADay}}}
	}
	return Date{}, &InvalidError{Faults: []Fault{{"date", "is not a date such as 2026-12-25"}}}
}

const notADay = "is not a day of the calendar"

// MustDate is like [ParseDate] but panics on an error. It is for literals and tests.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsValid reports whether d is a day of the calendar in the years 1 to 9999.
func (d Date) IsValid() bool {
	return d.Year >= 1 && d.Year <= 9999 &&
		d.Month >= time.January && d.Month <= time.December &&
		d.Day >= 1 && d.Day <= daysIn(d.Month, d.Year)
}

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d == Date{} }

// AddDays returns the day n days after d, or −n days before d if n is negative. A result
// outside the years 1 to 9999 is not valid. Any n is allowed.
func (d Date) AddDays(n int) Date {
	const most = 1 << 23 // more than twice the number of days in those years
	return dateOfDay(d.dayNumber() + int64(min(max(n, -most), most)))
}

// Compare returns -1 if d is before e, 0 if they are the same day, and +1 if d is after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return weekdayOf(d.dayNumber()) }

// Start returns the first instant of the day in the location. The day does not always
// start at 00:00: where clocks are put forward at midnight, it starts at 01:00, for
// instance. A day that the location skipped starts when the next day starts. A nil
// location means UTC.
func (d Date) Start(loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	return time.Unix((&calendar{location: loc}).dayStart(d.dayNumber()), 0).In(loc)
}

// String returns the date in the form 2026-12-25.
func (d Date) String() string { return string(d.append(nil)) }

func (d Date) append(b []byte) []byte { return words.AppendDate(b, d.Year, d.Month, d.Day) }

// MarshalText returns the text of [Date.String], or an empty text for the zero Date. It
// returns an [*InvalidError] for any other date that is not valid.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	if !d.IsValid() {
		return nil, &InvalidError{Faults: []Fault{{"date", notADay}}}
	}
	return d.append(nil), nil
}

// UnmarshalText reads a date as [ParseDate] does. An empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// dayNumber counts the days since 1 January 1970.
func (d Date) dayNumber() int64 {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay
}

func dateOfDay(day int64) Date { return DateOf(time.Unix(day*secondsPerDay, 0).UTC()) }

// weekdayOf returns the weekday of a day number; day 0 was a Thursday.
func weekdayOf(day int64) time.Weekday {
	const before = 7 << 50 // a multiple of 7, larger than any number of days before 1970
	return time.Weekday(uint64(day+before+int64(time.Thursday)) % 7)
}

func daysIn(month time.Month, year int) int {
	switch month {
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	}
	return 31
}
