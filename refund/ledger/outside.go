package ledger

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An OutsideRefund is a refund in the provider's list, by the provider's id. It may be one
// that these books did not post, such as a refund made in the provider's dashboard or
// before the books were opened. It may also be one that carried out an instruction of these
// books. The zero OutsideRefund is not valid.
//
// Record each refund with its own amount. Where a provider's webhook reports the sum of all
// refunds of a payment, look up the refunds, and record each by its id: a difference of two
// sums is wrong if webhooks arrive in another order.
type OutsideRefund struct {
	ID     string       // the provider's id, unique in a ledger. Required
	At     time.Time    // when the provider made it. Required
	Amount refund.Money // Required, positive

	// Payment is the payment's id. Optional: an opening position may not know it. Without it,
	// the amount is taken from available amounts, oldest payment first, and then from disputed
	// ones.
	Payment string

	// Key is the key of the instruction that the refund carried out ([Instruction]). The
	// refund is then the settlement of this instruction, and does not count by itself.
	// Optional.
	Key string

	// Reason says why the refund was made, such as "dashboard" or "before adoption".
	// Optional.
	Reason string
}

// An OutsideRefundStatus is an outside refund and its state, as the provider reported it by
// the refund's id.
type OutsideRefundStatus struct {
	OutsideRefund

	State State // StateSettled or StateFailed
}

// RecordRefund records a refund that the provider made. It returns a [*refund.InvalidError]
// for a refund that is not valid. The error matches [ErrConflict] if another refund has the
// id, or if the instruction with the key has another payment or amount. It also matches
// ErrConflict if another outside refund has the key: record the second refund without the
// key, since the money was refunded twice. The error matches [ErrUnknown] if the payment or
// the instruction is not in the books.
func (l Ledger) RecordRefund(r OutsideRefund) (Ledger, error) {
	return l.with(Event{Kind: EventRefunded, At: r.At, ID: r.ID, Amount: r.Amount, Payment: r.Payment, Key: r.Key, Reason: r.Reason})
}

// FailRefund records that an outside refund failed, at an instant after that of the refund.
// Its amount is available again. A failure at or before the instant of the refund is recorded, but does not count. If the refund carried out an instruction, the instruction has failed
// ([Ledger.Fail]). The error matches [ErrUnknown] if the refund is not in the books.
func (l Ledger) FailRefund(id string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventRefundFailed, At: at, ID: id})
}

// OutsideRefunds returns the refunds of [Ledger.RecordRefund], in the order in which they
// were recorded.
func (l Ledger) OutsideRefunds() []OutsideRefundStatus {
	if l.b == nil {
		return nil
	}
	list := make([]OutsideRefundStatus, len(l.b.outside))
	for i := range l.b.outside {
		r := &l.b.outside[i]
		e := &l.b.events[r.event]
		list[i] = OutsideRefundStatus{OutsideRefund{e.ID, e.At, e.Amount, e.Payment, e.Key, e.Reason}, r.stands.state}
	}
	return list
}

// An outsideRefund is an outside refund in the books.
type outsideRefund struct {
	event  int
	stands verdict // settled or failed
}

func (b *books) enterOutside(e *Event) (bool, error) {
	if i, known := b.outsideByID[e.ID]; known {
		return false, sameAs(e, &b.events[b.outside[i].event], "refund")
	}
	if _, known := b.paymentByID[e.Payment]; e.Payment != "" && e.Key == "" && !known {
		return false, &unknown{"payment"}
	}
	var share place
	if e.Key != "" {
		var known bool
		if share, known = b.shareByKey[e.Key]; !known {
			return false, &unknown{"instruction"}
		}
		s := b.events[b.refunds[share.refund].event].Shares[share.share]
		switch _, carried := b.outsideByKey[e.Key]; {
		case carried:
			return false, &conflict{"another refund carried out the instruction"}
		case e.Payment != "" && e.Payment != s.Payment, !e.Amount.Equal(s.Amount):
			return false, &conflict{"the instruction with this key has another payment or amount"}
		}
	}
	b.outsideByID[e.ID] = len(b.outside)
	settled := verdict{state: StateSettled, at: e.At}
	b.outside = append(b.outside, outsideRefund{len(b.events), settled})
	if e.Key != "" {
		b.outsideByKey[e.Key] = len(b.outside) - 1
		b.alterShare(share, func(p *progress) { p.judge(settled) })
		return true, nil
	}
	b.countOutside(e, b.namers[e.ID], exact.Add)
	return true, nil
}

func (b *books) enterRefundFailed(e *Event) (bool, error) {
	i, known := b.outsideByID[e.ID]
	if !known {
		return false, &unknown{"refund"}
	}
	if !b.isNew(e) {
		return false, nil
	}
	failed := verdict{state: StateFailed, at: e.At}
	if r := &b.outside[i]; r.stands.state == StateSettled && failed.after(r.stands) {
		b.alterOutside(e.ID, b.namers[e.ID], func() { r.stands = failed })
	}
	if key := b.events[b.outside[i].event].Key; key != "" {
		b.alterShare(b.shareByKey[key], func(p *progress) { p.judge(failed) })
	}
	return true, nil
}

// counts reports whether an outside refund counts by itself.
func (r *outsideRefund) counts(e *Event) bool { return e.Key == "" && r.stands.state != StateFailed }

// counted returns the amount of an outside refund that counts as refunded by itself.
func (b *books) counted(i int) refund.Money {
	r := &b.outside[i]
	e := &b.events[r.event]
	if !r.counts(e) {
		return b.zero
	}
	_, rest := b.splitNamed(e.Amount, claim{EventRefunded, e.ID, e.Payment})
	return rest
}

// countOutside adds an outside refund to the sums, or subtracts it: the part that reversals
// on the given payments name, and the part that counts as refunded.
func (b *books) countOutside(e *Event, namers []int, op func(m, n refund.Money) refund.Money) {
	_, rest := b.splitNamed(e.Amount, claim{EventRefunded, e.ID, e.Payment})
	b.refundedOn(e.Payment, func(m refund.Money) refund.Money { return op(m, rest) })
	for _, i := range namers {
		id := b.paymentID(i)
		if e.Payment != "" && e.Payment != id {
			continue
		}
		named, _ := b.splitNamed(e.Amount, claim{EventRefunded, e.ID, id})
		b.change(i, func(p *payment) { p.namedRefunds = op(p.namedRefunds, named) })
	}
}

// alterOutside makes a change that may alter how much of an outside refund counts. Namers
// lists the payments with a reversal that the change affects.
func (b *books) alterOutside(id string, namers []int, alter func()) {
	count := func(op func(m, n refund.Money) refund.Money) {
		if i, known := b.outsideByID[id]; known {
			r := &b.outside[i]
			if e := &b.events[r.event]; r.counts(e) {
				b.countOutside(e, namers, op)
			}
		}
	}
	count(exact.Sub)
	alter()
	count(exact.Add)
}

// refundedOn changes the amount refunded on a payment, or on an unknown one.
func (b *books) refundedOn(id string, change func(refund.Money) refund.Money) {
	if id == "" {
		b.unplaced = change(b.unplaced)
		return
	}
	b.change(b.paymentByID[id], func(p *payment) { p.refunded = change(p.refunded) })
}
