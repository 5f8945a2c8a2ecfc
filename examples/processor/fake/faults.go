package fake

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/http"
)

// A Fault is a way to misbehave.
type Fault string

// The faults of requests, refunds and webhooks.
const (
	ErrorBefore  Fault = "error_before"  // status 500, and the request is not carried out
	ErrorAfter   Fault = "error_after"   // status 500, although the request is carried out
	TimeoutAfter Fault = "timeout_after" // no answer, although the request is carried out
	Pending      Fault = "pending"       // the refund is pending at first
	FailsLater   Fault = "fails_later"   // the pending refund fails
	Doubled      Fault = "doubled"       // the webhook is sent twice
	Late         Fault = "late"          // the webhook waits ten times the usual wait
	Reordered    Fault = "reordered"     // the webhook waits for a random part of the usual wait
	Lost         Fault = "lost"          // the webhook is never sent
)

// Faults say how a fake misbehaves. The zero Faults mean that it does not.
type Faults struct {
	Seed    uint64        // of the random choices
	Next    map[Fault]int // how many times a fault happens first
	Percent map[Fault]int // how often it happens after that

	random *rand.Rand
}

// SetFaults replaces the faults.
func (f *Fake) SetFaults(set Faults) {
	f.mu.Lock()
	defer f.mu.Unlock()
	set.Next, set.random = maps.Clone(set.Next), rand.New(rand.NewPCG(set.Seed, 0))
	f.faults = set
}

func (f *Fake) putFaults(w http.ResponseWriter, r *http.Request) {
	var set Faults
	if json.NewDecoder(r.Body).Decode(&set) != nil {
		write(w, nil, failure("malformed"))
		return
	}
	f.SetFaults(set)
}

// happens reports whether a fault happens now. The caller holds the lock.
func (f *Fake) happens(fault Fault) bool {
	if f.faults.Next[fault] > 0 {
		f.faults.Next[fault]--
		return true
	}
	return f.faults.random.IntN(100) < f.faults.Percent[fault]
}

// fails is like happens, for a caller without the lock.
func (f *Fake) fails(fault Fault) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.happens(fault)
}
