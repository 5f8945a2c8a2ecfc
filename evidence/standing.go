package evidence

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Standing describes how well the records show that an issue was resolved. The zero
// Standing is unset. From StandingDisputed on, a greater Standing is better. See [Review].
type Standing uint8

const (
	// StandingUnresolved: the issue is not resolved.
	StandingUnresolved Standing = iota + 1
	// StandingDisputed: a record contradicts the resolution.
	StandingDisputed
	// StandingUnsupported: no record supports the resolution.
	StandingUnsupported
	// StandingPlausible: a record of the account that names no issue was made in the time of
	// the resolution.
	StandingPlausible
	// StandingCorroborated: a record that names the issue was made in that time.
	StandingCorroborated
)

var standingCodes = enum.Of[Standing]("Standing", "unresolved", "disputed", "unsupported", "plausible", "corroborated")

// String returns the code, such as "corroborated".
func (s Standing) String() string { return standingCodes.String(s) }

// MarshalText returns the code, empty for the zero value.
func (s Standing) MarshalText() ([]byte, error) {
	text, reason := standingCodes.Text(s)
	return text, invalid("standing", reason)
}
