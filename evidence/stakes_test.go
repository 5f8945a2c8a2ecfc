package evidence_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// staked returns stakes in one line.
func staked(stakes []evidence.Stake) string {
	var parts []string
	for _, s := range stakes {
		parts = append(parts, fmt.Sprint(s.Issue, " ", s.Standing, " ", s.Amount))
	}
	return strings.Join(parts, "; ")
}

// What the doubts are worth, in money: the case's price is 199.99 USD, and each of its
// four resolutions takes 25.00 USD off.
func TestFiguresAndStakes(t *testing.T) {
	dispute, plausible := "T-2 disputed 25.00 USD; ", "T-3 plausible 25.00 USD; "
	const three = "T-2 disputed 0.00 USD; T-3 plausible 0.00 USD; T-4 unsupported 0.00 USD"
	for _, row := range []struct {
		why       string
		policy    func(*refund.Policy)
		change    func(*refund.Case) // after the review
		low, high string
		stakes    string
	}{
		{why: "four resolutions, of which one is corroborated", low: "99.99 USD", high: "174.99 USD",
			stakes: dispute + plausible + "T-4 unsupported 25.00 USD"},
		{why: "the case's order is that of the stakes", change: func(c *refund.Case) { slices.Reverse(c.Issues) },
			low: "99.99 USD", high: "174.99 USD", stakes: "T-4 unsupported 25.00 USD; T-3 plausible 25.00 USD; T-2 disputed 25.00 USD"},
		{why: "nothing in doubt", change: func(c *refund.Case) { c.Issues = c.Issues[:1] }, low: "174.99 USD", high: "174.99 USD"},
		{why: "an open issue is in no doubt", change: func(c *refund.Case) { c.Issues = c.Issues[4:] }, low: "199.99 USD", high: "199.99 USD"},
		{why: "no issues", change: func(c *refund.Case) { c.Issues = refund.IssueLog{} }, low: "199.99 USD", high: "199.99 USD"},
		{why: "one doubt", change: func(c *refund.Case) { c.Issues = c.Issues[:2] }, low: "149.99 USD", high: "174.99 USD", stakes: "T-2 disputed 25.00 USD"},
		{why: "findings do not matter", change: func(c *refund.Case) {
			c.Findings = []refund.Finding{{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking}}
		}, low: "99.99 USD", high: "174.99 USD", stakes: dispute + plausible + "T-4 unsupported 25.00 USD"},

		{why: "the charges take everything with any three of them", change: func(c *refund.Case) { c.Subscription.Service.PerInstance = usd("66.67") },
			low: "0.00 USD", high: "133.32 USD", stakes: three},
		{why: "a cent less, and any one of them is worth it", change: func(c *refund.Case) { c.Subscription.Service.PerInstance = usd("66.66") },
			low: "0.00 USD", high: "133.33 USD", stakes: strings.ReplaceAll(three, "0.00", "0.01")},
		{why: "one resolution consumes the price, all together do no more", change: func(c *refund.Case) { c.Subscription.Service.PerInstance = usd("500.00") },
			low: "0.00 USD", high: "0.00 USD", stakes: three},
		{why: "it consumes it alone", change: func(c *refund.Case) {
			c.Subscription.Service.PerInstance, c.Issues = usd("500.00"), c.Issues[1:2]
		}, low: "0.00 USD", high: "199.99 USD", stakes: "T-2 disputed 199.99 USD"},
		{why: "an issue costs nothing", change: func(c *refund.Case) { c.Subscription.Service.PerInstance = usd("0.00") },
			low: "199.99 USD", high: "199.99 USD", stakes: three},
		{why: "the cap is on all together", change: func(c *refund.Case) { c.Subscription.Paid = usd("120.00") },
			low: "99.99 USD", high: "120.00 USD", stakes: strings.ReplaceAll(three, "0.00", "20.01")},
		{why: "what went back before comes off", change: func(c *refund.Case) { c.Subscription.Refunded = usd("110.00") },
			low: "0.00 USD", high: "64.99 USD", stakes: strings.ReplaceAll(three, "0.00", "14.99")},

		{why: "a resolution at the request counts", change: func(c *refund.Case) { c.Request.At = c.Issues[3].Resolved },
			low: "99.99 USD", high: "174.99 USD", stakes: dispute + plausible + "T-4 unsupported 25.00 USD"},
		{why: "a resolution a nanosecond after it does not", change: func(c *refund.Case) { c.Request.At = c.Issues[3].Resolved.Add(-1) },
			low: "124.99 USD", high: "174.99 USD", stakes: dispute + plausible + "T-4 unsupported 0.00 USD"},
		{why: "it does until the window closes, under another reading", change: func(c *refund.Case) { c.Request.At = c.Issues[3].Resolved.Add(-1) },
			policy: func(p *refund.Policy) { p.Readings.ResolvedUntil = refund.ResolvedUntilWindowClose },
			low:    "99.99 USD", high: "174.99 USD", stakes: dispute + plausible + "T-4 unsupported 25.00 USD"},
		{why: "resolutions after the window closed", policy: func(p *refund.Policy) { p.WindowDays = 4 },
			change: func(c *refund.Case) { c.Request.At = c.Issues[1].Resolved.Add(time.Hour) },
			low:    "149.99 USD", high: "174.99 USD", stakes: dispute + "T-3 plausible 0.00 USD; T-4 unsupported 0.00 USD"},
		{why: "a resolution before the subscription", change: func(c *refund.Case) { c.Subscription.Start = c.Issues[1].Resolved.Add(1) },
			low: "149.99 USD", high: "199.99 USD", stakes: "T-2 disputed 0.00 USD; " + plausible + "T-4 unsupported 25.00 USD"},
		{why: "asked too late, nothing is worth anything", policy: func(p *refund.Policy) { p.WindowDays = 1 }, low: "0.00 USD", high: "0.00 USD", stakes: three},
		{why: "support for one time", change: func(c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }, low: "0.00 USD", high: "0.00 USD", stakes: three},

		{why: "an issue that was resolved since", change: func(c *refund.Case) { c.Issues[4].Resolved = c.Issues[4].Opened.Add(1) },
			low: "74.99 USD", high: "174.99 USD", stakes: dispute + plausible + "T-4 unsupported 25.00 USD; T-5 unset 25.00 USD"},
		{why: "a corroborated one that was resolved anew", change: func(c *refund.Case) { c.Issues[0].Resolved = c.Issues[0].Resolved.Add(1) },
			low: "99.99 USD", high: "199.99 USD", stakes: "T-1 unset 25.00 USD; " + dispute + plausible + "T-4 unsupported 25.00 USD"},
		{why: "an issue that nobody reviewed", change: func(c *refund.Case) { c.Issues[2].ID = "T-9" },
			low: "99.99 USD", high: "174.99 USD", stakes: dispute + "T-9 unset 25.00 USD; T-4 unsupported 25.00 USD"},
		{why: "one that was reopened", change: func(c *refund.Case) { c.Issues[1].Resolved = time.Time{} },
			low: "124.99 USD", high: "174.99 USD", stakes: plausible + "T-4 unsupported 25.00 USD"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			c, p := aCase(), policy
			report := review(c, aLog())
			if row.change != nil {
				row.change(&c)
			}
			if row.policy != nil {
				row.policy(&p)
			}
			given := clone(c.Issues)
			figures, err := report.Figures(p, c)
			if err != nil || figures.Logged.String() != row.low || figures.Corroborated.String() != row.high {
				t.Errorf("%v, %v, want from %s to %s", figures, err, row.low, row.high)
			}
			stakes, err := report.Stakes(p, c)
			if got := staked(stakes); err != nil || got != row.stakes {
				t.Errorf("%v\n got %s\nwant %s", err, got, row.stakes)
			}
			if !slices.Equal(c.Issues, given) {
				t.Error("the case's issues have changed")
			}
		})
	}
}

