package refund_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// benchCase is a case with so many issues, of which two of three count.
func benchCase(issues int) refund.Case {
	c := soundCase()
	start := c.Subscription.Start
	c.Request.At, c.Request.CalledBack = start.AddDate(0, 0, 9), time.Time{}
	c.Findings = nil
	c.Issues = make(refund.IssueLog, issues)
	for i := range c.Issues {
		c.Issues[i] = refund.Issue{ID: fmt.Sprintf("T-%d", i), Opened: start.Add(time.Hour)}
		if i%3 > 0 {
			c.Issues[i].Resolved = start.Add(2 * time.Hour)
		}
	}
	return c
}

func BenchmarkEvaluate(b *testing.B) {
	policy := refund.Published(placeOf(b, "America/New_York"))
	for _, issues := range []int{3, 30, 300, 3000} {
		c := benchCase(issues)
		b.Run(fmt.Sprintf("issues=%d", issues), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := policy.Evaluate(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkWhy(b *testing.B) {
	outcome, err := refund.Published(placeOf(b, "America/New_York")).Evaluate(benchCase(3))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, clause := range refund.Clauses() {
			if outcome.Why(clause) == "" {
				b.Fatal(clause)
			}
		}
	}
}

func BenchmarkAuthorize(b *testing.B) {
	policy := refund.Published(placeOf(b, "America/New_York"))
	policy.Required = nil
	c := benchCase(3)
	outcome, err := policy.Evaluate(c)
	if err != nil {
		b.Fatal(err)
	}
	approval := decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: outcome.Refundable},
		At:     c.Request.At.Add(time.Hour),
		Amount: outcome.Refundable,
	}
	shown := outcome.Digest()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decision.Approve(policy, c, shown, approval); err != nil {
			b.Fatal(err)
		}
	}
}
