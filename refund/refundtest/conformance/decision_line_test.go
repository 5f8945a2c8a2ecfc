package conformance_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/internal/decide"
)

// answer returns the library's answer to the line of a vector.
func answer(t *testing.T, v conformance.DecisionVector) []byte {
	t.Helper()
	w, err := decide.Read(v.Line)
	if err != nil {
		t.Fatalf("%s: %v", v.Name, err)
	}
	line, err := json.Marshal(w.Result())
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// The line of a vector has all fields but its name, clause, reason and expected result. With an
// outcome, the officer's decision in it is the strict JSON of a Proposal.
func TestLinesOfDecisions(t *testing.T) {
	for _, v := range decisions(t) {
		var line map[string]json.RawMessage
		if err := json.Unmarshal(v.Line, &line); err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		if string(line["case"]) != string(v.Document) {
			t.Errorf("%s: the case is %s", v.Name, line["case"])
		}
		for _, field := range []string{"case", "shown", "by", "at"} {
			delete(line, field)
		}
		want := v.Proposal
		if !want.Outcome.IsZero() {
			t.Errorf("%s: the proposal has an outcome", v.Name)
		}
		want.Outcome = refund.Digest{1}
		line["outcome"] = []byte(`"` + want.Outcome.String() + `"`)
		text, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		var got decision.Proposal
		if err := json.Unmarshal(text, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the proposal %s has the error %v, or is not that of the vector", v.Name, text, err)
		}
	}
}

// The right answer to a vector passes another vector only if both expect the same result.
func TestCheckLineOfDecisions(t *testing.T) {
	list := decisions(t)
	wants := map[string]bool{}
	for _, of := range list {
		line := answer(t, of)
		for _, v := range list {
			same := fmt.Sprint(v.Want) == fmt.Sprint(of.Want)
			if differences := v.CheckLine(line); (differences == nil) != same {
				t.Errorf("the answer to %s on %s: %v", of.Name, v.Name, differences)
			}
		}
		wants[string(line)] = true
	}
	if len(wants) < 30 {
		t.Errorf("only %d different answers", len(wants))
	}
}

func TestCheckLineOfADecisionReports(t *testing.T) {
	released := conformance.WantDecision{Kind: decision.KindApproved, Amount: testkit.USD("5.00")}
	held := conformance.WantDecision{Gates: []string{"held", "partial"}}
	input := conformance.WantDecision{Fields: []string{"approval.at", "approval.by.id"}}
	for _, row := range []struct {
		reason string
		want   conformance.WantDecision
		line   string
		says   []string
	}{
		{"a decision", released, `{"kind":"approved","amount":{"amount":"5.00","currency":"USD"}}`, nil},
		{"other fields are ignored", released, `{"kind":"approved","amount":{"amount":"5.00","currency":"USD"},"note":1}`, nil},
		{"absent, null and an empty list are the same", released,
			`{"kind":"approved","amount":{"amount":"5.00","currency":"USD"},"gates":[],"fields":null}`, nil},
		{"gates in their order", held, `{"gates":["held","partial"]}`, nil},
		{"faults in any order, with repetition", input, `{"fields":["approval.by.id","approval.at","approval.at"]}`, nil},

		{"a line that is not an object", released, `approved`, []string{"line is approved, want a decision"}},
		{"an empty line", held, ``, []string{"line is a blank line, want closed gates"}},
		{"a list", input, `[]`, []string{"line is [], want an input error"}},
		{"another kind", released, `{"kind":"goodwill","amount":{"amount":"5.00","currency":"USD"}}`, []string{"kind is goodwill, want approved"}},
		{"another amount", released, `{"kind":"approved","amount":{"amount":"5","currency":"USD"}}`, []string{"amount is 5 USD, want 5.00 USD"}},
		{"another currency", released, `{"kind":"approved","amount":{"amount":"5.00","currency":"EUR"}}`, []string{"amount is 5.00 EUR, want 5.00 USD"}},
		{"an amount as a number", released, `{"kind":"approved","amount":5.00}`, []string{"amount is 5.00, want 5.00 USD"}},
		{"a decision without an amount", released, `{"kind":"approved"}`, []string{"amount is missing, want 5.00 USD"}},
		{"names match exactly", released, `{"Kind":"approved","amount":{"amount":"5.00","currency":"USD"}}`, []string{"kind is missing, want approved"}},
		{"a gate left open", held, `{"gates":["partial"]}`, []string{`gates is ["partial"], want ["held","partial"]`}},
		{"an extra gate", held, `{"gates":["held","partial","stale"]}`, []string{`gates is ["held","partial","stale"], want ["held","partial"]`}},
		{"gates out of their order", held, `{"gates":["partial","held"]}`, []string{`gates is ["partial","held"], want ["held","partial"]`}},
		{"a gate is a string", held, `{"gates":["held",null]}`, []string{`gates is ["held",null], want ["held","partial"]`}},
		{"a decision instead of gates", held, `{"kind":"missing","amount":{"amount":"5.00","currency":"USD"}}`, []string{
			`kind is "missing", want missing`, "amount is 5.00 USD, want missing", `gates is missing, want ["held","partial"]`,
		}},
		{"a missing fault", input, `{"fields":["approval.at"]}`, []string{`fields is ["approval.at"], want ["approval.at","approval.by.id"]`}},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			v := conformance.DecisionVector{Want: row.want}
			got := v.CheckLine([]byte(row.line))
			if len(got) != len(row.says) {
				t.Fatalf("%v, want %q", got, row.says)
			}
			for i, text := range row.says {
				if got[i].String() != text {
					t.Errorf("%q, want %q", got[i], text)
				}
			}
		})
	}
}
