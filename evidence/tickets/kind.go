package tickets

import (
	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Kind is a kind of event. The zero Kind is unset.
type Kind uint8

const (
	// KindOpened is the creation of a ticket.
	KindOpened Kind = iota + 1
	// KindResolved is a change into a status that means resolved, or the creation in one.
	KindResolved
	// KindReopened is a change out of such a status.
	KindReopened
	// KindMerged is the closing of a ticket that is merged into another one.
	KindMerged
)

var kindCodes = enum.Of[Kind]("Kind", "opened", "resolved", "reopened", "merged")

// String returns the code, such as "reopened".
func (k Kind) String() string { return kindCodes.String(k) }

// MarshalText returns the code, empty for the zero value.
func (k Kind) MarshalText() ([]byte, error) {
	text, reason := kindCodes.Text(k)
	return text, invalid("kind", reason)
}

func invalid(path, reason string) error {
	var f refund.Faults
	f.Add(path, reason)
	return f.Err()
}
