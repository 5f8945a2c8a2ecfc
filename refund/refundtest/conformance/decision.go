package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// decisionFile is the file of the decision vectors in [FS].
const decisionFile = "decision.json"

// A DecisionVector is an officer's decision on a case with the expected result.
// The zero DecisionVector is not valid.
type DecisionVector struct {
	// Name is permanent and unique, such as "decision/approve-the-whole".
	Name string

	// Clause is the code of the clause that the vector is about.
	Clause string

	// Reason states the rule in words.
	Reason string

	// Document is a case with its policy, in one line.
	Document []byte

	// Line is the input of a program: the case, the outcome that the officer saw, and the
	// officer's decision, as README.md describes, as one line without its line feed.
	Line []byte

	// Current is true if the officer saw the outcome of Document, and false for another
	// outcome.
	Current bool

	By decision.Officer // the officer who decides
	At time.Time        // the instant of the decision

	// Proposal is the officer's decision. Its Outcome is zero: set it to the digest of the
	// outcome of Document if Current is true, and to another digest if not.
	Proposal decision.Proposal

	// Want is the expected result.
	Want WantDecision
}

// WantDecision is the result of a decision vector: a decision of a Kind, or the closed
// gates, or the fields of an input error. The zero WantDecision is not valid.
type WantDecision struct {
	// Kind and Amount are those of the decision; the Amount of a denial is zero.
	Kind   decision.Kind
	Amount refund.Money

	// Gates lists the codes of all closed gates in their order, such as "held". If the
	// officer saw another outcome, it is "stale" alone.
	Gates []string

	// Fields lists the paths of all faults of an input error, in any order.
	Fields []string
}

// decisionJSON is a DecisionVector in a file.
type decisionJSON struct {
	Name, Clause, Reason string
	Case                 json.RawMessage
	Shown                string
	By                   decision.Officer
	At                   time.Time
	proposal
	Want WantDecision
}

// proposal is a Proposal without the methods, for a JSON that has its fields beside others and
// has no outcome.
type proposal decision.Proposal

// Decisions returns all decision vectors. The caller may change the result.
func Decisions() ([]DecisionVector, error) {
	text, err := FS.ReadFile(decisionFile)
	if err != nil {
		return nil, err
	}
	return loadDecisions(text)
}

// loadDecisions reads a file of decision vectors.
func loadDecisions(text []byte) (list []DecisionVector, err error) {
	all, err := loadFile[decisionJSON](text)
	if err != nil {
		return nil, fmt.Errorf("conformance: %s: %w", decisionFile, err)
	}
	lines, err := loadFile[map[string]json.RawMessage](text)
	if err != nil {
		return nil, fmt.Errorf("conformance: %s: %w", decisionFile, err)
	}
	names := map[string]bool{}
	for i, j := range all {
		v, err := j.vector(lines[i])
		if err == nil && names[j.Name] {
			err = fmt.Errorf("the name is used twice")
		}
		if err != nil {
			return nil, fmt.Errorf("conformance: %s: vector %d, %q: %w", decisionFile, i+1, j.Name, err)
		}
		names[j.Name] = true
		list = append(list, v)
	}
	return list, nil
}

// vector returns the vector, with a line of the fields that a program gets.
func (j *decisionJSON) vector(fields map[string]json.RawMessage) (v DecisionVector, err error) {
	var clause refund.Clause
	results := 0
	for _, given := range []bool{j.Want.Kind != 0, j.Want.Gates != nil, j.Want.Fields != nil} {
		if given {
			results++
		}
	}
	switch {
	case !strings.HasPrefix(j.Name, "decision/") || j.Name == "decision/":
		return v, fmt.Errorf("the name does not begin with decision and a slash")
	case clause.UnmarshalText([]byte(j.Clause)) != nil || clause == 0:
		return v, fmt.Errorf("the clause is unknown")
	case strings.TrimSpace(j.Reason) == "":
		return v, fmt.Errorf("the reason is missing")
	case j.Shown != "current" && j.Shown != "other":
		return v, fmt.Errorf("shown is neither current nor other")
	case decision.Proposal(j.proposal).Kind() == 0:
		return v, fmt.Errorf("the vector does not have exactly one of approval, goodwill and denial")
	case results != 1 || (j.Want.Kind != 0) == j.Want.Amount.IsZero():
		return v, fmt.Errorf("want is not a kind and an amount, or gates, or fields")
	}
	for _, field := range []string{"name", "clause", "reason", "want"} {
		delete(fields, field)
	}
	line, err := json.Marshal(fields)
	if err != nil {
		return v, err
	}
	var document bytes.Buffer
	if err := json.Compact(&document, j.Case); err != nil {
		return v, err
	}
	return DecisionVector{
		Name: j.Name, Clause: j.Clause, Reason: j.Reason, Document: document.Bytes(), Line: line,
		Current: j.Shown == "current", By: j.By, At: j.At, Proposal: decision.Proposal(j.proposal), Want: j.Want,
	}, nil
}
