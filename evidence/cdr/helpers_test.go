package cdr_test

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// columns are the names of all columns, in the order of a row.
var columns = []string{
	"accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata",
	"start", "answer", "end", "duration", "billsec", "disposition", "amaflags",
	"uniqueid", "userfield", "peeraccount", "linkedid", "sequence",
}

// free are the columns of free text.
var free = []string{
	"accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp", "lastdata",
	"uniqueid", "userfield", "peeraccount", "linkedid",
}

// fields are the columns of a row as a file has them: quoted where Asterisk quotes.
type fields []string

// sound returns a valid row with every column.
func sound() fields {
	return fields{
		`"ACC-7"`, `"5550100"`, `"100"`, `"support"`, `"""Jo"" <5550100>"`, `"SIP/trunk-1"`, `"SIP/desk-2"`, `"Dial"`, `"SIP/desk,30"`,
		`"2026-03-02 10:00:00"`, `"2026-03-02 10:00:05"`, `"2026-03-02 10:10:05"`, `605`, `600`, `"ANSWERED"`, `"DOCUMENTATION"`,
		`"1772463600.17"`, `"T-1"`, `"ACC-8"`, `"1772463599.16"`, `3`,
	}
}

// soundRow returns the Row of sound, on line 1 and in UTC.
func soundRow() cdr.Row {
	at := func(h, m, s int) time.Time { return time.Date(2026, 3, 2, h, m, s, 0, time.UTC) }
	return cdr.Row{
		Line: 1, AccountCode: "ACC-7", Source: "5550100", Destination: "100", Context: "support", CallerID: `"Jo" <5550100>`,
		Channel: "SIP/trunk-1", DestinationChannel: "SIP/desk-2", LastApp: "Dial", LastData: "SIP/desk,30",
		Start: at(10, 0, 0), Answer: at(10, 0, 5), End: at(10, 10, 5), Duration: 605 * time.Second, Billable: 600 * time.Second,
		Disposition: cdr.DispositionAnswered, AMAFlags: "DOCUMENTATION",
		UniqueID: "1772463600.17", UserField: "T-1", PeerAccount: "ACC-8", LinkedID: "1772463599.16", Sequence: 3,
	}
}

// with returns a copy with other texts, given as pairs of a column and a text.
func (f fields) with(pairs ...string) fields {
	f = slices.Clone(f)
	for i := 0; i < len(pairs); i += 2 {
		f[slices.Index(columns, pairs[i])] = pairs[i+1]
	}
	return f
}

func (f fields) String() string { return strings.Join(f, ",") }

func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// number and seconds return the text of a column without quotes.
func number(n int) string            { return strconv.Itoa(n) }
func seconds(d time.Duration) string { return number(int(d / time.Second)) }

// inUTC are the options of most tests.
var inUTC = cdr.Options{Location: time.UTC}

// A result is a row with its error.
type result struct {
	row cdr.Row
	err error
}

// read reads a file. It fails if an error is not that of a line.
func read(t testing.TB, file string, o cdr.Options) (results []result) {
	t.Helper()
	for row, err := range cdr.Read(strings.NewReader(file), o) {
		if err != nil {
			checkFault(t, row, err)
		}
		checkWarnings(t, row)
		results = append(results, result{row, err})
	}
	return results
}

// one reads a file of one line.
func one(t testing.TB, line string, o cdr.Options) (cdr.Row, error) {
	t.Helper()
	results := read(t, line+"\n", o)
	if len(results) != 1 {
		t.Fatalf("%d results for one line", len(results))
	}
	return results[0].row, results[0].err
}

