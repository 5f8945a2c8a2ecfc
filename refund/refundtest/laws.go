package refundtest

import "github.com/kasperinfotech/refundpolicy/refund"

// judged is the name of the law on errors and panics.
const judged = "judged"

// laws are all laws. The first, "judged", is the only one that reports an error or a panic
// on a valid case.
var laws = []law{
	{judged, 0, "a valid case has an outcome: no error, no panic", lawJudged},
	{"pure", 0, "a second evaluation of the same case has the same outcome; the policy and the case are neither changed nor kept", lawPure},
	{"basis", 0, "an outcome cites the facts of its policy and case", lawBasis},
	{"currency", 0, "every amount of an outcome is in the currency of the case", lawCurrency},

	{"never-more", refund.ClauseCap, "the refundable amount is never negative, and together with earlier refunds and disputed amounts never more than the lesser of price and paid", ofAmounts(lawNeverMore)},
	{"remaining", refund.ClauseCap, "the remaining amount is the lesser of price and paid, less earlier refunds and disputed amounts, and never negative", ofAmounts(lawRemaining)},
	{"entitlement", refund.ClauseCap, "the entitlement is never negative, and never more than the lesser of price and paid", ofAmounts(lawEntitlement)},
	{"earlier-refunds", refund.ClauseCap, "earlier refunds and disputed amounts reduce the entitlement, not only the cap", ofAmounts(lawEarlierRefunds)},
	{"cap-status", refund.ClauseCap, "the cap applies if it reduces the entitlement; an earlier refund does not make it apply", ofAmounts(lawCapStatus)},

	{"window", refund.ClauseGuarantee, "the window opens with the subscription and closes at the first instant of a day at the policy's location, counted by day_count; its last day is the day of its last instant", lawWindow},
	{"window-edges", refund.ClauseGuarantee, "a request at the opening is in the window, and a request at the closing is not: its entitlement is zero", ofAmounts(lawWindowEdges)},
	{"one-time", refund.ClauseOneTime, "the entitlement of a one-time service is zero, unless one_time is refunded_if_unresolved and no issue counts as resolved", ofAmounts(lawOneTime)},
	{"case-1", refund.ClauseCase1, "without a resolved issue, the whole amount is due", ofAmounts(lawCase1)},
	{"resolved-issues", refund.ClauseCase2, "a resolution counts if it stands and lies in the window, and under one reading of resolved_until only up to the request", lawResolvedIssues},
	{"case-2", refund.ClauseCase2, "each resolved issue deducts its charge from the base that deduct_from names, down to zero", ofAmounts(lawCase2)},

	{"verdict-statuses", refund.ClauseGuarantee, "the rule of the verdict is applied and the others are not applicable; goodwill is a separate decision", lawVerdictStatuses},
	{"ticket", refund.ClauseTicket, "a request is an e-mail with a reason, or a call while the desk is open", lawTicket},
	{"callback", refund.ClauseCallback, "a call back is due after the policy's number of hours, counted by callback_clock", lawCallback},
	{"callback-status", refund.ClauseCallback, "a call back is in time up to the latest instant; without a recorded call back the clause is not evaluated", lawCallbackStatus},
	{"findings", refund.ClauseLogReview, "the worst finding on a clause decides its status; without a finding, the clause is not evaluated", lawFindings},
	{"account-access", refund.ClauseAccountAccess, "the requester is compared with the account's holder, whatever the findings; another requester blocks unless a satisfied finding names that requester", lawAccountAccess},
	{"findings-kept", refund.ClauseLogReview, "an outcome has the findings of the case and those of its evaluation, ordered by clause, the worst first", lawFindingsKept},
	{"held", refund.ClauseAccountAccess, "an outcome is held if and only if a clause is blocking", lawHeld},
	{"steps", refund.ClauseCap, "the amounts of the steps add up to the entitlement", ofAmounts(lawSteps)},
	{"reasons", 0, "every clause has a reason of one line", lawReasons},

	{"one-more-resolved-issue", refund.ClauseCase2, "one more resolved issue never raises the amount", ofAmounts(lawOneMoreResolved)},
	{"open-issue", refund.ClauseCase2, "an unresolved issue does not change the outcome", lawOpenIssue},
	{"resolved-after-request", refund.ClauseCase2, "an issue resolved after the request does not change the outcome, except under the other reading of resolved_until", lawResolvedAfterRequest},
	{"higher-charge", refund.ClauseCase2, "a higher charge never raises the amount", ofAmounts(lawHigherCharge)},
	{"later-request", refund.ClauseGuarantee, "a later request never raises the amount", ofAmounts(lawLaterRequest)},
	{"more-refunded", refund.ClauseCap, "a higher earlier refund never raises the amount, and does not change the entitlement", ofAmounts(lawMoreRefunded)},
	{"more-disputed", refund.ClauseCap, "a higher disputed amount never raises the amount, and does not change the entitlement", ofAmounts(lawMoreDisputed)},
	{"dispute-lost", refund.ClauseCap, "an open dispute reduces the amount as much as a lost one", ofAmounts(lawDisputeLost)},
	{"more-paid", refund.ClauseCap, "a higher payment never lowers the amount", ofAmounts(lawMorePaid)},
	{"finding-moves-nothing", refund.ClauseLogReview, "a finding never changes an amount", lawFindingMovesNothing},
	{"advisory-finding", refund.ClauseAccountAccess, "one more advisory finding keeps a blocking status and makes any other status objected: it neither ends nor starts a hold", lawAdvisoryFinding},
	{"vouching", refund.ClauseAccountAccess, "a satisfied finding on account-access clears only the requester whose id it names, byte for byte", lawVouching},
	{"order", refund.ClauseCase2, "the order of issues and findings does not matter", lawOrder},
	{"zones", refund.ClauseGuarantee, "the zone of an instant does not matter", lawZones},
	{"currencies", refund.ClauseCase2, "the amounts in minor units are the same in every currency", ofAmounts(lawCurrencies)},
}
