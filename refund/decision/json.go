package decision

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/strict"
	"github.com/kasperinfotech/refundpolicy/refund"
)

type decisionJSON struct {
	Kind         Kind            `json:"kind"`
	Subscription text            `json:"subscription"`
	Amount       refund.Money    `json:"amount"`
	Officer      text            `json:"officer"`
	At           time.Time       `json:"at"`
	Reason       text            `json:"reason,omitempty"`
	Goodwill     *goodwillJSON   `json:"goodwill,omitempty"`
	Paid         refund.Money    `json:"paid"`
	Refundable   refund.Money    `json:"refundable"`
	Refunded     refund.Money    `json:"refunded"`
	Disputed     refund.Money    `json:"disputed"`
	Acknowledged []refund.Clause `json:"acknowledged,omitempty"`
	Grounds      []refund.Clause `json:"grounds,omitempty"`
	Policy       refund.Digest   `json:"policy"`
	Case         refund.Digest   `json:"case"`
	Outcome      refund.Digest   `json:"outcome"`
	Detail       text            `json:"detail"`
}

type goodwillJSON struct {
	Charges  refund.Money       `json:"charges"`
	Fees     refund.Money       `json:"fees"`
	Software []freeSoftwareJSON `json:"software"`
}

type freeSoftwareJSON struct {
	Name  text         `json:"name"`
	Price refund.Money `json:"price"`
}

// A text is a string whose JSON has no control or bidirectional characters. encoding/json
// would not escape all of them.
type text string

// MarshalJSON returns the string with those characters escaped.
func (t text) MarshalJSON() ([]byte, error) { return strict.AppendString(nil, string(t)), nil }

// MarshalJSON returns the decision as JSON for display, or null for the zero Decision. The
// JSON cannot be read back: use [Decision.Record] to store a decision.
func (d Decision) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	out := decisionJSON{
		Kind:         d.Kind(),
		Subscription: text(d.Subscription()),
		Amount:       d.Amount(),
		Officer:      text(d.c.officer.ID),
		At:           d.At().UTC(),
		Reason:       text(d.Reason()),
		Paid:         d.Paid(),
		Refundable:   d.c.outcome.Refundable,
		Refunded:     d.Refunded(),
		Disputed:     d.Disputed(),
		Acknowledged: d.c.acknowledged,
		Grounds:      d.c.grounds,
		Policy:       d.c.policyDigest,
		Case:         d.c.caseDigest,
		Outcome:      d.c.outcomeDigest,
		Detail:       text(d.Why()),
	}
	if g, ok := d.Goodwill(); ok {
		out.Goodwill = &goodwillJSON{g.Charges, g.Fees, make([]freeSoftwareJSON, len(g.Software))}
		for i, s := range g.Software {
			out.Goodwill.Software[i] = freeSoftwareJSON{text(s.Name), s.Price}
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON always returns an error and leaves d unchanged, because JSON does not prove
// who decided. Use [Replay] on a record.
func (d *Decision) UnmarshalJSON([]byte) error {
	return errors.New("decision: a decision cannot be read from JSON: use Replay on its record")
}
