package ledgerstore_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// BenchmarkPostings alternates between posting refunds on PostgreSQL with the store and
// sending the same statements with pgx alone, with prepared texts. The share is the rate of
// the store divided by the rate of pgx.
func BenchmarkPostings(b *testing.B) {
	for _, writers := range []int{1, 8} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) { postings(b, writers) })
	}
}

func postings(b *testing.B, writers int) {
	d := newPostgres(b)
	s, err := d.open(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	conns := make([]*pgx.Conn, writers)
	for i := range conns {
		if conns[i], err = pgx.Connect(b.Context(), d.source); err != nil {
			b.Fatal(err)
		}
		defer conns[i].Close(context.WithoutCancel(b.Context()))
	}
	made := make([]decision.Decision, b.N) // on books of the store
	bare := make([]bareBooks, b.N)
	for i := range b.N {
		made[i] = decided(b, opened(b, s, fmt.Sprintf("store-%d", i), 10000, 10000), "ana", 5000)
		bare[i] = postedBooks(b, opened(b, s, fmt.Sprintf("bare-%d", i), 10000, 10000))
	}
	var next, byStore, byPgx atomic.Int64
	var wait sync.WaitGroup
	b.ResetTimer()
	for _, conn := range conns {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
				began := time.Now()
				if _, err := s.Post(b.Context(), made[i], "refund-1", ledger.Options{}, start); err != nil {
					b.Error(err)
				}
				middle := time.Now()
				if err := bare[i].post(b.Context(), conn); err != nil {
					b.Error(err)
				}
				byStore.Add(int64(middle.Sub(began)))
				byPgx.Add(int64(time.Since(middle)))
			}
		})
	}
	wait.Wait()
	b.StopTimer()
	rate := func(sum *atomic.Int64) float64 { // of all writers
		return float64(writers) * float64(b.N) / time.Duration(sum.Load()).Seconds()
	}
	b.ReportMetric(rate(&byStore), "store/s")
	b.ReportMetric(rate(&byPgx), "pgx/s")
	b.ReportMetric(rate(&byStore)/rate(&byPgx), "share")
}

// bareBooks is books as rows, without the store.
type bareBooks struct {
	id, decision, text string
	version, after     int
}

func postedBooks(b *testing.B, books ledger.Ledger) bareBooks {
	made := decided(b, books, "ana", 5000)
	next, err := posting(made, "refund-1")(books)
	if err != nil {
		b.Fatal(err)
	}
	text, err := json.Marshal(next)
	if err != nil {
		b.Fatal(err)
	}
	return bareBooks{books.SubscriptionID(), made.Digest().String(), string(text), books.Version(), next.Version()}
}

// post sends the statements of an update that posts a refund.
func (r bareBooks) post(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, `SELECT version, books, '', false, false FROM ledgers WHERE subscription = $1
		UNION ALL SELECT -1, key, decision, live,
			EXISTS (SELECT 1 FROM ledger_refunds AS other WHERE other.decision = r.decision AND other.live)
		FROM ledger_refunds AS r WHERE subscription = $1`, r.id)
	if err != nil {
		return err
	}
	var version int
	var text, digest string
	var live, held bool
	if _, err := pgx.ForEachRow(rows, []any{&version, &text, &digest, &live, &held}, func() error { return nil }); err != nil {
		return err
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE ledgers SET version = $1, books = $2
		WHERE subscription = $3 AND version = $4`, r.after, r.text, r.id, r.version)
	if err == nil {
		_, err = tx.Exec(ctx, `INSERT INTO ledger_refunds (subscription, key, decision, live)
			VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, r.id, "refund-1", r.decision, true)
	}
	if err != nil {
		return errors.Join(err, tx.Rollback(ctx))
	}
	return tx.Commit(ctx)
}
