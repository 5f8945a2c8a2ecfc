package refund

import (
	"errors"
	"slices"
	"time"
)

// Authorize decides that a stated amount is refunded under the guarantee. shown is
// the digest of the outcome that the officer saw: the case is evaluated again, and
// if it comes to anything else, nothing is decided.
//
// The errors, in this order: an [*InvalidError] for an invalid policy, case or
// approval, or a policy that was not yet in force as the subscription started; a
// [*StaleError] matching [ErrStale]; a [*GatesError] with every gate that is closed,
// of [ErrNotReviewed], [ErrHeld], [ErrSelfApproval], [ErrAboveLimit],
// [ErrNothingToRefund] and [ErrAboveRefundable]. The Decision is then the zero one.
func (p Policy) Authorize(c Case, shown Digest, a Approval) (Decision, error) {
	d, err := p.decide(&c, shown, func(f *faults) { a.validate(f, &c) })
	if err != nil {
		return Decision{}, err
	}
	d.kind, d.reason = DecisionAuthorized, a.Reason
	return p.release(&c, d, &a.By, a.At, a.Amount, d.outcome.Refundable)
}

// Goodwill decides on a refund beyond the guarantee ([ClauseGoodwill]): the net of
// the goodwill, but no more than the cap leaves. It is open on every verdict, late
// and one-time included. shown and the errors are as for [Policy.Authorize]; there
// is no [ErrAboveRefundable], since the cap limits instead, and
// [ErrNothingToRefund] also means that the net is nothing or less.
func (p Policy) Goodwill(c Case, shown Digest, g Goodwill) (Decision, error) {
	d, err := p.decide(&c, shown, func(f *faults) { g.validate(f, &c) })
	if err != nil {
		return Decision{}, err
	}
	net, err := g.Net()
	if err != nil {
		return Decision{}, err
	}
	amount, most := net, d.outcome.Basis.capLeft()
	if most.Sign() > 0 { // else it is told what there was to release
		amount = lesser(net, most)
	}
	g.Software = slices.Clone(g.Software)
	d.kind, d.reason, d.goodwill = DecisionGoodwill, g.Reason, g
	return p.release(&c, d, &g.By, g.At, amount, most)
}

// Decline decides that nothing is refunded. It is open on any outcome, held or not
// reviewed too, but not to a party of the case. shown and the errors are as for
// [Policy.Authorize]; of the gates there is [ErrSelfApproval] alone.
func (p Policy) Decline(c Case, shown Digest, r Refusal) (Decision, error) {
	d, err := p.decide(&c, shown, func(f *faults) { r.validate(f, &c) })
	if err != nil {
		return Decision{}, err
	}
	if r.By.involved(&c) {
		return Decision{}, &GatesError{[]*GateError{{Gate: ErrSelfApproval}}}
	}
	d.kind, d.reason = DecisionDeclined, r.Reason
	return p.sign(d, &r.By, r.At, Money{currency: c.Subscription.Price.currency}), nil
}

// decide begins a decision: it evaluates again, and compares with what was shown.
func (p *Policy) decide(c *Case, shown Digest, validate func(*faults)) (*decision, error) {
	outcome, err := p.Evaluate(*c)
	var f faults
	var invalid *InvalidError
	if errors.As(err, &invalid) {
		f = invalid.Faults
	}
	if start := c.Subscription.Start; instantFault(start) == "" && !p.Effective.IsZero() && before(start, p.Effective) {
		f.add("subscription.start", "is before the policy takes effect: decide under the edition that was in force")
	}
	if c.Subscription.Price.IsValid() { // else there is no currency to hold amounts to
		validate(&f)
	}
	if f != nil {
		return nil, f.err()
	}
	now := outcome.Digest()
	if now != shown {
		return nil, &StaleError{"outcome", shown, now}
	}
	return &decision{outcome: outcome, policyDigest: p.Digest(), caseDigest: c.Digest(), outcomeDigest: now}, nil
}

// release ends a decision that releases an amount, of at most so much. Whatever is
// released passes here, and the cap with it.
func (p *Policy) release(c *Case, d *decision, by *Officer, at time.Time, amount, most Money) (Decision, error) {
	most = lesser(most, d.outcome.Basis.capLeft())
	if err := d.outcome.gates(p, c, by, amount, most); err != nil {
		return Decision{}, err
	}
	return p.sign(d, by, at, amount), nil
}

func (p *Policy) sign(d *decision, by *Officer, at time.Time, amount Money) Decision {
	d.officer, d.at, d.amount = *by, at.Round(0).In(p.Location), amount
	return Decision{d: d}
}

// capLeft returns how much may still be given back at all ([ClauseCap]): the lesser
// of the amounts subscribed and paid, less what was given back before, never
// negative.
func (b *Basis) capLeft() Money {
	return lesser(b.Price, b.Paid).sub(b.Refunded, b.Price.currency).floor0()
}
