package refund_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/internal/oracle"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// possible returns the statuses that a clause can have.
func possible(c refund.Clause) []refund.Status {
	switch c {
	case refund.ClauseGuarantee, refund.ClauseCase1, refund.ClauseCase2, refund.ClauseOneTime:
		return []refund.Status{refund.StatusApplied, refund.StatusNotApplicable}
	case refund.ClauseTicket:
		return []refund.Status{refund.StatusSatisfied, refund.StatusObjected}
	case refund.ClauseGoodwill:
		return []refund.Status{refund.StatusNotEvaluated}
	case refund.ClauseCap:
		return []refund.Status{refund.StatusApplied, refund.StatusSatisfied, refund.StatusNotApplicable}
	case refund.ClauseCredentials, refund.ClauseAccountAccess:
		return []refund.Status{refund.StatusSatisfied, refund.StatusObjected, refund.StatusBlocking, refund.StatusNotEvaluated}
	default:
		return []refund.Status{refund.StatusSatisfied, refund.StatusObjected, refund.StatusNotEvaluated}
	}
}

// A property that no case reaches proves nothing: this counts what the generators
// come to, over cases that are the same in every run.
func TestGeneratorsReachEverything(t *testing.T) {
	type drawn struct {
		policy refund.Policy
		c      refund.Case
	}
	cases := rapid.Custom(func(t *rapid.T) drawn {
		p, c := drawCase(t)
		return drawn{p, c}
	})
	const draws = 1600
	seen := map[string]int{}
	for seed := range draws {
		d := cases.Example(seed + 1)
		o, err := d.policy.Evaluate(d.c)
		if err != nil {
			t.Fatalf("seed %d: %v", seed+1, err)
		}
		hits := map[string]bool{} // each counts once for a case
		for _, hit := range reached(d.policy, d.c, o) {
			hits[hit] = true
		}
		for hit := range hits {
			seen[hit]++
		}
	}
	var want []string
	for v := refund.VerdictFull; v <= refund.VerdictWindowClosed; v++ {
		want = append(want, "verdict "+v.String())
	}
	for _, clause := range refund.Clauses() {
		for _, status := range possible(clause) {
			want = append(want, "status "+clause.String()+" "+status.String())
		}
	}
	for _, name := range gen.Zones() {
		want = append(want, "zone "+name)
	}
	want = append(want,
		"reading day_after", "reading same_day", "reading elapsed window",
		"reading amount_subscribed", "reading amount_paid",
		"reading request", "reading window_close",
		"reading business_hours", "reading elapsed clock",
		"channel email", "channel phone", "channel other",
		"billing recurring", "billing one_time",
		"severity satisfied", "severity advisory", "severity blocking",
		"decimals 0", "decimals 2", "decimals 3", "decimals 4",
		"amount zero", "amount of 1 to 2 digits", "amount of 3 to 9 digits", "amount of 10 to 18 digits", "amount of 19 to 30 digits",
		"days 1", "days 2", "days 15", "days 60", "days 3660",
		"given back: not stated", "given back: nothing", "given back: a part", "given back: all that was paid",
		"paid the price", "paid less", "paid more",
		"asked at the opening", "asked in the window", "asked just before the closing", "asked at the closing", "asked after the closing",
		"resolved before the window", "resolved at the opening", "resolved just before the request", "resolved at the request",
		"resolved just after the request", "resolved in the window after the request", "resolved at the closing", "resolved after the window", "not resolved",
		"charges just use the amount up", "no issues", "several issues count",
		"called back at the latest instant", "called back just after it", "called back early",
		"a holiday", "a desk that never opens", "a desk that never closes", "the desk opens or closes at the request",
		"the clocks change on the day of the closing", "the clocks change on the day of the request",
	)
	var missing []string
	for _, category := range want {
		if seen[category] < draws/40 {
			missing = append(missing, fmt.Sprintf("%s: %d", category, seen[category]))
		}
		delete(seen, category)
	}
	if missing != nil {
		t.Errorf("hardly reached in %d cases:\n%s", draws, strings.Join(missing, "\n"))
	}
	for category := range seen {
		t.Errorf("reached, and not on the list: %s", category)
	}
}

