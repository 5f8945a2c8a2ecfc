package oracle

import (
	"math/big"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

func statuses(p refund.Policy, c refund.Case, o *Answer) {
	if o.Verdict == 0 {
		panic("amounts come first")
	}
	applied := func(verdicts ...refund.Verdict) refund.Status {
		for _, v := range verdicts {
			if v == o.Verdict {
				return refund.StatusApplied
			}
		}
		return refund.StatusNotApplicable
	}
	const full, deducted, consumed = refund.VerdictFull, refund.VerdictDeducted, refund.VerdictConsumed
	s := o.Statuses
	s[refund.ClauseGuarantee] = applied(full, deducted, consumed)
	s[refund.ClauseCase1] = applied(full)
	s[refund.ClauseCase2] = applied(deducted, consumed)
	s[refund.ClauseOneTime] = applied(refund.VerdictOneTimeService)

	s[refund.ClauseTicket] = refund.StatusSatisfied
	objected := ""
	switch r := c.Request; r.Channel {
	case refund.ChannelEmail:
		if len(strings.Fields(r.Reason)) == 0 {
			objected = "request.reason"
		}
	case refund.ChannelPhone:
		if !DeskOpen(p, r.At) {
			objected = "request.at"
		}
	default:
		objected = "request.channel"
	}
	if objected != "" {
		s[refund.ClauseTicket] = refund.StatusObjected
		o.Made = append(o.Made, "ticket advisory "+objected)
	}

	s[refund.ClauseCallback] = refund.StatusNotEvaluated
	if called := c.Request.CalledBack; !called.IsZero() {
		s[refund.ClauseCallback] = refund.StatusSatisfied
		if called.After(o.Latest) {
			s[refund.ClauseCallback] = refund.StatusObjected
			o.Made = append(o.Made, "callback advisory request.called_back")
		}
	}

	for _, clause := range []refund.Clause{
		refund.ClauseLogReview, refund.ClauseCooperation, refund.ClausePeripherals, refund.ClauseLicensed,
		refund.ClauseBestEffort, refund.ClauseDataLoss, refund.ClauseEnvironment, refund.ClauseRegistration,
		refund.ClauseCredentials, refund.ClauseAccountAccess,
	} {
		has := map[refund.Severity]bool{}
		for _, found := range c.Findings {
			if found.Clause == clause {
				has[found.Severity] = true
			}
		}
		switch {
		case has[refund.SeverityBlocking]:
			s[clause] = refund.StatusBlocking
		case has[refund.SeverityAdvisory]:
			s[clause] = refund.StatusObjected
		case has[refund.SeveritySatisfied]:
			s[clause] = refund.StatusSatisfied
		default:
			s[clause] = refund.StatusNotEvaluated
			by, holder := c.Request.By, c.Subscription.Account
			if clause == refund.ClauseAccountAccess && by != "" && holder != "" {
				s[clause] = refund.StatusSatisfied
				if by != holder {
					s[clause] = refund.StatusBlocking
					o.Made = append(o.Made, "account-access blocking request.by")
				}
			}
		}
	}

	s[refund.ClauseGoodwill] = refund.StatusNotEvaluated
	switch uncapped := atLeast0(new(big.Rat).Sub(o.Base, o.Deduction)); {
	case s[refund.ClauseGuarantee] != refund.StatusApplied:
		s[refund.ClauseCap] = refund.StatusNotApplicable
	case o.Refundable.Cmp(uncapped) < 0:
		s[refund.ClauseCap] = refund.StatusApplied
	default:
		s[refund.ClauseCap] = refund.StatusSatisfied
	}
	for _, status := range s {
		o.Held = o.Held || status == refund.StatusBlocking
	}
}
