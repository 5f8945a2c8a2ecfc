package refundtest_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
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
		t.Errorf("the outcome of Case is\n%s", refundtest.Explain(o))
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

func TestExplainHasEveryField(t *testing.T) {
	c := refundtest.ReviewedCase()
	c.Issues = refund.IssueLog{refundtest.Resolved("T-1", refundtest.Day(3))}
	c.Request.By = "ACC-8"
	o := judged(t, c)
	text := refundtest.Explain(o)
	for _, clause := range refund.Clauses() {
		for _, part := range []string{clause.String(), o.Statuses[clause].String(), o.Why(clause)} {
			if !strings.Contains(text, part) {
				t.Errorf("%v: no %q in\n%s", clause, part, text)
			}
		}
	}
	for _, part := range []string{"deducted", "174.99 USD", "-25.00 USD", "2026-03-17 00:00", "finding          credentials satisfied"} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
	id := strings.Repeat("x", 60) // the longest text that is not cut off
	for subscription, shown := range map[string]string{id: `"` + id + `"` + "\n", id + "x": `"` + id + `"…` + "\n"} {
		if text := refundtest.Explain(refund.Outcome{Subscription: subscription}); !strings.Contains(text, shown) {
			t.Errorf("no %q in\n%s", shown, text)
		}
	}
	if zero := refundtest.Explain(refund.Outcome{}); !strings.Contains(zero, "no amount") || !strings.Contains(zero, "never") {
		t.Errorf("the zero Outcome:\n%s", zero)
	}
}

func TestDiff(t *testing.T) {
	c := refundtest.ReviewedCase()
	c.Findings = append(c.Findings, refund.Finding{Clause: refund.ClauseCooperation, Severity: refund.SeverityAdvisory})
	want := judged(t, c)
	for _, row := range []struct {
		reason string
		change func(*refund.Outcome)
		lines  []string
	}{
		{"equal outcomes have no difference", func(*refund.Outcome) {}, nil},
		{"an instant in another zone is equal", func(o *refund.Outcome) {
			o.Window.Closes, o.Basis.RequestedAt = o.Window.Closes.UTC(), o.Basis.RequestedAt.UTC()
		}, nil},
		{"an amount is reported with the wanted amount", func(o *refund.Outcome) { o.Refundable = refund.MustMoney("1.00", "USD") },
			[]string{"refundable: 1.00 USD, want 199.99 USD"}},
		{"an unset amount differs from zero", func(o *refund.Outcome) { o.Deduction = refund.Money{} },
			[]string{"deduction: no amount, want 0.00 USD"}},
		{"a nanosecond is a difference", func(o *refund.Outcome) { o.Window.Closes = o.Window.Closes.Add(1) },
			[]string{"window: 2026-03-01 10:00 EST until 2026-03-17 00:00:00.000000001 EDT, want 2026-03-01 10:00 EST until 2026-03-17 00:00 EDT"}},
		{"a status is reported with both reasons", func(o *refund.Outcome) { o.Statuses[refund.ClauseTicket] = refund.StatusObjected },
			[]string{"ticket: objected, want satisfied", "  got:  requested by e-mail", "  want: requested by e-mail"}},
		{"a missing finding is reported", func(o *refund.Outcome) { o.Findings = slices.Clone(o.Findings[1:]) },
			[]string{`missing finding: log-review satisfied`}},
		{"an unexpected finding is reported", func(o *refund.Outcome) { o.Findings = append(slices.Clone(o.Findings), o.Findings[0]) },
			[]string{`unexpected finding: log-review satisfied`}},
		{"the order of findings matters", func(o *refund.Outcome) { o.Findings = slices.Clone(o.Findings); slices.Reverse(o.Findings) },
			[]string{"findings: wrong order"}},
		{"facts of the basis are compared", func(o *refund.Outcome) { o.Basis.CalledBack = refundtest.Day(9).Add(time.Hour) },
			[]string{"basis: called back: 2026-03-09 11:00 EDT, want never"}},
		{"a status without a clause is reported", func(o *refund.Outcome) { o.Statuses[0] = refund.StatusApplied },
			[]string{"statuses: an element without a clause is set"}},
	} {
		got := want
		row.change(&got)
		diff := refundtest.Diff(want, got)
		if (diff == "") != got.Equal(want) {
			t.Errorf("%s: Equal is %v, and the difference\n%s", row.reason, got.Equal(want), diff)
		}
		if n := strings.Count(diff, "\n"); n != len(row.lines) {
			t.Errorf("%s: %d lines:\n%s", row.reason, n, diff)
		}
		for _, line := range row.lines {
			if !strings.Contains(diff, line) {
				t.Errorf("%s: no %q in\n%s", row.reason, line, diff)
			}
		}
	}
}
