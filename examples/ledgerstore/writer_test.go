package ledgerstore_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// A writer refunds the same subscriptions as the other writers.
type writer struct {
	patient
	n    int
	keys int
}

func newWriter(o *office, n int, seed uint64) *writer {
	return &writer{patient: patient{office: o, random: rand.New(rand.NewPCG(uint64(n), seed)), handle: n}, n: n}
}

func (w *writer) books() sqlstore.Store { return sqlstore.Store{Books: w.patient} }

// step makes one refund on a random subscription.
func (w *writer) step() {
	w.keys++
	w.refund(id(w.wave()*hot+w.random.IntN(hot)), fmt.Sprintf("refund-%d-%d", w.n, w.keys))
}

// refund decides on the current books, posts the decision, and pays. If the decision is
// stale by then, it decides again.
func (w *writer) refund(subscription, key string) {
	amount := int64(20 + w.random.IntN(1500))
	for range 3 {
		books, err := w.load(subscription)
		if err != nil {
			return
		}
		d, err := decide(books, fmt.Sprintf("officer-%d", w.n), amount)
		if err != nil { // no amount is left to refund
			w.attempts.Add(1)
			w.tooMuch.Add(1)
			return
		}
		switch w.random.IntN(10) {
		case 0, 1, 2: // another writer posts the same decision under another key
			w.both(d, key, key+"-other")
		case 3, 4, 5: // a form that is sent twice
			w.both(d, key, key)
		}
		books, err = w.post(d, key)
		switch {
		case errors.Is(err, decision.ErrStale):
			continue
		case err != nil:
			return
		}
		w.sendAll(books, key)
		if books, err := w.load(subscription); err == nil {
			if r, _ := books.Refund(key); r.State == ledger.StateFailed { // it may still be carried out later
				if books, err = w.post(d, key+"-anew"); err == nil {
					w.anew.Add(1)
					w.sendAll(books, key+"-anew")
				}
				w.turn(subscription, r.Shares[0].Key)
			}
		}
		if w.random.IntN(2) == 0 {
			_, _ = w.post(d, key) // a late retry: its result is checked at the end, in the books
		}
		return
	}
}

func (w *writer) load(subscription string) (ledger.Ledger, error) {
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	return w.Load(ctx, subscription)
}

// both makes two writers post the same decision at once.
func (w *writer) both(d decision.Decision, key, other string) {
	var wait sync.WaitGroup
	for i, key := range []string{key, other} {
		colleague := newWriter(w.office, w.n+1+i, uint64(w.keys))
		wait.Go(func() {
			if books, err := colleague.post(d, key); err == nil {
				colleague.sendAll(books, key)
			}
		})
	}
	wait.Wait()
}

// post posts a decision, in a third of the calls together with a row of the outbox.
func (w *writer) post(d decision.Decision, key string) (books ledger.Ledger, err error) {
	w.attempts.Add(1)
	row := w.random.IntN(3) == 0
	if row {
		books, err = w.until(w.t.Context(), func(ctx context.Context) (ledger.Ledger, error) {
			return postTx(ctx, w.store(w.n), d, key)
		})
	} else {
		books, err = w.books().Update(w.t.Context(), d.Subscription(), posting(d, key))
	}
	switch {
	case err == nil:
		w.mu.Lock()
		if row {
			w.outbox[[2]string{d.Subscription(), key}] = true
		}
		if _, known := w.posts[d.Subscription()+key]; known {
			w.again.Add(1)
		}
		w.posts[d.Subscription()+key] = d.Digest()
		w.mu.Unlock()
	case errors.Is(err, decision.ErrStale):
		w.stale.Add(1)
	case errors.Is(err, ledger.ErrConflict):
		w.conflicts.Add(1)
	}
	return books, err
}

// sendAll delivers the parts of a refund. It sometimes sends a part twice, and sometimes skips one.
func (w *writer) sendAll(books ledger.Ledger, key string) {
	r, _ := books.Refund(key)
	for _, share := range r.Shares {
		if w.random.IntN(20) == 0 {
			continue
		}
		pay := w.gateway.pay
		if w.random.IntN(5) == 0 {
			pay = func(subscription, key string, amount int64) answer {
				w.gateway.pay(subscription, key, amount)
				return w.gateway.pay(subscription, key, amount)
			}
		}
		if err := deliver(w.t.Context(), w.books(), books.SubscriptionID(), share.Instruction, pay); err != nil {
			w.t.Error(err)
			return
		}
		if w.random.IntN(20) == 0 {
			w.turn(books.SubscriptionID(), share.Key)
		}
	}
}

// turn makes the bank reverse a result, and records the new one.
func (w *writer) turn(subscription, key string) {
	if a, known := w.gateway.turn(key); known {
		w.turned.Add(1)
		if err := record(w.t.Context(), w.books(), subscription, key, a); err != nil {
			w.t.Error(err)
		}
	}
}

// terminate kills a connection to PostgreSQL.
func terminate(ctx context.Context, o *office, n int) {
	var killed int64
	if err := o.d.raw.QueryRowContext(ctx, `SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity
		WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1) AS one`).Scan(&killed); err == nil {
		o.killed.Add(killed)
	}
}

// lockOrClose closes a handle while writers use it, and opens another. Sometimes it locks
// the file instead, for longer than SQLite waits.
func lockOrClose(ctx context.Context, o *office, n int) {
	if n%100 == 50 {
		tx, err := o.d.raw.BeginTx(ctx, nil)
		if err != nil {
			return // writers have the lock: skip it this time
		}
		if _, err := tx.ExecContext(ctx, `UPDATE ledgers SET version = version`); err == nil {
			time.Sleep(700 * time.Millisecond)
		}
		_ = tx.Rollback() // it made no change
		return
	}
	opened, err := o.d.open(ctx)
	if err != nil {
		return
	}
	before := o.stores[n%len(o.stores)].Swap(&opened)
	if err := before.Close(); err != nil {
		o.t.Error(err)
	}
	o.killed.Add(1)
}
