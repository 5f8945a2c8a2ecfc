package decision

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Approve decides that a stated amount is refunded under the guarantee. shown is the
// digest of the outcome that the officer saw: the case is evaluated again, and a
// different outcome is refused.
//
// The errors, in this order: a [*refund.InvalidError] for an invalid policy, case or
// approval, a policy that was not yet in force when the subscription started, or a fact
// later than the decision; a [*StaleError] matching [ErrStale]; a [*GatesError] with every
// closed gate, of [ErrNotReviewed], [ErrNotAcknowledged], [ErrHeld], [ErrSelfApproval],
// [ErrAboveLimit], [ErrNothingToRefund], [ErrPartial] and [ErrAboveRefundable]. With an
// error the Decision is the zero one.
func Approve(p refund.Policy, c refund.Case, shown refund.Digest, a Approval) (Decision, error) {
	d, err := begin(&p, &c, shown, a.At, a.validate)
	if err != nil {
		return Decision{}, err
	}
	d.kind, d.reason, d.acknowledged = KindApproved, a.Reason, clauseSet(a.Acknowledged)
	return d.release(&p, &c, &a.By, a.At, a.Amount, d.outcome.Refundable)
}

// Grant decides on a refund beyond the guarantee ([refund.ClauseGoodwill]): the net of
// the goodwill, less what was refunded before (unless [refund.GoodwillAfterInAddition])
// and what is disputed, limited to what the cap leaves. Every verdict allows it, late
// requests and one-time services included. shown and the errors are as for [Approve]; the
// cap limits instead of [ErrAboveRefundable], and [ErrNothingToRefund] also means that
// the difference is not positive.
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
	if most.Sign() > 0 { // else the error shows what there was to release
		amount = exact.Min(amount, most)
	}
	g.At, g.Software, g.Acknowledged = decidedAt(g.At, &p), slices.Clone(g.Software), clauseSet(g.Acknowledged)
	d.kind, d.reason, d.acknowledged, d.goodwill = KindGoodwill, g.Reason, g.Acknowledged, g
	return d.release(&p, &c, &g.By, g.At, amount, most)
}

// Decline decides that no amount is refunded. Every outcome allows it, held or not
// reviewed ones included, but not by a party to the case. shown and the errors are as
// for [Approve]; [ErrSelfApproval] is its only gate.
func Decline(p refund.Policy, c refund.Case, shown refund.Digest, n Denial) (Decision, error) {
	d, err := begin(&p, &c, shown, n.At, n.validate)
	if err != nil {
		return Decision{}, err
	}
	if n.By.involved(&c) {
		return Decision{}, &GatesError{[]*GateError{{Gate: ErrSelfApproval}}}
	}
	// A denial releases no money, so that a limit in any currency will do: it is not looked
	// at, and not recorded.
	n.By.Limit = refund.Money{}
	d.kind, d.reason, d.grounds = KindDeclined, n.Reason, clauseSet(n.Grounds)
	return d.seal(&p, &n.By, n.At, c.Subscription.Price.Times(0)), nil
}

// begin evaluates the case again and compares the outcome with the one that was shown.
func begin(p *refund.Policy, c *refund.Case, shown refund.Digest, at time.Time,
	validate func(*refund.Faults, *refund.Policy, *refund.Case, *refund.Outcome)) (*content, error) {
	outcome, err := p.Evaluate(*c)
	var f refund.Faults
	f.Merge(err)
	if start := c.Subscription.Start; instant.Fault(start) == "" && !p.Effective.IsZero() && instant.Before(start, p.Effective) {
		f.Add("subscription.start", "is before the policy takes effect: decide under the version that was in force")
	}
	laterFaults(&f, at, c)
	var now refund.Digest
	var seen *refund.Outcome
	if err == nil {
		if now = outcome.Digest(); now == shown {
			// Clauses are named with the outcome in view: on another one they are stale, not invalid.
			seen = &outcome
		}
	}
	if !c.Subscription.Price.IsZero() { // else there is no currency to hold amounts to
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

// release completes a decision that releases an amount, of at most most. Every released
// amount passes here, and with it the cap.
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

// decidedAt returns the instant of a decision as it is kept: without a monotonic reading.
func decidedAt(at time.Time, p *refund.Policy) time.Time { return at.Round(0).In(p.Location) }
