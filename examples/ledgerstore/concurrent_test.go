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

	"github.com/kasperinfotech/refundpolicy/examples/ledgerstore"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// attempts is how many refunds the writers attempt on each database: a tenth of those
// that .ci/long asks for.
var attempts = func() int {
	if n, err := strconv.Atoi(os.Getenv("LEDGERSTORE_ATTEMPTS")); err == nil {
		return n
	}
	return 1000
}()

const (
	writers = 32
	hot     = 20 // subscriptions that all writers refund at a time
	calm    = 20 // attempts between two disturbances
	waves   = 10 // of so many subscriptions after each other, or books become long, and the test with them
)

// Many writers refund the same subscriptions, while connections are killed. Each does
// what it likes, again and again, and the books are true.
func TestManyWriters(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { manyWriters(t, newSQLite(t), lockOrClose) })
	t.Run("postgres", func(t *testing.T) { manyWriters(t, newPostgres(t), terminate) })
}

func manyWriters(t *testing.T, d database, disturb func(ctx context.Context, o *office, n int)) {
	began := time.Now()
	o := &office{t: t, d: d, gateway: newGateway(true), posts: map[string]refund.Digest{}, seen: map[place]ledger.Event{}}
	for i := range o.stores {
		s, err := d.open(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		o.stores[i].Store(&s)
	}
	t.Cleanup(func() {
		for i := range o.stores {
			if err := (*o.stores[i].Load()).Close(); err != nil {
				t.Error(err)
			}
		}
	})
	for i := range waves * hot {
		price := int64(4000)
		if i%4 == 0 {
			price = 3000 // and more is paid
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
	for n := range writers {
		desks.Go(func() {
			w := &writer{office: o, n: n, random: rand.New(rand.NewPCG(uint64(n), 7))}
			for o.attempts.Load() < int64(attempts) && !t.Failed() {
				w.step()
			}
		})
	}
	desks.Wait()
	stop()
	others.Wait()
	o.settle()
	t.Logf("%s: %d attempts by %d writers: %d posted, %d told again, %d stale, %d conflicts, %d too much; "+
		"%d answers unknown, %d killed; %d pay-outs asked for %d times; %.1f s",
		d.kind, o.attempts.Load(), writers, len(o.posts), o.again.Load(), o.stale.Load(), o.conflicts.Load(), o.tooMuch.Load(),
		o.unknown.Load(), o.killed.Load(), len(o.gateway.paid), o.gateway.calls, time.Since(began).Seconds())
	for _, n := range []int64{int64(len(o.posts)), o.again.Load(), o.stale.Load(), o.conflicts.Load(), o.unknown.Load(), o.killed.Load()} {
		if n == 0 {
			t.Error("something did not happen: the test tries less than it should")
		}
	}
}

func id(n int) string { return fmt.Sprintf("SUB-%03d", n) }

// An office is all writers together, and what they were told.
type office struct {
	t       *testing.T
	d       database
	stores  [4]atomic.Pointer[ledgerstore.Store] // handles, which are closed and opened again
	gateway *gateway

	attempts, again, stale, conflicts, tooMuch, unknown, killed atomic.Int64

	mu      sync.Mutex
	posts   map[string]refund.Digest // acknowledged ones, by subscription and key
	seen    map[place]ledger.Event   // of acknowledged books
	samples []ledger.Ledger          // some of them whole
}

// A place is one in the list of events.
type place struct {
	subscription string
	version      int
}

func (o *office) store(n int) ledgerstore.Store { return *o.stores[n%len(o.stores)].Load() }

// acknowledge notes what a store has said.
func (o *office) acknowledge(books ledger.Ledger) {
	events := books.Events()
	at := place{books.SubscriptionID(), len(events)}
	last := events[len(events)-1]
	o.mu.Lock()
	defer o.mu.Unlock()
	before, seen := o.seen[at]
	if seen && !before.Equal(last) {
		o.t.Errorf("%s: two books of version %d", at.subscription, at.version)
	}
	if o.seen[at] = last; len(o.seen)%50 == 0 {
		o.samples = append(o.samples, books)
	}
}

// update is a host's call of Update: what comes to no answer is called again, as it is.
func (o *office) update(random *rand.Rand, handle int, subscription string, change func(ledger.Ledger) (ledger.Ledger, error)) (ledger.Ledger, error) {
	for range 200 {
		patience := time.Minute
		if random.IntN(25) == 0 {
			patience = time.Duration(random.IntN(10_000)) * time.Microsecond
		}
		ctx, cancel := context.WithTimeout(o.t.Context(), patience)
		books, err := o.store(handle).Update(ctx, subscription, change)
		cancel()
		switch {
		case err == nil:
			o.acknowledge(books)
			return books, nil
		case isAnswer(err):
			return books, err
		case isBroken(err):
			o.t.Error(err)
			return books, err
		}
		o.unknown.Add(1)
		if o.t.Failed() {
			return books, err
		}
	}
	o.t.Errorf("%s: no answer in 200 calls", subscription)
	return ledger.Ledger{}, errors.New("no answer")
}

// watch reads books over and over: they only ever get longer.
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

// settle does what writers left undone, and compares everything.
func (o *office) settle() {
	random := rand.New(rand.NewPCG(1, 1))
	update := func(subscription string, change func(ledger.Ledger) (ledger.Ledger, error)) (ledger.Ledger, error) {
		return o.update(random, 0, subscription, change)
	}
	all := map[string]ledger.Ledger{}
	for i := range waves * hot {
		if err := deliverAll(update, loaded(o.t, o.store(0), id(i)), o.gateway.pay); err != nil {
			o.t.Error(err)
		}
		all[id(i)] = loaded(o.t, o.store(0), id(i))
	}
	sums := o.gateway.sums()
	for subscription, books := range all {
		if refunded := audit(o.t, books); refunded != sums[subscription] {
			o.t.Errorf("%s: the gateway paid %d cents, the books say %d", subscription, sums[subscription], refunded)
		}
		var lost int64
		for _, p := range books.Payments() {
			lost += cents(p.Lost)
		}
		if back := cents(books.Totals().Returned); sums[subscription]+lost != back {
			o.t.Errorf("%s: %d cents paid and %d lost, %d returned", subscription, sums[subscription], lost, back)
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
}
