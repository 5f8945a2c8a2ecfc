package decision

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Denial is an officer's word that no amount is to be refunded ([Decline]). The zero
// Denial is not valid.
type Denial struct {
	// By is the officer, who needs no limit. Required.
	By Officer

	// At is the instant of the decision, not before the request. Required.
	At time.Time

	// Reason is the officer's reason. Required; blanks are no reason.
	Reason string
}

func (n *Denial) validate(f *refund.Faults, c *refund.Case) {
	f.Add("denial.by.id", missing(n.By.ID))
	f.Add("denial.at", decidedFault(n.At, c))
	f.Add("denial.reason", missing(n.Reason))
}
