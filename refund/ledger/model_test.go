package ledger_test

import (
	"cmp"
	"slices"
	"strings"
)

// The model is a ledger written from its documentation, without regard to speed: a list of
// facts and requests, from which every question is answered anew, in int64 minor units. Its
// errors are words.

// A fact is an entry, named by the code of its event: all fields of all kinds.
type fact struct {
	what, id                                       string
	at                                             int
	amount                                         int64
	method, payment, key, reason, refund, disputed string
	posting                                        *posting // of "posted"
}

// A posting is the decision of a refund, and its split.
type posting struct {
	decision int
	parts    []part
}

// A part is the part of a refund on one payment, with the key of its instruction.
type part struct {
	payment string
	amount  int64
	key     string
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
	for _, f := range m.facts {
		if f.what == what && f.id == id {
			return f, true
		}
	}
	return fact{}, false
}

func (m model) knows(what, id string) bool {
	_, known := m.find(what, id)
	return known
}

// part returns the share that an instruction's key names.
func (m model) part(key string) (part, bool) {
	for _, r := range m.all("posted") {
		for _, p := range r.posting.parts {
			if p.key == key {
				return p, true
			}
		}
	}
	return part{}, false
}

// Verdicts of the model; others are errors in words.
const (
	entered   = "entered"
	unchanged = "no change"
	conflict  = "conflict"
	unknown   = "unknown"
)

func invalid(paths ...string) string {
	slices.Sort(paths)
	return "invalid " + strings.Join(paths, ", ")
}

// faults are the paths of the fields that a fact lacks.
func (f fact) faults() (paths []string) {
	if f.id == "" {
		paths = append(paths, "id")
	}
	if f.payment == "" && (f.what == "reversed" || f.what == "disputed") {
		paths = append(paths, "payment")
	}
	if f.amount <= 0 && slices.Contains([]string{"paid", "reversed", "refunded", "disputed", "lost"}, f.what) {
		paths = append(paths, "amount")
	}
	return paths
}

// tell enters a fact.
func (m model) tell(f fact) (model, string) {
	if faults := f.faults(); faults != nil {
		return m, invalid(faults...)
	}
	switch f.what {
	case "paid", "reversed", "refunded", "disputed":
		if g, known := m.find(f.what, f.id); known {
			if f.at = g.at; f != g { // the first instant stands
				return m, conflict
			}
			return m, unchanged
		}
	default: // every verdict is kept
		if slices.Contains(m.facts, f) {
			return m, unchanged
		}
	}
	if refusal := m.refusal(f); refusal != "" {
		return m, refusal
	}
	return m.and(f), entered
}

// refusal says what is unknown of the things that a new fact refers to, or not as it says.
func (m model) refusal(f fact) string {
	p, instructed := m.part(cmp.Or(f.key, f.id))
	known := true
	switch f.what {
	case "reversed", "disputed":
		known = m.knows("paid", f.payment)
	case "refund_failed":
		known = m.knows("refunded", f.id)
	case "won", "lost":
		known = m.knows("disputed", f.id)
	case "settled", "failed":
		known = instructed
	case "refunded":
		switch {
		case f.key == "":
			known = f.payment == "" || m.knows("paid", f.payment)
		case !instructed:
			known = false
		case f.amount != p.amount, f.payment != "" && f.payment != p.payment, m.settler(f.key).id != "":
			return conflict
		}
	}
	if !known {
		return unknown
	}
	return ""
}

// settler returns the outside refund that carried out an instruction.
func (m model) settler(key string) fact {
	for _, r := range m.all("refunded") {
		if r.key == key {
			return r
		}
	}
	return fact{}
}

// A standing verdict is the latest one; of one instant, the loss, the larger loss, or the
// settlement.
func latest(verdicts []fact) fact {
	rank := []string{"won", "lost", "failed", "settled"}
	return slices.MaxFunc(verdicts, func(a, b fact) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(slices.Index(rank, a.what), slices.Index(rank, b.what)), cmp.Compare(a.amount, b.amount))
	})
}

// outcomes are the verdicts on an outside refund: it was settled when it was made.
func (m model) outcomes(r fact) []fact {
	list := []fact{{what: "settled", at: r.at}}
	for _, f := range m.all("refund_failed") {
		if f.id == r.id {
			list = append(list, fact{what: "failed", at: f.at})
		}
	}
	return list
}

// state is that of an instruction, and since when: "" if it is not known.
func (m model) state(key string) (string, int) {
	if _, known := m.part(key); !known {
		return "", 0
	}
	state, since := "pending", 0
	var verdicts []fact
	for _, f := range m.facts {
		switch {
		case f.what == "posted" && slices.ContainsFunc(f.posting.parts, func(p part) bool { return p.key == key }):
			since = f.at
		case f.what == "submitted" && f.id == key:
			state, since = "submitted", f.at
		case (f.what == "settled" || f.what == "failed") && f.id == key:
			verdicts = append(verdicts, f)
		}
	}
	if r := m.settler(key); key != "" && r.id != "" {
		verdicts = append(verdicts, m.outcomes(r)...)
	}
	if verdicts != nil {
		f := latest(verdicts)
		return f.what, f.at
	}
	return state, since
}

var behind = []string{"pending", "submitted", "settled", "failed"}

// refundState is that of a refund: of the part that is furthest behind, of those that
// have not failed.
func (m model) refundState(r fact) string {
	least := len(behind) - 1
	for _, p := range r.posting.parts {
		state, _ := m.state(p.key)
		least = min(least, slices.Index(behind, state))
	}
	return behind[least]
}

