package refund_test

import (
	"errors"
	"fmt"
	"log"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Split a refund of 50.00 USD over three invoice lines, in proportion to their totals.
func ExampleMoney_Allocate() {
	lines := []refund.Money{
		refund.MustMoney("68.33", "USD"),
		refund.MustMoney("57.50", "USD"),
		refund.MustMoney("85.00", "USD"),
	}
	parts, err := refund.MustMoney("50.00", "USD").Allocate(lines...)
	if err != nil {
		log.Fatal(err)
	}
	for i, part := range parts {
		fmt.Println(part, "on a line of", lines[i])
	}
	// Output:
	// 16.20 USD on a line of 68.33 USD
	// 13.64 USD on a line of 57.50 USD
	// 20.16 USD on a line of 85.00 USD
}

// moneyOf returns amounts given in minor units.
func moneyOf(t rapid.TB, c refund.Currency, minors ...*big.Int) (list []refund.Money) {
	t.Helper()
	for _, n := range minors {
		list = append(list, ofMinor(t, n, c))
	}
	return list
}

// Allocate agrees with its documentation, computed the slow way.
func TestAllocateLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := someCurrency.Draw(t, "currency")
		minor := someMinor.Draw(t, "minor")
		m := ofMinor(t, minor, c)
		weights := rapid.SliceOfN(rapid.Map(someMinor, func(n *big.Int) *big.Int { return new(big.Int).Abs(n) }), 1, 12).Draw(t, "weights")
		total := new(big.Int)
		for _, w := range weights {
			total.Add(total, w)
		}
		by := moneyOf(t, c, weights...)
		got, err := m.Allocate(by...)
		if total.Sign() == 0 {
			wantPaths(t, err, "weights")
			return
		}
		if err != nil || len(got) != len(weights) {
			t.Fatalf("%v, %v", got, err)
		}

		// Each part is rounded toward zero; the remaining units go to the largest remainders.
		left := new(big.Int).Abs(minor)
		parts, rests := make([]*big.Int, len(weights)), make([]*big.Int, len(weights))
		for i, w := range weights {
			share := new(big.Int).Mul(new(big.Int).Abs(minor), w)
			parts[i], rests[i] = new(big.Int).DivMod(share, total, new(big.Int))
			left.Sub(left, parts[i])
		}
		for ; left.Sign() > 0; left.Sub(left, big.NewInt(1)) {
			best := 0
			for i := range rests {
				if rests[i].Cmp(rests[best]) > 0 {
					best = i
				}
			}
			parts[best].Add(parts[best], big.NewInt(1))
			rests[best] = big.NewInt(-1)
		}
		sum := new(big.Int)
		for i, part := range parts {
			if minor.Sign() < 0 {
				part.Neg(part)
			}
			checkMoney(t, got[i], part, c)
			sum.Add(sum, part)
			if weights[i].Sign() == 0 && got[i].Sign() != 0 {
				t.Fatalf("a weight of zero got %v", got[i])
			}
		}
		if sum.Cmp(minor) != 0 {
			t.Fatalf("the parts of %v add up to %v", minor, sum)
		}
		// The arguments are unchanged.
		checkMoney(t, m, minor, c)
		for i := range by {
			checkMoney(t, by[i], weights[i], c)
		}
	})
}

// If the amount is at most the sum of the weights, no part exceeds its weight.
func TestAllocateExceedsNoWeight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := someCurrency.Draw(t, "currency")
		weights := rapid.SliceOfN(rapid.Map(rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Range(0, math.MaxInt64)), big.NewInt), 1, 12).Draw(t, "weights")
		total := new(big.Int)
		for _, w := range weights {
			total.Add(total, w)
		}
		if total.Sign() == 0 {
			return
		}
		amount := new(big.Int).Sub(total, big.NewInt(rapid.Int64Range(0, 9).Draw(t, "less")))
		if amount.Sign() < 0 {
			return
		}
		got, err := ofMinor(t, amount, c).Allocate(moneyOf(t, c, weights...)...)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range got {
			if order, err := part.Cmp(ofMinor(t, weights[i], c)); err != nil || order > 0 || part.Sign() < 0 {
				t.Fatalf("%v of %v for a weight of %v", part, amount, weights[i])
			}
		}
	})
}

