package ledgerstore_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/ledger/sqlstore"
)

// attempts is the number of refunds that the writers attempt on each database. The script
// .ci/long sets ten times as many.
var attempts = func() int {
	if n, err := strconv.Atoi(os.Getenv("LEDGERSTORE_ATTEMPTS")); err == nil {
		return n
	}
	return 1000
}()

const (
	writers = 32
	hot     = 20 // subscriptions that all writers refund at the same time
	calm    = 20 // attempts between two disturbances
	perFact = 3  // attempts between two facts
	waves   = 10 // groups of subscriptions, one after the other: long books would make the test slow
)

// Many writers refund the same subscriptions at random, while connections are killed. The
// books must agree with the acknowledged refunds and with the gateway.
func TestManyWriters(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { manyWriters(t, newSQLite(t), lockOrClose) })
	t.Run("postgres", func(t *testing.T) { manyWriters(t, newPostgres(t), terminate) })
}

func manyWriters(t *testing.T, d database, disturb func(ctx context.Context, o *office, n int)) {
	began := time.Now()
	o := &office{t: t, d: d, gateway: newGateway(true), posts: map[string]refund.Digest{}, seen: map[place]ledger.Event{}, outbox: map[[2]string]bool{}}
	for i := range o.stores {
		s, err := d.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		o.stores[i].Store(&s)
	}
	t.Cleanup(func() {
		for i := range o.stores {
			if err := (o.stores[i].Load()).Close(); err != nil {
				t.Error(err)
			}
		}
	})
	if _, err := d.raw.ExecContext(t.Context(), makeOutbox); err != nil {
		t.Fatal(err)
	}
	for i := range waves * hot {
		price := int64(4000)
		if i%4 == 0 {
			price = 3000 // and another payment is received
		}
		opened(t, o.store(0), id(i), price, 1500, 1500)
	}

	ctx, stop := context.WithCancel(t.Context())
	var others, desks sync.WaitGroup
	others.Go(func() {
		for n := 1; ctx.Err() == nil; time.Sleep(time.Millisecond) {
			if o.attempts.Load() >= int64(n*calm) {
				disturb(ctx, o, n)
				n++
			}
		}
	})
	others.Go(func() { o.watch(ctx) })
	recorder := startRecorder(t, d, "fact")
	others.Go(func() {
		for n := int64(0); ctx.Err() == nil; time.Sleep(time.Millisecond) {
			for ; n*perFact < o.attempts.Load(); n++ {
				if !recorder.on(id(o.wave()*hot + int(n)%hot)) {
					t.Error("the program that records facts has ended")
					return
				}
			}
		}
	})
	for n := range writers {
		desks.Go(func() {
			w := newWriter(o, n, 7)
			for o.attempts.Load() < int64(attempts) && !t.Failed() {
				w.step()
			}
		})
	}
	desks.Wait()
	stop()
	others.Wait()
	if err := recorder.end(); err != nil {
		t.Error(err)
	}
	all := o.settle()
	wantFacts(t, recorder.facts, all)
	beyond := 0 // only because of facts, as audit checks
	for _, books := range all {
		if books.Totals().BeyondCap.Sign() > 0 {
			beyond++
		}
	}
	t.Logf("%s: %d attempts by %d writers: %d posted, %d repeated, %d stale, %d conflicts, %d without an amount left; "+
		"%d answers unknown, %d killed; %d facts; %d with an outbox row; %d pay-outs requested %d times, %d reversed by the bank, %d posted again; %d of %d books beyond the cap; %.1f s",
		d.kind, o.attempts.Load(), writers, len(o.posts), o.again.Load(), o.stale.Load(), o.conflicts.Load(), o.tooMuch.Load(),
		o.unknown.Load(), o.killed.Load(), len(recorder.facts), len(o.outbox), len(o.gateway.paid), o.gateway.calls, o.turned.Load(), o.anew.Load(), beyond, len(all), time.Since(began).Seconds())
	for _, n := range []int64{int64(len(o.posts)), int64(len(o.outbox)), int64(len(recorder.facts)), o.again.Load(), o.stale.Load(), o.conflicts.Load(), o.unknown.Load(), o.killed.Load(), o.turned.Load(), o.anew.Load()} {
		if n == 0 {
			t.Error("a situation that the test needs did not occur")
		}
	}
}

func id(n int) string { return fmt.Sprintf("SUB-%03d", n) }

// An office has the stores of all writers, and the answers that they received.
type office struct {
	t       *testing.T
	d       database
	stores  [4]atomic.Pointer[handle] // they are closed and opened again
	gateway *gateway

	attempts, again, stale, conflicts, tooMuch, unknown, killed, turned, anew atomic.Int64

	mu      sync.Mutex
	posts   map[string]refund.Digest // acknowledged decisions, by subscription and key
	seen    map[place]ledger.Event   // the last events of acknowledged books
	samples []ledger.Ledger          // some acknowledged books
	outbox  map[[2]string]bool       // acknowledged posts that have a row in the outbox
}

