package refund_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// instantText has a placeholder for an instant that is not compared with another.
var instantText = strings.Replace(validText, `"2026-03-05T15:00:00Z"`, `INSTANT`, 1)

func TestInstantsAccepted(t *testing.T) {
	utc := func(year, month, day, hour, minute, second, nanosecond int) time.Time {
		return time.Date(year, time.Month(month), day, hour, minute, second, nanosecond, time.UTC)
	}
	for _, r := range []struct {
		why, text string
		want      time.Time
	}{
		{"UTC", "2026-03-01T10:20:30Z", utc(2026, 3, 1, 10, 20, 30, 0)},
		{"an offset west", "2026-03-01T10:20:30-05:00", utc(2026, 3, 1, 15, 20, 30, 0)},
		{"an offset east, of half an hour too", "2026-03-01T10:20:30+05:30", utc(2026, 3, 1, 4, 50, 30, 0)},
		{"the largest offsets", "2026-03-01T10:20:30+23:59", utc(2026, 2, 28, 10, 21, 30, 0)},
		{"the smallest", "2026-03-01T10:20:30-23:59", utc(2026, 3, 2, 10, 19, 30, 0)},
		{"an unknown local offset", "2026-03-01T10:20:30-00:00", utc(2026, 3, 1, 10, 20, 30, 0)},
		{"one digit of a second", "2026-03-01T10:20:30.5Z", utc(2026, 3, 1, 10, 20, 30, 500_000_000)},
		{"three digits of a second", "2026-03-01T10:20:30.039Z", utc(2026, 3, 1, 10, 20, 30, 39_000_000)},
		{"nine digits of a second", "2026-03-01T10:20:30.123456789Z", utc(2026, 3, 1, 10, 20, 30, 123_456_789)},
		{"nine digits that are zeros but the last", "2026-03-01T10:20:30.000000001Z", utc(2026, 3, 1, 10, 20, 30, 1)},
		{"a fraction and an offset", "2026-03-01T10:20:30.25-05:00", utc(2026, 3, 1, 15, 20, 30, 250_000_000)},
		{"the last second of a day", "2026-12-31T23:59:59Z", utc(2026, 12, 31, 23, 59, 59, 0)},
		{"the first second of a day", "2026-01-01T00:00:00Z", utc(2026, 1, 1, 0, 0, 0, 0)},
		{"a leap day", "2028-02-29T00:00:00Z", utc(2028, 2, 29, 0, 0, 0, 0)},
		{"the first instant after the zero Time", "0001-01-01T00:00:00.000000001Z", utc(1, 1, 1, 0, 0, 0, 1)},
		{"the last instant", "9999-12-31T23:59:59.999999999Z", utc(9999, 12, 31, 23, 59, 59, 999_999_999)},
		{"the year 1 by an offset west", "0001-01-01T00:00:00-05:00", utc(1, 1, 1, 5, 0, 0, 0)},
		{"every digit", "1987-06-05T04:32:10Z", utc(1987, 6, 5, 4, 32, 10, 0)},
		{"escaped characters are the characters", `2026-03-01\u005410:20:30Z`, utc(2026, 3, 1, 10, 20, 30, 0)},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			c, err := readCase([]byte(edit(t, instantText, "INSTANT", `"`+r.text+`"`)))
			if err != nil {
				t.Fatal(err)
			}
			got := c.Issues[1].Opened
			if !got.Equal(r.want) {
				t.Errorf("read %v, want %v", got, r.want)
			}
			if got.Location() != time.UTC {
				t.Errorf("in %v, want UTC", got.Location())
			}
		})
	}
}

