package processor

import (
	"slices"
	"time"
)

// A Record is a payment, a refund or a dispute: as it is, in a list of records, or as an event left
// it, in a webhook.
type Record struct {
	Type         string    `json:"type"` // payment, refund or dispute
	ID           string    `json:"id"`
	Subscription string    `json:"subscription"`
	Payment      string    `json:"payment"` // of a refund or a dispute
	Key          string    `json:"key"`     // of a refund that was requested with one
	Units        int64     `json:"amount"`  // in the units of the processor
	Currency     string    `json:"currency"`
	Method       string    `json:"method"`   // of a payment, such as "visa 4242"
	Reason       string    `json:"reason"`   // of a refund
	State        string    `json:"state"`    // pending, succeeded or failed; of a dispute: open, won or lost
	At           time.Time `json:"at"`       // when it was created or succeeded
	EndedAt      time.Time `json:"ended_at"` // when it failed or was decided
	Reversal     string    `json:"reversal"` // the id of the reversal of a failed payment
}

// states has the states of each type.
var states = map[string][]string{
	"payment": {"succeeded", "failed"},
	"refund":  {"pending", "succeeded", "failed"},
	"dispute": {"open", "won", "lost"},
}

// IsComplete reports whether the record has a known type and state, and the fields of these. It
// does not check the amount and the currency.
func (r Record) IsComplete() bool {
	return r.ID != "" && r.Subscription != "" && slices.Contains(states[r.Type], r.State) &&
		(r.Type == "payment" || r.Payment != "") && !r.At.IsZero() && !(r.hasEnded() && r.EndedAt.IsZero())
}

// ChangedAt returns when the record entered its state.
func (r Record) ChangedAt() time.Time {
	if r.hasEnded() {
		return r.EndedAt
	}
	return r.At
}

func (r Record) hasEnded() bool { return r.State == "failed" || r.State == "won" || r.State == "lost" }

// Asked returns the part of a refund that its request determines.
func (r Record) Asked() Record {
	return Record{Type: "refund", Key: r.Key, Subscription: r.Subscription, Payment: r.Payment, Units: r.Units, Currency: r.Currency}
}
