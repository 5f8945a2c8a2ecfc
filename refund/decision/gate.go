package decision

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The gates between an outcome and a [Decision], in the order in which a [*GatesError]
// reports them.
var (
	// ErrNotReviewed means that a clause of [refund.Policy.Required] has not been
	// evaluated.
	ErrNotReviewed = errors.New("decision: not reviewed")
	// ErrNotAcknowledged means that a clause of [refund.Policy.Required] has an objection
	// that the officer has not acknowledged.
	ErrNotAcknowledged = errors.New("decision: objection not acknowledged")
	// ErrHeld means that a clause is blocking.
	ErrHeld = errors.New("decision: held")
	// ErrSelfApproval means that the officer made the request, holds the account, or
	// recorded the request.
	ErrSelfApproval = errors.New("decision: the officer is a party to the case")
	// ErrAboveLimit means that the amount plus all earlier refunds is above the officer's
	// limit, or that the officer has no limit.
	ErrAboveLimit = errors.New("decision: above the officer's limit")
	// ErrNothingToRefund means that the requested or the refundable amount is not
	// positive. It takes precedence over ErrAboveRefundable.
	ErrNothingToRefund = errors.New("decision: nothing to refund")
	// ErrPartial means that the amount is less than the refundable amount, and the policy
	// allows only the whole ([refund.ReleasedAmountWhole]).
	ErrPartial = errors.New("decision: below the refundable amount")
	// ErrAboveRefundable means that the amount is above the refundable amount.
	ErrAboveRefundable = errors.New("decision: above the refundable amount")
)

// GatesError is the error for a decision with closed gates. It holds every closed gate, in
// the order of the list above, and matches the sentinel of each under errors.Is.
type GatesError struct {
	Gates []*GateError // at least one
	Kind  Kind         // of the refused decision
}

// Error returns one line with every closed gate.
func (e *GatesError) Error() string {
	texts := make([]string, len(e.Gates))
	for i, g := range e.Gates {
		texts[i] = g.Reason()
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

// Faults returns the closed gates as faults, for a form that shows each one at its field. The
// paths begin with the field of a [Proposal]: "approval.by" for ErrSelfApproval, and
// "approval.amount" or "goodwill.charges" for a gate on amounts. A gate on clauses has a fault
// for each clause, such as "approval.acknowledged.log-review", whose reason does not repeat the
// clause. Any other gate has the path "approval". If Kind is unset, the paths are those of an
// approval.
//
// [refund.Faults.Merge] calls Faults, so that a form shows a refusal as it shows invalid input.
// The error itself stays a GatesError: answer it as a conflict.
func (e *GatesError) Faults() (f refund.Faults) {
	name, amount := "approval", "approval.amount"
	switch e.Kind {
	case KindGoodwill:
		name, amount = "goodwill", "goodwill.charges"
	case KindDeclined:
		name = "denial"
	}
	for _, g := range e.Gates {
		switch {
		case g == nil:
		case len(g.Clauses) > 0:
			for _, c := range g.Clauses {
				f.Add(name+".acknowledged."+c.String(), (&GateError{Gate: g.Gate}).Reason())
			}
		case g.Gate == ErrSelfApproval:
			f.Add(name+".by", g.Reason())
		case g.Amount.IsZero():
			f.Add(name, g.Reason())
		default:
			f.Add(amount, g.Reason())
		}
	}
	return f
}

// GateError is one closed gate, with the values that closed it.
type GateError struct {
	// Gate is the sentinel, such as ErrHeld.
	Gate error

	// Clauses are the clauses that close the gate, for ErrNotReviewed, ErrNotAcknowledged
	// and ErrHeld.
	Clauses []refund.Clause

	// Amount is the requested amount, for gates on amounts. For ErrAboveLimit it includes
	// the earlier refunds.
	Amount refund.Money

	// Most is the maximum for Amount. It is the zero Money for an officer without a limit.
	Most refund.Money
}

// Error says which gate is closed, and why.
func (e *GateError) Error() string { return "decision: " + e.Reason() }

// Unwrap returns the sentinel.
func (e *GateError) Unwrap() error { return e.Gate }

// Code returns the code of the gate, for logs, metrics and interfaces: "not_reviewed",
// "not_acknowledged", "held", "self_approval", "above_limit", "nothing_to_refund", "partial"
// or "above_refundable". It returns "" for a gate of another package.
func (e *GateError) Code() string {
	switch e.Gate {
	case ErrNotReviewed:
		return "not_reviewed"
	case ErrNotAcknowledged:
		return "not_acknowledged"
	case ErrHeld:
		return "held"
	case ErrSelfApproval:
		return "self_approval"
	case ErrAboveLimit:
		return "above_limit"
	case ErrNothingToRefund:
		return "nothing_to_refund"
	case ErrPartial:
		return "partial"
	case ErrAboveRefundable:
		return "above_refundable"
	}
	return ""
}

// MarshalJSON returns an object with the code as "gate", and with "clauses", "amount" and
// "most" if the gate has them. The sentence of [GateError.Error] is the "detail".
func (e *GateError) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Gate    string          `json:"gate"`
		Clauses []refund.Clause `json:"clauses,omitempty"`
		Amount  refund.Money    `json:"amount,omitzero"`
		Most    refund.Money    `json:"most,omitzero"`
		Detail  string          `json:"detail"`
	}{e.Code(), e.Clauses, e.Amount, e.Most, e.Reason()})
}

