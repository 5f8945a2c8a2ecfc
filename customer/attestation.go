package customer

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Attestations are a customer's answers, by the clause that they are about: whether
// the customer does what it says. The clauses are the nine from
// [refund.ClauseCooperation] to [refund.ClauseAccountAccess], of which the last is not
// for the customer to attest; answers about any other count for nothing. A nil map has
// no answers.
type Attestations map[refund.Clause]Attestation

// An Attestation is one answer, with its instant. The zero Attestation is unanswered.
type Attestation struct {
	Answer Answer
	At     time.Time
}

// Answer is what a customer answers. The zero Answer is that the question was not
// answered, which is neither a yes nor a no.
type Answer uint8

const (
	// AnswerYes: the customer does.
	AnswerYes Answer = iota + 1
	// AnswerNo: the customer does not.
	AnswerNo
)

// String returns "yes", "no" or "unanswered".
func (a Answer) String() string {
	switch a {
	case AnswerYes:
		return "yes"
	case AnswerNo:
		return "no"
	}
	return "unanswered"
}

// given returns the answer about a clause that had been given by an instant. One that
// was given later, or at no known instant, had not.
func (a Attestations) given(c refund.Clause, by time.Time) Answer {
	answer := a[c]
	if answer.At.IsZero() || answer.At.After(by) || answer.Answer > AnswerNo {
		return 0
	}
	return answer.Answer
}
