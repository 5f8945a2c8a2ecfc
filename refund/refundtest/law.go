package refundtest

import (
	"errors"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A law holds for every valid case. It is about one outcome ("never more than the lesser
// of price and paid") or about a change of the case ("one more resolved issue never raises
// the amount").
type law struct {
	name   string        // permanent, such as "one-more-resolved-issue"
	clause refund.Clause // unset if the law does not follow from a clause; a breach may name another
	reason string        // the law in words
	check  func(*trial) *breach
}

// CheckLaws checks every law on one case. It returns nil if all hold, and otherwise the
// first breach as a [*Failure]. It is fast enough for every case of a history and every
// input of a fuzz target. Several goroutines may call it at once if the evaluator allows
// that. It skips a case that is invalid or that the evaluator does not support.
func CheckLaws(evaluate Evaluator, p refund.Policy, c refund.Case) error {
	t := newTrial(evaluate, &p, &c)
	for _, l := range laws {
		if b := l.on(t); b != nil && b != skip {
			return l.failure(t, b)
		}
	}
	return nil
}

// on checks the law. It returns the breach, nil if the law holds, or skip.
func (l law) on(t *trial) *breach {
	switch {
	case errors.Is(t.err, errors.ErrUnsupported):
		return skip
	case t.err != nil && l.name != judged:
		return nil
	}
	b := l.check(t)
	if b != nil && b != skip && b.outcome.Verdict == 0 {
		b.outcome = t.o
	}
	return b
}

func (l law) failure(t *trial, b *breach) *Failure {
	clause := l.clause
	if b.clause.IsValid() {
		clause = b.clause
	}
	return &Failure{
		Name: "laws/" + l.name, Clause: clause, Reason: l.reason,
		Got: b.got, Want: b.want, Policy: copyPolicy(t.p), Case: copyCase(t.c), Outcome: b.outcome, Err: b.err,
	}
}

// A trial is a case with the evaluator's outcome.
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

// A breach describes how a law is broken.
type breach struct {
	clause    refund.Clause // unset: the law's
	got, want string
	err       error
	outcome   refund.Outcome // unset: the outcome of the case
}

// skip is the result for a case that the evaluator does not support.
var skip = new(breach)

// but returns a breach.
func but(got, want string) *breach { return &breach{got: got, want: want} }

// butOf returns a breach of a clause.
func butOf(clause refund.Clause, got, want string) *breach {
	return &breach{clause: clause, got: got, want: want}
}

// of adds the detail of a change to a breach.
func (b *breach) of(detail string) *breach {
	if b == nil || b == skip {
		return b
	}
	more := *b
	more.got = detail + ": " + b.got
	return &more
}

// inSteps checks each step of a law, such as a request later by a nanosecond and by a
// second. It returns the first breach. It ignores unsupported steps, and returns skip only
// if all steps are unsupported.
func inSteps[S any](steps []S, try func(S) *breach) *breach {
	supported := false
	for _, step := range steps {
		switch b := try(step); b {
		case nil:
			supported = true
		case skip:
		default:
			return b
		}
	}
	if !supported {
		return skip
	}
	return nil
}

// moments are steps in time, for services that keep instants to the nanosecond, the second
// or the minute.
var moments = []time.Duration{time.Nanosecond, time.Second, time.Minute, 24 * time.Hour}

// changed evaluates a changed case. It returns a breach if the evaluator refuses a valid
// case, and skip for a case that is invalid or not supported.
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

// judgeable reports whether a case is valid.
func judgeable(p *refund.Policy, c *refund.Case) bool {
	_, err := p.Evaluate(*c)
	return err == nil
}
