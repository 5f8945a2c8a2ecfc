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
// approval, or a policy that was not yet in force when the subscription started; a
// [*StaleError] matching [ErrStale]; a [*GatesError] with every closed gate, of
// [ErrNotReviewed], [ErrHeld], [ErrSelfApproval], [ErrAboveLimit], [ErrNothingToRefund]
// and [ErrAboveRefundable]. With an error the Decision is the zero one.
func Approve(p refund.Policy, c refund.Case, shown refund.Digest, a Approval) (Decision, error) {
	d, err := begin(&p, &c, shown, a.validate)
	if err != nil {
		return Decision{}, err
	}
	d.kind, d.reason = KindApproved, a.Reason
	return d.release(&p, &c, &a.By, a.At, a.Amount, d.outcome.Refundable)
}

// Grant decides on a refund beyond the guarantee ([refund.ClauseGoodwill]): the net of
// the goodwill, limited to what the cap leaves. Every verdict allows it, late requests
// and one-time services included. shown and the errors are as for [Approve]; the cap
// limits instead of [ErrAboveRefundable], and [ErrNothingToRefund] also means that the
// net is not positive.
func Grant(p refund.Policy, c refund.Case, shown refund.Digest, g Goodwill) (Decision, error) {
	d, err := begin(&p, &c, shown, g.validate)
	if err != nil {
		return Decision{}, err
	}
	net, err := g.Net()
	if err != nil {
		return Decision{}, err
	}
	amount, most := net, d.outcome.Basis.CapLeft()
	if most.Sign() > 0 { // else the error shows what there was to release
		amount = exact.Min(net, most)
	}
	g.Software = slices.Clone(g.Software)
	d.kind, d.reason, d.goodwill = KindGoodwill, g.Reason, g
	return d.release(&p, &c, &g.By, g.At, amount, most)
}

// Decline decides that no amount is refunded. Every outcome allows it, held or not
// reviewed ones included, but not by a party to the case. shown and the errors are as
// for [Approve]; [ErrSelfApproval] is its only gate.
func Decline(p refund.Policy, c refund.Case, shown refund.Digest, n Denial) (Decision, error) {
	d, err := begin(&p, &c, shown, n.validate)
	if err != nil {
		return Decision{}, err
	}
	if n.By.involved(&c) {
		return Decision{}, &GatesError{[]*GateError{{Gate: ErrSelfApproval}}}
	}
	d.kind, d.reason = KindDeclined, n.Reason
	return d.seal(&p, &n.By, n.At, c.Subscription.Price.Times(0)), nil
}

// begin evaluates the case again and compares the outcome with the one that was shown.
func begin(p *refund.Policy, c *refund.Case, shown refund.Digest, validate func(*refund.Faults, *refund.Case)) (*content, error) {
	outcome, err := p.Evaluate(*c)
	var f refund.Faults
	f.Merge(err)
	if start := c.Subscription.Start; instant.Fault(start) == "" && !p.Effective.IsZero() && instant.Before(start, p.Effective) {
		f.Add("subscription.start", "is before the policy takes effect: decide under the version that was in force")
	}
	if !c.Subscription.Price.IsZero() { // else there is no currency to hold amounts to
		validate(&f, c)
	}
	if f != nil {
		return nil, f.Err()
	}
	now := outcome.Digest()
	if now != shown {
		return nil, &StaleError{"outcome", shown, now}
	}
	return &content{outcome: outcome, policyDigest: p.Digest(), caseDigest: c.Digest(), outcomeDigest: now}, nil
}

// release completes a decision that releases an amount, of at most most. Every released
// amount passes here, and with it the cap.
func (d *content) release(p *refund.Policy, c *refund.Case, by *Officer, at time.Time, amount, most refund.Money) (Decision, error) {
	most = exact.Min(most, d.outcome.Basis.CapLeft())
	if err := gates(p, c, &d.outcome, by, amount, most); err != nil {
		return Decision{}, err
	}
	return d.seal(p, by, at, amount), nil
}

func (d *content) seal(p *refund.Policy, by *Officer, at time.Time, amount refund.Money) Decision {
	d.officer, d.at, d.amount = *by, at.Round(0).In(p.Location), amount
	return Decision{c: d}
}
