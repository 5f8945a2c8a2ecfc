package ledger_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// What the model says of planning and posting.

// spent reports whether a decision is posted, in a refund that has not failed.
func (m model) spent(decision int) bool {
	return slices.ContainsFunc(m.all("posted"), func(r fact) bool { return r.decision == decision && m.refundState(r) != "failed" })
}

// A wish is a decision as the model sees it.
type wish struct {
	number                        int
	amount, price, paid, refunded int64
	none, elsewhere               bool // the zero Decision; one on another subscription
}

// plan returns the parts of a refund, or why there is none.
func (m model) plan(w wish, key string, order int) (parts []part, verdict string) {
	var faults []string
	if w.none || w.elsewhere {
		faults = append(faults, "decision")
	}
	if key == "" {
		faults = append(faults, "key")
	}
	if order > 2 {
		faults = append(faults, "order")
	}
	if faults != nil {
		return nil, invalid(faults...)
	}
	if w.amount == 0 {
		return nil, "nothing to refund"
	}
	if r, known := m.find("posted", key); known {
		if r.decision != w.number || m.refundState(r) == "failed" {
			return nil, conflict
		}
		return r.parts, "planned"
	}
	if m.spent(w.number) {
		return nil, conflict
	}
	paid, refunded := m.judged()
	for _, now := range []struct {
		what      string
		then, now int64
	}{{"price", w.price, m.price}, {"paid", w.paid, paid}, {"refunded", w.refunded, refunded}} {
		if now.then != now.now {
			return nil, fmt.Sprintf("other books: %s %d, now %d", now.what, now.then, now.now)
		}
	}
	if most := m.refundable(); w.amount > most {
		return nil, insufficient(w.amount, most, m.sums().held)
	}
	return m.split(w.amount, order), "planned"
}

// split spreads an amount over what is free.
func (m model) split(amount int64, order int) (parts []part) {
	sources := m.all("paid")
	slices.SortFunc(sources, func(a, b fact) int {
		oldest := cmp.Or(cmp.Compare(a.at, b.at), strings.Compare(a.id, b.id))
		if order == 1 {
			return -oldest
		}
		return oldest
	})
	free := func(f fact) int64 { return m.standing(f.id).free }
	for _, s := range sources {
		if free(s) == amount {
			return []part{{s.id, amount}}
		}
	}
	if order < 2 {
		for _, s := range sources {
			if p := min(amount, free(s)); p > 0 {
				parts = append(parts, part{s.id, p})
				amount -= p
			}
		}
		return parts
	}
	total := m.sums().free
	left, rests := amount, map[string]int64{}
	for _, s := range sources {
		p := amount * free(s) / total
		rests[s.id] = amount * free(s) % total
		parts = append(parts, part{s.id, p})
		left -= p
	}
	for ; left > 0; left-- {
		best := 0
		for i, p := range parts {
			if rests[p.payment] > rests[parts[best].payment] {
				best = i
			}
		}
		parts[best].amount++
		rests[parts[best].payment] = -1
	}
	return slices.DeleteFunc(parts, func(p part) bool { return p.amount == 0 })
}

// A draft is a plan as the model sees it.
type draft struct {
	version   int
	key       string
	decision  int
	amount    int64
	parts     []part
	none      bool // the zero Plan
	elsewhere bool // of another subscription
}

func (m model) post(d draft, at int) (model, string) {
	if d.none || d.elsewhere {
		return m, invalid("plan")
	}
	if r, known := m.find("posted", d.key); known {
		if r.decision == d.decision && r.amount == d.amount && slices.Equal(r.parts, d.parts) {
			return m, nothing
		}
		return m, conflict
	}
	if m.spent(d.decision) {
		return m, conflict
	}
	if d.version != m.version() {
		return m, fmt.Sprintf("other version: %d, now %d", d.version, m.version())
	}
	if most := m.refundable(); d.amount > most {
		return m, insufficient(d.amount, most, m.sums().held)
	}
	for _, p := range d.parts {
		if _, known := m.find("paid", p.payment); !known {
			return m, unknown
		}
		if s := m.standing(p.payment); p.amount > s.free {
			return m, insufficient(p.amount, s.free, s.held)
		}
	}
	return m.and(fact{what: "posted", id: d.key, at: at, amount: d.amount, decision: d.decision, parts: d.parts}), entered
}
