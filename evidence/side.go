package evidence

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Side is a party of a conversation. The zero Side is unset.
type Side uint8

const (
	// SideCustomer is the customer, or somebody who asks for help for the customer.
	SideCustomer Side = iota + 1
	// SideAgent is the company, or an agent of it.
	SideAgent
	// SideSystem is software, such as a telephone menu.
	SideSystem
)

var sideCodes = enum.Of[Side]("Side", "customer", "agent", "system")

// String returns the code, such as "agent".
func (s Side) String() string { return sideCodes.String(s) }

// MarshalText returns the code, empty for the zero value.
func (s Side) MarshalText() ([]byte, error) {
	text, reason := sideCodes.Text(s)
	return text, invalid("side", reason)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (s *Side) UnmarshalText(text []byte) error { return invalid("side", sideCodes.Parse(text, s)) }