// The plausible resolution makes the difference between the supported and the
// corroborated ones.
func TestFigures(t *testing.T) {
	c := aCase()
	got, err := review(c, aLog()).Figures(policy, c)
	if err != nil || fmt.Sprint(got) != "{99.99 USD 149.99 USD 174.99 USD}" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestFiguresAndStakesRefuse(t *testing.T) {
	for _, row := range []struct {
		why    string
		report evidence.Report
		change func(*refund.Policy, *refund.Case)
		paths  []string
	}{
		{"another subscription than the one reviewed", review(aCase(), aLog()), func(_ *refund.Policy, c *refund.Case) { c.Subscription.ID = "SUB-2" }, []string{"subscription.id"}},
		{"no review", evidence.Report{}, func(*refund.Policy, *refund.Case) {}, []string{"subscription.id"}},
		{"no case", review(aCase(), aLog()), func(_ *refund.Policy, c *refund.Case) { c.Subscription.Paid = refund.Money{} }, []string{"subscription.paid"}},
		{"no case, and no review either", evidence.Report{}, func(_ *refund.Policy, c *refund.Case) { c.Subscription.ID = "" }, []string{"subscription.id"}},
		{"no issue log", review(aCase(), aLog()), func(_ *refund.Policy, c *refund.Case) { c.Issues = nil }, []string{"issues"}},
		{"no policy", review(aCase(), aLog()), func(p *refund.Policy, _ *refund.Case) { p.WindowDays = 0 }, []string{"policy.window_days"}},
		{"an invalid finding", review(aCase(), aLog()), func(_ *refund.Policy, c *refund.Case) {
			c.Findings = []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityBlocking}}
		}, []string{"findings[0].severity"}},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			p, c := policy, aCase()
			row.change(&p, &c)
			figures, err := row.report.Figures(p, c)
			if wantFaults(t, err, row.paths...); !figures.Logged.IsZero() || !figures.Supported.IsZero() || !figures.Corroborated.IsZero() {
				t.Errorf("%s: %v", row.why, figures)
			}
			stakes, err := row.report.Stakes(p, c)
			if wantFaults(t, err, row.paths...); stakes != nil {
				t.Errorf("%s: %v", row.why, staked(stakes))
			}
			var invalid *refund.InvalidError
			if !errors.As(err, &invalid) || strings.Contains(err.Error(), "SUB-") {
				t.Errorf("%s: %v", row.why, err)
			}
		})
	}
}

