package decision_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

func TestDecisionWhy(t *testing.T) {
	p, c, objected := anyPart(), testkit.ReviewedCase(), objectedCase()
	onTop := anyPart()
	onTop.Readings.GoodwillAfter = refund.GoodwillAfterInAddition

	silent := anApproval("174.99")
	silent.Reason = ""
	seconds := anApproval("174.99")
	seconds.At = time.Date(2026, time.June, 1, 0, 0, 5, 120_000_000, time.UTC)
	acknowledged := anApproval("174.99")
	acknowledged.Acknowledged = []refund.Clause{refund.ClauseLogReview}

	refunded := testkit.ReviewedCase()
	refunded.Subscription.Refunded = testkit.USD("99.99")
	disputed := testkit.ReviewedCase()
	disputed.Subscription.Refunded, disputed.Subscription.Disputed = testkit.USD("30.00"), testkit.USD("20.00")
	partlyPaid := testkit.ReviewedCase()
	partlyPaid.Subscription.Paid = testkit.USD("66.67")
	objectedGoodwill := aGoodwill("50.00", "0.00")
	objectedGoodwill.Acknowledged = []refund.Clause{refund.ClauseLogReview}

	grounds := aDenial()
	grounds.Grounds = []refund.Clause{refund.ClauseRegistration, refund.ClauseLogReview}
	escapes := aDenial()
	escapes.Reason = "asked\r\nin\terror\x1b[31m \u202eevil\u2028\x00\xff"

	const by = " by ops-3 on 26 March 2026 at 09:30 EDT"
	rows := []struct {
		because string
		d       decision.Decision
		want    string
	}{
		{"the whole amount, without a reason", approved(t, p, c, silent),
			"174.99 USD approved" + by},
		{"a part of the refundable amount", approved(t, p, c, anApproval("100.00")),
			"100.00 USD of the refundable 174.99 USD approved" + by + ". Reason: partly used"},
		{"parts of a second", approved(t, p, c, seconds),
			"174.99 USD approved by ops-3 on 31 May 2026 at 20:00:05.12 EDT. Reason: partly used"},
		{"an acknowledged objection", approved(t, p, objected, acknowledged),
			"174.99 USD approved" + by + ". Objections acknowledged: Review of the logs. Reason: partly used"},
		{"goodwill without fees", goodwilled(t, p, lateCase(), aGoodwill("50.00", "0.00")),
			"50.00 USD granted as goodwill" + by + ": assistance charges of 50.00 USD. Reason: a long wait"},
		{"goodwill less fees and each software, in one line", goodwilled(t, p, c, aGoodwill("100.00", "20.00", free("Anti\nvirus", "15.50"), free("Backup", "4.50"))),
			"60.00 USD granted as goodwill" + by + ": assistance charges of 100.00 USD less 20.00 USD of servicing fees, 15.50 USD for Anti virus, 4.50 USD for Backup. Reason: a long wait"},
		{"goodwill less software without fees", goodwilled(t, p, c, aGoodwill("100.00", "0.00", free("Backup", "4.50"))),
			"95.50 USD granted as goodwill" + by + ": assistance charges of 100.00 USD less 4.50 USD for Backup. Reason: a long wait"},
		{"goodwill less earlier refunds and disputes", goodwilled(t, p, disputed, aGoodwill("100.00", "20.00")),
			"30.00 USD granted as goodwill" + by + ": assistance charges of 100.00 USD less 20.00 USD of servicing fees, 30.00 USD already refunded, 20.00 USD in dispute. Reason: a long wait"},
		{"goodwill in addition to earlier refunds", goodwilled(t, onTop, disputed, aGoodwill("100.00", "0.00")),
			"80.00 USD granted as goodwill" + by + ": assistance charges of 100.00 USD less 20.00 USD in dispute, in addition to the 30.00 USD already refunded. Reason: a long wait"},
		{"goodwill limited by the cap", goodwilled(t, p, partlyPaid, aGoodwill("199.99", "0.00")),
			"66.67 USD granted as goodwill" + by + ": assistance charges of 199.99 USD; limited to the 66.67 USD that remains of the amount subscribed or paid. Reason: a long wait"},
		{"goodwill in addition and limited by the cap", goodwilled(t, onTop, refunded, aGoodwill("150.00", "0.00")),
			"100.00 USD granted as goodwill" + by + ": assistance charges of 150.00 USD, in addition to the 99.99 USD already refunded; limited to the 100.00 USD that remains of the amount subscribed or paid. Reason: a long wait"},
		{"exactly the remaining amount is not limited", goodwilled(t, p, partlyPaid, aGoodwill("66.67", "0.00")),
			"66.67 USD granted as goodwill" + by + ": assistance charges of 66.67 USD. Reason: a long wait"},
		{"goodwill with an acknowledged objection", goodwilled(t, p, objected, objectedGoodwill),
			"50.00 USD granted as goodwill" + by + ": assistance charges of 50.00 USD. Objections acknowledged: Review of the logs. Reason: a long wait"},
		{"a denial states the refundable amount", declined(t, p, c, aDenial()),
			"declined" + by + "; 174.99 USD was refundable. Reason: asked in error"},
		{"a denial where no amount was refundable", declined(t, p, lateCase(), aDenial()),
			"declined" + by + "; 0.00 USD was refundable. Reason: asked in error"},
		{"a denial with its grounds, in the policy's order", declined(t, p, objected, grounds),
			"declined" + by + "; 174.99 USD was refundable. Grounds: Review of the logs, Registration. Reason: asked in error"},
		{"characters that change how a terminal shows the rest become spaces", declined(t, p, c, escapes),
			"declined" + by + "; 174.99 USD was refundable. Reason: asked  in error [31m  evil  \uFFFD"},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			got := r.d.Why()
			if got != r.want {
				t.Errorf("got  %q\nwant %q", got, r.want)
			}
			if strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsGraphic(r) }) {
				t.Errorf("%q is not one plain line", got)
			}
		})
	}
}
