package provider_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestAmountsReturnUnchangedFromTheProvidersUnitsInEveryCurrency(t *testing.T) {
	for _, c := range refund.Currencies() {
		rapid.Check(t, func(t *rapid.T) {
			m := refund.FromMinorUnits(rapid.Int64().Draw(t, "minor units"), c)
			units, err := provider.Units(m)
			if err != nil {
				return
			}
			back, err := provider.Amount(units, c.Code())
			if err != nil || !back.Equal(m) || m.Sign() <= 0 {
				t.Errorf("%v is sent as %d and read as %v, %v", m, units, back, err)
			}
		})
		if units, err := provider.Units(refund.MustMoney("10", c.Code())); err != nil || units <= 0 {
			t.Errorf("ten %v is sent as %d, %v", c, units, err)
		}
	}
}

// The fake has rules of its own for units. It moves exactly the numbers of units that are sent for an
// amount, and each of them is read as that amount.
func TestTheProcessorMovesExactlyTheUnitsOfAmounts(t *testing.T) {
	for _, c := range refund.Currencies() {
		f := fake.New(t.Context(), fake.Options{Now: now})
		rapid.Check(t, func(t *rapid.T) {
			units := rapid.Int64Range(-2, 20_000).Draw(t, "units")
			if rapid.Bool().Draw(t, "large") {
				units = rapid.Int64().Draw(t, "large units")
			}
			_, refused := f.Do("pay", processor.Record{Subscription: "SUB-1", Units: units, Currency: c.Code()})
			m, err := provider.Amount(units, c.Code())
			sent, unsendable := provider.Units(m)
			switch isAmount := err == nil && unsendable == nil; {
			case isAmount && sent != units:
				t.Errorf("%d of %v are read as %v and sent as %d", units, c, m, sent)
			case isAmount != (refused == nil) && !(c.Code() == "MGA" && units > math.MaxInt64/100): // beyond minor units
				t.Errorf("%d of %v: the processor %v, the adapter %v %v", units, c, refused, err, unsendable)
			}
		})
	}
}

// The table was written from the documents of a real processor, not from the code.
func TestUnitsOfExceptionalCurrencies(t *testing.T) {
	for _, row := range []struct {
		why, amount, currency string
		units                 int64 // 0 if the amount is refused
	}{
		{"most currencies have two decimals", "19.99", "USD", 1999},
		{"the smallest amount is one unit", "0.01", "EUR", 1},
		{"a currency without decimals is sent as it is", "1500", "JPY", 1500},
		{"Icelandic krónur have no decimals, and two at the provider", "13400", "ISK", 1340000},
		{"Ugandan shillings have no decimals, and two at the provider", "5", "UGX", 500},
		{"Malagasy ariary have two decimals, and none at the provider", "12000.00", "MGA", 12000},
		{"a part of an ariary cannot be sent", "12000.20", "MGA", 0},
		{"three decimals are sent as thousandths", "5.120", "KWD", 5120},
		{"the last of three decimals must be zero", "5.124", "KWD", 0},
		{"the rule is for all currencies with three decimals", "0.001", "TND", 0},
		{"four decimals have no exception", "1.2345", "CLF", 12345},
		{"forint have two decimals here, although payouts are whole", "990.50", "HUF", 99050},
		{"a refund of zero is not one", "0.00", "USD", 0},
		{"a refund is not negative", "-1.00", "USD", 0},
		{"the largest number of units is that of an int64", "92233720368547758.07", "USD", math.MaxInt64},
		{"more than an int64 cannot be sent", "92233720368547758.08", "USD", 0},
		{"a hundredfold beyond an int64 cannot be sent", "92233720368547759", "ISK", 0},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			got, err := provider.Units(refund.MustMoney(row.amount, row.currency))
			if got != row.units || (err != nil) != (row.units == 0) {
				t.Errorf("%s %s is sent as %d, %v, want %d", row.amount, row.currency, got, err, row.units)
			}
		})
	}
	if _, err := provider.Units(refund.Money{}); err == nil {
		t.Error("the zero Money has units")
	}
}

func TestUnitsOfTheProviderThatAreNotAnAmount(t *testing.T) {
	for _, row := range []struct {
		why, currency string
		units         int64
	}{
		{"a part of a króna does not exist", "ISK", 1340050},
		{"zero is not an amount", "USD", 0},
		{"a negative number is not an amount", "USD", -1},
		{"the currency is unknown", "XTS", 100},
		{"currency codes are in upper case", "usd", 100},
		{"the ariary are beyond an int64 of minor units", "MGA", math.MaxInt64/100 + 1},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if m, err := provider.Amount(row.units, row.currency); err == nil || !m.IsZero() {
				t.Errorf("%d is read as %v, %v", row.units, m, err)
			}
		})
	}
}

func TestAnAmountThatCannotBeSentIsRefusedWithoutARequest(t *testing.T) {
	nowhere := provider.NewClient("http://127.0.0.1:1", apiKey, secret)
	_, err := nowhere.Refund(t.Context(), "SUB-1", ledger.Instruction{Key: "k", Payment: "p", Amount: refund.MustMoney("1.001", "BHD")})
	if !errors.Is(err, provider.ErrRefused) {
		t.Errorf("error %v, want ErrRefused", err)
	}
}
