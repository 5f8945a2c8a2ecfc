package csvlog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// TestTimes has calls of 2 March 2026.
func TestTimes(t *testing.T) {
	for _, r := range []struct {
		why, start, end, duration, answered, billable, disposition string

		paths string
		want  string // start, answered and end of a valid record
	}{
		{"every column", "10:00:00", "10:10:05", "605", "10:00:05", "600", "ANSWERED", "", "10:00:00 10:00:05 10:10:05"},
		{"no duration", "10:00:00", "10:10:05", "", "10:00:05", "600", "ANSWERED", "", "10:00:00 10:00:05 10:10:05"},
		{"no end", "10:00:00", "", "605", "10:00:05", "600", "ANSWERED", "", "10:00:00 10:00:05 10:10:05"},
		{"neither end nor duration", "10:00:00", "", "", "10:00:05", "600", "ANSWERED", "end", ""},
		{"no start", "", "10:10:05", "605", "10:00:05", "600", "ANSWERED", "start", ""},
		{"no billable time", "10:00:00", "10:10:05", "605", "10:00:05", "", "ANSWERED", "", "10:00:00 10:00:05 10:10:05"},
		{"no time of the answer", "10:00:00", "10:10:05", "605", "", "600", "ANSWERED", "", "10:00:00 10:00:05 10:10:05"},
		{"answered, without a sign of it", "10:00:00", "10:10:05", "605", "", "", "ANSWERED", "answered", ""},
		{"start, duration and billable time alone", "10:00:00", "", "605", "", "600", "ANSWERED", "", "10:00:00 10:00:05 10:10:05"},
		{"a billable time that was rounded up", "10:00:00", "", "605", "", "606", "ANSWERED", "", "10:00:00 10:00:00 10:10:05"},
		{"a billable time that is longer than the call", "10:00:00", "", "605", "", "607", "ANSWERED", "billable", ""},
		{"no length", "10:00:00", "10:00:00", "0", "10:00:00", "0", "ANSWERED", "", "10:00:00 10:00:00 10:00:00"},
		{"a duration that was cut off", "10:00:00", "10:10:05", "604", "10:00:05", "599", "ANSWERED", "", "10:00:00 10:00:05 10:10:05"},
		{"a duration that was rounded up", "10:00:00", "10:10:05", "606", "10:00:05", "601", "ANSWERED", "", "10:00:00 10:00:05 10:10:05"},
		{"a duration that is two short", "10:00:00", "10:10:05", "603", "10:00:05", "600", "ANSWERED", "duration", ""},
		{"a duration that is two long", "10:00:00", "10:10:05", "607", "10:00:05", "600", "ANSWERED", "duration", ""},
		{"a billable time that is two short", "10:00:00", "10:10:05", "605", "10:00:05", "598", "ANSWERED", "billable", ""},
		{"a billable time that is two long", "10:00:00", "10:10:05", "605", "10:00:05", "602", "ANSWERED", "billable", ""},
		{"an end before the start", "10:00:01", "10:00:00", "", "", "0", "BUSY", "end", ""},
		{"an answer before the start", "10:00:01", "10:00:09", "", "10:00:00", "9", "ANSWERED", "answered", ""},
		{"an answer after the end", "10:00:01", "10:00:09", "", "10:00:10", "", "ANSWERED", "answered", ""},
		{"an answer after the end that the duration gives", "10:00:00", "", "9", "10:00:10", "", "ANSWERED", "", "10:00:00 10:00:10 10:00:10"},
		{"an answer long after that end", "10:00:00", "", "9", "10:00:11", "", "ANSWERED", "answered", ""},

		{"unanswered", "10:00:00", "10:00:20", "20", "", "0", "NO ANSWER", "", "10:00:00 unanswered 10:00:20"},
		{"canceled", "10:00:00", "10:00:20", "20", "", "0", "CANCEL", "", "10:00:00 unanswered 10:00:20"},
		{"busy after a menu answered", "10:00:00", "10:00:20", "20", "10:00:05", "15", "BUSY", "", "10:00:00 unanswered 10:00:20"},
		{"unanswered, with an answer that is not a time", "10:00:00", "10:00:20", "20", "0000-00-00 00:00:00", "", "FAILED", "", "10:00:00 unanswered 10:00:20"},
		{"an unknown disposition", "10:00:00", "10:10:05", "605", "10:00:05", "600", "answered", "", "10:00:00 unanswered 10:10:05 warning"},
		{"an empty disposition", "10:00:00", "10:10:05", "605", "10:00:05", "600", "", "", "10:00:00 unanswered 10:10:05 warning"},

		{"a start that is not a time", "x", "10:10:05", "605", "10:00:05", "600", "ANSWERED", "start", ""},
		{"an end that is not a time", "10:00:00", "x", "605", "10:00:05", "600", "ANSWERED", "end", ""},
		{"an answer that is not a time", "10:00:00", "10:10:05", "605", "x", "600", "ANSWERED", "answered", ""},
		{"durations that are not", "10:00:00", "10:10:05", "-605", "10:00:05", "x", "ANSWERED", "duration billable", ""},
		{"every column has a fault", "x", "x", "x", "x", "x", "ANSWERED", "start end duration billable answered", ""},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			clock := func(s string) string {
				if len(s) == len("10:00:00") {
					return "2026-03-02 " + s
				}
				return s
			}
			record, err := one(t, with("start", clock(r.start), "end", clock(r.end), "duration", r.duration, "answered", clock(r.answered),
				"billable", r.billable, "disposition", r.disposition))
			if got := strings.Join(testkit.Paths(err), " "); got != r.paths {
				t.Fatalf("faults %q, want %q: %v", got, r.paths, err)
			}
			if err != nil {
				return
			}
			answered := "unanswered"
			if !record.Call.Answered.IsZero() {
				answered = record.Call.Answered.Format(time.TimeOnly)
			}
			got := record.Call.Start.Format(time.TimeOnly) + " " + answered + " " + record.Call.End.Format(time.TimeOnly)
			if len(record.Warnings) > 0 {
				got += " warning"
			}
			if got != r.want {
				t.Errorf("%s, want %s", got, r.want)
			}
		})
	}
}

