package gen_test

import (
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

// Every verdict, and every status of every clause, that a vector has is drawn too. The
// seeds are fixed, so that the test does not depend on luck.
func TestCasesReachEverything(t *testing.T) {
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
		t.Fatal("a property that always fails holds")
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

func TestAnInvalidPolicyHasNoCases(t *testing.T) {
	if holds(t, func(t *rapid.T) { gen.Case(refund.Policy{}).Draw(t, "case") }) {
		t.Error("a case of the zero policy is drawn")
	}
}

// holds reports whether rapid cannot refute a property.
func holds(t *testing.T, property func(*rapid.T)) (ok bool) {
	t.Helper()
	t.Chdir(t.TempDir()) // where rapid writes its fail files
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

// A stand takes what rapid reports, in the place of a *testing.T.
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
