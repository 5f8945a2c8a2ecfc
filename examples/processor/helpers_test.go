package processor_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
)

const (
	apiKey = "api-key-of-the-tests"
	secret = "webhook-secret-of-the-tests"
)

// noon is the instant of all clocks in the tests. The fake counts microseconds from it.
var noon = time.Date(2026, time.March, 12, 12, 0, 0, 0, time.UTC)

// row runs a row of a table, which has a reason in words.
func row(t *testing.T, why string, f func(*testing.T)) {
	t.Helper()
	if why == "" {
		t.Fatal("a row without a reason")
	}
	t.Run(why, f)
}

// A world is a fake and its client.
type world struct {
	*fake.Fake
	client *processor.Client
}

// newWorld returns a world. The test must not wait: a usual wait of the fake is 50 microseconds.
func newWorld(t rapid.TB) (*world, func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	f := fake.New(ctx, fake.Options{APIKey: apiKey, Now: func() time.Time { return noon }, Wait: 50 * time.Microsecond})
	url, err := f.Start()
	if err != nil {
		t.Fatalf("not started: %v", err)
	}
	return &world{f, processor.New(url, apiKey)}, func() { cancel(); f.Idle() }
}

// worldOf returns a world that ends with the test.
func worldOf(t *testing.T) *world {
	t.Helper()
	w, end := newWorld(t)
	t.Cleanup(end)
	return w
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

// records returns the processor's records of SUB-1, by id.
func (w *world) records(t rapid.TB) map[string]processor.Record {
	t.Helper()
	_, list, err := w.client.Records(context.Background(), processor.Query{Subscription: "SUB-1"})
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

// request returns a request to refund a number of cents of a payment.
func request(payment processor.Record, key string, cents int64) processor.Record {
	return processor.Record{Key: key, Subscription: "SUB-1", Payment: payment.ID, Units: cents, Currency: "USD"}
}

// isRefusal reports whether an error is a refusal.
func isRefusal(err error) bool {
	var r processor.Refusal
	return errors.As(err, &r)
}
