package gen

import (
	"slices"
	"sync"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// zones are time zones, each with a year of unusual clock changes.
var zones = []struct {
	name string
	year int
}{
	{"America/New_York", 2024},
	{"UTC", 2024},
	{"America/Santiago", 2024},     // forward at 24:00, back at 24:00
	{"Asia/Beirut", 2024},          // forward at 00:00, back at 00:00
	{"America/Havana", 2024},       // forward at 00:00, back at 01:00
	{"Africa/Cairo", 2024},         // forward at 00:00, back at 24:00
	{"America/Asuncion", 2024},     // back at 00:00, then forward at 00:00 for good
	{"Pacific/Apia", 2011},         // without December 30
	{"America/Scoresbysund", 2024}, // changes its offset, and goes forward at 23:00
	{"Australia/Lord_Howe", 2024},  // by half an hour
	{"Asia/Kathmandu", 2024},       // +05:45
	{"Asia/Tehran", 2022},          // forward at 00:00, back at 24:00
	{"America/St_Johns", 2006},     // at 00:01, back to the day before
}

// A place is a location with the instants near which its cases occur.
type place struct {
	location *time.Location
	anchors  []time.Time
}

// anchor draws an anchor. It draws the same number of bits for every place, since rapid takes
// fewer bits for a simpler value.
func (p place) anchor(t *rapid.T, label string) time.Time {
	const most = 16
	return p.anchors[pick(t, label, most)%len(p.anchors)]
}

var places = sync.OnceValue(func() (all []place) {
	for _, z := range zones {
		// time/tzdata has all of them; a missing zone would not matter.
		if loc, err := time.LoadLocation(z.name); err == nil {
			all = append(all, place{loc, anchors(loc, z.year)})
		}
	}
	return all
})

// placeOf returns the place of a policy, with the anchors of its desk. The policy may be in
// any location.
func placeOf(p refund.Policy) place {
	where := placeAt(p.Location)
	if p.DeskLocation != nil {
		where.anchors = slices.Concat(where.anchors, placeAt(p.DeskLocation).anchors)
	}
	return where
}

func placeAt(loc *time.Location) place {
	for _, known := range places() {
		if known.location.String() == loc.String() {
			return known
		}
	}
	return place{loc, anchors(loc, 2024)}
}

// anchors returns the start of the plain case, each change of the clocks in a year, and the
// end of a leap year after the years that zone files list.
func anchors(loc *time.Location, year int) []time.Time {
	list := []time.Time{time.Date(2026, time.March, 1, 10, 0, 0, 0, loc)}
	const day = 24 * time.Hour
	for days := range time.Duration(366) {
		from := time.Date(year, time.January, 2, 0, 0, 0, 0, loc).Add(days * day)
		_, next := from.ZoneBounds()
		if !next.After(from) || next.After(from.Add(day)) {
			continue
		}
		_, before := next.Add(-time.Second).Zone()
		if _, after := next.Zone(); after != before {
			list = append(list, next)
		}
	}
	return append(list, time.Date(2041, time.January, 1, 0, 0, 0, 0, loc))
}
