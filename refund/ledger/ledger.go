package ledger

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// MaxEvents is how many events a ledger may have.
const MaxEvents = 2_000

// A Ledger is the books of one subscription. It is immutable, and safe for concurrent
// use. The zero Ledger is none: it has no payments, and takes nothing.
type Ledger struct{ b *books }

// A Payment is money received. The zero Payment is not valid.
type Payment struct {
	ID     string       // names the payment, once in a ledger. Required
	At     time.Time    // when it was received. Required
	Amount refund.Money // in the currency of the price. Required, positive
	Method string       // how it was made. Optional
}

// A Dispute is a customer's bank claiming a payment back, in whole or in part. The zero
// Dispute is not valid.
type Dispute struct {
	ID      string       // names the dispute, once in a ledger. Required
	Payment string       // the payment's id. Required
	Amount  refund.Money // what is claimed. Required, positive, not above the payment
	At      time.Time    // when. Required
}

// New opens the books of a subscription, for its id, price and currency; its Paid and
// Refunded are for the payments to say. The errors are those of [Ledger.Receive], and a
// [*refund.InvalidError] for a subscription without an id or a price.
func New(s refund.Subscription, payments ...Payment) (Ledger, error) {
	l, err := open(s.ID, s.Price)
	if err != nil {
		return Ledger{}, err
	}
	for _, p := range payments {
		if l, err = l.Receive(p); err != nil {
			return Ledger{}, err
		}
	}
	return l, nil
}

func open(subscription string, price refund.Money) (Ledger, error) {
	var faults []refund.Fault
	if subscription == "" {
		faults = append(faults, refund.Fault{Path: "subscription", Reason: "is required"})
	}
	switch {
	case !price.IsValid():
		faults = append(faults, refund.Fault{Path: "price", Reason: "is required"})
	case price.Sign() < 0:
		faults = append(faults, refund.Fault{Path: "price", Reason: price.String() + " is negative"})
	case tooLong(price):
		faults = append(faults, refund.Fault{Path: "price", Reason: tooManyDigits})
	}
	if faults != nil {
		return Ledger{}, &refund.InvalidError{Faults: faults}
	}
	return Ledger{newBooks(subscription, price)}, nil
}

// Restore returns the ledger that events come to: those of [Ledger.Events], as they were
// stored. Each goes through the same rules again. Books that break one are refused, not
// repaired: the [*refund.InvalidError] names the first event that does, by its place, such
// as "events[3]", and says how.
func Restore(subscription string, price refund.Money, events []Event) (Ledger, error) {
	l, err := open(subscription, price)
	if err != nil {
		return Ledger{}, err
	}
	for i := range events {
		e := events[i]
		e.Shares = slices.Clone(e.Shares)
		added, err := l.b.tell(e)
		if err == nil && !added {
			err = &conflict{"it adds nothing"}
		}
		if err != nil {
			return Ledger{}, broken("events["+strconv.Itoa(i)+"]", err)
		}
	}
	return l, nil
}

// broken returns the faults of an event that breaks a rule.
func broken(path string, err error) error {
	var of *refund.InvalidError
	if !errors.As(err, &of) {
		return invalid(path, strings.TrimPrefix(err.Error(), "ledger: "))
	}
	faults := slices.Clone(of.Faults)
	for i := range faults {
		faults[i].Path = path + "." + faults[i].Path
	}
	return &refund.InvalidError{Faults: faults}
}

// SubscriptionID returns the id of the subscription.
func (l Ledger) SubscriptionID() string {
	if l.b == nil {
		return ""
	}
	return l.b.subscription
}

// Price returns the amount subscribed.
func (l Ledger) Price() refund.Money {
	if l.b == nil {
		return refund.Money{}
	}
	return l.b.price
}

// Version returns how many events the ledger has. Every change raises it.
func (l Ledger) Version() int {
	if l.b == nil {
		return 0
	}
	return len(l.b.events)
}

// Events returns all that happened, for a database to store.
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

// Equal reports whether both have the same events for the same subscription.
func (l Ledger) Equal(m Ledger) bool {
	if l.b == nil || m.b == nil {
		return l.b == m.b
	}
	return l.b.subscription == m.b.subscription && l.b.price.Equal(m.b.price) &&
		slices.EqualFunc(l.b.events, m.b.events, Event.Equal)
}

// Subscription returns s with Paid and Refunded as the books have them, so that a case
// and the books cannot disagree. It returns a [*refund.InvalidError] for another
// subscription, or another price.
func (l Ledger) Subscription(s refund.Subscription) (refund.Subscription, error) {
	var faults []refund.Fault
	if l.b == nil || s.ID != l.b.subscription {
		faults = append(faults, refund.Fault{Path: "subscription.id", Reason: "is another subscription than the ledger's"})
	}
	if l.b == nil || !s.Price.Equal(l.b.price) {
		faults = append(faults, refund.Fault{Path: "subscription.price", Reason: s.Price.String() + " is not the ledger's " + l.Price().String()})
	}
	if faults != nil {
		return refund.Subscription{}, &refund.InvalidError{Faults: faults}
	}
	t := l.b.totals()
	s.Paid, s.Refunded = t.Paid, t.refunded()
	return s, nil
}

// with returns the ledger with one more event, or l if it is known.
func (l Ledger) with(e Event) (Ledger, error) {
	if l.b == nil {
		return Ledger{}, invalid("ledger", "is the zero one: New opens books")
	}
	b := l.b.clone()
	added, err := b.tell(e)
	switch {
	case err != nil:
		return Ledger{}, err
	case !added:
		return l, nil
	}
	return Ledger{b}, nil
}

// Receive enters a payment. It returns a [*refund.InvalidError] for one that is not
// valid, or an error matching [ErrConflict] for another one of the same id.
func (l Ledger) Receive(p Payment) (Ledger, error) {
	return l.with(Event{Kind: EventPaid, At: p.At, ID: p.ID, Amount: p.Amount, Method: p.Method})
}

// Submit enters that an instruction has gone to the gateway, by its key. Besides what
// the table in the package's doc says, it is refused with an error matching
// [ErrDisputed] if disputes, open or lost, claim by now what would go back, which would
// then go back twice: call it before the gateway.
func (l Ledger) Submit(key string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventSubmitted, At: at, ID: key})
}

// Settle enters that an instruction was carried out, by its key.
func (l Ledger) Settle(key string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventSettled, At: at, ID: key})
}

// Fail enters that an instruction was not carried out, or that its money came back, by
// its key, as the gateway has said: on a guess it could go back twice. What it took is
// free again. Once all instructions of a refund have failed, its
// decision may be planned again, under another key.
func (l Ledger) Fail(key string, at time.Time) (Ledger, error) {
	return l.with(Event{Kind: EventFailed, At: at, ID: key})
}

// Dispute enters a dispute. What it claims is held, as far as it is there, until it is
// decided.
func (l Ledger) Dispute(d Dispute) (Ledger, error) {
	return l.with(Event{Kind: EventDisputed, At: d.At, ID: d.ID, Payment: d.Payment, Amount: d.Amount})
}

// Resolve enters how a dispute was decided: what was held is free again if it was won,
// and given back if it was lost.
func (l Ledger) Resolve(id string, won bool, at time.Time) (Ledger, error) {
	kind := EventLost
	if won {
		kind = EventWon
	}
	return l.with(Event{Kind: kind, At: at, ID: id})
}
