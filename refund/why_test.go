package refund_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestWhy(t *testing.T) {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	resolve := func(n int) func(*refund.Policy, *refund.Case) {
		return func(_ *refund.Policy, c *refund.Case) {
			for i := range n {
				c.Issues = append(c.Issues, resolvedAt(strings.Repeat("T", i+1), c.Request.At))
			}
		}
	}
	late := func(_ *refund.Policy, c *refund.Case) { c.Request.At = instant(t, "2026-03-18T04:00:00.050Z") }
	oneTime := func(_ *refund.Policy, c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }
	calledBack := func(at string) func(*refund.Policy, *refund.Case) {
		return func(_ *refund.Policy, c *refund.Case) { c.Request.CalledBack = instant(t, at) }
	}
	find := func(clause refund.Clause, severity refund.Severity, words ...string) func(*refund.Policy, *refund.Case) {
		return func(_ *refund.Policy, c *refund.Case) {
			for i := 0; i < len(words); i += 2 {
				c.Findings = append(c.Findings, refund.Finding{Clause: clause, Severity: severity, Subject: words[i], Detail: words[i+1]})
			}
		}
	}
	const satisfied, advisory, blocking = refund.SeveritySatisfied, refund.SeverityAdvisory, refund.SeverityBlocking
	rows := []struct {
		reason string
		change func(*refund.Policy, *refund.Case)
		clause refund.Clause
		want   string
	}{
		{"in the window", nil, refund.ClauseGuarantee, "asked on 2026-03-10 12:00 EDT, in the window from 2026-03-02 10:00 EST until 2026-03-18 00:00 EDT (15 days); granting it is for the company to decide"},
		{"one day is no days", func(p *refund.Policy, c *refund.Case) {
			p.WindowDays = 1
			c.Request.At = c.Subscription.Start
		}, refund.ClauseGuarantee, "asked on 2026-03-02 10:00 EST, in the window from 2026-03-02 10:00 EST until 2026-03-04 00:00 EST (1 day); granting it is for the company to decide"},
		{"after the window, parts of a second told", late, refund.ClauseGuarantee, "asked on 2026-03-18 00:00:00.05 EDT, not before the window closed on 2026-03-18 00:00 EDT (15 days from 2026-03-02 10:00 EST)"},
		{"seconds are told without their parts where there are none", func(_ *refund.Policy, c *refund.Case) { c.Request.At = instant(t, "2026-03-19T13:04:07Z") }, refund.ClauseGuarantee, "asked on 2026-03-19 09:04:07 EDT, not before the window closed on 2026-03-18 00:00 EDT (15 days from 2026-03-02 10:00 EST)"},
		{"one-time support has no window", oneTime, refund.ClauseGuarantee, "one-time support has no window"},

		{"nothing resolved when asked", nil, refund.ClauseCase1, "no issue resolved in the window when the customer asked: all of 199.99 USD"},
		{"nothing resolved in the whole window", func(p *refund.Policy, c *refund.Case) {
			p.Readings.ResolvedUntil = refund.ResolvedUntilWindowClose
			p.Readings.DeductFrom = refund.DeductFromAmountPaid
			c.Subscription.Paid = usd("150.00")
		}, refund.ClauseCase1, "no issue resolved in the window: all of 150.00 USD"},
		{"one resolved", resolve(1), refund.ClauseCase1, "1 issue resolved, so case-2 governs"},
		{"one-time support", oneTime, refund.ClauseCase1, "one-time support: nothing is due"},
		{"too late", late, refund.ClauseCase1, "the window had closed: nothing is due"},

		{"one deducted", resolve(1), refund.ClauseCase2, "1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD"},
		{"several deducted", resolve(2), refund.ClauseCase2, "2 issues resolved × 25.00 USD = 50.00 USD deducted from 199.99 USD"},
		{"used up", resolve(8), refund.ClauseCase2, "8 issues resolved × 25.00 USD = 200.00 USD deducted from 199.99 USD, which leaves nothing"},
		{"nothing to deduct", nil, refund.ClauseCase2, "no issue resolved, so case-1 governs"},
		{"one-time support, whatever was resolved", func(p *refund.Policy, c *refund.Case) { oneTime(p, c); resolve(1)(p, c) }, refund.ClauseCase2, "one-time support: nothing is due"},

		{"sold for one time", oneTime, refund.ClauseOneTime, "one-time support is not given back, whether or not an issue was resolved"},
		{"a subscription", nil, refund.ClauseOneTime, "the service is no one-time support"},

		{"an e-mail", nil, refund.ClauseTicket, "an e-mail of 2026-03-10 12:00 EDT, with its reason"},
		{"an e-mail without a reason", func(_ *refund.Policy, c *refund.Case) { c.Request.Reason = "" }, refund.ClauseTicket, "an e-mail of 2026-03-10 12:00 EDT, without a reason"},
		{"a call", func(_ *refund.Policy, c *refund.Case) { c.Request.Channel = refund.ChannelPhone }, refund.ClauseTicket, "a call of 2026-03-10 12:00 EDT, while the desk was open"},
		{"a call at night", func(_ *refund.Policy, c *refund.Case) {
			c.Request.Channel, c.Request.At = refund.ChannelPhone, instant(t, "2026-03-10T07:59:00-04:00")
		}, refund.ClauseTicket, "a call of 2026-03-10 07:59 EDT, while the desk was closed"},
		{"a pigeon", func(_ *refund.Policy, c *refund.Case) { c.Request.Channel = refund.ChannelOther }, refund.ClauseTicket, "a request of 2026-03-10 12:00 EDT, neither an e-mail nor a call to the cancellation desk"},

		{"not called back", nil, refund.ClauseCallback, "no call back is recorded: it is due from 2026-03-10 16:00 EDT to 2026-03-10 20:00 EDT"},
		{"called back early", calledBack("2026-03-10T19:59:59.999999999Z"), refund.ClauseCallback, "called back on 2026-03-10 15:59:59.999999999 EDT, early: it was due from 2026-03-10 16:00 EDT to 2026-03-10 20:00 EDT"},
		{"called back at the earliest instant", calledBack("2026-03-10T20:00:00Z"), refund.ClauseCallback, "called back on 2026-03-10 16:00 EDT, as it was due from 2026-03-10 16:00 EDT to 2026-03-10 20:00 EDT"},
		{"called back at the latest instant", calledBack("2026-03-11T00:00:00Z"), refund.ClauseCallback, "called back on 2026-03-10 20:00 EDT, as it was due from 2026-03-10 16:00 EDT to 2026-03-10 20:00 EDT"},
		{"called back late", calledBack("2026-03-11T00:00:01Z"), refund.ClauseCallback, "called back on 2026-03-10 20:00:01 EDT, too late: it was due from 2026-03-10 16:00 EDT to 2026-03-10 20:00 EDT"},

		{"nobody looked", nil, refund.ClauseLogReview, "nobody has looked at it"},
		{"looked at", find(refund.ClauseLogReview, satisfied, "T-1", "the recording agrees"), refund.ClauseLogReview, "looked at, nothing to object: T-1, the recording agrees"},
		{"looked at, without words", find(refund.ClauseLogReview, satisfied, "", ""), refund.ClauseLogReview, "looked at, nothing to object"},
		{"a subject alone, and a detail alone", find(refund.ClauseLogReview, advisory, "T-1", "", "", "not in the chat"), refund.ClauseLogReview, "objected: not in the chat; T-1"},
		{"three are quoted", find(refund.ClauseLogReview, advisory, "a", "", "b", "", "c", ""), refund.ClauseLogReview, "objected: a; b; c"},
		{"and more are counted", find(refund.ClauseLogReview, advisory, "a", "", "b", "", "c", "", "d", "", "e", ""), refund.ClauseLogReview, "objected: a; b; c; and 2 more"},
		{"the worst findings alone are quoted", func(p *refund.Policy, c *refund.Case) {
			find(refund.ClauseCooperation, satisfied, "a", "")(p, c)
			find(refund.ClauseCooperation, advisory, "z", "hung up")(p, c)
		}, refund.ClauseCooperation, "objected: z, hung up"},
		{"findings on clauses before and after are told there", func(p *refund.Policy, c *refund.Case) {
			find(refund.ClauseLogReview, satisfied, "a", "")(p, c)
			find(refund.ClauseLicensed, advisory, "z", "no licence")(p, c)
			find(refund.ClauseCredentials, satisfied, "c", "")(p, c)
		}, refund.ClauseLicensed, "objected: z, no licence"},
		{"a blocking one", find(refund.ClauseCredentials, blocking, "R-9", "open report"), refund.ClauseCredentials, "held: R-9, open report"},
		{"control characters and line breaks become blanks", find(refund.ClauseCredentials, advisory, "a\nb", "\x1b[31mred\u2028\u202e\x7f\xff\r\n✓"), refund.ClauseCredentials, "objected: a b,  [31mred   \ufffd  ✓"},

		{"the holder asked", nil, refund.ClauseAccountAccess, "the holder asked"},
		{"the holder asked, and somebody looked", find(refund.ClauseAccountAccess, satisfied, "", ""), refund.ClauseAccountAccess, "looked at, nothing to object"},
		{"who asked is not known", func(_ *refund.Policy, c *refund.Case) { c.Request.By = "" }, refund.ClauseAccountAccess, "not known whether the holder asked"},
		{"somebody else asked", func(_ *refund.Policy, c *refund.Case) { c.Request.By = "ACC-8" }, refund.ClauseAccountAccess, "held: another account than the holder's asked"},

		{"somebody else asked, and a finding holds for another reason", func(p *refund.Policy, c *refund.Case) {
			c.Request.By = "ACC-8"
			find(refund.ClauseAccountAccess, blocking, "R-9", "no permission")(p, c)
		}, refund.ClauseAccountAccess, "held: R-9, no permission"},

		{"goodwill", nil, refund.ClauseGoodwill, "a decision of its own, open whatever the verdict"},

		{"not beyond the cap", resolve(1), refund.ClauseCap, "174.99 USD is not beyond it: subscribed 199.99 USD, paid 199.99 USD, given back before 0.00 USD"},
		{"limited by the cap", func(p *refund.Policy, c *refund.Case) {
			resolve(1)(p, c)
			c.Subscription.Paid, c.Subscription.Refunded = usd("150.00"), usd("20.00")
		}, refund.ClauseCap, "174.99 USD is limited to 130.00 USD: subscribed 199.99 USD, paid 150.00 USD, given back before 20.00 USD"},
		{"nothing that could go beyond the cap", late, refund.ClauseCap, "nothing is due that could go beyond it"},
	}
	for _, r := range rows {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(zone(t, "America/New_York")), plainCase()
			if r.change != nil {
				r.change(&p, &c)
			}
			o := evaluated(t, p, c)
			if got := o.Why(r.clause); got != r.want {
				t.Errorf("got  %q\nwant %q", got, r.want)
			}
			if law := brokenLaw(c, o); law != "" {
				t.Error(law)
			}
		})
	}
}

