package refundtest

import "github.com/kasperinfotech/refundpolicy/refund"

// judged is the name of the law that is about errors and panics.
const judged = "judged"

// laws are all laws. "judged" comes first: it alone reports an evaluator that refuses a
// case that can be judged, or panics on it.
var laws = []law{
	{judged, 0, "a case that can be judged has an outcome: no error, no panic", lawJudged},
	{"pure", 0, "the same case has the same outcome again; policy and case are neither changed nor kept", lawPure},
	{"basis", 0, "an outcome cites the facts of its policy and case", lawBasis},
	{"currency", 0, "every amount of an outcome is in the currency of the case", lawCurrency},

	{"never-more", refund.ClauseCap, "refundable is never negative, and with what was refunded before and what is disputed never more than the lesser of price and paid", ofAmounts(lawNeverMore)},
	{"remaining", refund.ClauseCap, "remaining is the lesser of price and paid, less what was refunded before and what is disputed, and never negative", ofAmounts(lawRemaining)},
	{"entitlement", refund.ClauseCap, "an entitlement is never negative, and never more than the lesser of price and paid", ofAmounts(lawEntitlement)},
	{"earlier-refunds", refund.ClauseCap, "what was refunded before and what is disputed come off the entitlement, not only off the cap", ofAmounts(lawEarlierRefunds)},
	{"cap-status", refund.ClauseCap, "the cap applies where it reduces the entitlement; an earlier refund is not its doing", ofAmounts(lawCapStatus)},

	{"window", refund.ClauseGuarantee, "the window opens with the subscription and closes at the first instant of a day of the policy's location, as day_count counts; its last day is that of its last instant", lawWindow},
	{"window-edges", refund.ClauseGuarantee, "a request is in the window at its opening, and no more at its closing; then the entitlement is zero", ofAmounts(lawWindowEdges)},
	{"one-time", refund.ClauseOneTime, "the entitlement is zero for a one-time service, unless one_time says that it is refunded while no issue counts as resolved", ofAmounts(lawOneTime)},
	{"case-1", refund.ClauseCase1, "with no issue resolved, the whole amount is due", ofAmounts(lawCase1)},
	{"resolved-issues", refund.ClauseCase2, "those resolutions count that stand and lie in the window, until the request if resolved_until says so", lawResolvedIssues},
	{"case-2", refund.ClauseCase2, "with issues resolved, the charge for each comes off the base that deduct_from names, down to zero", ofAmounts(lawCase2)},

	{"verdict-statuses", refund.ClauseGuarantee, "the rule that decided applies, and the others do not; goodwill is a decision of its own", lawVerdictStatuses},
	{"ticket", refund.ClauseTicket, "a request is an e-mail with a reason, or a call while the desk is open", lawTicket},
	{"callback", refund.ClauseCallback, "a call back is due after so many hours of the clock that callback_clock names", lawCallback},
	{"callback-status", refund.ClauseCallback, "a call back is in time until the latest instant; one that is not recorded is not evaluated", lawCallbackStatus},
	{"findings", refund.ClauseLogReview, "the worst finding on a clause decides its status; without one, it is not evaluated", lawFindings},
	{"account-access", refund.ClauseAccountAccess, "who asked is compared with who holds the account, whatever the findings; a stranger blocks unless a satisfied finding names the requester", lawAccountAccess},
	{"findings-kept", refund.ClauseLogReview, "an outcome has the findings of the case and its own, by clause, the worst first", lawFindingsKept},
	{"held", refund.ClauseAccountAccess, "an outcome is held while a clause is blocking, and only then", lawHeld},
	{"steps", refund.ClauseCap, "the amounts of the steps add up to the entitlement", ofAmounts(lawSteps)},
	{"reasons", 0, "every clause has its reason in one line of words", lawReasons},

	{"one-more-resolved-issue", refund.ClauseCase2, "one more resolved issue never raises the amount", ofAmounts(lawOneMoreResolved)},
	{"open-issue", refund.ClauseCase2, "an issue that is not resolved changes nothing", lawOpenIssue},
	{"resolved-after-request", refund.ClauseCase2, "what is resolved after the request changes nothing, unless resolved_until says so", lawResolvedAfterRequest},
	{"higher-charge", refund.ClauseCase2, "a higher charge never raises the amount", ofAmounts(lawHigherCharge)},
	{"later-request", refund.ClauseGuarantee, "a later request never raises the amount", ofAmounts(lawLaterRequest)},
	{"more-refunded", refund.ClauseCap, "more refunded before never raises the amount, and leaves the entitlement alone", ofAmounts(lawMoreRefunded)},
	{"more-disputed", refund.ClauseCap, "more in dispute never raises the amount, and leaves the entitlement alone", ofAmounts(lawMoreDisputed)},
	{"dispute-lost", refund.ClauseCap, "an open dispute takes as much off the amount as it does once it is lost", ofAmounts(lawDisputeLost)},
	{"more-paid", refund.ClauseCap, "more paid never lowers the amount", ofAmounts(lawMorePaid)},
	{"finding-moves-nothing", refund.ClauseLogReview, "a finding never changes an amount", lawFindingMovesNothing},
	{"advisory-finding", refund.ClauseAccountAccess, "an added advisory finding leaves a blocking status and makes any other objected: it neither lifts a hold nor makes one", lawAdvisoryFinding},
	{"vouching", refund.ClauseAccountAccess, "a satisfied finding on account-access clears the requester whom it names, byte for byte, and nobody else", lawVouching},
	{"order", refund.ClauseCase2, "the order of issues and findings does not matter", lawOrder},
	{"zones", refund.ClauseGuarantee, "the zone in which an instant is written does not matter", lawZones},
	{"currencies", refund.ClauseCase2, "the amounts are the same in every currency, up to its minor unit", ofAmounts(lawCurrencies)},
}
