package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// tell enters an event, unless it is known already.
func (b *books) tell(e Event) (added bool, err error) {
	if err := b.wellFormed(&e); err != nil {
		return false, err
	}
	e.At = e.At.Round(0)
	switch e.Kind {
	case EventPaid:
		added, err = b.paid(&e)
	case EventPosted:
		added, err = b.posted(&e)
	case EventDisputed:
		added, err = b.disputed(&e)
	case EventWon, EventLost:
		added, err = b.resolved(&e)
	default:
		added, err = b.instructed(&e)
	}
	if err != nil || !added {
		return false, err
	}
	if len(b.events) == MaxEvents {
		return false, invalid("events", "are more than 2000")
	}
	b.events = append(b.events, e)
	return true, nil
}

// wellFormed returns an error for an event that lacks what its kind has, or has what it
// lacks.
func (b *books) wellFormed(e *Event) error {
	var faults []refund.Fault
	add := func(path, reason string) { faults = append(faults, refund.Fault{Path: path, Reason: reason}) }
	if e.Kind == 0 || int(e.Kind) >= len(eventCodes) {
		add("kind", "is no kind of event")
	}
	if e.ID == "" {
		add("id", "is required")
	}
	switch {
	case e.At.IsZero():
		add("at", "is required")
	case e.At.UTC().Year() < 1 || e.At.UTC().Year() > 9999:
		add("at", "is outside the years 1 to 9999")
	}
	switch e.Kind {
	case EventPaid, EventPosted, EventDisputed:
		if reason := b.amountFault(e.Amount); reason != "" {
			add("amount", reason)
		}
	default:
		if e.Amount.IsValid() {
			add("amount", "is not for this kind of event")
		}
	}
	if e.Method != "" && e.Kind != EventPaid {
		add("method", "is not for this kind of event")
	}
	switch {
	case e.Kind == EventDisputed && e.Payment == "":
		add("payment", "is required")
	case e.Kind != EventDisputed && e.Payment != "":
		add("payment", "is not for this kind of event")
	}
	switch {
	case e.Kind == EventPosted && e.Decision.IsZero():
		add("decision", "is required")
	case e.Kind != EventPosted && !e.Decision.IsZero():
		add("decision", "is not for this kind of event")
	}
	switch {
	case e.Kind != EventPosted && len(e.Shares) > 0:
		add("shares", "are not for this kind of event")
	case e.Kind == EventPosted && faults == nil:
		b.sharesFaults(e, add)
	}
	if faults != nil {
		return &refund.InvalidError{Faults: faults}
	}
	return nil
}

func (b *books) amountFault(m refund.Money) string {
	switch {
	case !m.IsValid():
		return "is required"
	case m.Currency() != b.price.Currency():
		return m.Currency().Code() + " is another currency than the price's " + b.price.Currency().Code()
	case m.Sign() < 0:
		return m.String() + " is negative"
	case m.Sign() == 0:
		return m.String() + " is nothing"
	}
	if tooLong(m) {
		return tooManyDigits
	}
	return ""
}

// tooLong reports whether an amount is longer than an input may be, so that it could be
// written and never read.
func tooLong(m refund.Money) bool {
	if _, err := m.MinorUnits(); err == nil { // an int64 never is
		return false
	}
	_, err := refund.ParseMoney(m.Amount(), m.Currency().Code())
	return err != nil
}

const tooManyDigits = "has more than 34 digits"

// sharesFaults adds what is wrong with the shares of a refund, whose amount is valid.
func (b *books) sharesFaults(e *Event, add func(path, reason string)) {
	sum, sound := b.nothing, true
	seen := make(map[string]bool, len(e.Shares))
	for i, s := range e.Shares {
		in := "shares[" + strconv.Itoa(i) + "]."
		if reason := b.amountFault(s.Amount); reason != "" {
			add(in+"amount", reason)
			sound = false
			continue
		}
		if seen[s.Payment] {
			add(in+"payment", "is that of another share too")
		}
		seen[s.Payment] = true
		sum = plus(sum, s.Amount)
	}
	if sound && !sum.Equal(e.Amount) {
		add("shares", "come to "+sum.String()+" of "+e.Amount.String())
	}
}

func (b *books) paid(e *Event) (bool, error) {
	if i, known := b.paymentByID[e.ID]; known {
		return false, sameAs(e, &b.events[b.payments[i].event], "payment")
	}
	b.paymentByID[e.ID] = len(b.payments)
	b.payments = append(b.payments, payment{e.Amount, len(b.events), b.nothing, b.nothing, b.nothing})
	b.sums.free = plus(b.sums.free, e.Amount)
	return true, nil
}

