package processor

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// maxAnswer bounds the body of an answer.
const maxAnswer = 4 << 20

// A Refusal is the code of a refused refund. It is final: no money moves with that key.
type Refusal string

// The refusals. Another code is not final: it may be from a proxy.
const (
	RefusalAmount         Refusal = "amount"          // the processor does not move such an amount
	RefusalDisputed       Refusal = "disputed"        // a dispute on the payment is open
	RefusalInsufficient   Refusal = "insufficient"    // the payment has less than the amount left
	RefusalUnknownPayment Refusal = "unknown_payment" // the subscription has no such payment in the currency
)

var refusals = []Refusal{RefusalAmount, RefusalDisputed, RefusalInsufficient, RefusalUnknownPayment}

func (r Refusal) Error() string { return "processor: refund refused: " + string(r) }

// ErrKeyUsed means that the key of a refund was used for another refund.
var ErrKeyUsed = errors.New("processor: the key was used for another refund")

// A Client calls the processor. The texts of its errors have codes, and never ids, keys or text
// from the answer.
type Client struct {
	base, key string
	http      http.Client
}

// New returns a client for the processor at a URL, with an API key.
func New(base, key string) *Client {
	// A redirect would send the request, and maybe the API key, somewhere else.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{base, key, http.Client{Timeout: 10 * time.Second, CheckRedirect: stay}}
}

// Refund asks for a refund, of which r has the key, subscription, payment, units and currency. Only
// the first request with a key makes a refund; a repeated request returns its present state. After
// an error that is not a [Refusal], it is unknown whether money moved: ask again with the same key,
// except after [ErrKeyUsed].
func (c *Client) Refund(ctx context.Context, r Record) (Record, error) {
	var got Record
	if err := c.call(ctx, http.MethodPost, "/v1/refund", r.Asked(), &got); err != nil {
		return Record{}, err
	}
	if got.Asked() != r.Asked() || !got.IsComplete() {
		return Record{}, errors.New("processor: the answer is not the refund that was asked for")
	}
	return got, nil
}

// A Query selects the records of a subscription, or, without one, those that changed at an instant
// or later. The zero Query selects all records.
type Query struct {
	Subscription string
	Since        time.Time
}

// Records returns the selected records, and the instant of the answer by the processor's clock. It
// does not check that they are complete, so that one record does not hide the others.
func (c *Client) Records(ctx context.Context, q Query) (at time.Time, list []Record, err error) {
	var got struct {
		At      time.Time
		Records []Record
	}
	query := url.Values{"subscription": {q.Subscription}, "since": {q.Since.UTC().Format(time.RFC3339Nano)}}
	err = c.call(ctx, http.MethodGet, "/v1/records?"+query.Encode(), nil, &got)
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
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err // without the URL, which has ids
		}
		return fmt.Errorf("processor: no answer: %w", err)
	}
	defer answer.Body.Close()
	var refused struct{ Error Refusal }
	if answer.StatusCode != http.StatusOK {
		out = &refused
	}
	err = json.NewDecoder(io.LimitReader(answer.Body, maxAnswer)).Decode(out)
	switch {
	case answer.StatusCode == http.StatusOK && err != nil:
		return errors.New("processor: the answer is not the expected JSON, or it is too long")
	case answer.StatusCode == http.StatusOK:
		return nil
	case answer.StatusCode == http.StatusConflict:
		return ErrKeyUsed
	case answer.StatusCode == http.StatusPaymentRequired && slices.Contains(refusals, refused.Error):
		return refused.Error
	}
	return fmt.Errorf("processor: the answer has status %d", answer.StatusCode)
}
