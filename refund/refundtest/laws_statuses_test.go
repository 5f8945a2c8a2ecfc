package refundtest_test

import (
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// statusesBreakers are mistakes that break the laws of laws_statuses.go.
var statusesBreakers = []lawBreaker{
	{"verdict-statuses", "goodwill is refused", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Statuses[refund.ClauseGoodwill] = refund.StatusNotApplicable
	})},
	{"findings", "the last finding decides, not the worst", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		for _, f := range c.Findings {
			if f.Severity == refund.SeveritySatisfied && f.Clause != refund.ClauseAccountAccess {
				o.Statuses[f.Clause] = refund.StatusSatisfied
			}
		}
	})},
	{"findings", "a clause without a finding is satisfied", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Statuses[refund.ClauseCredentials] == refund.StatusNotEvaluated {
			o.Statuses[refund.ClauseCredentials] = refund.StatusSatisfied
		}
	})},
	{"account-access", "another requester is objected to without a hold", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Statuses[refund.ClauseAccountAccess] == refund.StatusBlocking {
			o.Statuses[refund.ClauseAccountAccess] = refund.StatusObjected
		}
	})},
	{"account-access", "any finding replaces the comparison of accounts", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		for _, f := range c.Findings {
			if f.Clause == refund.ClauseAccountAccess && f.Severity == refund.SeverityAdvisory {
				o.Statuses[f.Clause] = refund.StatusObjected
			}
		}
	})},
	{"account-access", "a satisfied finding clears any requester", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		for _, f := range c.Findings {
			if f.Clause == refund.ClauseAccountAccess && f.Severity == refund.SeveritySatisfied && o.Statuses[f.Clause] == refund.StatusNotEvaluated {
				o.Statuses[f.Clause] = refund.StatusSatisfied
			}
		}
	})},
	{"account-access", "two missing accounts are equal", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if c.Request.By == c.Subscription.Account && o.Statuses[refund.ClauseAccountAccess] == refund.StatusNotEvaluated {
			o.Statuses[refund.ClauseAccountAccess] = refund.StatusSatisfied
		}
	})},
	{"findings-kept", "a requester whom a finding clears is objected to", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		own := refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityBlocking, Subject: "request.by"}
		by, holder := c.Request.By, c.Subscription.Account
		if by != "" && holder != "" && by != holder && o.Statuses[own.Clause] == refund.StatusBlocking && !slices.Contains(o.Findings, own) {
			o.Findings = append(o.Findings, own)
		}
	})},
	{"findings-kept", "a finding is dropped", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if len(o.Findings) > 1 {
			o.Findings = o.Findings[:len(o.Findings)-1]
		}
	})},
	{"findings-kept", "the evaluation's own finding is satisfied", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		for i := range o.Findings {
			if o.Findings[i].Clause == refund.ClauseTicket {
				o.Findings[i].Severity = refund.SeveritySatisfied
			}
		}
	})},
	{"findings-kept", "a finding is added", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Findings = append(o.Findings, refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityAdvisory})
	})},
	{"findings-kept", "the findings are in another order", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { slices.Reverse(o.Findings) })},
	{"held", "credentials do not hold the refund", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Held = o.Statuses[refund.ClauseAccountAccess] == refund.StatusBlocking
	})},
	{"held", "objections hold the refund", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Held = o.Held || slices.Contains(o.Statuses[:], refund.StatusObjected)
	})},
	{"reasons", "the name of a zone has a line break", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Basis.RequestedAt = o.Basis.RequestedAt.In(time.FixedZone("X\nY", 0))
	})},
}
