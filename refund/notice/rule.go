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
		return "Under our " + guarantee(o) + ", we decide on each refund ourselves."
	case refund.ClauseCase1:
		return "The whole amount can be refunded only if no issue was resolved."
	case refund.ClauseCase2:
		if open && o.Verdict == refund.VerdictConsumed {
			return consumed(p.outcome)
		}
		return "Issues that we have resolved are charged, and the charges are deducted from a refund."
	case refund.ClauseOneTime:
		return p.guaranteeCovers()
	case refund.ClauseTicket:
		return "We need each request as an e-mail with the reason for it, or as a call to our cancellation desk while the desk is open."
	case refund.ClauseCallback:
		return "We talk about each request in a call back before a refund."
	case refund.ClauseLogReview:
		return "Before a refund, we check our records of calls, remote sessions and chats."
	case refund.ClauseCooperation:
		return "Our support works together with the customer to solve a problem."
	case refund.ClausePeripherals:
		return "Devices that are needed to solve a problem are provided by the customer."
	case refund.ClauseLicensed:
		return "Our support covers genuine, licensed products."
	case refund.ClauseBestEffort:
		return "With applications of other companies we help as well as we can, without a promise that it works."
	case refund.ClauseDataLoss:
		return "A refund does not cover lost software or data, for which we recommend backups."
	case refund.ClauseEnvironment:
		return "Our support relies on genuine hardware and software, a working telephone line and backup power."
	case refund.ClauseRegistration:
		return "We need complete and current details in the registration of an account."
	case refund.ClauseCredentials:
		return "We make a refund only when no report about the use of the account is open."
	case refund.ClauseAccountAccess:
		return "A refund needs a request of the account holder, or the holder's permission."
	case refund.ClauseGoodwill:
		return "A refund beyond the guarantee is decided case by case."
	}
	return "A refund cannot exceed the amount subscribed or the amount paid."
}

func (p *page) guaranteeCovers() string {
	if p.outcome.Basis.Readings.OneTime == refund.OneTimeRefundedIfUnresolved {
		return "The guarantee does not cover one-time support for which an issue was resolved."
	}
	return "The guarantee covers subscriptions, and does not cover one-time support."
}
