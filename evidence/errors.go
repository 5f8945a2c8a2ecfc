package evidence

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A LineError is an error in one line of a file, or in a block of lines that begins there.
// The packages that read records return it and continue with the next line or block. It
// has no text of the file.
type LineError struct {
	Line int   // counted from 1
	Err  error // in most cases a [*refund.InvalidError]
}

// Error returns the number of the line and the text of Err.
func (e *LineError) Error() string {
	reason := "unknown"
	if e.Err != nil {
		reason = e.Err.Error()
	}
	return "line " + strconv.Itoa(e.Line) + ": " + reason
}

// Faults returns the faults of Err ([refund.Faults.Merge]). Their paths begin with the number
// of the line, such as "line 3: end", and the path of a fault without one is "line 3".
func (e *LineError) Faults() refund.Faults {
	var faults refund.Faults
	faults.Merge(e.Err)
	if e.Err == nil {
		faults.Add("", "is invalid")
	}
	for i, f := range faults {
		path := "line " + strconv.Itoa(e.Line)
		if f.Path != "" {
			path += ": " + f.Path
		}
		faults[i].Path = path
	}
	return faults
}

// Unwrap returns Err.
func (e *LineError) Unwrap() error { return e.Err }

// invalid returns an error with one fault, or nil for an empty reason.
func invalid(path, reason string) error {
	var f refund.Faults
	f.Add(path, reason)
	return f.Err()
}
