// Package words writes the parts of sentences: instants, numbers of things, and texts
// of the host's.
package words

import (
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// AppendTime appends an instant as 2026-03-10 12:00 EDT, with seconds and their
// fraction unless they are zero.
func AppendTime(b []byte, t time.Time) []byte {
	zone, offset := t.Zone()
	t = time.Unix(t.Unix()+int64(offset), int64(t.Nanosecond())).UTC() // the local clock: one look at the zone is enough
	year, month, day := t.Date()
	b = AppendDate(b, year, month, day)
	hour, minute, second := t.Clock()
	b = appendTwo(append(b, ' '), hour)
	b = appendTwo(append(b, ':'), minute)
	if nanosecond := t.Nanosecond(); second != 0 || nanosecond != 0 {
		b = appendTwo(append(b, ':'), second)
		b = t.AppendFormat(b, ".999999999")
	}
	b = append(b, ' ')
	return append(b, zone...)
}

// AppendDate appends a day as 2026-03-10.
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
				// Each missing digit is a zero in front.
				b = append(b, '0')
			}
			limit *= 10
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// AppendQuoted appends a text of the host's. Line breaks and other characters that
// could change how a terminal or a log shows the rest become spaces.
func AppendQuoted(b []byte, s string) []byte {
	for _, r := range s {
		if !unicode.IsGraphic(r) {
			r = ' '
		}
		b = utf8.AppendRune(b, r)
	}
	return b
}

// AppendCount appends a number and the thing it counts: "1 issue", "2 issues".
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