// Without a column of the disposition, an answer or a billable time says that a call was
// answered.
func TestCallsWithoutADisposition(t *testing.T) {
	for _, r := range []struct {
		why, answered, billable string
		want                    bool
	}{
		{"an answer", "2026-03-02 10:00:05", "", true},
		{"a billable time", "", "600", true},
		{"both", "2026-03-02 10:00:05", "600", true},
		{"a billable time of zero", "", "0", false},
		{"neither", "", "", false},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			m := calls()
			m.Disposition = ""
			got := read(t, strings.NewReader(header+"\n"+with("answered", r.answered, "billable", r.billable)), inUTC(m))
			if got[0].Err != "" || got[0].Answered != none != r.want {
				t.Errorf("answered at %s, faults %q", got[0].Answered, got[0].Err)
			}
		})
	}
}

func TestLayouts(t *testing.T) {
	for _, r := range []struct {
		why     string
		layouts []string
		text    string
		want    string // in New York, or "" for a fault
	}{
		{"the default", nil, "2026-03-02 10:00:00", "2026-03-02T10:00:00-05:00"},
		{"the default has no T", nil, "2026-03-02T10:00:00", ""},
		{"a fraction", nil, "2026-03-02 10:00:00.25", "2026-03-02T10:00:00.25-05:00"},
		{"an offset of zero", []string{time.RFC3339}, "2026-03-02T15:00:00Z", "2026-03-02T10:00:00-05:00"},
		{"another offset", []string{time.RFC3339}, "2026-03-02T16:00:00+01:00", "2026-03-02T10:00:00-05:00"},
		{"the second layout", []string{time.RFC3339, "1/2/2006 3:04 PM"}, "3/2/2026 10:00 AM", "2026-03-02T10:00:00-05:00"},
		{"the first layout that fits", []string{"02/01/2006 15:04", "01/02/2006 15:04"}, "02/03/2026 10:00", "2026-03-02T10:00:00-05:00"},
		{"a day that does not exist", nil, "2026-02-29 10:00:00", ""},
		{"a leap second", nil, "2016-12-31 23:59:60", ""},
		{"a skipped time", nil, "2026-03-08 02:30:00", ""},
		{"a skipped time with an offset is an instant", []string{"2006-01-02 15:04:05 -0700"}, "2026-03-08 02:30:00 -0500", "2026-03-08T03:30:00-04:00"},
		{"a year before 1970", nil, "1969-12-31 23:59:59", ""},
		{"a year after 9998", nil, "9999-01-01 00:00:00", ""},
		{"the zero date of a database", nil, "0000-00-00 00:00:00", ""},
		{"blanks around a time", nil, " 2026-03-02 10:00:00 ", ""},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			m := csvlog.Mapping{Kind: evidence.KindRecording, Start: "start", Duration: "duration", Layouts: r.layouts}
			got := read(t, strings.NewReader("start,duration\n"+r.text+",0"), csvlog.Options{Location: testkit.NewYork, Mapping: m})
			want := r.want
			if want != "" {
				want += " America/New_York"
			}
			if got[0].Start != want || (got[0].Err != "") != (r.want == "") {
				t.Errorf("read as %q, want %q, faults at %q", got[0].Start, want, got[0].Err)
			}
		})
	}
}

