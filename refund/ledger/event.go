package ledger

import (
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Event is one thing that happened, as a ledger stores it. The zero Event is not
// valid.
type Event struct {
	// Kind says what happened. Required.
	Kind EventKind

	// At is when. Required. Events need not be in the order of their instants.
	At time.Time

	// ID is that of the payment, the key of the refund or of the instruction, or the id
	// of the dispute. Required.
	ID string

	// Amount is what was paid, is to be refunded, or is disputed; not given with other
	// kinds.
	Amount refund.Money

	// Method is how a payment was made, such as "visa 4242". Optional.
	Method string

	// Payment is the id of a disputed payment.
	Payment string

	// Decision is the digest of the decision that is refunded.
	Decision refund.Digest

	// Shares are the parts of a refund.
	Shares []Share
}

// A Share is the part of a refund that goes back on one payment. The zero Share is not
// valid.
type Share struct {
	Payment string
	Amount  refund.Money
}

// EventKind is a kind of event. The zero EventKind is unset.
type EventKind uint8

const (
	// EventPaid: a payment was received.
	EventPaid EventKind = iota + 1
	// EventPosted: a refund was posted, and counts.
	EventPosted
	// EventSubmitted: an instruction has gone to the gateway.
	EventSubmitted
	// EventSettled: an instruction was carried out.
	EventSettled
	// EventFailed: an instruction was not carried out, or came back.
	EventFailed
	// EventDisputed: a payment was disputed.
	EventDisputed
	// EventWon: a dispute was decided for the company.
	EventWon
	// EventLost: a dispute was decided for the customer.
	EventLost
)

var eventCodes = []string{"", "paid", "posted", "submitted", "settled", "failed", "disputed", "won", "lost"}

// String returns the code, such as "posted".
func (k EventKind) String() string { return codeOf("EventKind", eventCodes, k) }

// MarshalText returns the code, empty for the zero value.
func (k EventKind) MarshalText() ([]byte, error) { return marshalCode("kind", eventCodes, k) }

// UnmarshalText reads a code; an empty text is the zero value.
func (k *EventKind) UnmarshalText(text []byte) error {
	return unmarshalCode("kind", eventCodes, text, k)
}

// State is that of an instruction, a refund or a dispute. The zero State is unset.
type State uint8

const (
	// StatePending: posted, and not yet with the gateway.
	StatePending State = iota + 1
	// StateSubmitted: with the gateway.
	StateSubmitted
	// StateSettled: carried out.
	StateSettled
	// StateFailed: not carried out, or come back; it counts no more.
	StateFailed
	// StateOpen: a dispute is not decided.
	StateOpen
	// StateWon: a dispute was decided for the company.
	StateWon
	// StateLost: a dispute was decided for the customer.
	StateLost
)

var stateCodes = []string{"", "pending", "submitted", "settled", "failed", "open", "won", "lost"}

// String returns the code, such as "settled".
func (s State) String() string { return codeOf("State", stateCodes, s) }

// MarshalText returns the code, empty for the zero value.
func (s State) MarshalText() ([]byte, error) { return marshalCode("state", stateCodes, s) }

// UnmarshalText reads a code; an empty text is the zero value.
func (s *State) UnmarshalText(text []byte) error { return unmarshalCode("state", stateCodes, text, s) }

func codeOf[E ~uint8](kind string, codes []string, e E) string {
	switch {
	case e == 0:
		return "unset"
	case int(e) < len(codes):
		return codes[e]
	}
	return kind + "(" + strconv.Itoa(int(e)) + ")"
}

func marshalCode[E ~uint8](path string, codes []string, e E) ([]byte, error) {
	if int(e) >= len(codes) {
		return nil, invalid(path, strconv.Itoa(int(e))+" is no "+path)
	}
	return []byte(codes[e]), nil
}

func unmarshalCode[E ~uint8](path string, codes []string, text []byte, e *E) error {
	i := slices.Index(codes, string(text))
	if i < 0 {
		return invalid(path, "a text of "+strconv.Itoa(len(text))+" bytes is no "+path)
	}
	*e = E(i)
	return nil
}

// Equal reports whether both are the same event, at the same instant.
func (e Event) Equal(f Event) bool { return e.At.Equal(f.At) && e.same(&f) }

// same reports whether both tell the same, at whatever instants.
func (e *Event) same(f *Event) bool {
	return e.Kind == f.Kind &&
		e.ID == f.ID &&
		e.Amount.Equal(f.Amount) &&
		e.Method == f.Method &&
		e.Payment == f.Payment &&
		e.Decision == f.Decision &&
		slices.EqualFunc(e.Shares, f.Shares, Share.Equal)
}

// Equal reports whether both are the same share.
func (s Share) Equal(t Share) bool { return s.Payment == t.Payment && s.Amount.Equal(t.Amount) }
