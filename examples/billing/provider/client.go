package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Tolerance is how far the instant of a webhook's signature may be from now.
const Tolerance = 5 * time.Minute

// A Client is a [Provider] that calls the card processor of package processor.
type Client struct {
	processor *processor.Client
	secret    string
}

// NewClient returns a client for the processor at a URL, with the API key and the secret of its
// webhooks.
func NewClient(base, key, secret string) *Client {
	return &Client{processor.New(base, key), secret}
}

// Refund implements [Provider].
func (c *Client) Refund(ctx context.Context, subscription string, i ledger.Instruction) (ledger.Event, error) {
	units, err := Units(i.Amount)
	if err != nil {
		return ledger.Event{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	done, err := c.processor.Refund(ctx, processor.Record{
		Key: i.Key, Subscription: subscription, Payment: i.Payment, Units: units, Currency: i.Amount.Currency().Code(),
	})
	if refusal, ok := errors.AsType[processor.Refusal](err); ok {
		return ledger.Event{}, fmt.Errorf("%w: %w", ErrRefused, refusal)
	} else if err != nil {
		return ledger.Event{}, err
	}
	return fact(done)
}

// Statement implements [Provider].
func (c *Client) Statement(ctx context.Context, subscription string) (ledger.Statement, error) {
	at, records, err := c.processor.Records(ctx, processor.Query{Subscription: subscription})
	if err != nil {
		return ledger.Statement{}, err
	}
	s := ledger.Statement{To: at}
	for _, r := range records {
		if err := list(&s, r); err != nil {
			return ledger.Statement{}, err
		} else if r.Subscription != subscription {
			return ledger.Statement{}, errors.New("provider: the statement has a record of another subscription")
		}
	}
	return s, nil
}

// Changed implements [Provider].
func (c *Client) Changed(ctx context.Context, since time.Time) ([]string, error) {
	_, records, err := c.processor.Records(ctx, processor.Query{Since: since})
	changed := map[string]bool{}
	for _, r := range records {
		changed[r.Subscription] = true
	}
	return slices.Sorted(maps.Keys(changed)), err
}

// Event implements [Provider].
func (c *Client) Event(header http.Header, body []byte, now time.Time) (Event, error) {
	got, err := processor.Verify(header, body, c.secret, now, Tolerance)
	switch {
	case errors.Is(err, processor.ErrForged):
		return Event{}, ErrForged
	case errors.Is(err, processor.ErrReplayed):
		return Event{}, ErrReplayed
	case err != nil:
		return Event{}, ErrMalformed
	}
	done, err := fact(got.Data)
	if err != nil {
		return Event{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return Event{ID: got.ID, Subscription: got.Data.Subscription, Fact: done}, nil
}