// A place is a version of the books of a subscription.
type place struct {
	subscription string
	version      int
}

func (o *office) store(n int) handle { return *o.stores[n%len(o.stores)].Load() }

// acknowledge records books that a store returned. Two results of one version must have the same last event.
func (o *office) acknowledge(books ledger.Ledger) {
	events := books.Events()
	at := place{books.SubscriptionID(), len(events)}
	last := events[len(events)-1]
	o.mu.Lock()
	defer o.mu.Unlock()
	before, seen := o.seen[at]
	if seen && !before.Equal(last) {
		o.t.Errorf("%s: version %d has two different last events", at.subscription, at.version)
	}
	if o.seen[at] = last; len(o.seen)%50 == 0 {
		o.samples = append(o.samples, books)
	}
}

// A patient is a caller that repeats the same call after an error that leaves the result unknown.
type patient struct {
	sqlstore.Books // nil: only the methods below are used
	*office
	random *rand.Rand
	handle int
}

func (p patient) Load(ctx context.Context, subscription string) (ledger.Ledger, error) {
	return p.store(p.handle).Load(ctx, subscription)
}

func (p patient) Update(ctx context.Context, subscription string, change sqlstore.Change) (ledger.Ledger, error) {
	return p.until(ctx, func(ctx context.Context) (ledger.Ledger, error) {
		return p.store(p.handle).Update(ctx, subscription, change)
	})
}

func (p patient) until(ctx context.Context, call func(ctx context.Context) (ledger.Ledger, error)) (ledger.Ledger, error) {
	for range 200 {
		patience := time.Minute
		if p.random.IntN(25) == 0 {
			patience = time.Duration(p.random.IntN(10_000)) * time.Microsecond
		}
		ctx, cancel := context.WithTimeout(ctx, patience)
		books, err := call(ctx)
		cancel()
		switch {
		case err == nil:
			p.acknowledge(books)
			return books, nil
		case isAnswer(err):
			return books, err
		case isBroken(err):
			p.t.Error(err)
			return books, err
		}
		p.unknown.Add(1)
		if p.t.Failed() {
			return books, err
		}
	}
	p.t.Error("no answer in 200 calls")
	return ledger.Ledger{}, errors.New("no answer")
}

// watch reads books repeatedly, and checks that events are only added.
func (o *office) watch(ctx context.Context) {
	latest := map[string]ledger.Ledger{}
	for n := 0; ; n++ {
		subscription := id(o.wave()*hot + n%hot)
		books, err := o.store(n).Load(ctx, subscription)
		if err == nil {
			if before, seen := latest[subscription]; seen {
				wantContinued(o.t, books, before)
			}
			latest[subscription] = books
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func (o *office) wave() int { return min(int(o.attempts.Load())*waves/attempts, waves-1) }

// settle completes the outstanding refunds, and compares the books with the gateway and the acknowledgments.
func (o *office) settle() map[string]ledger.Ledger {
	random := rand.New(rand.NewPCG(1, 1))
	s := sqlstore.Store{Books: patient{office: o, random: random}}
	all := map[string]ledger.Ledger{}
	for i := range waves * hot {
		if err := deliverAll(o.t.Context(), s, loaded(o.t, o.store(0), id(i)), o.gateway.pay); err != nil {
			o.t.Error(err)
		}
		all[id(i)] = loaded(o.t, o.store(0), id(i))
	}
	sums := o.gateway.sums()
	for subscription, books := range all {
		if refunded := audit(o.t, books); refunded != sums[subscription] {
			o.t.Errorf("%s: the gateway paid %d cents, the books have %d", subscription, sums[subscription], refunded)
		}
	}
	for at, event := range o.seen {
		if events := all[at.subscription].Events(); len(events) < at.version || !events[at.version-1].Equal(event) {
			o.t.Errorf("%s: the acknowledged version %d is lost", at.subscription, at.version)
		}
	}
	for _, books := range o.samples {
		wantContinued(o.t, all[books.SubscriptionID()], books)
	}
	for key, digest := range o.posts {
		if r, there := all[key[:len(id(0))]].Refund(key[len(id(0)):]); !there || r.Decision != digest {
			o.t.Errorf("an acknowledged refund is lost: %s", key)
		}
	}
	wantTable(o.t, o.d, all)
	for _, wrong := range o.gateway.wrong {
		o.t.Error(wrong)
	}
	o.wantOutbox(all)
	return all
}
