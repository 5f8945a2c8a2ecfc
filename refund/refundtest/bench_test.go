package refundtest_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// BenchmarkLaws measures the laws on one case, as for each case of a history.
func BenchmarkLaws(b *testing.B) {
	p, c := refundtest.Policy(), refundtest.ReviewedCase()
	c.Issues = append(c.Issues, refundtest.Resolved("T-1", refundtest.Day(3)), refundtest.Unresolved("T-2", refundtest.Day(5)))
	for b.Loop() {
		if err := refundtest.CheckLaws(refund.Policy.Evaluate, p, c); err != nil {
			b.Fatal(err)
		}
	}
}
