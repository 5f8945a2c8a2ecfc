package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Verdict is the rule that determined the entitlement. "No refund" is a verdict; a case
// that cannot be judged is an error instead. The zero Verdict is unset and grants no
// refund.
type Verdict uint8

const (
	// VerdictFull means that the request is in the window and no issue was resolved
	// ([ClauseCase1]).
	VerdictFull Verdict = iota + 1
	// VerdictDeducted means that the request is in the window and charges for resolved
	// issues are deducted ([ClauseCase2]).
	VerdictDeducted
	// VerdictConsumed is like VerdictDeducted, but the charges consume the whole amount.
	VerdictConsumed
	// VerdictOneTimeService means that the service is one-time support, which is not
	// refunded ([ClauseOneTime]).
	VerdictOneTimeService
	// VerdictWindowClosed means that the request came after the window had closed
	// ([ClauseGuarantee]).
	VerdictWindowClosed
)

var verdictCodes = enum.Of[Verdict]("Verdict", "full", "deducted", "consumed", "one_time_service", "window_closed")

// String returns the code, such as "deducted".
func (v Verdict) String() string { return verdictCodes.String(v) }

// Granted reports whether the guarantee applies: the verdict is full, deducted or
// consumed.
func (v Verdict) Granted() bool { return v >= VerdictFull && v <= VerdictConsumed }

// MarshalText returns the code, or an empty text for the zero value.
func (v Verdict) MarshalText() ([]byte, error) { return marshalCode("verdict", verdictCodes, v) }

// UnmarshalText reads a code. An empty text is the zero value.
func (v *Verdict) UnmarshalText(text []byte) error {
	return invalid("verdict", verdictCodes.Parse(text, v))
}
