package refund

import (
	"cmp"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Subscription is what was sold, and what was paid and refunded for it. All
// amounts are in one currency and on one basis: gross, after discounts. The zero
// Subscription is not valid in a case.
type Subscription struct {
	// ID names the subscription. Required. An upgrade keeps it; subscribing again
	// makes a new one.
	ID string

	// Account is the id of the account that holds it; empty means not known, and
	// then nobody's right to ask can be told from it ([ClauseAccountAccess]).
	Account string

	// Service is what was subscribed to.
	Service ServiceType

	// Start is the subscription instant: of the order, not of the activation nor of
	// a renewal. Required.
	Start time.Time

	// Price is the amount subscribed. Required, not negative; it may be zero.
	Price Money

	// Paid is the amount received, net of payments that were reversed. Required, not
	// negative; less than Price for instalments, more for an overpayment.
	Paid Money

	// Refunded is the amount refunded before, wherever that was done: refunds under this
	// policy, pending ones included, refunds made elsewhere, and lost disputes. The zero
	// Money means zero. Never more than Paid.
	Refunded Money

	// Disputed is the amount that open disputes claim, up to what remains of their payments.
	// The zero Money means zero. Refunded and Disputed together are never more than Paid.
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
	// The first amount given sets the currency.
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
		f.Add("subscription.disputed", s.Disputed.String()+" is more than the "+left.String()+" that was paid and not refunded")
	}
}
