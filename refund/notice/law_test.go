package notice_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// drawn returns a policy, a case and its outcome. Every third outcome is free of holds, so
// that letters with amounts are common.
func drawn(t *rapid.T) (refund.Policy, refund.Case, refund.Outcome) {
	p := gen.Policy().Draw(t, "policy")
	c := gen.Case(p).Draw(t, "case")
	if rapid.IntRange(0, 2).Draw(t, "free") > 0 {
		c.Request.By = c.Subscription.Account
		c.Findings = nil
	}
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatalf("no outcome: %v", err)
	}
	return p, c, o
}

// The lines of each letter add up to the refundable amount, and its text and HTML have the
// same words.
func TestLettersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, o := drawn(t)
		m := letter(t, o, notice.Options{})
		checkMessage(t, m)
		lines, totals := sumOf(t, m.Text, o.Basis.Price.Currency())
		switch {
		case o.Held || !o.Verdict.Granted():
			if lines != nil || totals != nil {
				t.Fatalf("a sum:\n%s", m.Text)
			}
		case len(totals) != 1 || !totals[0].Equal(o.Refundable) || !total(t, lines).Equal(o.Refundable):
			t.Fatalf("the lines add up to %v of %v:\n%s", total(t, lines), o.Refundable, m.Text)
		}
	})
}

// A letter about an outcome on hold has no amounts and no id.
func TestHeldLettersHaveNoAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, o := drawn(t)
		o.Subscription = "SUB-HELD"
		o.Statuses[refund.ClauseAccountAccess] = refund.StatusBlocking
		o.Held = rapid.Bool().Draw(t, "held") // the status alone holds too
		m := letter(t, o, notice.Options{})
		checkMessage(t, m)
		if !strings.Contains(m.Text, "on hold") {
			t.Fatalf("no hold:\n%s", m.Text)
		}
		for _, secret := range []string{"SUB-HELD", o.Basis.Price.Currency().Code(), "$", "€", "£", "₹", "₺", "resolved"} {
			if strings.Contains(m.Text, secret) || strings.Contains(m.HTML, secret) {
				t.Fatalf("the letter has %q:\n%s", secret, m.Text)
			}
		}
	})
}

// Findings, accounts and the names inside the company do not change a letter.
func TestLettersDoNotDependOnFindings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, o := drawn(t)
		before := letter(t, o, full())
		o.Findings = []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "T-9", Detail: "rude"}}
		o.Basis.Account, o.Basis.RequestedBy, o.Basis.RecordedBy, o.Basis.Policy, o.Basis.Service.Code = "a", "b", "c", "d", "e"
		for clause := refund.ClauseTicket; clause < refund.ClauseCredentials; clause++ {
			o.Statuses[clause] = refund.StatusObjected
		}
		if letter(t, o, full()) != before {
			t.Fatalf("another letter:\n%s", before.Text)
		}
	})
}

