package invoice_test

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/invoice"
)

// because runs one row of a table as a subtest named by its reason.
func because(t *testing.T, why string, test func(t *testing.T)) {
	t.Helper()
	if strings.TrimSpace(why) == "" {
		t.Fatal("a row without a reason")
	}
	t.Run(why, test)
}

// currencies holds currencies with minor units of every size.
var currencies = []refund.Currency{refund.MustCurrency("USD"), refund.MustCurrency("JPY"), refund.MustCurrency("BHD"), refund.MustCurrency("CLF")}

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

// line returns a line in dollars.
func line(net, tax string) invoice.Line { return invoice.Line{Net: usd(net), Tax: usd(tax)} }

// in reads an amount of a currency; "" is the zero Money.
func in(currency, amount string) refund.Money {
	if amount == "" {
		return refund.Money{}
	}
	return refund.MustMoney(amount, currency)
}

// lineOf reads "net+tax" or "net+tax-refunded".
func lineOf(currency, text string) invoice.Line {
	text, refunded, _ := strings.Cut(text, "-")
	net, tax, _ := strings.Cut(text, "+")
	return invoice.Line{ID: "line " + text, Net: in(currency, net), Tax: in(currency, tax), Refunded: in(currency, refunded)}
}

func minorOf(m refund.Money) *big.Int {
	d := m.Decimal()
	return new(big.Int).Mul(d.Coefficient(), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Exponent())+int64(m.Currency().Digits())), nil))
}

// inMinor returns an amount given in minor units.
func inMinor(minor *big.Int, currency refund.Currency) refund.Money {
	m, err := refund.NewMoney(decimal.NewFromBigInt(minor, -int32(currency.Digits())), currency)
	if err != nil {
		panic(err)
	}
	return m
}

func sum(t *testing.T, list ...refund.Money) (total refund.Money) {
	t.Helper()
	for _, m := range list {
		var err error
		if total, err = total.Add(m); err != nil {
			t.Fatal(err)
		}
	}
	return total
}

// wantPaths fails unless an error has faults at exactly these paths. Without paths, the error
// must be nil.
func wantPaths(t rapid.TB, err error, want ...string) {
	t.Helper()
	if len(want) == 0 && err == nil {
		return
	}
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		t.Errorf("error is %v, want faults at %q", err, want)
		return
	}
	var got []string
	for _, f := range invalid.Faults {
		if f.Reason == "" {
			t.Errorf("no reason at %q", f.Path)
		}
		got = append(got, f.Path)
	}
	if !slices.Equal(got, want) {
		t.Errorf("faults at %q, want %q: %v", got, want, err)
	}
}
