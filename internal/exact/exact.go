// Package exact computes with amounts that are known to be in one currency. Its
// functions panic if they are not: check amounts with Fault first.
package exact

import "github.com/kasperinfotech/refundpolicy/refund"

// Add returns m + n.
func Add(m, n refund.Money) refund.Money { return must(m.Add(n)) }

// Sub returns m − n.
func Sub(m, n refund.Money) refund.Money { return must(m.Sub(n)) }

// Less reports whether m is less than n.
func Less(m, n refund.Money) bool {
	order, err := m.Cmp(n)
	if err != nil {
		panic(err)
	}
	return order < 0
}

// Min returns the smaller amount.
func Min(m, n refund.Money) refund.Money {
	if Less(n, m) {
		return n
	}
	return m
}

func must(m refund.Money, err error) refund.Money {
	if err != nil {
		panic(err)
	}
	return m
}

// Fault returns the reason why an amount of the input is refused, or "": it must be
// given, in the currency, not negative, and not longer than an input may be.
func Fault(m refund.Money, currency refund.Currency) string {
	switch {
	case m.IsZero():
		return "is required"
	case m.Currency() != currency:
		return m.Currency().Code() + " is another currency than " + currency.Code()
	case m.Sign() < 0:
		return m.String() + " is negative"
	case tooLong(m):
		return "has more than 34 digits"
	}
	return ""
}

// tooLong reports whether an amount is longer than an input may be, so that it could be
// written and never read.
func tooLong(m refund.Money) bool {
	if _, err := m.MinorUnits(); err == nil { // an int64 never is
		return false
	}
	_, err := refund.ParseMoney(m.Amount(), m.Currency().Code())
	return err != nil
}
