package notice_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// dated returns refunds that add up to the refunded amount of a case, or nil for an amount of
// zero.
func dated(t *rapid.T, c refund.Case) (list []notice.Refund) {
	m := c.Subscription.Refunded
	if m.Sign() <= 0 {
		return nil
	}
	weights := slices.Repeat([]refund.Money{m}, rapid.IntRange(1, 6).Draw(t, "refunds"))
	parts, err := m.Allocate(weights...)
	if err != nil {
		t.Fatalf("%v", err)
	}
	for i, part := range parts {
		if part.Sign() > 0 {
			at := c.Request.At.Add(time.Duration(rapid.IntRange(-1000, 1000).Draw(t, "hours")) * time.Hour)
			list = append(list, notice.Refund{Amount: part, At: at, Reference: "re_" + strconv.Itoa(i)})
		}
	}
	return list
}

// Everything is inside each picture, no text covers another, and the description has all texts.
func TestPicturesHoldWhatTheyShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, _ := drawn(t)
		opt := notice.TimelineOptions{ForCompany: rapid.Bool().Draw(t, "company")}
		if rapid.Bool().Draw(t, "dated") {
			opt.Refunds = dated(t, c)
		}
		checkPicture(t, timeline(t, p, c, opt))
	})
}

// The steps of a picture are those of whatif.Timeline, in place and in height, and its window
// and its request are where these have them.
func TestStepsAreThoseOfTheTimeline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, o := drawn(t)
		pic := readPicture(t, timeline(t, p, c, notice.TimelineOptions{ForCompany: true}))
		changes, err := whatif.Timeline(p, c)
		if err != nil {
			t.Fatalf("%v", err)
		}
		most := changes[0].Refundable
		for _, change := range changes {
			if sign, _ := change.Refundable.Cmp(most); sign > 0 {
				most = change.Refundable
			}
		}
		const height = 84
		if len(pic.steps) < 2 || pic.steps[0].x != pic.from || pic.steps[len(pic.steps)-1].y < pic.low-height {
			t.Fatalf("the steps %v do not begin with the window at %d", pic.steps, pic.from)
		}
		apart := 1 // pixels between the place by the window and by the picture's own scale
		if pic.to-pic.from == 2 {
			apart = 2 // a window of no width is drawn as wide as this
		}
		near := func(a, b int) bool { return max(a-b, b-a) <= apart }
		place := func(at time.Time) int { // by the ends of the window
			x := new(big.Rat).SetFrac64(at.Unix()-o.Window.Opens.Unix(), max(o.Window.Closes.Unix()-o.Window.Opens.Unix(), 1))
			x.Mul(x, big.NewRat(int64(pic.to-pic.from), 1))
			whole, _ := x.Float64()
			return pic.from + int(whole)
		}
		// The amount that is drawn at the left end of each step is that of a change at this
		// place, and the last change at a place is drawn.
		for i := 0; i < len(pic.steps); i += 2 {
			from, to := pic.steps[i], pic.steps[i+1]
			if from.y != to.y || from.x > to.x || i > 0 && pic.steps[i-1].x != from.x {
				t.Fatalf("the corners %v are not steps", pic.steps)
			}
			found := false
			for _, change := range changes {
				found = found || near(place(change.At), from.x) && near(pic.low-rise(change.Refundable, most, height), from.y)
			}
			if !found {
				t.Fatalf("no change is at %v: %v", from, changes)
			}
		}
		for i, change := range changes {
			x, y := place(change.At), pic.low-rise(change.Refundable, most, height)
			hidden := i+1 < len(changes) && near(place(changes[i+1].At), x)
			found := slices.ContainsFunc(pic.steps, func(c corner) bool { return near(c.x, x) && near(c.y, y) })
			if !found && !hidden {
				t.Fatalf("the change at %v of %v is not at %d, %d in %v", change.At, change.Refundable, x, y, pic.steps)
			}
		}
	})
}

