package refundgen

import (
	"math/big"
	"strconv"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Case generates valid cases for a policy.
func Case(p refund.Policy) *rapid.Generator[refund.Case] {
	where := placeOf(p)
	return rapid.Custom(func(t *rapid.T) refund.Case {
		g := &caseGen{T: t, policy: p, where: where}
		g.start()
		g.request()
		g.issues()
		g.money()
		g.c.Findings = drawFindings(t)
		return g.c
	})
}

// Finding generates valid findings.
func Finding() *rapid.Generator[refund.Finding] {
	return rapid.Custom(func(t *rapid.T) refund.Finding { return drawFinding(t) })
}

// A caseGen is a case on its way.
type caseGen struct {
	*rapid.T
	policy  refund.Policy
	where   place
	c       refund.Case
	window  refund.Window
	started time.Time
	asked   time.Time
}

func (g *caseGen) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(g.T, label) }

// seen returns an instant as some machine shows it.
func (g *caseGen) seen(label string, at time.Time) time.Time {
	switch g.pick(label+"Zone", 4) {
	case 2:
		return at.In(time.FixedZone("elsewhere", -(9*60+30)*60))
	case 3:
		return at.In(g.policy.Location)
	}
	return at.UTC()
}

// near returns an instant at or next to another.
func (g *caseGen) near(label string, at time.Time) time.Time {
	switch g.pick(label+"Near", 7) {
	default:
		return at
	case 1:
		return at.Add(-time.Nanosecond)
	case 2:
		return at.Add(time.Nanosecond)
	case 3:
		return at.Add(time.Duration(rapid.IntRange(-90, 90).Draw(g.T, label+"Minutes")) * time.Minute)
	case 4:
		return at.Add(time.Duration(rapid.IntRange(-26, 26).Draw(g.T, label+"Hours")) * time.Hour)
	case 5:
		return at.Add(time.Duration(rapid.Int64Range(-int64(2*time.Hour), int64(2*time.Hour)).Draw(g.T, label+"Nanoseconds")))
	}
}

func (g *caseGen) start() {
	anchor := rapid.SampledFrom(g.where.anchors).Draw(g.T, "anchor")
	switch g.pick("start", 3) {
	case 0:
		g.started = g.near("start", anchor)
	case 1: // the window closes there, or a little earlier or later
		days := g.policy.WindowDays + rapid.IntRange(-1, 1).Draw(g.T, "days")
		g.started = g.near("start", anchor.AddDate(0, 0, -days))
	case 2: // the request or the call back happens there
		g.started = g.near("start", anchor.Add(-36*time.Hour))
	}
	s := &g.c.Subscription
	s.ID = "SUB-1"
	s.Start = g.seen("start", g.started)
	var err error
	if g.window, err = g.policy.Window(g.started); err != nil {
		g.Fatalf("window of %v: %v", g.started, err)
	}
	s.Account = rapid.SampledFrom([]string{"ACC-7", ""}).Draw(g.T, "account")
}

// within returns some instant in the window.
func (g *caseGen) within(label string) time.Time {
	length := g.window.Closes.Sub(g.window.Opens)
	parts := rapid.Int64Range(0, 1000).Draw(g.T, label+"Thousandth")
	return g.window.Opens.Add(length / 1000 * time.Duration(parts)).Truncate(time.Minute)
}

func (g *caseGen) request() {
	at := g.started
	switch g.pick("asked", 9) {
	case 0, 1:
		at = g.within("asked")
	case 2:
		at = g.started
	case 3, 4:
		at = g.near("asked", g.window.Closes)
	case 5:
		at = g.near("asked", rapid.SampledFrom(g.where.anchors).Draw(g.T, "askedAnchor"))
	case 6, 7: // the desk opens or closes
		day := refund.DateOf(g.within("asked").In(g.policy.Location))
		o := g.policy.Hours[day.Weekday()]
		clock := rapid.SampledFrom([]time.Duration{o.Opens, o.Closes}).Draw(g.T, "askedClock")
		at = time.Date(day.Year, day.Month, day.Day, 0, int(clock/time.Minute), 0, 0, g.policy.Location)
		at = at.Add(rapid.SampledFrom([]time.Duration{0, -time.Nanosecond, time.Minute}).Draw(g.T, "askedBeside"))
	case 8:
		at = g.window.Closes.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(g.T, "askedLate")) * time.Hour)
	}
	if at.Before(g.started) {
		at = g.started
	}
	g.asked = at
	r := &g.c.Request
	r.At = g.seen("asked", at)
	r.By = rapid.SampledFrom([]string{"ACC-7", "", "ACC-8"}).Draw(g.T, "by")
	r.TakenBy = rapid.SampledFrom([]string{"", "ops-1"}).Draw(g.T, "takenBy")
	r.Channel = rapid.SampledFrom([]refund.Channel{refund.ChannelEmail, refund.ChannelPhone, refund.ChannelPhone, refund.ChannelOther}).Draw(g.T, "channel")
	r.Reason = rapid.SampledFrom([]string{"not satisfied", "", " \t\n"}).Draw(g.T, "reason")
	due, err := g.policy.Callback(at)
	if err != nil {
		g.Fatalf("call back of %v: %v", at, err)
	}
	called := time.Time{}
	switch g.pick("calledBack", 6) {
	case 1:
		called = at
	case 2:
		called = due.Earliest
	case 3:
		called = due.Latest
	case 4:
		called = due.Latest.Add(time.Nanosecond)
	case 5:
		called = g.near("called", due.Latest)
	}
	if called.IsZero() {
		return
	}
	if called.Before(at) {
		called = at
	}
	r.CalledBack = g.seen("called", called)
}

