package cdr

import (
	"strconv"
	"strings"

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

var dispositions = [...]string{"unset", "NO ANSWER", "FAILED", "BUSY", "ANSWERED", "CONGESTION", "UNKNOWN"}

// String returns the text that Asterisk writes, such as "NO ANSWER".
func (d Disposition) String() string {
	if int(d) >= len(dispositions) {
		return "Disposition(" + strconv.Itoa(int(d)) + ")"
	}
	return dispositions[d]
}

// ParseDisposition reads a text as Asterisk writes it, byte for byte. Any other is
// refused with a [*refund.InvalidError].
func ParseDisposition(s string) (Disposition, error) {
	for i, text := range dispositions {
		if i > 0 && text == s {
			return Disposition(i), nil
		}
	}
	return 0, invalid("disposition", lengthOf(s)+" is none of "+strings.Join(dispositions[1:], ", "))
}

func invalid(path, reason string) *refund.InvalidError {
	return &refund.InvalidError{Faults: []refund.Fault{{Path: path, Reason: reason}}}
}

// lengthOf is how an error speaks of a text of the file, which it must not quote.
func lengthOf(s string) string { return "a text of " + strconv.Itoa(len(s)) + " bytes" }
