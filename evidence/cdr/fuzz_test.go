package cdr_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// FuzzRead reads any file. Errors show only lines and lengths, rows are consistent, and a
// line has the same result alone.
func FuzzRead(f *testing.F) {
	all := sound()
	// Every number of columns.
	f.Add(strings.Join([]string{all[:16].String(), all[:17].String(), all[:18].String(),
		append(all[:16:16], all[18:]...).String(), append(all[:17:17], all[18:]...).String(), all.String()}, "\n"), true, byte(0))
	// Blank lines, and line ends of other systems.
	f.Add("\n \r\n"+all.String()+"\r\n\r\r\n"+all.String()+"\r\r", false, byte(1))
	// A quote that is not closed, before a good row.
	f.Add(all[:9].String()+",\"\n"+all.String(), false, byte(2))
	// A repeated time and a skipped one.
	twice, skipped := `"2025-11-02 01:30:00"`, `"2026-03-08 02:30:00"`
	f.Add(all.with("start", twice, "answer", twice, "end", twice, "duration", "3600", "billsec", "3600").String(), false, byte(0))
	f.Add(all.with("start", skipped, "answer", "", "end", skipped, "disposition", `"BUSY"`).String(), false, byte(0))
	// The first and the last time.
	f.Add(all.with("start", "1970-01-01 00:00:00", "answer", "", "end", "9998-12-31 23:59:59", "duration", "2147483647").String(), false, byte(1))
	// Invalid characters and misplaced quotes.
	f.Add("\uFEFF"+all.String()+"\n"+all.with("clid", "\"\xff\x00\"").String()+"\n"+all.with("src", `a"b`).String(), false, byte(2))
	// Texts that are not numbers.
	f.Add(all.with("duration", "-605", "billsec", "6e2", "sequence", "99999999999999999999").String(), false, byte(0))

	// Other layouts.
	for _, file := range others {
		f.Add(file.text, false, byte(2))
	}

	names := []string{"America/New_York", "Australia/Lord_Howe", "UTC"}
	f.Fuzz(func(t *testing.T, file string, alone bool, place byte) {
		o := cdr.Options{Location: testkit.Zone(names[int(place)%len(names)]), UserFieldAlone: alone}
		lines := strings.Split(file, "\n")
		last := 0
		for row, err := range cdr.Read(strings.NewReader(file), o) {
			if row.Line <= last || row.Line > len(lines) {
				t.Fatalf("line %d of %d follows %d", row.Line, len(lines), last)
			}
			last = row.Line
			checkWarnings(t, row)
			if paths := testkit.Paths(err); len(paths) == 1 && paths[0] == "layout" {
				continue // alone, it is the same
			}
			line := lines[row.Line-1]
			if err != nil {
				checkFault(t, row, err)
			} else {
				checkRow(t, row, o)
			}
			if row.Line > 1 && strings.HasPrefix(line, "\uFEFF") {
				continue // on a first line it is skipped
			}
			again := 0
			for alone, err2 := range cdr.Read(strings.NewReader(line), o) {
				again++
				alone.Line = row.Line
				if paths := testkit.Paths(err2); len(paths) == 1 && paths[0] == "layout" {
					continue // the layout is known once a row was read
				}
				if diff := cmp.Diff(plainly(row), plainly(alone)); diff != "" || (err == nil) != (err2 == nil) {
					t.Errorf("among others -, alone +:\n%s\n%v, %v", diff, err, err2)
				}
			}
			if again != 1 {
				t.Errorf("%d results of one line", again)
			}
		}
	})
}

// checkRow fails if a row contradicts itself.
func checkRow(t *testing.T, r cdr.Row, o cdr.Options) {
	t.Helper()
	if err := (evidence.Log{Calls: []evidence.Call{r.Call()}}).Validate(); err != nil {
		t.Error(err)
	}
	off := func(from, to time.Time, d time.Duration) bool {
		return to.Unix()-from.Unix()-int64(d/time.Second) < -1 || to.Unix()-from.Unix()-int64(d/time.Second) > 1
	}
	switch {
	case r.Start.After(r.End), off(r.Start, r.End, r.Duration):
		t.Error("start, end and duration do not fit")
	case r.Answer.IsZero() && (r.Billable != 0 || r.Disposition == cdr.DispositionAnswered):
		t.Error("no answer")
	case !r.Answer.IsZero() && (r.Answer.Before(r.Start) || r.Answer.After(r.End) || off(r.Answer, r.End, r.Billable)):
		t.Error("answer and billable do not fit")
	case r.Start.Location() != o.Location || r.End.Location() != o.Location:
		t.Error("another location")
	case r.Disposition > cdr.DispositionCancel || r.Sequence < 0:
		t.Error("unknown codes")
	}
	// Written as Asterisk writes, it is read as the same row.
	line := fields{quote(r.AccountCode), quote(r.Source), quote(r.Destination), quote(r.Context), quote(r.CallerID), quote(r.Channel),
		quote(r.DestinationChannel), quote(r.LastApp), quote(r.LastData)}
	for _, at := range []time.Time{r.Start, r.Answer, r.End} {
		if at.IsZero() {
			line = append(line, "")
		} else {
			line = append(line, quote(at.Format(time.DateTime)))
		}
	}
	line = append(line, seconds(r.Duration), seconds(r.Billable), quote(strings.TrimPrefix(r.Disposition.String(), "unset")), quote(r.AMAFlags),
		quote(r.UniqueID), quote(r.UserField), quote(r.PeerAccount), quote(r.LinkedID), number(r.Sequence))
	again, err := one(t, line.String(), o)
	again.Line = r.Line
	again.Warnings, r.Warnings = nil, nil // the text of an unknown disposition is gone
	if diff := cmp.Diff(plainly(r), plainly(again)); diff != "" || err != nil {
		t.Errorf("read -, read again +:\n%s\n%v", diff, err)
	}
}