// drawMoney draws a policy, a case whose resolutions are near the instants that matter,
// and a review of it, or of one that was a little different.
func drawMoney(t *rapid.T) (refund.Policy, refund.Case, evidence.Report) {
	p, c := policy, aCase()
	p.WindowDays = rapid.IntRange(1, 12).Draw(t, "days")
	p.Readings.ResolvedUntil = refund.ResolvedUntil(rapid.IntRange(1, 2).Draw(t, "until"))
	p.Readings.DeductFrom = refund.DeductFrom(rapid.IntRange(1, 2).Draw(t, "from"))
	cents := func(most int, what string) (refund.Money, int) {
		n := rapid.IntRange(0, most).Draw(t, what)
		return usd(fmt.Sprintf("%d.%02d", n/100, n%100)), n
	}
	s := &c.Subscription
	s.Price, _ = cents(300, "price")
	paid := 0
	s.Paid, paid = cents(300, "paid")
	s.Refunded, _ = cents(paid, "refunded")
	s.Service.PerInstance, _ = cents(100, "a piece")
	s.Service.Billing = rapid.SampledFrom([]refund.Billing{1, 1, 1, 1, 2}).Draw(t, "billing")
	window, err := p.Window(s.Start)
	if err != nil {
		t.Fatal(err)
	}
	instants := []time.Time{s.Start.Add(-1), s.Start, c.Request.At, c.Request.At.Add(1), window.Closes.Add(-1), window.Closes}
	c.Issues = refund.IssueLog{}
	log := evidence.Log{}
	for i := range rapid.IntRange(0, 6).Draw(t, "issues") {
		resolved := rapid.SampledFrom(instants).Draw(t, "resolved")
		issue := refund.Issue{ID: fmt.Sprint("T-", i), Opened: resolved.Add(-time.Hour), Resolved: resolved}
		c.Issues = append(c.Issues, issue)
		switch id := fmt.Sprint("C-", i); rapid.IntRange(0, 5).Draw(t, "evidence") {
		case 0:
			c.Issues[i].Resolved = time.Time{}
		case 1:
			log.Calls = append(log.Calls, call(id, resolved, resolved))
		case 2:
			log.Calls = append(log.Calls, call(id, resolved.Add(1), resolved.Add(2), issue.ID))
		default:
			log.Calls = append(log.Calls, call(id, resolved, resolved, issue.ID))
		}
	}
	report := review(c, log)
	if n := len(c.Issues); n > 0 && rapid.Bool().Draw(t, "changed since") {
		issue := &c.Issues[rapid.IntRange(0, n-1).Draw(t, "issue")]
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			issue.ID = "T-9"
		case 1:
			issue.Resolved = issue.Opened
		case 2:
			issue.Resolved = time.Time{}
		}
	}
	return p, c, report
}

