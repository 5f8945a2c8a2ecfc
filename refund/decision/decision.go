package decision

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Decision is the company's decision on a request for a refund. It is the only value that
// releases money, and only [Approve], [Grant], [Decline] and [Replay] can create one. The
// zero Decision means that no decision was made; it releases no money.
//
// A Decision is immutable and safe for concurrent use. Compare decisions with
// [Decision.Equal]; == does not compile.
type Decision struct {
	_ [0]func() // makes == a compile error
	c *content
}

// A content holds the fields of a Decision.
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

// get returns the content of d, which is empty for the zero Decision.
func (d Decision) get() *content {
	if d.c == nil {
		return &content{}
	}
	return d.c
}

// Kind returns the kind of the decision, unset for the zero Decision.
func (d Decision) Kind() Kind { return d.get().kind }

// Amount returns the released amount. It is positive, or zero for a denial. It is the zero
// Money for the zero Decision.
func (d Decision) Amount() refund.Money { return d.get().amount }

// Officer returns the officer who decided. For a denial, its Limit is the zero Money.
func (d Decision) Officer() Officer { return d.get().officer }

// At returns the instant of the decision, in the policy's location.
func (d Decision) At() time.Time { return d.get().at }

// Reason returns the officer's reason.
func (d Decision) Reason() string { return d.get().reason }

// Goodwill returns the goodwill from which [Grant] computed the amount, and whether the
// decision is of [KindGoodwill]. [Goodwill.Net] is more than the amount if earlier refunds,
// open disputes or the cap reduced it.
func (d Decision) Goodwill() (g Goodwill, ok bool) {
	g = d.get().goodwill
	g.Software, g.Acknowledged = slices.Clone(g.Software), slices.Clone(g.Acknowledged)
	return g, d.Kind() == KindGoodwill
}

// Outcome returns the outcome on which the decision rests.
func (d Decision) Outcome() refund.Outcome {
	o := d.get().outcome
	o.Findings = slices.Clone(o.Findings)
	return o
}

// Subscription returns the id of the subscription.
func (d Decision) Subscription() string { return d.get().outcome.Subscription }

// Paid returns [refund.Subscription.Paid] of the case as it was decided.
func (d Decision) Paid() refund.Money { return d.get().outcome.Basis.Paid }

// Refunded returns the sum of the refunds before the decision.
func (d Decision) Refunded() refund.Money { return d.get().outcome.Refunded }

// Disputed returns [refund.Subscription.Disputed] of the case as it was decided.
func (d Decision) Disputed() refund.Money { return d.get().outcome.Disputed }

// Acknowledged returns the clauses whose objections the officer acknowledged.
func (d Decision) Acknowledged() []refund.Clause { return slices.Clone(d.get().acknowledged) }

// Grounds returns the clauses on which a denial rests. It is nil for other kinds.
func (d Decision) Grounds() []refund.Clause { return slices.Clone(d.get().grounds) }

// PolicyDigest returns the digest of the policy of the decision.
func (d Decision) PolicyDigest() refund.Digest { return d.get().policyDigest }

// CaseDigest returns the digest of the case that was decided.
func (d Decision) CaseDigest() refund.Digest { return d.get().caseDigest }

// OutcomeDigest returns the digest of the outcome that the officer saw.
func (d Decision) OutcomeDigest() refund.Digest { return d.get().outcomeDigest }

// Digest returns the digest of the decision. It covers the kind, amount, officer, instant
// and reason, and the digests of policy, case and outcome. The digest of the zero Decision
// is the zero Digest.
func (d Decision) Digest() refund.Digest {
	if d.IsZero() {
		return refund.Digest{}
	}
	return d.c.facts().form().Sum()
}

// Equal reports whether d and e are the same decision.
func (d Decision) Equal(e Decision) bool { return d.Digest() == e.Digest() }
