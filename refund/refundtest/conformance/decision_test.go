package conformance_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/internal/decide"
)

func decisions(t *testing.T) []conformance.DecisionVector {
	t.Helper()
	list, err := conformance.Decisions()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// decided returns the result of package decision for a vector.
func decided(t *testing.T, v conformance.DecisionVector) (decision.Decision, error) {
	t.Helper()
	d, err := document.Decode(v.Document)
	if err != nil {
		t.Fatal(err)
	}
	return decide.Word{Policy: d.Policy, Case: d.Case, Current: v.Current, By: v.By, At: v.At, Proposal: v.Proposal}.Decide()
}

func TestDecisionsOfTheLibrary(t *testing.T) {
	for _, v := range decisions(t) {
		testkit.Row(t, v.Name+": "+v.Reason, func(t *testing.T) {
			d, err := decided(t, v)
			switch w := v.Want; {
			case w.Fields != nil:
				testkit.WantPaths(t, err, w.Fields...)
			case w.Gates != nil:
				if got := decide.Closed(err); !slices.Equal(got, w.Gates) {
					t.Errorf("closed gates are %q, want %q: %v", got, w.Gates, err)
				}
			case err != nil:
				t.Error(err)
			case d.Kind() != w.Kind || !d.Amount().Equal(w.Amount):
				t.Errorf("%v of %v, want %v of %v", d.Kind(), d.Amount(), w.Kind, w.Amount)
			}
		})
	}
}

// inputErrors lists the paths at which the input of a decision can be refused.
var inputErrors = []string{
	"approval.by.id", "approval.by.account", "approval.by.limit", "approval.at", "approval.amount", "approval.acknowledged[0]",
	"goodwill.by.id", "goodwill.by.account", "goodwill.by.limit", "goodwill.at", "goodwill.charges", "goodwill.fees",
	"goodwill.software[0].name", "goodwill.software[0].price", "goodwill.acknowledged[0]", "goodwill.reason",
	"denial.by.id", "denial.by.account", "denial.at", "denial.grounds[0]", "denial.reason",
	"subscription.start", "request.called_back", "issues[0].opened", "issues[0].resolved",
}

func TestDecisionsCoverEveryGateAndInputError(t *testing.T) {
	left := map[string]bool{}
	for _, path := range inputErrors {
		left["field "+path] = true
	}
	known := map[string]bool{}
	for _, gate := range decide.Gates {
		code := gate.Code
		known[code] = true
		left["approved "+code], left["goodwill "+code] = true, true
	}
	// Goodwill is limited to the remaining amount and may be any part of it.
	delete(left, "goodwill partial")
	delete(left, "goodwill above_refundable")
	left["declined stale"], left["declined self_approval"] = true, true
	for _, kind := range codes[decision.Kind]() {
		left["kind "+kind] = true
	}
	for _, r := range []string{"whole", "any_part", "less_refunds", "in_addition"} {
		left["reading "+r] = true
	}
	documents := map[string]string{}
	for _, v := range decisions(t) {
		proposed := v.Proposal.Kind()
		for _, code := range v.Want.Gates {
			if !known[code] {
				t.Errorf("%s: unknown gate %s", v.Name, code)
			}
			delete(left, proposed.String()+" "+code)
		}
		for _, path := range v.Want.Fields {
			if !slices.Contains(inputErrors, path) {
				t.Errorf("%s: no row lists %s", v.Name, path)
			}
			delete(left, "field "+path)
		}
		if v.Want.Kind != 0 {
			delete(left, "kind "+v.Want.Kind.String())
		}
		d, err := document.Decode(v.Document)
		if err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		switch proposed {
		case decision.KindApproved:
			delete(left, "reading "+d.Policy.Readings.ReleasedAmount.String())
		case decision.KindGoodwill:
			delete(left, "reading "+d.Policy.Readings.GoodwillAfter.String())
		}
		documents[v.Name] = string(v.Document)
	}
	for _, missing := range slices.Sorted(maps.Keys(left)) {
		t.Errorf("no vector has %s", missing)
	}
	if len(documents) < 60 {
		t.Errorf("%d decision vectors, want at least 60", len(documents))
	}
}

// Each reading of decisions changes the result of a vector.
func TestReadingsDecideDecisions(t *testing.T) {
	for _, row := range []struct {
		reason, vector string
		other          func(*refund.Readings)
	}{
		{"a part is released under any_part", "decision/approve-a-part-where-any-part-may-be", func(r *refund.Readings) { r.ReleasedAmount = refund.ReleasedAmountWhole }},
		{"a part is refused under whole", "decision/approve-a-part", func(r *refund.Readings) { r.ReleasedAmount = refund.ReleasedAmountAnyPart }},
		{"earlier refunds are subtracted from goodwill", "decision/grant-after-a-refund", func(r *refund.Readings) { r.GoodwillAfter = refund.GoodwillAfterInAddition }},
		{"goodwill is paid in addition", "decision/grant-after-a-refund-in-addition", func(r *refund.Readings) { r.GoodwillAfter = refund.GoodwillAfterLessRefunds }},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			list := decisions(t)
			i := slices.IndexFunc(list, func(v conformance.DecisionVector) bool { return v.Name == row.vector })
			if i < 0 {
				t.Fatalf("no vector %s", row.vector)
			}
			before, _ := decided(t, list[i])
			d, err := document.Decode(list[i].Document)
			if err != nil {
				t.Fatal(err)
			}
			row.other(&d.Policy.Readings)
			if list[i].Document, err = d.Append(nil); err != nil {
				t.Fatal(err)
			}
			after, _ := decided(t, list[i])
			if before.Kind() == after.Kind() && before.Amount().Equal(after.Amount()) {
				t.Errorf("%v of %v under both readings", after.Kind(), after.Amount())
			}
		})
	}
}

func TestDecisionLoaderRefuses(t *testing.T) {
	const good = `{"name":"decision/x","clause":"cap","reason":"r","case":{},"shown":"current","by":{},"denial":{},"want":{"fields":["a"]}}`
	for _, c := range []struct{ reason, old, with string }{
		{"a name begins with decision", `decision/x`, `x`},
		{"an unknown clause is refused", `"cap"`, `"case-3"`},
		{"a reason is not blank", `"r"`, `" "`},
		{"the officer saw the current or another outcome", `"current"`, `"old"`},
		{"a vector has one decision", `"denial":{}`, `"denial":{},"approval":{}`},
		{"a vector has a decision", `"denial":{},`, ``},
		{"a vector has an expected result", `{"fields":["a"]}`, `{}`},
		{"a vector has one expected result", `{"fields":["a"]}`, `{"fields":["a"],"gates":["held"]}`},
		{"a decision has an amount", `{"fields":["a"]}`, `{"kind":"approved"}`},
		{"an unknown field is refused", `"by":{}`, `"by":{"name":"x"}`},
		{"an invalid amount is refused", `"by":{}`, `"by":{"limit":{"amount":"x","currency":"USD"}}`},
	} {
		testkit.Row(t, c.reason, func(t *testing.T) {
			if _, err := conformance.LoadDecisions([]byte("[" + good + "]")); err != nil {
				t.Fatal(err)
			}
			if _, err := conformance.LoadDecisions([]byte("[" + strings.Replace(good, c.old, c.with, 1) + "]")); err == nil {
				t.Error("no error")
			}
		})
	}
	if _, err := conformance.LoadDecisions([]byte("[" + good + "," + good + "]")); err == nil {
		t.Error("a name that is used twice is not refused")
	}
	if _, err := conformance.LoadDecisions([]byte("[] []")); err == nil {
		t.Error("text after the array is not refused")
	}
}
