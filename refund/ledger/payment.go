package ledger

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Payment is a payment received. The zero Payment is not valid.
type Payment struct {
	ID     string       // names the payment, once in a ledger. Required
	At     time.Time    // when it was received. Required
	Amount refund.Money // in the currency of the price. Required, positive
	Method string       // how it was made, such as "visa 4242". Optional
}

// A PaymentStatus is a payment and its standing: Amount = Available + Disputed + Lost +
// Refunded.
type PaymentStatus struct {
	Payment

	Refunded  refund.Money // by refunds that have not failed
	Lost      refund.Money // in lost disputes
	Disputed  refund.Money // in open disputes, up to the remaining amount
	Available refund.Money // the rest
}

// RecordPayment records a payment. It returns a [*refund.InvalidError] for one that is not
// valid, or an error matching [ErrConflict] for another one of the same id.
func (l Ledger) RecordPayment(p Payment) (Ledger, error) {
	return l.with(Event{Kind: EventPaid, At: p.At, ID: p.ID, Amount: p.Amount, Method: p.Method})
}

// Payments returns the payments, in the order in which they were recorded.
func (l Ledger) Payments() []PaymentStatus {
	if l.b == nil {
		return nil
	}
	list := make([]PaymentStatus, len(l.b.payments))
	for i := range l.b.payments {
		p := &l.b.payments[i]
		e := &l.b.events[p.event]
		s := p.standing()
		list[i] = PaymentStatus{
			Payment:   Payment{ID: e.ID, At: e.At, Amount: e.Amount, Method: e.Method},
			Refunded:  s.refunded,
			Lost:      s.lost,
			Disputed:  s.disputed,
			Available: s.available,
		}
	}
	return list
}

// A payment is a payment in the books.
type payment struct {
	amount   refund.Money
	event    int
	refunded refund.Money // by refunds that have not failed
	lost     refund.Money // claimed by lost disputes
	open     refund.Money // claimed by open disputes
}

// A standing says where the amount of a payment is: amount = available + disputed + lost
// + refunded. The excess is what lost disputes claim beyond the amount.
type standing struct{ available, disputed, lost, refunded, excess refund.Money }

// standing serves the claims in this order: refunds, lost disputes, open disputes.
func (p *payment) standing() standing {
	s := standing{refunded: p.refunded}
	rest := exact.Sub(p.amount, p.refunded)
	s.lost = exact.Min(p.lost, rest)
	s.excess = exact.Sub(p.lost, s.lost)
	rest = exact.Sub(rest, s.lost)
	s.disputed = exact.Min(p.open, rest)
	s.available = exact.Sub(rest, s.disputed)
	return s
}

// overclaimed reports whether disputes, open or lost, claim an amount that was refunded.
func (p *payment) overclaimed() bool {
	s := p.standing()
	return s.excess.Sign() > 0 || exact.Less(s.disputed, p.open)
}

func (b *books) enterPayment(e *Event) (bool, error) {
	if i, known := b.paymentByID[e.ID]; known {
		return false, sameAs(e, &b.events[b.payments[i].event], "payment")
	}
	b.paymentByID[e.ID] = len(b.payments)
	b.payments = append(b.payments, payment{e.Amount, len(b.events), b.zero, b.zero, b.zero})
	b.sums.available = exact.Add(b.sums.available, e.Amount)
	return true, nil
}

// sameAs returns an error unless an event repeats a known one.
func sameAs(e, known *Event, what string) error {
	if e.same(known) {
		return nil
	}
	return &conflict{"another " + what + " has the same id"}
}

// change alters a payment, and the sums with it.
func (b *books) change(i int, alter func(p *payment)) {
	p := &b.payments[i]
	before := p.standing()
	alter(p)
	after := p.standing()
	move := func(sum *refund.Money, before, after refund.Money) {
		*sum = exact.Add(*sum, exact.Sub(after, before))
	}
	move(&b.sums.refunded, before.refunded, after.refunded)
	move(&b.sums.lost, before.lost, after.lost)
	move(&b.sums.disputed, before.disputed, after.disputed)
	move(&b.sums.available, before.available, after.available)
	move(&b.sums.excess, before.excess, after.excess)
}