// The lines of each letter about a decision add up to the amount that was decided.
func TestDecisionLettersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c, o := drawn(t)
		currency := o.Basis.Price.Currency()
		p.Required, p.Effective = nil, refund.Policy{}.Effective
		c.Findings, c.Request.By = nil, c.Subscription.Account
		at := c.Request.At
		if c.Request.CalledBack.After(at) {
			at = c.Request.CalledBack
		}
		at = at.AddDate(1, 0, 0)
		by := decision.Officer{ID: "officer-" + rapid.StringMatching(`[a-z]{0,3}`).Draw(t, "officer"), Limit: testkit.Minor(t, bigLimit, currency)}
		reason := "because " + rapid.StringMatching(`[a-z]{0,3}`).Draw(t, "reason")
		o, err := p.Evaluate(c)
		if err != nil {
			t.Skip("not decidable")
		}
		var d decision.Decision
		kind := rapid.SampledFrom([]decision.Kind{decision.KindApproved, decision.KindGoodwill, decision.KindDeclined}).Draw(t, "kind")
		switch kind {
		case decision.KindApproved:
			d, err = decision.Approve(p, c, o.Digest(), decision.Approval{By: by, At: at, Amount: o.Refundable, Reason: reason})
		case decision.KindGoodwill:
			zero := o.Basis.Price.Times(0)
			fees := rapid.SampledFrom([]refund.Money{zero, o.Basis.Service.PerInstance, o.Refunded, o.Disputed}).Draw(t, "fees")
			if fees.IsZero() {
				fees = zero
			}
			d, err = decision.Grant(p, c, o.Digest(), decision.Goodwill{By: by, At: at, Charges: o.Basis.Price, Fees: fees, Reason: reason})
		default:
			d, err = decision.Decline(p, c, o.Digest(), decision.Denial{By: by, At: at, Reason: reason})
		}
		if err != nil {
			t.Skip("refused")
		}
		m := decisionLetter(t, d, notice.Options{})
		checkMessage(t, m)
		if strings.Contains(m.Text, by.ID) || strings.Contains(m.Text, reason) {
			t.Fatalf("the officer or the reason is in the letter:\n%s", m.Text)
		}
		lines, totals := sumOf(t, m.Text, currency)
		want := d.Amount()
		if kind == decision.KindDeclined {
			want = o.Refundable
		}
		if lines == nil {
			if kind != decision.KindDeclined || o.Verdict.Granted() {
				t.Fatalf("no sum:\n%s", m.Text)
			}
			return
		}
		// The line that limits a goodwill must not make up for a mistake in another line.
		if strings.Contains(m.Text, "can still be refunded") && !d.Amount().Equal(o.Remaining) {
			t.Fatalf("limited to %v, where %v remains:\n%s", d.Amount(), o.Remaining, m.Text)
		}
		if len(totals) != 1 || !totals[0].Equal(want) || !total(t, lines).Equal(want) {
			t.Fatalf("the lines add up to %v of %v:\n%s", total(t, lines), want, m.Text)
		}
	})
}

// A thousand issues and a thousand programs make a letter of a page.
func TestLettersAreBounded(t *testing.T) {
	const most = 60 // lines
	p, c, o := evaluated(t, func(_ *refund.Policy, c *refund.Case) {
		resolve(c, 1000)
		for range 1000 {
			find(c, refund.ClauseLogReview, refund.SeverityAdvisory, "T-1", strings.Repeat("text ", 100))
		}
		c.Subscription.ID = strings.Repeat("SUB", 1000)
	})
	software := make([]decision.FreeSoftware, 1000)
	for i := range software {
		software[i] = decision.FreeSoftware{Name: strings.Repeat("program ", 100), Price: testkit.USD("0.01")}
	}
	d, err := decision.Grant(p, c, o.Digest(), decision.Goodwill{By: officer, At: testkit.March(24, 9, 0), Charges: testkit.USD("199.99"),
		Fees: testkit.USD("0.00"), Software: software, Reason: "loyal", Acknowledged: []refund.Clause{refund.ClauseLogReview}})
	if err != nil {
		t.Fatal(err)
	}
	g := decisionLetter(t, d, notice.Options{})
	for _, m := range []notice.Message{letter(t, o, notice.Options{}), g} {
		checkMessage(t, m)
		if n := strings.Count(m.Text, "\n"); n > most {
			t.Errorf("%d lines:\n%s", n, m.Text)
		}
	}
	if !strings.Contains(g.Text, "−$9.95") { // the sum of those that are not named
		t.Errorf("the other programs are missing:\n%s", g.Text)
	}
	lines, totals := sumOf(t, g.Text, testkit.USD("0").Currency())
	if len(totals) != 1 || !total(t, lines).Equal(testkit.USD("189.99")) || !totals[0].Equal(testkit.USD("189.99")) {
		t.Errorf("the lines add up to %v:\n%s", total(t, lines), g.Text)
	}
}
