package refund

import (
	"errors"
	"strings"
)

// What stands between an outcome and a [Decision], in the order in which they are
// told. A [*GatesError] has all that apply.
var (
	// ErrNotReviewed: a clause of [Policy.Required] has been looked at by nobody.
	ErrNotReviewed = errors.New("refund: not reviewed")
	// ErrHeld: a clause is blocking.
	ErrHeld = errors.New("refund: held")
	// ErrSelfApproval: the officer asked, holds the account, or took the request down.
	ErrSelfApproval = errors.New("refund: the officer is a party to the case")
	// ErrAboveLimit: the amount is above the officer's limit, or there is none.
	ErrAboveLimit = errors.New("refund: above the officer's limit")
	// ErrNothingToRefund: the amount is nothing, or nothing may be refunded; then
	// ErrAboveRefundable is not told.
	ErrNothingToRefund = errors.New("refund: nothing to refund")
	// ErrAboveRefundable: the amount is above what is refundable.
	ErrAboveRefundable = errors.New("refund: above the refundable amount")
)

// ErrStale: things are not as they were when something was shown or recorded. It
// comes in a [*StaleError].
var ErrStale = errors.New("refund: stale")

// StaleError names what has changed since. It matches [ErrStale].
type StaleError struct {
	What      string // "policy", "case" or "outcome"
	Then, Now Digest
}

// Error says what has changed.
func (e *StaleError) Error() string {
	return "refund: stale: the " + e.What + " has changed since"
}

// Unwrap returns [ErrStale].
func (e *StaleError) Unwrap() error { return ErrStale }

// GatesError is the error for a decision that may not be made. It has every gate
// that is closed, in their order, and matches the sentinel of each under errors.Is.
type GatesError struct {
	Gates []*GateError
}

// Error names the gates.
func (e *GatesError) Error() string {
	texts := make([]string, len(e.Gates))
	for i, g := range e.Gates {
		texts[i] = g.text()
	}
	return "refund: refused: " + strings.Join(texts, "; ")
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

// Gate returns the closed gate with the given sentinel, such as [ErrHeld], or nil if
// that one is open.
func (e *GatesError) Gate(sentinel error) *GateError {
	for _, g := range e.Gates {
		if g != nil && g.Gate == sentinel {
			return g
		}
	}
	return nil
}

// GateError is one closed gate, with the values that closed it.
type GateError struct {
	Gate    error    // such as ErrHeld
	Clauses []Clause // ErrNotReviewed, ErrHeld: those that nobody looked at, or that block
	Amount  Money    // ErrAboveLimit, ErrNothingToRefund, ErrAboveRefundable: what was to be released
	Most    Money    // the same: the most that could be; no amount for an officer without a limit
}

// Error says which gate is closed, and why.
func (e *GateError) Error() string { return "refund: " + e.text() }

// Unwrap returns the sentinel.
func (e *GateError) Unwrap() error { return e.Gate }

func (e *GateError) text() string {
	var w sentence
	if e == nil || e.Gate == nil { // as a mock may have it
		return "a gate without a name"
	}
	w = w.text(strings.TrimPrefix(e.Gate.Error(), "refund: "))
	for i, c := range e.Clauses {
		w = w.text(separators[2*min(i, 1)]).text(c.String())
	}
	switch {
	case !e.Amount.IsValid():
	case !e.Most.IsValid():
		w = w.text(": ").money(e.Amount).text(", with no limit given")
	default:
		w = w.text(": ").money(e.Amount).text(", of at most ").money(e.Most)
	}
	return string(w)
}

// gates returns the error for a release of an amount of at most so much, or nil.
func (o *Outcome) gates(p *Policy, c *Case, by *Officer, amount, most Money) error {
	var closed []*GateError
	add := func(g GateError) { closed = append(closed, &g) }

	if clauses := o.clausesOf(clauseSet(p.Required), StatusNotEvaluated); clauses != nil {
		add(GateError{Gate: ErrNotReviewed, Clauses: clauses})
	}
	if o.Held {
		add(GateError{Gate: ErrHeld, Clauses: o.clausesOf(Clauses(), StatusBlocking)})
	}
	if by.involved(c) {
		add(GateError{Gate: ErrSelfApproval})
	}
	if by.Limit.cmp(amount) < 0 {
		add(GateError{Gate: ErrAboveLimit, Amount: amount, Most: by.Limit})
	}
	switch {
	case amount.Sign() <= 0 || most.Sign() <= 0:
		add(GateError{Gate: ErrNothingToRefund, Amount: amount, Most: most})
	case amount.cmp(most) > 0:
		add(GateError{Gate: ErrAboveRefundable, Amount: amount, Most: most})
	}
	if closed == nil {
		return nil
	}
	return &GatesError{closed}
}

// clausesOf returns those of the clauses that have the status.
func (o *Outcome) clausesOf(clauses []Clause, status Status) []Clause {
	var found []Clause
	for _, c := range clauses {
		if o.Statuses[c] == status {
			found = append(found, c)
		}
	}
	return found
}
