package cdr_test

import (
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestTimes(t *testing.T) {
	for _, r := range []struct{ why, start, answer, end, duration, billsec, paths string }{
		{"to the second", "10:00:00", "10:00:05", "10:10:05", "605", "600", ""},
		{"parts of a second were cut off", "10:00:00", "10:00:05", "10:10:05", "604", "599", ""},
		{"parts of a second were rounded up", "10:00:00", "10:00:05", "10:10:05", "606", "601", ""},
		{"a duration that is two short", "10:00:00", "10:00:05", "10:10:05", "603", "600", "duration"},
		{"a duration that is two long", "10:00:00", "10:00:05", "10:10:05", "607", "600", "duration"},
		{"a billsec that is two short", "10:00:00", "10:00:05", "10:10:05", "605", "598", "billsec"},
		{"a billsec that is two long", "10:00:00", "10:00:05", "10:10:05", "605", "602", "billsec"},
		{"both are wrong", "10:00:00", "10:00:05", "10:10:05", "0", "0", "duration billsec"},
		{"a call of no length", "10:00:00", "10:00:00", "10:00:00", "0", "0", ""},
		{"answered at the end", "10:00:00", "10:00:09", "10:00:09", "9", "0", ""},
		{"an end before the start", "10:00:01", "10:00:01", "10:00:00", "0", "0", "end answer"},
		{"an hour before the start", "10:00:00", "10:00:00", "09:00:00", "3600", "3600", "end duration answer billsec"},
		{"an answer before the start", "10:00:01", "10:00:00", "10:00:10", "9", "10", "answer"},
		{"an answer after the end", "10:00:00", "10:00:11", "10:00:10", "10", "0", "answer"},
		{"answered, without an answer", "10:00:00", "", "10:00:10", "10", "0", "answer"},
		{"answered and billed, without an answer", "10:00:00", "", "10:00:10", "10", "1", "answer billsec"},
		{"no start", "", "10:00:00", "10:00:10", "10", "10", "start"},
		{"no end", "10:00:00", "10:00:00", "", "10", "10", "end"},
		{"no start, and a wrong billsec", "", "10:00:00", "10:00:10", "10", "20", "start billsec"},
		{"no end, and an answer before the start", "10:00:01", "10:00:00", "", "10", "10", "end answer"},
		{"no start, and an answer after the end", "", "10:00:11", "10:00:10", "10", "0", "start answer"},
		{"an answer that is not a time", "10:00:00", "yes", "10:00:10", "10", "99", "answer"},
		{"a start that is not a time, and a duration that is not a number", "x", "10:00:00", "10:00:10", "x", "10", "start duration"},
		{"an unreadable billsec, and a wrong duration", "10:00:00", "10:00:00", "10:00:10", "12", "x", "billsec duration"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			clock := func(s string) string {
				if len(s) == len("10:00:00") {
					return quote("2026-03-02 " + s)
				}
				return s
			}
			line := sound().with("start", clock(r.start), "answer", clock(r.answer), "end", clock(r.end), "duration", r.duration, "billsec", r.billsec)
			_, err := one(t, line.String(), inUTC)
			if got := paths(t, err); got != r.paths {
				t.Errorf("faults %q, want %q: %v", got, r.paths, err)
			}
		})
	}
}

func TestTimesOfUnansweredCalls(t *testing.T) {
	for _, r := range []struct{ why, disposition, answer, billsec, paths string }{
		{"nobody answered", "NO ANSWER", "", "0", ""},
		{"nobody answered, and a second was billed", "NO ANSWER", "", "1", "billsec"},
		{"busy after the menu had answered", "BUSY", "2026-03-02 10:00:05", "600", ""},
		{"busy after the menu had answered, with a wrong billsec", "BUSY", "2026-03-02 10:00:05", "0", "billsec"},
		{"an unknown disposition needs no answer", "answered", "", "0", ""},
		{"an unreadable billsec does not contradict the answer", "NO ANSWER", "", "-1", "billsec"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			row, err := one(t, sound().with("disposition", quote(r.disposition), "answer", r.answer, "billsec", r.billsec).String(), inUTC)
			if got := paths(t, err); got != r.paths {
				t.Errorf("faults %q, want %q: %v", got, r.paths, err)
			}
			if err == nil && (row.Answer.IsZero() != (r.answer == "") || !row.Call().Answered.IsZero()) {
				t.Errorf("answered at %v, as a call at %v", row.Answer, row.Call().Answered)
			}
		})
	}
}

