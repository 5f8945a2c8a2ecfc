package ledgerstore_test

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/ledgerstore"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A gateway pays once for each idempotency key, and says the same again to whoever asks
// again.
type gateway struct {
	declines bool // one in eight

	mu    sync.Mutex
	paid  map[string]*payOut // by idempotency key
	calls int
	wrong []string // what no host may do
}

type payOut struct {
	subscription string
	cents        int64
	state        ledger.State // settled or failed
}

func newGateway(declines bool) *gateway {
	return &gateway{declines: declines, paid: map[string]*payOut{}}
}

// pay returns how the pay-out of the key has ended.
func (g *gateway) pay(subscription, key string, amount int64) ledger.State {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.calls++
	p, known := g.paid[key]
	if !known {
		p = &payOut{subscription, amount, ledger.StateSettled}
		if g.declines && key[0] < '2' { // of sixteen digits
			p.state = ledger.StateFailed
		}
		g.paid[key] = p
	}
	if p.subscription != subscription || p.cents != amount {
		g.wrong = append(g.wrong, fmt.Sprintf("%d cents were asked for under the key of %d", amount, p.cents))
	}
	return p.state
}

// sendBack is what a bank does now and then, after all.
func (g *gateway) sendBack(key string) (had bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	p, paid := g.paid[key]
	if paid {
		p.state = ledger.StateFailed
	}
	return paid
}

// sums returns what has gone out and not come back, by subscription.
func (g *gateway) sums() map[string]int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	sums := map[string]int64{}
	for _, p := range g.paid {
		if p.state == ledger.StateSettled {
			sums[p.subscription] += p.cents
		}
	}
	return sums
}

// An updater updates the books of a subscription, for as long as it takes.
type updater func(subscription string, change func(ledger.Ledger) (ledger.Ledger, error)) (ledger.Ledger, error)

// deliver does what is to be done with a part of a refund that is posted. It may be done
// again at any time, by anybody, also halfway through.
func deliver(update updater, subscription, refundKey string, i ledger.Instruction, pay func(subscription, key string, amount int64) ledger.State) error {
	books, err := update(subscription, submitting(i.Key))
	switch {
	case errors.Is(err, ledger.ErrTransition): // it has failed
		return nil
	case err != nil:
		return err
	case shareState(books, refundKey, i.Key) == ledger.StateFailed:
		return nil
	}
	return tell(update, subscription, i.Key, pay(subscription, i.Key, cents(i.Amount)))
}

// tell enters the gateway's word.
func tell(update updater, subscription, key string, state ledger.State) error {
	_, err := update(subscription, func(books ledger.Ledger) (ledger.Ledger, error) {
		if state == ledger.StateFailed {
			return books.Fail(key, time.Now())
		}
		return books.Settle(key, time.Now())
	})
	if errors.Is(err, ledger.ErrTransition) { // settled is told after it has come back
		return nil
	}
	return err
}

func shareState(books ledger.Ledger, refundKey, key string) ledger.State {
	r, _ := books.Refund(refundKey)
	for _, share := range r.Shares {
		if share.Key == key {
			return share.State
		}
	}
	return 0
}

// deliverAll does all that is left to do, as a host does when it starts.
func deliverAll(update updater, books ledger.Ledger, pay func(subscription, key string, amount int64) ledger.State) error {
	for _, r := range books.Refunds() {
		for _, share := range r.Shares {
			if share.State != ledger.StatePending && share.State != ledger.StateSubmitted {
				continue
			}
			if err := deliver(update, books.SubscriptionID(), r.Key, share.Instruction, pay); err != nil {
				return err
			}
		}
	}
	return nil
}

func isDisputed(err error) bool { return errors.Is(err, ledger.ErrDisputed) }

// isAnswer reports whether an error is the library's word on a change, which calling
// again does not alter.
func isAnswer(err error) bool {
	for _, of := range []error{
		decision.ErrStale, decision.ErrNothingToRefund,
		ledger.ErrConflict, ledger.ErrDisputed, ledger.ErrTransition, ledger.ErrUnknown,
	} {
		if errors.Is(err, of) {
			return true
		}
	}
	return false
}

// isBroken reports whether an error says that something is wrong with what is stored.
func isBroken(err error) bool {
	for _, of := range []error{
		ledgerstore.ErrSpent, ledgerstore.ErrUnreadable, ledgerstore.ErrRewritten, ledgerstore.ErrNotFound, ledgerstore.ErrExists,
	} {
		if errors.Is(err, of) {
			return true
		}
	}
	return false
}
