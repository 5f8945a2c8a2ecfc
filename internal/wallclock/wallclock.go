// Package wallclock finds the instants at which the clocks of a place showed a time.
package wallclock

import (
	"errors"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// The offset of every place is within this distance of UTC, and since 1970 no place has
// changed its clocks twice within twice this time. So the offset before and the offset
// after are all that can apply.
const furthest = 26 * time.Hour

// Fault returns the reason why a location is refused, or "". It is the rule of a
// [refund.Policy]: the location is required, and it must not be the machine's own.
func Fault(loc *time.Location) string {
	// The published policy is sound at any place, so its only fault is the location's.
	var invalid *refund.InvalidError
	if errors.As(refund.Published(loc).Validate(), &invalid) {
		return invalid.Faults[0].Reason
	}
	return ""
}

// Showing returns the instants at which the clocks of loc showed the time that clock
// shows in UTC: usually one, no instant if the clocks skipped the time, and two, the
// earlier one first, if the clocks were put back over it. The years are 1970 and later.
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
