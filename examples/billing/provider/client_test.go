package provider_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/provider"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/examples/processor/fake"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

const refundAnswer = `{"type":"refund","id":"re_1","key":"KEY-1","subscription":"SUB-1","payment":"PAY-1","amount":500,"currency":"USD","state":"succeeded","at":"2026-03-12T12:00:00Z"}`

func answering(t *testing.T, status int, body string) *provider.Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
		w.Write([]byte(body))
	}))
	t.Cleanup(s.Close)
	return provider.NewClient(s.URL, apiKey, secret)
}

// The tests of package processor have the answers that are not final, one by one.
func TestOnlyARefusalIsFinal(t *testing.T) {
	for _, row := range []struct {
		why    string
		status int
		body   string
		final  bool // the error is ErrRefused
		ok     bool
	}{
		{"an answer with the same refund is a result", 200, refundAnswer, false, true},
		{"a known code is final", 402, `{"error":"insufficient"}`, true, false},
		{"an unknown code may be from a proxy", 402, `{"error":"quota"}`, false, false},
		{"a key that was used is for a person", 409, `{"error":"key_used"}`, false, false},
		{"a status of 500 may follow the money", 500, `{"error":"insufficient"}`, false, false},
		{"another refund's answer leaves it open", 200, strings.Replace(refundAnswer, "500", "600", 1), false, false},
		{"an unknown state leaves it open", 200, strings.Replace(refundAnswer, "succeeded", "posted", 1), false, false},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			got, err := answering(t, row.status, row.body).Refund(t.Context(), "SUB-1", instruction("PAY-1", "KEY-1", "5.00"))
			if (err == nil) != row.ok || errors.Is(err, provider.ErrRefused) != row.final || row.ok != (got.Kind == ledger.EventSettled && got.ID == "KEY-1") {
				t.Errorf("result %+v, error %v", got, err)
			}
			if errors.Is(err, processor.ErrKeyUsed) != (row.status == 409) {
				t.Errorf("error %v with status %d", err, row.status)
			}
			wantNoNames(t, err)
		})
	}
}

func TestAPendingRefundEnds(t *testing.T) {
	for _, fails := range []int{0, 1} {
		w := worldOf(t)
		payment := w.pay(t, 10_000)
		w.SetFaults(fake.Faults{Next: map[fake.Fault]int{fake.Pending: 1, fake.FailsLater: fails}})
		asked := instruction(payment.ID, "KEY-1", "25.00")
		first, err := w.client.Refund(t.Context(), "SUB-1", asked)
		if err != nil || first.Kind != 0 {
			t.Fatalf("first %+v, %v", first, err)
		}
		w.Idle()
		second, err := w.client.Refund(t.Context(), "SUB-1", asked)
		want := []ledger.EventKind{ledger.EventSettled, ledger.EventFailed}[fails]
		if err != nil || second.Kind != want || !second.At.Equal(w.refunds(t, "KEY-1")[0].ChangedAt()) || second.ID != "KEY-1" {
			t.Errorf("second %+v, %v, want %v", second, err, want)
		}
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

func TestStatementsThatAreNotOfTheSubscription(t *testing.T) {
	for _, row := range []struct{ why, body string }{
		{"a record is of another subscription", `{"at":"2026-03-12T12:00:00Z","records":[` + strings.Replace(refundAnswer, "SUB-1", "SUB-2", 1) + `]}`},
		{"a record has an unknown type", `{"at":"2026-03-12T12:00:00Z","records":[` + strings.Replace(refundAnswer, "refund", "payout", 1) + `]}`},
		{"a record has an unknown state", `{"at":"2026-03-12T12:00:00Z","records":[` + strings.Replace(refundAnswer, "succeeded", "lapsed", 1) + `]}`},
		{"a record has the state of another type", `{"at":"2026-03-12T12:00:00Z","records":[` + strings.Replace(refundAnswer, "succeeded", "won", 1) + `]}`},
		{"a record lacks its instant", `{"at":"2026-03-12T12:00:00Z","records":[` + strings.Replace(refundAnswer, `"at"`, `"on"`, 1) + `]}`},
		{"a record has an unknown currency", `{"at":"2026-03-12T12:00:00Z","records":[` + strings.Replace(refundAnswer, "USD", "ZZZ", 1) + `]}`},
		{"the answer is not an object", `[]`},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			s, err := answering(t, 200, row.body).Statement(t.Context(), "SUB-1")
			if err == nil || len(s.Refunds) > 0 {
				t.Errorf("statement %+v, error %v", s, err)
			}
			wantNoNames(t, err)
		})
	}
}