func (g *caseGen) issues() {
	g.c.Issues = refund.IssueLog{}
	for i := range rapid.SampledFrom([]int{1, 0, 2, 3, 5, 0}).Draw(g.T, "issues") {
		issue := refund.Issue{ID: "T-" + strconv.Itoa(i+1)}
		issue.Subscription = rapid.SampledFrom([]string{"", "SUB-1"}).Draw(g.T, "issueSubscription")
		resolved, open := g.asked, false
		switch g.pick("resolved", 9) {
		case 0, 1:
			resolved = g.within("resolved")
		case 2:
			open = true
		case 3:
			resolved = g.near("resolved", g.window.Opens)
		case 4, 5:
			resolved = g.near("resolved", g.asked)
		case 6:
			resolved = g.near("resolved", g.window.Closes)
		case 7:
			resolved = g.window.Opens.Add(-time.Duration(rapid.IntRange(1, 100).Draw(g.T, "daysBefore")) * 24 * time.Hour)
		case 8:
			resolved = g.window.Closes.Add(time.Duration(rapid.IntRange(0, 100).Draw(g.T, "daysAfter")) * 24 * time.Hour)
		}
		took := rapid.SampledFrom([]time.Duration{time.Hour, 0, 90 * 24 * time.Hour}).Draw(g.T, "took")
		issue.Opened = g.seen("opened", resolved.Add(-took))
		if !open {
			issue.Resolved = g.seen("resolved", resolved)
		}
		g.c.Issues = append(g.c.Issues, issue)
	}
}

func (g *caseGen) money() {
	currency := rapid.SampledFrom(Currencies()).Draw(g.T, "currency")
	charge := drawMinor(g.T, "charge")
	one := big.NewInt(1)

	// How many charges the price is worth, so that they often just use it up.
	charges := rapid.IntRange(0, max(len(g.c.Issues), 1)).Draw(g.T, "charges")
	price := new(big.Int).Mul(charge, big.NewInt(int64(charges)))
	switch g.pick("price", 8) {
	case 0, 1: // more
		price.Add(price, drawMinor(g.T, "more"))
	case 2, 7: // as much
	case 3:
		price.Add(price, one)
	case 4:
		if price.Sub(price, one).Sign() < 0 {
			price.SetInt64(0)
		}
	case 5:
		price = drawMinor(g.T, "price")
	case 6:
		price.SetInt64(0)
	}
	paid := new(big.Int).Set(price)
	switch g.pick("paid", 9) {
	case 4:
		paid.SetInt64(0)
	case 5:
		paid.Rsh(paid, 1)
	case 6:
		paid.Lsh(paid, 1)
	case 7:
		if paid.Sub(paid, one).Sign() < 0 {
			paid.SetInt64(0)
		}
	case 8:
		paid = drawMinor(g.T, "paid")
	}
	refunded := new(big.Int)
	absent := false
	switch g.pick("refunded", 7) {
	default:
		absent = true
	case 2: // an amount of nothing
	case 3:
		refunded.Set(paid)
	case 4:
		refunded.Rsh(paid, 2)
	case 5:
		if paid.Sign() > 0 {
			refunded.Set(one)
		}
	case 6:
		refunded = drawMinor(g.T, "refunded")
		refunded.Mod(refunded, new(big.Int).Add(paid, one))
	}

	s := &g.c.Subscription
	s.Service.Code = "pc-care"
	s.Service.Billing = rapid.SampledFrom([]refund.Billing{
		refund.BillingRecurring, refund.BillingRecurring, refund.BillingRecurring, refund.BillingRecurring, refund.BillingOneTime,
	}).Draw(g.T, "billing")
	s.Service.PerInstance = Money(charge, currency)
	if s.Service.Billing == refund.BillingOneTime && rapid.Bool().Draw(g.T, "noCharge") {
		s.Service.PerInstance = refund.Money{}
	}
	s.Price, s.Paid = Money(price, currency), Money(paid, currency)
	if !absent {
		s.Refunded = Money(refunded, currency)
	}
}

func drawFindings(t *rapid.T) []refund.Finding {
	var list []refund.Finding
	for range rapid.IntRange(0, 6).Draw(t, "findings") {
		list = append(list, drawFinding(t))
	}
	return list
}

var (
	findingClauses = func() (list []refund.Clause) {
		for _, c := range refund.Clauses() {
			if c.TakesFindings() {
				list = append(list, c)
			}
		}
		return list
	}()
	severities = []refund.Severity{refund.SeveritySatisfied, refund.SeverityAdvisory, refund.SeverityBlocking}
	subjects   = []string{"", "T-1", "REC-2"}
	details    = []string{"seen", "", "two\nlines", "\x1b[31mred\x1b[0m", "\u202e\u2028\x00\xff", "naïve ✓"}
)

func drawFinding(t *rapid.T) refund.Finding {
	clause := rapid.SampledFrom(findingClauses).Draw(t, "clause")
	most := 2 // blocking is for two clauses alone
	if clause == refund.ClauseCredentials || clause == refund.ClauseAccountAccess {
		most = 3
	}
	return refund.Finding{
		Clause:   clause,
		Severity: rapid.SampledFrom(severities[:most]).Draw(t, "severity"),
		Subject:  rapid.SampledFrom(subjects).Draw(t, "subject"),
		Detail:   rapid.SampledFrom(details).Draw(t, "detail"),
	}
}
