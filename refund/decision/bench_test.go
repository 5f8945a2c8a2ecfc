package decision_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

func BenchmarkApprove(b *testing.B) {
	policy, c := testkit.Policy(), testkit.ReviewedCase()
	shown, approval := testkit.Shown(b, policy, c), anApproval("174.99")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decision.Approve(policy, c, shown, approval); err != nil {
			b.Fatal(err)
		}
	}
}
