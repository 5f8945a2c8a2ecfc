package ledger

import (
	"cmp"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// Options control how a refund is split. The zero Options are the defaults.
type Options struct {
	// Order is the order in which payments are refunded, unless one of them has exactly the
	// amount available. Defaults to OrderOldest.
	Order Order
}

// Order is the order in which payments are refunded. The zero Order is OrderOldest.
type Order uint8

const (
	// OrderOldest refunds the oldest payment first.
	OrderOldest Order = iota
	// OrderNewest refunds the newest payment first.
	OrderNewest
	// OrderProportional refunds all payments, in proportion to the available amounts.
	OrderProportional
)

// Post splits the amount of a decision over the payments and enters the refund, which
// counts from now on. If one payment has exactly the amount available, the whole refund is
// on that payment; otherwise the options decide. Only available amounts are refunded.
// [Ledger.Outstanding] returns the instructions to send to the gateway.
//
// The key is the host's own name for the refund. Posting the same decision again under its
// key returns the same ledger, so a retry is safe. [Refund.State] shows whether the refund
// has failed. Otherwise the errors are, in this order:
//
//   - a [*refund.InvalidError] for the zero Decision, one on another subscription, a missing
//     key or instant, or an unknown order;
//   - [decision.ErrNothingToRefund] for a denial;
//   - [ErrConflict] if the key is used for another decision, or if the decision is posted
//     under another key, in a refund that has not failed;
//   - a [*BooksError], which matches [decision.ErrStale], if the decision was made on
//     another price, or on other amounts paid, refunded or disputed;
//   - a [*refund.InvalidError] at "events" for books of [MaxEvents] events or more.
func (l Ledger) Post(d decision.Decision, key string, o Options, at time.Time) (Ledger, error) {
	if err := l.validatePost(d, key, o, at); err != nil {
		return Ledger{}, err
	}
	if d.Amount().Sign() <= 0 {
		return Ledger{}, decision.ErrNothingToRefund
	}
	b, digest := l.b, d.Digest()
	if i, known := b.refundByKey[key]; known && b.events[b.refunds[i].event].Decision == digest {
		return l, nil
	} else if known {
		return Ledger{}, &conflict{"the key is used for another refund"}
	}
	if b.isSpent(digest) {
		return Ledger{}, &conflict{"the decision was posted under another key"}
	}
	t := b.totals()
	for _, judged := range []BooksError{
		{"price", d.Outcome().Basis.Price, b.price},
		{"paid", d.Paid(), t.Paid},
		{"refunded", d.Refunded(), t.refunded()},
		{"disputed", d.Disputed(), t.disputed()},
	} {
		if !judged.Then.Equal(judged.Now) {
			return Ledger{}, &judged
		}
	}
	shares, err := b.split(d.Amount(), o.Order)
	if err != nil {
		return Ledger{}, err
	}
	return l.with(Event{Kind: EventPosted, At: at, ID: key, Amount: d.Amount(), Decision: digest, Shares: shares})
}

func (l Ledger) validatePost(d decision.Decision, key string, o Options, at time.Time) error {
	var faults refund.Faults
	if l.b == nil {
		faults.Add("ledger", zeroLedger)
	}
	if d.IsZero() {
		faults.Add("decision", "is required")
	} else if l.b != nil && d.Subscription() != l.b.subscription {
		faults.Add("decision", "is on another subscription than the ledger's")
	}
	if key == "" {
		faults.Add("key", "is required")
	}
	if o.Order > OrderProportional {
		faults.Add("order", "is unknown")
	}
	faults.Add("at", atFault(at, "posting"))
	return faults.Err()
}

// atFault returns the reason why an instant is not valid, or "". Every event has the path
// "at", so the reason names the kind of instant.
func atFault(at time.Time, whose string) string {
	if at.IsZero() {
		return "is required: the instant of the " + whose
	}
	return instant.Fault(at)
}

// split splits an amount over the payments. It does not check the amount:
// [books.enterRefund] does.
func (b *books) split(amount refund.Money, order Order) ([]Share, error) {
	standings := b.standings()
	sources := b.byAge(order)
	for _, i := range sources {
		if standings[i].available.Equal(amount) {
			return []Share{{b.paymentID(i), amount}}, nil
		}
	}
	parts := make([]refund.Money, len(sources))
	if order == OrderProportional {
		for i, source := range sources {
			parts[i] = standings[source].available
		}
		var err error
		if parts, err = amount.Allocate(parts...); err != nil { // each part is at most its weight, because the amount is at most their sum
			return nil, err
		}
	} else {
		rest := amount
		for i, source := range sources {
			parts[i] = exact.Min(standings[source].available, rest)
			rest = exact.Sub(rest, parts[i])
		}
	}
	var shares []Share
	for i, part := range parts {
		if part.Sign() > 0 {
			shares = append(shares, Share{b.paymentID(sources[i]), part})
		}
	}
	return shares, nil
}

func (b *books) paymentID(i int) string { return b.events[b.payments[i].event].ID }

// byAge returns the indexes of the payments, ordered by instant and then by id.
func (b *books) byAge(order Order) []int {
	places := make([]int, len(b.payments))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(i, j int) int {
		if order == OrderNewest {
			i, j = j, i
		}
		x, y := &b.events[b.payments[i].event], &b.events[b.payments[j].event]
		return cmp.Or(instant.Of(x.At).Compare(instant.Of(y.At)), cmp.Compare(x.ID, y.ID))
	})
	return places
}
