package ledger

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Payment is a payment received. The zero Payment is not valid.
type Payment struct {
	ID     string       // the payment's id, unique in a ledger. Required
	At     time.Time    // when it was received. Required
	Amount refund.Money // in the currency of the price. Required, positive
	Method string       // the means of payment, such as "visa 4242". Optional
}

// A PaymentStatus is a payment, with its amount split into parts:
//
//	Amount = Reversed + Available + Disputed + (Refunded + Lost − Excess)
//
// A refund or lost dispute that a [Reversal] names counts as Reversed, and no longer as
// Refunded or Lost. If the reversals exceed the payment, the named amounts that do not fit
// into it still count as Refunded or Lost, and so as Excess.
type PaymentStatus struct {
	Payment

	Reversed  refund.Money // by reversals, at most the amount
	Refunded  refund.Money // by refunds that have not failed, outside refunds included
	Lost      refund.Money // in lost disputes
	Disputed  refund.Money // in open disputes, up to the remaining amount
	Available refund.Money // the rest
	Excess    refund.Money // the amount by which Refunded and Lost exceed Amount less Reversed
}

// RecordPayment records a payment. It returns a [*refund.InvalidError] for a payment that
// is not valid, or an error matching [ErrConflict] if another payment has the id.
func (l Ledger) RecordPayment(p Payment) (Ledger, error) { return l.with(p.event()) }

func (p Payment) event() Event {
	return Event{Kind: EventPaid, At: p.At, ID: p.ID, Amount: p.Amount, Method: p.Method}
}

// Payments returns the payments, in the order in which they were recorded.
func (l Ledger) Payments() []PaymentStatus {
	if l.b == nil {
		return nil
	}
	standings := l.b.standings()
	list := make([]PaymentStatus, len(standings))
	for i, s := range standings {
		e := &l.b.events[l.b.payments[i].event]
		list[i] = PaymentStatus{
			Payment:   Payment{ID: e.ID, At: e.At, Amount: e.Amount, Method: e.Method},
			Reversed:  exact.Sub(e.Amount, s.paid),
			Refunded:  s.refunded,
			Lost:      s.lost,
			Disputed:  s.disputed,
			Available: s.available,
			Excess:    s.excess,
		}
	}
	return list
}

// A payment is a payment in the books, with the sums of everything that reduces its available amount.
type payment struct {
	event    int
	amount   refund.Money
	reversed refund.Money // the sum of reversals, which may exceed the amount
	refunded refund.Money // by refunds that have not failed
	lost     refund.Money // in lost disputes
	open     refund.Money // claimed by open disputes

	// The parts of outside refunds and lost disputes that reversals name. They are part of
	// reversed, and not of refunded and lost.
	namedRefunds, namedLost refund.Money
}

// A standing splits the amount of a payment: paid = available + disputed + (refunded + lost
// − excess). Paid is the amount that has not been reversed.
type standing struct{ paid, refunded, lost, disputed, available, excess refund.Money }

// standing subtracts from the amount in this order: reversals, refunds and lost disputes,
// open disputes.
func (p *payment) standing() standing {
	s := standing{refunded: p.refunded, lost: p.lost}
	reversed := exact.Min(p.reversed, p.amount)
	s.paid = exact.Sub(p.amount, reversed)
	if over := exact.Sub(p.reversed, reversed); over.Sign() > 0 {
		// The refunds and lost disputes that reversals name were paid out, even if the reversals exceed the payment.
		refunded := exact.Min(over, p.namedRefunds)
		s.refunded = exact.Add(s.refunded, refunded)
		s.lost = exact.Add(s.lost, exact.Min(exact.Sub(over, refunded), p.namedLost))
	}
	gone := exact.Add(s.refunded, s.lost)
	returned := exact.Min(gone, s.paid)
	s.excess = exact.Sub(gone, returned)
	rest := exact.Sub(s.paid, returned)
	s.disputed = exact.Min(p.open, rest)
	s.available = exact.Sub(rest, s.disputed)
	return s
}

// returned returns the part of the paid amount that refunds and lost disputes returned.
func (s *standing) returned() refund.Money {
	return exact.Sub(exact.Add(s.refunded, s.lost), s.excess)
}

// standings returns the standings of all payments. Outside refunds that name no payment are
// taken from the available amounts, oldest payment first, and then from the disputed ones.
func (b *books) standings() []standing {
	list := make([]standing, len(b.payments))
	for i := range b.payments {
		list[i] = b.payments[i].standing()
	}
	rest := b.unplaced
	if rest.Sign() == 0 {
		return list
	}
	draw := func(s *standing, from *refund.Money) {
		part := exact.Min(rest, *from)
		*from = exact.Sub(*from, part)
		s.refunded = exact.Add(s.refunded, part)
		rest = exact.Sub(rest, part)
	}
	order := b.byAge(OrderOldest)
	for _, i := range order {
		draw(&list[i], &list[i].available)
	}
	for _, i := range order {
		draw(&list[i], &list[i].disputed)
	}
	return list
}

func (b *books) enterPayment(e *Event) (bool, error) {
	if i, known := b.paymentByID[e.ID]; known {
		return false, sameAs(e, &b.events[b.payments[i].event], "payment")
	}
	b.paymentByID[e.ID] = len(b.payments)
	b.payments = append(b.payments, payment{
		event: len(b.events), amount: e.Amount,
		reversed: b.zero, refunded: b.zero, lost: b.zero, open: b.zero, namedRefunds: b.zero, namedLost: b.zero,
	})
	b.sums.paid = exact.Add(b.sums.paid, e.Amount)
	b.sums.available = exact.Add(b.sums.available, e.Amount)
	return true, nil
}

// sameAs returns an error unless an event repeats the known event with its id.
func sameAs(e, known *Event, what string) error {
	if e.same(known) {
		return nil
	}
	return &conflict{"another " + what + " has the same id"}
}

// change changes a payment, and updates the sums.
func (b *books) change(i int, alter func(p *payment)) {
	p := &b.payments[i]
	before := p.standing()
	alter(p)
	after := p.standing()
	move := func(sum *refund.Money, before, after refund.Money) {
		*sum = exact.Add(*sum, exact.Sub(after, before))
	}
	move(&b.sums.paid, before.paid, after.paid)
	move(&b.sums.refunded, before.refunded, after.refunded)
	move(&b.sums.lost, before.lost, after.lost)
	move(&b.sums.disputed, before.disputed, after.disputed)
	move(&b.sums.available, before.available, after.available)
	move(&b.sums.excess, before.excess, after.excess)
}
