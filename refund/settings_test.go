package refund_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// everythingWritten returns the output of this package for some amounts and cases, in every
// form.
func everythingWritten(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, text := range [][2]string{
		{"0", "USD"}, {"150.00", "USD"}, {"-0.05", "USD"}, {"1200", "JPY"}, {"1.230", "BHD"}, {"0.0100", "CLF"},
		{"12000000000000000000000000000000", "USD"}, {"100000000000000000000000000000000", "JPY"},
	} {
		m := refund.MustMoney(text[0], text[1])
		j, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var fromJSON, fromSQL refund.Money
		if err := json.Unmarshal(j, &fromJSON); err != nil {
			t.Fatal(err)
		}
		value, err := m.Value()
		if err != nil {
			t.Fatal(err)
		}
		if err := fromSQL.Scan(value); err != nil {
			t.Fatal(err)
		}
		parts, err := m.Allocate(refund.MustMoney("3", "JPY"), refund.MustMoney("3", "JPY"), refund.MustMoney("1", "JPY"))
		if err != nil {
			t.Fatal(err)
		}
		d := m.Decimal()
		again, err := refund.NewMoney(d.Shift(2).Shift(-2), m.Currency())
		fmt.Fprintln(&b, m, m.Amount(), string(j), value, fromJSON, fromSQL, parts, d.Coefficient(), d.Exponent(), again, err, m.Times(3))
		_, err = refund.NewMoney(d.Shift(-40), m.Currency())
		fmt.Fprintln(&b, err)
	}
	for _, exponent := range []int32{-2_000_000_000, -20_000, 20_000, 2_000_000_000} {
		m, err := refund.NewMoney(decimal.New(12, exponent), refund.MustCurrency("USD"))
		fmt.Fprintln(&b, m, err)
	}

	policy := refund.Published(placeOf(t, "America/New_York"))
	full, consumed, refused := soundCase(), soundCase(), soundCase()
	full.Issues = refund.IssueLog{}
	consumed.Subscription.Service.PerInstance = refund.MustMoney("200", "USD")
	refused.Subscription.Refunded = refund.MustMoney("1200.00", "USD")
	for _, c := range []refund.Case{soundCase(), full, consumed, refused} {
		o, err := policy.Evaluate(c)
		fmt.Fprintf(&b, "%+v\n%v\n", o, err)
		for _, step := range o.Steps() {
			fmt.Fprintln(&b, step.Clause, step.Status, step.Amount, o.Why(step.Clause))
		}
		amounts, err := json.Marshal([]refund.Money{o.Refundable, o.Entitlement, o.Deduction, o.Basis.Base()})
		fmt.Fprintln(&b, string(amounts), err)
	}
	return b.String()
}

// flip changes a setting while a function runs, and restores it.
func flip[T any](setting *T, other T, run func()) {
	old := *setting
	defer func() { *setting = old }()
	*setting = other
	run()
}

// A host program may change the settings of package decimal, which are variables of the whole
// program. The tests of this file must not run in parallel with others.
func TestDecimalSettingsDoNotChangeResults(t *testing.T) {
	if decimal.New(150, -2).String() != "1.5" {
		t.Fatal("the settings are not the usual ones before this test")
	}
	want := everythingWritten(t)
	for name, with := range map[string]func(func()){
		"DivisionPrecision 0":                 func(f func()) { flip(&decimal.DivisionPrecision, 0, f) },
		"DivisionPrecision 50":                func(f func()) { flip(&decimal.DivisionPrecision, 50, f) },
		"PowPrecisionNegativeExponent 0":      func(f func()) { flip(&decimal.PowPrecisionNegativeExponent, 0, f) },
		"MarshalJSONWithoutQuotes":            func(f func()) { flip(&decimal.MarshalJSONWithoutQuotes, true, f) },
		"TrimTrailingZeros":                   func(f func()) { flip(&decimal.TrimTrailingZeros, false, f) },
		"UseScientificNotation":               func(f func()) { flip(&decimal.UseScientificNotation, true, f) },
		"ExpMaxIterations 0":                  func(f func()) { flip(&decimal.ExpMaxIterations, 0, f) },
		"MaxDecodeExponent 0":                 func(f func()) { flip(&decimal.MaxDecodeExponent, 0, f) },
		"MaxDecodeExponent beyond all bounds": func(f func()) { flip(&decimal.MaxDecodeExponent, 1<<30, f) },
	} {
		with(func() {
			if diff := cmp.Diff(want, everythingWritten(t)); diff != "" {
				t.Errorf("%s changes our results:\n%s", name, diff)
			}
		})
	}
	if got := everythingWritten(t); got != want {
		t.Error("the settings were not restored")
	}
}

// The test above proves something only if those settings change the output of package
// decimal.
func TestDecimalSettingsChangeDecimals(t *testing.T) {
	d := refund.MustMoney("150.00", "USD").Decimal()
	usual := d.String()
	flip(&decimal.TrimTrailingZeros, !decimal.TrimTrailingZeros, func() {
		if d.String() == usual {
			t.Error("TrimTrailingZeros has no effect")
		}
	})
	flip(&decimal.MarshalJSONWithoutQuotes, true, func() {
		if j, err := json.Marshal(d); err != nil || string(j) != usual {
			t.Errorf("MarshalJSONWithoutQuotes writes %s, %v", j, err)
		}
	})
}
