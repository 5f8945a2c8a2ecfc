package cdr

import (
	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Disposition is what became of a call. The zero Disposition is unset, and in no row
// that was read.
type Disposition uint8

const (
	// DispositionNoAnswer: nobody answered.
	DispositionNoAnswer Disposition = iota + 1
	// DispositionFailed: the call could not be made.
	DispositionFailed
	// DispositionBusy: the line was busy.
	DispositionBusy
	// DispositionAnswered: a person or a machine answered.
	DispositionAnswered
	// DispositionCongestion: there was no way through.
	DispositionCongestion
	// DispositionUnknown: Asterisk did not know.
	DispositionUnknown
)

var dispositionCodes = enum.Of[Disposition]("Disposition", "NO ANSWER", "FAILED", "BUSY", "ANSWERED", "CONGESTION", "UNKNOWN")

// String returns the text that Asterisk writes, such as "NO ANSWER".
func (d Disposition) String() string { return dispositionCodes.String(d) }

// MarshalText returns the text that Asterisk writes, empty for the zero value.
func (d Disposition) MarshalText() ([]byte, error) {
	text, reason := dispositionCodes.Text(d)
	return text, invalid("disposition", reason)
}

// UnmarshalText reads a text as Asterisk writes it, byte for byte; an empty text is the
// zero value.
func (d *Disposition) UnmarshalText(text []byte) error {
	return invalid("disposition", dispositionCodes.Parse(text, d))
}

// invalid returns an error with one fault, or nil for an empty reason.
func invalid(path, reason string) error {
	var f refund.Faults
	f.Add(path, reason)
	return f.Err()
}
