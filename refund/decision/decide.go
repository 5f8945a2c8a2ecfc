package decision

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Approve returns an officer's decision to refund a stated amount under the guarantee. shown
// is the digest of the outcome that the officer saw. Approve evaluates the case again and
// returns an error if the outcome is a different one.
//
// If there is an error, Approve returns the zero Decision and the first of these errors:
//
//   - a [*refund.InvalidError] if the policy, the case or the approval is not valid, if the
//     policy was not in force when the subscription started, or if a fact of the case is
//     later than the decision;
//   - a [*StaleError], which matches [ErrStale], if the outcome is not the one shown;
//   - a [*GatesError] with every closed gate: [ErrNotReviewed], [ErrNotAcknowledged],
//     [ErrHeld], [ErrSelfApproval], [ErrAboveLimit], [ErrNothingToRefund], [ErrPartial] and
//     [ErrAboveRefundable].
func Approve(p refund.Policy, c refund.Case, shown refund.Digest, a Approval) (Decision, error) {
	d, err := begin(&p, &c, shown, a.At, a.validate)
	if err != nil {
		return Decision{}, err
	}
	d.kind, d.reason, d.acknowledged = KindApproved, a.Reason, clauseSet(a.Acknowledged)
	return d.release(&p, &c, &a.By, a.At, a.Amount, d.outcome.Refundable)
}

// Grant returns an officer's decision on a refund beyond the guarantee
// ([refund.ClauseGoodwill]). Every verdict allows it, including those of late requests and
// one-time services. The amount is [Goodwill.Net], less open disputes, less earlier refunds
// (except under [refund.GoodwillAfterInAddition]), and at most [refund.Outcome.Remaining].
//
// shown and the errors are as for [Approve], except that [ErrPartial] and
// [ErrAboveRefundable] do not occur. [ErrNothingToRefund] means that the amount or
// [refund.Outcome.Remaining] is not positive.
func Grant(p refund.Policy, c refund.Case, shown refund.Digest, g Goodwill) (Decision, error) {
	d, err := begin(&p, &c, shown, g.At, g.validate)
	if err != nil {
		return Decision{}, err
	}
	amount, err := g.Net()
	if err != nil {
		return Decision{}, err
	}
	if p.Readings.GoodwillAfter == refund.GoodwillAfterLessRefunds {
		amount = exact.Sub(amount, d.outcome.Refunded)
	}
	amount = exact.Sub(amount, d.outcome.Disputed)
	most := d.outcome.Remaining
	if most.Sign() > 0 { // otherwise the error shows the amount before the cap
		amount = exact.Min(amount, most)
	}
	g.At, g.Software, g.Acknowledged = decidedAt(g.At, &p), slices.Clone(g.Software), clauseSet(g.Acknowledged)
	d.kind, d.reason, d.acknowledged, d.goodwill = KindGoodwill, g.Reason, g.Acknowledged, g
	return d.release(&p, &c, &g.By, g.At, amount, most)
}

// Decline returns an officer's decision to refund no amount. Every outcome allows it, even
// one that is held or not reviewed. shown and the errors are as for [Approve], but
// [ErrSelfApproval] is the only gate.
func Decline(p refund.Policy, c refund.Case, shown refund.Digest, n Denial) (Decision, error) {
	d, err := begin(&p, &c, shown, n.At, n.validate)
	if err != nil {
		return Decision{}, err
	}
	if n.By.involved(&c) {
		return Decision{}, &GatesError{Gates: []*GateError{{Gate: ErrSelfApproval}}, Kind: KindDeclined}
	}
	// A denial releases no money, so the limit is neither checked nor recorded.
	n.By.Limit = refund.Money{}
	d.kind, d.reason, d.grounds = KindDeclined, n.Reason, clauseSet(n.Grounds)
	return d.seal(&p, &n.By, n.At, c.Subscription.Price.Times(0)), nil
}

// begin evaluates the case again, compares the outcome with the one that was shown, and
// validates the officer's decision.
func begin(p *refund.Policy, c *refund.Case, shown refund.Digest, at time.Time,
	validate func(*refund.Faults, *refund.Policy, *refund.Case, *refund.Outcome)) (*content, error) {
	outcome, err := p.Evaluate(*c)
	var f refund.Faults
	f.Merge(err)
	if start := c.Subscription.Start; instant.Fault(start) == "" && !p.Effective.IsZero() && instant.Before(start, p.Effective) {
		f.Add("subscription.start", "is before the policy takes effect: use the version that was in force then")
	}
	laterFaults(&f, at, c)
	var now refund.Digest
	var seen *refund.Outcome
	if err == nil {
		if now = outcome.Digest(); now == shown {
			// The officer named clauses of the outcome shown. If the outcome has changed, they
			// are stale, not invalid.
			seen = &outcome
		}
	}
	if !c.Subscription.Price.IsZero() { // otherwise the currency of the case is not known
		validate(&f, p, c, seen)
	}
	if f != nil {
		return nil, f.Err()
	}
	if now != shown {
		return nil, &StaleError{"outcome", shown, now}
	}
	return &content{outcome: outcome, policyDigest: p.Digest(), caseDigest: c.Digest(), outcomeDigest: now}, nil
}

// release completes a decision that releases an amount of at most most. Every released
// amount passes through here, which enforces the cap.
func (d *content) release(p *refund.Policy, c *refund.Case, by *Officer, at time.Time, amount, most refund.Money) (Decision, error) {
	most = exact.Min(most, d.outcome.Remaining)
	if err := d.gates(p, c, by, amount, most); err != nil {
		return Decision{}, err
	}
	return d.seal(p, by, at, amount), nil
}

func (d *content) seal(p *refund.Policy, by *Officer, at time.Time, amount refund.Money) Decision {
	d.officer, d.at, d.amount = *by, decidedAt(at, p), amount
	return Decision{c: d}
}

// decidedAt returns the instant of a decision without a monotonic clock reading.
func decidedAt(at time.Time, p *refund.Policy) time.Time { return at.Round(0).In(p.Location) }
