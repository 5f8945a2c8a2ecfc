package desk_test

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

var (
	signer  = ed25519.NewKeyFromSeed(seed("the desk's key"))
	officer = desk.Officer{ID: "ops-1", Name: "Ada Diaz", Limit: usd("500.00")}
)

func seed(s string) []byte { sum := sha256.Sum256([]byte(s)); return sum[:] }

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

// A clock is the time of a test. It moves a millisecond each time it is read, so that no two
// facts have the same instant.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(time.Millisecond)
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// A bench is a desk with its surroundings.
type bench struct {
	*desk.Desk
	t     testing.TB
	clock *clock
	bank  *bank
	mail  *mailbox
	db    string
}

type mailbox struct {
	mu      sync.Mutex
	letters []desk.Letter
	to      []string
	fail    error
}

func (m *mailbox) send(_ context.Context, to string, l desk.Letter) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	m.letters, m.to = append(m.letters, l), append(m.to, to)
	return nil
}

func (m *mailbox) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.letters)
}

func (b *bench) config() desk.Config {
	policies, err := refund.NewVersions(refund.Published(newYork))
	if err != nil {
		b.t.Fatal(err)
	}
	return desk.Fast(desk.Config{DB: b.db, Policies: policies, Provider: b.bank, Signer: signer, Mail: b.mail.send,
		Company: "Example Support", Now: b.clock.now, Log: slog.New(slog.DiscardHandler)})
}

var newYork = func() *time.Location {
	l, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return l
}()

// newBench returns a desk on an SQLite file, with background work if work is true.
func newBench(t testing.TB, db string) *bench {
	t.Helper()
	c := &clock{t: time.Date(2026, 3, 11, 15, 0, 0, 0, time.UTC)} // a Wednesday, when the desk is open
	b := &bench{t: t, db: db, clock: c, bank: newBank(c), mail: &mailbox{}}
	b.open()
	t.Cleanup(func() { b.close() })
	return b
}

// sqliteFile returns the name of a new file, in memory where the system has such a folder: the
// tests do not cut the power.
func sqliteFile(t testing.TB) string {
	dir, err := os.MkdirTemp("/dev/shm", "desk-test-")
	if err != nil {
		dir = t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "desk.db")
}

func (b *bench) open() {
	b.t.Helper()
	d, err := desk.Open(context.Background(), b.config())
	if err != nil {
		b.t.Fatal(err)
	}
	b.Desk = d
}

func (b *bench) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := b.Close(ctx); err != nil {
		b.t.Error(err)
	}
}

