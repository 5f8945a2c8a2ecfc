package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Status says what came of one clause in an outcome. The zero Status is unset; it
// is in no outcome that [Policy.Evaluate] made.
type Status uint8

const (
	// StatusApplied: its rule shaped the result.
	StatusApplied Status = iota + 1
	// StatusSatisfied: looked at, nothing to object.
	StatusSatisfied
	// StatusObjected: an advisory finding stands; the amount is not changed by it.
	StatusObjected
	// StatusBlocking: the outcome is held.
	StatusBlocking
	// StatusNotApplicable: its condition is not met.
	StatusNotApplicable
	// StatusNotEvaluated: a fact is missing. It is never a silent yes.
	StatusNotEvaluated
)

var statusCodes = enum.Of[Status]("Status", "applied", "satisfied", "objected", "blocking", "not_applicable", "not_evaluated")

// String returns the code, such as "not_evaluated".
func (s Status) String() string { return statusCodes.String(s) }

// MarshalText returns the code, empty for the zero value.
func (s Status) MarshalText() ([]byte, error) { return marshalCode("status", statusCodes, s) }

// UnmarshalText reads a code; an empty text is the zero value.
func (s *Status) UnmarshalText(text []byte) error {
	return invalid("status", statusCodes.Parse(text, s))
}

// Statuses holds the status of every clause, indexed by [Clause]; element 0 belongs
// to no clause and stays unset.
//
//	outcome.Statuses[refund.ClauseTicket] == refund.StatusObjected
//	refund.Statuses{refund.ClauseTicket: refund.StatusObjected}
type Statuses [clauseCount + 1]Status

// statusIf returns yes or no.
func statusIf(condition bool, yes, no Status) Status {
	if condition {
		return yes
	}
	return no
}
