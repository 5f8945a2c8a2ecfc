package evidence

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
)

// A MediaCheck is the result of checking one file of a log. [Review] applies it to all
// media of the same name, size and digest. The zero MediaCheck does not belong to a file.
type MediaCheck struct {
	Media Media // as in the log; the first one if several differ only in type
	State MediaState

	// Size is the number of bytes in the file, or 0 if it is not known. If reading found
	// more bytes than the file system states, Size is the stated size plus one.
	Size int64

	// Err is the reason why the file could not be read, if State is MediaUnreadable. Its
	// text does not have the name of the file.
	Err error
}

// String returns the state, without the name of the file. LogValue returns the same.
func (c MediaCheck) String() string { return c.State.String() }

// Format writes the result of String under every verb.
func (c MediaCheck) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// LogValue returns the result of String.
func (c MediaCheck) LogValue() slog.Value { return slog.StringValue(c.String()) }

// failed returns the media whose checks failed.
func failed(checks []MediaCheck) map[Media]bool {
	m := map[Media]bool{}
	for i := range checks {
		if checks[i].State > MediaIntact {
			m[checks[i].Media.content()] = true
		}
	}
	return m
}

var errNotRegular = errors.New("evidence: is not a regular file")

// A readError hides the text of a file system's error, which may name the file.
type readError struct{ err error }

// Error says that the file cannot be read, and adds the reason if it is an error of package
// fs.
func (e *readError) Error() string {
	for _, reason := range []error{fs.ErrPermission, fs.ErrInvalid, fs.ErrClosed} {
		if errors.Is(e.err, reason) {
			return "evidence: the file cannot be read: " + reason.Error()
		}
	}
	return "evidence: the file cannot be read"
}

// Unwrap returns the file system's error, whose text may name the file.
func (e *readError) Unwrap() error { return e.err }