// The mark of the request is as high as the amount of the outcome, even where another step is
// drawn in its place, such as the closing of the window after a request on the last day.
func TestTheMarkOfTheRequestIsAtItsAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, o := drawn(t)
		switch rapid.IntRange(0, 3).Draw(t, "asked") {
		case 0:
			c.Request.At = o.Window.Closes.Add(-time.Second)
		case 1:
			c.Request.At = o.Window.Closes
		case 2:
			if len(c.Issues) > 0 && o.Window.Contains(c.Issues[0].Resolved) {
				c.Request.At = c.Issues[0].Resolved.Add(-time.Nanosecond)
			}
		}
		c.Request.CalledBack = time.Time{}
		o, err := p.Evaluate(c)
		if err != nil {
			t.Skip("no request is possible then")
		}
		changes, err := whatif.Timeline(p, c)
		if err != nil {
			t.Fatalf("%v", err)
		}
		pic := readPicture(t, timeline(t, p, c, notice.TimelineOptions{ForCompany: true}))
		want := pic.low - rise(o.Refundable, changes[0].Refundable, 84)
		if !slices.ContainsFunc(pic.marks, func(m markBox) bool {
			return m.element == "circle" && m.filled == "ink" && m.stroke == "page" && m.top+m.bottom == 2*want
		}) {
			t.Fatalf("no mark at the height %d of %v", want, o.Refundable)
		}
	})
}

// rise returns how high an amount is drawn, computed apart from the library.
func rise(m, most refund.Money, height int64) int {
	if m.Sign() == 0 {
		return 0
	}
	part := new(big.Rat).Quo(m.Decimal().Rat(), most.Decimal().Rat())
	part.Mul(part, big.NewRat(height, 1))
	return max(int(new(big.Int).Quo(part.Num(), part.Denom()).Int64()), 1)
}

// A picture counts as many issues as the outcome, and does not depend on the order of the log.
func TestPicturesCountTheIssues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, o := drawn(t)
		opt := notice.TimelineOptions{ForCompany: true}
		picture := timeline(t, p, c, opt)
		pic := readPicture(t, picture)
		if len(c.Issues) <= 8 && (pic.counted > o.ResolvedIssues || strings.Count(pic.desc, ": counted") != o.ResolvedIssues ||
			strings.Count(pic.desc, ": not counted") != len(c.Issues)-o.ResolvedIssues) {
			t.Fatalf("%d of %d issues count:\n%s", o.ResolvedIssues, len(c.Issues), pic.desc)
		}
		c.Issues = append(refund.IssueLog{}, rapid.Permutation(c.Issues).Draw(t, "order")...)
		if timeline(t, p, c, opt) != picture {
			t.Fatalf("another picture for the issues in another order")
		}
	})
}

// Findings, accounts and the names inside the company do not change a picture.
func TestPicturesDoNotDependOnFindings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, _ := drawn(t)
		c.Request.By, c.Findings = c.Subscription.Account, nil
		before := timeline(t, p, c, notice.TimelineOptions{})
		p.Version = "another"
		c.Subscription.Account, c.Request.By, c.Request.RecordedBy, c.Request.Reason = "SECRET-1", "SECRET-1", "SECRET-2", "SECRET-3"
		c.Subscription.Service.Code = "SECRET-4"
		c.Findings = []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "SECRET-5", Detail: "SECRET-6"}}
		if timeline(t, p, c, notice.TimelineOptions{}) != before {
			t.Fatalf("another picture")
		}
	})
}

// A picture on hold that the customer may see has no amounts, no issues and no id.
func TestHeldPicturesHaveNoAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, o := drawn(t)
		c.Subscription.ID = "SUB-HELD"
		for i := range c.Issues {
			c.Issues[i].Subscription = ""
		}
		find(&c, refund.ClauseCredentials, refund.SeverityBlocking, "R-1", "SECRET")
		picture := timeline(t, p, c, notice.TimelineOptions{})
		pic := checkPicture(t, picture)
		if !strings.Contains(pic.title, "On hold") || len(pic.steps) > 0 || pic.counted > 0 || pic.to > 0 {
			t.Fatalf("%+v", pic)
		}
		currency := o.Basis.Price.Currency().Code()
		for _, secret := range []string{"SUB-HELD", " " + currency, "$", "€", "£", "₹", "₺", "resolved", "counted", "SECRET"} {
			if strings.Contains(picture, secret) {
				t.Fatalf("the picture has %q:\n%s", secret, picture)
			}
		}
		if shown := timeline(t, p, c, notice.TimelineOptions{ForCompany: true}); !strings.Contains(shown, "SUB-HELD") || strings.Contains(shown, "SECRET") {
			t.Fatalf("the company's picture:\n%s", shown)
		}
	})
}

