package customer

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Attestations map a clause to the customer's answer whether they meet it. A customer can
// answer for the clauses from [refund.ClauseCooperation] to [refund.ClauseCredentials]; an
// answer about any other clause is ignored. Nil means no answers.
type Attestations map[refund.Clause]Attestation

// An Attestation is one answer and the instant at which the customer gave it: at the
// request, or later, such as on the call back. The zero Attestation is unanswered.
type Attestation struct {
	Answer Answer
	At     time.Time // required: an answer without an instant is ignored
}

// Answer is a customer's answer to a question. The zero Answer means that the question was
// not answered, which is neither a yes nor a no.
type Answer uint8

const (
	// AnswerYes means that the customer meets the clause.
	AnswerYes Answer = iota + 1
	// AnswerNo means that the customer does not meet the clause.
	AnswerNo
)

var answerCodes = enum.Of[Answer]("Answer", "yes", "no")

// String returns the code: "yes" or "no".
func (a Answer) String() string { return answerCodes.String(a) }

// MarshalText returns the code, or an empty text for the zero value.
func (a Answer) MarshalText() ([]byte, error) {
	text, reason := answerCodes.Text(a)
	return text, invalid(reason)
}

// UnmarshalText reads a code. An empty text is the zero value.
func (a *Answer) UnmarshalText(text []byte) error { return invalid(answerCodes.Parse(text, a)) }

// invalid returns an error about an answer, or nil for an empty reason.
func invalid(reason string) error {
	var f refund.Faults
	f.Add("answer", reason)
	return f.Err()
}

// given returns the answer about a clause that was given at or before an instant, or 0.
func (a Attestations) given(c refund.Clause, by time.Time) Answer {
	answer := a[c]
	if answer.At.IsZero() || answer.At.After(by) || !answerCodes.Valid(answer.Answer) {
		return 0
	}
	return answer.Answer
}
