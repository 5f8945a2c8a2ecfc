package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Verdict says which rule of the policy decided. "No refund" is a verdict; what
// cannot be judged is an error instead. The zero Verdict is unset, and grants
// nothing.
type Verdict uint8

const (
	// VerdictFull: in the window, no issue resolved ([ClauseCase1]).
	VerdictFull Verdict = iota + 1
	// VerdictDeducted: in the window, charges deducted for resolved issues
	// ([ClauseCase2]).
	VerdictDeducted
	// VerdictConsumed: as VerdictDeducted, and the charges use the amount up.
	VerdictConsumed
	// VerdictOneTimeService: one-time support, which is not refunded ([ClauseOneTime]).
	VerdictOneTimeService
	// VerdictWindowClosed: asked after the window had closed ([ClauseGuarantee]).
	VerdictWindowClosed
)

var verdictCodes = enum.Of[Verdict]("Verdict", "full", "deducted", "consumed", "one_time_service", "window_closed")

// String returns the code, such as "deducted".
func (v Verdict) String() string { return verdictCodes.String(v) }

// Granted reports whether the guarantee applies: the verdict is full, deducted or
// consumed.
func (v Verdict) Granted() bool { return v >= VerdictFull && v <= VerdictConsumed }

// MarshalText returns the code, empty for the zero value.
func (v Verdict) MarshalText() ([]byte, error) { return marshalCode("verdict", verdictCodes, v) }

// UnmarshalText reads a code; an empty text is the zero value.
func (v *Verdict) UnmarshalText(text []byte) error {
	return invalid("verdict", verdictCodes.Parse(text, v))
}
