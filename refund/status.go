package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Status is the result of one clause in an outcome. The zero Status is unset;
// [Policy.Evaluate] never returns it.
type Status uint8

const (
	// StatusApplied means that the clause determined the entitlement.
	StatusApplied Status = iota + 1
	// StatusSatisfied means that the clause was checked, without objection.
	StatusSatisfied
	// StatusObjected means that there is an objection. It does not change the amount.
	StatusObjected
	// StatusBlocking means that the clause holds the refund.
	StatusBlocking
	// StatusNotApplicable means that the condition of the clause is not met.
	StatusNotApplicable
	// StatusNotEvaluated means that a fact is missing. Never treat it as a yes.
	StatusNotEvaluated
)

var statusCodes = enum.Of[Status]("Status", "applied", "satisfied", "objected", "blocking", "not_applicable", "not_evaluated")

// String returns the code, such as "not_evaluated".
func (s Status) String() string { return statusCodes.String(s) }

// MarshalText returns the code, or an empty text for the zero value.
func (s Status) MarshalText() ([]byte, error) { return marshalCode("status", statusCodes, s) }

// UnmarshalText reads a code. An empty text is the zero value.
func (s *Status) UnmarshalText(text []byte) error {
	return invalid("status", statusCodes.Parse(text, s))
}

// Statuses holds the status of every clause, indexed by [Clause]. Element 0 is unused and
// stays unset.
//
//	outcome.Statuses[refund.ClauseTicket] == refund.StatusObjected
//	refund.Statuses{refund.ClauseTicket: refund.StatusObjected}
type Statuses [clauseCount + 1]Status

func statusIf(condition bool, yes, no Status) Status {
	if condition {
		return yes
	}
	return no
}
