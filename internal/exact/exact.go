// Package exact computes with amounts that are known to be in one currency. Its functions
// panic if they are not, so check amounts with Fault first.
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

// Fault returns the reason why a required amount of the input is not valid, or "". The amount
// must be in the currency, must not be negative, and must not be longer than
// [refund.MaxDigits].
func Fault(m refund.Money, currency refund.Currency) string {
	switch {
	case m.IsZero():
		return "is required"
	case m.Currency() != currency:
		return "is in " + m.Currency().Code() + ", not in " + currency.Code()
	case m.Sign() < 0:
		return m.String() + " is negative"
	case TooLong(m):
		return "has more than 34 digits"
	}
	return ""
}

// TooLong reports whether an amount has more than [refund.MaxDigits] digits. Such an amount
// could be written but not read back.
func TooLong(m refund.Money) bool {
	if _, err := m.MinorUnits(); err == nil { // an int64 is never too long
		return false
	}
	_, err := refund.ParseMoney(m.Amount(), m.Currency().Code())
	return err != nil
}
