package wire

import (
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// DecodeLedger reads the books of a subscription: its id, its price, and the events. It
// returns a [*refund.InvalidError] with every fault of the text, or, if it has none, with
// what the first event that breaks a rule breaks ([ledger.Restore]), and then the zero
// Ledger.
func DecodeLedger(data []byte) (ledger.Ledger, error) {
	r := reader{data: data}
	var subscription string
	var price refund.Money
	var events []ledger.Event
	r.whole(func() {
		if !r.open() {
			return
		}
		var o object
		for r.field(&o) {
			switch string(o.key) {
			case "subscription":
				r.textField(&o, 0, "subscription", &subscription)
			case "price":
				r.moneyField(&o, 1, "price", &price)
			case "events":
				if r.known(&o, 2, "events") {
					r.array(func() {
						if len(events) > ledger.MaxEvents { // too many already
							r.skip()
							return
						}
						events = append(events, ledger.Event{})
						r.event(&events[len(events)-1])
					})
					r.leave()
				}
			default:
				r.unknown(&o, unknownField)
			}
		}
		if r.broken == "" && o.seen&(1<<2) == 0 {
			r.faultBelow("events", "are required: an empty list states that nothing has happened")
		}
	})
	var books ledger.Ledger
	if r.broken == "" && r.faults == nil {
		var err error
		books, err = ledger.Restore(subscription, price, events)
		r.follow(err)
	}
	if err := r.err(); err != nil {
		return ledger.Ledger{}, err
	}
	return books, nil
}

func (r *reader) event(e *ledger.Event) {
	if !r.enterObject() {
		return
	}
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "kind":
			r.codeField(&o, 0, "kind", &e.Kind)
		case "at":
			r.instantField(&o, 1, "at", &e.At)
		case "id":
			r.textField(&o, 2, "id", &e.ID)
		case "amount":
			r.moneyField(&o, 3, "amount", &e.Amount)
		case "method":
			r.textField(&o, 4, "method", &e.Method)
		case "payment":
			r.textField(&o, 5, "payment", &e.Payment)
		case "decision":
			r.codeField(&o, 6, "decision", &e.Decision)
		case "shares":
			if r.known(&o, 7, "shares") {
				r.array(func() {
					e.Shares = append(e.Shares, ledger.Share{})
					r.share(&e.Shares[len(e.Shares)-1])
				})
				r.leave()
			}
		default:
			r.unknown(&o, unknownField)
		}
	}
}

func (r *reader) share(s *ledger.Share) {
	if !r.enterObject() {
		return
	}
	for o := (object{}); r.field(&o); {
		switch string(o.key) {
		case "payment":
			r.textField(&o, 0, "payment", &s.Payment)
		case "amount":
			r.moneyField(&o, 1, "amount", &s.Amount)
		default:
			r.unknown(&o, unknownField)
		}
	}
}

// AppendLedger appends the books of a subscription as JSON to b, such that
// [DecodeLedger] reads the same books back, their instants in UTC. It returns a
// [*refund.InvalidError], and b as it was, for the zero Ledger, for books with a string
// that is not valid UTF-8, and for those that take more than [MaxBytes].
func AppendLedger(b []byte, l ledger.Ledger) ([]byte, error) {
	if l.SubscriptionID() == "" {
		return b, invalid("ledger", "is the zero one")
	}
	w := writer{b: b}
	w.b = append(w.b, '{')
	w.text("subscription", l.SubscriptionID())
	w.money("price", l.Price())
	w.name("events")
	w.open('[')
	for i, e := range l.Events() {
		w.within("events", i+1)
		w.open('{')
		code(&w, "kind", e.Kind)
		w.instant("at", e.At)
		w.text("id", e.ID)
		w.money("amount", e.Amount)
		w.text("method", e.Method)
		w.text("payment", e.Payment)
		if !e.Decision.IsZero() {
			w.always("decision", e.Decision.String())
		}
		if len(e.Shares) > 0 {
			w.name("shares")
			w.open('[')
			for _, s := range e.Shares {
				w.open('{')
				w.text("payment", s.Payment)
				w.money("amount", s.Amount)
				w.close('}')
			}
			w.close(']')
		}
		w.close('}')
	}
	w.close(']')
	w.close('}')
	return w.result(len(b))
}

// Ledger is a [ledger.Ledger] that encoding/json reads and writes as this package does:
// for a field of a host's own struct.
type Ledger ledger.Ledger

// MarshalJSON returns what [AppendLedger] appends.
func (l Ledger) MarshalJSON() ([]byte, error) { return AppendLedger(nil, ledger.Ledger(l)) }

// UnmarshalJSON reads what [DecodeLedger] reads; null changes nothing.
func (l *Ledger) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	decoded, err := DecodeLedger(data)
	if err != nil {
		return err
	}
	*l = Ledger(decoded)
	return nil
}
