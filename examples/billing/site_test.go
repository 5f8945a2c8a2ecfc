package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/access"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/examples/billing/web"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

const webhookSecret = "the secret of the webhooks"

var newYork, _ = time.LoadLocation("America/New_York")

// The officers are the same for all tests.
var testOfficers = access.Sample{Key: []byte("key of the tests"), List: sampleOfficers}

// A logbook is a log that tests can read while it is written.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// A site is the whole program behind its handler, on SQLite and with the fake provider.
type site struct {
	t       testing.TB
	desk    *desk.Desk
	fake    *fake.Fake
	handler http.Handler
	gate    *access.Gate
	signer  ed25519.PrivateKey
	db      string
	now     time.Time
	log     logbook
}

func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{t: t, now: time.Now(), db: cmp.Or(os.Getenv("BILLING_LOAD_DB"), filepath.Join(t.TempDir(), "desk.db")), signer: ed25519.NewKeyFromSeed(make([]byte, 32))}
	log := slog.New(slog.NewTextHandler(&s.log, nil))
	ctx, cancel := context.WithCancel(context.Background())
	var err error
	s.fake = fake.New(ctx, fake.Options{APIKey: "key", Secret: webhookSecret, Now: time.Now})
	server := httptest.NewServer(s.fake)
	client := provider.NewClient(server.URL, "key", webhookSecret)
	policies, err := refund.NewVersions(refund.Published(newYork))
	if err != nil {
		t.Fatal(err)
	}
	s.desk, err = desk.Open(ctx, desk.Config{DB: s.db, Policies: policies, Provider: client, Signer: s.signer,
		Mail: func(context.Context, string, desk.Letter) error { return nil }, Company: "Example", Now: time.Now, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	s.gate = &access.Gate{Officers: testOfficers, Key: []byte("key of the sessions"), Now: time.Now, Log: log, Page: web.SignIn, Record: s.desk.RecordSignIn}
	s.handler = handler(s.desk, s.gate, log)
	t.Cleanup(func() {
		if err := s.desk.Close(ctx); err != nil {
			t.Error(err)
		}
		cancel()
		server.Close()
	})
	return s
}

// add imports a case in which the customer has asked, with its payment at the provider.
func (s *site) add(id string, change func(r *desk.Record)) {
	s.t.Helper()
	account, start := "ACC-"+id[4:], s.now.AddDate(0, 0, -9).Truncate(time.Second)
	r := desk.Record{
		Subscription: refund.Subscription{ID: id, Account: account, Start: start, Price: refund.MustMoney("199.99", "USD"),
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")}},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: s.now.Add(-time.Hour), By: account, Channel: refund.ChannelEmail, Reason: "The service is not what I expected."},
		Customer: desk.Customer{Name: "Olivia Hart", Email: "customer@example.com",
			Particulars: []customer.Particular{{Name: "address", Present: true}}, Reports: []customer.MisuseReport{}},
		Evidence: fmt.Sprintf(`{"kind":"call","id":"C-1","account":%q,"start":%[2]q,"answered":%[2]q,"end":%[2]q}`+"\n", account, start.Add(time.Hour).Format(time.RFC3339)),
	}
	if change != nil {
		change(&r)
	}
	if err := s.desk.Import(s.t.Context(), r, ledger.Payment{ID: "pay-" + id, Amount: r.Subscription.Price, Method: "visa", At: r.Subscription.Start}); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.fake.Do("pay", processor.Record{ID: "pay-" + id, Subscription: id, Units: 19999, Currency: "USD", Method: "visa", At: r.Subscription.Start}); err != nil {
		s.t.Fatal(err)
	}
}

// An answer is the answer to a request.
type answer struct {
	status int
	header http.Header
	body   string
}

// fields returns the JSON object of the answer.
func (a answer) fields(t testing.TB) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(a.body), &m); err != nil {
		t.Fatalf("status %d, not JSON: %v: %.200s", a.status, err, a.body)
	}
	return m
}

// problem returns the type of the problem in the answer, without the folder, or "".
func (a answer) problem(t testing.TB) string {
	t.Helper()
	if a.header.Get("Content-Type") != "application/problem+json" {
		return ""
	}
	return strings.TrimPrefix(fmt.Sprint(a.fields(t)["type"]), "/v1/problems/")
}

func (s *site) do(method, path, body string, header ...string) answer {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

// call calls the API with the token of an officer.
func (s *site) call(officer, method, path, body string, header ...string) answer {
	s.t.Helper()
	return s.do(method, path, body, append([]string{"Content-Type", "application/json", "Authorization", "Bearer " + testOfficers.Token(officer)}, header...)...)
}

// shown returns the digest of the outcome of a case.
func (s *site) shown(id string) string {
	s.t.Helper()
	outcome, _ := s.call("ben", "GET", "/v1/cases/"+id, "").fields(s.t)["outcome"].(map[string]any)
	return fmt.Sprint(outcome["digest"])
}

// session signs an officer in and returns the cookie for a header.
func (s *site) session(officer string) string {
	s.t.Helper()
	form := url.Values{"officer": {officer}, "password": {testOfficers.Password(officer)}}
	a := s.do("POST", "/sign-in", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	cookie, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	if a.status != http.StatusSeeOther || cookie == "" {
		s.t.Fatalf("sign-in: status %d", a.status)
	}
	return cookie
}

// webhook sends the provider's webhook about a record, signed at an instant.
func (s *site) webhook(id string, r processor.Record, signed time.Time) answer {
	body, err := json.Marshal(map[string]any{"id": id, "data": r})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.do("POST", "/v1/webhooks/provider", string(body), processor.SignatureHeader, processor.Sign(webhookSecret, body, signed))
}

// refunds returns the refunds of a subscription at the provider.
func (s *site) refunds(id string) []ledger.ListedRefund {
	s.t.Helper()
	server := httptest.NewServer(s.fake)
	defer server.Close()
	statement, err := provider.NewClient(server.URL, "key", webhookSecret).Statement(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return statement.Refunds
}

func approval(shown, amount string) string {
	return fmt.Sprintf(`{"outcome":%q,"approval":{"amount":{"amount":%q,"currency":"USD"},"reason":"tested"}}`, shown, amount)
}

func drain(r io.Reader) string { b, _ := io.ReadAll(r); return string(b) }
