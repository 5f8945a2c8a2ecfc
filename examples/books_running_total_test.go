package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// What if webhooks report totals? A gateway's webhooks report the total refunded on a
// payment: 10.00 after the first refund, and 15.00 after a second one of 5.00. Recording each
// total as a refund would be wrong: the books would have 25.00. The webhooks also list the
// refunds, and each is recorded by its id. Webhooks may then arrive twice and in any order.
func Example_booksRunningTotal() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	noon := time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)
	books, err := ledger.New("SUB-1001", usd("100.00"), ledger.Payment{ID: "PAY-1", At: noon.AddDate(0, 0, -5), Amount: usd("100.00")})
	if err != nil {
		log.Fatal(err)
	}
	re1 := runningRefund{"re_1", 1000, noon}
	re2 := runningRefund{"re_2", 500, noon.Add(time.Hour)}
	second := runningWebhook{Payment: "PAY-1", Currency: "USD", TotalRefunded: 1500, Refunds: []runningRefund{re1, re2}}
	first := runningWebhook{Payment: "PAY-1", Currency: "USD", TotalRefunded: 1000, Refunds: []runningRefund{re1}}

	for _, w := range []runningWebhook{first, second, second, first} {
		books, err = w.record(books)
		if err != nil {
			log.Fatal(err)
		}
		p := books.Payments()[0]
		total := refund.FromMinorUnits(w.TotalRefunded, p.Amount.Currency())
		fmt.Println("total in the webhook:", total, "in the books:", p.Refunded)
	}
	// Output:
	// total in the webhook: 10.00 USD in the books: 10.00 USD
	// total in the webhook: 15.00 USD in the books: 15.00 USD
	// total in the webhook: 15.00 USD in the books: 15.00 USD
	// total in the webhook: 10.00 USD in the books: 15.00 USD
}

// A runningWebhook is the gateway's report on a payment, in minor units.
type runningWebhook struct {
	Payment       string
	Currency      string
	TotalRefunded int64 // when the webhook was sent; not recorded
	Refunds       []runningRefund
}

type runningRefund struct {
	ID     string
	Amount int64
	At     time.Time
}

// record returns the books with the refunds that the webhook lists.
func (w runningWebhook) record(books ledger.Ledger) (ledger.Ledger, error) {
	currency, err := refund.ParseCurrency(w.Currency)
	if err != nil {
		return ledger.Ledger{}, err
	}
	for _, r := range w.Refunds {
		books, err = books.RecordRefund(ledger.OutsideRefund{
			ID:      r.ID,
			At:      r.At,
			Payment: w.Payment,
			Amount:  refund.FromMinorUnits(r.Amount, currency),
		})
		if err != nil {
			return ledger.Ledger{}, err
		}
	}
	return books, nil
}
