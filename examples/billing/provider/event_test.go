package provider_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

const paidBody = `{"id":"event_1","data":{"type":"payment","id":"pay_1","subscription":"SUB-1","amount":1999,"currency":"USD","method":"visa 4242","state":"succeeded","at":"2026-03-02T10:00:00.000001Z"}}`

func signed(value string) http.Header { return http.Header{processor.SignatureHeader: {value}} }

// The tests of package processor have the ways to forge and to damage a webhook, one by one.
func TestWebhooksThatAreForgedReplayedOrMalformed(t *testing.T) {
	c := provider.NewClient("", apiKey, secret)
	body := []byte(paidBody)
	good := processor.Sign(secret, body, noon)
	signBody := func(body string) http.Header { return signed(processor.Sign(secret, []byte(body), noon)) }
	for _, row := range []struct {
		why    string
		header http.Header
		body   string
		want   error
	}{
		{"a signed webhook is accepted", signed(good), paidBody, nil},
		{"another secret is forged", signed(processor.Sign("another secret", body, noon)), paidBody, provider.ErrForged},
		{"five minutes old is accepted", signed(processor.Sign(secret, body, noon.Add(-provider.Tolerance))), paidBody, nil},
		{"older is replayed", signed(processor.Sign(secret, body, noon.Add(-provider.Tolerance-time.Second))), paidBody, provider.ErrReplayed},
		{"from the future is replayed", signed(processor.Sign(secret, body, noon.Add(provider.Tolerance+time.Second))), paidBody, provider.ErrReplayed},
		{"an empty body is malformed", signBody(""), "", provider.ErrMalformed},
		{"an unknown type is malformed", signBody(strings.Replace(paidBody, "payment", "payout", 1)), strings.Replace(paidBody, "payment", "payout", 1), provider.ErrMalformed},
		{"an unknown currency is malformed", signBody(strings.Replace(paidBody, "USD", "ZZZ", 1)), strings.Replace(paidBody, "USD", "ZZZ", 1), provider.ErrMalformed},
		{"a part of a unit is malformed", signBody(strings.Replace(paidBody, "USD", "ISK", 1)), strings.Replace(paidBody, "USD", "ISK", 1), provider.ErrMalformed},
		{"a negative amount is malformed", signBody(strings.Replace(paidBody, "1999", "-1999", 1)), strings.Replace(paidBody, "1999", "-1999", 1), provider.ErrMalformed},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			e, err := c.Event(row.header, []byte(row.body), noon)
			if !errors.Is(err, row.want) || row.want != nil && e.ID != "" {
				t.Errorf("event %q, error %v, want %v", e.ID, err, row.want)
			}
		})
	}
	if _, err := provider.NewClient("", apiKey, "").Event(signed(processor.Sign("", body, noon)), body, noon); !errors.Is(err, provider.ErrForged) {
		t.Errorf("a client without a secret accepts a webhook: %v", err)
	}
}

