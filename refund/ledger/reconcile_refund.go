package ledger

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A reversedPart is the amount of a payment's reversals that a statement should have as
// reversed: before its end, and in all.
type reversedPart struct{ ended, all refund.Money }

// sumReversals sums the reversals of each payment, without those that the statement has
// as refunds or lost disputes.
func (r *reconciler) sumReversals() {
	if len(r.b.reversals) == 0 {
		return
	}
	listed := map[claim]refund.Money{}
	note := func(c claim, amount refund.Money) {
		if amountFault(amount, r.b.price.Currency()) == "" {
			listed[c] = amount
		}
	}
	for i := range r.s.Refunds {
		x := &r.s.Refunds[i]
		if at, ours := r.instructionOf(x); ours && r.carriers[at].id == x.ID {
			continue // it stays a refund
		}
		if x.state() != StateFailed {
			note(claim{EventRefunded, x.ID, x.Payment}, x.Amount)
		}
	}
	for i := range r.s.Disputes {
		d := &r.s.Disputes[i]
		if v := d.verdict(); v.state == StateLost {
			note(claim{EventDisputed, d.ID, d.Payment}, v.amount)
		}
	}
	for _, at := range r.b.reversals {
		e := &r.b.events[at]
		rest := e.Amount
		take := func(kind EventKind, id, payment string) {
			c := claim{kind, id, payment}
			if amount, ok := listed[c]; ok && id != "" {
				part := exact.Min(rest, amount)
				rest, listed[c] = exact.Sub(rest, part), exact.Sub(amount, part)
			}
		}
		for _, payment := range []string{e.Payment, ""} {
			take(EventRefunded, e.Refund, payment)
			if r.isReversal(e.ID) {
				take(EventRefunded, e.ID, payment)
			}
		}
		take(EventDisputed, e.Dispute, e.Payment)
		part := r.reversedPart(r.b.paymentByID[e.Payment])
		part.all = exact.Add(part.all, rest)
		if !r.isLater(e.At) {
			part.ended = exact.Add(part.ended, rest)
		}
	}
}

// isReversal reports whether a refund of the statement is a reversal in the books. A
// reversal with the id of its payment is not a refund.
func (r *reconciler) isReversal(id string) bool {
	_, reversal := r.b.reversalByID[id]
	_, payment := r.b.paymentByID[id]
	_, outside := r.b.outsideByID[id]
	return reversal && !payment && !outside
}

func (r *reconciler) reversedPart(payment int) *reversedPart {
	for len(r.reversed) <= payment {
		r.reversed = append(r.reversed, reversedPart{r.b.zero, r.b.zero})
	}
	return &r.reversed[payment]
}

// reversal compares the reversed parts of a payment.
func (r *reconciler) reversal(payment int, p *ListedPayment) {
	if p.Reversed.Sign() <= 0 && len(r.b.reversals) == 0 {
		return
	}
	amount := r.b.payments[payment].amount
	part := r.reversedPart(payment)
	reversed, all, ended := r.b.zero, exact.Min(part.all, amount), exact.Min(part.ended, amount)
	d := Difference{Code: DifferenceOtherAmount, Kind: EventReversed, ID: p.ID, Books: all, Provider: p.Reversed}
	if p.Reversed.Sign() > 0 {
		if p.Reversed.Currency() != amount.Currency() {
			r.add(d, Event{})
			return
		}
		reversed = exact.Min(p.Reversed, amount)
	}
	switch {
	case exact.Less(all, reversed):
		if all.Sign() == 0 {
			d.Code, d.Books = DifferenceMissingInBooks, refund.Money{}
		}
		more := exact.Sub(reversed, all)
		before := len(r.b.reversals)
		r.add(d, Event{Kind: EventReversed, At: p.ReversedAt, ID: r.reversalID(p), Payment: p.ID, Amount: more})
		if len(r.b.reversals) > before {
			part.all = exact.Add(part.all, more)
		}
	case exact.Less(reversed, ended):
		d.Books = ended
		if reversed.Sign() == 0 {
			d.Code, d.Provider = DifferenceMissingAtProvider, refund.Money{}
		}
		r.add(d, Event{})
	}
}

// reversalID returns the id of the reversal that a payment lacks. For a sum that has grown,
// the id contains the sum, so that the same report always results in the same id.
func (r *reconciler) reversalID(p *ListedPayment) string {
	if p.ReversalID != "" {
		return p.ReversalID
	}
	if _, known := r.b.reversalByID[p.ID]; known {
		return p.ID + " " + p.Reversed.String()
	}
	return p.ID
}

