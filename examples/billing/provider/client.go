package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// maxAnswer bounds the body of an answer.
const maxAnswer = 4 << 20

// refusals are the codes of refused refunds. Another code is not final: it may be from a proxy.
var refusals = []string{"amount", "disputed", "insufficient", "unknown_payment"}

// A Client is a [Provider] that speaks to the provider of package fake over HTTP.
type Client struct {
	base, key, secret string
	http              http.Client
}

// NewClient returns a client for the provider at a URL, with the API key and the secret of its
// webhooks.
func NewClient(base, key, secret string) *Client {
	// A redirect would send the request, and maybe the API key, somewhere else.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{base, key, secret, http.Client{Timeout: 10 * time.Second, CheckRedirect: stay}}
}

// Refund implements [Provider].
func (c *Client) Refund(ctx context.Context, r Request) (Result, error) {
	units, err := Units(r.Amount)
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	asked := Record{Type: "refund", Key: r.Key, Subscription: r.Subscription, Payment: r.Payment, Units: units, Currency: r.Amount.Currency().Code()}
	var got Record
	if err := c.call(ctx, http.MethodPost, "/v1/refund", asked, &got); err != nil {
		return Result{}, err
	}
	if got.Asked() != asked {
		return Result{}, errors.New("provider: the answer is about another refund")
	}
	if _, err := got.fact(); err != nil {
		return Result{}, err
	}
	return got.result(), nil
}

// Statement implements [Provider].
func (c *Client) Statement(ctx context.Context, subscription string) (ledger.Statement, error) {
	at, records, err := c.records(ctx, url.Values{"subscription": {subscription}})
	s := ledger.Statement{To: at}
	for _, r := range records {
		if r.Subscription != subscription {
			err = errors.New("provider: the statement has a record of another subscription")
		}
		err = errors.Join(err, r.list(&s))
	}
	if err != nil {
		return ledger.Statement{}, err
	}
	return s, nil
}

// Changed implements [Provider].
func (c *Client) Changed(ctx context.Context, since time.Time) ([]string, error) {
	_, records, err := c.records(ctx, url.Values{"since": {since.UTC().Format(time.RFC3339Nano)}})
	changed := map[string]bool{}
	for _, r := range records {
		changed[r.Subscription] = true
	}
	return slices.Sorted(maps.Keys(changed)), err
}

func (c *Client) records(ctx context.Context, query url.Values) (time.Time, []Record, error) {
	var got struct {
		At      time.Time
		Records []Record
	}
	err := c.call(ctx, http.MethodGet, "/v1/records?"+query.Encode(), nil, &got)
	return got.At, got.Records, err
}

// call sends a request and reads its answer into out.
func (c *Client) call(ctx context.Context, method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.key)
	answer, err := c.http.Do(request)
	if err != nil {
		if u, ok := errors.AsType[*url.Error](err); ok {
			err = u.Err // without the URL, which has ids
		}
		return fmt.Errorf("provider: no answer: %w", err)
	}
	defer answer.Body.Close()
	var refused struct{ Error string }
	if answer.StatusCode != http.StatusOK {
		out = &refused
	}
	err = json.NewDecoder(io.LimitReader(answer.Body, maxAnswer)).Decode(out)
	switch {
	case answer.StatusCode == http.StatusOK && err != nil:
		return errors.New("provider: the answer is not the expected JSON, or it is too long")
	case answer.StatusCode == http.StatusOK:
		return nil
	case answer.StatusCode == http.StatusConflict:
		return ErrKeyUsed
	case answer.StatusCode == http.StatusPaymentRequired && slices.Contains(refusals, refused.Error):
		return fmt.Errorf("%w: %s", ErrRefused, refused.Error)
	}
	return fmt.Errorf("provider: the answer has status %d", answer.StatusCode)
}