func TestWhyOfNoClause(t *testing.T) {
	o := evaluated(t, refund.Published(time.UTC), plainCase())
	for _, clause := range []refund.Clause{0, 19, 255} {
		if got := o.Why(clause); got != "" {
			t.Errorf("clause %d says %q", clause, got)
		}
		if got := string(o.AppendWhy([]byte("kept"), clause)); got != "kept" {
			t.Errorf("clause %d appends %q", clause, got)
		}
	}
}

// An outcome may be built by hand, and the zero one grants nothing: still nothing
// panics.
func TestWhyOfTheZeroOutcome(t *testing.T) {
	for _, clause := range refund.Clauses() {
		if text := (refund.Outcome{}).Why(clause); brokenLine(text) != "" {
			t.Errorf("%v %s: %q", clause, brokenLine(text), text)
		}
	}
	// A status that nobody has set is no look that anybody has taken.
	for _, status := range []refund.Status{0, refund.StatusNotEvaluated, refund.StatusNotApplicable} {
		var o refund.Outcome
		for _, clause := range refund.Clauses() {
			if !clause.TakesFindings() {
				continue
			}
			o.Statuses[clause] = status
			want := "nobody has looked at it"
			if clause == refund.ClauseAccountAccess {
				want = "not known whether the holder asked"
			}
			if got := o.Why(clause); got != want {
				t.Errorf("%v, %v: %q, want %q", clause, status, got, want)
			}
		}
	}
	for _, step := range (refund.Outcome{}).Steps() {
		if step.Status != 0 || !step.Amount.IsZero() {
			t.Errorf("the zero Outcome has a step %v", step)
		}
	}
}

