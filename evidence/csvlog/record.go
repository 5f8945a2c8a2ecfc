package csvlog

import (
	"fmt"
	"io"
	"log/slog"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Record is one record of a file. Exactly one of Call and Recording is not nil. The
// zero Record holds neither.
type Record struct {
	// Line is the line on which the record begins, counted from 1. Blank lines count.
	Line int

	Call      *evidence.Call      // a voice call
	Recording *evidence.Recording // a session of desktop sharing

	// Warnings lists the doubts about the record. The path of each is the name of its
	// column. Nil for most records.
	Warnings refund.Faults
}

// AddTo appends the call or the recording to a log.
func (r Record) AddTo(log *evidence.Log) {
	if r.Call != nil {
		log.Calls = append(log.Calls, *r.Call)
	}
	if r.Recording != nil {
		log.Recordings = append(log.Recordings, *r.Recording)
	}
}

// String returns the kind, the duration and counts, as the String methods of calls and
// recordings do. It has no text of the record.
func (r Record) String() string {
	switch {
	case r.Call != nil:
		return r.Call.String()
	case r.Recording != nil:
		return r.Recording.String()
	}
	return "no record"
}

// Format writes the text of String for every verb. Package fmt does not call it for %p
// and %w.
func (r Record) Format(f fmt.State, _ rune) { io.WriteString(f, r.String()) }

// LogValue returns the text of String.
func (r Record) LogValue() slog.Value { return slog.StringValue(r.String()) }