// Reason says, for an officer, which gate is closed and what opens it. It is the text of Error
// without "decision: ".
func (e *GateError) Reason() string {
	if e == nil || e.Gate == nil { // not made by this package
		return "a gate without a name"
	}
	clauses := ": " + codes(e.Clauses)
	if len(e.Clauses) == 0 {
		clauses = ""
	}
	text := strings.TrimPrefix(e.Gate.Error(), "decision: ")
	switch e.Gate {
	case ErrNotReviewed:
		return "not reviewed yet" + clauses
	case ErrHeld:
		return "on hold until cleared" + clauses
	case ErrSelfApproval:
		return text + "; another officer has to decide"
	}
	if e.Amount.IsZero() { // from Check, or a gate that is not on amounts
		return text + clauses
	}
	text += ": " + e.Amount.String()
	switch e.Gate {
	case ErrAboveLimit:
		if e.Most.IsZero() {
			return text + " including earlier refunds; the officer has no limit"
		}
		return text + " including earlier refunds; the limit is " + e.Most.String()
	case ErrPartial:
		return text + "; only the whole " + e.Most.String() + " may be released"
	}
	return text + "; at most " + e.Most.String() + " may be released"
}

// gates returns an error with every gate that is closed for an amount of at most most, or
// nil.
func (d *content) gates(p *refund.Policy, c *refund.Case, by *Officer, amount, most refund.Money) error {
	o := &d.outcome
	closed := reviewGates(p, o, d.acknowledged)
	add := func(g GateError) { closed = append(closed, &g) }
	if by.involved(c) {
		add(GateError{Gate: ErrSelfApproval})
	}
	if total := exact.Add(amount, o.Refunded); exact.Less(by.Limit, total) {
		add(GateError{Gate: ErrAboveLimit, Amount: total, Most: by.Limit})
	}
	switch {
	case amount.Sign() <= 0 || most.Sign() <= 0:
		add(GateError{Gate: ErrNothingToRefund, Amount: amount, Most: most})
	case exact.Less(most, amount):
		add(GateError{Gate: ErrAboveRefundable, Amount: amount, Most: most})
	case d.kind == KindApproved && p.Readings.ReleasedAmount == refund.ReleasedAmountWhole && exact.Less(amount, most):
		add(GateError{Gate: ErrPartial, Amount: amount, Most: most})
	}
	if closed == nil {
		return nil
	}
	return &GatesError{Gates: closed, Kind: d.kind}
}

// reviewGates returns the closed gates that depend neither on the officer nor on the
// amount.
func reviewGates(p *refund.Policy, o *refund.Outcome, acknowledged []refund.Clause) (closed []*GateError) {
	var missing, objected []refund.Clause
	for _, c := range clauseSet(p.Required) {
		switch {
		case !c.IsValid(): // the policy is not valid either
			continue
		case o.Statuses[c] == refund.StatusSatisfied, o.Statuses[c] == refund.StatusBlocking:
		case o.Statuses[c] != refund.StatusObjected:
			missing = append(missing, c)
		case !slices.Contains(acknowledged, c):
			objected = append(objected, c)
		}
	}
	if missing != nil {
		closed = append(closed, &GateError{Gate: ErrNotReviewed, Clauses: missing})
	}
	if objected != nil {
		closed = append(closed, &GateError{Gate: ErrNotAcknowledged, Clauses: objected})
	}
	if blocking := blockingClauses(o); o.Held || blocking != nil {
		closed = append(closed, &GateError{Gate: ErrHeld, Clauses: blocking})
	}
	return closed
}

// Check returns the gates that are closed before an officer decides: missing reviews,
// objections to acknowledge, a hold, and a refundable amount of zero. Show them next to the
// outcome. Goodwill may be possible even if no amount is refundable.
func Check(p refund.Policy, o refund.Outcome) []*GateError {
	closed := reviewGates(&p, &o, nil)
	if o.Refundable.Sign() <= 0 {
		closed = append(closed, &GateError{Gate: ErrNothingToRefund, Most: o.Refundable})
	}
	return closed
}

// blockingClauses returns the clauses that hold the outcome.
func blockingClauses(o *refund.Outcome) (blocking []refund.Clause) {
	for _, c := range refund.Clauses() {
		if o.Statuses[c] == refund.StatusBlocking {
			blocking = append(blocking, c)
		}
	}
	return blocking
}
