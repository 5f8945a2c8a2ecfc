package ledger

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Dispute is a claim of the customer's bank for a payment or a part of it. The zero
// Dispute is not valid.
type Dispute struct {
	ID      string       // names the dispute, once in a ledger. Required
	Payment string       // the payment's id. Required
	Amount  refund.Money // the disputed amount. Required, positive, at most the payment's
	At      time.Time    // when the dispute was opened. Required
}

// A DisputeStatus is a dispute and its state.
type DisputeStatus struct {
	Dispute

	State State // StateOpen, StateWon or StateLost
}

// RecordDispute records a dispute. The disputed amount, up to what remains of the payment,
// is unavailable until the dispute is won or lost. It returns a [*refund.InvalidError] for
// a dispute that is not valid, or an error matching [ErrConflict] for another one of the
// same id, or [ErrUnknown] if the payment is not in the books.
func (l Ledger) RecordDispute(d Dispute) (Ledger, error) {
	return l.with(Event{Kind: EventDisputed, At: d.At, ID: d.ID, Payment: d.Payment, Amount: d.Amount})
}

// WinDispute records that a dispute was decided for the company: the disputed amount is
// available again.
func (l Ledger) WinDispute(id string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventWon, At: at, ID: id})
}

// LoseDispute records that a dispute was decided for the customer: the disputed amount was
// returned.
func (l Ledger) LoseDispute(id string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventLost, At: at, ID: id})
}

// Disputes returns the disputes, in the order in which they were recorded.
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

// A dispute is a dispute in the books.
type dispute struct {
	event int
	state State
}

func (b *books) enterDispute(e *Event) (bool, error) {
	if i, known := b.disputeByID[e.ID]; known {
		return false, sameAs(e, &b.events[b.disputes[i].event], "dispute")
	}
	i, known := b.paymentByID[e.Payment]
	if !known {
		return false, &unknown{"payment"}
	}
	if amount := b.payments[i].amount; exact.Less(amount, e.Amount) {
		return false, invalid("amount", e.Amount.String()+" is more than the payment's "+amount.String())
	}
	b.change(i, func(p *payment) { p.open = exact.Add(p.open, e.Amount) })
	b.disputeByID[e.ID] = len(b.disputes)
	b.disputes = append(b.disputes, dispute{len(b.events), StateOpen})
	return true, nil
}

// enterVerdict enters that a dispute was won or lost.
func (b *books) enterVerdict(e *Event, to State) (bool, error) {
	i, known := b.disputeByID[e.ID]
	if !known {
		return false, &unknown{"dispute"}
	}
	d := &b.disputes[i]
	switch d.state {
	case to:
		return false, nil
	case StateOpen:
	default:
		return false, &TransitionError{d.state, to}
	}
	claim := &b.events[d.event]
	b.change(b.paymentByID[claim.Payment], func(p *payment) {
		p.open = exact.Sub(p.open, claim.Amount)
		if to == StateLost {
			p.lost = exact.Add(p.lost, claim.Amount)
		}
	})
	d.state = to
	return true, nil
}
