package provider

import (
	"errors"
	"math"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// exceptions has the currencies whose unit at the provider is not the minor unit of ISO 4217: so
// many units are so many minor units. ISK and UGX have two decimals, and MGA has none.
var exceptions = map[string]struct{ units, minor int64 }{"ISK": {100, 1}, "UGX": {100, 1}, "MGA": {1, 100}}

var errUnits = errors.New("provider: the amount is not a positive whole number of the provider's units")

// Units returns an amount in the provider's units. It returns an error for an amount that the
// provider cannot refund, so that it has to be refunded in another way: one that is not positive,
// a part of a unit, more units than an int64 holds, or, in a currency with three decimals, one
// whose last decimal is not zero.
func Units(m refund.Money) (int64, error) {
	minor, err := m.MinorUnits()
	if m.Currency().Digits() == 3 && minor%10 != 0 {
		err = errUnits
	}
	if x, ok := exceptions[m.Currency().Code()]; ok && err == nil {
		return convert(minor, x.minor, x.units)
	}
	if minor <= 0 || err != nil {
		return 0, errUnits
	}
	return minor, nil
}

// Amount returns the amount of a number of the provider's units, which must be positive.
func Amount(units int64, currency string) (refund.Money, error) {
	c, err := refund.ParseCurrency(currency)
	if x, ok := exceptions[currency]; ok {
		units, err = convert(units, x.units, x.minor)
	}
	if units <= 0 || err != nil {
		return refund.Money{}, errUnits
	}
	return refund.FromMinorUnits(units, c), nil
}

// convert returns n/from*to, or an error unless it is a positive whole number.
func convert(n, from, to int64) (int64, error) {
	if n <= 0 || n%from != 0 || n/from > math.MaxInt64/to {
		return 0, errUnits
	}
	return n / from * to, nil
}
