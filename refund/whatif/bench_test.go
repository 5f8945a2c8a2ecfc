package whatif_test

import (
	"fmt"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// BenchmarkExposure judges subscriptions with two issues on one processor, most of whose
// windows are open.
func BenchmarkExposure(b *testing.B) {
	first, second := testkit.Policy(), testkit.Policy()
	second.Version, second.Effective = "2", testkit.March(9, 0, 0)
	versions, err := refund.NewVersions(first, second)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range []whatif.Evaluator{first, versions} {
		b.Run(fmt.Sprintf("%T", e), func(b *testing.B) {
			var n int
			for b.Loop() {
				const subscriptions = 100_000
				n += subscriptions
				x, err := whatif.ExposureAt(testkit.March(20, 0, 0), e, manyHoldings(subscriptions))
				if err != nil || x.Refused.Cases != 0 {
					b.Fatal(err, x.Refused)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "subscriptions/s")
		})
	}
}

// BenchmarkBacktest judges the same subscriptions by two policies.
func BenchmarkBacktest(b *testing.B) {
	before, after := testkit.Policy(), testkit.Policy()
	after.WindowDays = 10
	var n int
	for b.Loop() {
		const cases = 100_000
		n += cases
		_, err := whatif.Backtest(before, after, func(yield func(refund.Case, error) bool) {
			for h := range manyHoldings(cases) {
				if !yield(h.Case(testkit.March(16, 12, 0).AddDate(0, 0, 4)), nil) {
					return
				}
			}
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "cases/s")
}

// manyHoldings yields subscriptions that started on 1 to 19 March.
func manyHoldings(n int) func(yield func(whatif.Holding, error) bool) {
	h := whatif.Holding{Subscription: testkit.ReviewedCase().Subscription}
	h.Issues = refund.IssueLog{
		{ID: "T-1", Opened: testkit.March(1, 9, 0), Resolved: testkit.March(10, 9, 0)},
		{ID: "T-2", Opened: testkit.March(1, 9, 0)},
	}
	return func(yield func(whatif.Holding, error) bool) {
		for i := range n {
			h.Subscription.Start = testkit.March(1+i%19, 10, i%60)
			if !yield(h, nil) {
				return
			}
		}
	}
}
