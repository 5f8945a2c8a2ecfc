// Package instant compares, checks, reads and writes instants.
//
// Comparisons ignore monotonic clock readings, so that a time.Time compares as the
// instant that will be stored of it.
package instant

import (
	"cmp"
	"time"
)

// The instants of the years 1 to 9999 in UTC, in seconds since 1970: those that
// RFC 3339 can write.
const (
	firstSecond = -62135596800
	lastSecond  = 253402300799
)

// OutsideYears is the reason why an instant that RFC 3339 cannot write is refused.
const OutsideYears = "is outside the years 1 to 9999"

// An Instant is an instant in the form that compares fastest.
type Instant struct {
	Second     int64 // since 1970
	Nanosecond int
}

// Of returns the instant of t.
func Of(t time.Time) Instant { return Instant{t.Unix(), t.Nanosecond()} }

// Before reports whether s is before r.
func (s Instant) Before(r Instant) bool {
	return s.Second < r.Second || s.Second == r.Second && s.Nanosecond < r.Nanosecond
}

// Compare returns -1, 0 or +1 as s is before, the same as or after r.
func (s Instant) Compare(r Instant) int {
	return cmp.Or(cmp.Compare(s.Second, r.Second), cmp.Compare(s.Nanosecond, r.Nanosecond))
}

// Writable reports whether RFC 3339 can write the instant in UTC.
func (s Instant) Writable() bool { return firstSecond <= s.Second && s.Second <= lastSecond }

// IsZero reports whether s is the zero Time, which means that no instant is given. No
// writable instant is before it.
func (s Instant) IsZero() bool { return s.Second == firstSecond && s.Nanosecond == 0 }

// Given reports whether s is writable and not the zero Time.
func (s Instant) Given() bool { return s.Writable() && !s.IsZero() }

// Before reports whether a is before b.
func Before(a, b time.Time) bool { return Of(a).Before(Of(b)) }

// Writable reports whether RFC 3339 can write t in UTC.
func Writable(t time.Time) bool { return Of(t).Writable() }

// Fault returns the reason why a required instant is refused, or "".
func Fault(t time.Time) string {
	switch s := Of(t); {
	case s.IsZero():
		return "is required"
	case !s.Writable():
		return OutsideYears
	}
	return ""
}
