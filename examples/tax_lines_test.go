package examples_test

import (
	"fmt"
	"log"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// An invoice in yen, which has no cents: three lines, and 10 % tax worked out on the
// whole. 5,000 yen go back first, and the rest later. Each line ends at what was paid for
// it, to the last yen of tax.
func Example_taxLines() {
	yen := func(amount string) refund.Money { return refund.MustMoney(amount, "JPY") }
	net := []refund.Money{yen("3333"), yen("3333"), yen("2001")}
	tax, err := ledger.SpreadTax(yen("866"), net...)
	if err != nil {
		log.Fatal(err)
	}
	lines := make([]ledger.Line, len(net))
	for i := range net {
		lines[i] = ledger.Line{ID: fmt.Sprint("line ", i+1), Net: net[i], Tax: tax[i]}
	}
	for _, amount := range []refund.Money{yen("5000"), yen("4533")} {
		parts, err := ledger.Split(amount, lines)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("of", amount)
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
		fmt.Println(l.ID, "paid", gross, "went back", l.Refunded)
	}
	// Output:
	// of 5000 JPY
	// - line 1 1748 JPY and tax 175 JPY
	// - line 2 1748 JPY and tax 175 JPY
	// - line 3 1049 JPY and tax 105 JPY
	// of 4533 JPY
	// - line 1 1585 JPY and tax 158 JPY
	// - line 2 1585 JPY and tax 158 JPY
	// - line 3 952 JPY and tax 95 JPY
	// line 1 paid 3666 JPY went back 3666 JPY
	// line 2 paid 3666 JPY went back 3666 JPY
	// line 3 paid 2201 JPY went back 2201 JPY
}
