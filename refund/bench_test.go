package refund_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// benchCase returns a case with n issues, of which two of three count.
func benchCase(issues int) refund.Case {
	c := soundCase()
	start := c.Subscription.Start
	c.Request.At, c.Request.CalledBack = start.AddDate(0, 0, 9), time.Time{}
	c.Subscription.Disputed = refund.Money{}
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
