package sqlstore_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// A host can be tested without a database, with books in a map. Here the provider's webhook
// reports a refund that was made in its dashboard, and is delivered twice.
func Example() {
	price := refund.MustMoney("100.00", "USD")
	noon := time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)
	books, err := ledger.New("SUB-1001", price, ledger.Payment{ID: "PAY-1", At: noon, Amount: price})
	if err != nil {
		log.Fatal(err)
	}
	store := sqlstore.Store{Books: memory{all: map[string]ledger.Ledger{"SUB-1001": books}}}

	for range 2 {
		books, err = store.Record(context.Background(), "SUB-1001", ledger.Event{
			Kind: ledger.EventRefunded, At: noon.AddDate(0, 0, 3), ID: "re_1", Payment: "PAY-1",
			Amount: refund.MustMoney("60.00", "USD"), Reason: "dashboard",
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(books.Totals().Returned)
	// Output: 60.00 USD
}

// A memory is Books without a database, for one goroutine.
type memory struct {
	sqlstore.Books // nil: the example calls only the methods below
	all            map[string]ledger.Ledger
}

func (m memory) Load(_ context.Context, id string) (ledger.Ledger, error) {
	books, there := m.all[id]
	if !there {
		return ledger.Ledger{}, sqlstore.ErrNotFound
	}
	return books, nil
}

func (m memory) Update(ctx context.Context, id string, change sqlstore.Change) (ledger.Ledger, error) {
	books, err := m.Load(ctx, id)
	if err == nil {
		books, err = change(books)
	}
	if err == nil {
		m.all[id] = books
	}
	return books, err
}
