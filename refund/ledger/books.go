package ledger

import (
	"maps"
	"slices"
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
