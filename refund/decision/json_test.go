package decision_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// The facts of a record have the JSON of its decision, except for the amount paid and the
// sentence, which a record does not have, and with the digest and the key.
func TestJSONOfFactsIsThatOfTheDecision(t *testing.T) {
	fields := func(v any) map[string]any {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, d := range oneOfEach(t) {
		facts, err := decision.Verify(recorded(t, d, hostKey(t, 1)), publicKey(1))
		if err != nil {
			t.Fatal(err)
		}
		want := fields(d)
		delete(want, "paid")
		delete(want, "detail")
		want["digest"], want["key"] = d.Digest().String(), facts.KeyID
		if got := fields(facts); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
	}
}

func TestZeroFactsAreNull(t *testing.T) {
	if text, err := json.Marshal(decision.Facts{}); err != nil || string(text) != "null" {
		t.Errorf("got %s, %v", text, err)
	}
}

func TestFactsCannotBeReadFromJSON(t *testing.T) {
	facts := decision.Facts{Subscription: "SUB-1"}
	err := json.Unmarshal([]byte(`{"kind":"approved","subscription":"SUB-2"}`), &facts)
	if err == nil || facts.Subscription != "SUB-1" {
		t.Errorf("read %v, error %v", facts.Subscription, err)
	}
}

func TestJSONOfFactsEscapesBidirectionalCharacters(t *testing.T) {
	facts := decision.Facts{Kind: decision.KindDeclined, At: time.Unix(0, 0), Reason: "late \u202e99.471\u2066\u0085"}
	text, err := json.Marshal(facts)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range string(text) {
		if !unicode.IsPrint(r) {
			t.Errorf("%U stands in %s", r, text)
		}
	}
}

// incomparable is an error that panics when it is compared with another of its type.
type incomparable []string

func (e incomparable) Error() string { return e[0] }

func TestJSONOfGates(t *testing.T) {
	usd := testkit.USD
	rows := []struct {
		because string
		gate    decision.GateError
		want    string // up to the sentence
	}{
		{"a gate of clauses lists them", decision.GateError{Gate: decision.ErrNotReviewed, Clauses: []refund.Clause{refund.ClauseLogReview, refund.ClauseCredentials}},
			`{"gate":"not_reviewed","clauses":["log-review","credentials"]`},
		{"an objection", decision.GateError{Gate: decision.ErrNotAcknowledged, Clauses: []refund.Clause{refund.ClauseLogReview}},
			`{"gate":"not_acknowledged","clauses":["log-review"]`},
		{"a hold", decision.GateError{Gate: decision.ErrHeld, Clauses: []refund.Clause{refund.ClauseAccountAccess}},
			`{"gate":"held","clauses":["account-access"]`},
		{"a gate on the officer has no values", decision.GateError{Gate: decision.ErrSelfApproval}, `{"gate":"self_approval"`},
		{"a limit has both amounts", decision.GateError{Gate: decision.ErrAboveLimit, Amount: usd("150.00"), Most: usd("100.00")},
			`{"gate":"above_limit","amount":{"amount":"150.00","currency":"USD"},"most":{"amount":"100.00","currency":"USD"}`},
		{"an officer without a limit has no maximum", decision.GateError{Gate: decision.ErrAboveLimit, Amount: usd("150.00")},
			`{"gate":"above_limit","amount":{"amount":"150.00","currency":"USD"}`},
		{"an amount of zero is stated", decision.GateError{Gate: decision.ErrNothingToRefund, Amount: usd("0.00"), Most: usd("0.00")},
			`{"gate":"nothing_to_refund","amount":{"amount":"0.00","currency":"USD"},"most":{"amount":"0.00","currency":"USD"}`},
		{"a part", decision.GateError{Gate: decision.ErrPartial}, `{"gate":"partial"`},
		{"too much", decision.GateError{Gate: decision.ErrAboveRefundable}, `{"gate":"above_refundable"`},
		{"an error of the host is not a gate", decision.GateError{Gate: errors.New("mine")}, `{"gate":""`},
		{"an error that cannot be compared is not a gate", decision.GateError{Gate: incomparable{"mine"}}, `{"gate":""`},
		{"the zero GateError", decision.GateError{}, `{"gate":""`},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			text, err := json.Marshal(&r.gate)
			detail := strings.TrimPrefix(r.gate.Error(), "decision: ")
			if want := r.want + `,"detail":"` + detail + `"}`; err != nil || string(text) != want {
				t.Errorf("%v\ngot  %s\nwant %s", err, text, want)
			}
		})
	}
}
