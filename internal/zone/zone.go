// Package zone finds time zones by name.
package zone

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Zones that were found are kept, since each is a file, or an entry of an archive, to
// read and to parse. The database has about 600 names; there may be more of them where
// file names match in any case.
var (
	known sync.Map // of name to *time.Location
	count atomic.Int64
)

const mostKnown = 1024

// Find returns the location of a name of the IANA database, or the reason why there is
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
		return nil, "is not a time zone known here (a program that may run without a zone database imports time/tzdata)"
	}
	if count.Load() < mostKnown {
		count.Add(1)
		known.Store(name, loc)
	}
	return loc, ""
}

// isPlain reports whether a name may be one of the IANA database. It refuses what a
// machine's own database has beside those, such as the machine's local time and zones
// with leap seconds.
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