// sameAs returns an error unless an event tells what is known.
func sameAs(e, known *Event, what string) error {
	if e.same(known) {
		return nil
	}
	return &conflict{"another " + what + " has the same id"}
}

func (b *books) posted(e *Event) (bool, error) {
	if i, known := b.refundByKey[e.ID]; known {
		if !e.same(&b.events[b.refunds[i].event]) {
			return false, &conflict{"the key stands for another refund"}
		}
		return false, nil
	}
	if b.isSpent(e.Decision) {
		return false, &conflict{"the decision was posted under another key"}
	}
	t := b.totals()
	if less(t.Refundable, e.Amount) {
		return false, &InsufficientError{e.Amount, t.Refundable, t.Held}
	}
	for _, s := range e.Shares {
		i, known := b.paymentByID[s.Payment]
		if !known {
			return false, &unknown{"payment"}
		}
		if parts := b.payments[i].split(); less(parts.free, s.Amount) {
			return false, &InsufficientError{s.Amount, parts.free, parts.held}
		}
	}
	at := len(b.refunds)
	p := posted{event: len(b.events), states: make([]State, len(e.Shares)), ats: make([]time.Time, len(e.Shares))}
	for i, s := range e.Shares {
		b.change(b.paymentByID[s.Payment], func(p *payment) { p.refunded = plus(p.refunded, s.Amount) })
		p.states[i], p.ats[i] = StatePending, e.At
		b.instructions[b.instructionKey(e, s)] = place{at, i}
	}
	b.refunds = append(b.refunds, p)
	b.refundByKey[e.ID] = at
	b.spent[e.Decision] = at
	return true, nil
}

// instructionKey names a share by all that it is, so that no other one has its key.
func (b *books) instructionKey(e *Event, s Share) string {
	h := sha256.New()
	for _, part := range []string{"refundpolicy instruction 1", b.subscription, e.ID, e.Decision.String(), s.Payment, s.Amount.String()} {
		h.Write([]byte(strconv.Itoa(len(part)) + " " + part + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// state returns that of the refund as a whole: what is furthest behind, of the shares
// that have not failed.
func (p *posted) state() State {
	state := StateFailed
	for _, s := range p.states {
		state = min(state, s)
	}
	return state
}

func (b *books) instructed(e *Event) (bool, error) {
	at, known := b.instructions[e.ID]
	if !known {
		return false, &unknown{"instruction"}
	}
	r := &b.refunds[at.refund]
	share := b.events[r.event].Shares[at.share]
	of := b.paymentByID[share.Payment]
	paid := &b.payments[of]
	state := &r.states[at.share]
	to := map[EventKind]State{EventSubmitted: StateSubmitted, EventSettled: StateSettled, EventFailed: StateFailed}[e.Kind]
	switch {
	case *state == to, *state == StateSettled && to == StateSubmitted: // told again, or late
		return false, nil
	case *state == StateFailed:
		return false, &TransitionError{*state, to}
	case to == StateSubmitted && paid.overclaimed():
		return false, ErrDisputed
	case to == StateFailed:
		b.change(of, func(p *payment) { p.refunded = minus(p.refunded, share.Amount) })
	}
	*state, r.ats[at.share] = to, e.At
	return true, nil
}

func (b *books) disputed(e *Event) (bool, error) {
	if i, known := b.disputeByID[e.ID]; known {
		return false, sameAs(e, &b.events[b.disputes[i].event], "dispute")
	}
	i, known := b.paymentByID[e.Payment]
	if !known {
		return false, &unknown{"payment"}
	}
	if amount := b.payments[i].amount; less(amount, e.Amount) {
		return false, invalid("amount", e.Amount.String()+" is more than the payment's "+amount.String())
	}
	b.change(i, func(p *payment) { p.open = plus(p.open, e.Amount) })
	b.disputeByID[e.ID] = len(b.disputes)
	b.disputes = append(b.disputes, dispute{len(b.events), StateOpen})
	return true, nil
}

func (b *books) resolved(e *Event) (bool, error) {
	i, known := b.disputeByID[e.ID]
	if !known {
		return false, &unknown{"dispute"}
	}
	d := &b.disputes[i]
	to := StateLost
	if e.Kind == EventWon {
		to = StateWon
	}
	switch d.state {
	case to:
		return false, nil
	case StateOpen:
	default:
		return false, &TransitionError{d.state, to}
	}
	claim := &b.events[d.event]
	b.change(b.paymentByID[claim.Payment], func(p *payment) {
		p.open = minus(p.open, claim.Amount)
		if to == StateLost {
			p.lost = plus(p.lost, claim.Amount)
		}
	})
	d.state = to
	return true, nil
}
