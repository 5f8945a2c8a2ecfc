package provider

import (
	"cmp"
	"errors"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A Record is a payment, a refund or a dispute as the provider writes it: as it is, in a
// statement, or as an event left it, in a webhook.
type Record struct {
	Type         string    `json:"type"` // payment, refund or dispute
	ID           string    `json:"id"`
	Subscription string    `json:"subscription"`
	Payment      string    `json:"payment"` // of a refund or a dispute
	Key          string    `json:"key"`     // of a refund that was requested with one
	Units        int64     `json:"amount"`
	Currency     string    `json:"currency"`
	Method       string    `json:"method"`
	Reason       string    `json:"reason"`
	State        string    `json:"state"`    // pending, succeeded or failed; of a dispute: open, won or lost
	At           time.Time `json:"at"`       // when it was created or succeeded
	EndedAt      time.Time `json:"ended_at"` // when it failed or was decided
	Reversal     string    `json:"reversal"` // the id of the reversal of a failed payment
}

var states = map[string]ledger.State{
	"pending": StatePending, "succeeded": StateSucceeded, "failed": StateFailed,
	"open": ledger.StateOpen, "won": ledger.StateWon, "lost": ledger.StateLost,
}

var errRecord = errors.New("provider: a record lacks a field, or its type or state is unknown")

// Asked returns the part of a refund that its request determines.
func (r Record) Asked() Record {
	return Record{Type: "refund", Key: r.Key, Subscription: r.Subscription, Payment: r.Payment, Units: r.Units, Currency: r.Currency}
}

// check returns the amount, or an error for a record that the books could not use.
func (r Record) check() (refund.Money, error) {
	ended := r.State == "failed" || r.State == "won" || r.State == "lost"
	if r.ID == "" || r.Subscription == "" || r.At.IsZero() || ended && r.EndedAt.IsZero() ||
		states[r.State] == 0 || r.Type != "payment" && r.Payment == "" {
		return refund.Money{}, errRecord
	}
	return Amount(r.Units, r.Currency)
}

// result returns the state, and when the record entered it.
func (r Record) result() Result {
	if r.EndedAt.IsZero() {
		return Result{states[r.State], r.At}
	}
	return Result{states[r.State], r.EndedAt}
}

// fact returns the event for the books that brought the record into its state.
func (r Record) fact() (ledger.Event, error) {
	amount, err := r.check()
	e := ledger.Event{ID: r.ID, At: r.result().At}
	switch kind := r.Type + " " + r.State; {
	case r.Type == "refund" && r.Key != "" && states[r.State] <= StateFailed:
		return r.result().Fact(r.Key), err
	case kind == "payment succeeded":
		e.Kind, e.Amount, e.Method = ledger.EventPaid, amount, r.Method
	case kind == "payment failed":
		e.Kind, e.ID, e.Amount, e.Payment = ledger.EventReversed, cmp.Or(r.Reversal, r.ID), amount, r.ID
	case kind == "refund pending", kind == "refund succeeded":
		e.Kind, e.Amount, e.Payment, e.Reason = ledger.EventRefunded, amount, r.Payment, r.Reason
	case kind == "refund failed":
		e.Kind = ledger.EventRefundFailed
	case kind == "dispute open":
		e.Kind, e.Amount, e.Payment = ledger.EventDisputed, amount, r.Payment
	case kind == "dispute won":
		e.Kind = ledger.EventWon
	case kind == "dispute lost":
		e.Kind, e.Amount = ledger.EventLost, amount
	default:
		err = errRecord
	}
	return e, err
}

// list adds the record to a statement.
func (r Record) list(s *ledger.Statement) error {
	if _, err := r.fact(); err != nil {
		return err
	}
	amount, err := r.check()
	switch state := states[r.State]; r.Type {
	case "payment":
		p := ledger.ListedPayment{Payment: ledger.Payment{ID: r.ID, At: r.At, Amount: amount, Method: r.Method}}
		if state == StateFailed {
			p.Reversed, p.ReversedAt, p.ReversalID = amount, r.EndedAt, r.Reversal
		}
		s.Payments = append(s.Payments, p)
	case "refund":
		x := ledger.OutsideRefund{ID: r.ID, At: r.At, Amount: amount, Payment: r.Payment, Key: r.Key, Reason: r.Reason}
		s.Refunds = append(s.Refunds, ledger.ListedRefund{OutsideRefund: x, State: state, FailedAt: r.EndedAt})
	case "dispute":
		d := ledger.Dispute{ID: r.ID, Payment: r.Payment, Amount: amount, At: r.At}
		s.Disputes = append(s.Disputes, ledger.DisputeStatus{Dispute: d, State: state, DecidedAt: r.EndedAt})
	}
	return err
}
