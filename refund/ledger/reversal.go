package ledger

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Reversal states that a payment, or a part of it, was reversed and counts as never paid:
// a bounced debit, a void, or a duplicate charge that was returned. The zero Reversal is
// not valid.
//
// If the books also have the same money as an outside refund or as a lost dispute, the
// reversal must name the refund or dispute. The amount then counts as reversed, and no
// longer as returned. The refund or dispute may be recorded later. It must be on the payment
// of the reversal; a refund may also name no payment. A refund that carried out an
// instruction stays a refund.
type Reversal struct {
	ID      string       // the reversal's id, unique in a ledger. Required
	Payment string       // the payment's id. Required
	Amount  refund.Money // the reversed amount. Required, positive
	At      time.Time    // when it was reversed. Required
	Refund  string       // the id of the outside refund that is the same money. Optional
	Dispute string       // the id of the lost dispute that is the same money. Optional; refused beside Refund
}

// RecordReversal records a reversal. It returns a [*refund.InvalidError] for a reversal
// that is not valid, or an error matching [ErrConflict] if another reversal has the id, or
// [ErrUnknown] if the payment is not in the books.
func (l Ledger) RecordReversal(r Reversal) (Ledger, error) {
	return l.with(Event{Kind: EventReversed, At: r.At, ID: r.ID, Payment: r.Payment, Amount: r.Amount, Refund: r.Refund, Dispute: r.Dispute})
}

// Reversals returns the reversals, in the order in which they were recorded.
func (l Ledger) Reversals() []Reversal {
	if l.b == nil {
		return nil
	}
	list := make([]Reversal, len(l.b.reversals))
	for i, at := range l.b.reversals {
		e := &l.b.events[at]
		list[i] = Reversal{ID: e.ID, Payment: e.Payment, Amount: e.Amount, At: e.At, Refund: e.Refund, Dispute: e.Dispute}
	}
	return list
}

// A claim names an outside refund or a dispute, and the payment that it is on.
type claim struct {
	kind    EventKind // EventRefunded or EventDisputed
	id      string
	payment string // "" for a refund without a payment
}

func (b *books) enterReversal(e *Event) (bool, error) {
	if i, known := b.reversalByID[e.ID]; known {
		return false, sameAs(e, &b.events[i], "reversal")
	}
	i, known := b.paymentByID[e.Payment]
	if !known {
		return false, &unknown{"payment"}
	}
	b.change(i, func(p *payment) { p.reversed = exact.Add(p.reversed, e.Amount) })
	b.reversalByID[e.ID] = len(b.events)
	b.reversals = append(b.reversals, len(b.events))
	name := func(c claim) { b.named[c] = exact.Add(b.reversedOf(c), e.Amount) }
	if e.Refund != "" {
		onPayment := claim{EventRefunded, e.Refund, e.Payment}
		if _, named := b.named[onPayment]; !named {
			b.namers[e.Refund] = append(b.namers[e.Refund], i)
		}
		b.alterOutside(e.Refund, []int{i}, func() {
			name(onPayment)
			name(claim{EventRefunded, e.Refund, ""})
		})
	}
	if e.Dispute != "" {
		b.alterDispute(e.Dispute, func() { name(claim{EventDisputed, e.Dispute, e.Payment}) })
	}
	return true, nil
}

// reversedOf returns the amount of the reversals that name a claim.
func (b *books) reversedOf(c claim) refund.Money {
	if m, named := b.named[c]; named {
		return m
	}
	return b.zero
}

// splitNamed splits the amount of a claim into the part that reversals name, and the rest.
func (b *books) splitNamed(amount refund.Money, c claim) (named, rest refund.Money) {
	named = exact.Min(amount, b.reversedOf(c))
	return named, exact.Sub(amount, named)
}

// reversedBeyond reports whether reversals of a payment that name an outside refund exceed
// the payment, alone or with others.
func (b *books) reversedBeyond(refundID string) bool {
	return slices.ContainsFunc(b.namers[refundID], func(i int) bool {
		return exact.Less(b.payments[i].amount, b.payments[i].reversed)
	})
}
