package ledger

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Totals are the sums of the books: Paid = Available + Disputed + Returned. The zero
// Totals are those of the zero Ledger.
type Totals struct {
	// Paid is the sum of the payments.
	Paid refund.Money

	// Returned is what refunds that have not failed and lost disputes took of the payments.
	Returned refund.Money

	// Disputed is what open disputes claim, up to the remaining amount of each payment.
	Disputed refund.Money

	// Available is the rest.
	Available refund.Money

	// Excess is what lost disputes took beyond the remaining amount of their payments: it
	// was returned twice. It is not part of Returned, and counts against the cap.
	Excess refund.Money

	// Refundable is the largest amount that can be refunded now ([refund.ClauseCap]): the
	// lesser of price and paid, less everything returned and disputed, never negative. It is
	// never above Available.
	Refundable refund.Money
}

// refunded returns the refunded amount of a case, which is at most what was paid.
func (t Totals) refunded() refund.Money { return exact.Min(exact.Add(t.Returned, t.Excess), t.Paid) }

// disputed returns the disputed amount of a case, which is at most what was paid and not
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
	t := Totals{
		Returned:  exact.Add(b.sums.refunded, b.sums.lost),
		Disputed:  b.sums.disputed,
		Available: b.sums.available,
		Excess:    b.sums.excess,
	}
	t.Paid = exact.Add(exact.Add(t.Available, t.Disputed), t.Returned)
	// The law: at most the lesser of price and paid, with everything returned before and
	// everything that disputes may still take.
	gone := exact.Add(exact.Add(t.Returned, t.Excess), t.Disputed)
	t.Refundable = exact.Sub(exact.Min(b.price, t.Paid), gone)
	if t.Refundable.Sign() < 0 {
		t.Refundable = b.zero
	}
	return t
}
