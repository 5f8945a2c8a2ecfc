package decision

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Denial is an officer's decision to refund no amount. It is an argument of [Decline]. The
// zero Denial is not valid.
type Denial struct {
	// By is the officer who decides. Required. Its Limit is neither checked nor recorded.
	By Officer

	// At is the instant of the decision, not before any fact of the case. Required.
	At time.Time

	// Grounds lists the clauses on which the denial rests. A satisfied clause is an error.
	// Optional. Order and repetition do not matter.
	Grounds []refund.Clause

	// Reason is the officer's reason. Required, and not only white space.
	Reason string
}

func (n *Denial) validate(f *refund.Faults, _ *refund.Policy, c *refund.Case, o *refund.Outcome) {
	f.Add("denial.by.id", ident.Required(n.By.ID))
	f.Add("denial.by.account", ident.Fault(n.By.Account))
	f.Add("denial.at", decidedFault(n.At, c))
	for i, ground := range n.Grounds {
		switch {
		case !ground.IsValid():
			f.Add(element("denial.grounds", i), "is not a clause")
		case o != nil && o.Statuses[ground] == refund.StatusSatisfied:
			f.Add(element("denial.grounds", i), ground.String()+" is satisfied, so it cannot be a ground")
		}
	}
	f.Add("denial.reason", missing(n.Reason))
}
