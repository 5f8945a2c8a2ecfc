// Package wallclock finds the instants at which the clocks of a place showed a time.
package wallclock

import (
	"errors"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Every place has an offset from UTC of less than this time. Since 1970, no place has changed
// its clocks twice within twice this time. So only two offsets are possible: the one this
// time before, and the one this time after.
const furthest = 26 * time.Hour

// Fault returns the reason why a location is refused, or "". It is the rule of a
// [refund.Policy]: the location is required, and it must not be the machine's own.
func Fault(loc *time.Location) string {
	// The published policy has no other fault than that of its location.
	var invalid *refund.InvalidError
	if errors.As(refund.Published(loc).Validate(), &invalid) {
		return invalid.Faults[0].Reason
	}
	return ""
}

// Showing returns the instants at which the clocks of loc showed the time that clock shows
// in UTC. Usually there is one instant. If the clocks skipped the time, there is not any; if
// they were put back and showed it twice, there are two, the earlier one first. The year of
// clock must be 1970 or later.
func Showing(clock time.Time, loc *time.Location) (instants []time.Time) {
	for _, near := range [...]time.Time{clock.Add(-furthest), clock.Add(furthest)} {
		_, offset := near.In(loc).Zone()
		at := clock.Add(-time.Duration(offset) * time.Second).In(loc)
		if _, there := at.Zone(); there == offset && !slices.ContainsFunc(instants, at.Equal) {
			instants = append(instants, at)
		}
	}
	return instants
}
