package oracle

import (
	"math/big"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

func (a *Answer) statuses(p refund.Policy, c refund.Case) {
	when := func(condition bool, yes, no refund.Status) refund.Status {
		if condition {
			return yes
		}
		return no
	}
	const applied, notApplicable = refund.StatusApplied, refund.StatusNotApplicable
	const satisfied, notEvaluated = refund.StatusSatisfied, refund.StatusNotEvaluated
	charged := a.Verdict == refund.VerdictDeducted || a.Verdict == refund.VerdictConsumed

	s := map[refund.Clause]refund.Status{}
	a.Statuses = s
	s[refund.ClauseGuarantee] = when(granted(a.Verdict), applied, notApplicable)
	s[refund.ClauseCase1] = when(a.Verdict == refund.VerdictFull, applied, notApplicable)
	s[refund.ClauseCase2] = when(charged, applied, notApplicable)
	s[refund.ClauseOneTime] = when(a.Verdict == refund.VerdictOneTimeService, applied, notApplicable)
	s[refund.ClauseGoodwill] = notEvaluated

	uncapped := atLeast0(new(big.Rat).Sub(a.Base, a.Deduction))
	s[refund.ClauseCap] = when(granted(a.Verdict), when(a.Entitlement.Cmp(uncapped) < 0, applied, satisfied), notApplicable)

	s[refund.ClauseTicket] = satisfied
	if wrong := ticket(p, c.Request); wrong != "" {
		s[refund.ClauseTicket] = refund.StatusObjected
		a.Made = append(a.Made, "ticket advisory "+wrong)
	}
	called := c.Request.CalledBack
	s[refund.ClauseCallback] = when(called.IsZero(), notEvaluated, satisfied)
	if called.After(a.Latest) {
		s[refund.ClauseCallback] = refund.StatusObjected
		a.Made = append(a.Made, "callback advisory request.called_back")
	}

	for _, clause := range []refund.Clause{
		refund.ClauseLogReview, refund.ClauseCooperation, refund.ClausePeripherals, refund.ClauseLicensed,
		refund.ClauseBestEffort, refund.ClauseDataLoss, refund.ClauseEnvironment, refund.ClauseRegistration,
		refund.ClauseCredentials,
	} {
		switch {
		case has(c, clause, refund.SeverityBlocking):
			s[clause] = refund.StatusBlocking
		case has(c, clause, refund.SeverityAdvisory):
			s[clause] = refund.StatusObjected
		case has(c, clause, refund.SeveritySatisfied):
			s[clause] = satisfied
		default:
			s[clause] = notEvaluated
		}
	}
	a.access(c)
	for _, status := range s {
		a.Held = a.Held || status == refund.StatusBlocking
	}
}

// ticket returns the path of the field that breaks the rule of the ticket clause, or "".
func ticket(p refund.Policy, r refund.Request) string {
	switch r.Channel {
	case refund.ChannelEmail:
		if strings.TrimSpace(r.Reason) == "" {
			return "request.reason"
		}
	case refund.ChannelPhone:
		if !DeskOpen(p, r.At) {
			return "request.at"
		}
	default:
		return "request.channel"
	}
	return ""
}

// has reports whether a case has a finding of a severity on a clause.
func has(c refund.Case, clause refund.Clause, severity refund.Severity) bool {
	for _, f := range c.Findings {
		if f.Clause == clause && f.Severity == severity {
			return true
		}
	}
	return false
}

// access sets the status of account-access. It always compares the requester with the
// holder, and the first condition that applies decides.
func (a *Answer) access(c refund.Case) {
	const clause = refund.ClauseAccountAccess
	by, holder := c.Request.By, c.Subscription.Account
	known := by != "" && holder != ""
	isHolder, isStranger := known && by == holder, known && by != holder
	vouched := false
	for _, f := range c.Findings {
		if f.Clause == clause && f.Severity == refund.SeveritySatisfied && by != "" && f.Subject == by {
			vouched = true
		}
	}
	if isStranger && !vouched {
		a.Made = append(a.Made, "account-access blocking request.by")
	}
	switch {
	case has(c, clause, refund.SeverityBlocking) || isStranger && !vouched:
		a.Statuses[clause] = refund.StatusBlocking
	case has(c, clause, refund.SeverityAdvisory):
		a.Statuses[clause] = refund.StatusObjected
	case isHolder || vouched:
		a.Statuses[clause] = refund.StatusSatisfied
	default:
		a.Statuses[clause] = refund.StatusNotEvaluated
	}
}
