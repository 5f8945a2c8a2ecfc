package refund_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// For cases of all kinds: the same facts in another form have the same digest, and equal
// outcomes have equal digests.
func TestDigestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		c := gen.Case(p).Draw(t, "case")
		zero := refund.MustMoney("0", c.Subscription.Price.Currency().Code())
		again := c
		again.Issues = slices.Clone(c.Issues)
		again.Findings = slices.Clone(c.Findings)
		again.Issues = rapid.Permutation(again.Issues).Draw(t, "issues")
		again.Findings = rapid.Permutation(again.Findings).Draw(t, "findings")
		if c.Issues != nil && again.Issues == nil {
			again.Issues = refund.IssueLog{}
		}
		again.Subscription.Start, again.Request.At = c.Subscription.Start.UTC(), c.Request.At.In(testkit.NewYork)
		for i := range again.Issues {
			issue := &again.Issues[i]
			issue.Opened, issue.Subscription = issue.Opened.In(testkit.NewYork), rapid.SampledFrom([]string{"", c.Subscription.ID}).Draw(t, "own")
		}
		if again.Subscription.Refunded.Sign() == 0 {
			again.Subscription.Refunded = rapid.SampledFrom([]refund.Money{{}, zero}).Draw(t, "refunded")
		}
		if again.Subscription.Disputed.Sign() == 0 {
			again.Subscription.Disputed = rapid.SampledFrom([]refund.Money{{}, zero}).Draw(t, "disputed")
		}
		if c.Digest() != again.Digest() {
			t.Fatalf("the digests of\n%+v\n%+v\ndiffer", c, again)
		}
		if testkit.Shown(t, p, c) != testkit.Shown(t, p, again) {
			t.Fatal("the outcomes' digests differ")
		}
		o, err := p.Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		// An outcome contains no sentence of this package, so its digest covers none.
		for _, f := range o.Findings {
			if f.Detail != "" && !slices.Contains(c.Findings, f) {
				t.Fatalf("a finding that was computed says %q", f.Detail)
			}
		}
	})
}
