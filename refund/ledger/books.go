package ledger

import (
	"maps"
	"slices"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// books are the state after all events. They are mutable, so each Ledger has its own.
type books struct {
	subscription string
	price        refund.Money
	zero         refund.Money // in the currency of the price
	events       []Event

	payments  []payment
	reversals []int // the indexes of their events
	refunds   []posted
	outside   []outsideRefund
	disputes  []dispute
	sums      standing     // of all payments
	unplaced  refund.Money // by outside refunds that name no payment

	named    map[claim]refund.Money // the amounts of the reversals that name a claim
	namers   map[string][]int       // by outside refund: the payments whose reversals name it
	verdicts map[verdictKey]bool    // that are recorded

	paymentByID  map[string]int
	reversalByID map[string]int // index of the event
	outsideByID  map[string]int
	outsideByKey map[string]int
	disputeByID  map[string]int
	refundByKey  map[string]int
	shareByKey   map[string]place // by the key of its instruction
}

// A place locates a share.
type place struct{ refund, share int }

func newBooks(subscription string, price refund.Money) *books {
	zero := price.Times(0)
	return &books{
		subscription: subscription,
		price:        price,
		zero:         zero,
		sums:         standing{zero, zero, zero, zero, zero, zero},
		unplaced:     zero,
		named:        map[claim]refund.Money{},
		namers:       map[string][]int{},
		verdicts:     map[verdictKey]bool{},
		paymentByID:  map[string]int{},
		reversalByID: map[string]int{},
		outsideByID:  map[string]int{},
		outsideByKey: map[string]int{},
		disputeByID:  map[string]int{},
		refundByKey:  map[string]int{},
		shareByKey:   map[string]place{},
	}
}

func (b *books) clone() *books {
	c := *b
	c.events = slices.Clip(b.events) // clipped: appending to a copy must not change the original
	c.payments = slices.Clone(b.payments)
	c.refunds = slices.Clone(b.refunds)
	for i := range c.refunds {
		c.refunds[i].shares = slices.Clone(c.refunds[i].shares)
	}
	c.reversals = slices.Clone(b.reversals)
	c.outside = slices.Clone(b.outside)
	c.disputes = slices.Clone(b.disputes)
	c.named = maps.Clone(b.named)
	c.namers = make(map[string][]int, len(b.namers))
	for id, list := range b.namers {
		c.namers[id] = slices.Clip(list)
	}
	c.verdicts = maps.Clone(b.verdicts)
	c.reversalByID = maps.Clone(b.reversalByID)
	c.outsideByID = maps.Clone(b.outsideByID)
	c.outsideByKey = maps.Clone(b.outsideByKey)
	c.paymentByID = maps.Clone(b.paymentByID)
	c.disputeByID = maps.Clone(b.disputeByID)
	c.refundByKey = maps.Clone(b.refundByKey)
	c.shareByKey = maps.Clone(b.shareByKey)
	return &c
}

// enter applies an event, and reports whether it changed the books.
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
		entered, err = b.enterSubmitted(&e)
	case EventSettled:
		entered, err = b.enterAnswer(&e, StateSettled)
	case EventFailed:
		entered, err = b.enterAnswer(&e, StateFailed)
	case EventReversed:
		entered, err = b.enterReversal(&e)
	case EventRefunded:
		entered, err = b.enterOutside(&e)
	case EventRefundFailed:
		entered, err = b.enterRefundFailed(&e)
	case EventDisputed:
		entered, err = b.enterDispute(&e)
	case EventWon:
		entered, err = b.enterVerdict(&e, verdict{state: StateWon, at: e.At})
	case EventLost:
		entered, err = b.enterVerdict(&e, verdict{StateLost, e.At, e.Amount})
	}
	if err != nil || !entered {
		return false, err
	}
	b.events = append(b.events, e)
	return true, nil
}
