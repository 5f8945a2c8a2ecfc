package words_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// add returns the text that a function appends, and fails if it changes the text before.
func add(t testkit.TB, appendTo func([]byte) []byte) string {
	t.Helper()
	const before = "before: "
	text := string(appendTo([]byte(before)))
	if !strings.HasPrefix(text, before) {
		t.Fatalf("%q has lost the text before it", text)
	}
	return text[len(before):]
}

func TestAppendTime(t *testing.T) {
	for _, r := range []struct {
		reason string
		at     time.Time
		want   string
	}{
		{"whole minutes have no seconds", testkit.March(10, 12, 0), "10 March 2026 at 12:00 EDT"},
		{"a day of one digit is not padded, the clock is", testkit.March(1, 7, 5), "1 March 2026 at 07:05 EST"},
		{"the midnight that starts a day", testkit.March(3, 0, 0), "3 March 2026 at 00:00 EST"},
		{"a second counts", testkit.March(3, 9, 0).Add(time.Second), "3 March 2026 at 09:00:01 EST"},
		{"a nanosecond counts", testkit.March(3, 9, 0).Add(1), "3 March 2026 at 09:00:00.000000001 EST"},
		{"zeros at the end of a fraction are omitted", testkit.March(3, 9, 0).Add(1500 * time.Millisecond), "3 March 2026 at 09:00:01.5 EST"},
		{"the zone is the instant's", testkit.March(10, 12, 0).UTC(), "10 March 2026 at 16:00 UTC"},
		{"another day in another zone", testkit.March(10, 22, 0).In(testkit.Zone("Asia/Tokyo")), "11 March 2026 at 11:00 JST"},
		{"a zone without letters has its offset", testkit.March(10, 12, 0).In(testkit.Zone("America/Sao_Paulo")), "10 March 2026 at 13:00 -03"},
		{"the first pass of an hour that comes twice", time.Date(2026, time.November, 1, 5, 30, 0, 0, time.UTC).In(testkit.NewYork), "1 November 2026 at 01:30 EDT"},
		{"the second pass of an hour that comes twice", time.Date(2026, time.November, 1, 6, 30, 0, 0, time.UTC).In(testkit.NewYork), "1 November 2026 at 01:30 EST"},
		{"before 1970", time.Date(1969, time.December, 31, 23, 59, 59, 500_000_000, time.UTC), "31 December 1969 at 23:59:59.5 UTC"},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := add(t, func(b []byte) []byte { return words.AppendTime(b, r.at) }); got != r.want {
				t.Errorf("got %q, want %q", got, r.want)
			}
		})
	}
}

func TestAppendSpan(t *testing.T) {
	november := func(hour, minute int) time.Time {
		return time.Date(2026, time.November, 1, hour, minute, 0, 0, time.UTC).In(testkit.NewYork)
	}
	for _, r := range []struct {
		reason   string
		from, to time.Time
		want     string
	}{
		{"one day is written once", testkit.March(10, 16, 0), testkit.March(10, 20, 0), "16:00 and 20:00 EDT on 10 March 2026"},
		{"seconds are written if they are not zero", testkit.March(10, 16, 0).Add(time.Second), testkit.March(10, 20, 0), "16:00:01 and 20:00 EDT on 10 March 2026"},
		{"two days are both written", testkit.March(13, 21, 0), testkit.March(16, 11, 0), "13 March 2026 at 21:00 EDT and 16 March 2026 at 11:00 EDT"},
		{"the same day of another month", testkit.March(10, 16, 0), testkit.March(10, 16, 0).AddDate(0, 1, 0), "10 March 2026 at 16:00 EDT and 10 April 2026 at 16:00 EDT"},
		{"the same day of another year", testkit.March(10, 16, 0).UTC(), testkit.March(10, 16, 0).UTC().AddDate(1, 0, 0), "10 March 2026 at 20:00 UTC and 10 March 2027 at 20:00 UTC"},
		{"with a change of the clocks in between, both zones are written", november(5, 30), november(6, 30), "1 November 2026 at 01:30 EDT and 1 November 2026 at 01:30 EST"},
		{"two zones with one day", testkit.March(10, 16, 0).UTC(), testkit.March(10, 16, 30), "10 March 2026 at 20:00 UTC and 10 March 2026 at 16:30 EDT"},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := add(t, func(b []byte) []byte { return words.AppendSpan(b, r.from, r.to) }); got != r.want {
				t.Errorf("got %q, want %q", got, r.want)
			}
		})
	}
}

