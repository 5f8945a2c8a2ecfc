package whatif_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// drawAsked draws an instant not before the subscription: that of the request, one at or
// beside a resolution or an end of the window, or another one.
func drawAsked(t *rapid.T, label string, c refund.Case, w refund.Window) time.Time {
	instants := []time.Time{c.Request.At, w.Opens, w.Closes}
	for _, issue := range c.Issues {
		if !issue.Resolved.IsZero() {
			instants = append(instants, issue.Resolved)
		}
	}
	at := rapid.SampledFrom(instants).Draw(t, label)
	at = at.Add(time.Duration(rapid.SampledFrom([]int64{0, -1, 1, -int64(time.Hour), int64(48 * time.Hour)}).Draw(t, label+"Beside")))
	if rapid.Bool().Draw(t, label+"Anywhere") {
		at = w.Opens.Add(time.Duration(rapid.Int64Range(0, int64(w.Closes.Sub(w.Opens))).Draw(t, label+"After")))
	}
	if at.Before(c.Subscription.Start) {
		return c.Subscription.Start
	}
	return at
}

func TestTimelineEqualsEvaluateAtEveryInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		changes, err := whatif.Timeline(p, c)
		if err != nil {
			t.Fatalf("timeline: %v", err)
		}
		now, err := p.Evaluate(c)
		if err != nil {
			t.Fatalf("evaluate: %v", err)
		}
		same := func(at time.Time, o refund.Outcome) {
			got := changes.At(at)
			if !got.Refundable.Equal(o.Refundable) || got.Verdict != o.Verdict {
				t.Fatalf("at %v: %v %v, evaluated %v %v", at, got.Refundable, got.Verdict, o.Refundable, o.Verdict)
			}
		}
		same(c.Request.At, now)
		c.Request.CalledBack = time.Time{}
		for range 4 {
			c.Request.At = drawAsked(t, "at", c, now.Window)
			o, err := p.Evaluate(c)
			if err != nil {
				t.Fatalf("evaluate: %v", err)
			}
			same(c.Request.At, o)
		}
	})
}

func TestTimelineStartsAndEndsWithTheWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		changes, err := whatif.Timeline(p, c)
		if err != nil {
			t.Fatalf("timeline: %v", err)
		}
		w, err := p.Window(c.Subscription.Start)
		if err != nil {
			t.Fatalf("window: %v", err)
		}
		first, last := changes[0], changes[len(changes)-1]
		if !first.At.Equal(w.Opens) || !last.At.Equal(w.Closes) || last.Refundable.Sign() != 0 {
			t.Fatalf("from %+v to %+v, window %+v", first, last, w)
		}
		for i := 1; i < len(changes); i++ {
			a, b := changes[i-1], changes[i]
			if !a.At.Before(b.At) || a.Refundable.Equal(b.Refundable) && a.Verdict == b.Verdict && i < len(changes)-1 {
				t.Fatalf("step %d: %+v, then %+v", i, a, b)
			}
		}
	})
}

func TestLastBetterIsTheLastInstantThatGaveMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		changes, err := whatif.Timeline(p, c)
		if err != nil {
			t.Fatalf("timeline: %v", err)
		}
		now, err := p.Evaluate(c)
		if err != nil {
			t.Fatalf("evaluate: %v", err)
		}
		asked := c.Request.At
		ask := func(at time.Time) refund.Money {
			c.Request.At, c.Request.CalledBack = at, time.Time{}
			o, err := p.Evaluate(c)
			if err != nil {
				t.Fatalf("evaluate: %v", err)
			}
			return o.Refundable
		}
		more := func(m refund.Money) bool { sign, _ := m.Cmp(now.Refundable); return sign > 0 }
		at, change, found := changes.LastBetter(asked)
		if found {
			if !at.Before(asked) || !ask(at).Equal(change.Refundable) || !more(change.Refundable) {
				t.Fatalf("at %v: %v, asked at %v: %v", at, change.Refundable, asked, now.Refundable)
			}
		} else {
			at = c.Subscription.Start.Add(-1)
		}
		// No instant between it and the request gave more.
		for range 3 {
			other := drawAsked(t, "other", c, now.Window)
			if other.After(at) && !other.After(asked) && more(ask(other)) {
				t.Fatalf("%v gave more, after %v (%v)", other, at, found)
			}
		}
	})
}

