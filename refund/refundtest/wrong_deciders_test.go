package refundtest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/internal/decide"
)

// The tests of this file run the decision vectors on deciders with one typical mistake each.

type decider func(decide.Word) decide.Result

var wrongDeciders = []struct {
	name    string
	because string // the rule
	clause  refund.Clause
	decider
}{
	{
		"goodwill twice", "earlier refunds reduce goodwill, except under the other reading of goodwill_after", refund.ClauseGoodwill,
		func(w decide.Word) decide.Result {
			w.Policy.Readings.GoodwillAfter = refund.GoodwillAfterInAddition
			return w.Result()
		},
	},
	{
		"goodwill of what is disputed", "open disputes reduce goodwill", refund.ClauseGoodwill,
		func(w decide.Word) decide.Result {
			g := w.Proposal.Goodwill
			if r := w.Result(); g == nil || r.Kind == 0 {
				return r
			}
			g.Fees = floor0(sub(g.Fees, disputed(w)))
			return w.Result()
		},
	},
	{
		"part released", "the whole refundable amount is released, except under the other reading of released_amount", refund.ClauseGuarantee,
		func(w decide.Word) decide.Result {
			w.Policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
			return w.Result()
		},
	},
	{
		"all released in place of a part", "an approval of a part is refused, not raised to the whole", refund.ClauseGuarantee,
		func(w decide.Word) decide.Result {
			o, err := w.Policy.Evaluate(w.Case)
			if a := w.Proposal.Approval; err == nil && a != nil && cmpOr(a.Amount, o.Refundable, 1) < 0 {
				a.Amount = o.Refundable
			}
			return w.Result()
		},
	},
	{
		"limit without earlier refunds", "the limit applies to the amount and earlier refunds together", refund.ClauseGuarantee,
		func(w decide.Word) decide.Result {
			r := w.Result()
			if len(r.Gates) == 1 && r.Gates[0] == "above_limit" && cmpOr(w.Requested(), w.By.Limit, 1) <= 0 {
				return decide.Result{Kind: w.Proposal.Kind(), Amount: w.Requested()}
			}
			return r
		},
	},
	{
		"everything acknowledged", "each objection on a required clause must be acknowledged by name", refund.ClauseLogReview,
		func(w decide.Word) decide.Result {
			o, err := w.Policy.Evaluate(w.Case)
			if err != nil {
				return w.Result()
			}
			var objected []refund.Clause
			for _, clause := range w.Policy.Required {
				if o.Statuses[clause] == refund.StatusObjected {
					objected = append(objected, clause)
				}
			}
			if a := w.Proposal.Approval; a != nil {
				a.Acknowledged = objected
			}
			if g := w.Proposal.Goodwill; g != nil {
				g.Acknowledged = objected
			}
			return w.Result()
		},
	},
	{
		"declined by a party", "a party to the case may not decline", refund.ClauseTicket,
		func(w decide.Word) decide.Result {
			if w.Proposal.Denial == nil {
				return w.Result()
			}
			return decide.LeftOpen("self_approval")(w)
		},
	},
	{
		"a later call back counted", "a fact after the decision closes a gate", refund.ClauseCallback,
		func(w decide.Word) decide.Result {
			r := w.Result()
			if len(r.Fields) == 1 && r.Fields[0] == "request.called_back" {
				return decide.Result{Kind: w.Proposal.Kind(), Amount: w.Requested()}
			}
			return r
		},
	},
	{
		"one gate reported at a time", "all closed gates are reported", refund.ClauseGuarantee,
		func(w decide.Word) decide.Result {
			r := w.Result()
			r.Gates = r.Gates[:min(1, len(r.Gates))]
			return r
		},
	},
}

func disputed(w decide.Word) refund.Money {
	if d := w.Case.Subscription.Disputed; !d.IsZero() {
		return d
	}
	return w.Case.Subscription.Price.Times(0)
}

// cmpOr compares amounts, and returns other for different currencies.
func cmpOr(a, b refund.Money, other int) int {
	n, err := a.Cmp(b)
	if err != nil {
		return other
	}
	return n
}

// failed returns the decision vectors that a decider fails.
func failed(t *testing.T, d decider) (list []conformance.DecisionVector) {
	t.Helper()
	all, err := conformance.Decisions()
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		word, err := decide.Read(v.Line)
		if err != nil {
			t.Fatalf("%s: %v", v.Name, err)
		}
		line, err := json.Marshal(d(word))
		if err != nil {
			t.Fatal(err)
		}
		if v.CheckLine(line) != nil {
			list = append(list, v)
		}
	}
	return list
}

func TestRightDeciderPasses(t *testing.T) {
	for _, v := range failed(t, decide.Word.Result) {
		t.Errorf("%s: %s", v.Name, v.Reason)
	}
}

func TestEachWrongDeciderIsFound(t *testing.T) {
	for _, w := range wrongDeciders {
		testkit.Row(t, w.name, func(t *testing.T) {
			if strings.TrimSpace(w.because) == "" {
				t.Fatal("a mistake without a reason")
			}
			var names []string
			named := false
			for _, v := range failed(t, w.decider) {
				names = append(names, v.Clause+" by "+v.Name)
				named = named || v.Clause == w.clause.String()
			}
			if !named {
				t.Errorf("no vector of %v finds it: %q", w.clause, names)
			}
		})
	}
	for _, gate := range decide.Gates {
		testkit.Row(t, "gate left open: "+gate.Code, func(t *testing.T) {
			if failed(t, decide.LeftOpen(gate.Code)) == nil {
				t.Error("no vector fails")
			}
		})
	}
}
