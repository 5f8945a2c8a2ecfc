package notice

import "github.com/kasperinfotech/refundpolicy/refund"

// rule returns the rule of a clause on which a denial rests, in the words of a letter. It
// states the rule, and never a finding about a person. On hold it has no figures
// of the case.
func (p *page) rule(c refund.Clause) string {
	o := p.outcome
	open := !held(o)
	switch c {
	case refund.ClauseGuarantee:
		switch {
		case open && o.Verdict == refund.VerdictWindowClosed:
			return "The guarantee is open for a limited time. " + late(p.outcome)
		case open && o.Verdict == refund.VerdictOneTimeService:
			return p.guaranteeCovers()
		}
		return "Our " + guarantee(o) + " leaves the decision on each refund to us."
	case refund.ClauseCase1:
		return "The whole amount can be refunded only if no issue was resolved."
	case refund.ClauseCase2:
		if open && o.Verdict == refund.VerdictConsumed {
			return consumed(p.outcome)
		}
		return "We charge for the issues that we have resolved, and deduct the charges from a refund."
	case refund.ClauseOneTime:
		return p.guaranteeCovers()
	case refund.ClauseTicket:
		return "We take a request as an e-mail that states the reason, or as a call to our cancellation desk while the desk is open."
	case refund.ClauseCallback:
		return "We schedule a call back to talk about each request."
	case refund.ClauseLogReview:
		return "Before a refund, we check our records of calls, remote sessions and chats."
	case refund.ClauseCooperation:
		return "The customer works with our support team to solve a problem."
	case refund.ClausePeripherals:
		return "The customer provides the devices that are needed to solve a problem."
	case refund.ClauseLicensed:
		return "Our support covers only genuine, licensed products."
	case refund.ClauseBestEffort:
		return "We help with applications of other companies as well as we can, and do not promise a result."
	case refund.ClauseDataLoss:
		return "A refund does not cover lost software or data. We recommend backups."
	case refund.ClauseEnvironment:
		return "We recommend genuine hardware and software, a working telephone line and backup power."
	case refund.ClauseRegistration:
		return "We need complete, current and accurate details when an account is registered."
	case refund.ClauseCredentials:
		return "We do not make a refund while a report about the use of the account is open."
	case refund.ClauseAccountAccess:
		return "A refund needs a request from the account holder, or the account holder's permission."
	case refund.ClauseGoodwill:
		return "We decide case by case on a refund beyond the guarantee."
	}
	return "A refund cannot exceed the amount subscribed or the amount paid."
}

func (p *page) guaranteeCovers() string {
	if p.outcome.Basis.Readings.OneTime == refund.OneTimeRefundedIfUnresolved {
		return "The guarantee does not cover one-time support for which an issue was resolved."
	}
	return "The guarantee covers subscriptions, and does not cover one-time support."
}
