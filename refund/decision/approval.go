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

	// At is the instant of the decision, not before any fact of the case. Required.
	At time.Time

	// Amount is the amount to refund: the whole refundable amount, or any positive part of
	// it under [refund.ReleasedAmountAnyPart]. Required. No value means "all": the zero
	// Money is missing, and an amount of zero is refused.
	Amount refund.Money

	// Acknowledged lists the required clauses whose objections the officer has seen. A
	// clause that is not both required and objected is refused, so that a form which ticks
	// everything acknowledges no objection. Order and repetition do not matter.
	Acknowledged []refund.Clause

	// Reason is the officer's reason. Optional.
	Reason string
}

func (a *Approval) validate(f *refund.Faults, p *refund.Policy, c *refund.Case, o *refund.Outcome) {
	a.By.validate(f, "approval.by", c)
	f.Add("approval.at", decidedFault(a.At, c))
	f.Add("approval.amount", exact.Fault(a.Amount, c.Subscription.Price.Currency()))
	acknowledgedFaults(f, "approval.acknowledged", a.Acknowledged, p, o)
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

// laterFaults adds the facts of a case that are later than the decision on it. The decision
// itself is at fault if it is earlier than the request.
func laterFaults(f *refund.Faults, at time.Time, c *refund.Case) {
	if decidedFault(at, c) != "" {
		return
	}
	const reason = "is after the decision"
	if instant.Before(at, c.Request.CalledBack) {
		f.Add("request.called_back", reason)
	}
	for i := range c.Issues {
		switch issue := &c.Issues[i]; {
		case instant.Before(at, issue.Opened):
			f.Add(element("issues", i)+".opened", reason)
		case instant.Before(at, issue.Resolved):
			f.Add(element("issues", i)+".resolved", reason)
		}
	}
}

// missing returns the reason why a required text is refused, or "". Blanks are no text.
func missing(text string) string {
	if strings.TrimSpace(text) == "" {
		return "is required"
	}
	return ""
}
