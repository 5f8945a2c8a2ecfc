// Package provider moves money through a payment provider, and reads its webhooks and
// statements. [Client] is the adapter for the card processor of package
// [github.com/kasperinfotech/refundpolicy/examples/processor]. MAPPING.md says which fields of
// Stripe and Adyen an adapter for them reads instead.
package provider

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A Provider moves money, such as a card processor.
type Provider interface {
	// Refund asks for a refund. Only the first request with a key makes one; a repeated request
	// returns its present state. An error that matches ErrRefused is final: no money moves. After
	// any other error it is unknown whether money moved: ask again with the same key.
	Refund(ctx context.Context, r Request) (Result, error)

	// Statement returns everything the provider knows about a subscription, up to the instant
	// of the answer (To).
	Statement(ctx context.Context, subscription string) (ledger.Statement, error)

	// Changed returns the subscriptions with activity at or after an instant of the provider's
	// clock, sorted, for a day's reconciliation.
	Changed(ctx context.Context, since time.Time) ([]string, error)

	// Event verifies a webhook, whose length the caller has bounded, and returns its event. The
	// errors match ErrForged, ErrReplayed or ErrMalformed. A repeated webhook within the tolerance
	// is accepted: its event has the same ID, and its fact does not change the books again.
	Event(header http.Header, body []byte, now time.Time) (Event, error)
}

// Errors of a Provider. Their texts have codes, and never ids, keys or text from the provider.
var (
	ErrRefused   = errors.New("provider: the refund is refused")
	ErrForged    = errors.New("provider: the webhook is not signed with the secret")
	ErrReplayed  = errors.New("provider: the webhook was signed too long ago, or in the future")
	ErrMalformed = errors.New("provider: the webhook is not an event")
)

// A Request asks to refund an amount on a payment of a subscription. Key is the key of the
// instruction in the books.
type Request struct {
	Key, Subscription, Payment string
	Amount                     refund.Money
}

// A Result is the answer to a request, and the provider's instant of it. Record that instant: a
// failure that happened later must not look earlier than the success.
type Result struct {
	State State
	At    time.Time
}

// Fact returns the event for the books: the instruction with the key was settled or has failed.
// It is the zero Event while the refund is pending.
func (r Result) Fact(key string) ledger.Event {
	switch r.State {
	case StateSucceeded:
		return ledger.Event{Kind: ledger.EventSettled, At: r.At, ID: key}
	case StateFailed:
		return ledger.Event{Kind: ledger.EventFailed, At: r.At, ID: key}
	}
	return ledger.Event{}
}

// State is the state of a refund at the provider, in the terms of the books.
type State = ledger.State

// A refund may fail after it has succeeded, if the customer's bank sends the money back.
const (
	StatePending   = ledger.StatePending
	StateSucceeded = ledger.StateSettled
	StateFailed    = ledger.StateFailed
)

// An Event is the content of a webhook.
type Event struct {
	ID, Subscription string
	At               time.Time // when it happened, not when it was sent

	// Key and State are those of a refund that was requested with a key. Otherwise they are zero.
	Key   string
	State State

	// Fact is the event for the books ([ledger.Ledger.Record]). It is zero for a pending refund
	// with a key. The books refuse it with [ledger.ErrUnknown] while they lack its payment,
	// refund, dispute or instruction, since webhooks arrive in any order.
	Fact ledger.Event
}
