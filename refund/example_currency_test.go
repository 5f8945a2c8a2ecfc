package refund_test

import (
	"fmt"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Check a currency code from the input. Withdrawn currencies are valid, so that old cases
// stay readable. Codes without a minor unit, such as that of gold, are not.
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
