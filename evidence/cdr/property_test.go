package cdr_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// places are locations whose clocks change in every known way, and some that do not change.
var places = []string{
	"America/New_York", "Australia/Lord_Howe", "Europe/Berlin", "Europe/Dublin", "Asia/Kolkata", "Antarctica/Troll",
	"Pacific/Apia", "America/Noronha", "Africa/Cairo", "Africa/Casablanca", "America/Caracas", "Asia/Kathmandu", "UTC",
}

// changes returns the instants from 2000 to 2046 at which the clocks of each place
// changed. A rule gives those after 2037.
var changes = sync.OnceValue(func() map[string][]time.Time {
	found := map[string][]time.Time{}
	for _, name := range places {
		loc, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		for _, year := range []int{2000, 2010, 2020, 2030, 2040} {
			at := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
			_, offset := at.In(loc).Zone()
			for end := at.AddDate(7, 0, 0); at.Before(end); at = at.Add(15 * time.Minute) {
				if _, now := at.In(loc).Zone(); now != offset {
					found[name], offset = append(found[name], at), now
				}
			}
		}
	}
	return found
})

// written is a call as Asterisk measures it, to the millisecond, and its row.
type written struct {
	start, answer, end time.Time // answer is zero for an unanswered call
	row                cdr.Row   // without times
	line               string
}

// text draws a text of a column: any characters except line ends and NUL.
func text(t *rapid.T, label string) string {
	any := rapid.Custom(func(t *rapid.T) rune {
		r := rapid.OneOf(rapid.SampledFrom([]rune{'"', ',', '\r', ' ', '\'', '\uFEFF'}), rapid.Rune()).Draw(t, "rune")
		if r == '\n' || r == 0 {
			return '"'
		}
		return r
	})
	return rapid.StringOfN(any, 0, 12, -1).Draw(t, label)
}

// draw draws a call at a place, often near a change of its clocks, and writes its row
// without the package.
func draw(t *rapid.T, loc *time.Location, count int, alone bool) written {
	base := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	if near := changes()[loc.String()]; len(near) > 0 && rapid.Bool().Draw(t, "near") {
		base = rapid.SampledFrom(near).Draw(t, "change")
	}
	ms := func(label string, least, most time.Duration) time.Duration {
		return time.Duration(rapid.Int64Range(least.Milliseconds(), most.Milliseconds()).Draw(t, label)) * time.Millisecond
	}
	w := written{start: base.Add(ms("start", -3*time.Hour, 3*time.Hour))}
	duration := ms("duration", 0, 3*time.Hour)
	w.end = w.start.Add(duration)
	r := &w.row
	r.Duration = duration.Truncate(time.Second)
	r.Disposition = cdr.Disposition(rapid.IntRange(1, 7).Draw(t, "disposition"))
	r.AMAFlags = rapid.SampledFrom([]string{"OMIT", "BILLING", "DOCUMENTATION", "Unknown"}).Draw(t, "amaflags")
	if r.Disposition == cdr.DispositionAnswered || rapid.Bool().Draw(t, "answered") {
		billed := ms("billed", 0, duration)
		w.answer = w.end.Add(-billed)
		r.Billable = billed.Truncate(time.Second)
		if rapid.Bool().Draw(t, "initiatedseconds") { // Asterisk then rounds
			r.Billable = billed.Round(time.Second)
		}
	}

	var row fields
	for i, s := range []*string{&r.AccountCode, &r.Source, &r.Destination, &r.Context, &r.CallerID, &r.Channel, &r.DestinationChannel, &r.LastApp, &r.LastData} {
		*s = text(t, columns[i])
		row = append(row, quote(*s))
	}
	for _, at := range []time.Time{w.start, w.answer, w.end} {
		if at.IsZero() {
			row = append(row, "")
		} else {
			row = append(row, quote(at.In(loc).Format("2006-01-02 15:04:05")))
		}
	}
	row = append(row, seconds(r.Duration), seconds(r.Billable), quote(r.Disposition.String()), quote(r.AMAFlags))
	switch id, field := text(t, "uniqueid"), text(t, "userfield"); {
	case (count == 17 || count == 20) && alone:
		r.UserField = field
		row = append(row, quote(field))
	case count == 17 || count == 20:
		r.UniqueID = id
		row = append(row, quote(id))
	case count == 18 || count == 21:
		r.UniqueID, r.UserField = id, field
		row = append(row, quote(id), quote(field))
	}
	if count >= 19 {
		r.PeerAccount, r.LinkedID, r.Sequence = text(t, "peeraccount"), text(t, "linkedid"), rapid.IntRange(0, 1<<31-1).Draw(t, "sequence")
		row = append(row, quote(r.PeerAccount), quote(r.LinkedID), number(r.Sequence))
	}
	if len(row) != count {
		panic(fmt.Sprintf("%d columns, not %d: this test is wrong", len(row), count))
	}
	w.line = row.String()
	return w
}

// shown returns the instants at which the clocks of a place showed a text. It tries
// every quarter of an hour.
func shown(loc *time.Location, text string) (instants []time.Time) {
	clock, err := time.Parse("2006-01-02 15:04:05", text)
	if err != nil {
		panic(err)
	}
	for minutes := -15 * 60; minutes <= 15*60; minutes += 15 {
		if at := clock.Add(time.Duration(minutes) * time.Minute).In(loc); at.Format("2006-01-02 15:04:05") == text {
			instants = append(instants, at)
		}
	}
	return instants
}

