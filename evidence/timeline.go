package evidence

import (
	"math"
	"math/bits"
	"slices"
	"sort"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A timeline finds the records that were made in the time of a resolution. It takes
// logarithmic time: the records, sorted by start, are the leaves of a binary tree, and each
// node holds the latest end of the records below it.
type timeline struct {
	records []*witness        // by start
	ends    []instant.Instant // of all records, sorted
	latest  []instant.Instant // node 1 is the root, the children of n are 2n and 2n+1
	leaves  int               // a power of two; the leaf of records[i] is leaves+i
}

// newTimeline returns the timeline of records that have a start and an end, sorted by start.
func newTimeline(records []*witness) *timeline {
	t := &timeline{records: records, leaves: 1 << bits.Len(uint(len(records)))}
	never := instant.Instant{Second: math.MinInt64}
	t.latest = slices.Repeat([]instant.Instant{never}, 2*t.leaves)
	for i, w := range records {
		t.latest[t.leaves+i] = w.end
		t.ends = append(t.ends, w.end)
	}
	slices.SortFunc(t.ends, instant.Instant.Compare)
	for n := t.leaves - 1; n > 0; n-- {
		t.latest[n] = later(t.latest[2*n], t.latest[2*n+1])
	}
	return t
}

func later(a, b instant.Instant) instant.Instant {
	if a.Before(b) {
		return b
	}
	return a
}

// touching returns the number of records that were made in the time of a resolution, and
// calls found with each of the first MaxListed.
func (t *timeline) touching(issue *refund.Issue, found func(*witness)) int {
	opened, resolved := instant.Of(issue.Opened), instant.Of(issue.Resolved)
	if !timed(issue) {
		return 0
	}
	begun := sort.Search(len(t.records), func(i int) bool { return resolved.Before(t.records[i].start) })
	over := sort.Search(len(t.ends), func(i int) bool { return !t.ends[i].Before(opened) })
	n := begun - over // each record of over is one of begun: it ended, and so began, before the opening
	listed := 0
	t.visit(1, opened, func(w *witness) bool {
		if listed == min(n, MaxListed) {
			return false
		}
		found(w)
		listed++
		return true
	})
	return n
}

// visit calls yield with each record below a node that does not end before an instant, in
// order, until yield returns false. It reports whether yield never returned false.
func (t *timeline) visit(node int, at instant.Instant, yield func(*witness) bool) bool {
	switch {
	case t.latest[node].Before(at):
		return true
	case node >= t.leaves:
		return yield(t.records[node-t.leaves])
	}
	return t.visit(2*node, at, yield) && t.visit(2*node+1, at, yield)
}
