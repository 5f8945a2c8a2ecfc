package gen

import (
	"math/big"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Currencies returns the currencies that amounts are generated in: of 2, 0, 3 and 4
// decimals, US dollars first.
func Currencies() []refund.Currency {
	return []refund.Currency{
		refund.MustCurrency("USD"),
		refund.MustCurrency("JPY"),
		refund.MustCurrency("BHD"),
		refund.MustCurrency("CLF"),
	}
}

// Amount generates amounts of nothing, and of 1 to 30 digits. They shrink to 10.00,
// or as much in the currency's minor units.
func Amount(currency refund.Currency) *rapid.Generator[refund.Money] {
	return rapid.Custom(func(t *rapid.T) refund.Money { return ofMinor(t, drawMinor(t, "amount", 4), currency) })
}

// ofMinor returns the amount of so many minor units.
func ofMinor(t *rapid.T, minor *big.Int, currency refund.Currency) refund.Money {
	m, err := refund.NewMoney(decimalOf(minor, currency), currency)
	if err != nil {
		t.Fatalf("an amount of %d digits: %v", len(minor.String()), err)
	}
	return m
}

func decimalOf(minor *big.Int, currency refund.Currency) decimal.Decimal {
	return decimal.NewFromBigInt(minor, -int32(currency.Digits()))
}

// lengths of amounts in minor units, in digits; the first stands for the usual one. 18
// and 19 digits are about as many as fit into 64 bits.
var lengths = []int{-1, 0, 1, 2, 3, 5, 6, 9, 10, 12, 17, 18, 19, 19, 20, 21, 25, 29, 30}

// drawMinor draws a number of minor units, which shrinks to 1 and zeros: so many
// digits as are usual. It draws as much for a short one as for a long one, since
// shrinking takes what draws less for simpler.
func drawMinor(t *rapid.T, label string, usual int) *big.Int {
	length := choose(t, label+"Digits", lengths...)
	rest := new(big.Int).SetUint64(rapid.Uint64().Draw(t, label+"Rest"))
	switch {
	case length == 0:
		return rest.SetInt64(0)
	case length == -1:
		length = usual
	case length > 18:
		rest.Mul(rest, rest)
	}
	least := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(length-1)), nil)
	return least.Add(least, rest.Mod(rest, new(big.Int).Mul(least, big.NewInt(9))))
}
