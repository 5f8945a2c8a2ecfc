package tickets

import (
	"slices"
	"strings"
)

const (
	visiting = iota + 1
	visited
)

// link sets the target of each merged ticket. If two tickets disagree on a merge, the target
// decides. link returns an error for each ticket with two targets.
func (d *desk) link() (errs []error) {
	for _, c := range d.claims {
		for _, id := range c.ids {
			if err := d.claim(&c, id); err != nil {
				errs = append(errs, err)
			}
		}
	}
	for _, t := range d.tickets {
		t.target = t.claimed
		if t.target == nil && t.into != "" && t.into != t.id {
			t.target = d.byID[t.into]
		}
		if t.merged && t.target == nil {
			t.warn(WarningMissing)
		}
	}
	return errs
}

// claim records that the ticket with an id was merged into the one that claims it.
func (d *desk) claim(c *claim, id string) error {
	t := d.byID[id]
	switch {
	case t == c.by:
	case t == nil:
		c.by.absent = append(c.by.absent, id)
		c.by.warn(WarningMissing)
	case t.claimed == nil:
		t.claimed = c.by
		if !t.merged {
			t.merged, t.mergedAt, t.mergedBy = true, c.at, c.author
		}
	case t.claimed != c.by:
		c.by.bad = true
		if !t.bad {
			return t.fail("is of a ticket that was merged into two others")
		}
	}
	return nil
}

// root follows the merges from a ticket to the one that remains. If they form a circle, it
// returns nil and an error for the first ticket of the circle.
func (d *desk) root(t *ticket) (*ticket, error) {
	var path []*ticket
	at := t
	for ; at.target != nil && at.visit == 0; at = at.target {
		at.visit = visiting
		path = append(path, at)
	}
	var end *ticket
	var err error
	switch {
	case at.visit == visiting: // this path has visited it before
		err = at.fail("is of a ticket whose merges form a circle")
	case at.visit == visited:
		end = at.target
	default:
		end = at
	}
	for _, p := range path { // so that the next walk ends here
		p.visit, p.target = visited, end
	}
	return end, err
}

// yield yields the issues, which are the tickets that were not merged into another one.
func (d *desk) yield(yield func(Ticket, error) bool) {
	for _, err := range d.link() {
		if !yield(Ticket{}, err) {
			return
		}
	}
	merged := map[*ticket][]*ticket{}
	lost := map[*ticket]bool{} // the tickets with one that is not known whole
	for _, t := range d.tickets {
		root, err := d.root(t)
		if err != nil && !yield(Ticket{}, err) {
			return
		}
		switch {
		case root == nil:
		case t.bad:
			lost[root] = true
		case root != t:
			merged[root] = append(merged[root], t)
		}
	}
	for _, t := range d.tickets {
		if t.target == nil && t.visit == 0 && !t.bad && !lost[t] && !yield(d.issue(t, merged[t]), nil) {
			return
		}
	}
}

// issue returns a ticket with those that were merged into it.
func (d *desk) issue(root *ticket, merged []*ticket) Ticket {
	t := Ticket{History: root.end(), Merged: root.absent, Warnings: root.warnings}
	t.Issue.ID, t.Issue.Opened, t.Issue.Resolved = root.id, root.opened, root.resolved
	for _, m := range merged {
		t.Merged = append(t.Merged, m.id)
		t.History = append(t.History, m.end()...)
		t.Warnings = append(t.Warnings, m.warnings...)
		if m.opened.Before(t.Issue.Opened) {
			t.Issue.Opened = m.opened
		}
		if !root.resolved.IsZero() && (m.opened.After(root.resolved) || m.mergedAt.After(root.resolved) ||
			m.mergedAt.IsZero() && !has(d.options.Resolved, m.status)) {
			t.Warnings = append(t.Warnings, WarningDuplicate)
		}
	}
	slices.SortStableFunc(t.History, func(a, b Event) int { return a.At.Compare(b.At) })
	slices.Sort(t.Merged)
	t.Merged = slices.Compact(t.Merged)
	slices.Sort(t.Warnings)
	t.Warnings = slices.Compact(t.Warnings)
	return t
}

// end returns the events of a ticket, including its merge. If only an audit of the target
// has the merge, the ticket's last change, to closed, is the merge and not a resolution.
func (t *ticket) end() []Event {
	if t.mergedAt.IsZero() {
		return t.events
	}
	if n := len(t.events); n > 0 && t.events[n-1].Kind == KindResolved && strings.EqualFold(t.events[n-1].Status, closed) && t.target != nil {
		t.events[n-1].Kind = KindMerged
		return t.events
	}
	return append(t.events, Event{Kind: KindMerged, At: t.mergedAt, By: t.mergedBy, Ticket: t.id, Status: closed})
}

// closed is the status of Zendesk that a merged ticket has.
const closed = "closed"
