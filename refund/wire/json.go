package wire

import "github.com/kasperinfotech/refundpolicy/refund"

// Case is a [refund.Case] that encoding/json reads and writes as this package does:
// for a field of a host's own struct.
//
// Within encoding/json a text that is no valid JSON is refused by that package
// first, and null leaves the field as it is.
type Case refund.Case

// MarshalJSON returns what [AppendCase] appends.
func (c Case) MarshalJSON() ([]byte, error) { return AppendCase(nil, refund.Case(c)) }

// UnmarshalJSON reads what [DecodeCase] reads; null changes nothing.
func (c *Case) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	decoded, err := DecodeCase(data)
	if err != nil {
		return err
	}
	*c = Case(decoded)
	return nil
}

// Outcome is a [refund.Outcome] that encoding/json writes as [AppendOutcome] does.
type Outcome refund.Outcome

// MarshalJSON returns what [AppendOutcome] appends.
func (o Outcome) MarshalJSON() ([]byte, error) { return AppendOutcome(nil, refund.Outcome(o)), nil }
