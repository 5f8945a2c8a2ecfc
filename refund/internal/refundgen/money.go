package refundgen

import (
	"math/big"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Currencies returns currencies of 2, 0, 3 and 4 decimals.
func Currencies() []refund.Currency {
	return []refund.Currency{
		refund.MustCurrency("USD"),
		refund.MustCurrency("JPY"),
		refund.MustCurrency("BHD"),
		refund.MustCurrency("CLF"),
	}
}

// Money returns the amount of so many minor units, at most 34 digits.
func Money(minor *big.Int, currency refund.Currency) refund.Money {
	m, err := refund.NewMoney(decimal.NewFromBigInt(minor, -int32(currency.Digits())), currency)
	if err != nil {
		panic("refundgen: " + err.Error())
	}
	return m
}

// Amount generates amounts of nothing, and of 1 to 30 digits.
func Amount(currency refund.Currency) *rapid.Generator[refund.Money] {
	return rapid.Custom(func(t *rapid.T) refund.Money { return Money(drawMinor(t, "amount"), currency) })
}

// lengths of amounts in minor units. 18 and 19 digits are about as many as fit
// into 64 bits.
var lengths = []int{4, 0, 1, 2, 3, 5, 6, 9, 10, 12, 17, 18, 19, 19, 20, 21, 25, 29, 30}

func drawMinor(t *rapid.T, label string) *big.Int {
	length := rapid.SampledFrom(lengths).Draw(t, label+"Digits")
	if length == 0 {
		return new(big.Int)
	}
	least := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(length-1)), nil)
	rest := new(big.Int).SetUint64(rapid.Uint64().Draw(t, label+"Rest"))
	if length > 18 {
		rest.Mul(rest, rest)
	}
	return least.Add(least, rest.Mod(rest, new(big.Int).Mul(least, big.NewInt(9))))
}
