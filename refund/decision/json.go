package decision

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

type decisionJSON struct {
	Kind         Kind          `json:"kind"`
	Subscription string        `json:"subscription"`
	Amount       refund.Money  `json:"amount"`
	Officer      string        `json:"officer"`
	At           time.Time     `json:"at"`
	Reason       string        `json:"reason,omitempty"`
	Goodwill     *goodwillJSON `json:"goodwill,omitempty"`
	Paid         refund.Money  `json:"paid"`
	Refunded     refund.Money  `json:"refunded"`
	EndsService  *time.Time    `json:"ends_service,omitempty"`
	Policy       refund.Digest `json:"policy"`
	Case         refund.Digest `json:"case"`
	Outcome      refund.Digest `json:"outcome"`
	Detail       string        `json:"detail"`
}

type goodwillJSON struct {
	Charges  refund.Money       `json:"charges"`
	Fees     refund.Money       `json:"fees"`
	Software []freeSoftwareJSON `json:"software"`
}

type freeSoftwareJSON struct {
	Name  string       `json:"name"`
	Price refund.Money `json:"price"`
}

// MarshalJSON returns the decision for people and programs to look at, null for the zero
// Decision. It is never read back: a record ([Decision.Record]) is the way to keep one.
func (d Decision) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	out := decisionJSON{
		Kind:         d.Kind(),
		Subscription: d.Subscription(),
		Amount:       d.Amount(),
		Officer:      d.c.officer.ID,
		At:           d.At().UTC(),
		Reason:       d.Reason(),
		Paid:         d.Paid(),
		Refunded:     d.Refunded(),
		Policy:       d.c.policyDigest,
		Case:         d.c.caseDigest,
		Outcome:      d.c.outcomeDigest,
		Detail:       d.Why(),
	}
	if at, ends := d.EndsService(); ends {
		at = at.UTC()
		out.EndsService = &at
	}
	if g, ok := d.Goodwill(); ok {
		out.Goodwill = &goodwillJSON{g.Charges, g.Fees, make([]freeSoftwareJSON, len(g.Software))}
		for i, s := range g.Software {
			out.Goodwill.Software[i] = freeSoftwareJSON(s)
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON always returns an error, and leaves d as it is: JSON proves nothing
// about who decided. Use [Replay] on a record.
func (d *Decision) UnmarshalJSON([]byte) error {
	return errors.New("decision: a decision cannot be read from JSON: use Replay on its record")
}
