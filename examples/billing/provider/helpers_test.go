package provider_test

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

const (
	apiKey = "api-key-of-the-tests"
	secret = "webhook-secret-of-the-tests"
)

// noon is the instant of all clocks in the tests. The fake counts microseconds from it.
var noon = time.Date(2026, time.March, 12, 12, 0, 0, 0, time.UTC)

func now() time.Time { return noon }

// A world is a fake, its client, and the webhooks that it sent.
type world struct {
	*fake.Fake
	client *provider.Client

	mu     sync.Mutex
	events []provider.Event
	bad    []error
	busy   int // the number of webhooks to answer with 503
}

// newWorld returns a world. The test must not wait: a usual wait of the fake is 50 microseconds.
func newWorld(t rapid.TB, options ...func(*fake.Options)) (*world, func()) {
	t.Helper()
	w := &world{}
	hooks := httptest.NewServer(http.HandlerFunc(w.receive))
	ctx, cancel := context.WithCancel(context.Background())
	o := fake.Options{APIKey: apiKey, Secret: secret, Webhook: hooks.URL, Now: now, Wait: 50 * time.Microsecond}
	for _, set := range options {
		set(&o)
	}
	f := fake.New(ctx, o)
	url, err := f.Start()
	if err != nil {
		t.Fatalf("not started: %v", err)
	}
	w.Fake, w.client = f, provider.NewClient(url, apiKey, secret)
	return w, func() {
		cancel()
		f.Idle()
		hooks.CloseClientConnections()
		hooks.Close()
	}
}

// worldOf returns a world that ends with the test.
func worldOf(t *testing.T, options ...func(*fake.Options)) *world {
	t.Helper()
	w, end := newWorld(t, options...)
	t.Cleanup(end)
	return w
}

func (w *world) receive(response http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.busy > 0 {
		w.busy--
		response.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	e, bad := w.client.Event(r.Header, body, noon)
	if err = errors.Join(err, bad); err != nil {
		w.bad = append(w.bad, err)
		return
	}
	w.events = append(w.events, e)
}

// received returns the events so far, after all webhooks were delivered.
func (w *world) received(t rapid.TB) []provider.Event {
	t.Helper()
	w.Idle()
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.bad) > 0 {
		t.Fatalf("a webhook was refused: %v", w.bad[0])
	}
	return slices.Clone(w.events)
}

// do carries out an action, and fails the test if it is refused.
func (w *world) do(t rapid.TB, action string, r processor.Record) processor.Record {
	t.Helper()
	done, err := w.Do(action, r)
	if err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	return done
}

// pay makes a payment of the subscription SUB-1 in US dollars.
func (w *world) pay(t rapid.TB, cents int64) processor.Record {
	t.Helper()
	return w.do(t, "pay", processor.Record{Subscription: "SUB-1", Units: cents, Currency: "USD", Method: "visa 4242"})
}

// records returns the provider's records of SUB-1, by id.
func (w *world) records(t rapid.TB) map[string]processor.Record {
	t.Helper()
	_, list, err := provider.Records(w.client, "SUB-1")
	if err != nil {
		t.Fatalf("no records: %v", err)
	}
	byID := map[string]processor.Record{}
	for _, r := range list {
		byID[r.ID] = r
	}
	return byID
}

// refunds returns the records with a key.
func (w *world) refunds(t rapid.TB, key string) []processor.Record {
	t.Helper()
	records := w.records(t)
	return slices.DeleteFunc(slices.Collect(maps.Values(records)), func(r processor.Record) bool { return r.Key != key })
}

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

func instruction(payment, key, amount string) ledger.Instruction {
	return ledger.Instruction{Key: key, Payment: payment, Amount: usd(amount)}
}