// A carrier is the listed refund that carried out an instruction.
type carrier struct {
	id       string
	strength int
}

// findCarriers finds the listed refund of each instruction. If several have its key, it
// prefers the one that the books have with the key, and then one that the books lack and
// that did not fail.
func (r *reconciler) findCarriers() {
	r.keyless = true
	for i := range r.s.Refunds {
		x := &r.s.Refunds[i]
		r.keyless = r.keyless && x.Key == ""
		at, ours := r.instructionOf(x)
		if !ours {
			continue
		}
		c := carrier{x.ID, 0}
		if known, recorded := r.b.outsideByID[x.ID]; recorded {
			if r.b.events[r.b.outside[known].event].Key != "" {
				c.strength = 3
			}
		} else if c.strength = 1; x.state() != StateFailed {
			c.strength = 2
		}
		if other, carried := r.carriers[at]; !carried || other.strength < c.strength {
			r.carry(at, c)
		}
	}
}

func (r *reconciler) carry(at place, c carrier) {
	if r.carriers == nil {
		r.carriers = map[place]carrier{}
	}
	r.carriers[at] = c
}

// instructionOf returns the instruction whose key a listed refund has, in the books or in
// the statement.
func (r *reconciler) instructionOf(x *ListedRefund) (place, bool) {
	key := x.Key
	if i, known := r.b.outsideByID[x.ID]; known {
		if k := r.b.events[r.b.outside[i].event].Key; k != "" {
			key = k
		}
	}
	at, ours := r.b.shareByKey[key]
	return at, ours
}

// takeRefund adds a refund that the books lack, with its event.
func (r *reconciler) takeRefund(x *ListedRefund) {
	if r.lacksRefund(x) {
		r.take(x.lacking(), Event{Kind: EventRefunded, At: x.At, ID: x.ID, Amount: x.Amount, Payment: x.Payment, Reason: x.Reason})
	}
}

func (r *ListedRefund) lacking() Difference {
	return Difference{Kind: EventRefunded, ID: r.ID, Provider: r.Amount, ProviderState: r.state()}
}

// lacksRefund reports whether the books need a refund, and do not have it in any form.
func (r *reconciler) lacksRefund(x *ListedRefund) bool {
	if at, ours := r.instructionOf(x); ours && r.carriers[at].id == x.ID {
		return false
	}
	if _, known := r.b.outsideByID[x.ID]; known || x.state() == StateFailed || x.At.Before(r.s.From) || r.isReversal(x.ID) {
		return false
	}
	named := r.b.reversedOf(claim{EventRefunded, x.ID, x.Payment})
	if order, err := named.Cmp(x.Amount); named.Sign() > 0 && err == nil && order >= 0 && !r.b.reversedBeyond(x.ID) {
		return false // reversals name it, so that it would change no total
	}
	_, taken := r.takenFor(x)
	return !taken
}

func (r *reconciler) refund(x *ListedRefund) {
	if at, ours := r.instructionOf(x); ours && r.carriers[at].id == x.ID {
		r.instruction(at, x, true)
	} else if i, known := r.b.outsideByID[x.ID]; known {
		r.outsideRefund(i, x)
	} else if r.isReversal(x.ID) {
		if e := &r.b.events[r.b.reversalByID[x.ID]]; x.state() != StateFailed {
			r.differs(Difference{Kind: EventReversed, ID: x.ID, Books: e.Amount, Provider: x.Amount}, e.Payment, x.Payment)
		}
	} else if r.lacksRefund(x) {
		r.lack(x.lacking())
	} else if at, taken := r.taken[x.ID]; taken {
		r.instruction(at, x, false)
	}
}

// differs adds the differences of amount and payment, and reports whether there are any. A
// refund may have no payment.
func (r *reconciler) differs(d Difference, books, provider string) bool {
	amount, payment := !d.Books.Equal(d.Provider), books != "" && provider != "" && books != provider
	if amount {
		d.Code = DifferenceOtherAmount
		r.add(d, Event{})
	}
	if payment {
		d.Code = DifferenceOtherPayment
		r.add(d, Event{})
	}
	return amount || payment
}

