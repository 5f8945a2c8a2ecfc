package ledger_test

import (
	"cmp"
	"slices"
	"strings"
)

// The model is a slow ledger, written from the documentation alone. It is a list of facts
// and requests, and computes every result from the whole list, in int64 minor units. Its
// errors are words.

// A fact is an entry of the list. It has the fields of every kind of event.
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

// part returns the share with the key of an instruction.
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

// Results of the model.
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

// faults returns the paths of the invalid fields of a fact.
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

// apply enters a fact.
func (m model) apply(f fact) (model, string) {
	if faults := f.faults(); faults != nil {
		return m, invalid(faults...)
	}
	switch f.what {
	case "paid", "reversed", "refunded", "disputed":
		if g, known := m.find(f.what, f.id); known {
			if f.at = g.at; f != g { // the first instant is kept
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

// refusal returns unknown if the object of a new fact is not in the model, conflict if it differs from the fact, and "" otherwise.
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

// latest returns the verdict that counts: the latest. At the same instant it is the loss,
// the larger loss, or the settlement.
func latest(verdicts []fact) fact {
	rank := []string{"won", "lost", "failed", "settled"}
	return slices.MaxFunc(verdicts, func(a, b fact) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(slices.Index(rank, a.what), slices.Index(rank, b.what)), cmp.Compare(a.amount, b.amount))
	})
}

// outcomes returns the verdicts on an outside refund. The first is its settlement, at its own instant.
func (m model) outcomes(r fact) []fact {
	list := []fact{{what: "settled", at: r.at}}
	for _, f := range m.all("refund_failed") {
		if f.id == r.id {
			list = append(list, fact{what: "failed", at: f.at})
		}
	}
	return list
}

// state returns the state of an instruction and the day of the last change, or "" if it is unknown.
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

// refundState returns the earliest state among the parts of a refund that have not failed,
// or failed.
func (m model) refundState(r fact) string {
	least := len(behind) - 1
	for _, p := range r.posting.parts {
		state, _ := m.state(p.key)
		least = min(least, slices.Index(behind, state))
	}
	return behind[least]
}

// decided returns the verdict that counts on a dispute, or an open state if there is no verdict.
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

// took returns the amount returned by an outside refund or a dispute, and the part of it
// that reversals of a payment name, or of any payment for "".
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

// counted returns the amount of an outside refund or a dispute that counts as returned. The
// part that reversals name counts as reversed instead.
func (m model) counted(f fact) int64 {
	amount, named := m.took(f, "")
	return amount - named
}

// A standing splits the amount of a payment, or of all payments: amount = reversed +
// available + disputed + refunded + lost - excess. Field open is the amount that open
// disputes claim.
type standing struct{ amount, reversed, refunded, lost, disputed, available, excess, open int64 }

// net returns the amount less reversals.
func (s standing) net() int64 { return s.amount - s.reversed }

// gone returns the returned amount, excess included.
func (s standing) gone() int64 { return s.refunded + s.lost }

// bounced returns the sum of the reversals of a payment, and the parts of refunds and lost
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

// alone returns the standing of a payment, without the refunds that name no payment.
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

// oldest returns the payments, the oldest first.
func (m model) oldest() []fact {
	list := m.all("paid")
	slices.SortFunc(list, func(a, b fact) int { return cmp.Or(cmp.Compare(a.at, b.at), strings.Compare(a.id, b.id)) })
	return list
}

// unnamed returns the sum of the outside refunds that name no payment.
func (m model) unnamed() (amount int64) {
	for _, r := range m.all("refunded") {
		if r.payment == "" {
			amount += m.counted(r)
		}
	}
	return amount
}

// standings returns the standing of each payment by its id, and that of all. Refunds that
// name no payment reduce available amounts first, and then disputed ones; the rest is
// excess.
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

// cap returns the largest amount that may be returned.
func (m model) cap(all standing) int64 { return min(m.price, all.net()) }

// room returns the largest amount of a new refund, and the amount returned beyond the cap.
func (m model) room() (room, beyond int64) {
	all := m.sums()
	return max(0, m.cap(all)-all.gone()-all.disputed), max(0, all.gone()-m.cap(all))
}

// judged returns the amounts paid, refunded and disputed for a case.
func (m model) judged() (paid, refunded, disputed int64) {
	s := m.sums()
	refunded = min(s.gone(), s.net())
	return s.net(), refunded, min(s.disputed, s.net()-refunded)
}
