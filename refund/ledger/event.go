package ledger

import (
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Event is an entry of a ledger: a fact, or an accepted request. The zero Event is not
// valid.
type Event struct {
	// Kind is the kind of event. Required.
	Kind EventKind

	// At is the instant of the event. Required. Events need not be in the order of their instants.
	At time.Time

	// ID is the id of the payment, the reversal, the outside refund or the dispute, or the
	// key of the posted refund or the instruction. Required.
	ID string

	// Amount is the amount of the payment, the reversal, the refund or the dispute, or the
	// amount lost in a dispute. Required for these, refused for other kinds.
	Amount refund.Money

	// Method is the means of payment, such as "visa 4242". Optional.
	Method string

	// Payment is the id of a payment. Required for a reversal and a dispute, optional for
	// an outside refund.
	Payment string

	// Key is the key of the instruction that an outside refund carried out. Optional.
	Key string

	// Reason is the reason for an outside refund. Optional.
	Reason string

	// Refund and Dispute are the ids of the outside refund and the lost dispute that are the
	// same money as a reversal. Optional, at most one of them.
	Refund, Dispute string

	// Decision is the digest of the decision that was posted. Required for a posted refund.
	Decision refund.Digest

	// Shares are the parts of a posted refund, which add up to Amount. Required for it.
	Shares []Share
}

// A Share is the part of a refund on one payment. The zero Share is not valid.
type Share struct {
	Payment string       // the payment's id
	Amount  refund.Money // the amount to refund on it
}

// EventKind is a kind of event. The zero EventKind is unset.
type EventKind uint8

const (
	// EventPaid is a payment received.
	EventPaid EventKind = iota + 1
	// EventReversed is the reversal of a payment or of a part of it, which then counts as never paid.
	EventReversed
	// EventRefunded is a refund in the provider's list.
	EventRefunded
	// EventRefundFailed is the failure of such a refund.
	EventRefundFailed
	// EventPosted is a refund posted. It counts from this event on.
	EventPosted
	// EventSubmitted is an instruction sent to the gateway.
	EventSubmitted
	// EventSettled is an instruction carried out.
	EventSettled
	// EventFailed is an instruction that was not carried out, or whose money came back.
	EventFailed
	// EventDisputed is a payment disputed.
	EventDisputed
	// EventWon is a dispute decided for the company.
	EventWon
	// EventLost is a dispute decided for the customer.
	EventLost
)

var eventCodes = enum.Of[EventKind]("EventKind", "paid", "reversed", "refunded", "refund_failed", "posted", "submitted", "settled", "failed", "disputed", "won", "lost")

// String returns the code, such as "posted".
func (k EventKind) String() string { return eventCodes.String(k) }

// MarshalText returns the code, empty for the zero value.
func (k EventKind) MarshalText() ([]byte, error) {
	text, reason := eventCodes.Text(k)
	return text, invalid("kind", reason)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (k *EventKind) UnmarshalText(text []byte) error {
	return invalid("kind", eventCodes.Parse(text, k))
}

// Equal reports whether both are the same event, at the same instant.
func (e Event) Equal(f Event) bool { return e.At.Equal(f.At) && e.same(&f) }

// same reports whether both are equal except for their instants.
func (e *Event) same(f *Event) bool {
	return e.Kind == f.Kind &&
		e.ID == f.ID &&
		e.Amount.Equal(f.Amount) &&
		e.Method == f.Method &&
		e.Payment == f.Payment &&
		e.Key == f.Key &&
		e.Reason == f.Reason &&
		e.Refund == f.Refund &&
		e.Dispute == f.Dispute &&
		e.Decision == f.Decision &&
		slices.EqualFunc(e.Shares, f.Shares, Share.Equal)
}

// Equal reports whether both are the same share.
func (s Share) Equal(t Share) bool { return s.Payment == t.Payment && s.Amount.Equal(t.Amount) }

// validate returns an error for an event that lacks a required field of its kind, or has a
// field of another kind.
func (e *Event) validate(currency refund.Currency) error {
	var faults refund.Faults
	faults.Add("kind", eventCodes.Fault(e.Kind))
	if e.ID == "" {
		faults.Add("id", "is required")
	}
	faults.Add("at", atFault(e.At, "event"))
	switch e.Kind {
	case EventPaid, EventReversed, EventRefunded, EventPosted, EventDisputed, EventLost:
		faults.Add("amount", amountFault(e.Amount, currency))
	default:
		faults.Add("amount", needless(!e.Amount.IsZero()))
	}
	if e.Kind != EventPaid {
		faults.Add("method", needless(e.Method != ""))
	}
	switch e.Kind {
	case EventReversed, EventDisputed:
		if e.Payment == "" {
			faults.Add("payment", "is required")
		}
	case EventRefunded:
	default:
		faults.Add("payment", needless(e.Payment != ""))
	}
	if e.Kind != EventRefunded {
		faults.Add("key", needless(e.Key != ""))
		faults.Add("reason", needless(e.Reason != ""))
	}
	if e.Kind != EventReversed {
		faults.Add("refund", needless(e.Refund != ""))
		faults.Add("dispute", needless(e.Dispute != ""))
	} else if e.Refund != "" && e.Dispute != "" { // its amount would be subtracted from both
		faults.Add("dispute", "is refused beside refund: a reversal is one of them")
	}
	switch {
	case e.Kind != EventPosted:
		faults.Add("decision", needless(!e.Decision.IsZero()))
		faults.Add("shares", needless(len(e.Shares) > 0))
	case e.Decision.IsZero():
		faults.Add("decision", "is required")
	case len(faults) == 0:
		e.validateShares(&faults, currency)
	}
	return faults.Err()
}

// needless returns the reason for refusing a field that belongs to another kind of event.
func needless(given bool) string {
	if given {
		return "does not belong to this kind of event"
	}
	return ""
}

// amountFault returns the reason for refusing the amount of an event or a share, or "".
func amountFault(m refund.Money, currency refund.Currency) string {
	if reason := exact.Fault(m, currency); reason != "" {
		return reason
	}
	if m.Sign() == 0 {
		return m.String() + " is not positive"
	}
	return ""
}

// validateShares adds the faults of the shares of a refund whose amount is valid.
func (e *Event) validateShares(faults *refund.Faults, currency refund.Currency) {
	sum, valid := e.Amount.Times(0), true
	seen := make(map[string]bool, len(e.Shares))
	for i, s := range e.Shares {
		path := "shares[" + strconv.Itoa(i) + "]."
		if reason := amountFault(s.Amount, currency); reason != "" {
			faults.Add(path+"amount", reason)
			valid = false
			continue
		}
		if seen[s.Payment] {
			faults.Add(path+"payment", "has another share already")
		}
		seen[s.Payment] = true
		sum = exact.Add(sum, s.Amount)
	}
	if valid && !sum.Equal(e.Amount) {
		faults.Add("shares", "add up to "+sum.String()+", not to "+e.Amount.String())
	}
}
