package gen_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

func TestAmountsReachEveryLength(t *testing.T) {
	for _, currency := range gen.Currencies() {
		seen := map[string]int{}
		amounts := gen.Amount(currency)
		for seed := range 1000 {
			m := amounts.Example(seed + 1)
			if m.Currency() != currency || m.Sign() < 0 {
				t.Fatalf("an amount in %v: %v", currency, m)
			}
			digits := strings.TrimLeft(strings.ReplaceAll(m.Amount(), ".", ""), "0")
			seen[strconv.Itoa(len(digits))+" digits"]++
		}
		for _, length := range []int{0, 1, 2, 3, 4, 5, 9, 18, 19, 30} {
			if n := seen[strconv.Itoa(length)+" digits"]; n < 10 {
				t.Errorf("%v: %d amounts of %d digits", currency, n, length)
			}
		}
	}
}

// Whichever large amount is found first, the small one next to it is what is shown.
func TestAmountsShrinkToSmallOnes(t *testing.T) {
	amounts := gen.Amount(refund.MustCurrency("USD"))
	for seed := range 40 {
		for enough, want := range map[string]string{"0.00": "10.00", "10.00": "10.00", "10.01": "10.01", "100.00": "100.00", "999.00": "1000.00"} {
			least := minimal(t, seed+1, amounts, func(m refund.Money) bool {
				more, err := m.Cmp(refund.MustMoney(enough, "USD"))
				return err != nil || more < 0
			})
			if !least.Equal(refund.MustMoney(want, "USD")) {
				t.Errorf("seed %d: of at least %s the least is %v, want %s", seed+1, enough, least, want)
			}
		}
	}
}
