// Package canon writes and reads canonical forms, the text of which digests and records are
// made.
//
// A form consists of lines. The first line names the type and the version of the form, such
// as "refundpolicy case 1". Every other line is a field: its name, a space, the length of its
// value in bytes, a space, and the value.
package canon

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/words"
)

// A Form is a canonical form under construction.
type Form struct{ b []byte }

// New returns a form of a type, such as "case", without fields.
func New(thing string) *Form { return In(nil, thing) }

// In is like New, but writes the form into room if room has enough capacity for most forms.
// The form is valid until room is overwritten.
func In(room []byte, thing string) *Form {
	const most = 2048
	if cap(room) < most {
		room = make([]byte, 0, most)
	}
	f := &Form{room}
	f.Reset(thing)
	return f
}

// Reset makes f a form of another type, without fields. It reuses the memory of f.
func (f *Form) Reset(thing string) {
	f.b = append(f.b[:0], "refundpolicy "...)
	f.b = append(f.b, thing...)
	f.b = append(f.b, " 1\n"...)
}

// Bytes returns the form.
func (f *Form) Bytes() []byte { return f.b }

// Sum returns the SHA-256 of the form.
func (f *Form) Sum() [sha256.Size]byte { return sha256.Sum256(f.b) }

// Text appends a field, even an empty one.
func (f *Form) Text(name, value string) {
	f.name(name, len(value))
	f.b = append(f.b, value...)
	f.b = append(f.b, '\n')
}

// Value is like Text, for a value in bytes.
func (f *Form) Value(name string, value []byte) {
	f.name(name, len(value))
	f.b = append(f.b, value...)
	f.b = append(f.b, '\n')
}

func (f *Form) name(name string, length int) {
	f.b = append(f.b, name...)
	if length < 10 { // fast path for nearly half of the values
		f.b = append(f.b, ' ', '0'+byte(length), ' ')
		return
	}
	f.b = append(f.b, ' ')
	f.b = strconv.AppendInt(f.b, int64(length), 10)
	f.b = append(f.b, ' ')
}

// Given appends a field unless it is empty.
func (f *Form) Given(name, value string) {
	if value != "" {
		f.Text(name, value)
	}
}

// Int appends a number.
func (f *Form) Int(name string, n int) {
	var room [20]byte
	f.Value(name, strconv.AppendInt(room[:0], int64(n), 10))
}

// Duration appends a duration in nanoseconds.
func (f *Form) Duration(name string, d time.Duration) {
	f.Text(name, strconv.FormatInt(int64(d), 10)+"ns")
}

// Instant appends an instant unless it is the zero Time.
func (f *Form) Instant(name string, t time.Time) {
	if !t.IsZero() {
		var room [32]byte
		f.Value(name, appendInstant(room[:0], t))
	}
}

// InstantText returns the seconds since 1970, a point, and nine digits of nanoseconds. It
// returns "" for the zero Time.
func InstantText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return string(appendInstant(nil, t))
}

func appendInstant(b []byte, t time.Time) []byte {
	b = strconv.AppendInt(b, t.Unix(), 10)
	return words.AppendPadded(append(b, '.'), t.Nanosecond(), 9)
}

// ParseInstant reads the text of [InstantText]. It is lenient: callers write the form again
// and compare.
func ParseInstant(text string) (time.Time, error) {
	var seconds, nanoseconds int64
	if _, err := fmt.Sscanf(text, "%d.%d", &seconds, &nanoseconds); err != nil {
		return time.Time{}, err
	}
	return time.Unix(seconds, nanoseconds).UTC(), nil
}

// CutHead removes the first line of a form and returns the fields. ok is false if b is not a
// form of the type.
func CutHead(b []byte, thing string) (fields []byte, ok bool) {
	return bytes.CutPrefix(b, New(thing).b)
}

// CutField returns the first field of b and the rest. ok is false if b does not begin
// with a field.
func CutField(b []byte) (name, value string, rest []byte, ok bool) {
	head, tail, _ := bytes.Cut(b, []byte{' '})
	size, tail, _ := bytes.Cut(tail, []byte{' '})
	n, err := strconv.ParseUint(string(size), 10, 31)
	if err != nil || n >= uint64(len(tail)) || tail[n] != '\n' {
		return "", "", nil, false
	}
	return string(head), string(tail[:n]), tail[n+1:], true
}
