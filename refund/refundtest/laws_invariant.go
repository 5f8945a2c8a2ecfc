package refundtest

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// The laws of this file change the form of a case, which must not change its outcome.

func lawOrder(t *trial) *breach {
	type step struct {
		what     string
		issues   refund.IssueLog
		findings []refund.Finding
	}
	return inSteps([]step{
		{"with its lists reversed", otherWay(t.c.Issues), otherWay(t.c.Findings)},
		{"with its lists rotated by one", turned(t.c.Issues), turned(t.c.Findings)},
	}, func(order step) *breach {
		c := *t.c
		c.Issues, c.Findings = order.issues, order.findings
		return t.same(order.what, t.p, &c)
	})
}

func otherWay[S ~[]E, E any](list S) S {
	list = slices.Clone(list) // nil stays nil: a missing log is not an empty one
	slices.Reverse(list)
	return list
}

func turned[S ~[]E, E any](list S) S {
	if len(list) == 0 {
		return list
	}
	return append(slices.Clone(list[len(list)-1:]), list[:len(list)-1]...)
}

// elsewhere are zones in which no policy has its location.
var elsewhere = []*time.Location{time.FixedZone("elsewhere east", 14*60*60), time.FixedZone("elsewhere west", -(9*60+30)*60)}

func lawZones(t *trial) *breach {
	return inSteps(elsewhere, func(loc *time.Location) *breach {
		c := copyCase(t.c)
		everyInstant(&c, func(at time.Time) time.Time { return at.In(loc) })
		return t.same("with its instants in another zone", t.p, &c).of(loc.String())
	})
}

// everyInstant changes each instant of a case in place.
func everyInstant(c *refund.Case, change func(time.Time) time.Time) {
	given := func(at *time.Time) {
		if !at.IsZero() {
			*at = change(*at)
		}
	}
	given(&c.Subscription.Start)
	given(&c.Request.At)
	given(&c.Request.CalledBack)
	for i := range c.Issues {
		given(&c.Issues[i].Opened)
		given(&c.Issues[i].Resolved)
	}
}

// currencies have two, zero, three and four decimals.
var currencies = [...]refund.Currency{
	refund.MustCurrency("USD"), refund.MustCurrency("JPY"), refund.MustCurrency("BHD"), refund.MustCurrency("CLF"),
}

// exchanged returns a case with the same numbers of minor units in another currency, or the
// case itself if the amounts would have too many digits.
func exchanged(c refund.Case, currency refund.Currency) refund.Case {
	same := c
	s := &c.Subscription
	for _, m := range [...]*refund.Money{&s.Price, &s.Paid, &s.Refunded, &s.Disputed, &s.Service.PerInstance} {
		if m.IsZero() {
			continue
		}
		other, err := refund.NewMoney(minorUnits(*m).Shift(-int32(currency.Digits())), currency)
		if err != nil {
			return same
		}
		*m = other
	}
	return c
}

func minorUnits(m refund.Money) decimal.Decimal {
	return m.Decimal().Shift(int32(m.Currency().Digits()))
}

func lawCurrencies(t *trial) *breach {
	for _, currency := range currencies {
		c := exchanged(*t.c, currency)
		if c.Subscription.Price.Currency() == t.c.Subscription.Price.Currency() {
			continue
		}
		what := "in " + currency.Code()
		o, b := t.changed(what, t.p, &c)
		if b == skip { // the evaluator does not support the currency
			continue
		} else if b != nil {
			return b
		}
		for _, m := range [...]struct {
			name    string
			was, is *refund.Money
		}{
			{"refundable ", &t.o.Refundable, &o.Refundable},
			{"entitlement ", &t.o.Entitlement, &o.Entitlement},
			{"deduction ", &t.o.Deduction, &o.Deduction},
			{"refunded ", &t.o.Refunded, &o.Refunded},
			{"disputed ", &t.o.Disputed, &o.Disputed},
			{"remaining ", &t.o.Remaining, &o.Remaining},
		} {
			if m.is.Currency() != currency {
				return &breach{got: what + ", " + m.name + m.is.String(), want: "an amount in " + currency.Code(), outcome: o}
			}
			if was, is := minorUnits(*m.was), minorUnits(*m.is); !is.Equal(was) {
				return &breach{got: what + ", " + m.name + m.is.String(), want: "as many minor units as " + m.was.String(), outcome: o}
			}
		}
		if o.Verdict != t.o.Verdict || o.Statuses != t.o.Statuses || o.Held != t.o.Held {
			return &breach{got: what + ", " + first(o.Diff(t.o)), want: "the same verdict and statuses", outcome: o}
		}
	}
	return nil
}