// reached returns the categories that a case belongs to.
func reached(p refund.Policy, c refund.Case, o refund.Outcome) (hits []string) {
	hit := func(category string, is bool) {
		if is {
			hits = append(hits, category)
		}
	}
	hit("verdict "+o.Verdict.String(), true)
	for _, clause := range refund.Clauses() {
		hit("status "+clause.String()+" "+o.Statuses[clause].String(), true)
	}
	r := p.Readings
	hit("zone "+p.Location.String(), true)
	hit("reading "+r.DayCount.String(), r.DayCount != refund.DayCountElapsed)
	hit("reading elapsed window", r.DayCount == refund.DayCountElapsed)
	hit("reading "+r.DeductFrom.String(), true)
	hit("reading "+r.ResolvedUntil.String(), true)
	hit("reading business_hours", r.CallbackClock == refund.CallbackClockBusinessHours)
	hit("reading elapsed clock", r.CallbackClock == refund.CallbackClockElapsed)
	hit("channel "+c.Request.Channel.String(), true)
	hit("billing "+c.Subscription.Service.Billing.String(), true)
	for _, found := range c.Findings {
		hit("severity "+found.Severity.String(), true)
	}

	s := c.Subscription
	hit(fmt.Sprint("decimals ", s.Price.Currency().Digits()), true)
	for _, m := range []refund.Money{s.Price, s.Paid, s.Service.PerInstance} {
		digits := len(strings.TrimLeft(strings.ReplaceAll(m.Amount(), ".", ""), "0"))
		hit("amount zero", m.IsValid() && digits == 0)
		hit("amount of 1 to 2 digits", digits >= 1 && digits <= 2)
		hit("amount of 3 to 9 digits", digits >= 3 && digits <= 9)
		hit("amount of 10 to 18 digits", digits >= 10 && digits <= 18)
		hit("amount of 19 to 30 digits", digits >= 19 && digits <= 30)
	}
	hit(fmt.Sprint("days ", p.WindowDays), true)
	hit("given back: not stated", !s.Refunded.IsValid())
	hit("given back: nothing", s.Refunded.IsValid() && s.Refunded.IsZero())
	hit("given back: all that was paid", s.Refunded.IsValid() && !s.Paid.IsZero() && s.Refunded.Equal(s.Paid))
	hit("given back: a part", !s.Refunded.IsZero() && !s.Refunded.Equal(s.Paid))
	switch oracle.Rat(s.Paid).Cmp(oracle.Rat(s.Price)) {
	case -1:
		hit("paid less", true)
	case 0:
		hit("paid the price", true)
	case 1:
		hit("paid more", true)
	}

	w, asked := o.Window, c.Request.At
	hit("asked at the opening", asked.Equal(w.Opens))
	hit("asked in the window", asked.After(w.Opens) && asked.Before(w.Closes))
	hit("asked just before the closing", asked.Equal(w.Closes.Add(-1)))
	hit("asked at the closing", asked.Equal(w.Closes))
	hit("asked after the closing", asked.After(w.Closes))
	for _, issue := range c.Issues {
		at := issue.Resolved
		hit("not resolved", at.IsZero())
		hit("resolved before the window", !at.IsZero() && at.Before(w.Opens))
		hit("resolved at the opening", at.Equal(w.Opens))
		hit("resolved just before the request", at.Equal(asked.Add(-1)))
		hit("resolved at the request", at.Equal(asked))
		hit("resolved just after the request", at.Equal(asked.Add(1)))
		hit("resolved in the window after the request", at.After(asked) && at.Before(w.Closes))
		hit("resolved at the closing", at.Equal(w.Closes))
		hit("resolved after the window", at.After(w.Closes))
	}
	hit("charges just use the amount up", o.Verdict == refund.VerdictConsumed && o.Deduction.Equal(o.Basis.Base()))
	hit("no issues", len(c.Issues) == 0)
	hit("several issues count", o.ResolvedIssues > 1)
	if called := c.Request.CalledBack; !called.IsZero() {
		hit("called back at the latest instant", called.Equal(o.Callback.Latest))
		hit("called back just after it", called.Equal(o.Callback.Latest.Add(1)))
		hit("called back early", called.Before(o.Callback.Earliest))
	}

	hit("a holiday", slices.Contains(p.Holidays, refund.DateOf(asked.In(p.Location))))
	hit("a desk that never opens", p.Hours == refund.Hours{})
	hit("a desk that never closes", p.Hours == always())
	hit("the desk opens or closes at the request", oracle.DeskOpen(p, asked) != oracle.DeskOpen(p, asked.Add(-1)))
	hit("the clocks change on the day of the closing", clocksChange(w.Closes, p.Location))
	hit("the clocks change on the day of the request", clocksChange(asked, p.Location))
	return hits
}

// clocksChange reports whether the offset to UTC changes within half a day.
func clocksChange(at time.Time, loc *time.Location) bool {
	_, before := at.Add(-12 * time.Hour).In(loc).Zone()
	_, after := at.Add(12 * time.Hour).In(loc).Zone()
	return before != after
}

// always is the hours of a desk that never closes.
func always() (hours refund.Hours) {
	for day := range hours {
		hours[day] = refund.Opening{Closes: 24 * time.Hour}
	}
	return hours
}
