package tickets

import (
	"io"
	"iter"
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/elements"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
)

// Zendesk returns the issues of an export of ticket audits, in the order in which their
// tickets first appear in the file. The sequence can be ranged over once. It reads all of r
// before it returns the first ticket, and keeps only the status changes, at most 10,000 for
// each ticket.
//
// The file has audits as the API returns them: in pages ({"audits": […]}), as an array, or
// as JSON Lines. They may be in any order, and an audit may appear twice. An audit has at
// most 16 MiB. The fields id, ticket_id, created_at and events are required.
//
//   - An event of the type Create or Change with the field_name status is a status change.
//     All other events are ignored, as the API recommends.
//   - The first change must have the type Create. It opens the issue.
//   - Event.By is the audit's author_id, which is -1 for Zendesk itself.
//   - An audit is part of a merge if its via, or the via of one of its events, has the
//     channel merge (or 19) or the rel merge, or if the audit adds the tag closed_by_merge.
//
// The descriptions do not say which of the merged tickets via.source.from names. If the
// audit closes its ticket, Zendesk takes the named ticket as the one into which this ticket
// was merged. If it does not, Zendesk takes the named tickets as those that were merged into
// this one. If two audits disagree, the audit of the ticket that remains decides.
//
// An audit with faults is returned at once, as an *evidence.LineError without a ticket. If
// its ticket_id can be read, its ticket is not returned. Any other error is an error of r.
// The sequence ends after an error of r, and after the fault of a file that is cut off.
//
// It follows these descriptions:
//
//   - https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/
//   - https://developer.zendesk.com/documentation/ticketing/reference-guides/ticket-audit-events-reference/
//   - https://developer.zendesk.com/documentation/ticketing/reference-guides/via-object-reference/
//   - https://developer.zendesk.com/documentation/ticketing/reference-guides/via-types/
func Zendesk(r io.Reader, o Options) iter.Seq2[Ticket, error] {
	return func(yield func(Ticket, error) bool) {
		d := newDesk(o.zendesk())
		if !each(r, "audits", yield, d.audit) {
			return
		}
		for _, t := range d.tickets {
			if err := t.begin(d.options); err != nil && !yield(Ticket{}, err) {
				return
			}
			if !t.bad {
				t.replay(d.options)
				t.changes = nil
			}
		}
		d.yield(yield)
	}
}

// An audit is one update of a ticket.
type audit struct {
	id, ticket int64
	at         time.Time
	author     string
	via        via
	events     []auditEvent // the status changes
	tagged     bool         // with closed_by_merge
}

type auditEvent struct {
	created, known bool
	from, to       string
}

// audit adds an audit to its ticket.
func (d *desk) audit(e elements.Element) error {
	var a audit
	err := e.Decode(func(r *strict.Reader) { d.readAudit(&a, r) }, a.validate)
	if a.ticket <= 0 {
		return err
	}
	t := d.ticket(strconv.FormatInt(a.ticket, 10), e)
	if err != nil {
		t.bad = true
		return err
	}
	merging, closes := a.via.merge || a.tagged, false
	for i, c := range a.events {
		if merging && !c.created && c.to == closed {
			closes = true
			t.merged, t.mergedAt, t.mergedBy = true, a.at, a.author
			if len(a.via.tickets) == 1 {
				t.into = a.via.tickets[0]
			}
			continue
		}
		err := t.add(change{at: a.at, order: a.id, index: i, created: c.created, known: c.known, from: c.from, to: c.to, by: a.author})
		if err != nil {
			return err
		}
	}
	if merging && !closes && len(a.via.tickets) > 0 {
		d.claims = append(d.claims, claim{by: t, ids: slices.Clip(a.via.tickets), at: a.at, author: a.author})
	}
	return nil
}

// begin sorts the changes. It sets the first status to the one after the update that created
// the ticket, and removes the changes of that update.
func (t *ticket) begin(o Options) error {
	if t.bad {
		return nil
	}
	t.sort()
	if t.contradicts() {
		return t.fail("is of a ticket that has two different audits with one id")
	}
	if len(t.changes) == 0 || !t.changes[0].created {
		return t.fail("is of a ticket whose history does not begin with its creation: read all of its audits")
	}
	first := t.changes[0]
	t.opened, t.openedBy, t.status = first.at, first.by, first.to
	for _, c := range t.changes {
		if !has(statuses, c.to) && !has(o.Resolved, c.to) {
			t.warn(WarningStatus)
		}
	}
	n := 1
	for ; n < len(t.changes) && t.changes[n].at.Equal(first.at) && t.changes[n].order == first.order; n++ {
		t.apply(&t.changes[n])
	}
	t.changes = t.changes[n:]
	return nil
}

// statuses are the statuses of Zendesk.
var statuses = []string{"new", "open", "pending", "hold", "solved", closed}
