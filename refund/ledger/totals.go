package ledger

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Totals are what the books come to: Paid = Free + Held + GivenBack. The zero Totals are
// those of no books.
type Totals struct {
	// Paid is what was received.
	Paid refund.Money

	// GivenBack is refunds that have not failed, and lost disputes.
	GivenBack refund.Money

	// Held is what open disputes claim, as far as it is there.
	Held refund.Money

	// Free is the rest.
	Free refund.Money

	// Over is what lost disputes took beyond what was left of their payments: refunded
	// before, it went back twice. It is not in GivenBack, and counts against the cap.
	Over refund.Money

	// Refundable is the most that a refund may be now ([refund.ClauseCap]): what is free,
	// and not more than the lesser of price and paid less what was given back.
	Refundable refund.Money
}

// refunded is what a case takes for given back before, which is never more than was
// paid.
func (t Totals) refunded() refund.Money { return least(plus(t.GivenBack, t.Over), t.Paid) }

// Totals returns what the books come to.
func (l Ledger) Totals() Totals {
	if l.b == nil {
		return Totals{}
	}
	return l.b.totals()
}

// A PaymentStatus is a payment, and what became of it: Amount = Free + Held + Lost +
// Refunded.
type PaymentStatus struct {
	Payment

	Refunded refund.Money // by refunds that have not failed
	Lost     refund.Money // by disputes
	Held     refund.Money // by open disputes
	Free     refund.Money // the rest
}

// Payments returns the payments, in the order in which they were received here.
func (l Ledger) Payments() []PaymentStatus {
	if l.b == nil {
		return nil
	}
	list := make([]PaymentStatus, len(l.b.payments))
	for i := range l.b.payments {
		p := &l.b.payments[i]
		e := &l.b.events[p.event]
		s := p.split()
		list[i] = PaymentStatus{
			Payment:  Payment{ID: e.ID, At: e.At, Amount: e.Amount, Method: e.Method},
			Refunded: s.refunded,
			Lost:     s.lost,
			Held:     s.held,
			Free:     s.free,
		}
	}
	return list
}

// A Refund is one that was posted. The zero Refund is none.
type Refund struct {
	Key      string
	Decision refund.Digest
	Amount   refund.Money
	At       time.Time // when it was posted

	// State is that of the share which is furthest behind, of those that have not failed:
	// StateFailed if all have.
	State State

	// Shares are its parts.
	Shares []ShareStatus
}

// A ShareStatus is a part of a refund, and what became of it.
type ShareStatus struct {
	Instruction

	State State
	At    time.Time // since when
}

// Refunds returns the refunds, in the order in which they were posted.
func (l Ledger) Refunds() []Refund {
	if l.b == nil {
		return nil
	}
	list := make([]Refund, len(l.b.refunds))
	for i := range l.b.refunds {
		list[i] = l.b.refund(i)
	}
	return list
}

// Refund returns the refund with a key, and whether there is one.
func (l Ledger) Refund(key string) (Refund, bool) {
	if l.b == nil {
		return Refund{}, false
	}
	i, known := l.b.refundByKey[key]
	if !known {
		return Refund{}, false
	}
	return l.b.refund(i), true
}

func (b *books) refund(i int) Refund {
	p := &b.refunds[i]
	e := &b.events[p.event]
	r := Refund{Key: e.ID, Decision: e.Decision, Amount: e.Amount, At: e.At, State: p.state(), Shares: make([]ShareStatus, len(e.Shares))}
	for j, instruction := range b.instructionsOf(e) {
		r.Shares[j] = ShareStatus{instruction, p.states[j], p.ats[j]}
	}
	return r
}

func (b *books) instructionsOf(e *Event) []Instruction {
	list := make([]Instruction, len(e.Shares))
	for i, s := range e.Shares {
		method := ""
		if at, known := b.paymentByID[s.Payment]; known {
			method = b.events[b.payments[at].event].Method
		}
		list[i] = Instruction{Payment: s.Payment, Method: method, Amount: s.Amount, Key: b.instructionKey(e, s)}
	}
	return list
}

// A DisputeStatus is a dispute, and what became of it.
type DisputeStatus struct {
	Dispute

	State State
}

// Disputes returns the disputes, in the order in which they were entered.
func (l Ledger) Disputes() []DisputeStatus {
	if l.b == nil {
		return nil
	}
	list := make([]DisputeStatus, len(l.b.disputes))
	for i, d := range l.b.disputes {
		e := &l.b.events[d.event]
		list[i] = DisputeStatus{Dispute{ID: e.ID, Payment: e.Payment, Amount: e.Amount, At: e.At}, d.state}
	}
	return list
}
