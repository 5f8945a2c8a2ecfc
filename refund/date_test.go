package refund_test

import (
	"encoding"
	"math"
	"testing"
	"time"
	_ "time/tzdata" // tests must not depend on the machine's zones

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

var (
	_ encoding.TextMarshaler   = refund.Date{}
	_ encoding.TextUnmarshaler = (*refund.Date)(nil)
)

func placeOf(t rapid.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// someDate draws a day of the years 1 to 9999, and its midnight in UTC.
func someDate(t *rapid.T, label string) (refund.Date, time.Time) {
	noon := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3_652_058).Draw(t, label))
	return refund.DateOf(noon), noon
}

// The oracle is package time.
func TestDateLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, midnight := someDate(t, "d")
		e, other := someDate(t, "e")
		if y, m, day := midnight.Date(); d != (refund.Date{Year: y, Month: m, Day: day}) {
			t.Fatalf("DateOf(%v) is %v", midnight, d)
		}
		if !d.IsValid() || d.IsZero() {
			t.Fatalf("%v: valid %v, zero %v", d, d.IsValid(), d.IsZero())
		}
		if want := midnight.Format(time.DateOnly); d.String() != want {
			t.Fatalf("%+v prints as %v, want %s", d, d, want)
		}
		if back, err := refund.ParseDate(d.String()); err != nil || back != d {
			t.Fatalf("%v is read as %v, %v", d, back, err)
		}
		if d.Weekday() != midnight.Weekday() {
			t.Fatalf("%v is a %v, want %v", d, d.Weekday(), midnight.Weekday())
		}
		if got, want := d.Compare(e), midnight.Compare(other); got != want {
			t.Fatalf("%v against %v is %d, want %d", d, e, got, want)
		}
		n := int(other.Sub(midnight) / (24 * time.Hour))
		if n < 100_000 && n > -100_000 && d.AddDays(n) != e {
			t.Fatalf("%v and %d days is %v, want %v", d, n, d.AddDays(n), e)
		}
		if next := d.AddDays(1); next != refund.DateOf(midnight.AddDate(0, 0, 1)) || next.AddDays(-1) != d {
			t.Fatalf("after %v comes %v", d, next)
		}
		if !d.Start(nil).Equal(midnight) || !d.Start(time.UTC).Equal(midnight) {
			t.Fatalf("%v starts at %v in UTC", d, d.Start(nil))
		}
		text, err := d.MarshalText()
		var back refund.Date
		if err != nil || back.UnmarshalText(text) != nil || back != d {
			t.Fatalf("%v is written as %q, %v, and read as %v", d, text, err, back)
		}
	})
}

