package csvlog_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// changes are instants at which the clocks of places changed.
var changes = map[string][]string{
	"America/New_York":    {"2025-11-02T06:00:00Z", "2026-03-08T07:00:00Z"},
	"Australia/Lord_Howe": {"2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"},
	"Antarctica/Troll":    {"2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"},
	"Pacific/Apia":        {"2011-12-30T10:00:00Z"},
	"UTC":                 {"2026-01-01T00:00:00Z"},
}

// A fact is a call or a session, and the text of each column.
type fact struct {
	start, answered, end time.Time // answered is zero for an unanswered call
	texts                map[string]string
	want                 plain // without its times and warnings
}

// drawText draws what can stand in a column: any text without NUL.
func drawText(t *rapid.T, label string) string {
	r := rapid.OneOf(rapid.SampledFrom([]rune("\"\\,;\t\r\n ='+-@")), rapid.Rune()).Filter(func(r rune) bool { return r != 0 })
	return rapid.StringOfN(r, 0, 6, -1).Draw(t, label)
}

// drawMapping draws which columns there are.
func drawMapping(t *rapid.T) csvlog.Mapping {
	m := calls()
	m.Dispositions = map[string]bool{"yes": true, "no": false}
	drop := func(column *string) bool {
		dropped := rapid.Bool().Draw(t, "without "+*column)
		if dropped {
			*column = ""
		}
		return dropped
	}
	if !drop(&m.End) {
		drop(&m.Duration)
	}
	if rapid.Bool().Draw(t, "recordings") {
		m.Kind, m.Software = evidence.KindRecording, "Viewer"
		m.Answered, m.Billable, m.Disposition, m.From, m.To = "", "", "", "", ""
	} else {
		if !drop(&m.Answered) {
			drop(&m.Billable)
		}
		for _, column := range []*string{&m.Disposition, &m.From, &m.To} {
			drop(column)
		}
	}
	if rapid.Bool().Draw(t, "without id") {
		m.ID = nil
	}
	drop(&m.Account)
	drop(&m.Issues)
	if rapid.Bool().Draw(t, "offsets") {
		m.Layouts = []string{time.RFC3339}
	}
	return m
}

// drawFact draws a record near a change of the clocks.
func drawFact(t *rapid.T, m csvlog.Mapping, loc *time.Location) fact {
	base, err := time.Parse(time.RFC3339, rapid.SampledFrom(changes[loc.String()]).Draw(t, "change"))
	if err != nil {
		t.Fatal(err)
	}
	seconds := func(label string, least, most int) time.Duration {
		return time.Duration(rapid.IntRange(least, most).Draw(t, label)) * time.Second
	}
	f := fact{start: base.Add(seconds("start", -3*3600, 3*3600)).In(loc), texts: map[string]string{}}
	duration := seconds("duration", 0, 2*3600)
	f.end = f.start.Add(duration)
	billable := time.Duration(0)
	if m.Kind == evidence.KindCall && rapid.Bool().Draw(t, "answered") {
		least := min(duration, time.Second) // a billable time of zero means unanswered
		billable = seconds("billable", int(least/time.Second), int(duration/time.Second))
		if billable > 0 {
			f.answered = f.end.Add(-billable)
		}
	}
	layout := time.DateTime
	if m.Layouts != nil {
		layout = m.Layouts[0]
	}
	length := func(d time.Duration) string {
		text := strconv.Itoa(int(d / time.Second))
		if rapid.Bool().Draw(t, "minutes") {
			text = fmt.Sprintf("%d:%02d", int(d/time.Minute), int(d/time.Second)%60)
		}
		return text
	}
	f.texts[m.Start], f.texts[m.End], f.texts[m.Duration] = f.start.Format(layout), f.end.Format(layout), length(duration)
	f.texts[m.Answered], f.texts[m.Billable], f.texts[m.Disposition] = "", length(billable), "no"
	if !f.answered.IsZero() {
		f.texts[m.Answered], f.texts[m.Disposition] = f.answered.Format(layout), "yes"
	}
	f.want = plain{Kind: m.Kind.String(), Software: m.Software}
	for _, c := range []struct {
		column string
		text   *string
	}{{m.Account, &f.want.Account}, {m.Agent, &f.want.Agent}, {m.From, &f.want.From}, {m.To, &f.want.To}} {
		if c.column != "" {
			*c.text = drawText(t, c.column)
			f.texts[c.column] = *c.text
		}
	}
	if m.ID != nil {
		f.want.ID = drawText(t, "id")
		f.texts["id"] = f.want.ID
	}
	if m.Issues != "" {
		f.want.Issues = rapid.SliceOfNDistinct(rapid.StringMatching(`T-[0-9]{1,2}`), 0, 3, rapid.ID).Draw(t, "issues")
		f.texts[m.Issues] = strings.Join(f.want.Issues, rapid.SampledFrom([]string{" ", ",", "; "}).Draw(t, "between"))
		if len(f.want.Issues) == 0 {
			f.want.Issues = nil
		}
	}
	return f
}

