package refund

import (
	"cmp"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Subscription holds the facts of a sale: the service, the price, and the amounts paid
// and refunded. All amounts are in one currency and on one basis: gross, after discounts.
// The zero Subscription is not valid in a case.
type Subscription struct {
	// ID identifies the subscription. Required. An upgrade keeps the id; a customer who
	// subscribes again gets a new one.
	ID string

	// Account is the id of the account that holds the subscription. Empty means not
	// known; then a requester cannot be compared with the holder ([ClauseAccountAccess]).
	Account string

	// Service is the kind of service.
	Service ServiceType

	// Start is the instant of the order, not of the activation or of a renewal. Required.
	Start time.Time

	// Price is the amount subscribed. Required. It may be zero but not negative.
	Price Money

	// Paid is the amount received, net of payments that were reversed. Required. It may
	// be zero but not negative; less than Price for installments, more for an
	// overpayment.
	Paid Money

	// Refunded is the sum of all earlier refunds: refunds under this policy (including
	// pending ones), refunds made elsewhere, and lost disputes. It is not more than Paid.
	// The zero Money means zero.
	Refunded Money

	// Disputed is the amount claimed by open disputes, at most what remains of the
	// disputed payments. Refunded and Disputed together are not more than Paid. The zero
	// Money means zero.
	Disputed Money
}

func (s *Subscription) validate(f *Faults) {
	f.Add("subscription.id", ident.Required(s.ID))
	f.Add("subscription.account", ident.Fault(s.Account))
	if s.Service.Code == "" {
		f.Add("subscription.service.code", "is required")
	}
	f.Add("subscription.service.billing", billingCodes.Fault(s.Service.Billing))
	f.Add("subscription.start", instant.Fault(s.Start))
	s.validateAmounts(f)
}

func (s *Subscription) validateAmounts(f *Faults) {
	// The first amount that is given sets the currency.
	currency := s.Price.currency
	if currency.IsZero() {
		currency = cmp.Or(s.Paid.currency, s.Service.PerInstance.currency, s.Refunded.currency, s.Disputed.currency)
	}
	f.Add("subscription.price", s.Price.fault(currency, true))
	f.Add("subscription.service.per_instance", s.Service.PerInstance.fault(currency, s.Service.Billing == BillingRecurring))
	paid, refunded, disputed := s.Paid.fault(currency, true), s.Refunded.fault(currency, false), s.Disputed.fault(currency, false)
	f.Add("subscription.paid", paid)
	f.Add("subscription.refunded", refunded)
	f.Add("subscription.disputed", disputed)
	if paid != "" || refunded != "" || s.Refunded.IsZero() && s.Disputed.IsZero() {
		return
	}
	if left := s.Paid.sub(s.Refunded, currency); left.Sign() < 0 {
		f.Add("subscription.refunded", s.Refunded.String()+" is more than the "+s.Paid.String()+" paid")
	} else if disputed == "" && left.less(s.Disputed) {
		f.Add("subscription.disputed", s.Disputed.String()+" is more than the "+left.String()+" paid and not refunded")
	}
}
