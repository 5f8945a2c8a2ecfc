package ledger

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Alert is a condition of the books that a person has to check. The zero Alert is not
// valid.
type Alert struct {
	Code    AlertCode
	Amount  refund.Money // the amount at stake
	Payment string       // the payment's id, if the alert is about one
	ID      string       // the id of the outside refund or dispute, or the key of the instruction, if the alert is about one
}

// An AlertCode is a kind of alert. The zero AlertCode is unset.
type AlertCode uint8

const (
	// AlertBeyondCap: more was returned than the lesser of price and paid. Amount is the
	// difference.
	AlertBeyondCap AlertCode = iota + 1
	// AlertExcess: refunds, lost disputes and reversals are together more than the payment.
	// Amount is the difference. Payment is empty for outside refunds without a payment.
	AlertExcess
	// AlertOverpaymentReturned: the subscription is overpaid, and an outside refund or a
	// lost dispute may have returned the overpayment. If it did, record a [Reversal] that
	// names it; the refund or dispute then no longer counts against the policy's refund.
	// Amount is the part that may have been the overpayment.
	AlertOverpaymentReturned
	// AlertInstructionBlocked: an instruction has not been sent and cannot be, because
	// [Ledger.Submit] refuses it.
	AlertInstructionBlocked
	// AlertSettledAfterFailure: an instruction was reported as failed, and settled later.
	// Its decision may have been posted again.
	AlertSettledAfterFailure
	// AlertDisputeBeyondPayment: the claimed or lost amount of a dispute exceeds its payment.
	// Amount is the difference.
	AlertDisputeBeyondPayment
	// AlertReversalBeyondPayment: reversals exceed their payment. Amount is the difference.
	AlertReversalBeyondPayment
)

var alertCodes = enum.Of[AlertCode]("AlertCode", "beyond_cap", "excess", "overpayment_returned", "instruction_blocked",
	"settled_after_failure", "dispute_beyond_payment", "reversal_beyond_payment")

// String returns the code, such as "beyond_cap".
func (c AlertCode) String() string { return alertCodes.String(c) }

// MarshalText returns the code, empty for the zero value.
func (c AlertCode) MarshalText() ([]byte, error) {
	text, reason := alertCodes.Text(c)
	return text, invalid("code", reason)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (c *AlertCode) UnmarshalText(text []byte) error {
	return invalid("code", alertCodes.Parse(text, c))
}

// Alerts returns the alerts, ordered by code, and then as their causes were recorded. An
// alert lasts as long as its cause does.
func (l Ledger) Alerts() []Alert {
	if l.b == nil {
		return nil
	}
	b := l.b
	var list []Alert
	add := func(code AlertCode, amount refund.Money, payment, id string) {
		if amount.Sign() > 0 {
			list = append(list, Alert{code, amount, payment, id})
		}
	}
	t := b.totals()
	overpaid := exact.Sub(t.Paid, b.price)
	add(AlertBeyondCap, t.BeyondCap, "", "")
	placed := b.zero
	for i := range b.payments {
		p := &b.payments[i]
		s, id := p.standing(), b.paymentID(i)
		placed = exact.Add(placed, s.excess)
		add(AlertExcess, s.excess, id, "")
		add(AlertReversalBeyondPayment, exact.Sub(p.reversed, p.amount), id, "")
	}
	add(AlertExcess, exact.Sub(t.Excess, placed), "", "")
	for i := range b.outside {
		e := &b.events[b.outside[i].event]
		add(AlertOverpaymentReturned, exact.Min(overpaid, b.counted(i)), e.Payment, e.ID)
	}
	for i := range b.disputes {
		d := &b.disputes[i]
		e := &b.events[d.event]
		_, _, lost := b.claims(d)
		add(AlertOverpaymentReturned, exact.Min(overpaid, lost), e.Payment, e.ID)
		claimed := e.Amount
		if d.stands.state != 0 {
			claimed = lost
		}
		add(AlertDisputeBeyondPayment, exact.Sub(claimed, b.payments[b.paymentByID[e.Payment]].amount), e.Payment, e.ID)
	}
	for i := range b.refunds {
		r := &b.refunds[i]
		e := &b.events[r.event]
		for j, s := range e.Shares {
			p := &r.shares[j]
			if p.state == StatePending && b.blocked(s.Payment) != nil {
				add(AlertInstructionBlocked, s.Amount, s.Payment, b.instructionKey(e, s))
			}
			if p.failed && p.state == StateSettled {
				add(AlertSettledAfterFailure, s.Amount, s.Payment, b.instructionKey(e, s))
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Alert) int { return int(x.Code) - int(y.Code) })
	return list
}
