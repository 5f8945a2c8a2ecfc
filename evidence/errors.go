package evidence

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A LineError is the error of one line of a file, or of several lines that begin with it.
// The readers of formats return it and continue after it. It has no text of the file.
type LineError struct {
	Line int   // counted from 1
	Err  error // a [*refund.InvalidError] as a rule
}

// Error returns the number of the line and the text of Err.
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
