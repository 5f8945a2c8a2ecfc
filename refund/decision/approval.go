package decision

import (
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Approval is an officer's decision to refund a stated amount under the guarantee. It is
// an argument of [Approve]. The zero Approval is not valid.
type Approval struct {
	// By is the officer who decides. Required.
	By Officer

	// At is the instant of the decision, not before any fact of the case. Required.
	At time.Time

	// Amount is the amount to refund: the whole refundable amount or, under
	// [refund.ReleasedAmountAnyPart], any positive part of it. Required. A missing amount
	// does not mean "all".
	Amount refund.Money

	// Acknowledged lists the required clauses whose objections the officer has seen. A
	// clause that is not both required and objected is an error, so that a form that
	// ticks every box does not acknowledge anything. Order and repetition do not matter.
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

// decidedFault returns the reason why the instant of a decision is not valid, or "".
func decidedFault(at time.Time, c *refund.Case) string {
	if reason := instant.Fault(at); reason != "" {
		return reason
	}
	if instant.Before(at, c.Request.At) {
		return "is before request.at"
	}
	return ""
}

// laterFaults adds a fault for each fact of the case that is later than the decision. It
// adds none if the decision is before the request, which is a fault of the decision.
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

// missing returns the reason why a required text is not valid, or "". A text of white
// space only is missing.
func missing(text string) string {
	if strings.TrimSpace(text) == "" {
		return "is required"
	}
	return ""
}