func (b *bench) start() *bench {
	b.t.Helper()
	if err := b.Start(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	return b
}

// record returns a subscription of 199.99 USD with one issue of 25.00 USD that was resolved
// and shown by a call.
func record(id string) desk.Record {
	start := time.Date(2026, 3, 2, 14, 0, 0, 0, time.UTC)
	return desk.Record{
		Subscription: refund.Subscription{ID: id, Account: "ACC-" + id, Start: start, Price: usd("199.99"),
			Service: refund.ServiceType{Code: "annual", Billing: refund.BillingRecurring, PerInstance: usd("25.00")}},
		Issues: refund.IssueLog{{ID: "T-1", Opened: start.Add(time.Hour), Resolved: start.Add(2 * time.Hour)}},
		Customer: desk.Customer{Name: "Grace Example", Email: "grace@example.com",
			Particulars: []customer.Particular{{Name: "postal address", Present: true}}, Reports: []customer.MisuseReport{}},
		Evidence: `{"kind":"call","id":"C-1","account":"ACC-` + id + `","issues":["T-1"],"start":"2026-03-02T15:10:00Z","end":"2026-03-02T15:50:00Z","answered":"2026-03-02T15:10:09Z"}`,
	}
}

func request(id string, at time.Time) refund.Request {
	return refund.Request{At: at, By: "ACC-" + id, Channel: refund.ChannelEmail, Reason: "moved away"}
}

// sell imports a subscription that was paid, at the desk and at the bank.
func (b *bench) sell(id string) {
	b.t.Helper()
	r := record(id)
	p := ledger.Payment{ID: "pay-" + id, At: r.Subscription.Start, Amount: usd("199.99"), Method: "visa 4242"}
	b.bank.paid(id, p)
	if err := b.Import(b.t.Context(), r, p); err != nil {
		b.t.Fatal(err)
	}
}

// ask sells a subscription and files a request.
func (b *bench) ask(id string) desk.View {
	b.t.Helper()
	b.sell(id)
	if err := b.File(b.t.Context(), officer, id, request(id, b.clock.now())); err != nil {
		b.t.Fatal(err)
	}
	return b.view(id)
}

func (b *bench) view(id string) desk.View {
	b.t.Helper()
	v, err := b.View(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

func (b *bench) approve(v desk.View) (desk.Decided, error) {
	return b.Decide(b.t.Context(), desk.Officer{ID: "ops-2", Limit: usd("500.00")}, v.Record.Subscription.ID, decision.Proposal{Outcome: v.Outcome.Digest(), Approval: &decision.Approval{Amount: v.Outcome.Refundable}})
}

// eventually waits until a condition holds.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(15 * time.Second); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

func (b *bench) state(id string) desk.State {
	b.t.Helper()
	for _, s := range []desk.State{desk.StateOpen, desk.StatePaying, desk.StatePaid, desk.StateFailed, desk.StateDeclined} {
		items, _, err := b.Queue(b.t.Context(), s, 1000)
		if err != nil {
			b.t.Fatal(err)
		}
		for _, i := range items {
			if i.Subscription == id {
				return s
			}
		}
	}
	return ""
}

var errBroken = errors.New("the connection broke")

// A bank is a provider with its own records. Faults are answers that replace those of the
// next calls of Refund.
type bank struct {
	clock             *clock
	mu                sync.Mutex
	lists             map[string]*ledger.Statement
	active            map[string]time.Time
	made              map[string]ledger.Event // by key
	moved             map[string]int          // times the money of a key moved
	fault             []fault
	calls, statements int
	stall             chan struct{} // if it is not nil, Refund waits for the end of its context
}

type fault uint8

const (
	works   fault = iota
	lost          // the money moves, and the answer is lost
	down          // an error, and no money moves
	refuses       // for good
	pends         // the answer is pending
)

func newBank(c *clock) *bank {
	return &bank{clock: c, lists: map[string]*ledger.Statement{}, active: map[string]time.Time{}, made: map[string]ledger.Event{}, moved: map[string]int{}}
}

// list returns the list of a subscription, which is about to change.
func (b *bank) list(subscription string) *ledger.Statement {
	b.active[subscription] = b.clock.now()
	if b.lists[subscription] == nil {
		b.lists[subscription] = &ledger.Statement{}
	}
	return b.lists[subscription]
}

func (b *bank) paid(subscription string, p ledger.Payment) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.list(subscription)
	l.Payments = append(l.Payments, ledger.ListedPayment{Payment: p})
}

func (b *bank) faults(f ...fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fault = append(b.fault, f...)
}

func (b *bank) Refund(ctx context.Context, subscription string, i ledger.Instruction) (fact ledger.Event, err error) {
	if b.stall != nil {
		b.stall <- struct{}{} // the request has begun
		<-ctx.Done()
		return fact, ctx.Err()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	f := works
	if len(b.fault) > 0 {
		f, b.fault = b.fault[0], b.fault[1:]
	}
	if was, ok := b.made[i.Key]; ok && f != down {
		return was, nil
	}
	switch f {
	case down:
		return fact, errBroken
	case refuses:
		return fact, provider.ErrRefused
	}
	at, state := b.clock.now(), ledger.StateSubmitted
	if f != pends {
		fact, state = ledger.Event{Kind: ledger.EventSettled, At: at, ID: i.Key}, ledger.StateSettled
	}
	b.made[i.Key] = fact
	b.moved[i.Key]++
	l := b.list(subscription)
	l.Refunds = append(l.Refunds, ledger.ListedRefund{State: state, OutsideRefund: ledger.OutsideRefund{
		ID: "re-" + i.Key[:12], At: at, Amount: i.Amount, Payment: i.Payment, Key: i.Key}})
	if f == lost {
		return ledger.Event{}, errBroken
	}
	return fact, nil
}

// end ends the pending refunds of a subscription, and returns their webhooks.
func (b *bank) end(subscription string, s ledger.State) (events []provider.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.list(subscription)
	for i, r := range l.Refunds {
		if r.State != ledger.StateSubmitted {
			continue
		}
		fact := ledger.Event{Kind: ledger.EventSettled, At: b.clock.now(), ID: r.Key}
		l.Refunds[i].State = s
		if s == ledger.StateFailed {
			fact.Kind, l.Refunds[i].FailedAt = ledger.EventFailed, fact.At
		}
		events = append(events, provider.Event{ID: "ev-" + r.ID, Subscription: subscription, Fact: fact})
	}
	return events
}

// dashboard makes a refund that the desk did not ask for, and returns its webhook.
func (b *bank) dashboard(subscription, payment, id string, amount refund.Money) provider.Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := b.clock.now()
	l := b.list(subscription)
	l.Refunds = append(l.Refunds, ledger.ListedRefund{OutsideRefund: ledger.OutsideRefund{ID: id, At: at, Amount: amount, Payment: payment, Reason: "dashboard"}})
	return provider.Event{ID: "ev-" + id, Subscription: subscription,
		Fact: ledger.Event{Kind: ledger.EventRefunded, At: at, ID: id, Amount: amount, Payment: payment, Reason: "dashboard"}}
}

func (b *bank) Statement(_ context.Context, subscription string) (ledger.Statement, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.statements++
	var l ledger.Statement
	if known := b.lists[subscription]; known != nil {
		l = *known
	}
	l.To = b.clock.now()
	l.Payments = append([]ledger.ListedPayment(nil), l.Payments...)
	l.Refunds = append([]ledger.ListedRefund(nil), l.Refunds...)
	return l, nil
}

func (b *bank) Changed(_ context.Context, since time.Time) (ids []string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for id := range b.lists {
		if !b.active[id].Before(since) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func (b *bank) Event(http.Header, []byte, time.Time) (provider.Event, error) {
	return provider.Event{}, provider.ErrMalformed
}

// sum returns the amount in minor units that moved for a subscription, and did not come back.
func (b *bank) sum(subscription string) (sum int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lists[subscription] == nil {
		return 0
	}
	for _, r := range b.lists[subscription].Refunds {
		if r.State == ledger.StateFailed {
			continue
		}
		n, err := r.Amount.MinorUnits()
		if err != nil {
			panic(err)
		}
		sum += n
	}
	return sum
}

func (b *bench) reconcile() {
	b.t.Helper()
	if err := b.Reconcile(b.t.Context(), b.clock.now().AddDate(-1, 0, 0)); err != nil {
		b.t.Fatal(err)
	}
}

// openDifferences returns the open differences of the day.
func (b *bench) openDifferences() (open []desk.Difference) {
	b.t.Helper()
	all, err := b.Differences(b.t.Context(), b.clock.now())
	if err != nil {
		b.t.Fatal(err)
	}
	for _, d := range all {
		if d.Resolved.IsZero() {
			open = append(open, d)
		}
	}
	return open
}

// forget makes the bank forget all keys, as many do after a day.
func (b *bank) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.made)
}
