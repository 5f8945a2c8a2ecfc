package refundtest_test

import (
	"errors"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

func judged(t *testing.T, c refund.Case) refund.Outcome {
	t.Helper()
	o, err := refundtest.Policy().Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestFixtures(t *testing.T) {
	if err := refundtest.Policy().Validate(); err != nil {
		t.Error(err)
	}
	o := judged(t, refundtest.Case())
	if o.Verdict != refund.VerdictFull || !o.Refundable.Equal(refund.MustMoney("199.99", "USD")) || o.Held {
		t.Errorf("the outcome of Case is\n%s", notice.Explain(o))
	}
	if got := judged(t, refundtest.ReviewedCase()); !got.Refundable.Equal(o.Refundable) {
		t.Errorf("the refundable amount of ReviewedCase is %v", got.Refundable)
	}
	if day := refundtest.Day(32); day.Format("2 Jan 15:04 MST") != "1 Apr 10:00 EDT" {
		t.Errorf("Day(32) is %v", day)
	}
	if i := refundtest.Resolved("T-1", refundtest.Day(3)); i.Resolved != refundtest.Day(3) || i.Opened != refundtest.Day(2) {
		t.Errorf("Resolved is %v", i)
	}
	if i := refundtest.Unresolved("T-1", refundtest.Day(3)); !i.Resolved.IsZero() || i.Opened != refundtest.Day(3) {
		t.Errorf("Unresolved is %v", i)
	}
}

// A caller may change a fixture without changing the next one.
func TestFixturesShareNoMemory(t *testing.T) {
	c, p := refundtest.ReviewedCase(), refundtest.Policy()
	c.Findings[0].Severity = refund.SeverityAdvisory
	c.Issues = append(c.Issues, refundtest.Resolved("T-1", refundtest.Day(3)))
	p.Required[0] = refund.ClauseCallback
	if again := refundtest.ReviewedCase(); again.Findings[0].Severity != refund.SeveritySatisfied || len(again.Issues) != 0 {
		t.Error("two cases share their findings or issues")
	}
	if again := refundtest.Policy(); again.Required[0] == refund.ClauseCallback {
		t.Error("two policies share their lists")
	}
}

func TestOfficers(t *testing.T) {
	c := refundtest.ReviewedCase()
	o := judged(t, c)
	for _, row := range []struct {
		reason string
		by     decision.Officer
		want   error
	}{
		{"an officer within the limit who is not a party may decide", refundtest.Officer(), nil},
		{"an officer without a limit may not approve", refundtest.OfficerWithoutLimit(), decision.ErrAboveLimit},
		{"an officer may not decide on their own account", refundtest.OfficerOfAccount(), decision.ErrSelfApproval},
	} {
		approval := refundtest.Approval(o)
		approval.By = row.by
		d, err := decision.Approve(refundtest.Policy(), c, o.Digest(), approval)
		if !errors.Is(err, row.want) {
			t.Errorf("%s: %v", row.reason, err)
		}
		if row.want == nil && !d.Amount().Equal(o.Refundable) {
			t.Errorf("%s: %v approved", row.reason, d.Amount())
		}
	}
}

func TestApprovalOfAnyAmount(t *testing.T) {
	for _, amount := range []refund.Money{refund.MustMoney("500.01", "USD"), refund.MustMoney("60000", "JPY")} {
		c := refundtest.ReviewedCase()
		c.Subscription.Price, c.Subscription.Paid = amount, amount
		c.Subscription.Service.PerInstance = amount
		o := judged(t, c)
		a := refundtest.Approval(o)
		if _, err := decision.Approve(refundtest.Policy(), c, o.Digest(), a); err != nil {
			t.Errorf("%v: %v", amount, err)
		}
		if !a.At.Equal(refundtest.Day(10)) || !c.Request.At.Equal(refundtest.Day(9)) {
			t.Errorf("requested at %v, approved at %v, want a day later", c.Request.At, a.At)
		}
	}
}