// Each figure is the result of an evaluation, and a stake is the difference that one
// resolution makes. Findings are valid, and change no amount.
func TestMoneyLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, report := drawMoney(t)
		refundable := func(issues refund.IssueLog) refund.Money {
			c := c
			c.Issues = issues
			o, err := p.Evaluate(c)
			if err != nil {
				t.Fatal(err)
			}
			return o.Refundable
		}
		minus := func(a, b refund.Money) refund.Money {
			d, err := a.Sub(b)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		var shown, supported refund.IssueLog
		for _, issue := range c.Issues {
			for _, r := range report.Resolutions {
				if r.Issue != issue.ID || !r.Opened.Equal(issue.Opened) || !r.Resolved.Equal(issue.Resolved) {
					continue
				}
				switch r.Standing {
				case evidence.StandingCorroborated:
					shown, supported = append(shown, issue), append(supported, issue)
				case evidence.StandingPlausible:
					supported = append(supported, issue)
				}
			}
		}
		if got := report.Corroborated(c.Issues); !slices.Equal(got, shown) {
			t.Errorf("%v are corroborated, want %v", got, shown)
		}
		if got := report.Supported(c.Issues); !slices.Equal(got, supported) {
			t.Errorf("%v are supported, want %v", got, supported)
		}

		figures, err := report.Figures(p, c)
		if err != nil {
			t.Fatal(err)
		}
		low, middle, high := figures.Logged, figures.Supported, figures.Corroborated
		most := minus(c.Subscription.Price, c.Subscription.Refunded)
		if paid := minus(c.Subscription.Paid, c.Subscription.Refunded); minus(paid, most).Sign() < 0 {
			most = paid
		}
		if !low.Equal(refundable(c.Issues)) || !middle.Equal(refundable(append(refund.IssueLog{}, supported...))) ||
			!high.Equal(refundable(append(refund.IssueLog{}, shown...))) {
			t.Errorf("%v, %v, %v", low, middle, high)
		}
		if low.Sign() < 0 || minus(middle, low).Sign() < 0 || minus(high, middle).Sign() < 0 || high.Sign() > 0 && minus(most, high).Sign() < 0 {
			t.Errorf("from %v to %v, of at most %v", low, high, most)
		}

		var want []evidence.Stake
		for i, issue := range c.Issues {
			if issue.Resolved.IsZero() || slices.Contains(shown, issue) {
				continue
			}
			standing := report.Standing(issue.ID)
			for _, r := range report.Resolutions {
				if r.Issue == issue.ID && !r.Resolved.Equal(issue.Resolved) {
					standing = 0
				}
			}
			without := append(append(refund.IssueLog{}, c.Issues[:i]...), c.Issues[i+1:]...)
			want = append(want, evidence.Stake{Issue: issue.ID, Standing: standing, Amount: minus(refundable(without), low)})
		}
		stakes, err := report.Stakes(p, c)
		if err != nil || staked(stakes) != staked(want) {
			t.Errorf("%v\n got %s\nwant %s", err, staked(stakes), staked(want))
		}
		for _, s := range stakes {
			if s.Amount.Sign() < 0 || minus(minus(high, low), s.Amount).Sign() < 0 {
				t.Errorf("%v is worth %v of a range from %v to %v", s.Issue, s.Amount, low, high)
			}
		}

		c.Findings = report.Findings()
		if !refundable(c.Issues).Equal(low) {
			t.Error("findings have changed the amount")
		}
	})
}
