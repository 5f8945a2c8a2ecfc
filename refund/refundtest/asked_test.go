package refundtest_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// What laws ask an evaluator is as much a part of them as what they expect: a law that
// asks less finds less. These are two cases, and everything that is asked about them; a
// change of that is one that is meant, with new digests here.
func TestLawsAsk(t *testing.T) {
	plain := refundtest.Case()
	full := refundtest.ReviewedCase()
	full.Subscription.Paid = refund.MustMoney("180.00", "USD")
	full.Subscription.Refunded = refund.MustMoney("10.00", "USD")
	full.Issues = refund.IssueLog{
		refundtest.Resolved("T-1", refundtest.Day(3)),
		refundtest.Resolved("T-2", refundtest.Day(4)),
		refundtest.Unresolved("T-3", refundtest.Day(5)),
	}
	policy := refundtest.Policy()
	policy.Holidays = []refund.Date{refund.MustDate("2026-03-03"), refund.MustDate("2026-03-04"), refund.MustDate("2026-03-05")}
	for _, row := range []struct {
		reason string
		c      refund.Case
		calls  int
		want   string
	}{
		{"a case without anything", plain, 58, "7a9dcab62612e176dd81239aba76617f03deddaaf51e83ddbdc426ac6e3fb7c8"},
		{"a case with some of everything", full, 58, "c0bbbf2c6a2a12627947c913d9d8efaaae53466c65e8b67d734bd957bc72beba"},
	} {
		hash := sha256.New()
		calls := 0
		for _, law := range refundtest.Laws() {
			err := law.Check(func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
				calls++
				fmt.Fprintf(hash, "%s: %+v %+v\n", law.Name, p, c)
				return p.Evaluate(c)
			}, policy, row.c)
			if err != nil {
				t.Errorf("%s: %v", row.reason, err)
			}
		}
		if got := hex.EncodeToString(hash.Sum(nil)); got != row.want || calls != row.calls || row.reason == "" {
			t.Errorf("%s: %d questions come to %s, not %d to %s", row.reason, calls, got, row.calls, row.want)
		}
	}
}
