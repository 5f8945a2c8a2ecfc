package examples_test

import (
	"fmt"
	"log"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/invoice"
)

// How is a refund split over invoice lines and tax? An invoice in yen, which has no minor
// unit, has three lines and 10 % tax on their sum. First 5,000 yen are refunded, and later
// the rest. In the end, exactly the net amount and the tax of each line are refunded.
func Example_gatewayTaxLines() {
	yen := func(amount string) refund.Money { return refund.MustMoney(amount, "JPY") }
	net := []refund.Money{yen("3333"), yen("3333"), yen("2001")}
	tax, err := invoice.SpreadTax(yen("866"), net...)
	if err != nil {
		log.Fatal(err)
	}
	lines := make([]invoice.Line, len(net))
	for i := range net {
		lines[i] = invoice.Line{ID: fmt.Sprint("line ", i+1), Net: net[i], Tax: tax[i]}
	}
	for _, amount := range []refund.Money{yen("5000"), yen("4533")} {
		parts, err := invoice.Split(amount, lines)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("refund of", amount)
		for i, p := range parts {
			fmt.Println("-", p.ID, p.Net, "and tax", p.Tax)
			gross, err := p.Net.Add(p.Tax)
			if err != nil {
				log.Fatal(err)
			}
			if lines[i].Refunded, err = lines[i].Refunded.Add(gross); err != nil {
				log.Fatal(err)
			}
		}
	}
	for _, l := range lines {
		gross, err := l.Gross()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(l.ID, "paid", gross, "refunded", l.Refunded)
	}
	// Output:
	// refund of 5000 JPY
	// - line 1 1748 JPY and tax 175 JPY
	// - line 2 1748 JPY and tax 175 JPY
	// - line 3 1049 JPY and tax 105 JPY
	// refund of 4533 JPY
	// - line 1 1585 JPY and tax 158 JPY
	// - line 2 1585 JPY and tax 158 JPY
	// - line 3 952 JPY and tax 95 JPY
	// line 1 paid 3666 JPY refunded 3666 JPY
	// line 2 paid 3666 JPY refunded 3666 JPY
	// line 3 paid 2201 JPY refunded 2201 JPY
}