func TestWithoutAnAnswerNothingIsKnown(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	c := provider.NewClient(s.URL, apiKey, secret)
	_, err := c.Refund(t.Context(), "SUB-1", instruction("PAY-1", "KEY-1", "5.00"))
	if err == nil || errors.Is(err, provider.ErrRefused) {
		t.Errorf("a refund: %v", err)
	}
	wantNoNames(t, err)
	if _, err := c.Statement(t.Context(), "SUB-1"); err == nil {
		t.Error("a statement without a provider")
	} else {
		wantNoNames(t, err)
	}
	if list, err := c.Changed(t.Context(), noon); err == nil || len(list) > 0 {
		t.Errorf("changed: %v, %v", list, err)
	}
}

func TestAStatementHasEveryRecord(t *testing.T) {
	w := worldOf(t)
	var at time.Time
	made := map[string]processor.Record{}
	act := func(name, action string, r processor.Record) {
		t.Helper()
		made[name] = w.do(t, action, r)
		if !made[name].At.After(noon.AddDate(0, 0, -30)) {
			t.Errorf("%s is of %v", name, made[name].At)
		}
	}
	act("paid", "pay", processor.Record{Subscription: "SUB-1", Units: 9_000, Currency: "USD", Method: "visa 4242", At: noon.AddDate(0, 0, -9)})
	act("bounced", "pay", processor.Record{Subscription: "SUB-1", Units: 5_000, Currency: "USD"})
	act("bounced", "reverse", made["bounced"])
	act("outside", "refund", processor.Record{Payment: made["paid"].ID, Units: 1_000})
	act("returned", "refund", processor.Record{Payment: made["paid"].ID, Units: 2_000})
	act("returned", "fail", made["returned"])
	if _, err := w.client.Refund(t.Context(), "SUB-1", instruction(made["paid"].ID, "KEY-1", "30.00")); err != nil {
		t.Fatal(err)
	}
	act("lost", "dispute", processor.Record{Payment: made["paid"].ID, Units: 500})
	act("lost", "lose", made["lost"])
	act("open", "dispute", processor.Record{Payment: made["paid"].ID, Units: 600})
	w.do(t, "pay", processor.Record{Subscription: "SUB-2", Units: 700, Currency: "USD"})

	got, err := w.client.Statement(t.Context(), "SUB-1")
	if err != nil {
		t.Fatal(err)
	}
	if at = got.To; !at.After(made["open"].At) {
		t.Errorf("the statement ends at %v, before its last record", at)
	}
	ours := w.refunds(t, "KEY-1")[0]
	want := ledger.Statement{
		To: at,
		Payments: []ledger.ListedPayment{
			{Payment: ledger.Payment{ID: made["paid"].ID, At: noon.AddDate(0, 0, -9), Amount: usd("90.00"), Method: "visa 4242"}},
			{
				Payment:  ledger.Payment{ID: made["bounced"].ID, At: made["bounced"].At, Amount: usd("50.00")},
				Reversed: usd("50.00"), ReversedAt: made["bounced"].EndedAt, ReversalID: made["bounced"].Reversal,
			},
		},
		Refunds: []ledger.ListedRefund{
			{OutsideRefund: ledger.OutsideRefund{ID: made["outside"].ID, At: made["outside"].At, Amount: usd("10.00"), Payment: made["paid"].ID, Reason: "dashboard"}, State: ledger.StateSettled},
			{OutsideRefund: ledger.OutsideRefund{ID: made["returned"].ID, At: made["returned"].At, Amount: usd("20.00"), Payment: made["paid"].ID, Reason: "dashboard"}, State: ledger.StateFailed, FailedAt: made["returned"].EndedAt},
			{OutsideRefund: ledger.OutsideRefund{ID: ours.ID, At: ours.At, Amount: usd("30.00"), Payment: made["paid"].ID, Key: "KEY-1"}, State: ledger.StateSettled},
		},
		Disputes: []ledger.DisputeStatus{
			{Dispute: ledger.Dispute{ID: made["lost"].ID, At: made["lost"].At, Amount: usd("5.00"), Payment: made["paid"].ID}, State: ledger.StateLost, DecidedAt: made["lost"].EndedAt},
			{Dispute: ledger.Dispute{ID: made["open"].ID, At: made["open"].At, Amount: usd("6.00"), Payment: made["paid"].ID}, State: ledger.StateOpen},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the statement is\n%+v, want\n%+v", got, want)
	}
	for _, row := range []struct {
		since time.Time
		want  string
	}{
		{noon.AddDate(0, 0, -30), "SUB-1 SUB-2"}, {made["open"].At.Add(time.Microsecond), "SUB-2"}, {noon.AddDate(0, 0, 1), ""},
	} {
		if list, err := w.client.Changed(t.Context(), row.since); err != nil || strings.Join(list, " ") != row.want {
			t.Errorf("changed since %v: %q, %v, want %q", row.since, list, err, row.want)
		}
	}
}
