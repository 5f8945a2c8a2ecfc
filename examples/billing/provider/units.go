package provider

import (
	"cmp"
	"errors"
	"math"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A ratio states how many of the processor's units equal how many minor units of ISO 4217.
type ratio struct{ units, minor int64 }

// exceptions has the currencies whose unit at the processor is not the minor unit. ISK and UGX have
// two decimals there, and MGA has none.
var exceptions = map[string]ratio{"ISK": {100, 1}, "UGX": {100, 1}, "MGA": {1, 100}}

func ratioOf(currency string) ratio { return cmp.Or(exceptions[currency], ratio{1, 1}) }

var errUnits = errors.New("provider: the amount is not a positive whole number of the processor's units")

// Units returns an amount in the processor's units. It returns an error for an amount that the
// processor cannot refund, so that it has to be refunded in another way: one that is not positive,
// a part of a unit, more units than an int64 holds, or, in a currency with three decimals, one
// whose last decimal is not zero.
func Units(m refund.Money) (int64, error) {
	minor, err := m.MinorUnits()
	if err != nil || m.Currency().Digits() == 3 && minor%10 != 0 {
		return 0, errUnits
	}
	x := ratioOf(m.Currency().Code())
	return convert(minor, x.minor, x.units)
}

// Amount returns the amount of a number of the processor's units, which must be positive.
func Amount(units int64, currency string) (refund.Money, error) {
	x := ratioOf(currency)
	minor, err := convert(units, x.units, x.minor)
	c, unknown := refund.ParseCurrency(currency)
	if err != nil || unknown != nil {
		return refund.Money{}, errUnits
	}
	return refund.FromMinorUnits(minor, c), nil
}

// convert returns n/from*to, or an error unless it is a positive whole number.
func convert(n, from, to int64) (int64, error) {
	if n <= 0 || n%from != 0 || n/from > math.MaxInt64/to {
		return 0, errUnits
	}
	return n / from * to, nil
}
