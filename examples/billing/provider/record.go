package provider

import (
	"cmp"
	"errors"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

var states = map[string]ledger.State{
	"pending": StatePending, "succeeded": StateSucceeded, "failed": StateFailed,
	"open": ledger.StateOpen, "won": ledger.StateWon, "lost": ledger.StateLost,
}

var errRecord = errors.New("provider: a record lacks a field, or its type or state is unknown")

// amountOf returns the amount of a record, or an error for a record that the books could not use.
func amountOf(r processor.Record) (refund.Money, error) {
	if !r.IsComplete() {
		return refund.Money{}, errRecord
	}
	return Amount(r.Units, r.Currency)
}

// result returns the state, and when the record entered it.
func result(r processor.Record) Result { return Result{states[r.State], r.ChangedAt()} }

// fact returns the event for the books that brought the record into its state.
func fact(r processor.Record) (ledger.Event, error) {
	amount, err := amountOf(r)
	e := ledger.Event{ID: r.ID, At: r.ChangedAt()}
	switch kind := r.Type + " " + r.State; {
	case r.Type == "refund" && r.Key != "":
		return result(r).Fact(r.Key), err
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
	}
	return e, err
}

// list adds a record to a statement.
func list(s *ledger.Statement, r processor.Record) error {
	amount, err := amountOf(r)
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
