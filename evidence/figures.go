package evidence

import "github.com/kasperinfotech/refundpolicy/refund"

// Figures are the refundable amounts of a case if all, some or few of its resolutions
// count: Logged ≤ Supported ≤ Corroborated. A reviewer chooses one of them. The zero
// Figures do not belong to a case.
type Figures struct {
	Logged       refund.Money // if all resolutions of the issue log count, as in the outcome
	Supported    refund.Money // if only corroborated and plausible resolutions count
	Corroborated refund.Money // if only corroborated resolutions count
}

// Figures returns the refundable amounts of a case under a policy. They do not depend on
// the findings of the case.
//
// It returns the errors of [refund.Policy.Evaluate], and an [*refund.InvalidError] for a
// case of another subscription than the one reviewed.
func (r Report) Figures(p refund.Policy, c refund.Case) (Figures, error) {
	var f Figures
	for _, figure := range []struct {
		amount *refund.Money
		issues refund.IssueLog
	}{
		{&f.Logged, c.Issues},
		{&f.Supported, r.Supported(c.Issues)},
		{&f.Corroborated, r.Corroborated(c.Issues)},
	} {
		c.Issues = figure.issues
		outcome, err := p.Evaluate(c)
		if err == nil {
			err = r.reviewed(c)
		}
		if err != nil {
			return Figures{}, err
		}
		*figure.amount = outcome.Refundable
	}
	return f, nil
}

// reviewed returns an error for a case of another subscription.
func (r *Report) reviewed(c refund.Case) error {
	if c.Subscription.ID != r.Subscription {
		return invalid("subscription.id", "is another subscription than the one reviewed")
	}
	return nil
}
