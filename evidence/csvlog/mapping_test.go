package csvlog_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestOptions(t *testing.T) {
	for _, r := range []struct {
		why   string
		edit  func(*csvlog.Options)
		paths string
	}{
		{"valid options", func(*csvlog.Options) {}, ""},
		{"the zero Options", func(o *csvlog.Options) { *o = csvlog.Options{} }, "location mapping.kind mapping.start mapping.end"},
		{"no location", func(o *csvlog.Options) { o.Location = nil }, "location"},
		{"the name of the machine's location", func(o *csvlog.Options) { o.Location = time.FixedZone("Local", 0) }, "location"},
		{"a semicolon", func(o *csvlog.Options) { o.Separator = ';' }, ""},
		{"a quote as the separator", func(o *csvlog.Options) { o.Separator = '"' }, "separator"},
		{"a byte beyond ASCII as the separator", func(o *csvlog.Options) { o.Separator = 0xa7 }, "separator"},
		{"a line end as the separator", func(o *csvlog.Options) { o.Separator = '\n' }, "separator"},
		{"a kind without times of its own", func(o *csvlog.Options) { o.Mapping.Kind = evidence.KindChat }, "mapping.kind mapping.answered mapping.billable mapping.disposition mapping.from mapping.to"},
		{"recordings with columns of calls", func(o *csvlog.Options) { o.Mapping.Kind = evidence.KindRecording }, "mapping.answered mapping.billable mapping.disposition mapping.from mapping.to"},
		{"no start", func(o *csvlog.Options) { o.Mapping.Start = "" }, "mapping.start"},
		{"an end and no duration", func(o *csvlog.Options) { o.Mapping.Duration = "" }, ""},
		{"a duration and no end", func(o *csvlog.Options) { o.Mapping.End = "" }, ""},
		{"neither end nor duration", func(o *csvlog.Options) { o.Mapping.End, o.Mapping.Duration = "", "" }, "mapping.end"},
		{"a time of the answer and no billable time", func(o *csvlog.Options) { o.Mapping.Billable = "" }, ""},
		{"a billable time and no time of the answer", func(o *csvlog.Options) { o.Mapping.Answered = "" }, ""},
		{"no sign of an answer", func(o *csvlog.Options) { o.Mapping.Answered, o.Mapping.Billable = "", "" }, "mapping.answered"},
		{"an empty name in the id", func(o *csvlog.Options) { o.Mapping.ID = []string{"id", ""} }, "mapping.id"},
		{"a column twice", func(o *csvlog.Options) { o.Mapping.Columns = []string{"start", "end", "St-art"} }, "mapping.columns"},
		{"layouts with and without an offset", func(o *csvlog.Options) {
			o.Mapping.Layouts = []string{time.RFC3339, "1/2/06 3:04PM", "2006-01-02 15:04:05 -0700"}
		}, ""},
		{"a layout without a time of day", func(o *csvlog.Options) { o.Mapping.Layouts = []string{time.DateTime, time.DateOnly} }, "mapping.layouts"},
		{"a layout without a year", func(o *csvlog.Options) { o.Mapping.Layouts = []string{time.Stamp} }, "mapping.layouts"},
		{"twelve hours without AM and PM", func(o *csvlog.Options) { o.Mapping.Layouts = []string{"2006-01-02 03:04"} }, "mapping.layouts"},
		{"an abbreviation of a zone", func(o *csvlog.Options) { o.Mapping.Layouts = []string{"2006-01-02 15:04 MST"} }, "mapping.layouts"},
		{"an empty layout", func(o *csvlog.Options) { o.Mapping.Layouts = []string{""} }, "mapping.layouts"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			o := inUTC(calls())
			r.edit(&o)
			separator := o.Separator
			if separator == 0 {
				separator = ','
			}
			_, err := csvlog.NewReader(strings.NewReader(strings.ReplaceAll(header, ",", string(rune(separator)))+"\n"), o)
			if got := strings.Join(testkit.Paths(err), " "); got != r.paths {
				t.Errorf("faults %q, want %q: %v", got, r.paths, err)
			}
			var line *evidence.LineError
			if errors.As(err, &line) {
				t.Errorf("the error of line %d", line.Line)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	ordered := calls()
	ordered.Columns = strings.Split(header, ",")
	two := calls()
	two.ID = []string{"id", "part"}
	for _, r := range []struct {
		why, file string
		mapping   csvlog.Mapping
		paths     string
		unknown   string
		records   int
	}{
		{"only the line of names", header, calls(), "", "", 0},
		{"names and a record", header + "\n" + row, calls(), "", "", 1},
		{"blank lines before the names", "\n \n" + header + "\n" + row, calls(), "", "", 1},
		{"a byte order mark", "\uFEFF" + header + "\n" + row, calls(), "", "", 1},
		{"names in another form", strings.ReplaceAll(strings.ToUpper(header), "START", `" S_t-art "`) + "\n" + row, calls(), "", "", 1},
		{"columns that the mapping does not have", "x," + header + ",Y y,\n1," + row + ",2,", calls(), "", "x|Y y|", 1},
		{"ignored columns", "clid," + header + "\n1," + row, func() csvlog.Mapping { m := calls(); m.Ignored = []string{"CLID"}; return m }(), "", "", 1},
		{"a missing column", strings.ReplaceAll(header, "billable", "x"), calls(), "billable", "", 0},
		{"every missing column, once", "a,b,c", calls(), "id account agent issues start end duration answered billable disposition from to", "", 0},
		{"a column twice", "START," + header, calls(), "start", "", 0},
		{"an unknown column twice", "x,x," + header, calls(), "", "x|x", 0},
		{"an empty file", "", calls(), "line", "", 0},
		{"a file of blank lines", "\n \n", calls(), "line", "", 0},
		{"names that are too long", strings.Repeat("x", 1<<20+1), calls(), "line", "", 0},
		{"too many columns", header + strings.Repeat(",", 1000), calls(), "line", "", 0},
		{"a further column of the id", header + ",part\n" + row + ",7", two, "", "", 1},
		{"a further column of the id, which is missing", header + "\n" + row, two, "", "", 1},

		{"no line of names", row, ordered, "", "", 1},
		{"no line of names, and further columns", row + ",1,2", ordered, "", "column 13|column 14", 1},
		{"no line of names, and a column is missing", row[:strings.LastIndex(row, ",")], ordered, "to", "", 0},
		{"a line of names after all", header + "\n" + row, ordered, "", "", 1},
		{"an empty file without names", "", ordered, "", "", 0},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			in, err := csvlog.NewReader(strings.NewReader(r.file), inUTC(r.mapping))
			if err != nil {
				checkError(t, err)
				if got := strings.Join(testkit.Paths(err), " "); got != r.paths && (r.paths != "line" || got != "") {
					t.Errorf("faults %q, want %q: %v", got, r.paths, err)
				}
				return
			}
			if r.paths != "" {
				t.Errorf("no error, want faults at %q", r.paths)
			}
			if got := strings.Join(in.Unknown(), "|"); got != r.unknown {
				t.Errorf("unknown columns %q, want %q", got, r.unknown)
			}
			records := 0
			for record, err := range in.All() {
				if records++; err != nil || record.Call.Agent != "ann" {
					t.Error(err)
				}
			}
			if records != r.records {
				t.Errorf("%d records, want %d", records, r.records)
			}
		})
	}
}

func TestARecordNamesAtMostAThousandIssues(t *testing.T) {
	var ids strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&ids, "T-%d ", i)
	}
	record, err := one(t, with("issues", ids.String()))
	if err != nil || len(record.Call.Issues) != 1000 {
		t.Error(err)
	}
	if _, err := one(t, with("issues", ids.String()+"T-1000")); strings.Join(testkit.Paths(err), " ") != "issues" {
		t.Errorf("error %v", err)
	}
}

