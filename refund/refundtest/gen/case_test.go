package gen_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// A judged is a case with its policy and its outcome.
type judged struct {
	p refund.Policy
	c refund.Case
	o refund.Outcome
}

var judgedCases = rapid.Custom(func(t *rapid.T) judged {
	p := gen.Policy().Draw(t, "policy")
	c := gen.Case(p).Draw(t, "case")
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	return judged{p, c, o}
})

// because runs one row of a table under the reason for it.
func because(t *testing.T, why string, test func(t *testing.T)) {
	t.Helper()
	if strings.TrimSpace(why) == "" {
		t.Fatal("a row without a reason")
	}
	t.Run(why, test)
}

// What generators come to in general, refund's own tests count: see
// TestGeneratorsReachEverything there. These are the ends of shrinking.
func TestCasesShrinkToReadableOnes(t *testing.T) {
	status := func(clause refund.Clause, s refund.Status) func(judged) bool {
		return func(j judged) bool { return j.o.Statuses[clause] == s }
	}
	verdict := func(v refund.Verdict) func(judged) bool { return func(j judged) bool { return j.o.Verdict == v } }
	tests := []struct {
		reason   string
		never    func(judged) bool // what is said never to happen, and does
		issues   int               // that it takes at most
		findings int               // likewise
		policy   func(*refund.Policy)
	}{
		{"any case at all", func(judged) bool { return true }, 0, 0, nil},
		{"a window that closes is never asked in later", verdict(refund.VerdictWindowClosed), 0, 0, nil},
		{"one-time services are never asked about", verdict(refund.VerdictOneTimeService), 0, 0, nil},
		{"a resolved issue never takes anything off", verdict(refund.VerdictDeducted), 1, 0, nil},
		{"charges never use the amount up", verdict(refund.VerdictConsumed), 1, 0, nil},
		{"two resolutions never count", func(j judged) bool { return j.o.ResolvedIssues == 2 }, 2, 0, nil},
		{"an issue is always resolved", func(j judged) bool { return len(j.c.Issues) > j.o.ResolvedIssues }, 1, 0, nil},
		{"nobody but the holder asks", status(refund.ClauseAccountAccess, refund.StatusBlocking), 0, 1, nil},
		{"nothing is ever held for the credentials", status(refund.ClauseCredentials, refund.StatusBlocking), 0, 1, nil},
		{"a ticket is never objected to", status(refund.ClauseTicket, refund.StatusObjected), 0, 0, nil},
		{"a call back is never late", status(refund.ClauseCallback, refund.StatusObjected), 0, 0, nil},
		{"the cap never binds", status(refund.ClauseCap, refund.StatusApplied), 0, 0, nil},
		{"nothing is given back twice", func(j judged) bool { return j.o.Refundable.Sign() > 0 && j.c.Subscription.Refunded.Sign() > 0 }, 0, 0, nil},
		{"who paid a part has no issues resolved", func(j judged) bool {
			less, err := j.c.Subscription.Paid.Cmp(j.c.Subscription.Price)
			return err == nil && less < 0 && j.o.Verdict == refund.VerdictDeducted
		}, 1, 0, nil},
		{"a price is never a thousand", func(j judged) bool {
			n, err := j.c.Subscription.Price.MinorUnits()
			return err != nil || n >= 100_000
		}, 0, 0, nil},
		{"charges are never deducted from what was paid", func(j judged) bool {
			return j.p.Readings.DeductFrom == refund.DeductFromAmountPaid && j.o.Deduction.Sign() > 0
		}, 1, 0, func(p *refund.Policy) { p.Readings.DeductFrom = refund.DeductFromAmountPaid }},
		{"the subscription date is never counted", func(j judged) bool { return j.p.Readings.DayCount == refund.DayCountSameDay },
			0, 0, func(p *refund.Policy) { p.Readings.DayCount = refund.DayCountSameDay }},
	}
	for _, test := range tests {
		because(t, test.reason, func(t *testing.T) {
			least := minimal(t, 1, judgedCases, func(j judged) bool { return !test.never(j) })
			want := refund.Published(time.UTC)
			if test.policy != nil {
				test.policy(&want)
			}
			if !least.p.Equal(want) {
				t.Errorf("the policy is %+v", least.p)
			}
			if len(least.c.Issues) > test.issues || len(least.c.Findings) > test.findings {
				t.Errorf("%d issues, %d findings", len(least.c.Issues), len(least.c.Findings))
			}
			for _, objection := range unreadable(least.c) {
				t.Error(objection)
			}
		})
	}
}

// unreadable lists what a reader would stumble over in a case.
func unreadable(c refund.Case) (objections []string) {
	object := func(is bool, what string) {
		if is {
			objections = append(objections, what)
		}
	}
	s := c.Subscription
	for _, m := range []refund.Money{s.Price, s.Paid, s.Refunded, s.Service.PerInstance} {
		object(m.IsValid() && m.Currency().Code() != "USD", "an amount of "+m.String())
		object(len(strings.TrimRight(strings.ReplaceAll(m.Amount(), ".", ""), "0")) > 3, "an amount with odd digits: "+m.String())
		object(len(m.Amount()) > len("10000.00"), "a large amount: "+m.String())
	}
	object(s.Price.IsZero(), "a price of nothing")
	times := []time.Time{s.Start, c.Request.At, c.Request.CalledBack}
	for _, issue := range c.Issues {
		times = append(times, issue.Opened, issue.Resolved)
	}
	for _, at := range times {
		object(at.Location() != time.UTC, "an instant elsewhere: "+at.String())
		object(!at.Equal(at.Truncate(time.Hour)), "an odd instant: "+at.String())
		object(!at.IsZero() && (at.Year() != 2026 || at.Month() != time.March), "an instant far away: "+at.String())
	}
	for _, f := range c.Findings {
		object(f.Subject != "" || f.Detail != "seen", "a finding with odd words")
	}
	return objections
}

func TestCasesAreOfAnyPolicy(t *testing.T) {
	east := refund.Published(time.FixedZone("east", 5*60*60))
	east.WindowDays = 3
	rapid.Check(t, func(t *rapid.T) {
		c := gen.Case(east).Draw(t, "case")
		if _, err := east.Evaluate(c); err != nil {
			t.Error(err)
		}
	})
}

func TestNoCasesOfAPolicyThatIsNone(t *testing.T) {
	if passes(t, 1, func(t *rapid.T) { gen.Case(refund.Policy{}).Draw(t, "case") }) {
		t.Error("a case of the zero policy")
	}
}

func TestZonesAreThere(t *testing.T) {
	zones := gen.Zones()
	if len(zones) != 13 || zones[0] != "UTC" {
		t.Errorf("zones are %q", zones)
	}
	met := map[string]bool{}
	for seed := range 400 {
		met[gen.Location().Example(seed+1).String()] = true
	}
	if len(met) != len(zones) {
		t.Errorf("only %d of %d zones are met", len(met), len(zones))
	}
}
