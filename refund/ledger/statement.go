package ledger

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Statement is a payment provider's own list of the payments, refunds and disputes of
// one subscription, in any order. If several providers took the payments, join their
// lists. The zero Statement is a list without entries.
type Statement struct {
	// From and To bound the time for which the list is complete: from From on, and before
	// To. Entries of the books from other times are not expected in it. Refunds and
	// disputes before From that the books lack are not differences: they are part of an
	// opening position. Both are optional: the zero Time sets no bound.
	From, To time.Time

	Payments []ListedPayment // failed attempts to pay are not payments
	Refunds  []ListedRefund  // all refunds, failed ones included

	// State defaults to StateOpen. Lost of a lost dispute defaults to the disputed amount.
	// Without DecidedAt, the difference of a decided dispute has no event.
	Disputes []DisputeStatus
}

// A ListedPayment is a payment in a statement. Its Method is not compared.
type ListedPayment struct {
	Payment

	// Reversed is the total reversed amount of the payment, without listed refunds and
	// disputes. For a bounced debit it is the whole payment. Optional.
	Reversed refund.Money

	// ReversedAt is the instant of the latest reversal. Without it, the difference has no event.
	ReversedAt time.Time

	// ReversalID is the provider's id of the latest reversal. Defaults to the payment's id,
	// for providers that report a reversal as a state of the payment.
	ReversalID string
}

// A ListedRefund is a refund in a statement. Its Key may be that of an instruction in the
// books. Other keys are ignored.
type ListedRefund struct {
	OutsideRefund

	// State is StatePending or StateSubmitted while the refund is under way, StateSettled
	// or StateFailed. Defaults to StateSettled.
	State State

	// FailedAt is the instant at which a failed refund failed. Without it, the difference has no event.
	FailedAt time.Time
}

// state returns the state of the refund: submitted, settled or failed.
func (r *ListedRefund) state() State {
	switch r.State {
	case StatePending, StateSubmitted:
		return StateSubmitted
	case StateFailed:
		return StateFailed
	}
	return StateSettled
}

// verdict returns the decision on the dispute, or the zero verdict while it is open.
func (d *DisputeStatus) verdict() verdict {
	switch {
	case d.State == StateWon:
		return verdict{state: StateWon, at: d.DecidedAt}
	case d.State != StateLost:
		return verdict{}
	case d.Lost.IsZero():
		return verdict{StateLost, d.DecidedAt, d.Amount}
	}
	return verdict{StateLost, d.DecidedAt, d.Lost}
}
