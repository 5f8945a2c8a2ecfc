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
	// KindResolved is a change to a resolved status, or the creation in such a status.
	KindResolved
	// KindReopened is a change from a resolved status to another one.
	KindReopened
	// KindMerged is the merge of a ticket into another one, which closes it.
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
