package strict

import (
	"encoding"
	"errors"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// Text reads a string. If the value is not a string, it records a fault and ok is false.
func (r *Reader) Text() (s string, ok bool) {
	b, ok := r.TextBytes()
	return string(b), ok
}

// TextBytes is like Text, but its result is valid only until the next string is read.
func (r *Reader) TextBytes() (b []byte, ok bool) {
	if !r.Expect('"', "a string") {
		return nil, false
	}
	b = r.stringBytes()
	return b, r.broken == ""
}

// ValueField returns a field whose value is read by read.
func ValueField(name string, read func(*Reader)) Field { return Field{name: name, read: read} }

// TextField returns a field with a string.
func TextField(name string, s *string) Field {
	return Field{name: name, read: func(r *Reader) { *s, _ = r.Text() }}
}

// InstantField returns a field with an RFC 3339 instant. An empty string means the same as a
// missing field.
func InstantField(name string, t *time.Time) Field {
	return Field{name: name, read: func(r *Reader) {
		if text, _ := r.TextBytes(); len(text) > 0 {
			var reason string
			*t, reason = instant.Parse(text)
			r.Fault(reason)
		}
	}}
}

// A fault is a type such as refund.Fault.
type fault interface {
	~struct{ Path, Reason string }
	error
}

// CodeField returns a field with a code, or with another text that c reads. An empty string
// means the same as a missing field: c stays unchanged. See [ReadCode].
func CodeField[F fault](name string, c encoding.TextUnmarshaler) Field {
	return Field{name: name, read: func(r *Reader) { ReadCode[F](r, c) }}
}

// ReadCode reads a code. The error of c must not quote the text. If it wraps a fault of type
// F, only the reason of that fault is recorded.
func ReadCode[F fault](r *Reader, c encoding.TextUnmarshaler) {
	text, _ := r.TextBytes()
	if len(text) == 0 {
		return
	}
	if err := c.UnmarshalText(text); err != nil {
		var f F
		if errors.As(err, &f) {
			r.Fault(Fault(f).Reason)
			return
		}
		r.Fault(err.Error())
	}
}

// ListField returns a field with an array. It keeps at most most+1 elements, so that a
// validation sees that there are too many, and skips the others. Once there are as many
// faults as are reported, it reads elements without keeping them: three bytes such as "{},"
// may be an element of hundreds.
func ListField[L ~[]T, T any](name string, list *L, most int, read func(*T, *Reader)) Field {
	return Field{name: name, read: func(r *Reader) {
		*list = make(L, 0, 4)
		r.Array(func() {
			var zero T
			switch {
			case len(*list) > most:
				r.skip()
			case len(r.faults) == maxFaults:
				read(&zero, r)
			default:
				*list = append(*list, zero)
				read(&(*list)[len(*list)-1], r)
			}
		})
	}}
}

// TextsField returns a field with an array of strings.
func TextsField(name string, texts *[]string) Field {
	return ListField(name, texts, MaxBytes, func(s *string, r *Reader) { *s, _ = r.Text() })
}
