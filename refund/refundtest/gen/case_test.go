package gen_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// A judged is a case with its policy and its outcome.
type judged struct {
	p refund.Policy
	c refund.Case
	o refund.Outcome
}

func drawJudged(t *rapid.T) judged {
	p := gen.Policy().Draw(t, "policy")
	c := gen.Case(p).Draw(t, "case")
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	return judged{p, c, o}
}

// Every verdict and every status of a clause in the vectors is also drawn. The seeds are
// fixed.
func TestCasesOfEveryVerdictAndStatus(t *testing.T) {
	missing := map[string]bool{}
	vectors, err := conformance.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	features := func(v refund.Verdict, s refund.Statuses) []string {
		list := []string{"verdict " + v.String()}
		for _, clause := range refund.Clauses() {
			list = append(list, clause.String()+" "+s[clause].String())
		}
		return list
	}
	for _, v := range vectors {
		if v.Want != nil {
			for _, f := range features(v.Want.Verdict, v.Want.Statuses) {
				missing[f] = true
			}
		}
	}
	if len(missing) < 50 {
		t.Fatalf("the vectors have only %d verdicts and statuses", len(missing))
	}
	cases := rapid.Custom(drawJudged)
	places := map[string]bool{}
	for seed := range 500 {
		j := cases.Example(seed + 1)
		places[j.p.Location.String()] = true
		for _, f := range features(j.o.Verdict, j.o.Statuses) {
			delete(missing, f)
		}
	}
	for f := range missing {
		t.Errorf("not drawn: %s", f)
	}
	if len(places) < 13 {
		t.Errorf("only %d time zones are drawn", len(places))
	}
}

func TestCasesShrinkToTheFixtures(t *testing.T) {
	var least judged
	if holds(t, func(t *rapid.T) {
		least = drawJudged(t)
		t.FailNow()
	}) {
		t.Fatal("a property that is always false holds")
	}
	if !least.p.Equal(refundtest.Policy()) {
		t.Errorf("the policy is %+v", least.p)
	}
	if least.c.Digest() != refundtest.Case().Digest() {
		t.Errorf("the case is %+v", least.c)
	}
}

func TestCasesOfAnyPolicy(t *testing.T) {
	east := refund.Published(time.FixedZone("east", 5*60*60))
	east.WindowDays = 3
	rapid.Check(t, func(t *rapid.T) {
		c := gen.Case(east).Draw(t, "case")
		if _, err := east.Evaluate(c); err != nil {
			t.Error(err)
		}
	})
}

func TestInvalidPolicyFailsTheTest(t *testing.T) {
	if holds(t, func(t *rapid.T) { gen.Case(refund.Policy{}).Draw(t, "case") }) {
		t.Error("a case of the zero policy is drawn")
	}
}

// holds reports whether rapid cannot refute a property.
func holds(t *testing.T, property func(*rapid.T)) (ok bool) {
	t.Helper()
	t.Chdir(t.TempDir()) // for rapid's fail files
	s := &stand{}
	defer func() {
		if r := recover(); r != nil && r != s {
			panic(r)
		}
		ok = !s.failed
	}()
	rapid.Check(s, property)
	return true
}

// A stand replaces a *testing.T, and records the report of rapid.
type stand struct {
	rapid.TB
	failed bool
}

func (s *stand) Helper()               {}
func (s *stand) Name() string          { return "stand" }
func (s *stand) Logf(string, ...any)   {}
func (s *stand) Errorf(string, ...any) { s.failed = true }
func (s *stand) Failed() bool          { return s.failed }
func (s *stand) FailNow()              { panic(s) }