// A day outside the years 1 to 9999 is not valid, however large the count.
func TestAddDaysOfAnyCount(t *testing.T) {
	first, last, some := refund.MustDate("0001-01-01"), refund.MustDate("9999-12-31"), refund.MustDate("2026-03-01")
	type row struct {
		because string
		day     refund.Date
		n       int
		valid   bool
	}
	eachRow(t, []row{
		{"from the first day to the last", first, 3_652_058, true},
		{"from the last day to the first", last, -3_652_058, true},
		{"a day beyond the last", last, 1, false},
		{"a day before the first", first, -1, false},
		{"days that fill 32 bits", some, math.MaxInt32, false},
		{"days that fill 32 bits, back", some, math.MinInt32, false},
		{"the greatest count", some, math.MaxInt, false},
		{"the least count", some, math.MinInt, false},
		{"a count whose seconds wrap around to this day", some, math.MaxInt/86_400*2 + 2, false},
		{"2⁶⁴ seconds in days", some, math.MaxInt / 43_200, false},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		if got := r.day.AddDays(r.n); got.IsValid() != r.valid {
			t.Errorf("%v and %d days is %v", r.day, r.n, got)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int().Draw(t, "n")
		if n > -4_000_000 && n < 4_000_000 {
			return
		}
		if got := some.AddDays(n); got.IsValid() || (n < 0) != (got.Compare(some) < 0) {
			t.Fatalf("%v and %d days is %v", some, n, got)
		}
	})
}

func TestParseDate(t *testing.T) {
	type row struct {
		because string
		text    string
		want    refund.Date // zero: refused
	}
	eachRow(t, []row{
		{"a day", "2026-12-25", refund.Date{Year: 2026, Month: time.December, Day: 25}},
		{"the first day", "0001-01-01", refund.Date{Year: 1, Month: time.January, Day: 1}},
		{"the last day", "9999-12-31", refund.Date{Year: 9999, Month: time.December, Day: 31}},
		{"a leap day", "2028-02-29", refund.Date{Year: 2028, Month: time.February, Day: 29}},
		{"a leap day of a century", "2000-02-29", refund.Date{Year: 2000, Month: time.February, Day: 29}},
		{"29 February of a common year", "2026-02-29", refund.Date{}},
		{"29 February of a century that is not a leap year", "1900-02-29", refund.Date{}},
		{"31 April", "2026-04-31", refund.Date{}},
		{"month 0", "2026-00-10", refund.Date{}},
		{"month 13", "2026-13-10", refund.Date{}},
		{"day 0", "2026-01-00", refund.Date{}},
		{"day 32", "2026-01-32", refund.Date{}},
		{"year 0", "0000-01-01", refund.Date{}},
		{"no text", "", refund.Date{}},
		{"a digit less", "2026-1-025", refund.Date{}},
		{"a day of one digit", "2026-12-2", refund.Date{}},
		{"a day of three digits", "2026-12-255", refund.Date{}},
		{"longer by a zero", "2026-12-025", refund.Date{}},
		{"longer by a point", "2026-12-25.", refund.Date{}},
		{"a five-digit year", "12026-12-25", refund.Date{}},
		{"no hyphen after the year", "2026.12-25", refund.Date{}},
		{"no hyphen after the month", "2026-12.25", refund.Date{}},
		{"no digits in the year", "2o26-12-25", refund.Date{}},
		{"no digits in the month", "2026-1z-25", refund.Date{}},
		{"no digits in the day", "2026-12-2x", refund.Date{}},
		{"a sign in the year", "-026-12-25", refund.Date{}},
		{"a sign in the day", "2026-12-+5", refund.Date{}},
		{"a space for a digit", "2026-12- 5", refund.Date{}},
		{"with a time", "2026-12-25T00:00:00Z", refund.Date{}},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		d, err := refund.ParseDate(r.text)
		if d != r.want {
			t.Errorf("got %v, want %v", d, r.want)
		}
		if r.want != (refund.Date{}) {
			if err != nil {
				t.Error(err)
			}
			return
		}
		wantPaths(t, err, "date")

		kept := refund.MustDate("2026-01-02")
		if err := kept.UnmarshalText([]byte(r.text)); r.text != "" {
			wantPaths(t, err, "date")
			if kept != refund.MustDate("2026-01-02") {
				t.Errorf("an error left %v", kept)
			}
		}
	})
	_, err := refund.ParseDate("2026-02-29")
	if err == nil || err.Error() != "refund: invalid input: date: is not a day of the calendar" {
		t.Errorf("a day that is not on the calendar: %v", err)
	}
}

func TestDateIsValid(t *testing.T) {
	type row struct {
		because string
		date    refund.Date
		want    bool
		text    string
	}
	eachRow(t, []row{
		{"the zero Date", refund.Date{}, false, "0000-00-00"},
		{"the first day", refund.Date{Year: 1, Month: 1, Day: 1}, true, "0001-01-01"},
		{"the day before", refund.Date{Year: 0, Month: 12, Day: 31}, false, "0000-12-31"},
		{"the last day", refund.Date{Year: 9999, Month: 12, Day: 31}, true, "9999-12-31"},
		{"the day after", refund.Date{Year: 10_000, Month: 1, Day: 1}, false, "10000-01-01"},
		{"a year before the first", refund.Date{Year: -5, Month: 1, Day: 1}, false, "-5-01-01"},
		{"month 0", refund.Date{Year: 2026, Month: 0, Day: 1}, false, "2026-00-01"},
		{"month 13", refund.Date{Year: 2026, Month: 13, Day: 1}, false, "2026-13-01"},
		{"a month before the first", refund.Date{Year: 2026, Month: -1, Day: 1}, false, "2026--1-01"},
		{"day 0", refund.Date{Year: 2026, Month: 1, Day: 0}, false, "2026-01-00"},
		{"31 January", refund.Date{Year: 2026, Month: 1, Day: 31}, true, "2026-01-31"},
		{"32 January", refund.Date{Year: 2026, Month: 1, Day: 32}, false, "2026-01-32"},
		{"28 February", refund.Date{Year: 2026, Month: 2, Day: 28}, true, "2026-02-28"},
		{"29 February of a common year", refund.Date{Year: 2026, Month: 2, Day: 29}, false, "2026-02-29"},
		{"29 February of a leap year", refund.Date{Year: 2028, Month: 2, Day: 29}, true, "2028-02-29"},
		{"30 February of a leap year", refund.Date{Year: 2028, Month: 2, Day: 30}, false, "2028-02-30"},
		{"a year of two digits", refund.Date{Year: 10, Month: 10, Day: 10}, true, "0010-10-10"},
		{"a year of three digits", refund.Date{Year: 100, Month: 9, Day: 9}, true, "0100-09-09"},
		{"the last year of three digits", refund.Date{Year: 999, Month: 9, Day: 9}, true, "0999-09-09"},
		{"a day far outside the calendar", refund.Date{Year: math.MinInt32, Month: 1, Day: math.MaxInt32}, false, "-2147483648-01-2147483647"},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		if got := r.date.IsValid(); got != r.want {
			t.Errorf("valid: %v", got)
		}
		if got := r.date.IsZero(); got != (r.date == refund.Date{}) {
			t.Errorf("zero: %v", got)
		}
		if got := r.date.String(); got != r.text {
			t.Errorf("prints as %q, want %q", got, r.text)
		}
		text, err := r.date.MarshalText()
		switch {
		case r.date.IsZero():
			if len(text) != 0 || err != nil {
				t.Errorf("the zero Date is written as %q, %v", text, err)
			}
		case r.want:
			if string(text) != r.text || err != nil {
				t.Errorf("written as %q, %v", text, err)
			}
		default:
			wantPaths(t, err, "date")
			if text != nil {
				t.Errorf("an error comes with %q", text)
			}
		}
	})
	d := refund.MustDate("2026-01-02")
	if err := d.UnmarshalText(nil); err != nil || !d.IsZero() {
		t.Errorf("the empty text is read as %v, %v", d, err)
	}
}

func TestDateCompare(t *testing.T) {
	type row struct {
		because string
		a, b    string
		want    int
	}
	eachRow(t, []row{
		{"the same day", "2026-05-05", "2026-05-05", 0},
		{"the year decides first", "2025-12-31", "2026-01-01", -1},
		{"then the month", "2026-05-01", "2026-04-30", +1},
		{"then the day", "2026-05-04", "2026-05-05", -1},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		a, b := refund.MustDate(r.a), refund.MustDate(r.b)
		if a.Compare(b) != r.want || b.Compare(a) != -r.want {
			t.Errorf("got %d and %d, want %d", a.Compare(b), b.Compare(a), r.want)
		}
	})
}

func TestDateStart(t *testing.T) {
	type row struct {
		because string
		place   string
		date    string
		want    string
	}
	eachRow(t, []row{
		{"midnight, clocks change later that day", "America/New_York", "2026-03-08", "2026-03-08T00:00:00-05:00"},
		{"midnight, clocks have changed the day before", "America/New_York", "2026-03-09", "2026-03-09T00:00:00-04:00"},
		{"clocks are put forward at midnight", "America/Havana", "2026-03-08", "2026-03-08T01:00:00-04:00"},
		{"clocks are put forward at midnight, east of Greenwich", "Asia/Beirut", "2026-03-29", "2026-03-29T01:00:00+03:00"},
		{"clocks are put back after midnight: the first of two midnights", "America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"},
		{"clocks are put back over midnight: the day has already started", "America/St_Johns", "2010-11-07", "2010-11-07T00:00:00-02:30"},
		{"a day that the place skipped starts with the next day", "Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},
		{"the place with the largest offset", "Pacific/Kiritimati", "2026-01-01", "2026-01-01T00:00:00+14:00"},
		{"the place with the smallest offset", "Etc/GMT+12", "2026-01-01", "2026-01-01T00:00:00-12:00"},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		loc := placeOf(t, r.place)
		got := refund.MustDate(r.date).Start(loc)
		if got.Format(time.RFC3339) != r.want || got.Location() != loc {
			t.Errorf("got %v, want %s", got, r.want)
		}
	})
}

// The oracle reads the clock every quarter of an hour.
func TestDateStartIsTheFirstInstant(t *testing.T) {
	places := []string{"America/New_York", "America/Havana", "Asia/Beirut", "America/Santiago", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Africa/Cairo", "Etc/GMT+12"}
	rapid.Check(t, func(t *rapid.T) {
		loc := placeOf(t, rapid.SampledFrom(places).Draw(t, "place"))
		d := refund.MustDate("2000-01-01").AddDays(rapid.IntRange(0, 14_000).Draw(t, "day"))
		first := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Add(-30 * time.Hour)
		for refund.DateOf(first.In(loc)).Compare(d) < 0 {
			first = first.Add(15 * time.Minute)
		}
		if got := d.Start(loc); !got.Equal(first) {
			t.Fatalf("%v starts at %v, want %v", d, got, first.In(loc))
		}
	})
}

func TestDateOfItsOwnLocation(t *testing.T) {
	instant := time.Date(2026, 3, 1, 3, 0, 0, 0, time.UTC)
	if got := refund.DateOf(instant); got != refund.MustDate("2026-03-01") {
		t.Errorf("in UTC: %v", got)
	}
	if got := refund.DateOf(instant.In(placeOf(t, "America/New_York"))); got != refund.MustDate("2026-02-28") {
		t.Errorf("in New York: %v", got)
	}
}

func TestMustDate(t *testing.T) {
	if got := refund.MustDate("2026-12-25"); got != (refund.Date{Year: 2026, Month: 12, Day: 25}) {
		t.Errorf("got %v", got)
	}
	defer func() {
		if err, ok := recover().(error); !ok || pathsOf(t, err) == nil {
			t.Error("MustDate did not panic with the error")
		}
	}()
	refund.MustDate("2026-02-30")
}
