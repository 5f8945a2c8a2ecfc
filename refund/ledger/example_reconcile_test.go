package ledger_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A refund was made in the provider's dashboard, and is not in the books. Recording the
// event of the difference resolves it.
func ExampleReconcile() {
	paid := ledger.Payment{ID: "PAY-1", At: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Amount: refund.MustMoney("100.00", "USD")}
	books, err := ledger.New("SUB-1001", refund.MustMoney("100.00", "USD"), paid)
	if err != nil {
		log.Fatal(err)
	}
	statement := ledger.Statement{
		Payments: []ledger.ListedPayment{{Payment: paid}},
		Refunds: []ledger.ListedRefund{{OutsideRefund: ledger.OutsideRefund{
			ID: "RE-9", At: paid.At.AddDate(0, 0, 5), Amount: refund.MustMoney("60.00", "USD"), Payment: "PAY-1",
		}}},
	}
	entitlement := refund.MustMoney("75.00", "USD")
	for _, d := range ledger.Reconcile(books, statement, entitlement) {
		fmt.Println(d.Code, d.Kind, d.ID, d.Provider)
		if d.Event.Kind == 0 {
			continue // for a person
		}
		if books, err = books.Record(d.Event); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println("differences:", len(ledger.Reconcile(books, statement, entitlement)))
	fmt.Println("returned:", books.Totals().Returned)
	// Output:
	// missing_in_books refunded RE-9 60.00 USD
	// differences: 0
	// returned: 60.00 USD
}

// An export is reconciled while it is read. A line that cannot be read is reported, and
// the rest is reconciled.
func ExampleReconcileAll() {
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	export := func(yield func(ledger.Reconciliation, error) bool) {
		for line, id := range []string{"SUB-1001", "", "SUB-1003"} {
			if id == "" {
				if !yield(ledger.Reconciliation{}, fmt.Errorf("line %d: no subscription", line+1)) {
					return
				}
				continue
			}
			// A service loads the books of the subscription here.
			books, err := ledger.New(id, refund.MustMoney("100.00", "USD"))
			paid := ledger.Payment{ID: "PAY " + id, At: at, Amount: refund.MustMoney("100.00", "USD")}
			s := ledger.Statement{Payments: []ledger.ListedPayment{{Payment: paid}}}
			if !yield(ledger.Reconciliation{Ledger: books, Statement: s}, err) {
				return
			}
		}
	}
	for d, err := range ledger.ReconcileAll(export) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(d.Subscription, d.Code, d.ID)
	}
	// Output:
	// SUB-1001 missing_in_books PAY SUB-1001
	// line 2: no subscription
	// SUB-1003 missing_in_books PAY SUB-1003
}
