package refundtest

import (
	"errors"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A law holds for every case that can be judged. It is about one outcome ("never more
// than the lesser of price and paid"), or about how the outcome changes with the case
// ("one more resolved issue never raises it").
type law struct {
	name   string        // permanent, such as "one-more-resolved-issue"
	clause refund.Clause // unset if the law follows from no clause; a breach may name another
	reason string        // the law in words
	check  func(*trial) *breach
}

// CheckLaws tries every law on one case, and returns nil if all hold, or else the first
// breach as a [*Failure]. It is quick enough to try every case of a history, or every
// input of a fuzz target; many goroutines may call it at once if the evaluator allows
// that. A case that cannot be judged, or that the evaluator does not support, breaks no
// law.
func CheckLaws(evaluate Evaluator, p refund.Policy, c refund.Case) error {
	t := newTrial(evaluate, &p, &c)
	for _, l := range laws {
		if b := l.on(t); b != nil && b != skip {
			return l.failure(t, b)
		}
	}
	return nil
}

// on returns how the law is broken, nil if it is not, or skip.
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

// A trial is a case with its outcome.
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
	if b == nil || b == skip {
		return b
	}
	more := *b
	more.got = detail + ": " + b.got
	return &more
}

// inSteps tries each step of a law, such as a request that is later by a nanosecond and
// by a second. It returns the first breach. Steps that the evaluator does not support are
// passed over: the result is skip only if it supports none of them.
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

// moments are steps in time: a service keeps instants to the nanosecond, or to a second
// or a minute.
var moments = []time.Duration{time.Nanosecond, time.Second, time.Minute, 24 * time.Hour}

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
