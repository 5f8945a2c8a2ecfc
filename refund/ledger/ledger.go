package ledger

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// MaxEvents is the number of events from which on a ledger refuses to post. Facts are still
// recorded.
const MaxEvents = 2_000

// A Ledger is the books of one subscription. It is immutable, and safe for concurrent
// use. The zero Ledger has no subscription, and every change to it is an error.
type Ledger struct{ b *books }

// New opens the books of a subscription, by its id and price, with payments received. The
// errors are those of [Ledger.RecordPayment], with paths such as "payments[1].amount", and
// a [*refund.InvalidError] for a missing id or a price that is not valid.
func New(subscription string, price refund.Money, payments ...Payment) (Ledger, error) {
	l, err := open(subscription, price)
	if err != nil {
		return Ledger{}, err
	}
	for i, p := range payments {
		if _, err := l.b.enter(p.event()); errors.Is(err, ErrConflict) {
			return Ledger{}, &conflict{"payments[" + strconv.Itoa(i) + "]: another payment has the same id"}
		} else if err != nil {
			return Ledger{}, broken("payments["+strconv.Itoa(i)+"]", err)
		}
	}
	return l, nil
}

func open(subscription string, price refund.Money) (Ledger, error) {
	var faults refund.Faults
	if subscription == "" {
		faults.Add("subscription", "is required")
	}
	faults.Add("price", exact.Fault(price, price.Currency()))
	if err := faults.Err(); err != nil {
		return Ledger{}, err
	}
	return Ledger{newBooks(subscription, price)}, nil
}

// Restore returns the ledger that follows from stored events ([Ledger.Events]). It applies
// the rules to each of them again. Books that break a rule are refused, not repaired. The
// [*refund.InvalidError] has the path of the first event that breaks a rule, such as
// "events[3]", and the reason. An event without an effect also breaks a rule.
func Restore(subscription string, price refund.Money, events []Event) (Ledger, error) {
	l, err := open(subscription, price)
	if err != nil {
		return Ledger{}, err
	}
	l.b.events = make([]Event, 0, len(events))
	for i := range events {
		e := events[i]
		e.Shares = slices.Clone(e.Shares)
		entered, err := l.b.enter(e)
		if err == nil && !entered {
			err = &conflict{"the event has no effect"}
		}
		if err != nil {
			return Ledger{}, broken("events["+strconv.Itoa(i)+"]", err)
		}
	}
	return l, nil
}

// broken returns an error about the event at a path, with the path prepended to each fault.
func broken(path string, err error) error {
	var cause *refund.InvalidError
	if !errors.As(err, &cause) {
		return invalid(path, strings.TrimPrefix(err.Error(), "ledger: "))
	}
	var faults refund.Faults
	for _, f := range cause.Faults {
		faults.Add(path+"."+f.Path, f.Reason)
	}
	return faults.Err()
}

// SubscriptionID returns the id of the subscription.
func (l Ledger) SubscriptionID() string {
	if l.b == nil {
		return ""
	}
	return l.b.subscription
}

// Price returns the price of the subscription.
func (l Ledger) Price() refund.Money {
	if l.b == nil {
		return refund.Money{}
	}
	return l.b.price
}

// Version returns the number of events. Every change increases it.
func (l Ledger) Version() int {
	if l.b == nil {
		return 0
	}
	return len(l.b.events)
}

// Events returns all events, for a database to store.
func (l Ledger) Events() []Event {
	if l.b == nil {
		return nil
	}
	events := slices.Clone(l.b.events)
	for i := range events {
		events[i].Shares = slices.Clone(events[i].Shares)
	}
	return events
}

// Equal reports whether both have the same subscription, price and events.
func (l Ledger) Equal(m Ledger) bool {
	if l.b == nil || m.b == nil {
		return l.b == m.b
	}
	return l.b.subscription == m.b.subscription && l.b.price.Equal(m.b.price) &&
		slices.EqualFunc(l.b.events, m.b.events, Event.Equal)
}

// Subscription returns s with Paid, Refunded and Disputed replaced by those of the books, so
// that a case and the books agree. It returns a [*refund.InvalidError] if s has another id
// or price than the books.
func (l Ledger) Subscription(s refund.Subscription) (refund.Subscription, error) {
	var faults refund.Faults
	if l.b == nil || s.ID != l.b.subscription {
		faults.Add("subscription.id", "is another subscription than the ledger's")
	}
	if l.b == nil || !s.Price.Equal(l.b.price) {
		faults.Add("subscription.price", s.Price.String()+" is not the ledger's "+l.Price().String())
	}
	if err := faults.Err(); err != nil {
		return refund.Subscription{}, err
	}
	t := l.b.totals()
	s.Paid, s.Refunded, s.Disputed = t.Paid, t.refunded(), t.disputed()
	return s, nil
}

// Record records a fact given as an event, such as one that [Reconcile] proposes. It has the
// effect and the errors of the method for this kind of event. It also returns a
// [*refund.InvalidError] for a field that does not belong to the kind, and for a request:
// refunds are posted with [Ledger.Post], and instructions submitted with [Ledger.Submit].
func (l Ledger) Record(e Event) (Ledger, error) {
	if e.Kind == EventPosted || e.Kind == EventSubmitted {
		return Ledger{}, invalid("kind", "is a request, not a fact")
	}
	return l.with(e)
}

// with returns the ledger with one more event, or l if the event has no effect.
func (l Ledger) with(e Event) (Ledger, error) {
	if l.b == nil {
		return Ledger{}, invalid("ledger", zeroLedger)
	}
	b := l.b.clone()
	entered, err := b.enter(e)
	switch {
	case err != nil:
		return Ledger{}, err
	case !entered:
		return l, nil
	}
	return Ledger{b}, nil
}

const zeroLedger = "is the zero Ledger: open one with New"