// shown returns the instants at which the clocks of a place showed what they show at an
// instant. It tries every quarter of an hour.
func shown(at time.Time) (list []time.Time) {
	for minutes := -26 * 60; minutes <= 26*60; minutes += 15 {
		if other := at.Add(time.Duration(minutes) * time.Minute); other.Format(time.DateTime) == at.Format(time.DateTime) {
			list = append(list, other)
		}
	}
	return list
}

// settle sets the times to the earliest that fit the columns.
func (f *fact) settle(t *rapid.T, m csvlog.Mapping) {
	duration, billable := f.end.Sub(f.start), time.Duration(0)
	answers := []time.Time{{}}
	if !f.answered.IsZero() {
		billable = f.end.Sub(f.answered)
		answers = shown(f.answered)
	}
	at := func(t time.Time) string { return t.Format(time.RFC3339Nano) + " " + t.Location().String() }
	fitting := map[string]bool{}
	add := func(start, answered, end time.Time) {
		far := func(d, want time.Duration) bool { return (d - want).Abs() > time.Second }
		// A time that follows from a duration may be off by a second.
		if m.Answered == "" && !answered.IsZero() && answered.Before(start) && !far(start.Sub(answered), 0) {
			answered = start
		}
		if m.End == "" && answered.After(end) && !far(answered.Sub(end), 0) {
			end = answered
		}
		if end.Before(start) || m.Duration != "" && far(end.Sub(start), duration) {
			return
		}
		if !answered.IsZero() && (answered.Before(start) || end.Before(answered) || m.Billable != "" && far(end.Sub(answered), billable)) {
			return
		}
		if len(fitting) == 0 {
			f.want.Start, f.want.End = at(start), at(end)
			if m.Kind == evidence.KindCall {
				f.want.Answered = at(answered)
			}
		}
		fitting[at(start)+at(answered)+at(end)] = true
	}
	starts, ends := shown(f.start), shown(f.end)
	if m.Layouts != nil {
		starts, ends = []time.Time{f.start}, []time.Time{f.end}
		answers = []time.Time{f.answered}
	}
	for _, start := range starts {
		if m.End == "" {
			ends = []time.Time{start.Add(duration)}
		}
		for _, end := range ends {
			if m.Answered == "" && !f.answered.IsZero() {
				answers = []time.Time{end.Add(-billable)}
			}
			for _, answered := range answers {
				add(start, answered, end)
			}
		}
	}
	if len(fitting) == 0 {
		t.Fatal("no times fit: this test is wrong")
	}
	if len(fitting) > 1 {
		f.want.Warnings = refund.Faults{{Path: m.Start, Reason: "the clocks showed the times of this record twice; the earlier reading is used"}}
	}
}

