package decision

import (
	"crypto/ed25519"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Replay returns a recorded decision. The record must be authentic under one of the keys,
// the policy and the case must be those of the decision, and the case must still have the
// same outcome. To rotate keys, pass the old public keys along with the new one.
//
// Replay returns a [*refund.InvalidError] if the policy, the case or a key is not valid, an
// error that matches [ErrForged] if the record is not authentic, and a [*StaleError], which
// matches [ErrStale], if the policy, the case or the outcome differs. It then decides again,
// and also returns the errors of [Approve], [Grant] or [Decline].
func Replay(p refund.Policy, c refund.Case, record []byte, keys ...ed25519.PublicKey) (Decision, error) {
	var f refund.Faults
	f.Merge(p.Validate())
	keysFaults(&f, keys)
	f.Merge(c.Validate())
	if f != nil {
		return Decision{}, f.Err()
	}
	facts, err := Verify(record, keys...)
	if err != nil {
		return Decision{}, err
	}
	if now := p.Digest(); now != facts.Policy {
		return Decision{}, &StaleError{"policy", facts.Policy, now}
	}
	if now := c.Digest(); now != facts.Case {
		return Decision{}, &StaleError{"case", facts.Case, now}
	}
	d, err := facts.again(p, c)
	if err != nil {
		return Decision{}, err
	}
	// The record must hold exactly the decision that was made again.
	if d.Digest() != refund.Digest(facts.form().Sum()) {
		return Decision{}, ErrForged
	}
	return d, nil
}

// again makes the recorded decision again.
func (f Facts) again(p refund.Policy, c refund.Case) (Decision, error) {
	switch f.Kind {
	case KindApproved:
		return Approve(p, c, f.Outcome, Approval{By: f.Officer, At: f.At, Amount: f.Amount, Acknowledged: f.Acknowledged, Reason: f.Reason})
	case KindGoodwill:
		return Grant(p, c, f.Outcome, Goodwill{By: f.Officer, At: f.At, Charges: f.Charges, Fees: f.Fees, Software: f.Software, Acknowledged: f.Acknowledged, Reason: f.Reason})
	case KindDeclined:
		return Decline(p, c, f.Outcome, Denial{By: f.Officer, At: f.At, Grounds: f.Grounds, Reason: f.Reason})
	}
	return Decision{}, ErrForged
}
