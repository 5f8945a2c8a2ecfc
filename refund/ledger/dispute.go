package ledger

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Dispute is a claim of the customer's bank for a payment or a part of it. The zero
// Dispute is not valid.
type Dispute struct {
	ID      string       // the dispute's id, unique in a ledger. Required
	Payment string       // the payment's id. Required
	Amount  refund.Money // the disputed amount, which may exceed the payment's. Required, positive
	At      time.Time    // when the dispute was opened. Required
}

// A DisputeStatus is a dispute and its state.
type DisputeStatus struct {
	Dispute

	State     State        // StateOpen, StateWon or StateLost
	Lost      refund.Money // the amount lost, in a lost dispute
	DecidedAt time.Time    // when the bank decided; zero in an open dispute
}

// RecordDispute records a dispute. The disputed amount, up to what remains of the payment,
// is unavailable until the dispute is decided. It returns a [*refund.InvalidError] for a
// dispute that is not valid, or an error matching [ErrConflict] if another dispute has the
// id, or [ErrUnknown] if the payment is not in the books.
func (l Ledger) RecordDispute(d Dispute) (Ledger, error) {
	return l.with(Event{Kind: EventDisputed, At: d.At, ID: d.ID, Payment: d.Payment, Amount: d.Amount})
}

// WinDispute records that the bank decided a dispute for the company: the disputed amount
// is available again. If the bank decides several times, its latest decision counts. The
// error matches [ErrUnknown] if the dispute is not in the books.
func (l Ledger) WinDispute(id string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventWon, At: at, ID: id})
}

// LoseDispute records that the bank decided a dispute for the customer, and the amount that
// it returned: the disputed amount, a part of it, or more. The amount is required and
// positive. If the bank decides several times, its latest decision counts. The error
// matches [ErrUnknown] if the dispute is not in the books.
func (l Ledger) LoseDispute(id string, amount refund.Money, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventLost, At: at, ID: id, Amount: amount})
}

// Disputes returns the disputes, in the order in which they were recorded.
func (l Ledger) Disputes() []DisputeStatus {
	if l.b == nil {
		return nil
	}
	list := make([]DisputeStatus, len(l.b.disputes))
	for i, d := range l.b.disputes {
		e := &l.b.events[d.event]
		list[i] = DisputeStatus{Dispute{ID: e.ID, Payment: e.Payment, Amount: e.Amount, At: e.At}, StateOpen, refund.Money{}, time.Time{}}
		if d.stands.state != 0 {
			list[i].State, list[i].Lost, list[i].DecidedAt = d.stands.state, d.stands.amount, d.stands.at
		}
	}
	return list
}

// A dispute is a dispute in the books.
type dispute struct {
	event  int
	stands verdict // zero while it is open
}

func (b *books) enterDispute(e *Event) (bool, error) {
	if i, known := b.disputeByID[e.ID]; known {
		return false, sameAs(e, &b.events[b.disputes[i].event], "dispute")
	}
	i, known := b.paymentByID[e.Payment]
	if !known {
		return false, &unknown{"payment"}
	}
	b.change(i, func(p *payment) { p.open = exact.Add(p.open, e.Amount) })
	b.disputeByID[e.ID] = len(b.disputes)
	b.disputes = append(b.disputes, dispute{event: len(b.events)})
	return true, nil
}

// enterVerdict records that a dispute was won or lost.
func (b *books) enterVerdict(e *Event, v verdict) (bool, error) {
	i, known := b.disputeByID[e.ID]
	if !known {
		return false, &unknown{"dispute"}
	}
	if !b.isNew(e) {
		return false, nil
	}
	b.alterDispute(e.ID, func() {
		if d := &b.disputes[i]; v.after(d.stands) {
			d.stands = v
		}
	})
	return true, nil
}

// claims returns the amount that an open dispute claims, or the lost amount in two parts:
// the part that reversals name, and the rest.
func (b *books) claims(d *dispute) (open, named, lost refund.Money) {
	e := &b.events[d.event]
	switch d.stands.state {
	case StateWon:
		return b.zero, b.zero, b.zero
	case StateLost:
		named, lost = b.splitNamed(d.stands.amount, claim{EventDisputed, e.ID, e.Payment})
		return b.zero, named, lost
	}
	return e.Amount, b.zero, b.zero
}

// alterDispute makes a change that may alter the claims of a dispute.
func (b *books) alterDispute(id string, alter func()) {
	i, known := b.disputeByID[id]
	if !known {
		alter()
		return
	}
	d := &b.disputes[i]
	openBefore, namedBefore, lostBefore := b.claims(d)
	alter()
	open, named, lost := b.claims(d)
	b.change(b.paymentByID[b.events[d.event].Payment], func(p *payment) {
		p.open = exact.Add(p.open, exact.Sub(open, openBefore))
		p.namedLost = exact.Add(p.namedLost, exact.Sub(named, namedBefore))
		p.lost = exact.Add(p.lost, exact.Sub(lost, lostBefore))
	})
}