func TestAppendWhy(t *testing.T) {
	p, c := refund.Published(zone(t, "America/New_York")), plainCase()
	c.Issues = refund.IssueLog{resolvedAt("T-1", c.Request.At)}
	o := evaluated(t, p, c)
	for _, clause := range refund.Clauses() {
		if got, want := string(o.AppendWhy([]byte("so: "), clause)), "so: "+o.Why(clause); got != want {
			t.Errorf("%v appends %q, want %q", clause, got, want)
		}
	}
	room := make([]byte, 0, 4096)
	if n := testing.AllocsPerRun(100, func() {
		for clause := refund.ClauseGuarantee; clause <= refund.ClauseCap; clause++ {
			o.AppendWhy(room, clause)
		}
	}); n > 0 {
		t.Errorf("%v allocations for all reasons, want none where there is room", n)
	}
}

var whySink [18]string

// A reason is allocated once: as the string that is returned.
func TestWhyAllocations(t *testing.T) {
	outcome, err := refund.Published(time.UTC).Evaluate(soundCase())
	if err != nil {
		t.Fatal(err)
	}
	clauses := refund.Clauses()
	if n := testing.AllocsPerRun(100, func() {
		for i, c := range clauses {
			whySink[i] = outcome.Why(c)
		}
	}); n > float64(len(whySink)) {
		t.Errorf("%v allocations for %d reasons", n, len(whySink))
	}
}
