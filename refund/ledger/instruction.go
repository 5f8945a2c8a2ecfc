package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Instruction is an order to a gateway to refund an amount on a payment. The zero
// Instruction is not valid.
type Instruction struct {
	Payment string // the payment's id
	Method  string // the means of payment

	// Amount is the amount to refund. Gateways expect minor units: [refund.Money.MinorUnits]
	// returns those of ISO 4217. If a gateway uses other units, as some do for ISK, UGX and
	// IDR, its adapter has to convert the amount.
	Amount refund.Money

	// Key is the idempotency key, 64 hexadecimal digits. It is unique to this share of the
	// refund, under this refund key and decision.
	Key string
}

// Submit records that an instruction is about to be sent to the gateway, by its key. Call
// it, and store the books, before the gateway is called. The instruction is checked against
// all facts in the books. If it was submitted or settled before, Submit returns the same
// ledger. Otherwise the errors are a [*refund.InvalidError] for a missing key or instant, or
// one matching
//
//   - [ErrUnknown] if the instruction is not in the books;
//   - [ErrFailed] if it has failed;
//   - [ErrInsufficient] if everything returned, posted refunds included, exceeds the lesser of
//     price and paid, or if everything returned on its payment exceeds the payment less its
//     reversals: drop the instruction with [Ledger.Fail];
//   - [ErrDisputed] if only open disputes prevent it: wait, or drop the instruction.
func (l Ledger) Submit(key string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventSubmitted, At: at, ID: key})
}

// Settle records that an instruction was carried out, by its key. If reports contradict
// each other, the one with the latest instant counts. The error matches [ErrUnknown] if the
// instruction is not in the books.
func (l Ledger) Settle(key string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventSettled, At: at, ID: key})
}

// Fail records that an instruction was not carried out, or that its money came back, by its
// key. The amount is available again. An instruction that was submitted has failed only when
// the gateway has confirmed it; otherwise the money may be refunded twice. One that was
// never submitted can be dropped with Fail. Once all instructions of a refund have failed,
// its decision may be posted again, under another key. If reports contradict each other, the
// one with the latest instant counts. The error matches [ErrUnknown] if the instruction is
// not in the books.
func (l Ledger) Fail(key string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventFailed, At: at, ID: key})
}

// Outstanding returns the instructions to send ([StatePending]) and those that were sent and
// have not been answered ([StateSubmitted]), in the order in which they were posted. Sending
// one again is safe as long as the gateway remembers its key. Many gateways forget keys
// after a day: then look for the refund in the gateway's list first.
func (l Ledger) Outstanding() []ShareStatus {
	var list []ShareStatus
	for _, r := range l.Refunds() {
		for _, s := range r.Shares {
			if s.State == StatePending || s.State == StateSubmitted {
				list = append(list, s)
			}
		}
	}
	return list
}

// instruction returns the instruction of a share of a posted refund.
func (b *books) instruction(e *Event, s Share) Instruction {
	paid := &b.events[b.payments[b.paymentByID[s.Payment]].event]
	return Instruction{Payment: s.Payment, Method: paid.Method, Amount: s.Amount, Key: b.instructionKey(e, s)}
}

// instructionKey returns a digest of all that identifies a share, so that no other share
// has the same key.
func (b *books) instructionKey(e *Event, s Share) string {
	h := sha256.New()
	for _, part := range []string{"refundpolicy instruction 1", b.subscription, e.ID, e.Decision.String(), s.Payment, s.Amount.String()} {
		h.Write([]byte(strconv.Itoa(len(part)) + " " + part + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// A progress is the state of an instruction in the books.
type progress struct {
	state  State
	at     time.Time // when it entered the state
	stands verdict   // settled or failed; zero without an answer
	failed bool      // each of them once
}

// judge applies an answer of the gateway.
func (p *progress) judge(v verdict) {
	p.failed = p.failed || v.state == StateFailed
	if v.after(p.stands) {
		p.state, p.at, p.stands = v.state, v.at, v
	}
}

func (b *books) enterSubmitted(e *Event) (bool, error) {
	at, known := b.shareByKey[e.ID]
	if !known {
		return false, &unknown{"instruction"}
	}
	p := &b.refunds[at.refund].shares[at.share]
	switch p.state {
	case StateSubmitted, StateSettled:
		return false, nil
	case StateFailed:
		return false, ErrFailed
	}
	share := b.events[b.refunds[at.refund].event].Shares[at.share]
	if err := b.blocked(share.Payment); err != nil {
		return false, err
	}
	p.state, p.at = StateSubmitted, e.At
	return true, nil
}

// blocked returns the error for sending a share on a payment, if facts recorded after the
// posting do not allow it, or nil.
func (b *books) blocked(payment string) error {
	t := b.totals()
	limit, gone := exact.Min(b.price, t.Paid), exact.Add(t.Returned, t.Excess)
	p := &b.payments[b.paymentByID[payment]]
	s := p.standing()
	switch {
	case exact.Less(limit, gone), s.excess.Sign() > 0:
		return ErrInsufficient
	case exact.Less(limit, exact.Add(gone, t.Disputed)), exact.Less(s.disputed, p.open):
		return ErrDisputed
	}
	return nil
}

// enterAnswer records that an instruction was settled or failed.
func (b *books) enterAnswer(e *Event, to State) (bool, error) {
	at, known := b.shareByKey[e.ID]
	if !known {
		return false, &unknown{"instruction"}
	}
	if !b.isNew(e) {
		return false, nil
	}
	b.alterShare(at, func(p *progress) { p.judge(verdict{state: to, at: e.At}) })
	return true, nil
}

// alterShare makes a change that may alter whether a share counts.
func (b *books) alterShare(at place, alter func(*progress)) {
	r := &b.refunds[at.refund]
	share := b.events[r.event].Shares[at.share]
	p := &r.shares[at.share]
	count := func(op func(m, n refund.Money) refund.Money) {
		if p.state != StateFailed {
			b.refundedOn(share.Payment, func(m refund.Money) refund.Money { return op(m, share.Amount) })
		}
	}
	count(exact.Sub)
	alter(p)
	count(exact.Add)
}
