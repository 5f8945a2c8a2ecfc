package main

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// limits are the values of flag -fail-above, one for each currency.
type limits []refund.Money

// String returns the limits as they are written.
func (l *limits) String() string {
	var texts []string
	for _, m := range *l {
		texts = append(texts, m.String())
	}
	return strings.Join(texts, ", ")
}

// Set adds a limit, such as 500.00USD.
func (l *limits) Set(text string) error {
	i := strings.IndexFunc(text, unicode.IsLetter)
	if i < 0 {
		return errors.New("must be an amount and a currency, such as 500.00USD")
	}
	m, err := refund.ParseMoney(strings.TrimSpace(text[:i]), text[i:])
	switch {
	case err != nil:
		return errors.New("must be an amount and a currency, such as 500.00USD")
	case m.Sign() < 0:
		return errors.New("must not be negative")
	case slices.ContainsFunc(*l, func(n refund.Money) bool { return n.Currency() == m.Currency() }):
		return errors.New("has a limit in that currency already")
	}
	*l = append(*l, m)
	return nil
}

// above returns the totals whose difference is above its limit. Without any limit it returns
// none; with one, the limit of every other currency is zero.
func (l limits) above(r whatif.Report) (list []refund.Money) {
	if l == nil {
		return nil
	}
	for _, t := range r.Totals {
		limit := refund.Money{}
		for _, m := range l {
			if m.Currency() == t.Currency {
				limit = m
			}
		}
		if sign, err := t.Difference().Cmp(limit); err != nil || sign > 0 {
			list = append(list, t.Difference())
		}
	}
	return list
}
