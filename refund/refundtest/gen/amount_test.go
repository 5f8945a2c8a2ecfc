package gen_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

func TestAmountsOfEveryLength(t *testing.T) {
	for _, code := range []string{"USD", "JPY", "BHD", "CLF"} {
		currency := refund.MustCurrency(code)
		amounts := gen.Amount(currency)
		digits := map[int]bool{}
		for seed := range 300 {
			m := amounts.Example(seed + 1)
			if m.Currency() != currency || m.Sign() < 0 {
				t.Fatalf("an amount in %v: %v", currency, m)
			}
			digits[len(strings.TrimLeft(strings.ReplaceAll(m.Amount(), ".", ""), "0"))] = true
		}
		for _, length := range []int{0, 1, 2, 3, 4, 5, 9, 18, 19, 30} {
			if !digits[length] {
				t.Errorf("%v: no amount of %d digits", currency, length)
			}
		}
	}
}

func TestAmountsShrinkToTheUsualOne(t *testing.T) {
	var least refund.Money
	if holds(t, func(t *rapid.T) {
		least = gen.Amount(refund.MustCurrency("USD")).Draw(t, "amount")
		t.FailNow()
	}) {
		t.Error("a property that is always false holds")
	}
	if !least.Equal(refund.MustMoney("10.00", "USD")) {
		t.Errorf("the smallest amount is %v", least)
	}
}
