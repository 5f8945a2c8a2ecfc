package ledger_test

import (
	"fmt"
	"slices"
)

// This file has the requests of the model: posting and submitting.

// spent reports whether a decision is posted, in a refund that has not failed.
func (m model) spent(decision int) bool {
	return slices.ContainsFunc(m.all("posted"), func(r fact) bool { return r.posting.decision == decision && m.refundState(r) != "failed" })
}

// A wish is a decision in the model.
type wish struct {
	number                                  int
	amount, price, paid, refunded, disputed int64
	none, elsewhere                         bool // the zero Decision; one on another subscription
}

// post enters a refund.
func (m model) post(w wish, key string, order int) (model, string) {
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
		return m, invalid(faults...)
	}
	if w.amount == 0 {
		return m, "nothing to refund"
	}
	if r, known := m.find("posted", key); known {
		if r.posting.decision != w.number {
			return m, conflict
		}
		return m, unchanged
	}
	if m.spent(w.number) {
		return m, conflict
	}
	paid, refunded, disputed := m.judged()
	for _, now := range []struct {
		what      string
		then, now int64
	}{{"price", w.price, m.price}, {"paid", w.paid, paid}, {"refunded", w.refunded, refunded}, {"disputed", w.disputed, disputed}} {
		if now.then != now.now {
			return m, fmt.Sprintf("other books: %s %d, now %d", now.what, now.then, now.now)
		}
	}
	parts := m.split(w.amount, order)
	return m.and(fact{what: "posted", id: key, at: 12, amount: w.amount, posting: &posting{w.number, parts}}), entered
}

// split splits an amount over the payments.
func (m model) split(amount int64, order int) (parts []part) {
	sources := m.oldest()
	if order == 1 {
		slices.Reverse(sources)
	}
	of, all := m.standings()
	available := func(f fact) int64 { return of[f.id].available }
	for _, s := range sources {
		if available(s) == amount {
			return []part{{payment: s.id, amount: amount}}
		}
	}
	if order < 2 {
		for _, s := range sources {
			if p := min(amount, available(s)); p > 0 {
				parts = append(parts, part{payment: s.id, amount: p})
				amount -= p
			}
		}
		return parts
	}
	total := all.available
	left, rests := amount, map[string]int64{}
	for _, s := range sources {
		p := amount * available(s) / total
		rests[s.id] = amount * available(s) % total
		parts = append(parts, part{payment: s.id, amount: p})
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

// submit records that an instruction was sent.
func (m model) submit(key string, at int) (model, string) {
	if key == "" {
		return m, invalid("id")
	}
	p, known := m.part(key)
	if !known {
		return m, unknown
	}
	switch state, _ := m.state(key); state {
	case "submitted", "settled":
		return m, unchanged
	case "failed":
		return m, "failed"
	}
	paid, _ := m.find("paid", p.payment)
	s, all := m.alone(paid), m.sums()
	switch {
	case all.gone() > m.cap(all), s.gone() > s.net():
		return m, "insufficient"
	case all.gone()+all.disputed > m.cap(all), s.gone()+s.open > s.net():
		return m, "disputed"
	}
	return m.and(fact{what: "submitted", id: key, at: at}), entered
}
