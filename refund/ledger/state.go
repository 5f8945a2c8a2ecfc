package ledger

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// State is the state of an instruction, a refund or a dispute. The zero State is unset.
type State uint8

const (
	// StatePending is an instruction that was posted, and not yet submitted.
	StatePending State = iota + 1
	// StateSubmitted is an instruction that was sent to the gateway.
	StateSubmitted
	// StateSettled is an instruction that was carried out.
	StateSettled
	// StateFailed is an instruction that was not carried out, or whose money came back. It
	// no longer counts.
	StateFailed
	// StateOpen is a dispute that is not decided.
	StateOpen
	// StateWon is a dispute that was decided for the company.
	StateWon
	// StateLost is a dispute that was decided for the customer.
	StateLost
)

var stateCodes = enum.Of[State]("State", "pending", "submitted", "settled", "failed", "open", "won", "lost")

// String returns the code, such as "settled".
func (s State) String() string { return stateCodes.String(s) }

// MarshalText returns the code, empty for the zero value.
func (s State) MarshalText() ([]byte, error) {
	text, reason := stateCodes.Text(s)
	return text, invalid("state", reason)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (s *State) UnmarshalText(text []byte) error { return invalid("state", stateCodes.Parse(text, s)) }
