package decision

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Decision is the company's discretion used ([refund.ClauseGuarantee],
// [refund.ClauseGoodwill]): the only value that releases money. It comes from [Approve],
// [Grant], [Decline] or [Replay] and cannot be made or altered in any other way. The
// zero Decision is no decision and releases no amount.
//
// A Decision is immutable, and safe for concurrent use.
type Decision struct {
	_ [0]func() // not comparable with ==; see Digest
	c *content
}

// A content is what was decided.
type content struct {
	kind     Kind
	amount   refund.Money // zero if declined
	officer  Officer
	at       time.Time
	reason   string
	goodwill Goodwill // for KindGoodwill
	outcome  refund.Outcome

	acknowledged []refund.Clause // objections that the officer has seen
	grounds      []refund.Clause // for KindDeclined

	policyDigest, caseDigest, outcomeDigest refund.Digest
}

// IsZero reports whether d is the zero Decision.
func (d Decision) IsZero() bool { return d.c == nil }

// get returns the content of d; that of the zero Decision is empty.
func (d Decision) get() *content {
	if d.c == nil {
		return &content{}
	}
	return d.c
}

// Kind returns what was decided, unset for the zero Decision.
func (d Decision) Kind() Kind { return d.get().kind }

// Amount returns the released amount: positive, zero if declined, and the zero Money for
// the zero Decision.
func (d Decision) Amount() refund.Money { return d.get().amount }

// Officer returns who decided, without the limit if declined.
func (d Decision) Officer() Officer { return d.get().officer }

// At returns when it was decided, in the policy's location.
func (d Decision) At() time.Time { return d.get().at }

// Reason returns the officer's reason.
func (d Decision) Reason() string { return d.get().reason }

// Goodwill returns how the amount of a goodwill was computed, and whether the decision is
// one. Its net is more than the amount where earlier refunds, open disputes or the cap
// reduced it.
func (d Decision) Goodwill() (g Goodwill, ok bool) {
	g = d.get().goodwill
	g.Software, g.Acknowledged = slices.Clone(g.Software), slices.Clone(g.Acknowledged)
	return g, d.Kind() == KindGoodwill
}

// Outcome returns the outcome that the decision rests on.
func (d Decision) Outcome() refund.Outcome {
	o := d.get().outcome
	o.Findings = slices.Clone(o.Findings)
	return o
}

// Subscription returns the id of the subscription.
func (d Decision) Subscription() string { return d.get().outcome.Subscription }

// Paid returns the amount paid on which the decision was judged.
func (d Decision) Paid() refund.Money { return d.get().outcome.Basis.Paid }

// Refunded returns the amount refunded before, on which the decision was judged.
func (d Decision) Refunded() refund.Money { return d.get().outcome.Refunded }

// Disputed returns the disputed amount on which the decision was judged.
func (d Decision) Disputed() refund.Money { return d.get().outcome.Disputed }

// Acknowledged returns the clauses whose objections the officer has acknowledged.
func (d Decision) Acknowledged() []refund.Clause { return slices.Clone(d.get().acknowledged) }

// Grounds returns the clauses on which a denial rests.
func (d Decision) Grounds() []refund.Clause { return slices.Clone(d.get().grounds) }

// PolicyDigest returns the digest of the policy under which it was decided.
func (d Decision) PolicyDigest() refund.Digest { return d.get().policyDigest }

// CaseDigest returns the digest of the case that was decided.
func (d Decision) CaseDigest() refund.Digest { return d.get().caseDigest }

// OutcomeDigest returns the digest of the outcome that was shown.
func (d Decision) OutcomeDigest() refund.Digest { return d.get().outcomeDigest }

// Digest names the decision by its content: what was decided, by whom, when, why and on
// which facts. The digest of the zero Decision is the zero Digest.
func (d Decision) Digest() refund.Digest {
	if d.IsZero() {
		return refund.Digest{}
	}
	return d.c.facts().form().Sum()
}

// Equal reports whether both are the same decision.
func (d Decision) Equal(e Decision) bool { return d.Digest() == e.Digest() }
