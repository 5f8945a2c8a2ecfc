package whatif

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Change is a step of a timeline: from an instant on, asking has this result, until the
// next change. The zero Change has no verdict.
type Change struct {
	// At is the first instant with the result, in the policy's location.
	At time.Time

	// Refundable is the amount that may be refunded to a customer who asks then.
	Refundable refund.Money

	// Verdict is the verdict, and Clause the clause of the rule that decided: case-1, case-2,
	// one-time, or guarantee once the window has closed.
	Verdict refund.Verdict
	Clause  refund.Clause

	// ResolvedIssues is the number of resolutions that count.
	ResolvedIssues int
}

// Changes are a timeline in order.
type Changes []Change

// Timeline returns how the result of a case depends on when the customer asks. The first
// change is at the opening of the window, and the last at its closing, after which the result
// stays the same. A change between them is a resolution from which on the amount or the
// verdict is another one.
//
// All other facts of the case stay as they are, except that no call back is recorded. An
// error is that of the evaluation of the case, or of one at the instant of a change.
//
// Timeline evaluates the case once for every resolution in the window, so that its time grows
// with the square of the number of issues.
func Timeline(e Evaluator, c refund.Case) (Changes, error) {
	now, err := evaluated(e, c)
	if err != nil {
		return nil, err
	}
	instants := []time.Time{now.Window.Opens, now.Window.Closes}
	for i := range c.Issues {
		if r := c.Issues[i].Resolved; now.Window.Contains(r) {
			instants = append(instants, r.In(now.Window.Opens.Location()))
		}
	}
	slices.SortFunc(instants, time.Time.Compare)
	instants = slices.CompactFunc(instants, time.Time.Equal)

	var changes Changes
	for i, at := range instants {
		o, err := e.Evaluate(askedAt(c, at))
		if err != nil {
			return nil, err
		}
		last := len(changes) - 1
		if i == 0 || i == len(instants)-1 || !o.Refundable.Equal(changes[last].Refundable) || o.Verdict != changes[last].Verdict {
			changes = append(changes, Change{at, o.Refundable, o.Verdict, deciding(o.Verdict), o.ResolvedIssues})
		}
	}
	return changes, nil
}

// At returns the change whose result holds at an instant. It returns the zero Change before
// the first.
func (s Changes) At(t time.Time) Change {
	for _, change := range slices.Backward(s) {
		if !t.Before(change.At) {
			return change
		}
	}
	return Change{}
}

// LastBetter returns the last instant before t at which asking gave more than at t, and the
// change whose result held at that instant. It returns false if there is none.
func (s Changes) LastBetter(t time.Time) (time.Time, Change, bool) {
	now := s.At(t)
	until := now.At
	for _, change := range slices.Backward(s) {
		if !change.At.Before(now.At) {
			continue
		}
		if more, err := change.Refundable.Cmp(now.Refundable); err == nil && more > 0 {
			return until.Add(-time.Nanosecond), change, true
		}
		until = change.At
	}
	return time.Time{}, Change{}, false
}

// evaluated returns the outcome of a case by a checked evaluator.
func evaluated(e Evaluator, c refund.Case) (refund.Outcome, error) {
	if e == nil {
		return refund.Outcome{}, checked(e)
	}
	return e.Evaluate(c)
}

// askedAt returns the case with a request at another instant. The call back, which may be
// before that, is not recorded.
func askedAt(c refund.Case, at time.Time) refund.Case {
	c.Request.At = at
	c.Request.CalledBack = time.Time{}
	return c
}

// deciding returns the clause of the rule that led to a verdict.
func deciding(v refund.Verdict) refund.Clause {
	switch v {
	case refund.VerdictFull:
		return refund.ClauseCase1
	case refund.VerdictDeducted, refund.VerdictConsumed:
		return refund.ClauseCase2
	case refund.VerdictOneTimeService:
		return refund.ClauseOneTime
	case refund.VerdictWindowClosed:
		return refund.ClauseGuarantee
	}
	return 0
}
