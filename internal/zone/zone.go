// Package zone finds time zones by name.
package zone

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Locations are cached, because each lookup reads and parses a file. The database has about
// 600 names; on file systems that ignore case, one zone has many more.
var (
	known sync.Map // maps a name to a *time.Location
	count atomic.Int64
)

const mostKnown = 1024

// Find returns the location with a name of the IANA database, or the reason why there is
// none.
func Find(name string) (loc *time.Location, reason string) {
	if found, ok := known.Load(name); ok {
		return found.(*time.Location), ""
	}
	if !isPlain(name) {
		return nil, "is not a plain IANA zone name such as America/New_York"
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, "is not a known time zone (on a machine without a time-zone database, the program must import time/tzdata)"
	}
	if count.Load() < mostKnown {
		count.Add(1)
		known.Store(name, loc)
	}
	return loc, ""
}

// isPlain reports whether a name may be in the IANA database. It rejects other names that a
// machine's database may have, such as its local time and zones with leap seconds.
func isPlain(name string) bool {
	if len(name) > 40 {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		for i := range len(part) {
			c := part[i]
			letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
			if !letter && (i == 0 || c != '_' && c != '-' && c != '+' && (c < '0' || c > '9')) {
				return false
			}
		}
		switch part {
		case "", "Local", "localtime", "posixrules", "posix", "right":
			return false
		}
	}
	return true
}