func TestTimelineSteps(t *testing.T) {
	issues := func(days ...int) refund.IssueLog {
		log := refund.IssueLog{}
		for _, day := range days {
			log = append(log, refund.Issue{ID: fmt.Sprint("T-", len(log)), Opened: testkit.March(1, 9, 0), Resolved: testkit.March(day, 11, 0)})
		}
		return log
	}
	windowClose := func(p *refund.Policy) { p.Readings.ResolvedUntil = refund.ResolvedUntilWindowClose }
	unresolved := func(p *refund.Policy) { p.Readings.OneTime = refund.OneTimeRefundedIfUnresolved }
	published := func(*refund.Policy) {}
	oneTime := func(c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }
	same := func(*refund.Case) {}
	rows := []struct {
		reason string
		policy func(*refund.Policy)
		change func(*refund.Case)
		issues refund.IssueLog
		want   string
	}{
		{"each resolution reduces the amount from its instant on", published, same, issues(3, 5),
			"2 10:00 199.99 case-1, 3 11:00 174.99 case-2, 5 11:00 149.99 case-2, 18 00:00 0.00 guarantee"},
		{"two resolutions at one instant are one change", published, same, issues(3, 3),
			"2 10:00 199.99 case-1, 3 11:00 149.99 case-2, 18 00:00 0.00 guarantee"},
		{"resolutions before and after the window change nothing", published, same, issues(1, 20),
			"2 10:00 199.99 case-1, 18 00:00 0.00 guarantee"},
		{"an amount that is used up does not change again", published,
			func(c *refund.Case) {
				c.Subscription.Paid, c.Subscription.Price = testkit.USD("40.00"), testkit.USD("40.00")
			}, issues(3, 4, 5),
			"2 10:00 40.00 case-1, 3 11:00 15.00 case-2, 4 11:00 0.00 case-2, 18 00:00 0.00 guarantee"},
		{"every resolution in the window counts whenever the customer asks", windowClose, same, issues(3, 5),
			"2 10:00 149.99 case-2, 18 00:00 0.00 guarantee"},
		{"a one-time service is not refunded at any time", published, oneTime, issues(3),
			"2 10:00 0.00 one-time, 18 00:00 0.00 one-time"},
		{"a one-time service is refunded until a resolution counts", unresolved, oneTime, issues(3),
			"2 10:00 199.99 case-1, 3 11:00 0.00 one-time, 18 00:00 0.00 one-time"},
	}
	for _, row := range rows {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, c := testkit.Policy(), caseOf(row.change)
			row.policy(&p)
			c.Issues = row.issues
			changes, err := whatif.Timeline(p, c)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, change := range changes {
				got = append(got, fmt.Sprint(change.At.Format("2 15:04 "), change.Refundable.Amount(), " ", change.Clause))
			}
			if got := strings.Join(got, ", "); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestTimelineIgnoresTheRecordedCallBack(t *testing.T) {
	c := caseOf(func(c *refund.Case) { c.Request.CalledBack = testkit.March(10, 13, 0) })
	if _, err := whatif.Timeline(testkit.Policy(), c); err != nil {
		t.Errorf("the window closes after the call back: %v", err)
	}
}

func TestTimelineOfACaseThatIsRefused(t *testing.T) {
	c := caseOf(func(c *refund.Case) { c.Issues = nil })
	if changes, err := whatif.Timeline(testkit.Policy(), c); changes != nil || !testkit.HasPaths(err, "issues") {
		t.Errorf("no issue log: %v, %v", changes, err)
	}
	if _, err := whatif.Timeline(nil, c); !testkit.HasPaths(err, "policy") {
		t.Errorf("no policy: %v", err)
	}
}

func TestAnEmptyTimelineHasNoResult(t *testing.T) {
	var none whatif.Changes
	if _, _, found := none.LastBetter(testkit.March(1, 0, 0)); found || none.At(testkit.March(1, 0, 0)).Clause != 0 {
		t.Error("a result")
	}
}
