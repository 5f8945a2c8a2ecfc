package ledgerstore_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// audit goes through books as somebody would who does not trust the ledger, in cents:
// each decision is live once at most, and no refund takes more than is left of the lesser
// of price and paid when it is posted. It returns what refunds have taken altogether.
func audit(t *testing.T, books ledger.Ledger) int64 {
	t.Helper()
	type part struct{ refund, cents int64 }
	price := cents(books.Price())
	var paid, refunded, lost int64
	parts := map[string]*part{}        // by instruction
	left := map[int64]int{}            // parts of a refund that have not failed
	spent := map[refund.Digest]int64{} // the latest refund of a decision
	disputes := map[string]int64{}
	keys := map[string]bool{}
	refunds := books.Refunds()
	for i, e := range books.Events() {
		complain := func(format string, args ...any) {
			t.Helper()
			t.Errorf("%s, event %d: %s", books.SubscriptionID(), i, fmt.Sprintf(format, args...))
		}
		switch e.Kind {
		case ledger.EventPaid:
			paid += cents(e.Amount)
		case ledger.EventPosted:
			n := int64(len(keys)) + 1
			if keys[e.ID] {
				complain("a key twice")
			}
			keys[e.ID] = true
			if before, posted := spent[e.Decision]; posted && left[before] > 0 {
				complain("a decision is live twice")
			}
			spent[e.Decision] = n
			if refunded += cents(e.Amount); refunded+lost > min(price, paid) {
				complain("%d cents are refunded and %d lost, of %d paid for a price of %d", refunded, lost, paid, price)
			}
			for _, share := range refunds[n-1].Shares {
				parts[share.Key] = &part{n, cents(share.Amount)}
				left[n]++
			}
		case ledger.EventFailed:
			p := parts[e.ID]
			if p == nil {
				complain("what fails was not there, or has failed")
				continue
			}
			refunded -= p.cents
			left[p.refund]--
			delete(parts, e.ID)
		case ledger.EventDisputed:
			disputes[e.ID] = cents(e.Amount)
		case ledger.EventLost:
			lost += disputes[e.ID]
		}
	}
	var taken int64
	for _, p := range books.Payments() {
		taken += cents(p.Refunded)
	}
	if taken != refunded {
		t.Errorf("%s: refunds took %d cents, the ledger says %d", books.SubscriptionID(), refunded, taken)
	}
	return refunded
}

// wantTable checks the table of refunds against the books.
func wantTable(t *testing.T, d database, all map[string]ledger.Ledger) {
	t.Helper()
	rows, err := d.raw.QueryContext(t.Context(), `SELECT subscription, key, decision, live FROM ledger_refunds`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	live := map[string]bool{}
	for rows.Next() {
		n++
		var subscription, key, digest string
		var isLive bool
		if err := rows.Scan(&subscription, &key, &digest, &isLive); err != nil {
			t.Fatal(err)
		}
		r, there := all[subscription].Refund(key)
		if !there || r.Decision.String() != digest || isLive != (r.State != ledger.StateFailed) {
			t.Errorf("%s: the table and the books disagree on a refund", subscription)
		}
		if isLive && live[digest] {
			t.Errorf("%s: a decision is live twice", subscription)
		}
		live[digest] = live[digest] || isLive
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, books := range all {
		n -= len(books.Refunds())
	}
	if n != 0 {
		t.Errorf("the table has %d refunds more than the books", n)
	}
}

// wantContinued checks that books have all that earlier ones had.
func wantContinued(t *testing.T, books, earlier ledger.Ledger) {
	t.Helper()
	was, is := earlier.Events(), books.Events()
	if len(is) < len(was) || !slices.EqualFunc(was, is[:len(was)], ledger.Event.Equal) {
		t.Errorf("%s: version %d does not continue version %d", books.SubscriptionID(), len(is), len(was))
	}
}
