package csvlog_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// FuzzReader reads any file. Errors show only lines, lengths and names of the mapping;
// records are valid, and are read as the same again.
func FuzzReader(f *testing.F) {
	for _, name := range []string{"freepbx.csv", "cdr_custom.csv", "teamviewer.csv"} {
		data, err := io.ReadAll(sample(f, name))
		if err != nil {
			f.Fatal(err)
		}
		// Each file with its own preset, and with another.
		for preset := range byte(4) {
			f.Add(string(data), preset, byte(0))
		}
	}
	// A repeated time, a skipped one, and times with fractions.
	f.Add(header+"\n"+with("start", "2025-11-02 01:30:00", "end", "2025-11-02 01:30:00.5", "duration", "3600.25")+"\n"+
		with("start", "2026-03-08 02:30:00", "end", "", "answered", ""), byte(3), byte(1))
	// Line ends of Windows, blank lines and a byte order mark.
	f.Add("\uFEFF"+header+"\r\n\r\n"+row+"\r\n \n", byte(3), byte(0))
	// Misplaced quotes, and other numbers of columns.
	f.Add(header+"\n"+with("agent", `"a"b`)+"\n"+with("agent", `"ann`)+"\n"+row+",\n"+row[:30]+"\n\"", byte(3), byte(0))
	// Invalid characters, and names that are there twice.
	f.Add("id,ID,"+header+"\n\xff,\x00,"+row, byte(3), byte(0))
	// The last year, and the longest duration.
	f.Add(header+"\n"+with("start", "9998-12-31 23:59:59", "end", "", "duration", "2147483647"), byte(3), byte(0))

	presets := []func() csvlog.Mapping{csvlog.FreePBX, csvlog.CDRCustom, csvlog.TeamViewer, calls}
	zones := []*time.Location{time.UTC, testkit.NewYork, testkit.Zone("Australia/Lord_Howe")}
	f.Fuzz(func(t *testing.T, file string, preset, place byte) {
		o := csvlog.Options{Location: zones[int(place)%len(zones)], Mapping: presets[int(preset)%len(presets)]()}
		in, err := csvlog.NewReader(strings.NewReader(file), o)
		if err != nil {
			checkError(t, err)
			return
		}
		last := 0
		var list []csvlog.Record
		var want []plain
		for record, err := range in.All() {
			if record.Line <= last || record.Line > strings.Count(file, "\n")+1 {
				t.Fatalf("line %d after %d", record.Line, last)
			}
			last = record.Line
			check(t, record, err)
			if err == nil {
				list = append(list, record)
				p := plainly(record, nil)
				p.Line, p.Warnings = 0, nil // an offset leaves no doubt
				want = append(want, p)
			}
		}
		again := read(t, bytes.NewReader(write(list)), csvlog.Options{Location: o.Location, Mapping: plainMapping(o.Mapping)})
		for i := range again {
			again[i].Line = 0
		}
		if diff := cmp.Diff(want, again); diff != "" {
			t.Errorf("read -, read again +:\n%s", diff)
		}
	})
}

// plainMapping returns the mapping of what write writes.
func plainMapping(m csvlog.Mapping) csvlog.Mapping {
	plain := csvlog.Mapping{Kind: m.Kind, ID: []string{"id"}, Account: "account", Agent: "agent", Issues: "issues", Start: "start", End: "end",
		SplitIssues: func(s string) []string { return strings.Split(s, "\x01") }, Software: m.Software, Layouts: []string{time.RFC3339}}
	if m.Kind == evidence.KindCall {
		plain.Answered, plain.From, plain.To = "answered", "from", "to"
	}
	return plain
}

// write writes records with encoding/csv.
func write(list []csvlog.Record) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write([]string{"to", "from", "answered", "end", "start", "issues", "agent", "account", "id"})
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339Nano)
	}
	for _, r := range list {
		var texts []string
		of := func(h evidence.Header) {
			texts = append(texts, at(h.End), at(h.Start), strings.Join(h.Issues, "\x01"), h.Agent, h.Account, h.ID)
		}
		if c := r.Call; c != nil {
			texts = []string{c.To, c.From, at(c.Answered)}
			of(c.Header)
		} else {
			texts = []string{"", "", ""}
			of(r.Recording.Header)
		}
		w.Write(slices.Clone(texts))
	}
	w.Flush()
	return out.Bytes()
}