// The writer puts the columns into any order, among others, under names in any form.
func TestReadsWrittenRecords(t *testing.T) {
	warned := 0
	rapid.Check(t, func(t *rapid.T) {
		loc := testkit.Zone(rapid.SampledFrom([]string{"America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Apia", "UTC"}).Draw(t, "place"))
		m := drawMapping(t)
		separator := rapid.SampledFrom([]byte{',', ';', '\t', '|'}).Draw(t, "separator")

		columns := []string{}
		for _, name := range append([]string{m.Account, m.Agent, m.Issues, m.Start, m.End, m.Duration, m.Answered, m.Billable, m.Disposition, m.From, m.To}, m.ID...) {
			if name != "" {
				columns = append(columns, name)
			}
		}
		others := rapid.SliceOfN(rapid.StringMatching(`x[a-z ,"]{0,5}`), 0, 3).Draw(t, "others")
		columns = rapid.Permutation(append(columns, others...)).Draw(t, "order")

		var file strings.Builder
		line := 1
		write := func(texts []string) {
			for i, s := range texts {
				if i > 0 {
					file.WriteByte(separator)
				}
				if strings.ContainsAny(s, "\"\\\r\n"+string(separator)) || rapid.Bool().Draw(t, "quoted") {
					s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
				}
				file.WriteString(s)
				line += strings.Count(s, "\n")
			}
			file.WriteString(rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end"))
			line++
		}
		names := slices.Clone(columns)
		for i, name := range names {
			if !slices.Contains(others, name) && rapid.Bool().Draw(t, "another form") {
				names[i] = " " + strings.ToUpper(name[:1]) + "_" + name[1:]
			}
		}
		write(names)

		var want []plain
		for range rapid.IntRange(0, 3).Draw(t, "records") {
			f := drawFact(t, m, loc)
			f.settle(t, m)
			f.want.Line = line
			if f.want.ID == "" {
				f.want.ID = "line-" + strconv.Itoa(line)
			}
			if f.want.Warnings != nil {
				warned++
			}
			want = append(want, f.want)
			texts := make([]string, len(columns))
			for i, column := range columns {
				if slices.Contains(others, column) {
					texts[i] = drawText(t, "other")
				} else {
					texts[i] = f.texts[column]
				}
			}
			write(texts)
		}

		in, err := csvlog.NewReader(strings.NewReader(file.String()), csvlog.Options{Location: loc, Mapping: m, Separator: separator})
		if err != nil {
			t.Fatalf("%v\n%s", err, file.String())
		}
		var got []plain
		for record, err := range in.All() {
			got = append(got, plainly(record, err))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("written -, read +:\n%s\n%s", diff, file.String())
		}
		unknown := slices.DeleteFunc(slices.Clone(columns), func(s string) bool { return !slices.Contains(others, s) })
		if got := in.Unknown(); !slices.Equal(got, unknown) {
			t.Errorf("unknown columns %q, want %q", got, unknown)
		}
	})
	t.Logf("%d records in a repeated hour", warned)
}

// TestOtherRecordsSurviveABadRow corrupts one row, with any text but quotes and line ends.
func TestOtherRecordsSurviveABadRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := []string{}
		for i := range rapid.IntRange(2, 5).Draw(t, "rows") {
			rows = append(rows, with("id", "C-"+strconv.Itoa(i)))
		}
		bad := rapid.IntRange(0, len(rows)-1).Draw(t, "bad")
		others := func() (ids []string) {
			in, err := csvlog.NewReader(strings.NewReader(header+"\n"+strings.Join(rows, "\n")), inUTC(calls()))
			if err != nil {
				t.Fatal(err)
			}
			for record, err := range in.All() {
				if record.Line == bad+2 {
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, record.Call.ID)
			}
			return ids
		}
		want := others()
		if len(want) != len(rows)-1 {
			t.Fatalf("%d other records of %d", len(want), len(rows))
		}
		row := rows[bad]
		from := rapid.IntRange(0, len(row)).Draw(t, "from")
		to := rapid.IntRange(from, len(row)).Draw(t, "to")
		noise := string(rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(t, "noise"))
		rows[bad] = row[:from] + strings.NewReplacer("\n", "x", `"`, "y").Replace(noise) + row[to:]
		if diff := cmp.Diff(want, others()); diff != "" {
			t.Errorf("before -, after +:\n%s", diff)
		}
	})
}
