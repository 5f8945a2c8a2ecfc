package ledger

import (
	"encoding"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// UnmarshalJSON reads the books of a subscription, as strictly as
// [refund.Case.UnmarshalJSON] reads a case: an object of "subscription" (its id),
// "price", and "events". The error is a [*refund.InvalidError] with every fault of the
// text or, if it has none, with the first event that breaks a rule ([Restore]); l is then
// left as it is.
func (l *Ledger) UnmarshalJSON(data []byte) error {
	var subscription string
	var price refund.Money
	var events []Event
	r := strict.NewReader(data)
	if r.Begin() {
		o := r.Object()
		for r.Field(&o) {
			switch string(o.Key()) {
			case "events":
				if r.Known(&o, 0, "events") {
					r.Array(func() {
						if len(events) > MaxEvents { // too many already
							r.Skip()
							return
						}
						events = append(events, readEvent(r))
					})
					r.Leave()
				}
			case "subscription":
				r.TextField(&o, 1, "subscription", &subscription)
			case "price":
				moneyField(r, &o, 2, "price", &price)
			default:
				r.Unknown(&o, strict.UnknownField)
			}
		}
		r.Required(&o, "events")
	}
	var faults refund.Faults
	if r.End() && r.Count() == 0 {
		books, err := Restore(subscription, price, events)
		if err == nil {
			*l = books
			return nil
		}
		faults.Merge(err)
	}
	for _, f := range r.Faults() {
		faults.Add(f.Path, f.Reason)
	}
	return faults.Err()
}

func readEvent(r *strict.Reader) (e Event) {
	for o := r.Object(); r.Field(&o); {
		switch string(o.Key()) {
		case "kind":
			codeField(r, &o, 0, "kind", &e.Kind)
		case "at":
			r.InstantField(&o, 1, "at", &e.At)
		case "id":
			r.TextField(&o, 2, "id", &e.ID)
		case "amount":
			moneyField(r, &o, 3, "amount", &e.Amount)
		case "method":
			r.TextField(&o, 4, "method", &e.Method)
		case "payment":
			r.TextField(&o, 5, "payment", &e.Payment)
		case "decision":
			codeField(r, &o, 6, "decision", &e.Decision)
		case "shares":
			if r.Known(&o, 7, "shares") {
				r.Array(func() { e.Shares = append(e.Shares, readShare(r)) })
				r.Leave()
			}
		default:
			r.Unknown(&o, strict.UnknownField)
		}
	}
	return e
}

func readShare(r *strict.Reader) (s Share) {
	for o := r.Object(); r.Field(&o); {
		switch string(o.Key()) {
		case "payment":
			r.TextField(&o, 0, "payment", &s.Payment)
		case "amount":
			moneyField(r, &o, 1, "amount", &s.Amount)
		default:
			r.Unknown(&o, strict.UnknownField)
		}
	}
	return s
}

// codeField reads a code or a digest. An empty one is as good as an absent field.
func codeField(r *strict.Reader, o *strict.Object, n int, name string, code encoding.TextUnmarshaler) {
	if !r.Known(o, n, name) {
		return
	}
	if text, _ := r.TextBytes(); len(text) > 0 {
		var faults refund.Faults
		faults.Merge(code.UnmarshalText(text))
		for _, f := range faults {
			r.Fault(f.Reason)
		}
	}
	r.Leave()
}

func moneyField(r *strict.Reader, o *strict.Object, n int, name string, m *refund.Money) {
	if !r.Known(o, n, name) {
		return
	}
	if r.Expect('{', "an object") {
		var faults refund.Faults
		faults.Merge(m.UnmarshalJSON(r.Skip()))
		for _, f := range faults {
			r.FaultBelow(f.Path, f.Reason)
		}
	}
	r.Leave()
}

// MarshalJSON returns the books, such that [Ledger.UnmarshalJSON] reads the same books,
// their instants in UTC. It returns a [*refund.InvalidError] for the zero Ledger, for
// books with a string that is not valid UTF-8, and for those that take more than 1 MiB.
func (l Ledger) MarshalJSON() ([]byte, error) {
	var faults refund.Faults
	if l.SubscriptionID() == "" {
		faults.Add("ledger", "is the zero Ledger")
		return nil, faults.Err()
	}
	w := strict.NewWriter(nil)
	w.Object("")
	w.Text("subscription", l.SubscriptionID())
	writeMoney(w, "price", l.Price())
	w.Array("events")
	for _, e := range l.Events() {
		w.Object("")
		e.write(w)
		w.End()
	}
	w.End()
	w.End()
	for _, f := range w.Faults() {
		faults.Add(f.Path, f.Reason)
	}
	if faults != nil {
		return nil, faults.Err()
	}
	return w.Buf, nil
}

func (e Event) write(w *strict.Writer) {
	w.Text("kind", e.Kind.String())
	w.Instant("at", e.At)
	w.Text("id", e.ID)
	writeMoney(w, "amount", e.Amount)
	w.Text("method", e.Method)
	w.Text("payment", e.Payment)
	if !e.Decision.IsZero() {
		w.Text("decision", e.Decision.String())
	}
	if len(e.Shares) > 0 {
		w.Array("shares")
		for _, s := range e.Shares {
			w.Object("")
			w.Text("payment", s.Payment)
			writeMoney(w, "amount", s.Amount)
			w.End()
		}
		w.End()
	}
}

// writeMoney writes an amount, unless it is the zero Money.
func writeMoney(w *strict.Writer, name string, m refund.Money) {
	if m.IsZero() {
		return
	}
	w.Object(name)
	w.Text("amount", m.Amount())
	w.Text("currency", m.Currency().Code())
	w.End()
}
