// Package decide answers decision vectors with package decision, correctly or with one mistake.
package decide

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A Word is an officer's decision on a case. The zero Word is not valid.
type Word struct {
	Policy   refund.Policy
	Case     refund.Case
	Current  bool // the officer saw the outcome of Case, and not another one
	By       decision.Officer
	At       time.Time
	Proposal decision.Proposal // its Outcome is ignored
}

// A Result is an answer: a decision of a Kind, or the closed Gates, or the Fields of an
// input error.
type Result struct {
	Kind   decision.Kind `json:"kind,omitempty"`
	Amount refund.Money  `json:"amount,omitzero"`
	Gates  []string      `json:"gates,omitempty"`
	Fields []string      `json:"fields,omitempty"`
}

// proposal is a Proposal without the methods, for a JSON that has its fields beside others and
// has no outcome.
type proposal decision.Proposal

// Read reads the line of a decision vector.
func Read(line []byte) (Word, error) {
	var in struct {
		Case  json.RawMessage
		Shown string
		By    decision.Officer
		At    time.Time
		proposal
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return Word{}, err
	}
	d, err := document.Decode(in.Case)
	if err != nil {
		return Word{}, err
	}
	return Word{d.Policy, d.Case, in.Shown == "current", in.By, in.At, decision.Proposal(in.proposal)}, nil
}

// Decide decides with package decision.
func (w Word) Decide() (decision.Decision, error) {
	// An invalid case has no outcome, and is refused whatever the officer saw.
	w.Proposal.Outcome = refund.Digest{}
	if o, err := w.Policy.Evaluate(w.Case); err == nil {
		w.Proposal.Outcome = o.Digest()
	}
	if !w.Current {
		w.Proposal.Outcome[0] ^= 1
	}
	return w.Proposal.Decide(w.Policy, w.Case, w.By, w.At)
}

// Result is the result of Decide.
func (w Word) Result() Result {
	d, err := w.Decide()
	var invalid *refund.InvalidError
	switch {
	case err == nil:
		return Result{Kind: d.Kind(), Amount: d.Amount()}
	case errors.As(err, &invalid):
		var r Result
		for _, f := range invalid.Faults {
			r.Fields = append(r.Fields, f.Path)
		}
		return r
	}
	return Result{Gates: Closed(err)}
}

// Gates are the gates of a decision in their order.
var Gates = []struct {
	Code  string
	Error error
}{
	{"stale", decision.ErrStale},
	{"not_reviewed", decision.ErrNotReviewed},
	{"not_acknowledged", decision.ErrNotAcknowledged},
	{"held", decision.ErrHeld},
	{"self_approval", decision.ErrSelfApproval},
	{"above_limit", decision.ErrAboveLimit},
	{"nothing_to_refund", decision.ErrNothingToRefund},
	{"above_refundable", decision.ErrAboveRefundable},
	{"partial", decision.ErrPartial},
}

// Closed returns the codes of the gates that an error names, in its order.
func Closed(err error) (codes []string) {
	closed := []error{err}
	var refused *decision.GatesError
	if errors.As(err, &refused) {
		closed = refused.Unwrap()
	}
	for _, e := range closed {
		for _, gate := range Gates {
			if errors.Is(e, gate.Error) {
				codes = append(codes, gate.Code)
			}
		}
	}
	return codes
}

// Requested returns the amount that the officer wants to release: zero for a denial.
func (w Word) Requested() refund.Money {
	if a := w.Proposal.Approval; a != nil {
		return a.Amount
	}
	if g := w.Proposal.Goodwill; g != nil {
		if net, err := g.Net(); err == nil {
			return net
		}
	}
	return w.Case.Subscription.Price.Times(0)
}

// LeftOpen returns a decider with one gate that is always open: it releases the requested
// amount if no other gate is closed.
func LeftOpen(code string) func(Word) Result {
	return func(w Word) Result {
		r := w.Result()
		if len(r.Gates) == 0 {
			return r
		}
		if code == "stale" {
			w.Current = true
			return w.Result()
		}
		var others []string
		for _, gate := range r.Gates {
			if gate != code {
				others = append(others, gate)
			}
		}
		if others == nil {
			return Result{Kind: w.Proposal.Kind(), Amount: w.Requested()}
		}
		return Result{Gates: others}
	}
}
