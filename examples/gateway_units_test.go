package examples_test

import (
	"errors"
	"fmt"
	"log"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/shopspring/decimal"
)

// What if a gateway's units differ from ISO 4217? This gateway counts Icelandic krónur, which
// have no minor unit, in hundredths, and Indonesian rupiahs, which have two decimals, in
// whole rupiahs. An adapter converts amounts in both directions, and returns an error for an
// amount that it cannot convert exactly.
func Example_gatewayUnits() {
	for _, m := range []refund.Money{
		refund.MustMoney("19.99", "USD"),
		refund.MustMoney("13400", "ISK"),
		refund.MustMoney("150000.00", "IDR"),
		refund.MustMoney("150000.50", "IDR"),
	} {
		units, err := gatewayUnits(m)
		if err != nil {
			fmt.Println(m, "cannot be sent:", err)
			continue
		}
		back, err := gatewayMoney(units, m.Currency())
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(m, "is sent as", units, "and read as", back)
	}
	_, err := gatewayMoney(1340050, refund.MustCurrency("ISK"))
	fmt.Println(err)
	// Output:
	// 19.99 USD is sent as 1999 and read as 19.99 USD
	// 13400 ISK is sent as 1340000 and read as 13400 ISK
	// 150000.00 IDR is sent as 150000 and read as 150000.00 IDR
	// 150000.50 IDR cannot be sent: the amount is not a whole number of the gateway's units
	// refund: invalid input: amount: has more decimals than ISK, which has 0
}

// gatewayDigits has the gateway's decimals if they differ from ISO 4217.
var gatewayDigits = map[string]int32{"ISK": 2, "UGX": 2, "IDR": 0}

// gatewayUnits returns an amount in the gateway's units.
func gatewayUnits(m refund.Money) (int64, error) {
	digits, differs := gatewayDigits[m.Currency().Code()]
	if !differs {
		return m.MinorUnits()
	}
	units := m.Decimal().Shift(digits)
	if !units.IsInteger() {
		return 0, errors.New("the amount is not a whole number of the gateway's units")
	}
	if !units.BigInt().IsInt64() {
		return 0, refund.ErrRange
	}
	return units.IntPart(), nil
}

// gatewayMoney returns the amount of a number of the gateway's units.
func gatewayMoney(units int64, currency refund.Currency) (refund.Money, error) {
	digits, differs := gatewayDigits[currency.Code()]
	if !differs {
		return refund.FromMinorUnits(units, currency), nil
	}
	return refund.NewMoney(decimal.New(units, -digits), currency)
}