// reasons matches every sentence of a fault. None has a text of the file.
var reasons = regexp.MustCompile(`^(a text of \d+ bytes (is not UTF-8|has a NUL|is not a whole number from 0 to 2147483647|` +
	`is not a time such as 2006-01-02 15:04:05)|is required(, because the call was answered)?|is not in the years 1970 to 9998|` +
	`is a time that the clocks of [A-Za-z_/+-]+ skipped|is before start|is not the time from (start|answer) to end|is not between start and end|` +
	`must be 0, because answer is empty|has a misplaced or a missing quote|` +
	`is (that of (FreePBX's export(, without its line of column names)?|a file with column names)|the (sample layout of module cdr_custom|default template of FreeSWITCH)), ` +
	`not that of module cdr_csv; package evidence/csvlog reads it|` +
	`has \d+ columns, not 16 to 21|is longer than 1 MiB)$`)

// doubts matches every sentence of a warning.
var doubts = regexp.MustCompile(`^(is (not|required:) one of NO ANSWER, FAILED, BUSY, ANSWERED, CONGESTION, UNKNOWN, CANCEL|` +
	`is not one of OMIT, BILLING, DOCUMENTATION, Unknown|the clocks showed the times of this call twice; the earlier reading is used)$`)

// checkWarnings fails unless a row's warnings are documented ones.
func checkWarnings(t testing.TB, row cdr.Row) {
	t.Helper()
	for _, w := range row.Warnings {
		if !slices.Contains([]string{"start", "disposition", "amaflags"}, w.Path) || !doubts.MatchString(w.Reason) {
			t.Errorf("an undocumented warning: %v", w)
		}
	}
}

// isZero reports whether a row holds only its line.
func isZero(row cdr.Row, line int) bool { return reflect.DeepEqual(row, cdr.Row{Line: line}) }

// checkFault fails unless a line's error is documented, and its row holds only the line.
func checkFault(t testing.TB, row cdr.Row, err error) {
	t.Helper()
	line, ok := err.(*evidence.LineError)
	if !ok {
		t.Fatalf("error %v, want a LineError", err)
	}
	if !isZero(row, line.Line) || line.Line < 1 {
		t.Errorf("a row with the error of line %d: %v", line.Line, row)
	}
	invalid, ok := line.Err.(*refund.InvalidError)
	if !ok || len(invalid.Faults) == 0 {
		t.Fatalf("error %v, want an InvalidError with faults", line.Err)
	}
	for _, f := range invalid.Faults {
		if f.Path != "" && f.Path != "layout" && !slices.Contains(columns, f.Path) {
			t.Errorf("path %q is not a column", f.Path)
		}
		if !reasons.MatchString(f.Reason) {
			t.Errorf("an undocumented reason: %q", f.Reason)
		}
	}
}

// paths returns the paths of an error's faults, in their order, and "" for nil.
func paths(t testing.TB, err error) string {
	t.Helper()
	list := testkit.Paths(err)
	if err != nil && list == nil {
		t.Fatalf("error %v, want an InvalidError", err)
	}
	for i, path := range list {
		if path == "" {
			list[i] = "line"
		}
	}
	return strings.Join(list, " ")
}

// same fails unless both have equal fields. It compares locations by name.
func same(t testing.TB, want, got any) {
	t.Helper()
	// Rows print masked, so the difference must show plain fields.
	if diff := cmp.Diff(want, got, cmp.Transformer("fields", plainly)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

type plainRow struct {
	Line, Sequence     int
	Texts              []string
	Times              []string
	Duration, Billable time.Duration
	Disposition        cdr.Disposition
	Warnings           refund.Faults
}

func plainly(r cdr.Row) plainRow {
	times := make([]string, 0, 3)
	for _, at := range []time.Time{r.Start, r.Answer, r.End} {
		times = append(times, at.Format(time.RFC3339Nano)+" "+at.Location().String())
	}
	return plainRow{
		r.Line, r.Sequence,
		[]string{r.AccountCode, r.Source, r.Destination, r.Context, r.CallerID, r.Channel, r.DestinationChannel, r.LastApp,
			r.LastData, r.AMAFlags, r.UniqueID, r.UserField, r.PeerAccount, r.LinkedID},
		times, r.Duration, r.Billable, r.Disposition, r.Warnings,
	}
}
