package e2e_test

import (
	"bytes"
	"io"
	"net/http"
	"sync"
)

// A relay passes webhooks on to the running copies, to one after the other, as a load balancer
// does.
type relay struct {
	mu   sync.Mutex
	urls []string
	next int
}

func (r *relay) set(urls ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.urls = urls
}

// pick returns the URL of the next copy, or "".
func (r *relay) pick() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.urls) == 0 {
		return ""
	}
	r.next++
	return r.urls[r.next%len(r.urls)]
}

func (r *relay) ServeHTTP(w http.ResponseWriter, in *http.Request) {
	body, err := io.ReadAll(in.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	out, err := http.NewRequestWithContext(in.Context(), in.Method, r.pick()+"/v1/webhooks/provider", bytes.NewReader(body))
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	out.Header = in.Header.Clone()
	answer, err := http.DefaultClient.Do(out)
	if err != nil { // also without a copy
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	w.WriteHeader(answer.StatusCode)
}
