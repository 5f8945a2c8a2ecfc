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

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A Provider moves money, such as a card processor.
type Provider interface {
	// Refund asks to carry out an instruction of the books of a subscription, and returns the fact
	// for the books: that it is settled or has failed. The fact is zero while the refund is pending.
	// It has the provider's instant: a refund may fail after it has succeeded, and the failure must
	// not look earlier.
	//
	// Only the first request with the key of the instruction makes a refund; a repeated request
	// returns the fact of its present state. An error that matches ErrRefused is final: no money
	// moves. After any other error it is unknown whether money moved: ask again with the same key,
	// unless the key was used for another refund, which a person resolves.
	Refund(ctx context.Context, subscription string, i ledger.Instruction) (ledger.Event, error)

	// Statement returns everything the provider knows about a subscription, up to the instant
	// of the answer (To).
	Statement(ctx context.Context, subscription string) (ledger.Statement, error)

	// Changed returns the subscriptions with activity at or after an instant of the provider's
	// clock, sorted, for a day's reconciliation.
	Changed(ctx context.Context, since time.Time) ([]string, error)

	// Event verifies a webhook, whose length the caller has bounded, and returns its event. The
	// errors match ErrForged, ErrReplayed or ErrMalformed. A repeated webhook within the tolerance
	// is accepted: its fact does not change the books again.
	Event(header http.Header, body []byte, now time.Time) (Event, error)
}

// Errors of a Provider. Their texts have codes, and never ids, keys or text from the provider.
var (
	ErrRefused   = errors.New("provider: the refund is refused")
	ErrForged    = errors.New("provider: the webhook is not signed with the secret")
	ErrReplayed  = errors.New("provider: the webhook was signed too long ago, or in the future")
	ErrMalformed = errors.New("provider: the webhook is not an event")
)

// An Event is the content of a webhook. A repeated webhook has the same ID.
type Event struct {
	ID, Subscription string

	// Fact is the event for the books ([ledger.Ledger.Record]). It is zero for a pending refund
	// with a key. The books refuse it with [ledger.ErrUnknown] while they lack its payment,
	// refund, dispute or instruction, since webhooks arrive in any order.
	Fact ledger.Event
}
