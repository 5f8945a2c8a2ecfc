package decision

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Decision is the company's discretion used ([refund.ClauseGuarantee],
// [refund.ClauseGoodwill]): the only value that releases money. It comes from [Approve],
// [Grant], [Decline] or [Replay] and cannot be made or altered in any other way. The
// zero Decision decides nothing and releases nothing.
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

// Officer returns who decided.
func (d Decision) Officer() Officer { return d.get().officer }

// At returns when it was decided, in the policy's location.
func (d Decision) At() time.Time { return d.get().at }

// Reason returns the officer's reason.
func (d Decision) Reason() string { return d.get().reason }

// Goodwill returns how the amount of a goodwill was computed, and whether the decision is
// one. Its net is more than the amount where the cap limited it.
func (d Decision) Goodwill() (g Goodwill, ok bool) {
	g = d.get().goodwill
	g.Software = slices.Clone(g.Software)
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
func (d Decision) Refunded() refund.Money { return d.get().outcome.Basis.Refunded }

// EndsService reports whether the service ends with the decision, and when: a request is
// a cancellation, so an approved refund under the guarantee ends the service, unless an
// earlier one has. Ending it is the host's task.
func (d Decision) EndsService() (at time.Time, ends bool) {
	if d.Kind() != KindApproved {
		return time.Time{}, false
	}
	return d.At(), true
}

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
	return d.c.form().Sum()
}

// Equal reports whether both are the same decision.
func (d Decision) Equal(e Decision) bool { return d.Digest() == e.Digest() }