// Each of these cases is drawn at least three times in 1,000 draws.
func TestRareCasesAreDrawn(t *testing.T) {
	features := []struct {
		reason string
		is     func(judged) bool
	}{
		{"the desk is in another zone", func(j judged) bool { return j.p.DeskLocation != nil && j.p.DeskLocation != j.p.Location }},
		{"a day has several openings", func(j judged) bool {
			return slices.ContainsFunc(j.p.Hours[:], func(day []refund.Opening) bool { return len(day) > 1 })
		}},
		{"two openings of a day are adjacent", func(j judged) bool {
			return slices.ContainsFunc(j.p.Hours[:], func(day []refund.Opening) bool {
				return len(day) > 1 && day[0].Closes == day[1].Opens
			})
		}},
		{"a shift includes midnight", func(j judged) bool {
			monday, tuesday := j.p.Hours[time.Monday], j.p.Hours[time.Tuesday]
			return len(monday) > 0 && len(tuesday) > 0 && monday[len(monday)-1].Closes == 24*time.Hour && tuesday[0].Opens == 0
		}},
		{"a special day is closed", func(j judged) bool {
			for _, openings := range j.p.SpecialDays {
				if len(openings) == 0 {
					return true
				}
			}
			return false
		}},
		{"a special day is a Sunday on which the desk is open", func(j judged) bool {
			for day, openings := range j.p.SpecialDays {
				if day.Weekday() == time.Sunday && len(openings) > 0 {
					return true
				}
			}
			return false
		}},
		{"a phone call comes on a special day", func(j judged) bool {
			desk := j.p.DeskLocation
			if desk == nil {
				desk = j.p.Location
			}
			_, special := j.p.SpecialDays[refund.DateOf(j.c.Request.At.In(desk))]
			return special && j.c.Request.Channel == refund.ChannelPhone
		}},
		{"a one-time service is refunded", func(j judged) bool {
			return j.c.Subscription.Service.Billing == refund.BillingOneTime && j.o.Verdict == refund.VerdictFull
		}},
		{"a one-time service is not refunded under the other reading", func(j judged) bool {
			return j.p.Readings.OneTime == refund.OneTimeRefundedIfUnresolved && j.o.Verdict == refund.VerdictOneTimeService
		}},
		{"a part may be released", func(j judged) bool { return j.p.Readings.ReleasedAmount == refund.ReleasedAmountAnyPart }},
		{"goodwill is paid in addition", func(j judged) bool { return j.p.Readings.GoodwillAfter == refund.GoodwillAfterInAddition }},
		{"a dispute reduces the amount", func(j judged) bool {
			return j.c.Subscription.Disputed.Sign() > 0 && j.o.Entitlement.Sign() > 0
		}},
		{"there are an earlier refund and a dispute", func(j judged) bool {
			return j.c.Subscription.Disputed.Sign() > 0 && j.c.Subscription.Refunded.Sign() > 0
		}},
		{"an overpayment would cancel the deduction", func(j judged) bool {
			more, err := j.c.Subscription.Paid.Cmp(j.c.Subscription.Price)
			return err == nil && more > 0 && j.o.Deduction.Sign() > 0 && j.p.Readings.DeductFrom == refund.DeductFromAmountPaid
		}},
		{"a finding clears a requester who is not the holder", func(j judged) bool {
			return stranger(j.c) && j.o.Statuses[refund.ClauseAccountAccess] == refund.StatusSatisfied
		}},
		{"a finding clears another account than the requester's", func(j judged) bool {
			return stranger(j.c) && j.o.Held && slices.ContainsFunc(j.c.Findings, func(f refund.Finding) bool {
				return f.Clause == refund.ClauseAccountAccess && f.Severity == refund.SeveritySatisfied && f.Subject != ""
			})
		}},
		{"an advisory finding is about a requester who is not the holder", func(j judged) bool {
			return stranger(j.c) && slices.ContainsFunc(j.c.Findings, func(f refund.Finding) bool {
				return f.Clause == refund.ClauseAccountAccess && f.Severity == refund.SeverityAdvisory
			})
		}},
		{"a currency is withdrawn", func(j judged) bool {
			_, gone := j.c.Subscription.Price.Currency().Withdrawn()
			return gone
		}},
	}
	cases := rapid.Custom(drawJudged)
	drawn := make([]int, len(features))
	for seed := range 1000 {
		j := cases.Example(seed + 1)
		for i, f := range features {
			if f.is(j) {
				drawn[i]++
			}
		}
	}
	for i, f := range features {
		if drawn[i] < 3 {
			t.Errorf("%s: drawn %d times", f.reason, drawn[i])
		}
	}
}

// stranger reports whether the requester is not the holder.
func stranger(c refund.Case) bool {
	by, holder := c.Request.By, c.Subscription.Account
	return by != "" && holder != "" && by != holder
}
