package refund

import (
	"slices"
	"time"
)

// A Decision is the company's discretion used ([ClauseGuarantee], [ClauseGoodwill]):
// the only thing that releases money. It comes from [Policy.Authorize],
// [Policy.Goodwill], [Policy.Decline] or [Policy.Replay] and cannot be made or
// altered in any other way. The zero Decision is none, and releases nothing
// anywhere.
//
// A Decision is immutable, and safe for concurrent use.
type Decision struct {
	_ [0]func() // not comparable with ==; see Digest
	d *decision
}

type decision struct {
	kind     DecisionKind
	amount   Money // nothing if declined
	officer  Officer
	at       time.Time
	reason   string
	goodwill Goodwill // if that is its kind
	outcome  Outcome

	policyDigest, caseDigest, outcomeDigest Digest
}

// DecisionKind is what was decided. The zero DecisionKind is unset.
type DecisionKind uint8

const (
	// DecisionAuthorized: a refund under the guarantee.
	DecisionAuthorized DecisionKind = iota + 1
	// DecisionGoodwill: a refund beyond it.
	DecisionGoodwill
	// DecisionDeclined: none.
	DecisionDeclined
)

var decisionKindCodes = []string{"", "authorized", "goodwill", "declined"}

// String returns the code, such as "authorized".
func (k DecisionKind) String() string { return enumString("DecisionKind", decisionKindCodes, k) }

// MarshalText returns the code, empty for the zero value.
func (k DecisionKind) MarshalText() ([]byte, error) {
	return enumMarshal("kind", decisionKindCodes, k)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (k *DecisionKind) UnmarshalText(text []byte) error {
	return enumUnmarshal("kind", decisionKindCodes, text, k)
}

// IsZero reports whether d is the zero Decision.
func (d Decision) IsZero() bool { return d.d == nil }

// get returns the decision's content; that of the zero Decision is empty.
func (d Decision) get() *decision {
	if d.d == nil {
		return &decision{}
	}
	return d.d
}

// Kind returns what was decided, unset for the zero Decision.
func (d Decision) Kind() DecisionKind { return d.get().kind }

// Amount returns how much is released: positive, an amount of nothing if declined,
// and no amount for the zero Decision.
func (d Decision) Amount() Money { return d.get().amount }

// Officer returns who decided.
func (d Decision) Officer() Officer { return d.get().officer }

// At returns when it was decided, in the policy's location.
func (d Decision) At() time.Time { return d.get().at }

// Reason returns why, in the officer's words.
func (d Decision) Reason() string { return d.get().reason }

// Breakdown returns how the amount of a goodwill came about, and whether this is
// one. Its net is more than the amount where the cap limited it.
func (d Decision) Breakdown() (g Goodwill, ok bool) {
	g = d.get().goodwill
	g.Software = slices.Clone(g.Software)
	return g, d.Kind() == DecisionGoodwill
}

// Outcome returns the outcome that the decision rests on.
func (d Decision) Outcome() Outcome {
	o := d.get().outcome
	o.Findings = slices.Clone(o.Findings)
	return o
}

// Subscription returns the id of the subscription.
func (d Decision) Subscription() string { return d.get().outcome.Subscription }

// Paid returns the amount paid that the decision was judged on.
func (d Decision) Paid() Money { return d.get().outcome.Basis.Paid }

// Refunded returns the amount given back before that the decision was judged on.
func (d Decision) Refunded() Money { return d.get().outcome.Basis.Refunded }

// EndsService reports whether the service ends with the decision, and when: a
// request is a cancellation, so a refund authorised under the guarantee ends it as
// it is decided, unless an earlier one has. Acting on that is the host's.
func (d Decision) EndsService() (at time.Time, ends bool) {
	if d.Kind() != DecisionAuthorized {
		return time.Time{}, false
	}
	return d.At(), true
}

// PolicyDigest returns the digest of the policy that the decision was made under.
func (d Decision) PolicyDigest() Digest { return d.get().policyDigest }

// CaseDigest returns the digest of the case that was decided.
func (d Decision) CaseDigest() Digest { return d.get().caseDigest }

// OutcomeDigest returns the digest of the outcome that was shown.
func (d Decision) OutcomeDigest() Digest { return d.get().outcomeDigest }

// Digest names the decision by its content: what was decided, by whom, when, why and
// on which facts. That of the zero Decision is the zero Digest.
func (d Decision) Digest() Digest {
	if d.IsZero() {
		return Digest{}
	}
	return d.d.canon().sum()
}

// Equal reports whether both are the same decision.
func (d Decision) Equal(e Decision) bool { return d.Digest() == e.Digest() }
