package main

import (
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

// A question is a vector as a line of input, with the check of the line that answers it.
type question struct {
	name, clause, reason string
	line                 []byte
	answer               string // the expected kind of answer, such as "an outcome"
	check                func(number int, line []byte) []conformance.Difference
}

// outcomeQuestions returns the vectors of outcomes and refusals.
func outcomeQuestions() (list []question, err error) {
	vectors, err := conformance.Vectors()
	for _, v := range vectors {
		answer := "an outcome"
		if v.Want == nil {
			answer = "a refusal"
		}
		list = append(list, question{v.Name, v.Clause, v.Reason, v.Document, answer, v.CheckLine})
	}
	return list, err
}

// decisionQuestions returns the vectors of decisions, by clause in the policy's order.
func decisionQuestions() (list []question, err error) {
	vectors, err := conformance.Decisions()
	for _, clause := range refund.Clauses() {
		for _, v := range vectors {
			if v.Clause != clause.String() {
				continue
			}
			check := func(_ int, line []byte) []conformance.Difference { return v.CheckLine(line) }
			list = append(list, question{v.Name, v.Clause, v.Reason, v.Line, "a decision, gates or fields", check})
		}
	}
	return list, err
}
