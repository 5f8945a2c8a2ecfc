package strict

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// Text reads a string value. ok is false if there is none.
func (r *Reader) Text() (s string, ok bool) {
	b, ok := r.TextBytes()
	return string(b), ok
}

// TextBytes is Text for a string that is not kept: it is valid until the next one is
// read.
func (r *Reader) TextBytes() (b []byte, ok bool) {
	if !r.Expect('"', "a string") {
		return nil, false
	}
	b = r.stringBytes()
	return b, r.broken == ""
}

// The Field methods read the value of a known field, the n-th of its object.

// TextField reads a string.
func (r *Reader) TextField(o *Object, n int, name string, s *string) {
	if r.Known(o, n, name) {
		*s, _ = r.Text()
		r.Leave()
	}
}

// InstantField reads an RFC 3339 instant. An empty string is as good as an absent
// field.
func (r *Reader) InstantField(o *Object, n int, name string, t *time.Time) {
	if !r.Known(o, n, name) {
		return
	}
	if text, _ := r.TextBytes(); len(text) > 0 {
		var reason string
		*t, reason = instant.Parse(text)
		r.Fault(reason)
	}
	r.Leave()
}

// CodeField reads a code. An empty string is as good as an absent field: e stays as it
// is.
func CodeField[E ~uint8](r *Reader, o *Object, n int, name string, codes *enum.Codes[E], e *E) {
	if r.Known(o, n, name) {
		if text, _ := r.TextBytes(); len(text) > 0 {
			r.Fault(codes.Parse(text, e))
		}
		r.Leave()
	}
}
