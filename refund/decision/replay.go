package decision

import (
	"crypto/ed25519"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Replay returns a recorded decision: only if the record is authentic under one of the
// keys, the policy and the case are those of the decision, and the case still has the
// same outcome. To change keys, accept the old ones along with the one that signs new
// records.
//
// It returns a [*refund.InvalidError] for an invalid policy, case or key, an error
// matching [ErrForged] for a record that is not authentic, a [*StaleError] matching
// [ErrStale] that names what differs, and the errors of [Approve], [Grant] or [Decline],
// which decides again.
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
	// The record must not say anything other than what was decided again.
	if d.Digest() != refund.Digest(facts.form().Sum()) {
		return Decision{}, ErrForged
	}
	return d, nil
}

// again decides what a record says was decided.
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
