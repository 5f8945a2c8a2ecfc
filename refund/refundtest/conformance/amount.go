package conformance

import (
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// amountJSON is an amount of an outcome. A result may have more digits than input.
type amountJSON struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// money returns the amount, if it has exactly the decimals of its currency.
func (j amountJSON) money() (refund.Money, bool) {
	c, err := refund.ParseCurrency(j.Currency)
	if err != nil {
		return refund.Money{}, false
	}
	unit := "1"
	if n := c.Digits(); n > 0 {
		unit = "0." + strings.Repeat("0", n-1) + "1"
	}
	minor, err := refund.ParseMoney(unit, j.Currency)
	if err != nil {
		return refund.Money{}, false
	}
	m := minor.Times(0)
	// Any other character is not in an amount's form.
	for _, digit := range strings.Replace(j.Amount, ".", "", 1) {
		if m, err = m.Times(10).Add(minor.Times(int(digit - '0'))); err != nil {
			return refund.Money{}, false
		}
	}
	return m, m.Amount() == j.Amount
}
