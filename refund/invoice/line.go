package invoice

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Line is one line of an invoice. The zero Line is not valid.
type Line struct {
	// ID identifies the line in the host's records. Optional.
	ID string

	// Net and Tax are the amounts paid. They are not negative, and not both zero. The
	// zero Money means zero.
	Net, Tax refund.Money

	// Refunded is the amount already refunded on the line, including tax. It is not
	// negative and not more than Net plus Tax. The zero Money means zero.
	Refunded refund.Money
}

// Gross returns Net plus Tax. For amounts in different currencies, it returns an error that
// matches [refund.ErrCurrencyMismatch].
func (l Line) Gross() (refund.Money, error) { return l.Net.Add(l.Tax) }

// remaining returns the amount of the line that is not yet refunded. It adds the faults of
// the line.
func (l *Line) remaining(faults *refund.Faults, path string, currency refund.Currency) refund.Money {
	before := len(*faults)
	faults.Add(path+".net", amountFault(l.Net, currency))
	faults.Add(path+".tax", amountFault(l.Tax, currency))
	faults.Add(path+".refunded", amountFault(l.Refunded, currency))
	if len(*faults) > before || currency.IsZero() {
		return refund.Money{}
	}
	gross := exact.Add(l.Net, l.Tax)
	switch {
	case gross.Sign() == 0:
		faults.Add(path+".net", "and tax are both zero")
	case exact.Less(gross, l.Refunded):
		faults.Add(path+".refunded", l.Refunded.String()+" is more than the line's "+gross.String())
	}
	return exact.Sub(gross, l.Refunded)
}

// amountFault returns the reason why an optional amount is not valid, or "". currency is the
// zero Currency if it is not known.
func amountFault(m refund.Money, currency refund.Currency) string {
	switch {
	case m.IsZero():
		return ""
	case m.Sign() < 0:
		return m.String() + " is negative"
	case m.Currency() != currency && !currency.IsZero():
		return "is in " + m.Currency().Code() + ", but the amount is in " + currency.Code()
	}
	return ""
}
