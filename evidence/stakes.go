package evidence

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Stake is what one resolution that is not corroborated is worth. The zero Stake is
// none.
type Stake struct {
	Issue    string   // the issue's id
	Standing Standing // how it stands; unset if it was not reviewed as it is

	// Amount is by how much more would be refundable if this resolution alone did not
	// count; an amount of nothing where it does not count anyway, or the charges use
	// the amount up without it.
	Amount refund.Money
}

// Range returns what is refundable if every resolution of a case counts, which is the
// outcome's figure, and if only the corroborated ones do ([Report.Corroborated]): low ≤
// high. A reviewer decides between them. Findings do not matter.
//
// It returns the errors of [refund.Policy.Evaluate], and an [*refund.InvalidError] for
// a case of another subscription than the one reviewed.
func (r Report) Range(p refund.Policy, c refund.Case) (low, high refund.Money, err error) {
	if low, err = r.refundable(p, c); err != nil {
		return refund.Money{}, refund.Money{}, err
	}
	c.Issues = r.Corroborated(c.Issues)
	if high, err = r.refundable(p, c); err != nil {
		return refund.Money{}, refund.Money{}, err
	}
	return low, high, nil
}

// Stakes returns what each resolution of a case that is not corroborated is worth, in
// the order of the case: those that are plausible, unsupported, disputed, or were not
// reviewed, whose standing is unset. They need not add up to the width of
// [Report.Range], since the cap is on all together. Errors are as for Range.
func (r Report) Stakes(p refund.Policy, c refund.Case) ([]Stake, error) {
	all, err := p.Evaluate(c)
	if err != nil {
		return nil, err
	}
	if err := r.reviewed(c); err != nil {
		return nil, err
	}
	c.Findings = nil
	issues := c.Issues
	standing := r.standings()
	var fewer refund.Money // refundable without any one of those that count
	var stakes []Stake
	for i := range issues {
		issue := &issues[i]
		st := standing[reviewedOf(issue)]
		if issue.Resolved.IsZero() || st == StandingCorroborated {
			continue
		}
		// What counts is for the policy to say: a case with this issue alone tells.
		c.Issues = issues[i : i+1]
		alone, err := p.Evaluate(c)
		if err != nil {
			return nil, err
		}
		stake := Stake{Issue: issue.ID, Standing: st, Amount: all.Refundable.Times(0)}
		if alone.ResolvedIssues > 0 {
			if fewer.IsZero() {
				c.Issues = append(append(refund.IssueLog{}, issues[:i]...), issues[i+1:]...)
				without, err := p.Evaluate(c)
				if err != nil {
					return nil, err
				}
				fewer = without.Refundable
			}
			stake.Amount = exact.Sub(fewer, all.Refundable)
		}
		stakes = append(stakes, stake)
	}
	return stakes, nil
}

func (r *Report) refundable(p refund.Policy, c refund.Case) (refund.Money, error) {
	outcome, err := p.Evaluate(c)
	if err != nil {
		return refund.Money{}, err
	}
	return outcome.Refundable, r.reviewed(c)
}

// reviewed returns an error for a case of another subscription.
func (r *Report) reviewed(c refund.Case) error {
	if c.Subscription.ID != r.Subscription {
		return invalid("subscription.id", "is another subscription than the one reviewed")
	}
	return nil
}
