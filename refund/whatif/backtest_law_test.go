package whatif_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

func TestBacktestOfAPolicyWithItselfIsUnchanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		r := backtest(t, p, p, drawCases(t, p, 8)...)
		if !r.Unchanged() {
			t.Fatalf("changed: %+v", r)
		}
		for _, total := range r.Totals {
			if total.Difference().Sign() != 0 || !cmp.Equal(total.Moves, whatif.Moves{}) || len(total.Movers) != 0 {
				t.Fatalf("moved: %+v", total)
			}
		}
	})
}

func TestSwappingThePoliciesNegatesTheReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		q := changed(t, p)
		cases := drawCases(t, p, 8)
		wantSame(t, "swapped", backtest(t, q, p, cases...), negated(backtest(t, p, q, cases...)))
	})
}

// negated returns the report with both sides exchanged.
func negated(r whatif.Report) whatif.Report {
	r.RefusedBefore, r.RefusedAfter = r.RefusedAfter, r.RefusedBefore
	for i := range r.Totals {
		t := &r.Totals[i]
		t.Before, t.After = t.After, t.Before
		verdicts := t.Verdicts
		for a, row := range verdicts {
			for b, n := range row {
				t.Verdicts[b][a] = n
			}
		}
		for c := range t.Moves {
			t.Moves[c].Amount = t.Moves[c].Amount.Times(-1)
		}
		for j := range t.Movers {
			m := &t.Movers[j]
			m.Before, m.After = m.After, m.Before
			m.VerdictBefore, m.VerdictAfter = m.VerdictAfter, m.VerdictBefore
		}
	}
	return r
}

func TestMovesAddUpToTheDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		for _, total := range backtest(t, p, changed(t, p), drawCases(t, p, 8)...).Totals {
			sum := refund.FromMinorUnits(0, total.Currency)
			for _, cause := range whatif.Causes() {
				sum = add(t, sum, total.Moves[cause].Amount)
			}
			if !sum.Equal(total.Difference()) {
				t.Fatalf("moves of %v, difference %v", sum, total.Difference())
			}
		}
	})
}

func TestBacktestCountsWhatTheEvaluatorsReturn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		q := changed(t, p)
		cases := drawCases(t, p, 8)
		r := backtest(t, p, q, cases...)

		var count, excluded, refusedBefore, refusedAfter int
		before, after := map[string]refund.Money{}, map[string]refund.Money{}
		verdicts := map[string]*whatif.Verdicts{}
		var statuses [len(refund.Statuses{})]int
		for _, c := range cases {
			count++
			b, errBefore := p.Evaluate(c)
			a, errAfter := q.Evaluate(c)
			if errBefore != nil {
				refusedBefore++
			}
			if errAfter != nil {
				refusedAfter++
			}
			if errBefore != nil || errAfter != nil {
				excluded++
				continue
			}
			code := c.Subscription.Price.Currency().Code()
			before[code] = add(t, before[code], b.Refundable)
			after[code] = add(t, after[code], a.Refundable)
			if verdicts[code] == nil {
				verdicts[code] = new(whatif.Verdicts)
			}
			verdicts[code][b.Verdict][a.Verdict]++
			for _, clause := range refund.Clauses() {
				if b.Statuses[clause] != a.Statuses[clause] {
					statuses[clause]++
				}
			}
		}
		wantSame(t, "counts", []int{r.Cases, r.Excluded, r.RefusedBefore.Cases, r.RefusedAfter.Cases},
			[]int{count, excluded, refusedBefore, refusedAfter})
		wantSame(t, "statuses", r.Statuses, statuses)
		if len(r.Totals) != len(before) {
			t.Fatalf("%d totals of %d currencies", len(r.Totals), len(before))
		}
		for _, total := range r.Totals {
			code := total.Currency.Code()
			wantSame(t, "before", total.Before, before[code])
			wantSame(t, "after", total.After, after[code])
			wantSame(t, "verdicts", total.Verdicts, *verdicts[code])
		}
	})
}

func TestMergedReportsOfASplitAreThatOfTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		q := changed(t, p)
		cases := drawCases(t, p, 12)
		// More cases than movers are kept, many of them equal.
		for _, c := range cases {
			for range 3 {
				cases = append(cases, c)
			}
		}
		left, right := split(t, cases)
		whole := backtest(t, p, q, cases...)
		l, r := backtest(t, p, q, left...), backtest(t, p, q, right...)
		wantSame(t, "merged", l.Merge(r), whole)
		wantSame(t, "merged the other way", r.Merge(l), whole)
		wantSame(t, "merged with the report of no cases", whole.Merge(whatif.Report{}), whole)
	})
}

func add(t *rapid.T, a, b refund.Money) refund.Money {
	sum, err := a.Add(b)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return sum
}
