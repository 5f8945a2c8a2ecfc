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
	Paid         refund.Money    `json:"paid,omitzero"`
	Refundable   refund.Money    `json:"refundable"`
	Refunded     refund.Money    `json:"refunded"`
	Disputed     refund.Money    `json:"disputed"`
	Acknowledged []refund.Clause `json:"acknowledged,omitempty"`
	Grounds      []refund.Clause `json:"grounds,omitempty"`
	Policy       refund.Digest   `json:"policy"`
	Case         refund.Digest   `json:"case"`
	Outcome      refund.Digest   `json:"outcome"`
	Detail       text            `json:"detail,omitempty"`
	Digest       refund.Digest   `json:"digest,omitzero"`
	Key          string          `json:"key,omitempty"`
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
		out.Goodwill = newGoodwillJSON(g.Charges, g.Fees, g.Software)
	}
	return json.Marshal(out)
}

func newGoodwillJSON(charges, fees refund.Money, software []FreeSoftware) *goodwillJSON {
	out := &goodwillJSON{charges, fees, make([]freeSoftwareJSON, len(software))}
	for i, s := range software {
		out.Software[i] = freeSoftwareJSON{text(s.Name), s.Price}
	}
	return out
}

// UnmarshalJSON always returns an error and leaves d unchanged, because JSON does not prove
// who decided. Use [Replay] on a record.
func (d *Decision) UnmarshalJSON([]byte) error {
	return errors.New("decision: a decision cannot be read from JSON: use Replay on its record")
}

// MarshalJSON returns the facts as JSON for display, with the fields of [Decision.MarshalJSON]
// that a record has, the digest of the decision as "digest" and the id of the key as "key". It
// returns null for the zero Facts.
func (f Facts) MarshalJSON() ([]byte, error) {
	if f.Kind == 0 {
		return []byte("null"), nil
	}
	out := decisionJSON{
		Kind:         f.Kind,
		Subscription: text(f.Subscription),
		Amount:       f.Amount,
		Officer:      text(f.Officer.ID),
		At:           f.At.UTC(),
		Reason:       text(f.Reason),
		Refundable:   f.Refundable,
		Refunded:     f.Refunded,
		Disputed:     f.Disputed,
		Acknowledged: f.Acknowledged,
		Grounds:      f.Grounds,
		Policy:       f.Policy,
		Case:         f.Case,
		Outcome:      f.Outcome,
		Digest:       f.Digest,
		Key:          f.KeyID,
	}
	if f.Kind == KindGoodwill {
		out.Goodwill = newGoodwillJSON(f.Charges, f.Fees, f.Software)
	}
	return json.Marshal(out)
}

// UnmarshalJSON always returns an error and leaves f unchanged, because JSON does not prove
// who decided. Use [Verify] on a record.
func (f *Facts) UnmarshalJSON([]byte) error {
	return errors.New("decision: facts cannot be read from JSON: use Verify on their record")
}
