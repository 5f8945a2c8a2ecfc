package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// A ServiceType is the kind of service subscribed to, as far as the policy tells
// kinds apart. The zero ServiceType is not valid in a case.
type ServiceType struct {
	// Code names the service. Required.
	Code string

	// Billing tells one-time support from a subscription proper. Required.
	Billing Billing

	// PerInstance is the charge for one resolved issue ([ClauseCase2]). Required for
	// BillingRecurring, not negative; it may be zero.
	PerInstance Money
}

// Billing says how a service is sold. The zero Billing is unset.
type Billing uint8

const (
	// BillingRecurring is a subscription, which the guarantee covers.
	BillingRecurring Billing = iota + 1
	// BillingOneTime is support sold for one time, which the guarantee does not cover
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
