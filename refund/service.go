package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// A ServiceType is the kind of a service, as far as the policy distinguishes kinds. The
// zero ServiceType is not valid in a case.
type ServiceType struct {
	// Code identifies the service. Required.
	Code string

	// Billing says whether the service is a subscription or one-time support. Required.
	Billing Billing

	// PerInstance is the charge for one resolved issue ([ClauseCase2]). Required for
	// BillingRecurring. It may be zero but not negative.
	PerInstance Money
}

// Billing says how a service is sold. The zero Billing is unset.
type Billing uint8

const (
	// BillingRecurring is a subscription. The guarantee covers it.
	BillingRecurring Billing = iota + 1
	// BillingOneTime is support sold once. The guarantee does not cover it
	// ([ClauseOneTime]).
	BillingOneTime
)

var billingCodes = enum.Of[Billing]("Billing", "recurring", "one_time")

// String returns the code, such as "one_time".
func (b Billing) String() string { return billingCodes.String(b) }

// MarshalText returns the code, or an empty text for the zero value.
func (b Billing) MarshalText() ([]byte, error) { return marshalCode("billing", billingCodes, b) }

// UnmarshalText reads a code. An empty text is the zero value.
func (b *Billing) UnmarshalText(text []byte) error {
	return invalid("billing", billingCodes.Parse(text, b))
}