// decided is the standing verdict on a dispute; its state is open without one.
func (m model) decided(id string) fact {
	var verdicts []fact
	for _, f := range m.facts {
		if f.id == id && (f.what == "won" || f.what == "lost") {
			verdicts = append(verdicts, f)
		}
	}
	if verdicts == nil {
		return fact{what: "open"}
	}
	return latest(verdicts)
}

// took is the amount that an outside refund or a dispute took, and named the part of it that
// the reversals of a payment name, or of any payment for "".
func (m model) took(f fact, payment string) (amount, named int64) {
	switch {
	case f.what == "disputed" && m.decided(f.id).what == "lost":
		amount = m.decided(f.id).amount
	case f.what == "refunded" && f.key == "" && latest(m.outcomes(f)).what == "settled":
		amount = f.amount
	}
	for _, v := range m.all("reversed") {
		names := f.what == "refunded" && v.refund == f.id || f.what == "disputed" && v.disputed == f.id
		if names && (f.payment == "" || f.payment == v.payment) && (payment == "" || payment == v.payment) {
			named = min(named+v.amount, amount)
		}
	}
	return amount, named
}

// counted is the amount that an outside refund or a dispute took from a payment: a reversal
// of it takes it out of the payment instead.
func (m model) counted(f fact) int64 {
	amount, named := m.took(f, "")
	return amount - named
}

// A standing says where the amount of a payment is, or of all payments: amount = reversed +
// available + disputed + refunded + lost - excess. Open is the amount that open disputes
// claim.
type standing struct{ amount, reversed, refunded, lost, disputed, available, excess, open int64 }

// net is the paid amount.
func (s standing) net() int64 { return s.amount - s.reversed }

// gone is everything returned, and the excess.
func (s standing) gone() int64 { return s.refunded + s.lost }

// bounced is the sum of the reversals of a payment, and the parts of refunds and lost
// disputes that they name. A named part that does not fit into the payment still counts as a
// refund, or as a lost dispute.
func (m model) bounced(paid fact) (sum, refunds, lost int64) {
	for _, f := range m.facts {
		_, named := m.took(f, paid.id)
		switch {
		case f.what == "reversed" && f.payment == paid.id:
			sum += f.amount
		case f.what == "refunded":
			refunds += named
		case f.what == "disputed":
			lost += named
		}
	}
	return sum, refunds, lost
}

// alone is the standing of a payment without regard to refunds that name no payment.
func (m model) alone(paid fact) standing {
	s := standing{amount: paid.amount}
	bounced, namedRefunds, namedLost := m.bounced(paid)
	over := max(0, bounced-paid.amount)
	s.refunded = min(over, namedRefunds)
	s.lost = min(over-s.refunded, namedLost)
	s.reversed = min(bounced, paid.amount)
	for _, f := range m.facts {
		switch {
		case f.what == "refunded" && f.payment == paid.id:
			s.refunded += m.counted(f)
		case f.what == "disputed" && f.payment == paid.id:
			s.lost += m.counted(f)
			if m.decided(f.id).what == "open" {
				s.open += f.amount
			}
		case f.what == "posted":
			for _, p := range f.posting.parts {
				if state, _ := m.state(p.key); p.payment == paid.id && state != "failed" {
					s.refunded += p.amount
				}
			}
		}
	}
	s.excess = max(0, s.gone()-s.net())
	s.disputed = min(s.net()-s.gone()+s.excess, s.open)
	s.available = s.net() - s.gone() + s.excess - s.disputed
	return s
}

// oldest returns the payments by their instants.
func (m model) oldest() []fact {
	list := m.all("paid")
	slices.SortFunc(list, func(a, b fact) int { return cmp.Or(cmp.Compare(a.at, b.at), strings.Compare(a.id, b.id)) })
	return list
}

// unnamed is the amount of the outside refunds that name no payment.
func (m model) unnamed() (amount int64) {
	for _, r := range m.all("refunded") {
		if r.payment == "" {
			amount += m.counted(r)
		}
	}
	return amount
}

// standings are those of the payments by their ids, and that of all: refunds that name no
// payment draw on available amounts first, on disputed ones then; the rest is excess.
func (m model) standings() (of map[string]standing, all standing) {
	of = map[string]standing{}
	left := m.unnamed()
	for _, p := range m.all("paid") {
		of[p.id] = m.alone(p)
	}
	for _, from := range []func(*standing) *int64{
		func(s *standing) *int64 { return &s.available },
		func(s *standing) *int64 { return &s.disputed },
	} {
		for _, p := range m.oldest() {
			s := of[p.id]
			drawn := min(*from(&s), left)
			*from(&s) -= drawn
			s.refunded += drawn
			left -= drawn
			of[p.id] = s
		}
	}
	all = standing{refunded: left, excess: left}
	for _, s := range of {
		all.amount += s.amount
		all.reversed += s.reversed
		all.refunded += s.refunded
		all.lost += s.lost
		all.disputed += s.disputed
		all.available += s.available
		all.excess += s.excess
		all.open += s.open
	}
	return of, all
}

func (m model) sums() standing {
	_, all := m.standings()
	return all
}

// cap is the most that may be returned.
func (m model) cap(all standing) int64 { return min(m.price, all.net()) }

// room is the most that a refund may be now, beyond the amount above the cap.
func (m model) room() (room, beyond int64) {
	all := m.sums()
	return max(0, m.cap(all)-all.gone()-all.disputed), max(0, all.gone()-m.cap(all))
}

// judged are the amounts paid, refunded and disputed of a case.
func (m model) judged() (paid, refunded, disputed int64) {
	s := m.sums()
	refunded = min(s.gone(), s.net())
	return s.net(), refunded, min(s.disputed, s.net()-refunded)
}
