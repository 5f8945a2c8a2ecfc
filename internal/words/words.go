// Package words writes the parts of sentences: instants, counts, and texts from the input.
package words

import (
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// AppendTime appends an instant in the form "10 March 2026 at 12:00 EDT", with seconds and
// their fraction unless they are zero.
func AppendTime(b []byte, t time.Time) []byte {
	t, zone := wall(t)
	b = AppendDay(b, t.Date)
	b = appendClock(append(b, " at "...), t)
	b = append(b, ' ')
	return append(b, zone...)
}

// AppendSpan appends two instants joined by "and", in the form "16:00 and 20:00 EDT on 10
// March 2026". It writes both days if they differ.
func AppendSpan(b []byte, from, to time.Time) []byte {
	first, zone := wall(from)
	last, lastZone := wall(to)
	if year, month, day := first.Date(); zone != lastZone || last.Year() != year || last.Month() != month || last.Day() != day {
		b = AppendTime(b, from)
		return AppendTime(append(b, " and "...), to)
	}
	b = appendClock(b, first)
	b = appendClock(append(b, " and "...), last)
	b = append(b, ' ')
	b = append(b, zone...)
	return AppendDay(append(b, " on "...), first.Date)
}

// wall returns the wall-clock time of t, as an instant in UTC, and the name of the zone. It
// looks up the zone only once.
func wall(t time.Time) (clock time.Time, zone string) {
	zone, offset := t.Zone()
	return time.Unix(t.Unix()+int64(offset), int64(t.Nanosecond())).UTC(), zone
}

func appendClock(b []byte, t time.Time) []byte {
	hour, minute, second := t.Clock()
	b = appendTwo(b, hour)
	b = appendTwo(append(b, ':'), minute)
	if nanosecond := t.Nanosecond(); second != 0 || nanosecond != 0 {
		b = appendTwo(append(b, ':'), second)
		b = t.AppendFormat(b, ".999999999")
	}
	return b
}

// AppendDay appends a day in the form "10 March 2026".
func AppendDay(b []byte, date func() (year int, month time.Month, day int)) []byte {
	year, month, day := date()
	b = strconv.AppendInt(b, int64(day), 10)
	b = append(b, ' ')
	b = append(b, month.String()...)
	b = append(b, ' ')
	return strconv.AppendInt(b, int64(year), 10)
}

// AppendDate appends a day in the form "2026-03-10".
func AppendDate(b []byte, year int, month time.Month, day int) []byte {
	b = AppendPadded(b, year, 4)
	b = appendTwo(append(b, '-'), int(month))
	return appendTwo(append(b, '-'), day)
}

func appendTwo(b []byte, n int) []byte { return AppendPadded(b, n, 2) }

// AppendPadded appends n with at least width digits. A negative number is not padded.
func AppendPadded(b []byte, n, width int) []byte {
	if n >= 0 {
		for limit := 10; width > 1; width-- {
			if n < limit {
				b = append(b, '0')
			}
			limit *= 10
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// AppendQuoted appends a text from the input. Line breaks and other characters that could
// change how a terminal or a log shows the rest of a line become spaces.
func AppendQuoted(b []byte, s string) []byte {
	for _, r := range s {
		if !unicode.IsGraphic(r) {
			r = ' '
		}
		b = utf8.AppendRune(b, r)
	}
	return b
}

// AppendCount appends a number and a noun: "1 issue", "2 issues".
func AppendCount(b []byte, n int, one, many string) []byte {
	b = strconv.AppendInt(b, int64(n), 10)
	b = append(b, ' ')
	if n == 1 {
		return append(b, one...)
	}
	return append(b, many...)
}

// Count returns the text of AppendCount.
func Count(n int, one, many string) string { return string(AppendCount(nil, n, one, many)) }
