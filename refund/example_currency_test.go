package refund_test

import (
	"fmt"
	"log"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Currencies are compared with ==, and can be keys of a map.
func ExampleCurrency() {
	usd := refund.MustCurrency("USD")
	totals := map[refund.Currency]int{}
	for _, m := range []refund.Money{
		refund.MustMoney("10.00", "USD"),
		refund.MustMoney("20.00", "USD"),
		refund.MustMoney("30.00", "EUR"),
	} {
		totals[m.Currency()]++
	}
	fmt.Println(usd, totals[usd])
	// Output:
	// USD 2
}

// A code from outside is checked. Withdrawn currencies are read, so that old cases stay
// readable; metals are refused.
func ExampleParseCurrency() {
	for _, code := range []string{"USD", "usd", "HRK", "XAU"} {
		c, err := refund.ParseCurrency(code)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(c)
	}
	// Output:
	// USD
	// refund: invalid input: currency: is not in upper case: currency codes are upper case, such as USD
	// HRK
	// refund: invalid input: currency: has no minor unit in ISO 4217, so no amount can be stated in it
}

// A form for new subscriptions leaves out currencies that were withdrawn.
func ExampleCurrency_Withdrawn() {
	for _, code := range []string{"USD", "HRK"} {
		month, gone := refund.MustCurrency(code).Withdrawn()
		fmt.Printf("%s %v %q\n", code, gone, month)
	}
	// Output:
	// USD false ""
	// HRK true "2023-01"
}

// A constant of the program's own names a currency that is known to exist.
func ExampleMustCurrency() {
	house := refund.MustCurrency("USD")
	fmt.Println(house)
	// Output:
	// USD
}

// A form lists the currencies in which no decimals can be typed.
func ExampleCurrencies() {
	n := 0
	for _, c := range refund.Currencies() {
		if c.Digits() == 0 {
			n++
			if n <= 3 {
				fmt.Println(c)
			}
		}
	}
	// Output:
	// BIF
	// BYR
	// CLP
}

// A report states the code; a currency that was never set has none.
func ExampleCurrency_Code() {
	var unset refund.Currency
	fmt.Printf("%q %q\n", refund.MustCurrency("JPY").Code(), unset.Code())
	// Output:
	// "JPY" ""
}

// A form wants to know how many decimals to offer.
func ExampleCurrency_Digits() {
	for _, code := range []string{"JPY", "USD", "BHD"} {
		fmt.Println(code, refund.MustCurrency(code).Digits())
	}
	// Output:
	// JPY 0
	// USD 2
	// BHD 3
}

// A setting was left out.
func ExampleCurrency_IsZero() {
	var unset refund.Currency
	fmt.Println(unset, unset.IsZero())
	// Output:
	// no currency true
}

// A setting is read from a text format.
func ExampleCurrency_UnmarshalText() {
	var c refund.Currency
	if err := c.UnmarshalText([]byte("EUR")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(c)
	// Output:
	// EUR
}
