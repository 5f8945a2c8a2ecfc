package gen

import (
	"math/big"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// currencies have 2, 0, 3 and 4 decimals; HRK and BYR, of 2 and 0, are withdrawn.
var currencies = []refund.Currency{
	refund.MustCurrency("USD"),
	refund.MustCurrency("JPY"),
	refund.MustCurrency("BHD"),
	refund.MustCurrency("CLF"),
	refund.MustCurrency("HRK"),
	refund.MustCurrency("BYR"),
}

// Amount generates zero and amounts of 1 to 30 digits. They shrink to 1,000 minor units,
// such as 10.00 USD.
func Amount(currency refund.Currency) *rapid.Generator[refund.Money] {
	return rapid.Custom(func(t *rapid.T) refund.Money { return ofMinor(t, drawMinor(t, "amount", 1000), currency) })
}

// ofMinor returns the amount of a number of minor units.
func ofMinor(t *rapid.T, minor *big.Int, currency refund.Currency) refund.Money {
	m, err := refund.NewMoney(decimal.NewFromBigInt(minor, -int32(currency.Digits())), currency)
	if err != nil {
		t.Fatalf("an amount of %d digits: %v", len(minor.String()), err)
	}
	return m
}

// lengths are the lengths of amounts in minor units, in digits; -1 stands for the usual
// amount. A number of 64 bits has up to 19 digits.
var lengths = []int{-1, 0, 1, 2, 3, 4, 5, 6, 9, 10, 12, 17, 18, 19, 19, 20, 21, 25, 29, 30}

// drawMinor draws a number of minor units, which shrinks to the usual number, or otherwise
// to a power of ten. It draws the same bits for a short and a long number, since rapid takes
// fewer bits for a simpler value.
func drawMinor(t *rapid.T, label string, usual int64) *big.Int {
	length := choose(t, label+"Digits", lengths...)
	rest := new(big.Int).SetUint64(rapid.Uint64().Draw(t, label+"Rest"))
	switch {
	case length == -1:
		return rest.SetInt64(usual)
	case length == 0:
		return rest.SetInt64(0)
	case length > 18:
		rest.Mul(rest, rest)
	}
	least := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(length-1)), nil)
	return least.Add(least, rest.Mod(rest, new(big.Int).Mul(least, big.NewInt(9))))
}