func TestFactsOfEvents(t *testing.T) {
	c := provider.NewClient("", apiKey, secret)
	at, ended := noon.Add(-time.Hour), noon.Add(-time.Minute)
	record := func(kind, state string) processor.Record {
		r := processor.Record{Type: kind, ID: "id", Subscription: "SUB-1", Payment: "pay", Units: 500, Currency: "USD", State: state, At: at}
		if state == "failed" || state == "won" || state == "lost" {
			r.EndedAt = ended
		}
		return r
	}
	key := func(r processor.Record) processor.Record { r.Key = "key"; return r }
	reversed := record("payment", "failed")
	reversed.Reversal = "rev"
	for _, row := range []struct {
		why    string
		record processor.Record
		fact   ledger.Event
	}{
		{"a payment is paid", record("payment", "succeeded"), ledger.Event{Kind: ledger.EventPaid, At: at, ID: "id", Amount: usd("5.00")}},
		{"a failed payment is reversed", reversed, ledger.Event{Kind: ledger.EventReversed, At: ended, ID: "rev", Payment: "id", Amount: usd("5.00")}},
		{"a refund without a key is an outside refund", record("refund", "succeeded"), ledger.Event{Kind: ledger.EventRefunded, At: at, ID: "id", Payment: "pay", Amount: usd("5.00")}},
		{"a pending one counts too", record("refund", "pending"), ledger.Event{Kind: ledger.EventRefunded, At: at, ID: "id", Payment: "pay", Amount: usd("5.00")}},
		{"a failed one has failed", record("refund", "failed"), ledger.Event{Kind: ledger.EventRefundFailed, At: ended, ID: "id"}},
		{"a pending refund with a key changes no books", key(record("refund", "pending")), ledger.Event{}},
		{"a refund with a key settles the instruction", key(record("refund", "succeeded")), ledger.Event{Kind: ledger.EventSettled, At: at, ID: "key"}},
		{"a failed one fails the instruction", key(record("refund", "failed")), ledger.Event{Kind: ledger.EventFailed, At: ended, ID: "key"}},
		{"a dispute is opened", record("dispute", "open"), ledger.Event{Kind: ledger.EventDisputed, At: at, ID: "id", Payment: "pay", Amount: usd("5.00")}},
		{"a dispute is won", record("dispute", "won"), ledger.Event{Kind: ledger.EventWon, At: ended, ID: "id"}},
		{"a dispute is lost", record("dispute", "lost"), ledger.Event{Kind: ledger.EventLost, At: ended, ID: "id", Amount: usd("5.00")}},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			body, err := json.Marshal(map[string]any{"id": "event_1", "data": row.record})
			if err != nil {
				t.Fatal(err)
			}
			e, err := c.Event(signed(processor.Sign(secret, body, noon)), body, noon)
			if err != nil || !e.Fact.Equal(row.fact) || e.ID != "event_1" || e.Subscription != "SUB-1" {
				t.Errorf("event %+v, %v", e, err)
			}
		})
	}
}

// Whatever a webhook has, reading it does not panic, and the books can use an accepted one, at
// once or when they know its payment.
func FuzzEvent(f *testing.F) {
	c := provider.NewClient("", apiKey, secret)
	f.Add([]byte(paidBody), processor.Sign(secret, []byte(paidBody), noon), false) // accepted
	f.Add([]byte(paidBody), "t=,v1=", true)                                        // signed in the test
	f.Add([]byte(`{"id":"e","data":null}`), "", true)                              // no record
	f.Add([]byte(`{"id":"e","data":{"type":"refund","state":"failed","key":"k","subscription":"s","amount":1,"currency":"ISK"}}`), "", true)
	f.Fuzz(func(t *testing.T, body []byte, header string, sign bool) {
		if sign {
			header = processor.Sign(secret, body, noon)
		}
		e, err := c.Event(signed(header), body, noon)
		sent, _ := processor.Verify(signed(header), body, secret, noon, provider.Tolerance)
		pending := sent.Data.Type == "refund" && sent.Data.Key != "" && sent.Data.State == "pending"
		switch {
		case err == nil && (e.ID == "" || e.Subscription == "" || (e.Fact.Kind == 0) != pending):
			t.Errorf("an event lacks a field: %+v", e)
		case err == nil && e.Fact.Kind != 0 && !usable(t, e):
			t.Errorf("the books cannot use %+v", e)
		case err == nil && header != processor.Sign(secret, body, noon) && !strings.HasPrefix(header, "t="):
			t.Errorf("accepted with the header %q", header)
		case err != nil && !errors.Is(err, provider.ErrForged) && !errors.Is(err, provider.ErrReplayed) && !errors.Is(err, provider.ErrMalformed):
			t.Errorf("an error without a sentinel: %v", err)
		}
	})
}

// usable reports whether the fact of an event is not malformed for books in its currency.
func usable(t *testing.T, e provider.Event) bool {
	price := usd("1.00")
	if !e.Fact.Amount.IsZero() {
		price = e.Fact.Amount
	}
	books, err := ledger.New("SUB-1", price)
	if err != nil {
		t.Fatal(err)
	}
	_, err = books.Record(e.Fact)
	var invalid *refund.InvalidError
	return !errors.As(err, &invalid)
}
