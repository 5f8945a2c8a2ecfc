package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// books are what events come to. They change, and so are never shared: a Ledger has its
// own.
type books struct {
	subscription string
	price        refund.Money
	nothing      refund.Money // in the currency of the price
	events       []Event

	payments []payment
	refunds  []posted
	disputes []dispute
	sums     split // of all payments

	paymentByID  map[string]int
	refundByKey  map[string]int
	disputeByID  map[string]int
	instructions map[string]place      // by key
	spent        map[refund.Digest]int // the refund of a decision, the latest one
}

// A payment, and what became of it.
type payment struct {
	amount   refund.Money
	event    int
	refunded refund.Money // by refunds that have not failed
	lost     refund.Money // claimed by disputes that were lost
	open     refund.Money // claimed by open ones
}

// A posted refund.
type posted struct {
	event  int
	states []State // of its shares
	ats    []time.Time
}

type dispute struct {
	event int
	state State
}

// A place is that of a share.
type place struct{ refund, share int }

func newBooks(subscription string, price refund.Money) *books {
	nothing := price.Times(0)
	return &books{
		subscription: subscription,
		price:        price,
		nothing:      nothing,
		sums:         split{nothing, nothing, nothing, nothing, nothing},
		paymentByID:  map[string]int{},
		refundByKey:  map[string]int{},
		disputeByID:  map[string]int{},
		instructions: map[string]place{},
		spent:        map[refund.Digest]int{},
	}
}

func (b *books) clone() *books {
	c := *b
	c.events = slices.Clip(b.events) // entries never change, so that appending copies
	c.payments = slices.Clone(b.payments)
	c.refunds = slices.Clone(b.refunds)
	for i := range c.refunds {
		c.refunds[i].states = slices.Clone(c.refunds[i].states)
		c.refunds[i].ats = slices.Clone(c.refunds[i].ats)
	}
	c.disputes = slices.Clone(b.disputes)
	c.paymentByID = maps.Clone(b.paymentByID)
	c.refundByKey = maps.Clone(b.refundByKey)
	c.disputeByID = maps.Clone(b.disputeByID)
	c.instructions = maps.Clone(b.instructions)
	c.spent = maps.Clone(b.spent)
	return &c
}

// Amounts are all in one currency by the time they get here.

func plus(m, n refund.Money) refund.Money {
	sum, err := m.Add(n)
	if err != nil {
		panic(err)
	}
	return sum
}

func minus(m, n refund.Money) refund.Money {
	rest, err := m.Sub(n)
	if err != nil {
		panic(err)
	}
	return rest
}

func less(m, n refund.Money) bool { return minus(m, n).Sign() < 0 }

func least(m, n refund.Money) refund.Money {
	if less(n, m) {
		return n
	}
	return m
}

// A split is what a payment's amount is made of: amount = free + held + lost + refunded.
type split struct{ free, held, lost, refunded, over refund.Money }

// split follows from the claims. Refunds that are under way come first, then what was
// lost, then what is disputed; over is what was lost beyond what was left.
func (p *payment) split() split {
	s := split{refunded: p.refunded}
	left := minus(p.amount, p.refunded)
	s.lost = least(p.lost, left)
	s.over = minus(p.lost, s.lost)
	left = minus(left, s.lost)
	s.held = least(p.open, left)
	s.free = minus(left, s.held)
	return s
}

// overclaimed reports whether disputes, open or lost, claim what refunds have taken.
func (p *payment) overclaimed() bool {
	s := p.split()
	return s.over.Sign() > 0 || less(s.held, p.open)
}

// change alters a payment, and the sums with it.
func (b *books) change(i int, alter func(p *payment)) {
	p := &b.payments[i]
	before := p.split()
	alter(p)
	after := p.split()
	move := func(sum *refund.Money, before, after refund.Money) { *sum = plus(*sum, minus(after, before)) }
	move(&b.sums.refunded, before.refunded, after.refunded)
	move(&b.sums.lost, before.lost, after.lost)
	move(&b.sums.held, before.held, after.held)
	move(&b.sums.free, before.free, after.free)
	move(&b.sums.over, before.over, after.over)
}

func (b *books) totals() Totals {
	t := Totals{
		GivenBack: plus(b.sums.refunded, b.sums.lost),
		Held:      b.sums.held,
		Free:      b.sums.free,
		Over:      b.sums.over,
	}
	t.Paid = plus(plus(t.Free, t.Held), t.GivenBack)
	// The law: no more than the lesser of price and paid, what went before included.
	t.Refundable = minus(least(b.price, t.Paid), plus(t.GivenBack, t.Over))
	t.Refundable = least(t.Refundable, t.Free)
	if t.Refundable.Sign() < 0 {
		t.Refundable = b.nothing
	}
	return t
}

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
