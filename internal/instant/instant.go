// Package instant compares, checks, reads and writes instants.
//
// Comparisons ignore monotonic clock readings, so that a time.Time compares like the instant
// that is stored.
package instant

import (
	"cmp"
	"time"
)

// The first and last second of the years 1 to 9999 in UTC, which RFC 3339 can write, in
// seconds since 1970.
const (
	firstSecond = -62135596800
	lastSecond  = 253402300799
)

// OutsideYears is the reason why an instant that RFC 3339 cannot write is not valid.
const OutsideYears = "is outside the years 1 to 9999"

// An Instant is an instant in a form that is fast to compare.
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

// Compare returns -1 if s is before r, 0 if they are the same, and +1 if s is after r.
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

// Fault returns the reason why a required instant is not valid, or "".
func Fault(t time.Time) string {
	switch s := Of(t); {
	case s.IsZero():
		return "is required"
	case !s.Writable():
		return OutsideYears
	}
	return ""
}
