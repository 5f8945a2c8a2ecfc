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
)

// A writer is one of those that refund the same subscriptions.
type writer struct {
	*office
	n      int
	random *rand.Rand
	keys   int
}

func (w *writer) update(subscription string, change func(ledger.Ledger) (ledger.Ledger, error)) (ledger.Ledger, error) {
	return w.office.update(w.random, w.n, subscription, change)
}

func (w *writer) newKey() string {
	w.keys++
	return fmt.Sprintf("refund-%d-%d", w.n, w.keys)
}

// step does one thing to one subscription.
func (w *writer) step() {
	subscription := id(w.wave()*hot + w.random.IntN(hot))
	switch w.random.IntN(20) {
	case 0:
		w.dispute(subscription)
	case 1:
		w.receive(subscription)
	default:
		w.refund(subscription)
	}
}

// receive records an installment, whoever did before.
func (w *writer) receive(subscription string) {
	if _, err := w.update(subscription, func(books ledger.Ledger) (ledger.Ledger, error) {
		return books.RecordPayment(payment(3, 1000))
	}); err != nil {
		w.t.Error(err)
	}
}

// dispute records a dispute, and maybe its end. The bank reports both twice.
func (w *writer) dispute(subscription string) {
	dispute := ledger.Dispute{
		ID:      "dispute-" + w.newKey(),
		Payment: fmt.Sprintf("PAY-%d", 1+w.random.IntN(2)),
		Amount:  usd(100),
		At:      start,
	}
	resolve := ledger.Ledger.LoseDispute
	if w.random.IntN(2) == 0 {
		resolve = ledger.Ledger.WinDispute
	}
	end := w.random.IntN(4)
	for range 2 {
		_, err := w.update(subscription, func(books ledger.Ledger) (ledger.Ledger, error) { return books.RecordDispute(dispute) })
		if err == nil && end > 0 {
			_, err = w.update(subscription, func(books ledger.Ledger) (ledger.Ledger, error) {
				return resolve(books, dispute.ID, time.Now())
			})
		}
		if err != nil {
			w.t.Error(err)
		}
	}
}

// refund decides on the books as they are, posts, and pays. What is stale by then is
// decided anew.
func (w *writer) refund(subscription string) {
	key := w.newKey()
	amount := int64(20 + w.random.IntN(300))
	for range 3 {
		books, err := w.load(subscription)
		if err != nil {
			return
		}
		d, err := decide(books, fmt.Sprintf("officer-%d", w.n), amount)
		if err != nil { // nothing is left of this one
			w.attempts.Add(1)
			w.tooMuch.Add(1)
			return
		}
		switch w.random.IntN(10) {
		case 0, 1, 2: // handed on: somebody else has the same decision, and names it in another way
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
		r, _ := books.Refund(key)
		for _, share := range r.Shares {
			if w.random.IntN(20) == 0 { // it forgets
				continue
			}
			w.send(subscription, key, share.Instruction)
		}
		if w.random.IntN(2) == 0 {
			_, _ = w.post(d, key) // a retry, late: whatever it says, the books say in the end
		}
		return
	}
}

func (w *writer) load(subscription string) (ledger.Ledger, error) {
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	return w.store(w.n).Load(ctx, subscription)
}

// both has two writers post one decision at once.
func (w *writer) both(d decision.Decision, key, other string) {
	var wait sync.WaitGroup
	for i, key := range []string{key, other} {
		colleague := &writer{office: w.office, n: w.n + 1 + i, random: rand.New(rand.NewPCG(uint64(w.n), uint64(w.keys)))}
		wait.Go(func() {
			books, err := colleague.post(d, key)
			if err != nil {
				return
			}
			r, _ := books.Refund(key)
			for _, share := range r.Shares {
				colleague.send(d.Subscription(), key, share.Instruction)
			}
		})
	}
	wait.Wait()
}

// post is an attempt.
func (w *writer) post(d decision.Decision, key string) (ledger.Ledger, error) {
	w.attempts.Add(1)
	books, err := w.update(d.Subscription(), posting(d, key))
	switch {
	case err == nil:
		w.mu.Lock()
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

// send has a part of a refund paid, sometimes twice, and sometimes it comes back.
func (w *writer) send(subscription, key string, i ledger.Instruction) {
	pay := w.gateway.pay
	if w.random.IntN(5) == 0 {
		pay = func(subscription, key string, amount int64) ledger.State {
			w.gateway.pay(subscription, key, amount)
			return w.gateway.pay(subscription, key, amount)
		}
	}
	if err := deliver(w.update, subscription, key, i, pay); err != nil {
		w.t.Error(err)
		return
	}
	if w.random.IntN(40) == 0 && w.gateway.sendBack(i.Key) {
		if err := tell(w.update, subscription, i.Key, ledger.StateFailed); err != nil {
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

// lockOrClose closes a handle on a file under its writers' hands and opens another. Now
// and then it locks the file, for longer than SQLite waits.
func lockOrClose(ctx context.Context, o *office, n int) {
	if n%100 == 50 {
		tx, err := o.d.raw.BeginTx(ctx, nil)
		if err != nil {
			return // the writers were faster, and another time will come
		}
		if _, err := tx.ExecContext(ctx, `UPDATE ledgers SET version = version`); err == nil {
			time.Sleep(700 * time.Millisecond)
		}
		_ = tx.Rollback() // it has changed nothing
		return
	}
	opened, err := o.d.open(ctx)
	if err != nil {
		return
	}
	before := o.stores[n%len(o.stores)].Swap(&opened)
	if err := (*before).Close(); err != nil {
		o.t.Error(err)
	}
	o.killed.Add(1)
}
