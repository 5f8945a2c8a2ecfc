package tickets

import (
	"slices"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func (a *audit) validate() (faults refund.Faults) {
	faults.Add("created_at", instant.Fault(a.at))
	slices.Sort(a.via.tickets)
	a.via.tickets = slices.Compact(a.via.tickets)
	if a.id < 1 {
		faults.Add("id", "is not positive")
	}
	if a.ticket < 1 {
		faults.Add("ticket_id", "is not positive")
	}
	return faults
}

func (d *desk) readAudit(a *audit, r *strict.Reader) {
	r.Object(
		strict.ValueField("id", func(r *strict.Reader) { a.id = r.Integer(64) }).Required(),
		strict.ValueField("ticket_id", func(r *strict.Reader) { a.ticket = r.Integer(64) }).Required(),
		strict.InstantField("created_at", &a.at).Required(),
		optional("author_id", func(r *strict.Reader) {
			a.author = d.name(strconv.AppendInt(nil, r.Integer(64), 10))
		}),
		optional("via", a.via.read),
		strict.ValueField("events", func(r *strict.Reader) {
			r.Array(func() { d.readEvent(a, r) })
		}).Required(),
		strict.Rest,
	)
}

// readEvent reads an event of an audit, and keeps it if it is a status change.
func (d *desk) readEvent(a *audit, r *strict.Reader) {
	var e auditEvent
	var changed, status, tags, tagged bool
	text := func(s *string, given *bool) func(*strict.Reader) {
		return func(r *strict.Reader) {
			switch r.Peek() {
			case '"':
				b, _ := r.TextBytes()
				if *given = len(b) > 0; len(b) <= longestName {
					*s = d.name(b)
				}
			case '[':
				r.Array(func() {
					if r.Peek() != '"' {
						r.Skip()
					} else if b, _ := r.TextBytes(); string(b) == "closed_by_merge" && s == &e.to {
						tagged = true
					}
				})
			default:
				r.Skip()
			}
		}
	}
	before := r.Count()
	r.Object(
		optional("type", func(r *strict.Reader) {
			b, _ := r.TextBytes()
			e.created, changed = string(b) == "Create", string(b) == "Change"
		}),
		optional("field_name", func(r *strict.Reader) {
			b, _ := r.TextBytes()
			status, tags = string(b) == "status", string(b) == "tags"
		}),
		strict.ValueField("value", text(&e.to, new(bool))),
		strict.ValueField("previous_value", text(&e.from, &e.known)),
		optional("via", a.via.read),
		strict.Rest,
	)
	switch {
	case !e.created && !changed || r.Count() > before:
	case tags:
		a.tagged = a.tagged || tagged
	case status && e.to == "":
		r.FaultBelow("value", "is required: a status of at most 100 bytes")
	case status:
		e.known = e.known && changed
		a.events = append(a.events, e)
	}
}

// A via is the part of a via object that matters for merges.
type via struct {
	merge   bool
	tickets []string // the ids of the others that were merged
}

// read reads a via object. Ids of a wrong type are ignored, since other channels than merge
// use the same field names.
func (v *via) read(r *strict.Reader) {
	var merge bool
	var ids []string
	id := func(r *strict.Reader) {
		if c := r.Peek(); '0' <= c && c <= '9' {
			if n := r.Integer(64); n > 0 {
				ids = append(ids, strconv.FormatInt(n, 10))
			}
			return
		}
		r.Skip()
	}
	r.Object(
		strict.ValueField("channel", func(r *strict.Reader) {
			if r.Peek() == '"' {
				b, _ := r.TextBytes()
				merge = merge || string(b) == "merge"
				return
			}
			merge = string(r.Skip()) == "19" || merge
		}),
		optional("source", func(r *strict.Reader) {
			r.Object(
				optional("rel", func(r *strict.Reader) {
					b, _ := r.TextBytes()
					merge = merge || string(b) == "merge"
				}),
				optional("from", func(r *strict.Reader) {
					r.Object(
						strict.ValueField("ticket_id", id),
						optional("ticket_ids", func(r *strict.Reader) { r.Array(func() { id(r) }) }),
						strict.Rest,
					)
				}),
				strict.Rest,
			)
		}),
		strict.Rest,
	)
	if merge {
		v.merge = true
		v.tickets = append(v.tickets, ids...)
	}
}

// longestName is the length of the longest status or user id.
const longestName = 100

// optional returns a field that can be null.
func optional(name string, read func(*strict.Reader)) strict.Field {
	return strict.ValueField(name, func(r *strict.Reader) {
		if r.Peek() == 'n' {
			r.Skip()
			return
		}
		read(r)
	})
}
