package wire_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/wire"
)

// An order is a host's own struct.
type order struct {
	Number  int           `json:"number"`
	Case    wire.Case     `json:"case"`
	Outcome *wire.Outcome `json:"outcome,omitempty"`
}

func TestHostStruct(t *testing.T) {
	var o order
	if err := json.Unmarshal([]byte(`{"number": 7, "case": `+validText+`}`), &o); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(validCase(t), refund.Case(o.Case)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"number":7,"case":` + validCompact + `}`; string(text) != want {
		t.Errorf("want %s\ngot  %s", want, text)
	}

	d := document(t, documentText)
	outcome, err := d.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	o.Outcome = (*wire.Outcome)(&outcome)
	text, err = json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	var parts struct{ Outcome json.RawMessage }
	if err := json.Unmarshal(text, &parts); err != nil {
		t.Fatal(err)
	}
	if want := string(wire.AppendOutcome(nil, outcome)); string(parts.Outcome) != want {
		t.Errorf("want %s\ngot  %s", want, parts.Outcome)
	}
}

func TestHostStructNull(t *testing.T) {
	o := order{Case: wire.Case(validCase(t))}
	if err := json.Unmarshal([]byte(`{"number": 7, "case": null}`), &o); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(validCase(t), refund.Case(o.Case)); diff != "" {
		t.Errorf("null changed the case:\n%s", diff)
	}
}

func TestHostStructErrors(t *testing.T) {
	o := order{Case: wire.Case(validCase(t))}
	err := json.Unmarshal([]byte(edit(t, `{"case": `+validText+`}`, id, `"id": 1`, `"150.00"`, `150`)), &o)
	wantPaths(t, err, []string{"subscription.id", "subscription.paid.amount"})
	if diff := cmp.Diff(validCase(t), refund.Case(o.Case)); diff != "" {
		t.Errorf("a refused case left something behind:\n%s", diff)
	}

	_, err = json.Marshal(order{})
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		t.Errorf("the zero case was written: %v", err)
	}
}

func TestCaseByItself(t *testing.T) {
	var c wire.Case
	for _, text := range []string{"", " null", "nul", "{}", "[]"} {
		if err := c.UnmarshalJSON([]byte(text)); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
	if err := c.UnmarshalJSON([]byte(documentText)); err == nil {
		t.Error("a case chose its policy")
	}
	if diff := cmp.Diff(refund.Case{}, refund.Case(c)); diff != "" {
		t.Errorf("something was left behind:\n%s", diff)
	}
	if text, err := c.MarshalJSON(); err == nil || len(text) > 0 {
		t.Errorf("the zero case was written as %q, %v", text, err)
	}
	if text, err := (wire.Outcome{}).MarshalJSON(); err != nil || !json.Valid(text) {
		t.Errorf("the zero outcome was written as %q, %v", text, err)
	}
}
