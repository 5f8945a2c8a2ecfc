package invoice

import "github.com/kasperinfotech/refundpolicy/refund"

// SpreadTax splits the tax of a whole invoice over its lines, in proportion to their net
// amounts. The parts add up to the tax, where taxes rounded line by line would not. Spread
// each rate of tax on its own. The errors are those of [refund.Money.Allocate].
func SpreadTax(tax refund.Money, net ...refund.Money) ([]refund.Money, error) {
	for _, n := range net {
		if _, err := tax.Add(n); err != nil {
			return nil, err
		}
	}
	return tax.Allocate(net...)
}