// settled returns the row with the earliest times that fit its durations.
func (w *written) settled(t *rapid.T, loc *time.Location) cdr.Row {
	near := func(from, to time.Time, d time.Duration) bool {
		return (to.Sub(from)-d).Abs() <= time.Second && !to.Before(from)
	}
	instants := func(at time.Time) []time.Time {
		if at.IsZero() {
			return []time.Time{{}}
		}
		return shown(loc, at.In(loc).Format("2006-01-02 15:04:05"))
	}
	r := w.row
	var first *cdr.Row
	for _, r.Start = range instants(w.start) {
		for _, r.Answer = range instants(w.answer) {
			for _, r.End = range instants(w.end) {
				if !near(r.Start, r.End, r.Duration) {
					continue
				}
				if !r.Answer.IsZero() && (!near(r.Answer, r.End, r.Billable) || r.Answer.Before(r.Start)) {
					continue
				}
				if first != nil {
					first.Warnings = refund.Faults{{Path: "start", Reason: "the clocks showed the times of this call twice; the earlier reading is used"}}
					return *first
				}
				found := r
				first = &found
			}
		}
	}
	if first != nil {
		return *first
	}
	t.Fatal("no times fit: this test is wrong")
	return r
}

func options(t *rapid.T) (o cdr.Options, count int) {
	loc, err := time.LoadLocation(rapid.SampledFrom(places).Draw(t, "place"))
	if err != nil {
		t.Fatal(err)
	}
	return cdr.Options{Location: loc, UserFieldAlone: rapid.Bool().Draw(t, "alone")}, rapid.IntRange(16, 21).Draw(t, "columns")
}

// TestReadsWrittenRows draws calls, writes their rows, and reads them.
func TestReadsWrittenRows(t *testing.T) {
	twice := 0
	rapid.Check(t, func(rt *rapid.T) {
		o, count := options(rt)
		var file strings.Builder
		var want []cdr.Row
		for range rapid.IntRange(1, 4).Draw(rt, "rows") {
			w := draw(rt, o.Location, count, o.UserFieldAlone)
			file.WriteString(w.line + rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(rt, "end"))
			r := w.settled(rt, o.Location)
			r.Line = len(want) + 1
			want = append(want, r)
			if !r.Start.Equal(w.start.Truncate(time.Second)) {
				twice++
			}
		}
		var got []cdr.Row
		for row, err := range cdr.Read(strings.NewReader(file.String()), o) {
			if err != nil {
				rt.Fatalf("%v\n%s", err, file.String())
			}
			got = append(got, row)
		}
		if diff := cmp.Diff(want, got, cmp.Transformer("fields", plainly)); diff != "" {
			rt.Errorf("written -, read +:\n%s", diff)
		}
	})
	t.Logf("%d calls in the second pass of an hour were read as in the first", twice)
}

// TestCallsAcrossEveryChange has calls from before to after each change of the clocks,
// whose durations leave one reading.
func TestCallsAcrossEveryChange(t *testing.T) {
	n := 0
	for name, list := range changes() {
		loc := testkit.Zone(name)
		for _, change := range list {
			for _, before := range []time.Duration{time.Second, 20 * time.Minute, 3 * time.Hour} {
				n++
				start, end := change.Add(-before), change.Add(20*time.Minute)
				clock := func(at time.Time) string { return quote(at.In(loc).Format(time.DateTime)) }
				row, err := one(t, sound().with("start", clock(start), "answer", clock(start), "end", clock(end),
					"duration", seconds(end.Sub(start)), "billsec", seconds(end.Sub(start))).String(),
					cdr.Options{Location: loc})
				if err != nil || !row.Start.Equal(start) || !row.Answer.Equal(start) || !row.End.Equal(end) {
					t.Errorf("%s: from %v to %v is read from %v to %v, %v", name, start, end, row.Start, row.End, err)
				}
			}
		}
	}
	if n < 500 {
		t.Errorf("only %d calls", n)
	}
}

// TestOtherRowsSurviveABadRow corrupts one line of a file, without adding a line end. The
// other rows must not change.
func TestOtherRowsSurviveABadRow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o, count := options(rt)
		var lines []string
		for range rapid.IntRange(2, 4).Draw(rt, "rows") {
			lines = append(lines, draw(rt, o.Location, count, o.UserFieldAlone).line)
		}
		bad := rapid.IntRange(0, len(lines)-1).Draw(rt, "bad")
		others := func() (rows []cdr.Row) {
			for row, err := range cdr.Read(strings.NewReader(strings.Join(lines, "\n")), o) {
				if row.Line != bad+1 {
					if err != nil {
						rt.Fatal(err)
					}
					rows = append(rows, row)
				}
			}
			return rows
		}
		want := others()
		if len(want) != len(lines)-1 {
			rt.Fatalf("%d other rows of %d", len(want), len(lines))
		}
		line := lines[bad]
		at := rapid.IntRange(0, len(line)).Draw(rt, "at")
		noise := strings.ReplaceAll(string(rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(rt, "noise")), "\n", `"`)
		lines[bad] = line[:at] + noise
		if rapid.Bool().Draw(rt, "rest") {
			lines[bad] += line[min(at+1, len(line)):]
		}
		if diff := cmp.Diff(want, others(), cmp.Transformer("fields", plainly)); diff != "" {
			rt.Errorf("before -, after +:\n%s", diff)
		}
	})
}
