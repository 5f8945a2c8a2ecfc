package invoice_test

import (
	"fmt"
	"log"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/invoice"
)

// Refund half of an invoice with two lines at different tax rates.
func ExampleSplit() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	parts, err := invoice.Split(usd("54.75"), []invoice.Line{
		{ID: "support", Net: usd("75.00"), Tax: usd("15.00")},
		{ID: "handbook", Net: usd("18.40"), Tax: usd("1.10")},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range parts {
		fmt.Println(p.ID, p.Net, "and tax", p.Tax)
	}
	// Output:
	// support 37.50 USD and tax 7.50 USD
	// handbook 9.20 USD and tax 0.55 USD
}

// An invoice has 20 % tax on its total, which is 55.83 USD. Rounded line by line, the taxes
// would add up to 55.84 USD.
func ExampleSpreadTax() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	taxes, err := invoice.SpreadTax(usd("55.83"), usd("68.33"), usd("68.33"), usd("57.50"), usd("85.00"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(taxes)
	// Output:
	// [13.67 USD 13.66 USD 11.50 USD 17.00 USD]
}
