package whatif

import (
	"iter"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Backtest judges each case by two evaluators, a policy before and after a change, and
// returns the differences. It is a pure function of its arguments, and the order of the
// cases does not matter.
//
// A case that an evaluator refuses is counted in the report with the paths of its faults.
// The first error of the sequence ends the backtest, and is returned with the zero Report. A
// [refund.Policy] that is not valid is an [*refund.InvalidError].
func Backtest(before, after Evaluator, cases iter.Seq2[refund.Case, error]) (Report, error) {
	for _, e := range []Evaluator{before, after} {
		if err := checked(e); err != nil {
			return Report{}, err
		}
	}
	var r Report
	for c, err := range cases {
		if err != nil {
			return Report{}, err
		}
		r.add(before, after, c)
	}
	return r, nil
}

// add judges a case and counts it.
func (r *Report) add(before, after Evaluator, c refund.Case) {
	r.Cases++
	b, faultsBefore := judged(before, c)
	a, faultsAfter := judged(after, c)
	if faultsBefore == nil && faultsAfter == nil && a.Refundable.Currency() != b.Refundable.Currency() {
		faultsAfter.Add("outcome.refundable", "is in another currency than before")
	}
	if faultsBefore != nil || faultsAfter != nil {
		r.Excluded++
		r.RefusedBefore.add(faultsBefore)
		r.RefusedAfter.add(faultsAfter)
		return
	}
	if a.Statuses != b.Statuses {
		for clause := range a.Statuses {
			if a.Statuses[clause] != b.Statuses[clause] {
				r.Statuses[clause]++
			}
		}
	}
	r.total(b.Refundable.Currency()).add(&b, &a)
}

// add counts the outcomes of one case.
func (t *Total) add(before, after *refund.Outcome) {
	t.Cases++
	t.Before, t.After = plus(t.Before, before.Refundable), plus(t.After, after.Refundable)
	t.Verdicts[verdict(before)][verdict(after)]++

	difference := minus(after.Refundable, before.Refundable)
	if difference.Sign() == 0 {
		return
	}
	t.Changed++
	moves := movesOf(before, after, difference)
	for c, amount := range moves {
		if !amount.IsZero() {
			t.Moves[c].Amount = plus(t.Moves[c].Amount, amount)
			t.Moves[c].Cases++
		}
	}
	t.keep(Mover{
		Subscription:  before.Subscription,
		Before:        before.Refundable,
		After:         after.Refundable,
		VerdictBefore: before.Verdict,
		VerdictAfter:  after.Verdict,
		Cause:         moves.largest(),
	})
}

// verdict returns the verdict of an outcome, 0 if it is unknown.
func verdict(o *refund.Outcome) refund.Verdict {
	if o.Verdict > refund.VerdictWindowClosed {
		return 0
	}
	return o.Verdict
}