// instruction compares an instruction with the refund that carried it out. If the refund
// has the instruction's key, it is certainly its refund.
func (r *reconciler) instruction(at place, x *ListedRefund, proven bool) {
	posted := &r.b.refunds[at.refund]
	e, p := &r.b.events[posted.event], posted.shares[at.share]
	share := e.Shares[at.share]
	d := Difference{Kind: EventPosted, Books: share.Amount, Provider: x.Amount, BooksState: p.state, ProviderState: x.state()}
	if p.state == d.ProviderState && share.Amount.Equal(x.Amount) && share.Payment == x.Payment {
		return
	}
	key := r.b.instructionKey(e, share)
	d.ID = key
	if r.differs(d, share.Payment, x.Payment) || p.state == d.ProviderState || p.state != StatePending && r.isLater(p.at) {
		return
	}
	d.Code = DifferenceOtherState
	var fact Event
	switch _, carried := r.b.outsideByKey[key]; {
	case !proven || !x.verdict().after(p.stands): // it is not known, or the books would not change
	case d.ProviderState == StateFailed:
		fact = Event{Kind: EventFailed, At: x.FailedAt, ID: key}
	case d.ProviderState != StateSettled: // under way
	case carried || x.ID == "" || r.isRecorded(x.ID):
		fact = Event{Kind: EventSettled, At: x.At, ID: key}
	default:
		fact = Event{Kind: EventRefunded, At: x.At, ID: x.ID, Amount: x.Amount, Payment: x.Payment, Key: key, Reason: x.Reason}
	}
	r.add(d, fact)
}

func (r *reconciler) isRecorded(id string) bool {
	_, known := r.b.outsideByID[id]
	return known
}

// verdict returns the provider's answer: settled or failed.
func (r *ListedRefund) verdict() verdict {
	if r.state() == StateFailed {
		return verdict{state: StateFailed, at: r.FailedAt}
	}
	return verdict{state: StateSettled, at: r.At}
}

// outsideRefund compares an outside refund of the books with the listed one.
func (r *reconciler) outsideRefund(i int, x *ListedRefund) {
	mark(r.outside, i)
	e, stands := &r.b.events[r.b.outside[i].event], r.b.outside[i].stands
	d := Difference{Kind: EventRefunded, ID: x.ID, Books: e.Amount, Provider: x.Amount, BooksState: stands.state, ProviderState: x.state()}
	failed := d.ProviderState == StateFailed
	if r.differs(d, e.Payment, x.Payment) || failed == (stands.state == StateFailed) || r.isLater(stands.at) {
		return
	}
	d.Code = DifferenceOtherState
	var fact Event
	if failed && x.verdict().after(stands) {
		fact = Event{Kind: EventRefundFailed, At: x.FailedAt, ID: x.ID}
	}
	r.add(d, fact)
}

// isSent reports whether the provider should have a refund for the instruction.
func (p *progress) isSent() bool { return p.state == StateSubmitted || p.state == StateSettled }

// A sent has the properties by which a refund without a key is matched with an instruction
// that was sent.
type sent struct {
	payment, amount string
	state           State
}

// takenFor returns the instruction that a refund without a key is matched with, preferably
// one in the same state.
func (r *reconciler) takenFor(x *ListedRefund) (place, bool) {
	if !r.keyless || x.ID == "" || x.Payment == "" {
		return place{}, false
	}
	if at, taken := r.taken[x.ID]; taken {
		return at, true
	}
	if r.sent == nil {
		r.sent, r.taken = r.collectSent(), map[string]place{}
	}
	state := x.state()
	for _, state := range []State{state, StateSettled + StateSubmitted - state} {
		what := sent{x.Payment, x.Amount.String(), state}
		if open := r.sent[what]; len(open) > 0 {
			r.sent[what] = open[1:]
			r.taken[x.ID] = open[0]
			r.carry(open[0], carrier{id: x.ID})
			return open[0], true
		}
	}
	return place{}, false
}

// collectSent collects the instructions that were sent and of which no refund is known.
func (r *reconciler) collectSent() map[sent][]place {
	all := map[sent][]place{}
	for i := range r.b.refunds {
		e := &r.b.events[r.b.refunds[i].event]
		for j, p := range r.b.refunds[i].shares {
			if !p.isSent() {
				continue
			}
			if _, recorded := r.b.outsideByKey[r.b.instructionKey(e, e.Shares[j])]; !recorded {
				what := sent{e.Shares[j].Payment, e.Shares[j].Amount.String(), p.state}
				all[what] = append(all[what], place{i, j})
			}
		}
	}
	return all
}
