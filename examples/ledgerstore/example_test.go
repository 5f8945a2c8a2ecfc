package ledgerstore_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/ledgerstore"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// Two agents have decided on the same books, and the store accepts only the first decision.
// Its refund is paid in three steps, each of which may be repeated.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "ledgerstore")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	db, err := ledgerstore.SQLite(filepath.Join(dir, "books.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	store, err := sqlstore.Open(ctx, db, sqlstore.SQLite)
	if err != nil {
		log.Fatal(err)
	}

	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	s := refund.Subscription{
		ID:      "SUB-1001",
		Account: "ACC-7",
		Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
		Start:   now.AddDate(0, 0, -5),
		Price:   refund.MustMoney("100.00", "USD"),
	}
	books, err := ledger.New(s.ID, s.Price, ledger.Payment{ID: "PAY-1", At: s.Start, Amount: s.Price, Method: "visa 4242"})
	if err != nil {
		log.Fatal(err)
	}
	if err := store.Create(ctx, books); err != nil {
		log.Fatal(err)
	}

	decide := func(agent string) decision.Decision {
		judged, err := books.Subscription(s) // with Paid and Refunded of the books
		if err != nil {
			log.Fatal(err)
		}
		looked := func(c refund.Clause) refund.Finding {
			return refund.Finding{Clause: c, Severity: refund.SeveritySatisfied}
		}
		c := refund.Case{
			Subscription: judged,
			Issues:       refund.IssueLog{},
			Request:      refund.Request{At: now.Add(-time.Hour), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
			Findings:     []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
		}
		policy := refund.Published(time.UTC)
		policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
		outcome, err := policy.Evaluate(c)
		if err != nil {
			log.Fatal(err)
		}
		d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
			By:     decision.Officer{ID: agent, Limit: refund.MustMoney("500.00", "USD")},
			At:     now,
			Amount: refund.MustMoney("60.00", "USD"),
		})
		if err != nil {
			log.Fatal(err)
		}
		return d
	}
	ana, bob := decide("ana"), decide("bob")

	post := func(d decision.Decision, key string) error {
		_, err := store.Post(ctx, d, key, ledger.Options{}, now)
		return err
	}
	fmt.Println("ana:", post(ana, "refund-ana"))
	fmt.Println("ana, sent twice:", post(ana, "refund-ana"))
	fmt.Println("ana's, under another key:", errors.Is(post(ana, "refund-carl"), ledger.ErrConflict))
	fmt.Println("bob:", errors.Is(post(bob, "refund-bob"), decision.ErrStale))

	books, err = store.Load(ctx, s.ID)
	if err != nil {
		log.Fatal(err)
	}
	for _, part := range books.Outstanding() {
		if _, err := store.Submit(ctx, s.ID, part.Key, now); err != nil {
			log.Fatal(err)
		}
		// Here the gateway is called, with part.Key as the idempotency key.
		if books, err = store.Settle(ctx, s.ID, part.Key, now); err != nil {
			log.Fatal(err)
		}
		fmt.Println("refunded", part.Amount, "on", part.Method)
	}
	fmt.Println("returned", books.Totals().Returned, "in version", books.Version())
	// Output:
	// ana: <nil>
	// ana, sent twice: <nil>
	// ana's, under another key: true
	// bob: true
	// refunded 60.00 USD on visa 4242
	// returned 60.00 USD in version 4
}
