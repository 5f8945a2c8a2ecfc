package evidence

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Stake is the money that depends on one resolution that is not corroborated. The zero
// Stake does not belong to a resolution.
type Stake struct {
	Issue    string   // the issue's id
	Standing Standing // of the resolution; unset if it was not reviewed with these instants

	// Amount is the increase of the refundable amount if this resolution did not count and
	// all others did. It is zero if the policy does not count the resolution. It is also
	// zero if the refundable amount stays the same, for example because the charges for the
	// other resolutions use up the whole amount.
	Amount refund.Money
}

// Stakes returns the stake of each resolution of a case that is not corroborated, in the
// order of the case. These are the plausible, unsupported and disputed resolutions, and the
// ones that were not reviewed, whose standing is unset. The sum of the stakes can differ
// from the difference between the [Figures], since the cap limits all resolutions together.
// The errors are those of [Report.Figures].
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
	var fewer refund.Money // refundable without one resolution that counts, whichever it is
	var stakes []Stake
	for i := range issues {
		issue := &issues[i]
		st := standing[reviewedOf(issue)]
		if issue.Resolved.IsZero() || st == StandingCorroborated {
			continue
		}
		// Only the policy knows whether a resolution counts, so evaluate a case with this
		// issue alone.
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