func TestDatesAndClockTimes(t *testing.T) {
	for _, r := range []struct {
		why, text string
		good      bool
	}{
		{"a day of a leap year", "2028-02-29 10:00:00", true},
		{"29 February of a common year", "2026-02-29 10:00:00", false},
		{"the last second of a day", "2026-03-02 23:59:59", true},
		{"the hour 24", "2026-03-02 24:00:00", false},
		{"a leap second", "2016-12-31 23:59:60", false},
		{"a month with one digit", "2026-3-02 10:00:00", false},
		{"an hour with one digit", "2026-03-02 9:00:00", false},
		{"a year with five digits", "12026-03-02 10:00:00", false},
		{"a fraction of a second", "2026-03-02 10:00:00.5", false},
		{"a fraction of a second with a comma", "2026-03-02 10:00:00,5", false},
		{"an offset", "2026-03-02 10:00:00Z", false},
		{"a T between date and time", "2026-03-02T10:00:00", false},
		{"a date without a time", "2026-03-02", false},
		{"a blank before it", " 2026-03-02 10:00:00", false},
		{"seconds since 1970", "1772445600", false},
		{"digits of another script", "２０２６-03-02 10:00:00", false},
		{"before 1970", "1969-12-31 23:59:59", false},
		{"the first second of 1970", "1970-01-01 00:00:00", true},
		{"the last year", "9998-12-31 23:59:59", true},
		{"a year that may be 10000 elsewhere", "9999-01-01 00:00:00", false},
		{"the year 0", "0000-01-01 00:00:00", false},
		{"the zero Time", "0001-01-01 00:00:00", false},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for _, place := range []*time.Location{time.UTC, testkit.Zone("America/New_York"), testkit.Zone("Pacific/Kiritimati")} {
				at := quote(r.text)
				row, err := one(t, sound().with("start", at, "answer", at, "end", at, "duration", "0", "billsec", "0").String(), cdr.Options{Location: place})
				want := "start answer end"
				if r.good {
					want = ""
				}
				if got := paths(t, err); got != want {
					t.Errorf("%v: faults %q, want %q: %v", place, got, want, err)
				}
				if r.good && (row.Start.Format(time.DateTime) != r.text || row.Start.Location() != place) {
					t.Errorf("%v: read as %v", place, row.Start)
				}
			}
		})
	}
}

