package refundtest

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// Officer returns an officer who may release up to 500.00 USD of a subscription, earlier
// refunds included, and is no party to [Case].
func Officer() decision.Officer {
	return decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")}
}

// OfficerWithoutLimit returns an officer without a limit, which is no authority to release
// anything: [decision.ErrAboveLimit].
func OfficerWithoutLimit() decision.Officer { return decision.Officer{ID: "ops-9"} }

// OfficerOfAccount returns [Officer] as the holder of the account of [Case], about which nobody
// decides who holds it: [decision.ErrSelfApproval].
func OfficerOfAccount() decision.Officer {
	o := Officer()
	o.Account = Case().Subscription.Account
	return o
}

// Approval returns the word of [Officer] that all of an outcome's refundable amount
// is to be refunded, a day after the request. Where the amount and what was refunded
// before are above the officer's limit, or in another currency, the limit is their sum.
func Approval(o refund.Outcome) decision.Approval {
	by := Officer()
	total := plus(o.Refundable, o.Refunded)
	if above, err := total.Cmp(by.Limit); err != nil || above > 0 {
		by.Limit = total
	}
	return decision.Approval{By: by, At: o.Basis.RequestedAt.Add(24 * time.Hour), Amount: o.Refundable, Reason: "as the policy says"}
}
