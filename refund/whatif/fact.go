package whatif

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// A Fact says which fact of a case a [Counterfactual] changes. The zero Fact is unset.
type Fact uint8

const (
	// FactAskedEarlier: the customer asked at Counterfactual.At.
	FactAskedEarlier Fact = iota + 1
	// FactNotResolved: the issue that Counterfactual.Subject names was not resolved.
	FactNotResolved
	// FactNotRefunded: no part was refunded earlier.
	FactNotRefunded
	// FactNotDisputed: no dispute is open.
	FactNotDisputed
	// FactPaidInFull: the whole price was paid.
	FactPaidInFull
	// FactPermission: the holder of the account permitted the requester, whom
	// Counterfactual.Subject names, to ask.
	FactPermission
	// FactReportClosed: the report of unauthorized use is closed.
	FactReportClosed
)

var factCodes = enum.Of[Fact]("Fact", "asked_earlier", "not_resolved", "not_refunded", "not_disputed", "paid_in_full", "permission", "report_closed")

// String returns the code, such as "asked_earlier".
func (f Fact) String() string { return factCodes.String(f) }

// MarshalText returns the code, empty for the zero value.
func (f Fact) MarshalText() ([]byte, error) { return marshalCode("fact", factCodes, f) }