// Many issues and long ids make a picture of a page, in little time.
func TestPicturesAreBounded(t *testing.T) {
	p, c, _ := evaluated(t, nil)
	c.Subscription.ID = strings.Repeat("\u0301SUB", 100_000)
	for _, n := range []int{1, 20, 250, 251, refund.MaxIssues} {
		c.Issues = nil
		for i := range n {
			at := testkit.March(2, 11, 0).Add(time.Duration(i) * 300 * time.Hour / time.Duration(n))
			c.Issues = append(c.Issues, refund.Issue{ID: strings.Repeat("x", 100) + strconv.Itoa(i), Opened: at, Resolved: at})
		}
		c.Issues[0].ID = "x" + strings.Repeat("\u200d", 100_000) // characters without a width
		picture := timeline(t, p, c, notice.TimelineOptions{})
		pic := checkPicture(t, picture)
		if len(picture) > 40_000 || pic.height > 1000 {
			t.Errorf("%d issues: %d bytes, and a height of %d", n, len(picture), pic.height)
		}
		if left := strings.Contains(pic.desc, "is not drawn: more than 250 issues"); left != (n > 250) || left != (pic.steps == nil) {
			t.Errorf("%d issues: the steps %v, and %q", n, pic.steps, pic.desc)
		}
	}
}

// A description lists the first steps and the last, and the number of the others.
func TestDescriptionsListTwelveSteps(t *testing.T) {
	p, c, _ := evaluated(t, nil)
	c.Subscription.Service.PerInstance = testkit.USD("1.00")
	c.Issues = nil
	for i := range 30 {
		c.Issues = append(c.Issues, refund.Issue{ID: strconv.Itoa(i), Opened: testkit.March(2, 11, 0), Resolved: testkit.March(2, 11+i, 0)})
	}
	pic := checkPicture(t, timeline(t, p, c, notice.TimelineOptions{}))
	_, steps, _ := strings.Cut(pic.desc, "by the time of the request: ")
	want := "; $189.99 from 2 March 2026 at 20:00 EST; 20 more steps; $0.00 from 18 March 2026 at 00:00 EDT."
	if strings.Count(steps, " from ") != 12 || !strings.HasSuffix(steps, want) || len(pic.steps) < 2*20 { // some are in one place
		t.Errorf("%s\n%d corners", steps, len(pic.steps))
	}
}

// In the last days of the calendar a request at the closing of the window has no call back, so
// that its amount is not known.
func TestStepsThatCannotBeJudgedAreLeftOut(t *testing.T) {
	end := func(day int) time.Time { return time.Date(9999, time.December, day, 10, 0, 0, 0, testkit.NewYork) }
	p, c, _ := evaluated(t, nil)
	p.Readings.CallbackClock, p.CallbackWithin = refund.CallbackClockElapsed, 48*time.Hour
	c.Issues, c.Subscription.Start, c.Request.At = refund.IssueLog{}, end(15), end(16)
	pic := checkPicture(t, timeline(t, p, c, notice.TimelineOptions{}))
	if pic.steps != nil || !strings.HasSuffix(pic.desc, "is not drawn: a request at another time could not be judged.") {
		t.Errorf("%v, and %s", pic.steps, pic.desc)
	}
}