func TestRepeatedColumnsAreNotReportedAsMissing(t *testing.T) {
	_, err := csvlog.NewReader(strings.NewReader("START,"+header), inUTC(calls()))
	if err == nil || !strings.Contains(err.Error(), "start: is the name of 2 columns") {
		t.Errorf("error %v", err)
	}
}

func TestIDs(t *testing.T) {
	for _, r := range []struct {
		why, header, row string
		id               []string
		want             string
	}{
		{"one column", "a,b", "1,2", []string{"a"}, "1"},
		{"two columns", "a,b", "1,2", []string{"a", "b"}, "1-2"},
		{"an empty second column", "a,b", "1,", []string{"a", "b"}, "1"},
		{"an empty first column", "a,b", ",2", []string{"a", "b"}, "line-2"},
		{"a second column that the file lacks", "a,x", "1,2", []string{"a", "b"}, "1"},
		{"no column", "a,b", "1,2", nil, "line-2"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			m := csvlog.Mapping{Kind: evidence.KindRecording, ID: r.id, Start: "s", End: "e"}
			got := read(t, strings.NewReader(r.header+",s,e\n"+r.row+",2026-03-02 10:00:00,2026-03-02 10:00:00"), inUTC(m))
			if len(got) != 1 || got[0].ID != r.want {
				t.Errorf("got %v, want %q", got, r.want)
			}
		})
	}
}

func TestIssues(t *testing.T) {
	for _, r := range []struct {
		why, text string
		split     func(string) []string
		want      []string
	}{
		{"no text", "", nil, nil},
		{"one id", "T-1", nil, []string{"T-1"}},
		{"ids between spaces, commas and semicolons", `" T-1,T-2; T-3 ` + "\n" + `T-4"`, nil, []string{"T-1", "T-2", "T-3", "T-4"}},
		{"an id twice", "T-1 T-2 T-1", nil, []string{"T-1", "T-2"}},
		{"only separators", ` ;`, nil, nil},
		{"a function of the host", "a/b//a", func(s string) []string { return strings.Split(s, "/") }, []string{"a", "b"}},
		{"a function that finds no id", "x", func(string) []string { return nil }, nil},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			m := calls()
			m.SplitIssues = r.split
			got := read(t, strings.NewReader(header+"\n"+with("issues", r.text)), inUTC(m))
			same(t, r.want, got[0].Issues)
		})
	}
}

func TestPresetsAreSeparateValues(t *testing.T) {
	a := csvlog.FreePBX()
	a.ID[0], a.Ignored[0] = "x", "x"
	if b := csvlog.FreePBX(); b.ID[0] == "x" || b.Ignored[0] == "x" {
		t.Error("a change of one preset changes the next")
	}
}
