package ledger_test

import (
	"cmp"
	"slices"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// This file has the facts of a machine: the provider acts, and a writer receives a report of it.

// provide draws a new fact.
func (s *machine) provide(w *hand) {
	acts := []func(*hand) fact{
		s.paid, s.paid, s.reversed, s.reversed, s.refunded, s.refunded, s.refunded, s.refundFailed, s.refundFailed, s.disputed, s.disputed,
		s.decided, s.decided, s.decided, s.decided, s.decided, s.decided, s.settled, s.settled, s.settled, s.settled,
	}
	s.happen(w, acts[s.pick("what happens", len(acts))](w))
}

// happen delivers a fact to a writer, now or later.
func (s *machine) happen(w *hand, f fact) {
	s.happened = append(s.happened, f)
	if s.pick("late", 6) == 5 {
		s.late = append(s.late, f)
		return
	}
	s.deliver(w, f)
}

// deliverLate delivers a fact that was held back.
func (s *machine) deliverLate(w *hand) {
	if len(s.late) == 0 {
		s.provide(w)
		return
	}
	i := s.pick("which late fact", len(s.late))
	f := s.late[i]
	s.late = slices.Delete(s.late, i, i+1)
	s.hit("delivered late")
	s.deliver(w, f)
}

// deliverAgain delivers an earlier fact, which the writer or the other one may have received before.
func (s *machine) deliverAgain(w *hand) {
	s.hit("delivered again")
	s.deliver(w, s.happened[s.latest("which earlier fact", len(s.happened))])
}

// stateOf returns the state of the object of a verdict, or "" if it is unknown.
func stateOf(m model, f fact) (state string) {
	switch f.what {
	case "won", "lost":
		if m.knows("disputed", f.id) {
			state = m.decided(f.id).what
		}
	case "settled", "failed":
		state, _ = m.state(f.id)
	case "refunded":
		state, _ = m.state(f.key)
	case "refund_failed":
		if r, known := m.find("refunded", f.id); known {
			state = latest(m.outcomes(r)).what
		}
	}
	return state
}

// deliver delivers a fact to a writer. A fact that arrives before its object may be delivered again later.
func (s *machine) deliver(w *hand, f fact) {
	next, want := w.model.apply(f)
	label := f.what
	before, after := stateOf(w.model, f), stateOf(next, f)
	switch {
	case f.what == "refunded" && f.key == "" && f.payment == "":
		label += " without a payment"
	case f.what == "refunded" && f.key == "":
	case f.what == "refunded":
		if label += " by key"; want == entered {
			label += " " + before + " to " + after
			s.hit("refunded by key: entered")
		}
	case before != "":
		label += " " + before + " to " + after
		if r, _ := w.model.find("refunded", f.id); f.what == "refund_failed" && r.key != "" {
			s.hit("refund_failed of a key %s to %s: %s", before, after, want)
		}
	case slices.Contains([]string{"won", "lost", "settled", "failed", "refund_failed"}, f.what):
		label += " unset"
	}
	if want == unknown && s.pick("again later", 2) == 0 {
		s.late = append(s.late, f)
		s.hit("delivered too early, and again")
	}
	if want == entered {
		s.notable(w.model, next, f)
	}
	s.step(label, w, next, want, s.record(f))
}

// notable counts the rare situations that a new fact creates.
func (s *machine) notable(before, after model, f fact) {
	switch f.what {
	case "reversed":
		for what, id := range map[string]string{"refund": f.refund, "dispute": f.disputed} {
			if known := before.knows(what+"ed", id) || before.knows(what+"d", id); id != "" && !known {
				s.hit("a reversal names a %s that is not known", what)
			} else if id != "" {
				s.hit("a reversal names a %s", what)
			}
		}
	case "disputed":
		if p, _ := before.find("paid", f.payment); f.amount > p.amount {
			s.hit("a dispute is above the payment")
		}
	case "won", "lost":
		v, now := before.decided(f.id), after.decided(f.id)
		if v.at == f.at && v.what != "open" && now.what == "lost" {
			if v.what != f.what {
				s.hit("a tie is the loss")
			} else if v.amount != f.amount {
				s.hit("a tie is the larger loss")
			}
		}
	case "settled", "failed":
		if state, at := before.state(f.id); at == f.at && state != f.what && (state == "settled" || state == "failed") {
			s.hit("a tie is the settlement")
		}
	}
}

// record returns a function that records a fact, by its method or as an event.
func (s *machine) record(f fact) func(ledger.Ledger) (ledger.Ledger, error) {
	at := day(f.at)
	var amount refund.Money
	if slices.Contains([]string{"paid", "reversed", "refunded", "disputed", "lost"}, f.what) {
		amount = s.money(f.amount)
	}
	if s.pick("as an event", 2) == 0 {
		e := ledger.Event{At: at, ID: f.id, Amount: amount, Method: f.method, Payment: f.payment, Key: f.key, Reason: f.reason, Refund: f.refund, Dispute: f.disputed}
		if err := e.Kind.UnmarshalText([]byte(f.what)); err != nil {
			s.Fatalf("not a kind: %v", err)
		}
		return func(l ledger.Ledger) (ledger.Ledger, error) { return l.Record(e) }
	}
	return func(l ledger.Ledger) (ledger.Ledger, error) {
		switch f.what {
		case "paid":
			return l.RecordPayment(ledger.Payment{ID: f.id, At: at, Amount: amount, Method: f.method})
		case "reversed":
			return l.RecordReversal(ledger.Reversal{ID: f.id, At: at, Payment: f.payment, Amount: amount, Refund: f.refund, Dispute: f.disputed})
		case "refunded":
			return l.RecordRefund(ledger.OutsideRefund{ID: f.id, At: at, Amount: amount, Payment: f.payment, Key: f.key, Reason: f.reason})
		case "refund_failed":
			return l.FailRefund(f.id, at)
		case "disputed":
			return l.RecordDispute(ledger.Dispute{ID: f.id, Payment: f.payment, Amount: amount, At: at})
		case "won":
			return l.WinDispute(f.id, at)
		case "lost":
			return l.LoseDispute(f.id, amount, at)
		case "settled":
			return l.Settle(f.id, at)
		}
		return l.Fail(f.id, at)
	}
}

// known draws the id of an object in the books, or another id.
func (s *machine) known(w *hand, what, prefix string, n int) string {
	if s.rarely("no " + what) {
		return ""
	}
	if list := w.model.all(what); len(list) > 0 && s.pick("a known "+what, 4) > 0 {
		return list[s.latest("which "+what, len(list))].id
	}
	return s.id(what, prefix, n)
}

// at draws the instant of an event. Several events often have the same one.
func (s *machine) at() int { return 11 + s.pick("at", 4) }

// faulty rarely replaces an amount with one that must be refused.
func (s *machine) faulty(amount int64) int64 {
	if s.rarely("a faulty amount") {
		return rapid.SampledFrom([]int64{0, -1, -amount}).Draw(s.T, "faulty amount")
	}
	return amount
}

// again often replaces a fact with the recorded one that has the same id.
func (s *machine) again(w *hand, f fact) fact {
	if g, known := w.model.find(f.what, f.id); known && s.pick("again", 2) == 0 {
		g.at = f.at
		return g
	}
	return f
}

func (s *machine) paid(w *hand) fact {
	return s.again(w, fact{
		what: "paid", id: s.id("payment", "P-", 4), at: rapid.IntRange(2, 4).Draw(s.T, "received"),
		amount: s.faulty(s.about("paid", s.price)), method: rapid.SampledFrom([]string{"", "visa 4242"}).Draw(s.T, "method"),
	})
}

func (s *machine) reversed(w *hand) fact {
	payment := s.known(w, "paid", "P-", 4)
	paid, _ := w.model.find("paid", payment)
	f := fact{what: "reversed", id: s.id("reversal", "V-", 5), at: s.at(), payment: payment, amount: s.about("reversed", paid.amount)}
	named := ""
	switch s.pick("it names", 4) {
	case 0:
		f.refund = s.known(w, "refunded", "F-", 6)
		named = f.refund
	case 1:
		f.disputed = s.known(w, "disputed", "D-", 4)
		named = f.disputed
	}
	for _, g := range w.model.facts {
		if g.id == named && (g.what == "refunded" || g.what == "disputed") && s.pick("as it was", 3) > 0 {
			f.payment, f.amount = cmp.Or(g.payment, f.payment), s.about("the named amount", g.amount)
		}
	}
	f.amount = s.faulty(f.amount)
	return s.again(w, f)
}

func (s *machine) refunded(w *hand) fact {
	f := fact{what: "refunded", id: s.id("refund", "F-", 6), at: s.at(), reason: rapid.SampledFrom([]string{"", "dashboard"}).Draw(s.T, "reason")}
	switch s.pick("refund", 3) {
	case 0:
		f.key = s.instruction(w, "pending", "submitted", "failed")
		p, _ := w.model.part(f.key)
		f.amount, f.payment = p.amount, rapid.SampledFrom([]string{"", p.payment}).Draw(s.T, "with its payment")
		if p.amount == 0 || s.pick("another content", 8) == 0 {
			f.amount, f.payment = s.about("refunded by key", max(1, p.amount)), s.known(w, "paid", "P-", 4)
		}
	case 1:
		f.payment = s.known(w, "paid", "P-", 4)
		paid, _ := w.model.find("paid", f.payment)
		f.amount = s.about("refunded", paid.amount)
	default:
		f.amount = s.about("refunded", s.price)
	}
	f.amount = s.faulty(f.amount)
	return s.again(w, f)
}

func (s *machine) refundFailed(w *hand) fact {
	if len(w.model.all("refunded")) == 0 && !s.rarely("of an unknown refund") {
		return s.refunded(w)
	}
	return fact{what: "refund_failed", id: s.known(w, "refunded", "F-", 6), at: s.at()}
}

func (s *machine) disputed(w *hand) fact {
	payment := s.known(w, "paid", "P-", 4)
	if list := w.model.all("posted"); len(list) > 0 && s.pick("of a refund", 2) == 0 {
		payment = list[s.latest("which refund", len(list))].posting.parts[0].payment
	}
	paid, _ := w.model.find("paid", payment)
	return s.again(w, fact{what: "disputed", id: s.id("dispute", "D-", 4), payment: payment, at: s.at(), amount: s.faulty(s.about("claimed", paid.amount))})
}

func (s *machine) decided(w *hand) fact {
	if len(w.model.all("disputed")) == 0 && !s.rarely("on an unknown dispute") {
		return s.disputed(w)
	}
	f := fact{what: "won", id: s.known(w, "disputed", "D-", 4), at: s.at()}
	if s.pick("outcome", 5) < 3 {
		d, _ := w.model.find("disputed", f.id)
		f.what, f.amount = "lost", s.faulty(s.about("lost", d.amount))
	}
	return f
}

func (s *machine) settled(w *hand) fact {
	if len(w.model.all("posted")) == 0 && !s.rarely("of an unknown instruction") {
		return s.decided(w)
	}
	for _, r := range w.model.all("posted") {
		if m := w.model; m.refundState(r) == "failed" && m.spent(r.posting.decision) && s.pick("of a decision posted again", 2) == 0 {
			return fact{what: "settled", id: r.posting.parts[0].key, at: 14}
		}
	}
	what := rapid.SampledFrom([]string{"settled", "failed"}).Draw(s.T, "outcome")
	return fact{what: what, id: s.instruction(w, "pending", "submitted"), at: s.at()}
}
