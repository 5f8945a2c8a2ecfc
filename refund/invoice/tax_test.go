package invoice_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/invoice"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

func TestSpreadTax(t *testing.T) {
	for _, r := range []struct {
		why, currency, tax string
		net                string
		want               string // "" means refused
	}{
		{"20 % on four lines, which would add up to 55.84 if rounded line by line", "USD", "55.83", "68.33 68.33 57.50 85.00", "13.67 13.66 11.50 17.00"},
		{"of equal lines, the first gets the odd cent", "USD", "0.03", "1.00 1.00", "0.02 0.01"},
		{"one line gets the whole tax", "USD", "8.25", "100.00", "8.25"},
		{"a line of zero gets zero", "USD", "8.25", "0.00 100.00", "0.00 8.25"},
		{"a line without an amount gets zero", "USD", "8.25", "100.00 -", "8.25 0.00"},
		{"a tax of zero", "USD", "0.00", "1.00 2.00", "0.00 0.00"},
		{"a negative tax, as on a credit note", "USD", "-0.03", "1.00 1.00", "-0.02 -0.01"},
		{"yen", "JPY", "866", "3333 3333 2001", "333 333 200"},
		{"yen with a remainder", "JPY", "10", "1 1 1", "4 3 3"},
		{"dinars", "BHD", "0.010", "1.000 1.000 1.000", "0.004 0.003 0.003"},
		{"no lines", "USD", "1.00", "", ""},
		{"lines of zero", "USD", "1.00", "0.00 0.00", ""},
		{"lines without amounts", "USD", "1.00", "- -", ""},
		{"a negative line", "USD", "1.00", "2.00 -1.00", ""},
	} {
		because(t, r.why, func(t *testing.T) {
			var net []refund.Money
			for _, n := range strings.Fields(r.net) {
				net = append(net, in(r.currency, strings.TrimSuffix(n, "-")))
			}
			got, err := invoice.SpreadTax(refund.MustMoney(r.tax, r.currency), net...)
			if r.want == "" {
				wantPaths(t, err, "weights")
				if got != nil {
					t.Errorf("%v returned with the error %v", got, err)
				}
				return
			}
			var list []string
			for _, m := range got {
				list = append(list, m.Amount())
			}
			if err != nil || strings.Join(list, " ") != r.want {
				t.Errorf("%v, %v; want %s", got, err, r.want)
			}
		})
	}
}

// An invoice has one currency: amounts are never converted.
func TestSpreadTaxCurrencies(t *testing.T) {
	yen := refund.MustMoney("100", "JPY")
	for _, r := range []struct {
		why string
		tax refund.Money
		net []refund.Money
	}{
		{"lines in another currency than the tax", usd("1.00"), []refund.Money{yen}},
		{"a line in another currency", usd("1.00"), []refund.Money{usd("100.00"), yen}},
		{"a line in another currency than the tax, after one without an amount", usd("1.00"), []refund.Money{{}, yen}},
	} {
		because(t, r.why, func(t *testing.T) {
			got, err := invoice.SpreadTax(r.tax, r.net...)
			if !errors.Is(err, refund.ErrCurrencyMismatch) || got != nil {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

// The taxes of the lines add up to the tax of the invoice. Each differs from its exact share
// by less than a minor unit.
func TestSpreadTaxLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom(currencies).Draw(t, "currency")
		tax := gen.Amount(currency).Draw(t, "tax")
		net := rapid.SliceOfN(gen.Amount(currency), 1, 8).Draw(t, "net")
		total := new(big.Int)
		for _, n := range net {
			total.Add(total, minorOf(n))
		}
		got, err := invoice.SpreadTax(tax, net...)
		if total.Sign() == 0 {
			wantPaths(t, err, "weights")
			return
		}
		if err != nil || len(got) != len(net) {
			t.Fatalf("%v, %v", got, err)
		}
		together := new(big.Int)
		for i, part := range got {
			off := new(big.Int).Sub(new(big.Int).Mul(minorOf(part), total), new(big.Int).Mul(minorOf(tax), minorOf(net[i])))
			if off.CmpAbs(total) >= 0 || part.Sign() < 0 {
				t.Fatalf("%v of %v on %v", part, tax, net[i])
			}
			together.Add(together, minorOf(part))
		}
		if together.Cmp(minorOf(tax)) != 0 {
			t.Fatalf("the taxes of %v add up to %v", tax, together)
		}
	})
}
