package chats

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
)

// readInstant reads an RFC 3339 instant.
func readInstant(at *time.Time, r *strict.Reader) {
	b, ok := r.TextBytes()
	if !ok {
		return
	}
	var reason string
	*at, reason = instant.Parse(b)
	r.Fault(reason)
}

// readUnix reads an instant as a count of seconds since 1970.
func readUnix(at *time.Time, r *strict.Reader) {
	before := r.Count()
	seconds := r.Integer(64)
	if r.Count() > before {
		return
	}
	var reason string
	*at, reason = unix(seconds)
	r.Fault(reason)
}
