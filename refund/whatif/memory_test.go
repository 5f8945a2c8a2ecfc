package whatif_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// manyCases yields cases of different customers with ids that take memory, every seventh one
// of which is refused, and records the largest heap.
func manyCases(n int, peak *uint64) func(yield func(refund.Case, error) bool) {
	return func(yield func(refund.Case, error) bool) {
		for i := range n {
			c := caseOf(func(c *refund.Case) {
				text := fmt.Sprint(i, strings.Repeat(" with a long line of input", 40))
				c.Subscription.ID = text[:len(fmt.Sprint(i))]
				c.Request.At = testkit.March(10+i%9, 12, i%60)
				if i%7 == 0 {
					c.Issues = nil
				}
			})
			if !yield(c, nil) {
				return
			}
			if i%2000 == 1999 {
				runtime.GC()
				var stats runtime.MemStats
				runtime.ReadMemStats(&stats)
				*peak = max(*peak, stats.HeapAlloc)
			}
		}
	}
}

// Ten times the cases take no more memory.
func TestConstantMemory(t *testing.T) {
	after := testkit.Policy()
	after.WindowDays = 10
	for _, row := range []struct {
		name string
		run  func(n int, peak *uint64) error
	}{
		{"a backtest", func(n int, peak *uint64) error {
			_, err := whatif.Backtest(testkit.Policy(), after, manyCases(n, peak))
			return err
		}},
		{"an exposure", func(n int, peak *uint64) error {
			_, err := whatif.ExposureAt(testkit.March(12, 0, 0), after, func(yield func(whatif.Holding, error) bool) {
				for c := range manyCases(n, peak) {
					if !yield(whatif.Holding{Subscription: c.Subscription, Issues: c.Issues}, nil) {
						return
					}
				}
			})
			return err
		}},
	} {
		var few, many uint64
		if err := row.run(4000, &few); err != nil {
			t.Fatal(err)
		}
		if err := row.run(40_000, &many); err != nil {
			t.Fatal(err)
		}
		if few == 0 || many > few+1<<20 {
			t.Errorf("%s: %d bytes for 4,000 cases, %d for 40,000", row.name, few, many)
		}
	}
}
