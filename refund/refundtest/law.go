package refundtest

import (
	"errors"
	"slices"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Law holds for every case that can be judged: of one outcome ("never more than the
// lesser of price and paid"), or of how it moves as the case changes ("one more
// resolved issue never raises it"). The laws are those of [Laws]; the zero Law holds
// for everything.
type Law struct {
	// Name is permanent, such as "one-more-resolved-issue".
	Name string

	// Clause is what it follows from; a failure may name another, closer one. It is
	// unset for what makes an evaluation one at all, such as that it panics on nothing.
	Clause refund.Clause

	// Reason is the law in words.
	Reason string

	check func(*trial) *breach
}

// Laws returns every law. "judged" comes first: it alone says so if an evaluator
// refuses a case that can be judged, or panics on it.
func Laws() []Law { return slices.Clone(laws) }

// Check returns nil if the law holds for the case, else a [*Failure] with the smallest
// case that could be found for which it does not. It is quick, so that a program can
// try many millions of cases; many goroutines may do so at once if the evaluator
// allows it. A case that cannot be judged, or that the evaluator does not support, is
// of no concern to a law.
func (l Law) Check(evaluate Evaluator, p refund.Policy, c refund.Case) error {
	return l.try(newTrial(evaluate, &p, &c))
}

// CheckLaws is [Law.Check] for every law, up to the first that is broken. It evaluates
// the case itself once for all, and so is quicker.
func CheckLaws(evaluate Evaluator, p refund.Policy, c refund.Case) error {
	t := newTrial(evaluate, &p, &c)
	for _, l := range laws {
		if err := l.try(t); err != nil {
			return err
		}
	}
	return nil
}

// try is Check for a case that has been evaluated.
func (l Law) try(t *trial) error {
	b := l.on(t)
	if b == nil || b == skip {
		return nil
	}
	return l.failure(l.shrink(t, b))
}

// on returns how the law is broken, nil if it is not, or skip.
func (l Law) on(t *trial) *breach {
	switch {
	case l.check == nil:
		return nil
	case errors.Is(t.err, errors.ErrUnsupported):
		return skip
	case t.err != nil && l.Name != judged:
		return nil
	}
	b := l.check(t)
	if b != nil && b != skip && b.outcome.Verdict == 0 {
		b.outcome = t.o
	}
	return b
}

func (l Law) failure(e example, b *breach) *Failure {
	clause := l.Clause
	if b.clause.IsValid() {
		clause = b.clause
	}
	return &Failure{
		Name: "laws/" + l.Name, Clause: clause, Reason: l.Reason,
		Got: b.got, Want: b.want, Policy: e.p, Case: e.c, Outcome: b.outcome, Err: b.err,
	}
}

// A trial is one case on trial.
type trial struct {
	evaluate Evaluator
	p        *refund.Policy
	c        *refund.Case
	o        refund.Outcome
	err      error
}

func newTrial(evaluate Evaluator, p *refund.Policy, c *refund.Case) *trial {
	t := &trial{evaluate: evaluate, p: p, c: c}
	t.o, t.err = judge(evaluate, p, c)
	return t
}

// A breach is how a law is broken.
type breach struct {
	clause    refund.Clause // if it is not that of the law
	got, want string
	err       error
	outcome   refund.Outcome // if it is not that of the case
}

// skip is no breach: the evaluator does not support the case.
var skip = new(breach)

// but is a breach: this came, and that was expected.
func but(got, want string) *breach { return &breach{got: got, want: want} }

// butOf is a breach of a clause.
func butOf(clause refund.Clause, got, want string) *breach {
	return &breach{clause: clause, got: got, want: want}
}

// of adds what exactly was changed.
func (b *breach) of(detail string) *breach {
	if b == skip {
		return b
	}
	more := *b
	more.got = detail + ": " + b.got
	return &more
}

// changed evaluates the case with a change. The breach is one if the evaluator
// refuses it though it can be judged, and skip if it cannot.
func (t *trial) changed(what string, p *refund.Policy, c *refund.Case) (refund.Outcome, *breach) {
	o, err := judge(t.evaluate, p, c)
	if err == nil {
		return o, nil
	}
	if errors.Is(err, errors.ErrUnsupported) || !judgeable(p, c) {
		return o, skip
	}
	return o, &breach{got: what + ", the case is refused: " + err.Error(), want: "an outcome", err: err}
}

// judgeable reports whether a case can be judged at all.
func judgeable(p *refund.Policy, c *refund.Case) bool {
	_, err := p.Evaluate(*c)
	return err == nil
}
