package ledgerstore_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// A gateway pays once for each idempotency key, and repeats its answer to later requests.
type gateway struct {
	declines bool // one in eight

	mu    sync.Mutex
	paid  map[string]*payOut // by idempotency key
	calls int
	clock int
	wrong []string // requests that a host must not send
}

type payOut struct {
	subscription string
	cents        int64
	answer
}

// An answer is settled or failed, at the gateway's instant.
type answer struct {
	state ledger.State
	at    time.Time
}

func newGateway(declines bool) *gateway {
	return &gateway{declines: declines, paid: map[string]*payOut{}}
}

func (g *gateway) now() time.Time {
	g.clock++
	return start.AddDate(0, 1, 0).Add(time.Duration(g.clock) * time.Second)
}

// pay pays, unless it has already paid for the key, and returns the result.
func (g *gateway) pay(subscription, key string, amount int64) answer {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.calls++
	p, known := g.paid[key]
	if !known {
		p = &payOut{subscription, amount, answer{ledger.StateSettled, g.now()}}
		if g.declines && key[0] < '2' { // of sixteen digits
			p.state = ledger.StateFailed
		}
		g.paid[key] = p
	}
	if p.subscription != subscription || p.cents != amount {
		g.wrong = append(g.wrong, fmt.Sprintf("%d cents were requested with the key of %d cents", amount, p.cents))
	}
	return p.answer
}

// turn reverses the result of a pay-out, as banks sometimes do: a settled one fails, and a
// failed one is settled.
func (g *gateway) turn(key string) (a answer, known bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	p, known := g.paid[key]
	if !known {
		return answer{}, false
	}
	if p.state == ledger.StateSettled {
		p.answer = answer{ledger.StateFailed, g.now()}
	} else {
		p.answer = answer{ledger.StateSettled, g.now()}
	}
	return p.answer, true
}

// sums returns the amounts that customers have, by subscription.
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

type payer func(subscription, key string, amount int64) answer

// deliver sends an instruction and records the answer. It may be called again at any time,
// also after a call that stopped halfway.
func deliver(ctx context.Context, s sqlstore.Store, subscription string, i ledger.Instruction, pay payer) error {
	books, err := s.Update(ctx, subscription, submitting(i.Key, start.AddDate(0, 0, 6)))
	if errors.Is(err, ledger.ErrFailed) || err == nil && shareState(books, i.Key) == ledger.StateFailed {
		return nil
	}
	if err != nil {
		return err
	}
	return record(ctx, s, subscription, i.Key, pay(subscription, i.Key, cents(i.Amount)))
}

// record records the gateway's answer.
func record(ctx context.Context, s sqlstore.Store, subscription, key string, a answer) error {
	say := s.Settle
	if a.state == ledger.StateFailed {
		say = s.Fail
	}
	_, err := say(ctx, subscription, key, a.at)
	return err
}

func shareState(books ledger.Ledger, key string) ledger.State {
	for _, r := range books.Refunds() {
		for _, share := range r.Shares {
			if share.Key == key {
				return share.State
			}
		}
	}
	return 0
}

// deliverAll sends all outstanding instructions, as a host does when it starts.
func deliverAll(ctx context.Context, s sqlstore.Store, books ledger.Ledger, pay payer) error {
	for _, share := range books.Outstanding() {
		if err := deliver(ctx, s, books.SubscriptionID(), share.Instruction, pay); err != nil {
			return err
		}
	}
	return nil
}

// isAnswer reports whether an error is the ledger's refusal of a change, which would be the
// same for another try.
func isAnswer(err error) bool {
	for _, of := range []error{
		decision.ErrStale, decision.ErrNothingToRefund,
		ledger.ErrConflict, ledger.ErrDisputed, ledger.ErrInsufficient, ledger.ErrFailed, ledger.ErrUnknown,
	} {
		if errors.Is(err, of) {
			return true
		}
	}
	return false
}

// isBroken reports whether an error is about the stored books.
func isBroken(err error) bool {
	for _, of := range []error{
		sqlstore.ErrSpent, sqlstore.ErrUnreadable, sqlstore.ErrRewritten, sqlstore.ErrNotFound, sqlstore.ErrExists,
	} {
		if errors.Is(err, of) {
			return true
		}
	}
	return false
}

// stubborn repeats the same call until it gets an answer, because the server or the handle
// may be killed in the meantime.
type stubborn struct{ sqlstore.Books }

func (s stubborn) Load(ctx context.Context, subscription string) (ledger.Ledger, error) {
	for {
		books, err := s.Books.Load(ctx, subscription)
		if err == nil || isBroken(err) || ctx.Err() != nil {
			return books, err
		}
	}
}

func (s stubborn) Update(ctx context.Context, subscription string, change sqlstore.Change) (ledger.Ledger, error) {
	for {
		books, err := s.Books.Update(ctx, subscription, change)
		if err == nil || isAnswer(err) || isBroken(err) || ctx.Err() != nil {
			return books, err
		}
	}
}
