package evidence

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
)

// A MediaCheck is the result of checking one file of a log. [Review] applies it to all
// media of the same name, size and digest. The zero MediaCheck is that of no file.
type MediaCheck struct {
	Media Media // as in the log; of media that differ in type alone, the first
	State MediaState

	// Size is the size of the file, as far as it is known. A file that is longer than its
	// file system states has one byte more than that.
	Size int64

	// Err is the reason why an unreadable file could not be read. Its text has no name of a
	// file.
	Err error
}

// String returns the state, without the name of the file. LogValue returns the same.
func (c MediaCheck) String() string { return c.State.String() }

// Format writes the result of String under every verb.
func (c MediaCheck) Format(f fmt.State, _ rune) { io.WriteString(f, c.String()) }

// LogValue returns the result of String.
func (c MediaCheck) LogValue() slog.Value { return slog.StringValue(c.String()) }

// failed returns the media of which a check failed.
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

// A readError is an error of a file system without its text, which may name the file.
type readError struct{ err error }

// Error says that the file cannot be read, and the reason where it is one of package fs.
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