func TestClocksThatChange(t *testing.T) {
	const back = "2025-11-02 "
	for _, r := range []struct {
		why, start, end, duration string
		want                      string // start and end in UTC
		warned                    bool
	}{
		{"the end is the first of two", "00:50", "01:10", "1200", "04:50 05:10", false},
		{"the end is the second of two", "00:50", "01:10", "4800", "04:50 06:10", false},
		{"the start is the second of two", "01:50", "02:10", "1200", "06:50 07:10", false},
		{"ends before it begins, by the clock", "01:50", "01:10", "1200", "05:50 06:10", false},
		{"ends before it begins, by the clock, without a duration", "01:50", "01:10", "", "05:50 06:10", false},
		{"both readings fit", "01:10", "01:20", "600", "05:10 05:20", true},
		{"without a duration, a longer call fits too", "00:50", "01:10", "", "04:50 05:10", true},
		{"without an end, both readings fit", "01:10", "", "600", "05:10 05:20", true},
		{"no reading is in doubt", "00:10", "00:20", "", "04:10 04:20", false},
		{"no reading fits", "01:50", "02:10", "1800", "", false},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			at := func(s string) string {
				if s == "" {
					return ""
				}
				return back + s + ":00"
			}
			m := csvlog.Mapping{Kind: evidence.KindRecording, Start: "start", End: "end", Duration: "duration"}
			in, err := csvlog.NewReader(strings.NewReader("start,end,duration\n"+at(r.start)+","+at(r.end)+","+r.duration), csvlog.Options{Location: testkit.NewYork, Mapping: m})
			if err != nil {
				t.Fatal(err)
			}
			for record, err := range in.All() {
				check(t, record, err)
				if err != nil {
					if r.want != "" {
						t.Error(err)
					}
					continue
				}
				got := record.Recording.Start.UTC().Format("15:04") + " " + record.Recording.End.UTC().Format("15:04")
				if got != r.want || (len(record.Warnings) > 0) != r.warned {
					t.Errorf("%s, want %s, warnings %v", got, r.want, record.Warnings)
				}
			}
		})
	}
}

func TestDurations(t *testing.T) {
	for _, r := range []struct {
		why, text string
		want      time.Duration // -1 for a fault
	}{
		{"seconds", "605", 605 * time.Second},
		{"leading zeros", "0605", 605 * time.Second},
		{"a fraction", "605.25", 605*time.Second + 250*time.Millisecond},
		{"a fraction of nine digits", "0.000000001", 1},
		{"a fraction of ten digits", "0.0000000001", -1},
		{"minutes and seconds", "10:05", 605 * time.Second},
		{"many minutes", "90:05", 5405 * time.Second},
		{"hours, minutes and seconds", "1:10:05", 4205 * time.Second},
		{"hours, minutes, seconds and a fraction", "01:10:05.5", 4205*time.Second + 500*time.Millisecond},
		{"the longest duration", "2147483647", 2147483647 * time.Second},
		{"a longer one", "2147483648", -1},
		{"hours that are too many", "9999999999:00:00", -1},
		{"seconds above 59", "10:60", -1},
		{"minutes above 59", "1:60:00", -1},
		{"minutes of one digit after hours", "1:5:00", -1},
		{"four parts", "1:00:00:00", -1},
		{"a sign", "+605", -1},
		{"a negative number", "-605", -1},
		{"an exponent", "6e2", -1},
		{"a decimal comma", `"605,5"`, -1},
		{"a point without digits", "605.", -1},
		{"a blank", " 605", -1},
		{"digits of another script", "６０５", -1},
		{"Go's form", "10m5s", -1},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			m := csvlog.Mapping{Kind: evidence.KindRecording, Start: "start", Duration: "duration"}
			in, err := csvlog.NewReader(strings.NewReader("start,duration\n2026-03-02 10:00:00,"+r.text), inUTC(m))
			if err != nil {
				t.Fatal(err)
			}
			for record, err := range in.All() {
				check(t, record, err)
				got := time.Duration(-1)
				if err == nil {
					got = record.Recording.End.Sub(record.Recording.Start)
				}
				if got != r.want {
					t.Errorf("%v, want %v: %v", got, r.want, err)
				}
			}
		})
	}
}

func TestCallsBeyondTheLastYear(t *testing.T) {
	_, err := one(t, with("start", "9998-12-31 23:59:59", "end", "", "duration", "2147483647", "answered", "", "billable", "", "disposition", "BUSY"))
	if got := strings.Join(testkit.Paths(err), " "); got != "duration" {
		t.Errorf("faults %q: %v", got, err)
	}
}
