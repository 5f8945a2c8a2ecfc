package ledger

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Totals are the sums of the books: Paid = Available + Disputed + Returned. The zero
// Totals are those of the zero Ledger.
type Totals struct {
	// Paid is the sum of the payments less their reversals.
	Paid refund.Money

	// Returned is the part of Paid that refunds and lost disputes returned. Refunds, outside
	// refunds included, count from the moment they are posted or made, unless they have
	// failed.
	Returned refund.Money

	// Disputed is the part of Paid that open disputes claim, without the returned part.
	Disputed refund.Money

	// Available is the rest of Paid.
	Available refund.Money

	// Excess is the amount of refunds and lost disputes beyond their payments: money that was
	// returned twice, or that was also reversed. It is not part of Returned, and counts
	// against the cap.
	Excess refund.Money

	// BeyondCap is the amount by which Returned and Excess together exceed the lesser of price
	// and paid. Only facts can cause it.
	BeyondCap refund.Money

	// Room is the amount that remains under the cap ([refund.ClauseCap]): the lesser of price
	// and paid, less Returned, Excess and Disputed, but not less than zero. It is at most
	// Available. The policy decides how much of it may be refunded: see [refund.Outcome].
	Room refund.Money
}

// refunded returns the refunded amount of a case, which is at most the amount paid.
func (t Totals) refunded() refund.Money { return exact.Min(exact.Add(t.Returned, t.Excess), t.Paid) }

// disputed returns the disputed amount of a case, which is at most the amount paid and not
// refunded.
func (t Totals) disputed() refund.Money {
	return exact.Min(t.Disputed, exact.Sub(t.Paid, t.refunded()))
}

// Totals returns the sums of the books.
func (l Ledger) Totals() Totals {
	if l.b == nil {
		return Totals{}
	}
	return l.b.totals()
}

func (b *books) totals() Totals {
	s := &b.sums
	t := Totals{Paid: s.paid, Returned: s.returned(), Disputed: s.disputed, Available: s.available, Excess: s.excess}
	// As in standings: available amounts first.
	rest := b.unplaced
	for _, from := range []*refund.Money{&t.Available, &t.Disputed} {
		part := exact.Min(rest, *from)
		*from = exact.Sub(*from, part)
		t.Returned = exact.Add(t.Returned, part)
		rest = exact.Sub(rest, part)
	}
	t.Excess = exact.Add(t.Excess, rest)
	limit, gone := exact.Min(b.price, t.Paid), exact.Add(t.Returned, t.Excess)
	t.BeyondCap = b.positive(exact.Sub(gone, limit))
	t.Room = b.positive(exact.Sub(limit, exact.Add(gone, t.Disputed)))
	return t
}

// positive returns m, or 0 if m is negative.
func (b *books) positive(m refund.Money) refund.Money {
	if m.Sign() < 0 {
		return b.zero
	}
	return m
}
