// Package fake is a card processor for demonstrations and tests. It keeps its own records of
// payments, refunds and disputes, answers the client of package processor, sends signed webhooks,
// and misbehaves on request.
package fake

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
)

// Options are the settings of a fake.
type Options struct {
	APIKey, Secret string
	Webhook        string           // the URL for webhooks; "" for no webhooks
	Now            func() time.Time // Required
	Wait           time.Duration    // how long a refund is pending, and a webhook waits for its second attempt. Required
}

// A Fake is a card processor, safe for concurrent use. Its handler serves, with the API key,
//
//	POST /v1/{action}   an action of Do, with a record
//	GET  /v1/records    the records, of a subscription or since an instant
//
// and, without it, PUT /_faults. It keeps the records in memory.
type Fake struct {
	http.Handler

	o     Options
	ctx   context.Context
	later sync.WaitGroup // pending refunds and webhooks

	mu     sync.Mutex
	list   []*processor.Record
	last   time.Time // the latest instant
	faults Faults
}

// New returns a fake. It works until ctx ends.
func New(ctx context.Context, o Options) *Fake {
	f := &Fake{o: o, ctx: ctx}
	f.SetFaults(Faults{})
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/{action}", f.api(f.postAction))
	mux.HandleFunc("GET /v1/records", f.api(f.getRecords))
	mux.HandleFunc("PUT /_faults", f.putFaults)
	f.Handler = http.MaxBytesHandler(http.NewCrossOriginProtection().Handler(mux), 64<<10)
	return f
}

// Start serves on a free port of the loopback interface, and returns the URL.
func (f *Fake) Start() (url string, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: f, ReadTimeout: 10 * time.Second}
	context.AfterFunc(f.ctx, func() { server.Close() })
	go server.Serve(listener)
	return "http://" + listener.Addr().String(), nil
}

// Idle waits until no refund is pending and no webhook waits, or the fake has stopped.
func (f *Fake) Idle() { f.later.Wait() }

// api returns the handler of a request with the API key. Its faults happen before and after.
func (f *Fake) api(handle func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+f.o.APIKey {
			write(w, nil, failure("api_key"))
		} else if f.fails(ErrorBefore) {
			write(w, nil, failure("internal"))
		} else {
			answer, err := handle(r)
			if f.fails(TimeoutAfter) {
				panic(http.ErrAbortHandler) // closes the connection without an answer
			} else if f.fails(ErrorAfter) {
				err = failure("internal")
			}
			write(w, answer, err)
		}
	}
}

func (f *Fake) postAction(r *http.Request) (any, error) {
	var given processor.Record
	if json.NewDecoder(r.Body).Decode(&given) != nil {
		return nil, failure("malformed")
	}
	return f.Do(r.PathValue("action"), given)
}

func (f *Fake) getRecords(r *http.Request) (any, error) {
	subscription := r.FormValue("subscription")
	since, err := time.Parse(time.RFC3339Nano, r.FormValue("since"))
	if subscription == "" && err != nil {
		return nil, failure("malformed")
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	found := []processor.Record{}
	for _, x := range f.list {
		if subscription == x.Subscription || subscription == "" && !(x.At.Before(since) && x.EndedAt.Before(since)) {
			found = append(found, *x)
		}
	}
	return map[string]any{"at": f.tick(), "records": found}, nil
}

// A failure is the code of an answer that is not 200, and the only error of this package.
type failure string

func (f failure) Error() string { return "fake: " + string(f) }

func write(w http.ResponseWriter, answer any, err error) {
	if code, failed := err.(failure); failed {
		status, ok := map[failure]int{"malformed": 400, "api_key": 401, "key_used": 409, "internal": 500}[code]
		if !ok {
			status = http.StatusPaymentRequired // a refusal: the same key has the same answer
		}
		w.WriteHeader(status)
		answer = map[string]failure{"error": code}
	}
	json.NewEncoder(w).Encode(answer)
}