func TestInstantsRefused(t *testing.T) {
	for _, r := range []struct{ why, text string }{
		{"a day alone", "2026-03-01"},
		{"no zone", "2026-03-01T10:20:30"},
		{"no seconds", "2026-03-01T10:20Z"},
		{"a lower-case t", "2026-03-01t10:20:30Z"},
		{"a lower-case z", "2026-03-01T10:20:30z"},
		{"a space for the T", "2026-03-01 10:20:30Z"},
		{"a comma fraction", "2026-03-01T10:20:30,5Z"},
		{"a point without digits", "2026-03-01T10:20:30.Z"},
		{"ten digits of a second", "2026-03-01T10:20:30.1234567890Z"},
		{"thirty digits of a second", "2026-03-01T10:20:30.000000000000000000000000000000Z"},
		{"a leap second", "2016-12-31T23:59:60Z"},
		{"second 61", "2026-03-01T10:20:61Z"},
		{"minute 60", "2026-03-01T10:60:30Z"},
		{"hour 24", "2026-03-01T24:00:00Z"},
		{"hour 25", "2026-03-01T25:00:00Z"},
		{"day 0", "2026-03-00T10:20:30Z"},
		{"day 32", "2026-03-32T10:20:30Z"},
		{"31 April", "2026-04-31T10:20:30Z"},
		{"29 February of a common year", "2026-02-29T10:20:30Z"},
		{"29 February of 2100, which is not a leap year", "2100-02-29T10:20:30Z"},
		{"month 0", "2026-00-01T10:20:30Z"},
		{"month 13", "2026-13-01T10:20:30Z"},
		{"the year 0", "0000-06-01T10:20:30Z"},
		{"the last instant of the year 0", "0000-12-31T23:59:59.999999999Z"},
		{"the year 0 on the clock, though UTC has the year 1 already", "0000-12-31T23:00:00-05:00"},
		{"the zero Time, which means a missing instant", "0001-01-01T00:00:00Z"},
		{"the zero Time at another offset", "0001-01-01T05:00:00+05:00"},
		{"the year 0 by an offset", "0001-01-01T00:00:00+00:01"},
		{"the year 10000 by an offset", "9999-12-31T23:59:59-00:01"},
		{"the year 10000", "10000-01-01T00:00:00Z"},
		{"a negative year", "-001-01-01T00:00:00Z"},
		{"a year of two digits", "26-03-01T10:20:30Z"},
		{"a month of one digit", "2026-3-01T10:20:30Z"},
		{"an hour of one digit", "2026-03-01T9:20:30Z"},
		{"an offset of 24 hours", "2026-03-01T10:20:30+24:00"},
		{"an offset of 60 minutes", "2026-03-01T10:20:30-05:60"},
		{"an offset without minutes", "2026-03-01T10:20:30+05"},
		{"an offset without a colon", "2026-03-01T10:20:30+0500"},
		{"an offset with seconds", "2026-03-01T10:20:30+05:00:00"},
		{"an offset without a sign", "2026-03-01T10:20:3005:00"},
		{"Z and an offset", "2026-03-01T10:20:30Z+00:00"},
		{"an offset and Z", "2026-03-01T10:20:30+00:00Z"},
		{"the name of a zone", "2026-03-01T10:20:30 EST"},
		{"a zone in brackets", "2026-03-01T10:20:30Z[UTC]"},
		{"slashes", "2026/03/01T10:20:30Z"},
		{"points", "2026-03-01T10.20.30Z"},
		{"no separators", "20260301T102030Z"},
		{"a space before it", " 2026-03-01T10:20:30Z"},
		{"a space after it", "2026-03-01T10:20:30Z "},
		{"digits of another script", "٢٠٢٦-03-01T10:20:30Z"},
		{"the characters next to the digits", "202:-03-01T10:20:3/Z"},
		{"seconds since 1970", "1772377200"},
		{"words", "yesterday"},
		{"a space alone: only the empty text means the same as a missing field", " "},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			text := edit(t, instantText, "INSTANT", `"`+r.text+`"`)
			testkit.WantPaths(t, decodeCase(text), []string{"issues[1].opened"}...)
			// An optional instant of white space is not treated as missing.
			text = edit(t, validText, `2026-03-03T09:30:00.25Z`, r.text)
			testkit.WantPaths(t, decodeCase(text), []string{"issues[0].resolved"}...)
		})
	}
}

// The reason shows the form of an instant and never quotes the input.
func TestInstantsAreNotQuoted(t *testing.T) {
	for _, r := range []struct{ why, text, reason string }{
		{"a date that does not exist", "2026-02-29T10:00:00Z", "is not a date of the years 1 to 9999 and a time of day"},
		{"a date alone", "2026-03-01", "is not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00"},
		{"the zero Time", "0001-01-01T00:00:00Z", "is the first instant of the year 1, which stands for a missing instant"},
		{"a telephone number", "+1 555 010 0100", "is not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			err := decodeCase(edit(t, instantText, "INSTANT", `"`+r.text+`"`))
			if want := "refund: invalid input: issues[1].opened: " + r.reason; err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}
