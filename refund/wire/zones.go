package wire

import (
	"strconv"
	"strings"
	"sync"
	"time"
)

// zones keeps the places that were looked up: each is a file or an archive's entry
// to read otherwise.
var zones zoneCache

// A zoneCache looks each time zone up once. It keeps no names that do not exist, and
// no more than there are.
type zoneCache struct {
	mu    sync.RWMutex
	known map[string]*time.Location
}

const mostZones = 1024 // the database has about 600 names

func (z *zoneCache) lookup(name string) (*time.Location, bool) {
	z.mu.RLock()
	loc := z.known[name]
	z.mu.RUnlock()
	if loc != nil {
		return loc, true
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, false
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	if first := z.known[name]; first != nil {
		return first, true
	}
	if z.known == nil {
		z.known = map[string]*time.Location{}
	}
	if len(z.known) < mostZones {
		z.known[name] = loc
	}
	return loc, true
}

// location reads the name of a time zone.
func (r *reader) location() *time.Location {
	name, ok := r.text()
	if !ok {
		return nil
	}
	if !zoneName(name) {
		r.fault("is no plain IANA zone name such as America/New_York")
		return nil
	}
	loc, ok := zones.lookup(name)
	if !ok {
		r.fault(quoteZone(name) + noZone)
		return nil
	}
	return loc
}

const noZone = " is no time zone known here (a program that may run without a zone database imports time/tzdata)"

func (r *reader) defaultLocation() *time.Location {
	loc, ok := zones.lookup(DefaultLocation)
	if !ok {
		r.enter("policy")
		r.faultBelow("location", strconv.Quote(DefaultLocation)+noZone)
		r.leave()
	}
	return loc
}

// quoteZone quotes a name that looks like a zone of a continent, and only tells the
// length of any other.
func quoteZone(name string) string {
	if strings.Contains(name, "/") {
		return strconv.Quote(name)
	}
	return "a name of " + strconv.Itoa(len(name)) + " bytes"
}

// zoneName reports whether s is a plain name of the IANA database. What a machine's
// own database has beside those, such as its local time or zones with leap seconds,
// is none.
func zoneName(s string) bool {
	if len(s) > 40 {
		return false
	}
	for part := range strings.SplitSeq(s, "/") {
		for i := 0; i < len(part); i++ {
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
