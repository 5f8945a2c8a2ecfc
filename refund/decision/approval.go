package decision

import (
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Approval is an officer's word that a stated amount is to be refunded under the
// guarantee ([Approve]). The zero Approval is not valid.
type Approval struct {
	// By is the officer. Required.
	By Officer

	// At is the instant of the decision, not before the request. Required.
	At time.Time

	// Amount is the amount to refund: any part of the refundable amount. Required and
	// positive. No value means "all": the zero Money is missing, and an amount of zero is
	// refused.
	Amount refund.Money

	// Reason is the officer's reason. Optional.
	Reason string
}

func (a *Approval) validate(f *refund.Faults, c *refund.Case) {
	a.By.validate(f, "approval.by", c)
	f.Add("approval.at", decidedFault(a.At, c))
	f.Add("approval.amount", exact.Fault(a.Amount, c.Subscription.Price.Currency()))
}

// decidedFault returns the reason why the instant of a decision is refused, or "".
func decidedFault(at time.Time, c *refund.Case) string {
	if reason := instant.Fault(at); reason != "" {
		return reason
	}
	if instant.Before(at, c.Request.At) {
		return "is before request.at"
	}
	return ""
}

// missing returns the reason why a required text is refused, or "". Blanks are no text.
func missing(text string) string {
	if strings.TrimSpace(text) == "" {
		return "is required"
	}
	return ""
}
