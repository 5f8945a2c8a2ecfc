package refund_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An order is a host's own struct.
type order struct {
	Number  int             `json:"number"`
	Case    refund.Case     `json:"case"`
	Outcome *refund.Outcome `json:"outcome,omitempty"`
}

func TestCaseInAHostStruct(t *testing.T) {
	var o order
	if err := json.Unmarshal([]byte(`{"number": 7, "case": `+validText+`}`), &o); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(validCase(t), o.Case); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"number":7,"case":` + validCompact + `}`; string(text) != want {
		t.Errorf("want %s\ngot  %s", want, text)
	}
	if _, err := json.Marshal(order{}); err == nil {
		t.Error("the zero case was written")
	}
}

// Strictness survives nesting: each of these texts would change a plain struct.
func TestHostStructIsStrict(t *testing.T) {
	for _, r := range []struct {
		why  string
		text string
		path string
	}{
		{"null", `null`, ""},
		{"a field in another case", edit(t, validText, `"id": "SUB-1"`, `"ID": "SUB-1"`), "subscription.ID"},
		{"a field twice", edit(t, validText, `"id": "SUB-1"`, `"id": "SUB-1", "id": "SUB-2"`), "subscription.id"},
		{"a policy", documentText, "policy"},
		{"an amount that is a number", edit(t, validText, `"150.00"`, `150`), "subscription.paid.amount"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			for _, o := range []any{&order{Case: validCase(t)}, &map[string]refund.Case{"case": validCase(t)}, &struct{ Case []refund.Case }{}} {
				text := `{"case": ` + r.text + `}`
				if _, list := o.(*struct{ Case []refund.Case }); list {
					text = `{"case": [` + r.text + `]}`
				}
				err := json.Unmarshal([]byte(text), o)
				var invalid *refund.InvalidError
				if !errors.As(err, &invalid) || invalid.Faults[0].Path != r.path {
					t.Errorf("%T: %v, want a fault of %q", o, err, r.path)
				}
			}
		})
	}
	o := order{Case: validCase(t)}
	if err := json.Unmarshal([]byte(`{"case": {}}`), &o); err == nil {
		t.Error("an empty case is valid")
	}
	if diff := cmp.Diff(validCase(t), o.Case); diff != "" {
		t.Errorf("an invalid case was partly read:\n%s", diff)
	}
}

// A part alone has the same JSON as within the whole, and can be read back.
func TestParts(t *testing.T) {
	c := validCase(t)
	o, err := documentOf(t, documentText).Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	step := o.Steps()[2] // case-2, with an amount
	utc := cmp.Transformer("UTC", func(t time.Time) time.Time { return t.UTC() })
	check := func(part, into any, want string) {
		t.Helper()
		text, err := json.Marshal(part)
		if err != nil || string(text) != want {
			t.Errorf("%T: %v\ngot  %s\nwant %s", part, err, text, want)
		}
		if err := json.Unmarshal(text, into); err != nil {
			t.Errorf("%T: %v", part, err)
		}
		// A pointer and a list have the same JSON.
		if pointed, err := json.Marshal([]any{into}); err != nil || string(pointed) != "["+want+"]" {
			t.Errorf("%T in a list: %s, %v", part, pointed, err)
		}
		for _, bad := range []string{`null`, `[]`, `1`, `{"x":1}`, strings.Replace(want, `{`, `{"x":1,`, 1)} {
			var invalid *refund.InvalidError
			if err := into.(json.Unmarshaler).UnmarshalJSON([]byte(bad)); !errors.As(err, &invalid) {
				t.Errorf("%T accepts %s: %v", part, bad, err)
			}
		}
		if err := into.(json.Unmarshaler).UnmarshalJSON([]byte(want + "{}")); err == nil {
			t.Errorf("%T accepts text after its end", part)
		}
	}
	between := func(before, after string) string {
		_, rest, _ := strings.Cut(validCompact, before)
		inner, _, _ := strings.Cut(rest, after)
		return inner
	}
	var subscription refund.Subscription
	check(c.Subscription, &subscription, between(`"subscription":`, `,"issues"`))
	var service refund.ServiceType
	check(c.Subscription.Service, &service, between(`"service":`, `,"start"`))
	var issue refund.Issue
	check(c.Issues[0], &issue, between(`"issues":[`, `,{"id":"T-2"`))
	var request refund.Request
	check(c.Request, &request, between(`"request":`, `,"findings"`))
	var finding refund.Finding
	check(c.Findings[0], &finding, between(`"findings":[`, `,{"clause":"credentials"`))
	var window refund.Window
	check(o.Window, &window, `{"opens":"2026-03-01T15:00:00Z","closes":"2026-03-30T22:00:00Z","last_day":"2026-03-30"}`)
	var callback refund.Callback
	check(o.Callback, &callback, `{"earliest":"2026-03-10T19:00:00Z","latest":"2026-03-10T23:30:00Z"}`)
	var read refund.Step
	check(step, &read, `{"clause":"case-2","status":"applied","amount":{"amount":"-25.00","currency":"USD"}}`)
	for _, pair := range [][2]any{{c.Subscription, subscription}, {c.Subscription.Service, service}, {c.Issues[0], issue}, {c.Request, request},
		{c.Findings[0], finding}, {o.Window, window}, {o.Callback, callback}, {step, read}} {
		if diff := cmp.Diff(pair[0], pair[1], utc); diff != "" {
			t.Errorf("written -, read +:\n%s", diff)
		}
	}
}

// The faults of a part have paths relative to it, and a part that cannot be written is an error.
func TestPartFaults(t *testing.T) {
	var s refund.Subscription
	testkit.WantPaths(t, s.UnmarshalJSON([]byte(`{"id":1,"paid":{"amount":1},"service":{"billing":"x"}}`)), "id", "paid.amount", "paid.currency", "service.billing")
	testkit.WantPaths(t, s.UnmarshalJSON([]byte(`{}`)), "service")
	var w refund.Window
	for _, day := range []string{`"2026-02-29"`, `"16 March"`, `20260316`, `null`} {
		testkit.WantPaths(t, w.UnmarshalJSON([]byte(`{"last_day":`+day+`}`)), "last_day")
	}
	if err := w.UnmarshalJSON([]byte(`{"last_day":""}`)); err != nil || !w.LastDay.IsZero() {
		t.Errorf("an empty last day: %v, %v", w, err)
	}
	var step refund.Step
	testkit.WantPaths(t, step.UnmarshalJSON([]byte(`{"detail":1,"clause":"x"}`)), "clause", "detail")
	if err := step.UnmarshalJSON([]byte(`{"clause":"cap","status":"satisfied","detail":"within it"}`)); err != nil || step.Status != refund.StatusSatisfied {
		t.Errorf("a step of an outcome: %v, %v", step, err)
	}
	for _, r := range []struct {
		why  string
		part json.Marshaler
		path string
	}{
		{"a code that does not exist", refund.Finding{Clause: 99}, "clause"},
		{"a code in a nested object", refund.Subscription{Service: refund.ServiceType{Billing: 9}}, "service.billing"},
		{"a text that is not UTF-8", refund.Request{Reason: "\xff"}, "reason"},
		{"an instant that RFC 3339 cannot write", refund.Window{Opens: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, "opens"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			text, err := r.part.MarshalJSON()
			testkit.WantPaths(t, err, r.path)
			if text != nil {
				t.Errorf("wrote %s", text)
			}
		})
	}
}

// An outcome has the same bytes however it is written.
func TestOutcomeIsWrittenTheSameEverywhere(t *testing.T) {
	d := documentOf(t, edit(t, documentText, `no call found`, `<b>\u2028&\u202e\u0085\u007f</b>`))
	o, err := d.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	want := string(appendOutcome(nil, o))
	if !strings.Contains(want, `\u003cb\u003e\u2028\u0026\u202e\u0085\u007f\u003c/b\u003e`) {
		t.Errorf("not escaped: %s", want)
	}
	type host struct{ Value, Pointer any }
	got, err := json.Marshal(map[string]any{"a": o, "b": &o, "c": []refund.Outcome{o}, "d": host{o, &o}, "e": [1]*refund.Outcome{&o}})
	if err != nil {
		t.Fatal(err)
	}
	if all := `{"a":` + want + `,"b":` + want + `,"c":[` + want + `],"d":{"Value":` + want + `,"Pointer":` + want + `},"e":[` + want + `]}`; string(got) != all {
		t.Errorf("want %s\ngot  %s", all, got)
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(o); err != nil || b.String() != want+"\n" {
		t.Errorf("want %s\ngot  %s, %v", want, b.String(), err)
	}
}

func TestOutcomeIsNotRead(t *testing.T) {
	o, err := documentOf(t, documentText).Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	text := appendOutcome(nil, o)
	var read refund.Outcome
	if err := json.Unmarshal(text, &read); err == nil || !strings.Contains(err.Error(), "evaluate its case") {
		t.Errorf("error %v", err)
	}
	if !read.Equal(refund.Outcome{}) {
		t.Errorf("left %v behind", read)
	}
}

func TestMoneyIsStrict(t *testing.T) {
	for _, r := range []struct {
		why, text string
		paths     []string
	}{
		{"a name in another case", `{"Amount":"1.00","currency":"USD"}`, []string{"Amount", "amount"}},
		{"a field twice", `{"amount":"1.00","amount":"2.00","currency":"USD"}`, []string{"amount"}},
		{"an unknown field", `{"amount":"1.00","currency":"USD","vat":1}`, []string{"vat"}},
		{"text after its end", `{"amount":"1.00","currency":"USD"}]`, []string{""}},
		{"null within", `{"amount":null,"currency":"USD"}`, []string{"amount"}},
		{"an array", `[]`, []string{""}},
		{"a number", `1.00`, []string{""}},
		{"text that is not JSON", `{"amount"`, []string{""}},
		{"an amount that is a number, in an unknown currency", `{"amount":1,"currency":"XXY"}`, []string{"amount", "currency"}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			m := testkit.USD("5.00")
			testkit.WantPaths(t, m.UnmarshalJSON([]byte(r.text)), r.paths...)
			if !m.Equal(testkit.USD("5.00")) {
				t.Errorf("left %v behind", m)
			}
		})
	}
	// Of the types of this package, only the zero Money is null.
	text, err := json.Marshal([]refund.Money{{}, testkit.USD("0.00")})
	if err != nil || string(text) != `[null,{"amount":"0.00","currency":"USD"}]` {
		t.Errorf("%s, %v", text, err)
	}
	m := testkit.USD("5.00")
	if err := m.UnmarshalJSON([]byte("null")); err != nil || !m.IsZero() {
		t.Errorf("null is read as %v, %v", m, err)
	}
	var p refund.Policy
	var e refund.Versions
	testkit.WantPaths(t, p.UnmarshalJSON([]byte("null")), "")
	testkit.WantPaths(t, e.UnmarshalJSON([]byte("null")), "")
}
