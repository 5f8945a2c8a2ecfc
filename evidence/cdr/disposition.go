package cdr

import (
	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Disposition is the result of a call. The zero Disposition is unset: the file has no
// disposition in this row, or one that this package does not know.
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
	// DispositionCongestion: every line to the destination was in use.
	DispositionCongestion
	// DispositionUnknown: Asterisk did not know the result.
	DispositionUnknown
	// DispositionCancel: the caller hung up before anybody answered. Asterisk 20.16, 21.11
	// and 22.6 can write it; see canceldispositionenabled in cdr.conf.
	DispositionCancel
)

var dispositionCodes = enum.Of[Disposition]("Disposition", "NO ANSWER", "FAILED", "BUSY", "ANSWERED", "CONGESTION", "UNKNOWN", "CANCEL")

// String returns the text that Asterisk writes, such as "NO ANSWER".
func (d Disposition) String() string { return dispositionCodes.String(d) }

// MarshalText returns the text that Asterisk writes, empty for the zero value.
func (d Disposition) MarshalText() ([]byte, error) {
	text, reason := dispositionCodes.Text(d)
	return text, invalid("disposition", reason)
}

// UnmarshalText reads a text as Asterisk writes it, byte for byte. An empty text is the
// zero value. Any other text is an error.
func (d *Disposition) UnmarshalText(text []byte) error {
	return invalid("disposition", dispositionCodes.Parse(text, d))
}

// invalid returns an error with one fault, or nil for an empty reason.
func invalid(path, reason string) error {
	var f refund.Faults
	f.Add(path, reason)
	return f.Err()
}
