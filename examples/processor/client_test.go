package processor_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/examples/processor"
)

const refundAnswer = `{"type":"refund","id":"re_1","key":"KEY-1","subscription":"SUB-1","payment":"PAY-1","amount":500,"currency":"USD","state":"succeeded","at":"2026-03-12T12:00:00Z"}`

var asked = processor.Record{Key: "KEY-1", Subscription: "SUB-1", Payment: "PAY-1", Units: 500, Currency: "USD"}

func answering(t *testing.T, status int, body string) *processor.Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
		w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return processor.New(s.URL, apiKey)
}

func TestOnlyAKnownRefusalIsFinal(t *testing.T) {
	padding := strings.Repeat(" ", processor.MaxAnswer)
	for _, test := range []struct {
		why    string
		status int
		body   string
		final  bool // the error is a refusal
		ok     bool
	}{
		{"an answer with the same refund is a result", 200, refundAnswer, false, true},
		{"a known code is final", 402, `{"error":"insufficient"}`, true, false},
		{"an unknown code may be from a proxy", 402, `{"error":"quota"}`, false, false},
		{"a refusal that is not JSON may be from a proxy", 402, `<html>insufficient</html>`, false, false},
		{"a wrong API key may be corrected", 401, `{"error":"insufficient"}`, false, false},
		{"a malformed request may have been altered on the way", 400, `{"error":"amount"}`, false, false},
		{"a status of 500 may follow the money", 500, `{"error":"insufficient"}`, false, false},
		{"a redirect is not followed", 307, ``, false, false},
		{"an empty answer leaves it open", 200, ``, false, false},
		{"an answer cut short leaves it open", 200, refundAnswer[:40], false, false},
		{"an answer beyond the bound leaves it open", 200, padding + refundAnswer, false, false},
		{"another refund's answer leaves it open", 200, strings.Replace(refundAnswer, "500", "600", 1), false, false},
		{"another key's answer leaves it open", 200, strings.Replace(refundAnswer, "KEY-1", "KEY-2", 1), false, false},
		{"an answer without an instant leaves it open", 200, strings.Replace(refundAnswer, `"at"`, `"on"`, 1), false, false},
		{"an unknown state leaves it open", 200, strings.Replace(refundAnswer, "succeeded", "posted", 1), false, false},
	} {
		row(t, test.why, func(t *testing.T) {
			got, err := answering(t, test.status, test.body).Refund(t.Context(), asked)
			if (err == nil) != test.ok || isRefusal(err) != test.final || test.ok != (got.State != "") {
				t.Errorf("result %+v, error %v", got, err)
			}
			wantNoNames(t, err)
		})
	}
}

// wantNoNames fails if an error has an id, a key or an address of the tests.
func wantNoNames(t *testing.T, err error) {
	t.Helper()
	for _, name := range []string{"SUB-1", "PAY-1", "KEY-1", apiKey, secret, "elsewhere"} {
		if err != nil && strings.Contains(err.Error(), name) {
			t.Errorf("the error has %q: %v", name, err)
		}
	}
}

func TestWithoutAnAnswerNothingIsKnown(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	c := processor.New(s.URL, apiKey)
	_, err := c.Refund(t.Context(), asked)
	if err == nil || isRefusal(err) || errors.Is(err, processor.ErrKeyUsed) {
		t.Errorf("a refund: %v", err)
	}
	wantNoNames(t, err)
	_, list, err := c.Records(t.Context(), processor.Query{Subscription: "SUB-1"})
	if err == nil || len(list) > 0 {
		t.Errorf("%d records of no processor, %v", len(list), err)
	}
	wantNoNames(t, err)
}

func TestARequestIsNotSentElsewhere(t *testing.T) {
	elsewhere := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/elsewhere" {
			elsewhere++
			w.Write([]byte(refundAnswer))
			return
		}
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	defer s.Close()
	if got, err := processor.New(s.URL, apiKey).Refund(t.Context(), asked); err == nil || elsewhere > 0 {
		t.Errorf("result %+v, %d requests elsewhere", got, elsewhere)
	}
}
