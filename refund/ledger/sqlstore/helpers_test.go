package sqlstore_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

var noon = testkit.March(12, 12, 0)

// opened stores books with one payment of 100.00.
func opened(t testing.TB, s sqlstore.Store, id string) ledger.Ledger {
	t.Helper()
	price := testkit.USD("100.00")
	books, err := ledger.New(id, price, ledger.Payment{ID: "PAY-1", At: noon, Amount: price})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Create(t.Context(), books); err != nil {
		t.Fatal(err)
	}
	return books
}

func loaded(t testing.TB, s sqlstore.Store, id string) ledger.Ledger {
	t.Helper()
	books, err := s.Load(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return books
}

// posting returns a change that adds the event of a posted refund of 60.00, without a
// decision.
func posting(key string) sqlstore.Change {
	return func(books ledger.Ledger) (ledger.Ledger, error) {
		if _, posted := books.Refund(key); posted {
			return books, nil
		}
		amount := testkit.USD("60.00")
		return ledger.Restore(books.SubscriptionID(), books.Price(), append(books.Events(), ledger.Event{
			Kind: ledger.EventPosted, At: noon, ID: key, Amount: amount, Decision: refund.Digest{1},
			Shares: []ledger.Share{{Payment: "PAY-1", Amount: amount}},
		}))
	}
}

func paid(n int) ledger.Event {
	return ledger.Event{Kind: ledger.EventPaid, At: noon.Add(time.Duration(n)), ID: fmt.Sprintf("PAY-%d", n), Amount: testkit.USD("1.00")}
}
