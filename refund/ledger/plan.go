package ledger

import (
	"cmp"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// Options say how a refund is split. The zero Options are the defaults.
type Options struct {
	// Order says which payments a refund goes back on, where none has exactly its amount
	// free. Defaults to OrderOldest.
	Order Order
}

// Order is the order in which payments are drawn on. The zero Order is OrderOldest.
type Order uint8

const (
	// OrderOldest draws on the oldest payment first.
	OrderOldest Order = iota
	// OrderNewest draws on the newest payment first.
	OrderNewest
	// OrderProportional draws on all, in proportion to what is free on each.
	OrderProportional
)

// A Plan is a refund that was split and checked, and not yet posted. It comes from
// [Ledger.Plan] and cannot be made or altered in any other way. The zero Plan is none.
type Plan struct {
	subscription string
	version      int
	event        Event // without its instant
	instructions []Instruction
}

// An Instruction is what a gateway is told: a part of a refund. The zero Instruction is
// none.
type Instruction struct {
	Payment string // the payment's id
	Method  string // how that was made

	// Amount is what goes back; Money.MinorUnits is how gateways take it.
	Amount refund.Money

	// Key is the idempotency key, 64 hexadecimal digits: it stands for this part of this
	// refund of this decision, and for no other.
	Key string
}

// Version returns the version of the books that the plan was made on.
func (p Plan) Version() int { return p.version }

// Key returns the refund's key.
func (p Plan) Key() string { return p.event.ID }

// Amount returns what the refund comes to.
func (p Plan) Amount() refund.Money { return p.event.Amount }

// Decision returns the digest of the decision that is refunded.
func (p Plan) Decision() refund.Digest { return p.event.Decision }

// Instructions returns what the gateway is to be told, once the plan is posted and the
// books are stored.
func (p Plan) Instructions() []Instruction { return slices.Clone(p.instructions) }

// Plan splits the amount of a decision over the payments: on one that has exactly the
// amount free, if there is one, else as the options say; never more than what is free,
// and nothing of what is disputed. key is the host's own name for the refund; to retry
// is to plan with the same key.
//
// A decision that was posted under the key already has the plan of that time. Else the
// errors are, in this order: a [*refund.InvalidError] for the zero Decision, one on
// another subscription, or no key; [decision.ErrNothingToRefund] for one that declined;
// [ErrConflict] if the key stands for another refund, or for one that has failed, or the
// decision is posted under another key; [decision.ErrStale] if it was judged on another
// price, or another amount paid or given back; [ErrInsufficient] if too much is held.
func (l Ledger) Plan(d decision.Decision, key string, o Options) (Plan, error) {
	var faults []refund.Fault
	add := func(path, reason string) { faults = append(faults, refund.Fault{Path: path, Reason: reason}) }
	if l.b == nil {
		add("ledger", "is the zero one: New opens books")
	}
	if d.IsZero() {
		add("decision", "is required")
	} else if l.b != nil && d.Subscription() != l.b.subscription {
		add("decision", "is on another subscription than the ledger's")
	}
	if key == "" {
		add("key", "is required")
	}
	if o.Order > OrderProportional {
		add("order", "is no order")
	}
	if faults != nil {
		return Plan{}, &refund.InvalidError{Faults: faults}
	}
	if d.Amount().Sign() <= 0 {
		return Plan{}, decision.ErrNothingToRefund
	}

	b := l.b
	digest := d.Digest()
	if i, known := b.refundByKey[key]; known {
		e := &b.events[b.refunds[i].event]
		switch {
		case e.Decision != digest:
			return Plan{}, &conflict{"the key stands for another refund"}
		case b.refunds[i].state() == StateFailed:
			return Plan{}, &conflict{"the key stands for a refund that has failed: take another one"}
		}
		return b.plan(*e), nil
	}
	if b.isSpent(digest) {
		return Plan{}, &conflict{"the decision was posted under another key"}
	}
	t := b.totals()
	for _, judged := range []BooksError{
		{"price", d.Outcome().Basis.Price, b.price},
		{"paid", d.Paid(), t.Paid},
		{"refunded", d.Refunded(), t.refunded()},
	} {
		if !judged.Then.Equal(judged.Now) {
			return Plan{}, &judged
		}
	}
	shares, err := b.share(d.Amount(), o.Order)
	if err != nil {
		return Plan{}, err
	}
	return b.plan(Event{Kind: EventPosted, ID: key, Amount: d.Amount(), Decision: digest, Shares: shares}), nil
}

func (b *books) plan(e Event) Plan {
	e.Shares = slices.Clone(e.Shares)
	return Plan{b.subscription, len(b.events), e, b.instructionsOf(&e)}
}

// share splits an amount over what is free.
func (b *books) share(amount refund.Money, order Order) ([]Share, error) {
	if t := b.totals(); less(t.Refundable, amount) {
		return nil, &InsufficientError{amount, t.Refundable, t.Held}
	}
	type source struct {
		id   string
		at   time.Time
		free refund.Money
	}
	sources := make([]source, 0, len(b.payments))
	for i := range b.payments {
		e := &b.events[b.payments[i].event]
		sources = append(sources, source{e.ID, e.At, b.payments[i].split().free})
	}
	slices.SortStableFunc(sources, func(x, y source) int {
		if order == OrderNewest {
			x, y = y, x
		}
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.id, y.id))
	})
	for _, s := range sources {
		if s.free.Equal(amount) {
			return []Share{{s.id, amount}}, nil
		}
	}
	var shares []Share
	if order == OrderProportional {
		weights := make([]refund.Money, len(sources))
		for i := range sources {
			weights[i] = sources[i].free
		}
		parts, err := amount.AllocateBy(weights...) // none is above its weight, since the amount is not above their sum
		if err != nil {
			return nil, err
		}
		for i, part := range parts {
			if part.Sign() > 0 {
				shares = append(shares, Share{sources[i].id, part})
			}
		}
		return shares, nil
	}
	for _, s := range sources {
		part := least(s.free, amount)
		if part.Sign() > 0 {
			shares = append(shares, Share{s.id, part})
			amount = minus(amount, part)
		}
	}
	return shares, nil
}

// Post enters a plan: the refund counts from now on, and its decision is spent. A plan
// that is posted already adds nothing. Otherwise the errors are a [*refund.InvalidError]
// for the zero Plan, one of another subscription, or no instant; [ErrConflict] as for
// [Ledger.Plan]; [decision.ErrStale] if anything was entered since the plan was made.
func (l Ledger) Post(p Plan, at time.Time) (Ledger, error) {
	switch {
	case l.b == nil:
		return Ledger{}, invalid("ledger", "is the zero one: New opens books")
	case p.event.Kind == 0:
		return Ledger{}, invalid("plan", "is required")
	case p.subscription != l.b.subscription:
		return Ledger{}, invalid("plan", "is of another subscription than the ledger's")
	}
	e := p.event
	e.At = at
	posted, err := l.with(e)
	if _, known := l.b.refundByKey[e.ID]; known || l.b.isSpent(e.Decision) {
		return posted, err // the same again, or a conflict
	}
	if p.version != len(l.b.events) {
		return Ledger{}, &VersionError{p.version, len(l.b.events)}
	}
	return posted, err
}

// isSpent reports whether a decision is posted, in a refund that has not failed.
func (b *books) isSpent(d refund.Digest) bool {
	i, posted := b.spent[d]
	return posted && b.refunds[i].state() != StateFailed
}