func TestClocksThatChange(t *testing.T) {
	const back, forward, howe = "2025-11-02 ", "2026-03-08 ", "2026-04-05 "
	for _, r := range []struct {
		why, place, day, start, answer, end, duration, billsec string

		paths string
		want  [3]string // the instants of a valid row, in UTC
	}{
		{"the end is the first of two", "America/New_York", back, "00:50", "00:50", "01:10", "1200", "1200", "", [3]string{"04:50", "04:50", "05:10"}},
		{"the end is the second of two", "America/New_York", back, "00:50", "00:50", "01:10", "4800", "4800", "", [3]string{"04:50", "04:50", "06:10"}},
		{"the start is the first of two", "America/New_York", back, "01:50", "01:50", "02:10", "4800", "4800", "", [3]string{"05:50", "05:50", "07:10"}},
		{"the start is the second of two", "America/New_York", back, "01:50", "01:50", "02:10", "1200", "1200", "", [3]string{"06:50", "06:50", "07:10"}},
		{"ends before it begins, by the clock", "America/New_York", back, "01:50", "01:55", "01:10", "1200", "900", "", [3]string{"05:50", "05:55", "06:10"}},
		{"from the first to the second", "America/New_York", back, "01:10", "01:10", "01:20", "4200", "4200", "", [3]string{"05:10", "05:10", "06:20"}},
		{"both readings fit: the earliest", "America/New_York", back, "01:10", "01:15", "01:20", "600", "300", "", [3]string{"05:10", "05:15", "05:20"}},
		{"the answer is the first of two", "America/New_York", back, "00:10", "01:30", "02:10", "10800", "6000", "", [3]string{"04:10", "05:30", "07:10"}},
		{"the answer is the second of two", "America/New_York", back, "00:10", "01:30", "02:10", "10800", "2400", "", [3]string{"04:10", "06:30", "07:10"}},
		{"the answer is the second of two, with the start the first", "America/New_York", back, "01:10", "01:30", "02:10", "7200", "2400", "", [3]string{"05:10", "06:30", "07:10"}},
		{"answer and duration fit both readings: the earliest", "America/New_York", back, "01:10", "01:30", "01:40", "1800", "600", "", [3]string{"05:10", "05:30", "05:40"}},
		{"off by a second", "America/New_York", back, "01:50", "01:50", "02:10", "1201", "1199", "", [3]string{"06:50", "06:50", "07:10"}},
		{"no reading fits the duration", "America/New_York", back, "01:50", "01:50", "02:10", "1800", "1200", "duration", [3]string{}},
		{"no reading fits the billsec", "America/New_York", back, "01:50", "01:50", "02:10", "1200", "1800", "billsec", [3]string{}},
		{"no reading fits a call that ends before it begins, by the clock", "America/New_York", back, "01:50", "01:50", "01:10", "1800", "1800", "duration billsec", [3]string{}},
		{"durations that fit different ends", "America/New_York", back, "00:10", "01:30", "01:20", "4200", "3000", "duration", [3]string{}},
		{"the first second that is repeated", "America/New_York", back, "00:59", "01:00", "01:00", "3660", "3600", "", [3]string{"04:59", "05:00", "06:00"}},
		{"the first second after the repeated hour", "America/New_York", back, "01:00", "02:00", "02:00", "7200", "0", "", [3]string{"05:00", "07:00", "07:00"}},
		{"across the skipped hour", "America/New_York", forward, "01:50", "03:00", "03:10", "1200", "600", "", [3]string{"06:50", "07:00", "07:10"}},
		{"the first time that is skipped", "America/New_York", forward, "02:00", "03:00", "03:10", "1200", "600", "start", [3]string{}},
		{"every time is skipped", "America/New_York", forward, "02:30", "02:30", "02:30", "0", "0", "start answer end", [3]string{}},
		{"half an hour is repeated", "Australia/Lord_Howe", howe, "01:45", "01:50", "01:40", "1500", "1200", "", [3]string{"14:45", "14:50", "15:10"}},
		{"half an hour is repeated, and the start is the second", "Australia/Lord_Howe", howe, "01:45", "01:50", "02:05", "1200", "900", "", [3]string{"15:15", "15:20", "15:35"}},
		{"before the half hour that is repeated", "Australia/Lord_Howe", howe, "01:20", "01:20", "01:29", "540", "540", "", [3]string{"14:20", "14:20", "14:29"}},
		{"two hours are skipped", "Antarctica/Troll", "2026-03-29 ", "00:50", "00:50", "03:10", "1200", "1200", "", [3]string{"00:50", "00:50", "01:10"}},
		{"an answer in two skipped hours", "Antarctica/Troll", "2026-03-29 ", "00:50", "01:30", "03:10", "1200", "1200", "answer", [3]string{}},
		{"a day that a place skipped", "Pacific/Apia", "2011-12-30 ", "12:00", "12:00", "12:00", "0", "0", "start answer end", [3]string{}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			at := func(s string) string { return quote(r.day + s + ":00") }
			row, err := one(t, sound().with("start", at(r.start), "answer", at(r.answer), "end", at(r.end), "duration", r.duration,
				"billsec", r.billsec).String(), cdr.Options{Location: testkit.Zone(r.place)})
			if got := paths(t, err); got != r.paths {
				t.Fatalf("faults %q, want %q: %v", got, r.paths, err)
			}
			if err != nil {
				return
			}
			for i, got := range []time.Time{row.Start, row.Answer, row.End} {
				if got := got.UTC().Format("15:04"); got != r.want[i] {
					t.Errorf("%s is at %s, want %s", columns[9+i], got, r.want[i])
				}
			}
		})
	}
}
