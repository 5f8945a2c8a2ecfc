package evidence

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Standing is how well the records show that an issue was resolved. The zero Standing is
// unset. Of the four for a resolution, a greater one is better shown.
type Standing uint8

const (
	// StandingUnresolved: the issue is not resolved, and nothing has to be shown.
	StandingUnresolved Standing = iota + 1
	// StandingDisputed: a record speaks against it.
	StandingDisputed
	// StandingUnsupported: no record speaks for it.
	StandingUnsupported
	// StandingPlausible: the account was attended to in its time, about nothing named.
	StandingPlausible
	// StandingCorroborated: a record that names the issue was made in its time.
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
