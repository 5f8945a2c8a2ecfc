package provider

import (
	"cmp"
	"errors"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

var errRecord = errors.New("provider: a record lacks a field, or its type or state is unknown")

// amountOf returns the amount of a record, or an error for a record that the books could not use.
func amountOf(r processor.Record) (refund.Money, error) {
	if !r.IsComplete() {
		return refund.Money{}, errRecord
	}
	return Amount(r.Units, r.Currency)
}

// fact returns the event for the books that brought a record into its state. It is zero for a
// pending refund with a key.
func fact(r processor.Record) (ledger.Event, error) {
	amount, err := amountOf(r)
	if err != nil {
		return ledger.Event{}, err
	}
	e := ledger.Event{ID: r.ID, At: r.ChangedAt()}
	kind := r.Type + " " + r.State
	if r.Type == "refund" && r.Key != "" {
		kind, e.ID = "our "+kind, r.Key
	}
	switch kind {
	case "our refund pending":
		return ledger.Event{}, nil
	case "our refund succeeded":
		e.Kind = ledger.EventSettled
	case "our refund failed":
		e.Kind = ledger.EventFailed
	case "refund pending", "refund succeeded":
		e.Kind, e.Amount, e.Payment, e.Reason = ledger.EventRefunded, amount, r.Payment, r.Reason
	case "refund failed":
		e.Kind = ledger.EventRefundFailed
	case "payment succeeded":
		e.Kind, e.Amount, e.Method = ledger.EventPaid, amount, r.Method
	case "payment failed":
		e.Kind, e.ID, e.Amount, e.Payment = ledger.EventReversed, cmp.Or(r.Reversal, r.ID), amount, r.ID
	case "dispute open":
		e.Kind, e.Amount, e.Payment = ledger.EventDisputed, amount, r.Payment
	case "dispute won":
		e.Kind = ledger.EventWon
	case "dispute lost":
		e.Kind, e.Amount = ledger.EventLost, amount
	default:
		return ledger.Event{}, errRecord
	}
	return e, nil
}

var states = map[string]ledger.State{
	"pending": ledger.StatePending, "succeeded": ledger.StateSettled, "failed": ledger.StateFailed,
	"open": ledger.StateOpen, "won": ledger.StateWon, "lost": ledger.StateLost,
}

// list adds a record to a statement.
func list(s *ledger.Statement, r processor.Record) error {
	amount, err := amountOf(r)
	if err != nil {
		return err
	}
	switch state := states[r.State]; r.Type {
	case "payment":
		p := ledger.ListedPayment{Payment: ledger.Payment{ID: r.ID, At: r.At, Amount: amount, Method: r.Method}}
		if state == ledger.StateFailed {
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
	return nil
}
