package ledger_test

import (
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Read books as JSON from a database. Each fault of the text is reported with its path, and
// books that break a rule are refused.
func ExampleLedger_UnmarshalJSON() {
	var books ledger.Ledger
	err := json.Unmarshal([]byte(`{
		"subscription": "SUB-1001",
		"price": {"amount": "100.00", "currency": "USD"},
		"events": [
			{"kind": "paid", "at": "2026-03-02T12:00:00Z", "id": "PAY-1", "amount": {"amount": "100.00", "currency": "USD"}},
			{"kind": "disputed", "at": "2026-03-12T12:00:00Z", "id": "DP-1", "payment": "PAY-1", "amount": {"amount": "30.00", "currency": "USD"}}
		]
	}`), &books)
	if err != nil {
		log.Fatal(err)
	}
	totals := books.Totals()
	fmt.Println("version", books.Version(), "disputed", totals.Disputed, "room", totals.Room)

	err = json.Unmarshal([]byte(`{"subscription": "SUB-1001", "price": {"amount": "100.00", "currency": "USD"},
		"events": [{"kind": "won", "at": "2026-03-12T12:00:00Z", "id": "DP-1"}]}`), &books)
	fmt.Println(err)
	// Output:
	// version 2 disputed 30.00 USD room 70.00 USD
	// refund: invalid input: events[0]: unknown dispute
}

// Write the books of a new subscription that was paid.
func ExampleLedger_MarshalJSON() {
	books, err := ledger.New(
		"SUB-1001", refund.MustMoney("100.00", "USD"),
		ledger.Payment{ID: "PAY-1", At: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC), Amount: refund.MustMoney("100.00", "USD")},
	)
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(books)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(text))
	// Output:
	// {"subscription":"SUB-1001","price":{"amount":"100.00","currency":"USD"},"events":[{"kind":"paid","at":"2026-03-02T12:00:00Z","id":"PAY-1","amount":{"amount":"100.00","currency":"USD"}}]}
}

// Read a host's own record that contains the books of a subscription.
func ExampleLedger_hostStruct() {
	var account struct {
		Name  string        `json:"name"`
		Books ledger.Ledger `json:"books"`
	}
	err := json.Unmarshal([]byte(`{"name": "Park", "books": {"subscription": "SUB-1001",
		"price": {"amount": "9800", "currency": "JPY"}, "events": []}}`), &account)
	if err != nil {
		log.Fatal(err)
	}
	books := account.Books
	fmt.Println(account.Name, books.SubscriptionID(), books.Price(), books.Version())
	// Output:
	// Park SUB-1001 9800 JPY 0
}
