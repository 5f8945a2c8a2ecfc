package decision

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Proposal is a decision that an officer proposes, as a page or a program sends it to the
// service that decides: the digest of the outcome that the officer saw, and exactly one of an
// approval, goodwill and a denial. [Proposal.Decide] makes the decision. The zero Proposal is
// not valid.
//
// The JSON of a proposal does not have By and At, and Decide ignores them: the service knows the
// officer from the sign-in, and the instant from its clock.
type Proposal struct {
	Outcome refund.Digest // of the outcome that the officer saw; required

	// Exactly one of these is set.
	Approval *Approval
	Goodwill *Goodwill
	Denial   *Denial
}

// MaxEntries is the largest number of entries in a list of a proposal's JSON: in Acknowledged,
// Grounds and Software.
const MaxEntries = 100

// Kind returns the kind of the proposed decision. It is unset unless exactly one of Approval,
// Goodwill and Denial is set.
func (p Proposal) Kind() Kind {
	switch approval, goodwill, denial := p.Approval != nil, p.Goodwill != nil, p.Denial != nil; {
	case approval && !goodwill && !denial:
		return KindApproved
	case goodwill && !approval && !denial:
		return KindGoodwill
	case denial && !approval && !goodwill:
		return KindDeclined
	}
	return 0
}

const notOneKind = "must have exactly one of approval, goodwill and denial"

// Decide makes the proposed decision by an officer at an instant: it calls [Approve], [Grant]
// or [Decline] with Outcome as the digest shown, and returns their result. It ignores By and
// At of the approval, goodwill or denial, and does not change p.
//
// If the kind is unset, Decide returns a [*refund.InvalidError]. A zero Outcome is stale, as for
// those functions ([ErrStale]).
func (p Proposal) Decide(policy refund.Policy, c refund.Case, by Officer, at time.Time) (Decision, error) {
	switch p.Kind() {
	case KindApproved:
		a := *p.Approval
		a.By, a.At = by, at
		return Approve(policy, c, p.Outcome, a)
	case KindGoodwill:
		g := *p.Goodwill
		g.By, g.At = by, at
		return Grant(policy, c, p.Outcome, g)
	case KindDeclined:
		n := *p.Denial
		n.By, n.At = by, at
		return Decline(policy, c, p.Outcome, n)
	}
	return Decision{}, invalid("", notOneKind)
}

// faults returns the faults that do not depend on the case.
func (p *Proposal) faults() (f refund.Faults) {
	if p.Kind() == 0 {
		f.Add("", notOneKind)
	}
	if p.Outcome.IsZero() {
		f.Add("outcome", "is required")
	}
	if a := p.Approval; a != nil {
		clausesFaults(&f, "approval.acknowledged", a.Acknowledged)
	}
	if g := p.Goodwill; g != nil {
		tooMany(&f, "goodwill.software", len(g.Software))
		clausesFaults(&f, "goodwill.acknowledged", g.Acknowledged)
	}
	if n := p.Denial; n != nil {
		clausesFaults(&f, "denial.grounds", n.Grounds)
	}
	return f
}

func clausesFaults(f *refund.Faults, path string, clauses []refund.Clause) {
	if tooMany(f, path, len(clauses)) {
		return
	}
	for i, c := range clauses {
		if !c.IsValid() {
			f.Add(element(path, i), "is not a clause")
		}
	}
}

// tooMany reports whether a list has more than MaxEntries entries, and adds a fault if it does.
func tooMany(f *refund.Faults, path string, n int) bool {
	if n > MaxEntries {
		f.Add(path, "has more than 100 entries")
	}
	return n > MaxEntries
}
