package evidence

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Kind is a kind of record. The zero Kind is unset.
type Kind uint8

const (
	// KindCall is a [Call].
	KindCall Kind = iota + 1
	// KindRecording is a [Recording].
	KindRecording
	// KindChat is a [Chat].
	KindChat
)

var kindCodes = enum.Of[Kind]("Kind", "call", "recording", "chat")

// String returns the code, such as "call".
func (k Kind) String() string { return kindCodes.String(k) }

// MarshalText returns the code, empty for the zero value.
func (k Kind) MarshalText() ([]byte, error) {
	text, reason := kindCodes.Text(k)
	return text, invalid("kind", reason)
}
