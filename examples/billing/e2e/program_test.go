// Package e2e_test runs the billing program as its users do: officers with a browser, other
// programs over HTTP, and several copies on one PostgreSQL. The tests need Chromium and
// PostgreSQL, and fail without them.
package e2e_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := os.MkdirTemp("", "billing-e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	built.file = filepath.Join(dir, "billing")
	code := m.Run()
	closeChromium()
	if err := os.RemoveAll(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// built is the program. The first test that needs it builds it.
var built struct {
	sync.Once
	file string
	err  error
}

func binary(t testing.TB) string {
	t.Helper()
	built.Do(func() {
		if out, err := exec.Command("go", "build", "-o", built.file, "..").CombinedOutput(); err != nil {
			built.err = fmt.Errorf("go build: %w\n%s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.file
}

// A world is what the copies of the program share: the database, the key and the provider.
type world struct {
	*fake.Fake
	Desk *desk.Desk // on the same database, without background work

	client *provider.Client
	relay  relay // receives the webhooks

	t             testing.TB
	db, key, bank string
	api           string // the key of the provider's API
}

// newWorld returns a world on a database, the name of a file or a URL. The usual wait of its
// provider is short, so that tests see it settle.
func newWorld(t testing.TB, db string, wait time.Duration) *world {
	t.Helper()
	w := &world{t: t, db: db, key: filepath.Join(t.TempDir(), "key")}
	key := sha256.Sum256([]byte("the key of the end-to-end tests"))
	if err := os.WriteFile(w.key, fmt.Appendf(nil, "%x\n", key), 0o600); err != nil {
		t.Fatal(err)
	}
	secret := func(name string) []byte { // as the program derives them from the key
		derived, err := hkdf.Key(sha256.New, key[:], nil, "billing "+name, 32)
		if err != nil {
			t.Fatal(err)
		}
		return derived
	}
	api, hooks := hex.EncodeToString(secret("provider")), hex.EncodeToString(secret("webhooks"))
	w.api = api
	working, stop := context.WithCancel(context.Background())
	server := httptest.NewServer(&w.relay)
	t.Cleanup(server.Close)
	w.Fake = fake.New(working, fake.Options{APIKey: api, Secret: hooks, Webhook: server.URL, Now: time.Now, Wait: wait})
	t.Cleanup(func() { stop(); w.Idle() })
	var err error
	if w.bank, err = w.Start(); err != nil {
		t.Fatal(err)
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	policies, err := refund.NewVersions(refund.Published(newYork))
	if err != nil {
		t.Fatal(err)
	}
	w.client = provider.NewClient(w.bank, api, hooks)
	w.Desk, err = desk.Open(t.Context(), desk.Config{DB: db, Policies: policies, Provider: w.client,
		Signer: ed25519.NewKeyFromSeed(secret("signer")), Mail: func(context.Context, string, desk.Letter) error { return nil },
		Company: "Kasper Infotech", Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Desk.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return w
}

// sell adds a subscription that was paid, at the desk and at the provider.
func (w *world) sell(r desk.Record) {
	w.t.Helper()
	id, start := r.Subscription.ID, r.Subscription.Start
	price := r.Subscription.Price
	units, err := provider.Units(price)
	if err == nil {
		_, err = w.Do("pay", processor.Record{ID: "pay-" + id, Subscription: id, Units: units, Currency: price.Currency().Code(), Method: "visa 4242", At: start})
	}
	if err == nil {
		err = w.Desk.Import(context.Background(), r, ledger.Payment{ID: "pay-" + id, Amount: price, Method: "visa 4242", At: start})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// do carries out an action at the provider.
func (w *world) do(action string, r processor.Record) processor.Record {
	w.t.Helper()
	done, err := w.Do(action, r)
	if err != nil {
		w.t.Fatalf("%s: %v", action, err)
	}
	return done
}

func (w *world) view(id string) desk.View {
	w.t.Helper()
	v, err := w.Desk.View(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// A program is a running copy.
type program struct {
	url, public string
	officers    map[string]login

	cmd   *exec.Cmd
	log   *buffer
	ended chan struct{}
}

// A login is what an officer signs in with.
type login struct{ password, token string }

// run starts a copy.
func (w *world) run() (*program, error) {
	return startProgram(w.t, "-listen", "127.0.0.1:0", "-db", w.db, "-key", w.key, "-provider", w.bank)
}

// startProgram starts the program, and waits until it is ready.
func startProgram(t testing.TB, args ...string) (*program, error) {
	p := &program{officers: map[string]login{}, log: &buffer{}, ended: make(chan struct{})}
	p.cmd = exec.Command(binary(t), args...)
	p.cmd.Stderr = p.log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	late := time.AfterFunc(60*time.Second, func() { _ = p.cmd.Process.Kill() })
	lines := bufio.NewScanner(out)
	for len(p.officers) < 3 && lines.Scan() {
		before, value, _ := strings.Cut(lines.Text(), ":")
		words := strings.Fields(lines.Text())
		switch {
		case before == "Refund desk":
			p.url = strings.TrimSpace(value)
		case before == "Public key":
			p.public = strings.TrimSpace(value)
		case len(words) > 3 && len(words[1]) == 24:
			p.officers[words[0]] = login{words[1], words[2]}
		}
	}
	late.Stop()
	go func() {
		_, _ = io.Copy(io.Discard, out)
		_ = p.cmd.Wait() // stop looks at the state
		close(p.ended)
	}()
	if len(p.officers) < 3 {
		_ = p.cmd.Process.Kill()
		<-p.ended
		return nil, fmt.Errorf("the program did not start\n%s", p.log)
	}
	return p, nil
}

// start starts a copy that receives the provider's webhooks.
func (w *world) start() *program {
	w.t.Helper()
	p, err := w.run()
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		if err := p.stop(); err != nil {
			w.t.Error(err)
		}
		if w.t.Failed() {
			w.t.Logf("the log of the program:\n%s", p.log)
		}
	})
	w.relay.set(p.url)
	return p
}

// stop stops the program as an operator does.
func (p *program) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
	case <-time.After(50 * time.Second):
		_ = p.cmd.Process.Kill()
		return errors.New("the program does not stop")
	}
	if !p.cmd.ProcessState.Success() {
		return fmt.Errorf("the program ended with %v", p.cmd.ProcessState)
	}
	return nil
}

// kill kills the program, so that it cannot finish anything.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// A buffer holds the log of a program.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// tail returns the end of the log.
func (b *buffer) tail() string {
	text := b.String()
	return text[max(0, len(text)-8000):]
}

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

// eventually waits until a condition holds.
func eventually(t testing.TB, wait time.Duration, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(wait); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// refunds returns the provider's records of the refunds of a subscription.
func (w *world) refunds(subscription string) (list []processor.Record) {
	w.t.Helper()
	for _, r := range w.records(subscription) {
		if r.Type == "refund" {
			list = append(list, r)
		}
	}
	return list
}

// records returns all of the provider's records of a subscription.
func (w *world) records(subscription string) []processor.Record {
	w.t.Helper()
	request := httptest.NewRequest(http.MethodGet, "/v1/records?"+url.Values{"subscription": {subscription}}.Encode(), nil)
	request.Header.Set("Authorization", "Bearer "+w.api)
	answer := httptest.NewRecorder()
	for answer.Code = 0; answer.Code != http.StatusOK; { // the faults are for the test's requests too
		answer = httptest.NewRecorder()
		func() {
			defer func() { _ = recover() }() // of an answer that is lost
			w.ServeHTTP(answer, request)
		}()
	}
	var got struct{ Records []processor.Record }
	if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil {
		w.t.Fatal(err)
	}
	return got.Records
}
