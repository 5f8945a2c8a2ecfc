package csvlog_test

import (
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// calls returns the mapping of most tests. Its columns are the names of its fields.
func calls() csvlog.Mapping {
	return csvlog.Mapping{
		Kind: evidence.KindCall, ID: []string{"id"}, Account: "account", Agent: "agent", Issues: "issues",
		Start: "start", End: "end", Duration: "duration", Answered: "answered", Billable: "billable", Disposition: "disposition",
		From: "from", To: "to",
	}
}

// header and row are a valid file of the mapping calls.
const (
	header = "id,account,agent,issues,start,end,duration,answered,billable,disposition,from,to"
	row    = "C-1,ACC-7,ann,T-1 T-2,2026-03-02 10:00:00,2026-03-02 10:10:05,605,2026-03-02 10:00:05,600,ANSWERED,5550100,100"
)

// with returns row with other texts, given as pairs of a column and a text.
func with(pairs ...string) string {
	names, texts := strings.Split(header, ","), strings.Split(row, ",")
	for i := 0; i < len(pairs); i += 2 {
		found := false
		for j, name := range names {
			if name == pairs[i] {
				texts[j], found = pairs[i+1], true
			}
		}
		if !found {
			panic("unknown column " + pairs[i])
		}
	}
	return strings.Join(texts, ",")
}

func inUTC(m csvlog.Mapping) csvlog.Options { return csvlog.Options{Location: time.UTC, Mapping: m} }

// A plain is a record with every field as a text, since records print masked.
type plain struct {
	Line                                           int
	Kind, ID, Account, Agent, Start, End, Answered string
	From, To, Software                             string
	Issues                                         []string
	Warnings                                       refund.Faults
	Err                                            string // the paths of the faults
}

func plainly(r csvlog.Record, err error) plain {
	p := plain{Line: r.Line, Warnings: r.Warnings, Err: strings.Join(testkit.Paths(err), " ")}
	at := func(t time.Time) string { return t.Format(time.RFC3339Nano) + " " + t.Location().String() }
	of := func(h evidence.Header) {
		p.ID, p.Account, p.Agent, p.Issues, p.Start, p.End = h.ID, h.Account, h.Agent, h.Issues, at(h.Start), at(h.End)
	}
	if c := r.Call; c != nil {
		of(c.Header)
		p.Kind, p.From, p.To, p.Answered = "call", c.From, c.To, at(c.Answered)
	}
	if s := r.Recording; s != nil {
		of(s.Header)
		p.Kind, p.Software = "recording", s.Software
	}
	return p
}

// read reads a file. It fails if an error or a warning is not documented.
func read(t testing.TB, in io.Reader, o csvlog.Options) (list []plain) {
	t.Helper()
	r, err := csvlog.NewReader(in, o)
	if err != nil {
		t.Fatal(err)
	}
	for record, err := range r.All() {
		check(t, record, err)
		list = append(list, plainly(record, err))
	}
	return list
}

// one reads a file of one record under the header.
func one(t testing.TB, row string) (csvlog.Record, error) {
	t.Helper()
	in, err := csvlog.NewReader(strings.NewReader(header+"\n"+row+"\n"), inUTC(calls()))
	if err != nil {
		t.Fatal(err)
	}
	var record csvlog.Record
	n := 0
	for r, e := range in.All() {
		check(t, r, e)
		record, err = r, e
		n++
	}
	if n != 1 {
		t.Fatalf("%d records of one row", n)
	}
	return record, err
}

// reasons matches every sentence of a fault. None has a text of the file.
var reasons = regexp.MustCompile(`^(a text of \d+ bytes (is not UTF-8|has a NUL|is not a time such as [-/.:TZ0-9 ]+|` +
	`is not a duration such as 605, 605.25, 10:05 or 1:10:05, of at most 2147483647 seconds)|` +
	`is required(, because the call was answered)?|is not in the years 1970 to 9998|is a time that the clocks of [A-Za-z_/+-]+ skipped|` +
	`is before the start|is not the time from (start|answer) to end|is not between start and end|is longer than the call|ends after the year 9998|` +
	`has \d+ columns, not \d+|has \d+ columns, and may have 1000|is longer than 1 MiB|is missing from the file|is the name of \d+ columns|` +
	`names more than 1000 issues|the file has no line of column names)$`)

// doubts matches every sentence of a warning.
var doubts = regexp.MustCompile(`^(is not a known disposition; the call counts as unanswered|` +
	`the clocks showed the times of this record twice; the earlier reading is used)$`)

// check fails if a record is not valid, or if its error or its warnings are not
// documented.
func check(t testing.TB, r csvlog.Record, err error) {
	t.Helper()
	for _, w := range r.Warnings {
		if !doubts.MatchString(w.Reason) || w.Path == "" {
			t.Errorf("an undocumented warning: %v", w)
		}
	}
	if err == nil {
		var log evidence.Log
		r.AddTo(&log)
		if log.Len() != 1 {
			t.Errorf("%d records in one", log.Len())
		}
		if err := log.Validate(); err != nil {
			t.Error(err)
		}
		return
	}
	checkError(t, err)
	if r.Call != nil || r.Recording != nil || r.Warnings != nil {
		t.Errorf("a record with an error: %v", r)
	}
}

// checkError fails if the error of a line is not documented.
func checkError(t testing.TB, err error) {
	t.Helper()
	var line *evidence.LineError
	var invalid *refund.InvalidError
	if !errors.As(err, &line) || line.Line < 1 || !errors.As(line.Err, &invalid) || len(invalid.Faults) == 0 {
		t.Errorf("error %v, want a LineError of an InvalidError", err)
		return
	}
	for _, f := range invalid.Faults {
		if !reasons.MatchString(f.Reason) {
			t.Errorf("an undocumented reason: %q", f.Reason)
		}
	}
}

func same(t testing.TB, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func sample(t testing.TB, name string) io.Reader {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReader(string(data))
}
