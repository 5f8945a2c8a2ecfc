package refund

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/enum"
)

// A Subscription is what was sold, and what was paid and given back for it. All
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

	// Price is the amount subscribed. Required, not negative; it may be nothing.
	Price Money

	// Paid is what was received, net of overcharges returned. Required, not negative;
	// less than Price for instalments, more for an overpayment.
	Paid Money

	// Refunded is what was given back before: refunds under this policy, pending ones
	// included, and lost disputes. The zero Money is nothing; never more than Paid.
	Refunded Money
}

// A ServiceType is the kind of service subscribed to, as far as the policy tells
// kinds apart. The zero ServiceType is not valid in a case.
type ServiceType struct {
	// Code names the service. Required.
	Code string

	// Billing tells one-time support from a subscription proper. Required.
	Billing Billing

	// PerInstance is the charge for one resolved issue ([ClauseCase2]). Required for
	// BillingRecurring, not negative; it may be nothing.
	PerInstance Money
}

// Billing says how a service is sold. The zero Billing is unset.
type Billing uint8

const (
	// BillingRecurring is a subscription, which the guarantee covers.
	BillingRecurring Billing = iota + 1
	// BillingOneTime is support sold for one time, for which nothing is given back
	// ([ClauseOneTime]).
	BillingOneTime
)

var billingCodes = enum.Of[Billing]("Billing", "recurring", "one_time")

// String returns the code, such as "one_time".
func (b Billing) String() string { return billingCodes.String(b) }

// MarshalText returns the code, empty for the zero value.
func (b Billing) MarshalText() ([]byte, error) { return marshalCode("billing", billingCodes, b) }

// UnmarshalText reads a code; an empty text is the zero value.
func (b *Billing) UnmarshalText(text []byte) error {
	return invalid("billing", billingCodes.Parse(text, b))
}
