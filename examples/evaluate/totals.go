package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// totals sums cases by verdict and currency. The zero value has no cases.
type totals struct {
	of      map[totalsKey]total
	refused int
}

type totalsKey struct {
	verdict  refund.Verdict // the zero Verdict stands for all of a currency
	currency refund.Currency
}

type total struct {
	cases, held int
	refundable  refund.Money
}

func (t *totals) add(o *refund.Outcome) {
	one := total{cases: 1, refundable: o.Refundable}
	if o.Held {
		one.held = 1
	}
	t.plus(totalsKey{o.Verdict, o.Refundable.Currency()}, one)
}

func (t *totals) merge(u *totals) {
	for key, sum := range u.of {
		t.plus(key, sum)
	}
	t.refused += u.refused
}

func (t *totals) plus(key totalsKey, n total) {
	if t.of == nil {
		t.of = map[totalsKey]total{}
	}
	sum := t.of[key]
	sum.cases += n.cases
	sum.held += n.held
	added, err := sum.refundable.Add(n.refundable)
	if err != nil {
		panic(err) // a key has one currency
	}
	sum.refundable = added
	t.of[key] = sum
}

// byCurrency returns the totals of each currency over all verdicts.
func (t *totals) byCurrency() *totals {
	var sums totals
	for key, sum := range t.of {
		sums.plus(totalsKey{currency: key.currency}, sum)
	}
	return &sums
}

// keys returns the keys by verdict, then by currency.
func (t *totals) keys() []totalsKey {
	return slices.SortedFunc(maps.Keys(t.of), func(x, y totalsKey) int {
		return cmp.Or(cmp.Compare(x.verdict, y.verdict), strings.Compare(x.currency.Code(), y.currency.Code()))
	})
}
