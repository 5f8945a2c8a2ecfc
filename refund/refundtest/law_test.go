package refundtest_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// spoilt returns the policy's evaluator with a change in each outcome.
func spoilt(change func(o *refund.Outcome, p refund.Policy, c refund.Case)) refundtest.Evaluator {
	return func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		if err == nil {
			change(&o, p, c)
		}
		return o, err
	}
}

// some returns a positive amount of the same currency.
func some(m refund.Money) refund.Money { return must(refund.ParseMoney("100", m.Currency().Code())) }

func add(a, b refund.Money) refund.Money { return must(a.Add(b)) }

// moves changes the outcomes only of some cases, so that an outcome changes between a case
// and another one for which a law forbids it.
func moves(when func(refund.Policy, refund.Case) bool, by func(o *refund.Outcome, c refund.Case)) refundtest.Evaluator {
	return spoilt(func(o *refund.Outcome, p refund.Policy, c refund.Case) {
		if when(p, c) {
			by(o, c)
		}
	})
}

// zero sets the amounts to zero.
func zero(o *refund.Outcome, _ refund.Case) {
	o.Refundable, o.Entitlement = o.Refundable.Times(0), o.Entitlement.Times(0)
}

// A lawBreaker is an evaluator with a mistake that breaks a law.
type lawBreaker struct {
	law    string
	reason string // the mistake in words
	refundtest.Evaluator
}

// lawBreakers has at least one mistake for each law: a law that cannot fail is useless.
var lawBreakers = slices.Concat(evaluationBreakers, amountsBreakers, windowBreakers, statusesBreakers, changesBreakers, invariantBreakers)

// desk returns the location of the desk.
func desk(p refund.Policy) *time.Location {
	if p.DeskLocation == nil {
		return p.Location
	}
	return p.DeskLocation
}

// Clocks in St. John's went back at 00:01 on October 29, 2006: after one minute of that day
// they showed October 28 again.
func TestWindowOnADayThatBeginsTwice(t *testing.T) {
	p, c := refundtest.Policy(), refundtest.Case()
	var err error
	if p.Location, err = time.LoadLocation("America/St_Johns"); err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time { return must(time.Parse(time.RFC3339, text)) }

	// A window that closes when that day begins closes the first time.
	c.Subscription.Start, c.Request.At = at("2006-10-13T12:00:00Z"), at("2006-10-14T12:00:00Z")
	secondTime := spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Window.Closes = o.Window.Closes.Add(time.Hour)
	})
	if f := refundtest.CheckLaw("window", secondTime, p, c); f == nil {
		t.Error("a window that closes when the day begins for the second time breaks no law")
	}

	// A subscription between the two beginnings has an empty window of one day.
	p.WindowDays, p.Readings.DayCount = 1, refund.DayCountSameDay
	c.Request.At = refundtest.Day(9)
	for _, start := range []string{"2006-10-29T02:31:00Z", "2006-10-29T03:00:00Z", "2006-10-29T03:29:59Z"} {
		c.Subscription.Start = at(start)
		if err := refundtest.CheckLaws(refund.Policy.Evaluate, p, c); err != nil {
			t.Errorf("%s: %v", start, err)
		}
	}
}

// A breach of the basis names the first wrong fact.
func TestBasisBreachNamesTheFact(t *testing.T) {
	err := refundtest.CheckLaws(spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Basis.WindowDays++
		o.Basis.RecordedBy = "x"
	}), refundtest.Policy(), refundtest.Case())
	var f *refundtest.Failure
	if !errors.As(err, &f) || f.Got != "window days: 16 instead of 15" || f.Want != "the facts of the case" {
		t.Error(err)
	}
}

// Without a deduction, an ignored earlier refund is a breach of the cap.
func TestIgnoredEarlierRefundNamesTheClause(t *testing.T) {
	forgets := spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Refundable = o.Entitlement })
	c := refundtest.Case()
	c.Subscription.Refunded = refund.MustMoney("10.00", "USD")
	if f := refundtest.CheckLaw("earlier-refunds", forgets, refundtest.Policy(), c); f == nil || f.Clause != refund.ClauseCap {
		t.Errorf("without a deduction: %v", f)
	}
	c.Issues = append(c.Issues, refundtest.Resolved("T-1", refundtest.Day(3)))
	if f := refundtest.CheckLaw("earlier-refunds", forgets, refundtest.Policy(), c); f == nil || f.Clause != refund.ClauseCase2 {
		t.Errorf("with a deduction: %v", f)
	}
}

func TestEveryLawCanBeBroken(t *testing.T) {
	cases := drawnCases(1500)
	broken := map[string]bool{}
	for _, row := range lawBreakers {
		broken[row.law] = true
		t.Run(row.law+"/"+row.reason, func(t *testing.T) {
			t.Parallel()
			if row.reason == "" {
				t.Fatal("a row without a reason")
			}
			for _, c := range cases {
				if f := refundtest.CheckLaw(row.law, row.Evaluator, c.policy, c.Case); f != nil {
					if f.Reason == "" || f.Got == "" || f.Want == "" || f.Got == f.Want {
						t.Errorf("the failure lacks a text: %v", f)
					}
					return
				}
			}
			t.Error("the law holds")
		})
	}
	for _, name := range refundtest.LawNames() {
		if !broken[name] {
			t.Errorf("no row breaks law %q", name)
		}
	}
}

type drawnCase struct {
	policy refund.Policy
	refund.Case
}

// drawnCases returns random cases, the same in every run.
func drawnCases(n int) (list []drawnCase) {
	cases := rapid.Custom(func(t *rapid.T) drawnCase {
		p := gen.Policy().Draw(t, "policy")
		return drawnCase{p, gen.Case(p).Draw(t, "case")}
	})
	for seed := range n {
		list = append(list, cases.Example(seed+1))
	}
	return list
}