func TestAllocateAmounts(t *testing.T) {
	usd := testkit.USD
	yen := refund.MustMoney("3", "JPY")
	huge := usd("92233720368547758.08") // a minor unit beyond 64 bits
	for _, r := range []struct {
		because string
		m       refund.Money
		weights []refund.Money
		want    string // "weights" is refused there, "currencies" with ErrCurrencyMismatch
	}{
		{"1.03 over two lines of 1.00", usd("1.03"), []refund.Money{usd("1.00"), usd("1.00")}, "[0.52 USD 0.51 USD]"},
		{"tax over lines", usd("55.83"), []refund.Money{usd("68.33"), usd("68.33"), usd("57.50"), usd("85.00")}, "[13.67 USD 13.66 USD 11.50 USD 17.00 USD]"},
		{"the zero Money is a weight of 0", usd("1.00"), []refund.Money{{}, usd("1.00"), {}}, "[0.00 USD 1.00 USD 0.00 USD]"},
		{"weights of another currency than the amount", usd("1.00"), []refund.Money{yen, yen, yen}, "[0.34 USD 0.33 USD 0.33 USD]"},
		{"the zero Money has parts of no amount", refund.Money{}, []refund.Money{yen, yen}, "[no amount no amount]"},
		{"a negative amount is the mirror image of a positive one", usd("-1.03"), []refund.Money{usd("1.00"), usd("1.00")}, "[-0.52 USD -0.51 USD]"},
		{"weights beyond 64 bits", usd("0.03"), []refund.Money{huge, huge}, "[0.02 USD 0.01 USD]"},
		{"a weight beyond 64 bits and a tiny one", usd("0.03"), []refund.Money{usd("0.01"), huge}, "[0.00 USD 0.03 USD]"},
		{"amount and weights beyond 64 bits", huge.Times(3), []refund.Money{huge, huge.Times(2)}, "[92233720368547758.08 USD 184467440737095516.16 USD]"},
		{"no weights", usd("1.00"), nil, "weights"},
		{"weights of zero", usd("1.00"), []refund.Money{usd("0.00"), {}}, "weights"},
		{"a negative weight", usd("1.00"), []refund.Money{usd("2.00"), usd("-1.00")}, "weights"},
		{"a negative weight beyond 64 bits", usd("1.00"), []refund.Money{huge.Times(4), huge.Times(-1)}, "weights"},
		{"weights in two currencies", usd("1.00"), []refund.Money{usd("1.00"), yen}, "currencies"},
		{"weights in two currencies, with the zero Money between", usd("1.00"), []refund.Money{{}, usd("1.00"), {}, yen}, "currencies"},
		{"two currencies are reported before a negative weight", usd("1.00"), []refund.Money{usd("-1.00"), yen}, "currencies"},
	} {
		testkit.Row(t, r.because, func(t *testing.T) {
			got, err := r.m.Allocate(r.weights...)
			switch r.want {
			case "weights":
				wantPaths(t, err, "weights")
			case "currencies":
				if !errors.Is(err, refund.ErrCurrencyMismatch) {
					t.Errorf("error is %v", err)
				}
			default:
				if err != nil || fmt.Sprint(got) != r.want {
					t.Errorf("%v, %v; want %s", got, err, r.want)
				}
				return
			}
			if got != nil {
				t.Errorf("%v comes with the error %v", got, err)
			}
		})
	}
}

// weightsOf returns weights as amounts of yen.
func weightsOf(weights []int64) (list []refund.Money) {
	for _, w := range weights {
		list = append(list, refund.FromMinorUnits(w, refund.MustCurrency("JPY")))
	}
	return list
}

