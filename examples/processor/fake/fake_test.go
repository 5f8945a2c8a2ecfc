package fake_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
)

var noon = time.Date(2026, time.March, 12, 12, 0, 0, 0, time.UTC)

// newFake returns a fake whose waits are 50 microseconds, with changed options. It ends with the test.
func newFake(t *testing.T, change func(*fake.Options)) *fake.Fake {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	o := fake.Options{APIKey: "key", Secret: "secret", Now: func() time.Time { return noon }, Wait: 50 * time.Microsecond}
	if change != nil {
		change(&o)
	}
	f := fake.New(ctx, o)
	t.Cleanup(func() { cancel(); f.Idle() })
	return f
}

// request sends a request with the API key, unless the header says otherwise.
func request(f *fake.Fake, method, path, body string, header ...string) (status int, answer string) {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer key")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

var payment = processor.Record{ID: "PAY-1", Subscription: "SUB-1", Units: 10_000, Currency: "USD", Method: "visa 4242"}

func do(t *testing.T, f *fake.Fake, action string, r processor.Record) processor.Record {
	t.Helper()
	done, err := f.Do(action, r)
	if err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	return done
}

// run runs a row of a table, which has a reason in words.
func run(t *testing.T, why string, f func(*testing.T)) {
	t.Helper()
	if why == "" {
		t.Fatal("a row without a reason")
	}
	t.Run(why, f)
}

func TestActionsThatAreRefused(t *testing.T) {
	for _, row := range []struct {
		why, action, body string
		status            int
	}{
		{"an action must be known", "rob", `{"payment":"PAY-1"}`, 400},
		{"a body must be JSON", "refund", `payment=PAY-1`, 400},
		{"a body must not be long", "refund", `{"payment":"PAY-1","reason":"` + strings.Repeat("x", 1<<20) + `"}`, 400},
		{"a payment has a subscription", "pay", `{"amount":100,"currency":"USD"}`, 400},
		{"a payment has a positive amount", "pay", `{"subscription":"SUB-1","amount":0,"currency":"USD"}`, 400},
		{"a payment is in whole krónur", "pay", `{"subscription":"SUB-1","amount":150,"currency":"ISK"}`, 400},
		{"a payment is in tens of fils", "pay", `{"subscription":"SUB-1","amount":1235,"currency":"BHD"}`, 400},
		{"an id is used once", "pay", `{"id":"PAY-1","subscription":"SUB-1","amount":100,"currency":"USD"}`, 400},
		{"a dispute is on a payment", "dispute", `{"payment":"PAY-9"}`, 400},
		{"a refund from the dashboard is on a payment", "refund", `{"payment":"PAY-9"}`, 400},
		{"a refund from the dashboard is within the payment", "refund", `{"payment":"PAY-1","amount":10001}`, 402},
		{"only a refund fails", "fail", `{"id":"PAY-1"}`, 400},
		{"only a dispute is won", "win", `{"id":"PAY-1"}`, 400},
		{"only a pending refund is settled", "settle", `{"id":"REFUND-1"}`, 400},
		{"a request with a key has an amount", "refund", `{"key":"KEY-1","subscription":"SUB-1","payment":"PAY-1","amount":-1,"currency":"USD"}`, 402},
		{"a refund is in the currency of its payment", "refund", `{"key":"KEY-1","subscription":"SUB-1","payment":"PAY-1","amount":100,"currency":"EUR"}`, 402},
	} {
		run(t, row.why, func(t *testing.T) {
			f := newFake(t, nil)
			do(t, f, "pay", payment)
			do(t, f, "refund", processor.Record{ID: "REFUND-1", Payment: "PAY-1", Units: 100})
			if status, answer := request(f, "POST", "/v1/"+row.action, row.body); status != row.status {
				t.Errorf("status %d, want %d: %s", status, row.status, answer)
			}
		})
	}
}

func TestRequestsWithoutTheAPIKeyOrFromAnotherSite(t *testing.T) {
	f := newFake(t, nil)
	for _, row := range []struct {
		why    string
		header []string
		status int
	}{
		{"with the key it is carried out", nil, 200},
		{"another key is not known", []string{"Authorization", "Bearer key2"}, 401},
		{"no key is not known", []string{"Authorization", ""}, 401},
		{"a page of another site may not move money", []string{"Sec-Fetch-Site", "cross-site"}, 403},
	} {
		run(t, row.why, func(t *testing.T) {
			if status, answer := request(f, "POST", "/v1/pay", `{"subscription":"SUB-1","amount":100,"currency":"USD"}`, row.header...); status != row.status {
				t.Errorf("status %d, want %d: %s", status, row.status, answer)
			}
		})
	}
}

func TestFaultsAreSetOverHTTP(t *testing.T) {
	f := newFake(t, nil)
	do(t, f, "pay", payment)
	if status, answer := request(f, "PUT", "/_faults", `{"seed":7,"percent":{"error_after":100}}`); status != 200 {
		t.Fatalf("status %d: %s", status, answer)
	}
	if status, _ := request(f, "POST", "/v1/refund", `{"payment":"PAY-1","amount":100}`); status != 500 {
		t.Errorf("status %d with a fault of 100 percent", status)
	}
	if status, _ := request(f, "PUT", "/_faults", `100`); status != 400 {
		t.Errorf("status %d for faults that are not an object", status)
	}
	if status, _ := request(f, "PUT", "/_faults", `{}`); status != 200 {
		t.Errorf("status %d", status)
	}
	if status, _ := request(f, "POST", "/v1/refund", `{"payment":"PAY-1","amount":100}`); status != 200 {
		t.Errorf("status %d without faults", status)
	}
}

func TestRecordsOfASubscriptionAndSinceAnInstant(t *testing.T) {
	f := newFake(t, nil)
	early := payment
	early.At = noon.AddDate(0, 0, -9)
	do(t, f, "pay", early)
	do(t, f, "pay", processor.Record{Subscription: "SUB-2", Units: 500, Currency: "USD"})
	ids := func(query string) (list []string) {
		t.Helper()
		status, answer := request(f, "GET", "/v1/records?"+query, "")
		var got struct{ Records []processor.Record }
		if err := json.Unmarshal([]byte(answer), &got); status != 200 || err != nil {
			t.Fatalf("status %d: %s", status, answer)
		}
		for _, r := range got.Records {
			list = append(list, r.Subscription+" "+r.Type)
		}
		return list
	}
	want := func(query, want string) {
		t.Helper()
		if got := strings.Join(ids(query), ", "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	want("subscription=SUB-1", "SUB-1 payment")
	want("subscription=SUB-9", "")
	want("since=2026-03-12T12:00:00Z", "SUB-2 payment")
	want("since=2026-03-01T00:00:00Z", "SUB-1 payment, SUB-2 payment")
	do(t, f, "reverse", early)
	want("since=2026-03-12T12:00:00Z", "SUB-1 payment, SUB-2 payment")
	if status, _ := request(f, "GET", "/v1/records", ""); status != 400 {
		t.Errorf("status %d without a subscription or an instant", status)
	}
}

// A hook receives webhooks.
type hook struct {
	mu     sync.Mutex
	bodies []string
	answer func(attempt int) int
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.bodies = append(h.bodies, string(body))
	w.WriteHeader(h.answer(len(h.bodies)))
}

func (h *hook) url(t *testing.T) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestWebhooksAreSentUntilTheyAreAccepted(t *testing.T) {
	h := &hook{answer: func(attempt int) int { return []int{500, 404, 302, 204}[min(attempt, 4)-1] }}
	f := newFake(t, func(o *fake.Options) { o.Webhook = h.url(t) })
	do(t, f, "pay", payment)
	f.Idle()
	if len(h.bodies) != 4 || h.bodies[0] != h.bodies[3] {
		t.Errorf("%d attempts", len(h.bodies))
	}
}

func TestWebhooksAreDoubledAndLost(t *testing.T) {
	h := &hook{answer: func(int) int { return 200 }}
	f := newFake(t, func(o *fake.Options) { o.Webhook = h.url(t) })
	f.SetFaults(fake.Faults{Next: map[fake.Fault]int{fake.Lost: 1, fake.Doubled: 1}})
	do(t, f, "pay", payment)                                                            // lost
	do(t, f, "refund", processor.Record{Payment: "PAY-1"})                              // doubled
	do(t, f, "pay", processor.Record{Subscription: "SUB-2", Units: 1, Currency: "USD"}) // once
	f.Idle()
	count := map[string]int{}
	for _, body := range h.bodies {
		count[body]++
	}
	if len(h.bodies) != 3 || len(count) != 2 {
		t.Errorf("%d webhooks, %d different ones", len(h.bodies), len(count))
	}
}

func TestAFakeStopsWithItsContext(t *testing.T) {
	h := &hook{answer: func(int) int { return 500 }}
	ctx, cancel := context.WithCancel(context.Background())
	f := fake.New(ctx, fake.Options{APIKey: "key", Now: time.Now, Wait: time.Millisecond, Webhook: h.url(t)})
	url, err := f.Start()
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := http.Get(url + "/_faults"); err != nil || answer.Body.Close() != nil {
		t.Fatalf("while it runs: %v", err)
	}
	do(t, f, "pay", payment)
	cancel()
	f.Idle() // returns although the webhook is never accepted
	http.DefaultClient.CloseIdleConnections()
	for range 1_000 {
		answer, err := http.Get(url + "/_faults")
		if err != nil {
			return
		}
		answer.Body.Close()
		time.Sleep(time.Millisecond)
	}
	t.Error("it serves after its context has ended")
}
