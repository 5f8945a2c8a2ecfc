package main

import (
	"maps"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestMergedTotals(t *testing.T) {
	outcome := func(amount string, held bool) *refund.Outcome {
		return &refund.Outcome{Verdict: refund.VerdictFull, Refundable: refund.MustMoney(amount, "USD"), Held: held}
	}
	var one, two, both totals
	one.add(outcome("1.10", true))
	two.add(outcome("2.20", true))
	two.add(outcome("0.03", false))
	if of := two.of[totalsKey{refund.VerdictFull, refund.MustCurrency("USD")}]; of.cases != 2 || of.held != 1 {
		t.Errorf("%+v", two)
	}
	one.refused, two.refused = 1, 4
	both.merge(&one)
	both.merge(&two)
	want := map[totalsKey]total{
		{refund.VerdictFull, refund.MustCurrency("USD")}: {3, 2, refund.MustMoney("3.33", "USD")},
	}
	if both.refused != 5 || !maps.EqualFunc(both.of, want, func(a, b total) bool {
		return a.cases == b.cases && a.held == b.held && a.refundable.Equal(b.refundable)
	}) {
		t.Errorf("%+v", both)
	}
}
