package customer

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
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

var answerCodes = enum.Of[Answer]("Answer", "yes", "no")

// String returns the code: "yes" or "no".
func (a Answer) String() string { return answerCodes.String(a) }

// MarshalText returns the code, empty for the zero value.
func (a Answer) MarshalText() ([]byte, error) {
	text, reason := answerCodes.Text(a)
	return text, invalid(reason)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (a *Answer) UnmarshalText(text []byte) error { return invalid(answerCodes.Parse(text, a)) }

// invalid returns an error about an answer, or nil for an empty reason.
func invalid(reason string) error {
	var f refund.Faults
	f.Add("answer", reason)
	return f.Err()
}

// given returns the answer about a clause that had been given by an instant. One that
// was given later, or at no known instant, had not.
func (a Attestations) given(c refund.Clause, by time.Time) Answer {
	answer := a[c]
	if answer.At.IsZero() || answer.At.After(by) || !answerCodes.Valid(answer.Answer) {
		return 0
	}
	return answer.Answer
}
