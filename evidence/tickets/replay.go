package tickets

import (
	"cmp"
	"slices"
	"time"
)

// sort sorts the changes by time, and removes repeated ones, since pages of an export may
// overlap.
func (t *ticket) sort() {
	slices.SortStableFunc(t.changes, func(a, b change) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.order, b.order), cmp.Compare(a.index, b.index))
	})
	t.changes = slices.Compact(t.changes)
}

// contradicts reports whether two different updates have one id. The changes must be sorted.
func (t *ticket) contradicts() bool {
	for i := 1; i < len(t.changes); i++ {
		a, b := &t.changes[i-1], &t.changes[i]
		if a.at.Equal(b.at) && a.order == b.order && a.index == b.index {
			return true
		}
	}
	return false
}

// replay applies the sorted changes to the first status, and records the events and the
// resolution that stands at Options.Until. It compares the statuses before and after each update, not those
// before and after each change.
func (t *ticket) replay(o Options) {
	t.event(KindOpened, t.opened, t.openedBy)
	is := o.resolved(t.status, t.resolution)
	if is {
		if o.counts(t.opened) {
			t.resolved = t.opened
		}
		t.event(KindResolved, t.opened, t.openedBy)
	}
	for start := 0; start < len(t.changes); {
		end := start
		for ; end < len(t.changes) && t.changes[end].at.Equal(t.changes[start].at) && t.changes[end].order == t.changes[start].order; end++ {
			t.apply(&t.changes[end])
		}
		last := &t.changes[end-1]
		start = end
		was := is
		is = o.resolved(t.status, t.resolution)
		switch {
		case is && !was:
			if o.counts(last.at) {
				t.resolved = last.at
			}
			t.event(KindResolved, last.at, last.by)
		case was && !is:
			if o.counts(last.at) {
				t.resolved = time.Time{}
			}
			t.event(KindReopened, last.at, last.by)
		}
	}
}

// apply applies a change to the ticket.
func (t *ticket) apply(c *change) {
	field := &t.status
	if c.ofResolution {
		field = &t.resolution
	}
	if c.created || c.known && c.from != *field {
		t.warn(WarningGap)
	}
	*field = c.to
}

func (t *ticket) event(kind Kind, at time.Time, by string) {
	t.events = append(t.events, Event{Kind: kind, At: at, By: by, Ticket: t.id, Status: t.status})
}
