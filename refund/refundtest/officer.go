package refundtest

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// Officer returns an officer with a limit of 500.00 USD for each subscription, earlier
// refunds included, who is not a party to [Case].
func Officer() decision.Officer {
	return decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")}
}

// OfficerWithoutLimit returns an officer without a limit, who may not approve any amount:
// [decision.ErrAboveLimit].
func OfficerWithoutLimit() decision.Officer { return decision.Officer{ID: "ops-9"} }

// OfficerOfAccount returns [Officer] as the holder of the account of [Case], who may not
// decide on it: [decision.ErrSelfApproval].
func OfficerOfAccount() decision.Officer {
	o := Officer()
	o.Account = Case().Subscription.Account
	return o
}

// Approval returns the approval by [Officer] of an outcome's whole refundable amount, a day
// after the request. If the amount and earlier refunds together are above the officer's
// limit or in another currency, the limit is raised to their sum.
func Approval(o refund.Outcome) decision.Approval {
	by := Officer()
	total := plus(o.Refundable, o.Refunded)
	if above, err := total.Cmp(by.Limit); err != nil || above > 0 {
		by.Limit = total
	}
	return decision.Approval{By: by, At: o.Basis.RequestedAt.Add(24 * time.Hour), Amount: o.Refundable, Reason: "refund by the policy"}
}
