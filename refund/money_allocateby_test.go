package refund_test

import (
	"errors"
	"fmt"
	"log"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A refund of 50.00 goes back on three invoice lines, in proportion to what each came to.
func ExampleMoney_AllocateBy() {
	lines := []refund.Money{
		refund.MustMoney("68.33", "USD"),
		refund.MustMoney("57.50", "USD"),
		refund.MustMoney("85.00", "USD"),
	}
	parts, err := refund.MustMoney("50.00", "USD").AllocateBy(lines...)
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

// moneyOf are amounts of minor units, which may be any integers.
func moneyOf(t rapid.TB, c refund.Currency, minors ...*big.Int) (list []refund.Money) {
	t.Helper()
	for _, n := range minors {
		list = append(list, ofMinor(t, n, c))
	}
	return list
}

// By amounts that fit into 64 bits, AllocateBy is Allocate.
func TestAllocateByIsAllocate(t *testing.T) {
	someWeight := rapid.OneOf(
		rapid.Int64Range(0, 3),
		rapid.Int64Range(0, 10_000),
		rapid.Int64Range(-1, 10_000),
		rapid.Int64Range(math.MaxInt64-2, math.MaxInt64),
	)
	rapid.Check(t, func(t *rapid.T) {
		m := ofMinor(t, someMinor.Draw(t, "minor"), someCurrency.Draw(t, "currency"))
		of := someCurrency.Draw(t, "currency of the weights")
		weights := rapid.SliceOfN(someWeight, 0, 20).Draw(t, "weights")
		var by []refund.Money
		for _, w := range weights {
			if w == 0 && rapid.Bool().Draw(t, "no amount") {
				by = append(by, refund.Money{})
				continue
			}
			by = append(by, ofMinor(t, big.NewInt(w), of))
		}
		want, wantErr := m.Allocate(weights...)
		got, err := m.AllocateBy(by...)
		if (err == nil) != (wantErr == nil) || len(got) != len(want) {
			t.Fatalf("%v, %v; want %v, %v", got, err, want, wantErr)
		}
		if err != nil {
			wantPaths(t, err, "weights")
			if err.Error() != wantErr.Error() {
				t.Fatalf("%v; want %v", err, wantErr)
			}
		}
		for i := range want {
			if !got[i].Equal(want[i]) {
				t.Fatalf("%v by %v is %v, want %v", m, by, got, want)
			}
		}
	})
}

// By amounts of any length it is what the documentation says, worked out the slow way.
func TestAllocateByLaws(t *testing.T) {
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
		got, err := m.AllocateBy(by...)
		if total.Sign() == 0 {
			wantPaths(t, err, "weights")
			return
		}
		if err != nil || len(got) != len(weights) {
			t.Fatalf("%v, %v", got, err)
		}

		// Each is rounded towards zero; what is left goes to the largest remainders.
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
			if weights[i].Sign() == 0 && !got[i].IsZero() {
				t.Fatalf("a weight of nothing got %v", got[i])
			}
		}
		if sum.Cmp(minor) != 0 {
			t.Fatalf("%v came to %v", minor, sum)
		}
		// Nothing that was given has changed.
		checkMoney(t, m, minor, c)
		for i := range by {
			checkMoney(t, by[i], weights[i], c)
		}
	})
}

// What is not above the sum of the weights gives no part above its weight.
func TestAllocateByExceedsNoWeight(t *testing.T) {
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
		got, err := ofMinor(t, amount, c).AllocateBy(moneyOf(t, c, weights...)...)
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

func TestAllocateBy(t *testing.T) {
	usd := dollars
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
		{"an amount below nothing is the mirror image", usd("-1.03"), []refund.Money{usd("1.00"), usd("1.00")}, "[-0.52 USD -0.51 USD]"},
		{"weights beyond 64 bits", usd("0.03"), []refund.Money{huge, huge}, "[0.02 USD 0.01 USD]"},
		{"a weight beyond 64 bits and a minute one", usd("0.03"), []refund.Money{usd("0.01"), huge}, "[0.00 USD 0.03 USD]"},
		{"amount and weights beyond 64 bits", huge.Times(3), []refund.Money{huge, huge.Times(2)}, "[92233720368547758.08 USD 184467440737095516.16 USD]"},
		{"no weights", usd("1.00"), nil, "weights"},
		{"weights of nothing", usd("1.00"), []refund.Money{usd("0.00"), {}}, "weights"},
		{"a negative weight", usd("1.00"), []refund.Money{usd("2.00"), usd("-1.00")}, "weights"},
		{"a negative weight beyond 64 bits", usd("1.00"), []refund.Money{huge.Times(4), huge.Times(-1)}, "weights"},
		{"weights in two currencies", usd("1.00"), []refund.Money{usd("1.00"), yen}, "currencies"},
		{"weights in two currencies, with none between", usd("1.00"), []refund.Money{{}, usd("1.00"), {}, yen}, "currencies"},
		{"of currencies it is told before a negative weight", usd("1.00"), []refund.Money{usd("-1.00"), yen}, "currencies"},
	} {
		because(t, r.because, func(t *testing.T) {
			got, err := r.m.AllocateBy(r.weights...)
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
				t.Errorf("%v beside %v", got, err)
			}
		})
	}
}