// The times agree with package time, in zones with whole and half hours.
func TestTimesAgreeWithPackageTime(t *testing.T) {
	places := []*time.Location{time.UTC, testkit.NewYork, testkit.Zone("Asia/Kathmandu"), testkit.Zone("Pacific/Apia"), testkit.Zone("America/St_Johns")}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "second"), 0).In(rapid.SampledFrom(places).Draw(t, "place"))
		at = at.Truncate(time.Minute).In(at.Location())
		if at.Second() != 0 { // the offset has seconds, as before 1900
			t.Skip("no whole minute there")
		}
		if got, want := add(t, func(b []byte) []byte { return words.AppendTime(b, at) }), at.Format("2 January 2006 at 15:04 MST"); plain(got) != plain(want) {
			t.Fatalf("time %q, want %q", got, want)
		}
		year, month, day := at.Date()
		if got, want := add(t, func(b []byte) []byte { return words.AppendDate(b, year, month, day) }), at.Format(time.DateOnly); got != want {
			t.Fatalf("date %q, want %q", got, want)
		}
		if got, want := add(t, func(b []byte) []byte { return words.AppendDay(b, at.Date) }), fmt.Sprintf("%d %v %d", day, month, year); got != want {
			t.Fatalf("day %q, want %q", got, want)
		}
	})
}

// plain removes the leading zeros of a year, which sentences omit.
func plain(text string) string {
	fields := strings.Fields(text)
	fields[2] = strings.TrimLeft(fields[2], "0")
	return strings.Join(fields, " ")
}

func TestAppendPadded(t *testing.T) {
	for _, r := range []struct {
		reason   string
		n, width int
		want     string
	}{
		{"one digit of two", 7, 2, "07"},
		{"zero has one digit", 0, 2, "00"},
		{"two digits fill two", 10, 2, "10"},
		{"a longer number is not cut", 12345, 4, "12345"},
		{"a year before 1000", 999, 4, "0999"},
		{"a nanosecond", 1, 9, "000000001"},
		{"a width of one does not pad", 0, 1, "0"},
		{"a width of zero does not pad", 5, 0, "5"},
		{"a negative number is not padded", -7, 4, "-7"},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := add(t, func(b []byte) []byte { return words.AppendPadded(b, r.n, r.width) }); got != r.want {
				t.Errorf("got %q, want %q", got, r.want)
			}
		})
	}
}

func TestPaddingAgreesWithPackageFmt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, width := rapid.IntRange(0, 1<<30).Draw(t, "n"), rapid.IntRange(0, 12).Draw(t, "width")
		if got, want := add(t, func(b []byte) []byte { return words.AppendPadded(b, n, width) }), fmt.Sprintf("%0*d", width, n); got != want {
			t.Fatalf("%d in %d digits: got %q, want %q", n, width, got, want)
		}
	})
}

func TestAppendQuoted(t *testing.T) {
	for _, r := range []struct {
		reason     string
		text, want string
	}{
		{"no text", "", ""},
		{"ordinary text is unchanged", "call heard: “fine”, 字 €", "call heard: “fine”, 字 €"},
		{"a line break could forge a line of a log", "fine\nrefund approved", "fine refund approved"},
		{"each control character becomes a space", "a\r\n\tb\x00c\x7fd", "a   b c d"},
		{"an escape could color a terminal", "\x1b[31mred", " [31mred"},
		{"an override of the direction could turn a sentence round", "by \u202eACC-7", "by  ACC-7"},
		{"an isolate could turn a sentence round", "\u2066ACC-7\u2069", " ACC-7 "},
		{"a character without width could hide a difference", "ACC\u200b-7", "ACC -7"},
		{"a line separator is a line break", "a\u2028b\u2029c", "a b c"},
		{"a no-break space is visible as a space", "a\u00a0b", "a\u00a0b"},
		{"bytes that are not UTF-8 become replacement characters", "a\xffb", "a\ufffdb"},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := add(t, func(b []byte) []byte { return words.AppendQuoted(b, r.text) }); got != r.want {
				t.Errorf("got %q, want %q", got, r.want)
			}
		})
	}
}

// A quoted text has as many characters as the text, and each can be shown.
func TestQuotedTextIsGraphic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		got := []rune(add(t, func(b []byte) []byte { return words.AppendQuoted(b, text) }))
		want := []rune(text)
		if len(got) != len(want) {
			t.Fatalf("%d characters of %d", len(got), len(want))
		}
		for i, r := range got {
			if !unicode.IsGraphic(r) || r != want[i] && (r != ' ' || unicode.IsGraphic(want[i])) {
				t.Fatalf("%q became %q", want[i], r)
			}
		}
	})
}

func TestCount(t *testing.T) {
	for _, r := range []struct {
		reason string
		n      int
		want   string
	}{
		{"zero takes the plural", 0, "0 issues"},
		{"one takes the singular", 1, "1 issue"},
		{"two take the plural", 2, "2 issues"},
		{"a number that ends in one takes the plural", 21, "21 issues"},
		{"minus one takes the plural", -1, "-1 issues"},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := words.Count(r.n, "issue", "issues"); got != r.want {
				t.Errorf("got %q, want %q", got, r.want)
			}
			if got := add(t, func(b []byte) []byte { return words.AppendCount(b, r.n, "issue", "issues") }); got != r.want {
				t.Errorf("appended %q, want %q", got, r.want)
			}
		})
	}
}
