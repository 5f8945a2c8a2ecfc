package ledger

import (
	"github.com/kasperinfotech/refundpolicy/internal/enum"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Difference is a disagreement between the books and a provider's statement, or an amount
// returned beyond a limit. The zero Difference is not valid.
type Difference struct {
	Code         DifferenceCode
	Subscription string // the subscription's id

	// Kind is the subject of the difference: EventPaid a payment, EventReversed the
	// reversed part of a payment, EventRefunded a refund that the books did not post,
	// EventPosted an instruction, EventDisputed a dispute, EventLost the amount lost in
	// one. It is unset if the difference is about the subscription.
	Kind EventKind

	// ID is the id of the payment, refund or dispute, or the key of the instruction. It is
	// empty if the difference is about the subscription.
	ID string

	// Books and Provider are the amounts of the two sides. The amount of a side that lacks the
	// entry is the zero Money. For DifferenceBeyondCap and DifferenceBeyondEntitlement, Books
	// is the limit, and Provider the amount returned.
	Books, Provider refund.Money

	// BooksState and ProviderState are the states of the two sides. The state is unset for
	// payments, and for a side that lacks the entry. A refund that is under way is
	// StateSubmitted.
	BooksState, ProviderState State

	// Event is the fact that resolves the difference when it is recorded ([Ledger.Record]). It
	// is the zero Event if a person has to resolve it.
	Event Event
}

// DifferenceCode is a kind of difference. The zero DifferenceCode is unset.
type DifferenceCode uint8

const (
	// DifferenceMissingInBooks: the provider has an entry that the books lack.
	DifferenceMissingInBooks DifferenceCode = iota + 1
	// DifferenceMissingAtProvider: the books have an entry that the provider lacks.
	DifferenceMissingAtProvider
	// DifferenceOtherAmount: the amounts of the entry differ.
	DifferenceOtherAmount
	// DifferenceOtherPayment: the entry is on another payment.
	DifferenceOtherPayment
	// DifferenceOtherState: the states of the entry differ.
	DifferenceOtherState
	// DifferenceBeyondCap: more was returned than the lesser of price and paid.
	DifferenceBeyondCap
	// DifferenceBeyondEntitlement: more was returned than the policy grants.
	DifferenceBeyondEntitlement
)

var differenceCodes = enum.Of[DifferenceCode]("DifferenceCode", "missing_in_books", "missing_at_provider",
	"other_amount", "other_payment", "other_state", "beyond_cap", "beyond_entitlement")

// String returns the code, such as "missing_in_books".
func (c DifferenceCode) String() string { return differenceCodes.String(c) }

// MarshalText returns the code, empty for the zero value.
func (c DifferenceCode) MarshalText() ([]byte, error) {
	text, reason := differenceCodes.Text(c)
	return text, invalid("code", reason)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (c *DifferenceCode) UnmarshalText(text []byte) error {
	return invalid("code", differenceCodes.Parse(text, c))
}
