package ledger

import (
	"maps"
	"slices"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// books are the state that events lead to. They change, and so are never shared: each
// Ledger has its own.
type books struct {
	subscription string
	price        refund.Money
	zero         refund.Money // in the currency of the price
	events       []Event

	payments []payment
	refunds  []posted
	disputes []dispute
	sums     standing // of all payments

	paymentByID      map[string]int
	disputeByID      map[string]int
	refundByKey      map[string]int
	refundByDecision map[refund.Digest]int // the latest one
	shareByKey       map[string]place      // by the key of its instruction
}

// A place is the place of a share.
type place struct{ refund, share int }

func newBooks(subscription string, price refund.Money) *books {
	zero := price.Times(0)
	return &books{
		subscription:     subscription,
		price:            price,
		zero:             zero,
		sums:             standing{zero, zero, zero, zero, zero},
		paymentByID:      map[string]int{},
		disputeByID:      map[string]int{},
		refundByKey:      map[string]int{},
		refundByDecision: map[refund.Digest]int{},
		shareByKey:       map[string]place{},
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
	c.disputeByID = maps.Clone(b.disputeByID)
	c.refundByKey = maps.Clone(b.refundByKey)
	c.refundByDecision = maps.Clone(b.refundByDecision)
	c.shareByKey = maps.Clone(b.shareByKey)
	return &c
}

// enter enters an event, unless it changes nothing.
func (b *books) enter(e Event) (entered bool, err error) {
	if err := e.validate(b.price.Currency()); err != nil {
		return false, err
	}
	e.At = e.At.Round(0)
	switch e.Kind {
	case EventPaid:
		entered, err = b.enterPayment(&e)
	case EventPosted:
		entered, err = b.enterRefund(&e)
	case EventSubmitted:
		entered, err = b.enterProgress(&e, StateSubmitted)
	case EventSettled:
		entered, err = b.enterProgress(&e, StateSettled)
	case EventFailed:
		entered, err = b.enterProgress(&e, StateFailed)
	case EventDisputed:
		entered, err = b.enterDispute(&e)
	case EventWon:
		entered, err = b.enterVerdict(&e, StateWon)
	case EventLost:
		entered, err = b.enterVerdict(&e, StateLost)
	}
	if err != nil || !entered {
		return false, err
	}
	if len(b.events) == MaxEvents {
		return false, invalid("events", "are more than 2000")
	}
	b.events = append(b.events, e)
	return true, nil
}
