package cdr_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestCall(t *testing.T) {
	row := soundRow()
	full := evidence.Call{
		Header:   evidence.Header{ID: "1772463600.17", Account: "ACC-7", Start: row.Start, End: row.End},
		Answered: row.Answer, From: "5550100", To: "100",
	}
	for _, r := range []struct {
		why  string
		edit func(*cdr.Row, *evidence.Call)
	}{
		{"every field", func(*cdr.Row, *evidence.Call) {}},
		{"without a unique id, the line is the id", func(r *cdr.Row, c *evidence.Call) { r.Line, r.UniqueID, c.ID = 17, "", "line-17" }},
		{"busy after a menu answered", func(r *cdr.Row, c *evidence.Call) {
			r.Disposition, c.Answered = cdr.DispositionBusy, time.Time{}
		}},
		{"an unset disposition", func(r *cdr.Row, c *evidence.Call) { r.Disposition, c.Answered = 0, time.Time{} }},
		{"no account code", func(r *cdr.Row, c *evidence.Call) { r.AccountCode, c.Account = "", "" }},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			row, want := row, full
			r.edit(&row, &want)
			got := row.Call()
			// Calls print masked.
			type plain struct {
				ID, Account, Agent, From, To string
				Start, End, Answered         time.Time
				Issues                       []string
				StartedBy                    evidence.Side
			}
			of := func(c evidence.Call) plain {
				return plain{c.ID, c.Account, c.Agent, c.From, c.To, c.Start, c.End, c.Answered, c.Issues, c.StartedBy}
			}
			if diff := cmp.Diff(of(want), of(got)); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
			if len(got.Media)+len(got.Transcript) != 0 {
				t.Error("a call with media or a transcript")
			}
			if err := (evidence.Log{Calls: []evidence.Call{got}}).Validate(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDispositions(t *testing.T) {
	want := map[cdr.Disposition]string{
		cdr.DispositionNoAnswer:   "NO ANSWER",
		cdr.DispositionFailed:     "FAILED",
		cdr.DispositionBusy:       "BUSY",
		cdr.DispositionAnswered:   "ANSWERED",
		cdr.DispositionCongestion: "CONGESTION",
		cdr.DispositionUnknown:    "UNKNOWN",
		cdr.DispositionCancel:     "CANCEL",
	}
	for d, text := range want {
		if got := d.String(); got != text {
			t.Errorf("%q, want %q", got, text)
		}
		if got, err := d.MarshalText(); err != nil || string(got) != text {
			t.Errorf("%v is written as %q, %v", d, got, err)
		}
		var read cdr.Disposition
		if err := read.UnmarshalText([]byte(text)); err != nil || read != d {
			t.Errorf("%q is %v, %v", text, read, err)
		}
		row, err := one(t, sound().with("disposition", quote(text)).String(), inUTC)
		if err != nil || row.Disposition != d || row.Warnings != nil {
			t.Errorf("%q is read as %v, %v", text, row.Disposition, err)
		}
		if answered := !row.Call().Answered.IsZero(); answered != (d == cdr.DispositionAnswered) {
			t.Errorf("a call that is %v is answered: %v", d, answered)
		}
	}
	for _, text := range []string{"unset", "busy", "NOANSWER", "ANSWERED ", "Disposition(8)"} {
		var read cdr.Disposition
		if err := read.UnmarshalText([]byte(text)); read != 0 || paths(t, err) != "disposition" {
			t.Errorf("%q is %v, %v", text, read, err)
		}
	}
	unset := cdr.DispositionBusy
	if err := unset.UnmarshalText(nil); err != nil || unset != 0 {
		t.Errorf("an empty text is %v, %v", unset, err)
	}
	if text, err := unset.MarshalText(); err != nil || len(text) > 0 {
		t.Errorf("an unset disposition is written as %q, %v", text, err)
	}
	if text, err := cdr.Disposition(8).MarshalText(); text != nil || paths(t, err) != "disposition" {
		t.Errorf("an unknown disposition is written as %q, %v", text, err)
	}
	for d, text := range map[cdr.Disposition]string{0: "unset", 8: "Disposition(8)", 255: "Disposition(255)"} {
		if got := d.String(); got != text {
			t.Errorf("%q, want %q", got, text)
		}
	}
}
