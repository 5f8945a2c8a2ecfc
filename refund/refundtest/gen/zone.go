package gen

import (
	"slices"
	"sync"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// zones are the places, each with a year in which its clocks do something odd.
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
	{"Pacific/Apia", 2011},         // 30 December was left out
	{"America/Scoresbysund", 2024}, // changes its offset, and goes forward at 23:00
	{"Australia/Lord_Howe", 2024},  // by half an hour
	{"Asia/Kathmandu", 2024},       // +05:45
	{"Asia/Tehran", 2022},          // forward at 00:00, back at 24:00
	{"America/St_Johns", 2006},     // at 00:01, back into the day before
}

// A place is a location and the instants around which its cases happen.
type place struct {
	location *time.Location
	anchors  []time.Time
}

// anchor draws an anchor. It draws as many bits in every place, so that shrinking does not
// take a place with fewer anchors for a simpler one.
func (p place) anchor(t *rapid.T, label string) time.Time {
	const most = 16
	return p.anchors[pick(t, label, most)%len(p.anchors)]
}

var places = sync.OnceValue(func() (all []place) {
	for _, z := range zones {
		// time/tzdata has them all. Without one of them, the others would still do.
		if loc, err := time.LoadLocation(z.name); err == nil {
			all = append(all, place{loc, anchors(loc, z.year)})
		}
	}
	return all
})

// placeOf returns the place of a policy, which need not be one of ours, with the anchors
// of its desk too.
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

// anchors returns the day on which the plain case begins, each change of the clocks in
// a year, and the end of a leap year beyond the years that zone files list.
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
