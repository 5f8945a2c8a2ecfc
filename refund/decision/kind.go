package decision

import (
	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Kind is the kind of a decision. The zero Kind is unset.
type Kind uint8

const (
	// KindApproved is a refund under the guarantee.
	KindApproved Kind = iota + 1
	// KindGoodwill is a refund beyond the guarantee.
	KindGoodwill
	// KindDeclined is a decision not to refund.
	KindDeclined
)

var kindCodes = enum.Of[Kind]("Kind", "approved", "goodwill", "declined")

// String returns the code, such as "approved".
func (k Kind) String() string { return kindCodes.String(k) }

// MarshalText returns the code, or an empty text for the zero value.
func (k Kind) MarshalText() ([]byte, error) {
	text, reason := kindCodes.Text(k)
	return text, invalid("kind", reason)
}

// UnmarshalText reads a code. An empty text is the zero value.
func (k *Kind) UnmarshalText(text []byte) error { return invalid("kind", kindCodes.Parse(text, k)) }

// invalid returns an error with one fault, or nil for an empty reason.
func invalid(path, reason string) error {
	var f refund.Faults
	f.Add(path, reason)
	return f.Err()
}
