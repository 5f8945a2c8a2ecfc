package evidence

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A LineError is what is wrong with one line, or the lines that begin with it, of a
// file of logs. Readers of formats tell it and go on behind it; it holds none of the
// file's text.
type LineError struct {
	Line int   // counted from 1
	Err  error // a [*refund.InvalidError] as a rule
}

// Error returns the line and what is wrong with it.
func (e *LineError) Error() string {
	reason := "unknown"
	if e.Err != nil {
		reason = e.Err.Error()
	}
	return "line " + strconv.Itoa(e.Line) + ": " + reason
}

// Unwrap returns Err.
func (e *LineError) Unwrap() error { return e.Err }

// invalid returns an error with one fault, or nil for an empty reason.
func invalid(path, reason string) error {
	var f refund.Faults
	f.Add(path, reason)
	return f.Err()
}
