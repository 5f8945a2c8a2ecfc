package ledger

import (
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Refund is a refund that was posted ([Ledger.Post]). The zero Refund is not
// valid.
type Refund struct {
	Key      string // the host's name for it
	Decision refund.Digest
	Amount   refund.Money
	At       time.Time // when it was posted

	// State is the earliest state among the shares that have not failed, in the order
	// pending, submitted, settled; it is StateFailed if all have failed.
	State State

	// Shares are the parts of the refund, each with the instruction for the gateway.
	Shares []ShareStatus
}

// A ShareStatus is the part of a refund on one payment, and its state.
type ShareStatus struct {
	Instruction

	State State
	At    time.Time // when it entered the state
}

// Refunds returns the refunds, in the order in which they were posted.
func (l Ledger) Refunds() []Refund {
	if l.b == nil {
		return nil
	}
	list := make([]Refund, len(l.b.refunds))
	for i := range l.b.refunds {
		list[i] = l.b.refund(i)
	}
	return list
}

// Refund returns the refund with a key, and reports whether it exists.
func (l Ledger) Refund(key string) (Refund, bool) {
	if l.b == nil {
		return Refund{}, false
	}
	i, known := l.b.refundByKey[key]
	if !known {
		return Refund{}, false
	}
	return l.b.refund(i), true
}

func (b *books) refund(i int) Refund {
	p := &b.refunds[i]
	e := &b.events[p.event]
	r := Refund{Key: e.ID, Decision: e.Decision, Amount: e.Amount, At: e.At, State: p.state(), Shares: make([]ShareStatus, len(e.Shares))}
	for j, s := range e.Shares {
		r.Shares[j] = ShareStatus{b.instruction(e, s), p.shares[j].state, p.shares[j].at}
	}
	return r
}

// A posted is a refund in the books.
type posted struct {
	event  int
	shares []progress
}

// state returns the earliest state of the shares; a failed share is the latest.
func (p *posted) state() State {
	state := StateFailed
	for i := range p.shares {
		state = min(state, p.shares[i].state)
	}
	return state
}

// isSpent reports whether a decision is posted, in a refund that has not failed.
func (b *books) isSpent(d refund.Digest) bool {
	return slices.ContainsFunc(b.refunds, func(p posted) bool {
		return b.events[p.event].Decision == d && p.state() != StateFailed
	})
}

func (b *books) enterRefund(e *Event) (bool, error) {
	if i, known := b.refundByKey[e.ID]; known {
		if !e.same(&b.events[b.refunds[i].event]) {
			return false, &conflict{"the key is used for another refund"}
		}
		return false, nil
	}
	if b.isSpent(e.Decision) {
		return false, &conflict{"the decision was posted under another key"}
	}
	if len(b.events) >= MaxEvents {
		return false, invalid("events", "are "+strconv.Itoa(MaxEvents)+" or more: no refund can be posted")
	}
	if t := b.totals(); exact.Less(t.Room, e.Amount) {
		return false, &insufficient{e.Amount, t.Room, t.Disputed}
	}
	standings := b.standings()
	for _, s := range e.Shares {
		i, known := b.paymentByID[s.Payment]
		if !known {
			return false, &unknown{"payment"}
		}
		if p := &standings[i]; exact.Less(p.available, s.Amount) {
			return false, &insufficient{s.Amount, p.available, p.disputed}
		}
	}
	at := len(b.refunds)
	r := posted{event: len(b.events), shares: make([]progress, len(e.Shares))}
	for i, s := range e.Shares {
		b.refundedOn(s.Payment, func(m refund.Money) refund.Money { return exact.Add(m, s.Amount) })
		r.shares[i] = progress{state: StatePending, at: e.At}
		b.shareByKey[b.instructionKey(e, s)] = place{at, i}
	}
	b.refunds = append(b.refunds, r)
	b.refundByKey[e.ID] = at
	return true, nil
}
