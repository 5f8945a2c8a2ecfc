package decision

import (
	"errors"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The gates between an outcome and a [Decision], in the order in which they are
// reported. A [*GatesError] holds every closed one.
var (
	// ErrNotReviewed: a clause of [refund.Policy.Required] has not been evaluated.
	ErrNotReviewed = errors.New("decision: not reviewed")
	// ErrHeld: a clause is blocking.
	ErrHeld = errors.New("decision: held")
	// ErrSelfApproval: the officer asked, holds the account, or recorded the request.
	ErrSelfApproval = errors.New("decision: the officer is a party to the case")
	// ErrAboveLimit: the amount is above the officer's limit, or there is no limit.
	ErrAboveLimit = errors.New("decision: above the officer's limit")
	// ErrNothingToRefund: the requested or the refundable amount is not positive. It takes
	// precedence over ErrAboveRefundable.
	ErrNothingToRefund = errors.New("decision: nothing to refund")
	// ErrAboveRefundable: the amount is above the refundable amount.
	ErrAboveRefundable = errors.New("decision: above the refundable amount")
)

// GatesError is the error for a decision that is refused. It holds every closed gate, in
// their order, and matches the sentinel of each under errors.Is.
type GatesError struct {
	Gates []*GateError
}

// Error names the gates.
func (e *GatesError) Error() string {
	texts := make([]string, len(e.Gates))
	for i, g := range e.Gates {
		texts[i] = g.text()
	}
	return "decision: refused: " + strings.Join(texts, "; ")
}

// Unwrap returns the gates, each a [*GateError].
func (e *GatesError) Unwrap() []error {
	errs := make([]error, 0, len(e.Gates))
	for _, g := range e.Gates {
		if g != nil {
			errs = append(errs, g)
		}
	}
	return errs
}

// GateError is one closed gate, with the values that closed it.
type GateError struct {
	Gate    error           // such as ErrHeld
	Clauses []refund.Clause // ErrNotReviewed, ErrHeld: those that are not evaluated, or that block
	Amount  refund.Money    // ErrAboveLimit, ErrNothingToRefund, ErrAboveRefundable: the amount to release
	Most    refund.Money    // the same: the most that could be released; the zero Money for an officer without a limit
}

// Error says which gate is closed, and why.
func (e *GateError) Error() string { return "decision: " + e.text() }

// Unwrap returns the sentinel.
func (e *GateError) Unwrap() error { return e.Gate }

func (e *GateError) text() string {
	if e == nil || e.Gate == nil { // as in a test double
		return "a gate without a name"
	}
	text := strings.TrimPrefix(e.Gate.Error(), "decision: ")
	if len(e.Clauses) > 0 {
		codes := make([]string, len(e.Clauses))
		for i, c := range e.Clauses {
			codes[i] = c.String()
		}
		text += ": " + strings.Join(codes, ", ")
	}
	switch {
	case e.Amount.IsZero():
		return text
	case e.Most.IsZero():
		return text + ": " + e.Amount.String() + ", with no limit given"
	}
	return text + ": " + e.Amount.String() + ", of at most " + e.Most.String()
}

// gates returns the error for releasing an amount of at most most, or nil.
func gates(p *refund.Policy, c *refund.Case, o *refund.Outcome, by *Officer, amount, most refund.Money) error {
	var closed []*GateError
	add := func(g GateError) { closed = append(closed, &g) }

	required := slices.Compact(slices.Sorted(slices.Values(p.Required)))
	if clauses := withStatus(o, required, refund.StatusNotEvaluated); clauses != nil {
		add(GateError{Gate: ErrNotReviewed, Clauses: clauses})
	}
	if o.Held {
		add(GateError{Gate: ErrHeld, Clauses: withStatus(o, refund.Clauses(), refund.StatusBlocking)})
	}
	if by.involved(c) {
		add(GateError{Gate: ErrSelfApproval})
	}
	if exact.Less(by.Limit, amount) {
		add(GateError{Gate: ErrAboveLimit, Amount: amount, Most: by.Limit})
	}
	switch {
	case amount.Sign() <= 0 || most.Sign() <= 0:
		add(GateError{Gate: ErrNothingToRefund, Amount: amount, Most: most})
	case exact.Less(most, amount):
		add(GateError{Gate: ErrAboveRefundable, Amount: amount, Most: most})
	}
	if closed == nil {
		return nil
	}
	return &GatesError{closed}
}

// withStatus returns the clauses that have the status.
func withStatus(o *refund.Outcome, clauses []refund.Clause, status refund.Status) []refund.Clause {
	var found []refund.Clause
	for _, c := range clauses {
		if o.Statuses[c] == status {
			found = append(found, c)
		}
	}
	return found
}
