package fake

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
)

var webhooks = http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{MaxConnsPerHost: 4}}

// emit sends a webhook about a record in its new state. The caller holds the lock.
func (f *Fake) emit(r processor.Record) {
	body, err := json.Marshal(processor.Event{ID: "event_" + rand.Text(), Data: r})
	if err != nil || f.o.Webhook == "" || f.happens(Lost) {
		return
	}
	copies := 1
	if f.happens(Doubled) {
		copies = 2
	}
	for range copies {
		var wait time.Duration
		if f.happens(Late) {
			wait = 10 * f.o.Wait
		}
		if f.happens(Reordered) {
			wait += time.Duration(f.faults.random.Int64N(int64(f.o.Wait) + 1))
		}
		f.later.Go(func() { f.deliver(body, wait) })
	}
}

// deliver sends a webhook until it is answered with 2xx, and waits longer after each attempt.
func (f *Fake) deliver(body []byte, wait time.Duration) {
	for next := f.o.Wait; f.sleep(wait) && !f.send(body); next = min(2*next, 64*f.o.Wait) {
		wait = next
	}
}

// sleep reports whether the fake still runs afterwards.
func (f *Fake) sleep(d time.Duration) bool {
	select {
	case <-f.ctx.Done():
	case <-time.After(d):
	}
	return f.ctx.Err() == nil
}

// send sends a webhook once, and reports whether it was accepted.
func (f *Fake) send(body []byte) bool {
	request, err := http.NewRequestWithContext(f.ctx, http.MethodPost, f.o.Webhook, bytes.NewReader(body))
	if err != nil {
		return false
	}
	request.Header.Set(processor.SignatureHeader, processor.Sign(f.o.Secret, body, f.o.Now()))
	answer, err := webhooks.Do(request)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode/100 == 2
}

// endLater ends a pending refund after a while.
func (f *Fake) endLater(id string) {
	f.later.Go(func() {
		if f.sleep(f.o.Wait) {
			action := "settle"
			if f.fails(FailsLater) {
				action = "fail"
			}
			f.Do(action, processor.Record{ID: id})
		}
	})
}
