package ledger_test

import (
	"slices"
	"strings"
)

// The model is a ledger written from its documentation, without regard to speed: a list of
// facts, from which every question is answered anew, in int64 minor units. Its errors are
// words.

// A fact is something that was entered.
type fact struct {
	what     string // "paid", "posted", "submitted", "settled", "failed", "disputed", "won", "lost"
	id       string // of the payment, the refund or the dispute
	at       int
	amount   int64
	method   string
	payment  string // that is disputed
	decision int
	parts    []part
	of       instr // of the fact of an instruction
}

// A part is the part of a refund on one payment.
type part struct {
	payment string
	amount  int64
}

// An instr is the content of an instruction.
type instr struct {
	refund   string
	decision int
	part
}

type model struct {
	price int64
	facts []fact
}

// and returns the model with one more fact.
func (m model) and(f fact) model { return model{m.price, append(slices.Clip(m.facts), f)} }

func (m model) version() int { return len(m.facts) }

func (m model) all(what string) (list []fact) {
	for _, f := range m.facts {
		if f.what == what {
			list = append(list, f)
		}
	}
	return list
}

func (m model) find(what, id string) (fact, bool) {
	for _, f := range m.all(what) {
		if f.id == id {
			return f, true
		}
	}
	return fact{}, false
}

// state is that of an instruction: "" if it is not known.
func (m model) state(i instr) string {
	r, known := m.find("posted", i.refund)
	if !known || r.decision != i.decision || !slices.Contains(r.parts, i.part) {
		return ""
	}
	state := "pending"
	for _, f := range m.facts {
		if f.of == i {
			state = f.what
		}
	}
	return state
}

var behind = []string{"pending", "submitted", "settled", "failed"}

// refundState is that of a refund: of the part that is furthest behind, of those that
// have not failed.
func (m model) refundState(r fact) string {
	least := len(behind) - 1
	for _, p := range r.parts {
		least = min(least, slices.Index(behind, m.state(instr{r.id, r.decision, p})))
	}
	return behind[least]
}

func (m model) disputeState(id string) string {
	state := ""
	for _, f := range m.facts {
		if f.id == id && slices.Contains([]string{"disputed", "won", "lost"}, f.what) {
			state = f.what
		}
	}
	if state == "disputed" {
		return "open"
	}
	return state
}

// A standing says where the amount of a payment is, or of all payments: amount = available +
// disputed + lost + refunded. The excess is what lost disputes claim beyond the amount,
// open what open disputes claim.
type standing struct{ amount, refunded, lost, disputed, available, excess, open int64 }

func (m model) standing(payment string) (s standing) {
	paid, _ := m.find("paid", payment)
	s.amount = paid.amount
	for _, r := range m.all("posted") {
		for _, p := range r.parts {
			if p.payment == payment && m.state(instr{r.id, r.decision, p}) != "failed" {
				s.refunded += p.amount
			}
		}
	}
	claimed := int64(0)
	for _, d := range m.all("disputed") {
		if d.payment != payment {
			continue
		}
		switch m.disputeState(d.id) {
		case "lost":
			claimed += d.amount
		case "open":
			s.open += d.amount
		}
	}
	s.lost = min(claimed, s.amount-s.refunded)
	s.excess = claimed - s.lost
	s.disputed = min(s.open, s.amount-s.refunded-s.lost)
	s.available = s.amount - s.refunded - s.lost - s.disputed
	return s
}

func (m model) sums() (all standing) {
	for _, p := range m.all("paid") {
		s := m.standing(p.id)
		all.amount += s.amount
		all.refunded += s.refunded
		all.lost += s.lost
		all.disputed += s.disputed
		all.available += s.available
		all.excess += s.excess
	}
	return all
}

// gone is everything returned.
func (s standing) gone() int64 { return s.refunded + s.lost + s.excess }

// refundable is the most that a refund may be now.
func (m model) refundable() int64 {
	s := m.sums()
	return max(0, min(m.price, s.amount)-s.gone()-s.disputed)
}

// judged are the amounts paid, refunded and disputed of a case.
func (m model) judged() (paid, refunded, disputed int64) {
	s := m.sums()
	refunded = min(s.gone(), s.amount)
	return s.amount, refunded, min(s.disputed, s.amount-refunded)
}

// Verdicts of the model; others are errors in words.
const (
	entered  = "entered"
	conflict = "conflict"
	unknown  = "unknown"
)

func invalid(paths ...string) string {
	slices.Sort(paths)
	return "invalid " + strings.Join(paths, ", ")
}

func transition(from, to string) string { return "transition: " + from + " to " + to }

func (m model) pay(id string, at int, amount int64, method string) (model, string) {
	var faults []string
	if id == "" {
		faults = append(faults, "id")
	}
	if amount <= 0 {
		faults = append(faults, "amount")
	}
	if faults != nil {
		return m, invalid(faults...)
	}
	if p, known := m.find("paid", id); known {
		if p.amount != amount || p.method != method {
			return m, conflict
		}
		return m, unchanged
	}
	return m.and(fact{what: "paid", id: id, at: at, amount: amount, method: method}), entered
}

// instruct enters that an instruction was submitted, settled or failed.
func (m model) instruct(i instr, to string) (model, string) {
	from := m.state(i)
	next := m.and(fact{what: to, of: i})
	switch {
	case from == "":
		return m, unknown
	case from == to, from == "settled" && to == "submitted":
		return m, unchanged
	case from == "failed":
		return m, transition(from, to)
	case to == "submitted":
		// What the bank has taken or may take cannot be refunded as well.
		if s := m.standing(i.payment); s.excess > 0 || s.disputed < s.open {
			return m, "disputed"
		}
	}
	return next, entered
}

func (m model) dispute(id, payment string, amount int64, at int) (model, string) {
	var faults []string
	if id == "" {
		faults = append(faults, "id")
	}
	if payment == "" {
		faults = append(faults, "payment")
	}
	if amount <= 0 {
		faults = append(faults, "amount")
	}
	if faults != nil {
		return m, invalid(faults...)
	}
	if d, known := m.find("disputed", id); known {
		if d.payment != payment || d.amount != amount {
			return m, conflict
		}
		return m, unchanged
	}
	p, known := m.find("paid", payment)
	switch {
	case !known:
		return m, unknown
	case amount > p.amount:
		return m, invalid("amount")
	}
	return m.and(fact{what: "disputed", id: id, payment: payment, amount: amount, at: at}), entered
}

func (m model) resolve(id, to string) (model, string) {
	if id == "" {
		return m, invalid("id")
	}
	switch from := m.disputeState(id); from {
	case "":
		return m, unknown
	case to:
		return m, unchanged
	case "open":
		return m.and(fact{what: to, id: id}), entered
	default:
		return m, transition(from, to)
	}
}
