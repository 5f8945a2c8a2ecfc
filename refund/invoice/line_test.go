package invoice_test

import (
	"errors"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/invoice"
)

func TestLineGross(t *testing.T) {
	if got, err := line("1.00", "0.20").Gross(); err != nil || !got.Equal(usd("1.20")) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := (invoice.Line{Net: usd("1.00"), Tax: refund.MustMoney("1", "JPY")}).Gross(); !errors.Is(err, refund.ErrCurrencyMismatch) {
		t.Errorf("error is %v", err)
	}
}
