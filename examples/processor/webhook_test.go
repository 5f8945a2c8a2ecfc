package processor_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
)

const (
	paidBody  = `{"id":"event_1","data":{"type":"payment","id":"pay_1","subscription":"SUB-1","amount":1999,"currency":"USD","method":"visa 4242","state":"succeeded","at":"2026-03-02T10:00:00.000001Z"}}`
	tolerance = 5 * time.Minute
)

func signed(value string) http.Header { return http.Header{processor.SignatureHeader: {value}} }

func TestWebhooksThatAreForgedReplayedOrMalformed(t *testing.T) {
	body := []byte(paidBody)
	good := processor.Sign(secret, body, noon)
	for _, test := range []struct {
		why    string
		header http.Header
		body   string
		want   error
	}{
		{"a signed webhook is accepted", signed(good), paidBody, nil},
		{"without a header it is forged", nil, paidBody, processor.ErrForged},
		{"an empty header is forged", signed(""), paidBody, processor.ErrForged},
		{"another secret is forged", signed(processor.Sign("another secret", body, noon)), paidBody, processor.ErrForged},
		{"the empty secret is forged", signed(processor.Sign("", body, noon)), paidBody, processor.ErrForged},
		{"an altered body is forged", signed(good), strings.Replace(paidBody, "1999", "9999", 1), processor.ErrForged},
		{"a body with a space more is forged", signed(good), paidBody + " ", processor.ErrForged},
		{"another instant is forged", signed(strings.Replace(good, "t=17", "t=18", 1)), paidBody, processor.ErrForged},
		{"a signature cut short is forged", signed(good[:len(good)-2]), paidBody, processor.ErrForged},
		{"text after the signature is forged", signed(good + ",v1=00"), paidBody, processor.ErrForged},
		{"an instant that is not a number is forged", signed("t=now,v1=00"), paidBody, processor.ErrForged},
		{"five minutes old is accepted", signed(processor.Sign(secret, body, noon.Add(-tolerance))), paidBody, nil},
		{"older is replayed", signed(processor.Sign(secret, body, noon.Add(-tolerance-time.Second))), paidBody, processor.ErrReplayed},
		{"from the future is replayed", signed(processor.Sign(secret, body, noon.Add(tolerance+time.Second))), paidBody, processor.ErrReplayed},
		{"a forged old one is forged", signed(processor.Sign("another secret", body, noon.Add(-time.Hour))), paidBody, processor.ErrForged},
	} {
		row(t, test.why, func(t *testing.T) {
			e, err := processor.Verify(test.header, []byte(test.body), secret, noon, tolerance)
			if !errors.Is(err, test.want) || test.want != nil && e.ID != "" {
				t.Errorf("event %q, error %v, want %v", e.ID, err, test.want)
			}
		})
	}
	if _, err := processor.Verify(signed(processor.Sign("", body, noon)), body, "", noon, tolerance); !errors.Is(err, processor.ErrForged) {
		t.Errorf("without a secret a webhook is accepted: %v", err)
	}
}

func TestSignedWebhooksThatAreMalformed(t *testing.T) {
	for _, test := range []struct {
		why     string
		changes []string // of the body, in pairs of an old and a new text
	}{
		{"an empty body", []string{paidBody, ""}},
		{"an event without an id", []string{"event_1", ""}},
		{"an unknown type", []string{`"type":"payment"`, `"type":"payout"`}},
		{"an unknown state", []string{"succeeded", "lapsed"}},
		{"the state of another type", []string{"succeeded", "open"}},
		{"a record without an instant", []string{`"at"`, `"on"`}},
		{"a record without an id", []string{"pay_1", ""}},
		{"a record without a subscription", []string{"SUB-1", ""}},
		{"a failure without its instant", []string{"succeeded", "failed"}},
		{"a refund without a payment", []string{`"type":"payment"`, `"type":"refund"`}},
		{"a dispute without a payment", []string{`"type":"payment"`, `"type":"dispute"`, "succeeded", "open"}},
		{"a lost dispute without its instant", []string{`"type":"payment"`, `"type":"dispute","payment":"pay_1"`, "succeeded", "lost"}},
		{"a fractional amount", []string{"1999", "19.99"}},
	} {
		row(t, test.why, func(t *testing.T) {
			body := strings.NewReplacer(test.changes...).Replace(paidBody)
			header := signed(processor.Sign(secret, []byte(body), noon))
			if e, err := processor.Verify(header, []byte(body), secret, noon, tolerance); !errors.Is(err, processor.ErrMalformed) || e.ID != "" {
				t.Errorf("event %q, error %v", e.ID, err)
			}
		})
	}
}

func TestWebhooksOfEveryTypeAndState(t *testing.T) {
	for kind, states := range map[string][]string{
		"payment": {"succeeded", "failed"}, "refund": {"pending", "succeeded", "failed"}, "dispute": {"open", "won", "lost"},
	} {
		for _, state := range states {
			r := processor.Record{Type: kind, ID: "id", Subscription: "SUB-1", Units: 1, Currency: "USD", State: state, At: noon.Add(-time.Hour)}
			if kind != "payment" {
				r.Payment = "PAY-1"
			}
			want := r.At
			if state == "failed" || state == "won" || state == "lost" {
				r.EndedAt, want = noon, noon
			}
			body, err := json.Marshal(processor.Event{ID: "event_1", Data: r})
			if err != nil {
				t.Fatal(err)
			}
			e, err := processor.Verify(signed(processor.Sign(secret, body, noon)), body, secret, noon, tolerance)
			if err != nil || e.ID != "event_1" || e.Data != r || !e.Data.ChangedAt().Equal(want) {
				t.Errorf("%s %s: %+v, %v", kind, state, e, err)
			}
		}
	}
}

// Whatever a webhook has, verifying it does not panic, and an accepted one is signed and complete.
func FuzzVerify(f *testing.F) {
	f.Add([]byte(paidBody), processor.Sign(secret, []byte(paidBody), noon), false) // accepted
	f.Add([]byte(paidBody), "t=,v1=", true)                                        // signed in the test
	f.Add([]byte(`{"id":"e","data":null}`), "", true)                              // no record
	f.Add([]byte(`{"id":"e","data":{"type":"refund","state":"failed","key":"k","subscription":"s","amount":1,"currency":"ISK"}}`), "", true)
	f.Fuzz(func(t *testing.T, body []byte, header string, sign bool) {
		if sign {
			header = processor.Sign(secret, body, noon)
		}
		e, err := processor.Verify(signed(header), body, secret, noon, tolerance)
		switch {
		case err == nil && (e.ID == "" || !e.Data.IsComplete() || e.Data.ChangedAt().IsZero()):
			t.Errorf("an event lacks a field: %+v", e)
		case err == nil && header != processor.Sign(secret, body, noon) && !strings.HasPrefix(header, "t="):
			t.Errorf("accepted with the header %q", header)
		case err != nil && !errors.Is(err, processor.ErrForged) && !errors.Is(err, processor.ErrReplayed) && !errors.Is(err, processor.ErrMalformed):
			t.Errorf("an error without a sentinel: %v", err)
		case err != nil && sign && !errors.Is(err, processor.ErrMalformed):
			t.Errorf("a signed webhook is not accepted: %v", err)
		}
	})
}
