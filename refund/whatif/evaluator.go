package whatif

import (
	"errors"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Evaluator judges cases. [refund.Policy] and [refund.Versions] are Evaluators; Versions
// judge each case by the policy of its day.
//
// Other implementations change something before or after they call one of these, such as
// the charge in the case. They must return outcomes whose steps add up, as those of
// [refund.Policy.Evaluate] do, and be pure functions.
type Evaluator interface {
	// Evaluate returns the outcome of a case, or an error if it cannot be judged.
	Evaluate(refund.Case) (refund.Outcome, error)
}

// EvaluatorFunc is a function as an [Evaluator].
type EvaluatorFunc func(refund.Case) (refund.Outcome, error)

// Evaluate calls f.
func (f EvaluatorFunc) Evaluate(c refund.Case) (refund.Outcome, error) { return f(c) }

// checked returns the faults of an evaluator that has a method Validate. Without this check,
// a faulty policy would refuse every case.
func checked(e Evaluator) error {
	if e == nil {
		return &refund.InvalidError{Faults: []refund.Fault{{Path: "policy", Reason: "is required"}}}
	}
	if v, ok := e.(interface{ Validate() error }); ok {
		return v.Validate()
	}
	return nil
}

// judged is the outcome of a case with the faults for which it has none.
func judged(e Evaluator, c refund.Case) (refund.Outcome, refund.Faults) {
	o, err := e.Evaluate(c)
	var f refund.Faults
	switch {
	case errors.Is(err, refund.ErrNoVersion):
		f.Add("subscription.start", "is before the first policy")
	case err != nil:
		f.Merge(err)
	case o.Refundable.IsZero():
		f.Add("outcome.refundable", "is required")
	}
	return o, f
}

// plus returns a + b, of one currency.
func plus(a, b refund.Money) refund.Money {
	sum, _ := a.Add(b)
	return sum
}

// minus returns a − b, of one currency.
func minus(a, b refund.Money) refund.Money {
	diff, _ := a.Sub(b)
	return diff
}

// order compares two amounts of one currency.
func order(a, b refund.Money) int {
	sign, _ := a.Cmp(b)
	return sign
}

// lesser returns the smaller of two amounts of one currency.
func lesser(a, b refund.Money) refund.Money {
	if order(b, a) < 0 {
		return b
	}
	return a
}

// size returns the absolute value of an amount.
func size(m refund.Money) refund.Money {
	if m.Sign() < 0 {
		return minus(refund.Money{}, m)
	}
	return m
}
