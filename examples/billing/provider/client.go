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
func (c *Client) Refund(ctx context.Context, r Request) (Result, error) {
	units, err := Units(r.Amount)
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	got, err := c.processor.Refund(ctx, processor.Record{Key: r.Key, Subscription: r.Subscription, Payment: r.Payment, Units: units, Currency: r.Amount.Currency().Code()})
	if refusal, ok := errors.AsType[processor.Refusal](err); ok {
		return Result{}, fmt.Errorf("%w: %w", ErrRefused, refusal)
	} else if err != nil {
		return Result{}, err
	}
	return result(got), nil
}

// Statement implements [Provider].
func (c *Client) Statement(ctx context.Context, subscription string) (ledger.Statement, error) {
	at, records, err := c.processor.Records(ctx, processor.Query{Subscription: subscription})
	s := ledger.Statement{To: at}
	for _, r := range records {
		if r.Subscription != subscription {
			err = errors.New("provider: the statement has a record of another subscription")
		}
		err = errors.Join(err, list(&s, r))
	}
	if err != nil {
		return ledger.Statement{}, err
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
	fact, err := fact(got.Data)
	if err != nil {
		return Event{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	result := result(got.Data)
	e := Event{ID: got.ID, Subscription: got.Data.Subscription, At: result.At, Fact: fact}
	if got.Data.Type == "refund" && got.Data.Key != "" {
		e.Key, e.State = got.Data.Key, result.State
	}
	return e, nil
}