func TestAllocate(t *testing.T) {
	type row struct {
		because string
		amount  string
		code    string
		weights []int64
		want    string // "" is refused, at the path "weights"
	}
	eachRow(t, []row{
		{"after spree PR #14467: the odd cent goes to the first of equals", "1.03", "USD", []int64{1, 1}, "0.52 0.51"},
		{"after solidus #707: thirds add up to the whole", "100.00", "USD", []int64{1, 1, 1}, "33.34 33.33 33.33"},
		{"two odd cents go to the first two", "0.05", "USD", []int64{1, 1, 1}, "0.02 0.02 0.01"},
		{"the largest remainder is served first, whatever its position", "1.00", "USD", []int64{1, 1, 4}, "0.17 0.17 0.66"},
		{"the larger remainder is served before an earlier one", "0.10", "USD", []int64{33, 67}, "0.03 0.07"},
		{"a negative amount is the mirror image of a positive one", "-0.05", "USD", []int64{1, 1, 1}, "-0.02 -0.02 -0.01"},
		{"a weight of zero gets zero", "0.05", "USD", []int64{0, 1, 0, 1}, "0.00 0.03 0.00 0.02"},
		{"one part is the whole", "19.99", "USD", []int64{7}, "19.99"},
		{"zero is split into zeros", "0", "JPY", []int64{2, 3}, "0 0"},
		{"yen have no parts", "10", "JPY", []int64{1, 1, 1}, "4 3 3"},
		{"dinars have thousandths", "0.010", "BHD", []int64{1, 1, 1}, "0.004 0.003 0.003"},
		{"fewer units than parts", "0.01", "USD", []int64{1, 1, 1}, "0.01 0.00 0.00"},
		{"weights that together are beyond an int64", "0.03", "USD", []int64{math.MaxInt64, math.MaxInt64}, "0.02 0.01"},
		{"one weight is tiny compared with the other", "0.03", "USD", []int64{math.MaxInt64, 1}, "0.03 0.00"},
		{"an amount beyond an int64", "100000000000000000000000000000.01", "USD", []int64{1, 1}, "50000000000000000000000000000.01 50000000000000000000000000000.00"},
		{"a negative weight is refused", "1.00", "USD", []int64{2, -1}, ""},
		{"a negative weight is refused though the sum is positive", "1.00", "USD", []int64{-1, 9}, ""},
		{"weights that are all zero are refused", "1.00", "USD", []int64{0, 0}, ""},
		{"no weights are refused", "1.00", "USD", nil, ""},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		parts, err := refund.MustMoney(r.amount, r.code).Allocate(weightsOf(r.weights)...)
		if r.want == "" {
			wantPaths(t, err, "weights")
			if parts != nil {
				t.Errorf("an error comes with %v", parts)
			}
			return
		}
		var got []string
		for _, part := range parts {
			got = append(got, part.Amount())
		}
		if err != nil || strings.Join(got, " ") != r.want {
			t.Errorf("got %v, %v; want %v", got, err, r.want)
		}
	})
}

// With many ties, only a stable sort keeps them in order.
func TestAllocateTiesGoToTheFirst(t *testing.T) {
	weights := make([]int64, 200)
	for i := range weights {
		weights[i] = int64(i%2) + 1 // 100 ones and 100 twos
	}
	parts, err := refund.MustMoney("151", "JPY").Allocate(weightsOf(weights)...)
	if err != nil {
		t.Fatal(err)
	}
	// Each part is 151/300 of its weight: a weight of 1 has the remainder 151/300, a weight
	// of 2 has 2/300 above one yen. So the first 51 weights of 1 get the remaining yen.
	for i, part := range parts {
		want := int64(0)
		if i%2 == 1 || i/2 < 51 {
			want = 1
		}
		if got, err := part.MinorUnits(); err != nil || got != want {
			t.Fatalf("part %d is %v, want %d", i, part, want)
		}
	}
}
