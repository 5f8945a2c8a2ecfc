package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Instruction is one order to a gateway: to refund an amount on a payment. The zero
// Instruction is none.
type Instruction struct {
	Payment string // the payment's id
	Method  string // how the payment was made

	// Amount is the amount to refund. Gateways take [refund.Money.MinorUnits].
	Amount refund.Money

	// Key is the idempotency key, 64 hexadecimal digits: it stands for this share of this
	// refund of this decision, and for no other.
	Key string
}

// Submit records that an instruction is sent to the gateway, by its key. Call it before
// the gateway: besides the errors in the table of the package, it returns one matching
// [ErrDisputed] if disputes, open or lost, claim the same money by now, which would then
// be returned twice.
func (l Ledger) Submit(key string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventSubmitted, At: at, ID: key})
}

// Settle records that an instruction was carried out, by its key.
func (l Ledger) Settle(key string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventSettled, At: at, ID: key})
}

// Fail records that an instruction was not carried out, or that its money came back, by
// its key. The amount is available again. Call it only when the gateway has confirmed the
// failure; otherwise the money may be refunded twice. Once all instructions of a refund
// have failed, its decision may be posted again, under another key.
func (l Ledger) Fail(key string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventFailed, At: at, ID: key})
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

// enterProgress enters that an instruction was submitted, settled or failed.
func (b *books) enterProgress(e *Event, to State) (bool, error) {
	at, known := b.shareByKey[e.ID]
	if !known {
		return false, &unknown{"instruction"}
	}
	r := &b.refunds[at.refund]
	share := b.events[r.event].Shares[at.share]
	paid := b.paymentByID[share.Payment]
	state := &r.states[at.share]
	switch {
	case *state == to, *state == StateSettled && to == StateSubmitted: // repeated, or late
		return false, nil
	case *state == StateFailed:
		return false, &TransitionError{*state, to}
	case to == StateSubmitted && b.payments[paid].overclaimed():
		return false, ErrDisputed
	case to == StateFailed:
		b.change(paid, func(p *payment) { p.refunded = exact.Sub(p.refunded, share.Amount) })
	}
	*state, r.ats[at.share] = to, e.At
	return true, nil
}
