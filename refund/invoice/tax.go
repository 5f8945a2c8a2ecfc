package invoice

import "github.com/kasperinfotech/refundpolicy/refund"

// SpreadTax splits the tax of a whole invoice over its lines, in proportion to their net
// amounts. The parts add up to the tax; taxes rounded line by line would not. If an invoice
// has several tax rates, call SpreadTax for each rate with the lines of that rate.
//
// The errors are those of [refund.Money.Allocate]. In addition, the tax must be in the
// currency of the lines.
func SpreadTax(tax refund.Money, net ...refund.Money) ([]refund.Money, error) {
	for _, n := range net {
		if _, err := tax.Add(n); err != nil {
			return nil, err
		}
	}
	return tax.Allocate(net...)
}