// The days of grouped issues are as short as their months and years allow.
func TestDaysOfGroups(t *testing.T) {
	for _, row := range []struct {
		reason     string
		start, end refund.Date
		want       string
	}{
		{"one day", refund.MustDate("2026-03-03"), refund.MustDate("2026-03-03"), "resolved on 3 March 2026"},
		{"days of one month", refund.MustDate("2026-03-03"), refund.MustDate("2026-03-14"), "resolved from 3 to 14 March 2026"},
		{"days of one year", refund.MustDate("2026-02-28"), refund.MustDate("2026-03-10"), "resolved from 28 February to 10 March 2026"},
		{"days of two years", refund.MustDate("2025-12-30"), refund.MustDate("2026-01-09"), "resolved from 30 December 2025 to 9 January 2026"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, c, _ := evaluated(t, nil)
			c.Subscription.Start = row.start.Start(testkit.NewYork)
			c.Request.At = row.end.AddDays(1).Start(testkit.NewYork)
			c.Issues = nil
			days := 1
			for row.start.AddDays(days-1) != row.end {
				days++
			}
			for i := range 20 {
				at := row.start.AddDays(i % days).Start(testkit.NewYork)
				c.Issues = append(c.Issues, refund.Issue{ID: strconv.Itoa(i), Opened: at, Resolved: at})
			}
			if pic := checkPicture(t, timeline(t, p, c, notice.TimelineOptions{})); !strings.Contains(pic.desc, "20 issues: counted, charges $500.00; "+row.want+". ") {
				t.Error(pic.desc)
			}
		})
	}
}

func TestTimelineRefusesOptionsThatContradictTheCase(t *testing.T) {
	refunded := func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = testkit.USD("30.00") }
	p, c, o := evaluated(t, refunded)
	d, err := approve("")(p, c, o)
	if err != nil {
		t.Fatal(err)
	}
	_, other, _ := evaluated(t, nil)
	longer := testkit.Policy()
	longer.WindowDays = 30
	at := testkit.March(5, 9, 0)
	for _, row := range []struct {
		reason string
		policy refund.Policy
		c      refund.Case
		opt    notice.TimelineOptions
		path   string
	}{
		{"the refunds add up to less than was refunded", p, c, notice.TimelineOptions{Refunds: []notice.Refund{{Amount: testkit.USD("29.00"), At: at}}}, "options.refunds"},
		{"an empty list of refunds states that there were none", p, c, notice.TimelineOptions{Refunds: []notice.Refund{}}, "options.refunds"},
		{"a refund has no instant", p, c, notice.TimelineOptions{Refunds: []notice.Refund{{Amount: testkit.USD("30.00")}}}, "options.refunds[0].at"},
		{"a refund is in another currency", p, c, notice.TimelineOptions{Refunds: []notice.Refund{{Amount: refund.MustMoney("30", "EUR"), At: at}}}, "options.refunds[0].amount"},
		{"the decision is on another case", p, other, notice.TimelineOptions{Decision: d.Facts()}, "options.decision"},
		{"the decision is by another policy", longer, c, notice.TimelineOptions{Decision: d.Facts()}, "options.decision"},
		{"the case has no subscription id", p, func() refund.Case { c := other; c.Subscription.ID = ""; return c }(), notice.TimelineOptions{}, "subscription.id"},
		{"the policy has no location", refund.Policy{}, other, notice.TimelineOptions{}, "policy.location"},
	} {
		testkit.Row(t, row.reason, func(t *testing.T) {
			picture, err := notice.Timeline(row.policy, row.c, row.opt)
			if !slices.Contains(testkit.Paths(err), row.path) || picture != "" {
				t.Errorf("%v, and %d bytes", err, len(picture))
			}
		})
	}
	if _, err := notice.Timeline(p, c, notice.TimelineOptions{Decision: decision.Facts{}}); err != nil {
		t.Errorf("the zero Decision is no decision: %v", err)
	}
}

// The marks of a picture have a contrast of at least 3:1 to both backgrounds.
func TestMarksHaveContrast(t *testing.T) {
	for name, p := range notice.Palettes {
		for _, ink := range []string{"Ink", "Muted", "Strong"} {
			for _, paper := range []string{"Paper", "Page"} {
				if c := testkit.Contrast(p[ink], p[paper]); c < 3 {
					t.Errorf("%s: %s on %s has a contrast of %.1f", name, ink, paper, c)
				}
			}
		}
	}
}
