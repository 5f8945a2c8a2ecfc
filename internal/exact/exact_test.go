package exact_test

import (
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestArithmetic(t *testing.T) {
	one, two := testkit.USD("1.00"), testkit.USD("2.00")
	if !exact.Add(one, two).Equal(testkit.USD("3.00")) || !exact.Sub(one, two).Equal(testkit.USD("-1.00")) {
		t.Error("a sum or a difference is wrong")
	}
	if !exact.Less(one, two) || exact.Less(two, one) || exact.Less(one, one) {
		t.Error("Less does not order amounts")
	}
	if !exact.Min(one, two).Equal(one) || !exact.Min(two, one).Equal(one) {
		t.Error("Min is not the smaller amount")
	}
}

// Amounts in two currencies are a mistake of the caller, not of the user, so they panic.
func TestCurrenciesMustAgree(t *testing.T) {
	dollar, yen := testkit.USD("1.00"), refund.MustMoney("1", "JPY")
	for name, f := range map[string]func(){
		"Add":  func() { exact.Add(dollar, yen) },
		"Sub":  func() { exact.Sub(dollar, yen) },
		"Less": func() { exact.Less(dollar, yen) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s did not panic", name)
				}
			}()
			f()
		}()
	}
}

func TestFault(t *testing.T) {
	usd := refund.MustCurrency("USD")
	for _, r := range []struct {
		reason string
		amount refund.Money
		want   string
	}{
		{"a missing amount", refund.Money{}, "is required"},
		{"another currency", refund.MustMoney("1", "JPY"), "is in JPY, not in USD"},
		{"a negative amount", testkit.USD("-0.01"), "-0.01 USD is negative"},
		{"zero", testkit.USD("0.00"), ""},
		{"the longest amount", testkit.USD(strings.Repeat("9", 32) + ".99"), ""},
		{"an amount that could not be read back", testkit.USD("1" + strings.Repeat("0", 31)).Times(10), "has more than 34 digits"},
	} {
		testkit.Row(t, r.reason, func(t *testing.T) {
			if got := exact.Fault(r.amount, usd); got != r.want {
				t.Errorf("got %q, want %q", got, r.want)
			}
		})
	}
}
