package ledger

import (
	"math"

	"github.com/kasperinfotech/refundpolicy/internal/amount"
	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// UnmarshalJSON reads the books of a subscription, as strictly as
// [refund.Case.UnmarshalJSON] reads a case: an object of "subscription" (its id), "price",
// and "events". The error is a [*refund.InvalidError] with every fault of the text. If the
// text has no fault, it has those of the first event that breaks a rule ([Restore]). After
// an error, l is unchanged.
func (l *Ledger) UnmarshalJSON(data []byte) error {
	var subscription string
	var price refund.Money
	var events []Event
	var books Ledger
	r := strict.NewReader(data)
	r.Unlimited = true // no limit: facts are never refused because of their number
	faults := strict.Read(r, func(r *strict.Reader) {
		r.Object(
			strict.ListField("events", &events, math.MaxInt, (*Event).read).Required(),
			strict.TextField("subscription", &subscription),
			amount.Field("price", &price),
		)
	}, func() (faults refund.Faults) {
		if r.Count() == 0 {
			var err error
			books, err = Restore(subscription, price, events)
			faults.Merge(err)
		}
		return faults
	})
	if faults != nil {
		return faults.Err()
	}
	*l = books
	return nil
}

func (e *Event) read(r *strict.Reader) {
	r.Object(
		strict.CodeField[refund.Fault]("kind", &e.Kind).Required(),
		strict.InstantField("at", &e.At).Required(),
		strict.TextField("id", &e.ID).Required(),
		amount.Field("amount", &e.Amount),
		strict.TextField("method", &e.Method),
		strict.TextField("payment", &e.Payment),
		strict.TextField("key", &e.Key),
		strict.TextField("reason", &e.Reason),
		strict.TextField("refund", &e.Refund),
		strict.TextField("dispute", &e.Dispute),
		strict.CodeField[refund.Fault]("decision", &e.Decision),
		strict.ListField("shares", &e.Shares, strict.MaxBytes, (*Share).read),
	)
}

func (s *Share) read(r *strict.Reader) {
	r.Object(
		strict.TextField("payment", &s.Payment).Required(),
		amount.Field("amount", &s.Amount).Required(),
	)
}

// MarshalJSON returns the books as JSON, with instants in UTC. [Ledger.UnmarshalJSON] reads
// the same books. It returns a [*refund.InvalidError] for the zero Ledger, and for books
// with a string that is not valid UTF-8.
func (l Ledger) MarshalJSON() ([]byte, error) {
	var faults refund.Faults
	if l.SubscriptionID() == "" {
		faults.Add("ledger", "is the zero Ledger")
		return nil, faults.Err()
	}
	w := strict.NewWriter(nil)
	w.Unlimited = true
	w.Object(func(w *strict.Writer) {
		w.Text("subscription", l.SubscriptionID())
		amount.Write(w, "price", l.Price())
		strict.Objects(w, "events", l.Events(), (*Event).write)
	})
	if faults := w.Faults(); faults != nil {
		return nil, refund.Faults(strict.Convert[refund.Fault](faults)).Err()
	}
	return w.Buf, nil
}

func (e *Event) write(w *strict.Writer) {
	w.Text("kind", e.Kind.String())
	w.Instant("at", e.At)
	w.Text("id", e.ID)
	amount.Write(w, "amount", e.Amount)
	w.Text("method", e.Method)
	w.Text("payment", e.Payment)
	w.Text("key", e.Key)
	w.Text("reason", e.Reason)
	w.Text("refund", e.Refund)
	w.Text("dispute", e.Dispute)
	if !e.Decision.IsZero() {
		w.Text("decision", e.Decision.String())
	}
	if len(e.Shares) > 0 {
		strict.Objects(w, "shares", e.Shares, (*Share).write)
	}
}

func (s *Share) write(w *strict.Writer) {
	w.Text("payment", s.Payment)
	amount.Write(w, "amount", s.Amount)
}
