package words_test

import (
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/internal/words"
)

func TestAppendSpan(t *testing.T) {
	est, edt := time.FixedZone("EST", -5*3600), time.FixedZone("EDT", -4*3600)
	at := func(day, hour int, zone *time.Location) time.Time {
		return time.Date(2026, 3, day, hour, 0, 0, 0, zone)
	}
	for _, row := range []struct {
		why      string
		from, to time.Time
		want     string
	}{
		{"one day names the day once", at(10, 16, edt), at(10, 20, edt), "16:00 and 20:00 EDT on 10 March 2026"},
		{"two days name both", at(10, 20, edt), at(11, 9, edt), "10 March 2026 at 20:00 EDT and 11 March 2026 at 09:00 EDT"},
		{"two offsets on one day name both", at(8, 1, est), at(8, 5, edt), "8 March 2026 at 01:00 EST and 8 March 2026 at 05:00 EDT"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := string(words.AppendSpan(nil, row.from, row.to)); got != row.want {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}

func TestAppendTime(t *testing.T) {
	for _, row := range []struct {
		why  string
		at   time.Time
		want string
	}{
		{"seconds of zero are left out", time.Date(2026, 3, 1, 9, 5, 0, 0, time.UTC), "1 March 2026 at 09:05 UTC"},
		{"other seconds are not", time.Date(2026, 3, 1, 9, 5, 7, 0, time.UTC), "1 March 2026 at 09:05:07 UTC"},
		{"nor is their fraction", time.Date(2026, 3, 1, 9, 5, 0, 250_000_000, time.UTC), "1 March 2026 at 09:05:00.25 UTC"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := string(words.AppendTime(nil, row.at)); got != row.want {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	for _, row := range []struct{ why, got, want string }{
		{"one is singular", words.Count(1, "issue", "issues"), "1 issue"},
		{"zero is plural", words.Count(0, "issue", "issues"), "0 issues"},
		{"two are plural", words.Count(2, "issue", "issues"), "2 issues"},
		{"a date has two digits for month and day", string(words.AppendDate(nil, 987, 3, 9)), "0987-03-09"},
		{"a number of the width has no zeros", string(words.AppendPadded(nil, 12, 2)), "12"},
		{"a longer number keeps its digits", string(words.AppendPadded(nil, 123, 2)), "123"},
		{"a negative number is not padded", string(words.AppendPadded(nil, -3, 4)), "-3"},
		{"letters of any script are quoted as they are", string(words.AppendQuoted(nil, "Müller, 東京")), "Müller, 東京"},
		{"a line break cannot start a line of a log", string(words.AppendQuoted(nil, "a\nb")), "a b"},
		{"a mark that turns the direction of text becomes a space", string(words.AppendQuoted(nil, "a\u202eb")), "a b"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if row.got != row.want {
				t.Errorf("%q, want %q", row.got, row.want)
			}
		})
	}
}
