package notice_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

var update = flag.Bool("update", false, "write the golden files anew; read what has changed")

// golden compares a text with a file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	name := "testdata/" + file
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", file, diff)
	}
}

// A caseRow is a case that one letter is about.
type caseRow struct {
	reason string
	change func(*refund.Policy, *refund.Case)
	opt    notice.Options
}

// caseRows has a case for each verdict, and for each thing that can happen to an amount.
func caseRows() []caseRow {
	usd := testkit.USD
	return []caseRow{
		{"full: no issue was resolved", func(_ *refund.Policy, c *refund.Case) { resolve(c, 0) }, full()},
		{"deducted: one issue was resolved, without options", nil, notice.Options{}},
		{"deducted: two issues, paid in part, refunded before and in dispute", func(_ *refund.Policy, c *refund.Case) {
			resolve(c, 2)
			c.Subscription.Paid, c.Subscription.Refunded, c.Subscription.Disputed = usd("120.00"), usd("30.00"), usd("20.00")
		}, full()},
		{"consumed: the charges use the amount up", func(_ *refund.Policy, c *refund.Case) { resolve(c, 8) }, full()},
		{"one-time service", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }, full()},
		{"window closed: asked two days late", func(_ *refund.Policy, c *refund.Case) { c.Request.At = testkit.March(19, 9, 30) }, full()},
		{"window closed: asked in the first minute of the next day", func(_ *refund.Policy, c *refund.Case) { c.Request.At = testkit.March(18, 0, 1) }, full()},
		{"window closed by the hour, with an earlier refund and a dispute", func(p *refund.Policy, c *refund.Case) {
			p.Readings.DayCount = refund.DayCountElapsed
			c.Request.At = testkit.March(17, 11, 1)
			c.Subscription.Refunded, c.Subscription.Disputed = usd("30.00"), usd("20.00")
		}, full()},
		{"window closed, with an earlier refund and a dispute", func(_ *refund.Policy, c *refund.Case) {
			c.Request.At = testkit.March(19, 9, 30)
			c.Subscription.Refunded, c.Subscription.Disputed = usd("30.00"), usd("20.00")
		}, full()},
		{"full, but all of it was refunded before", func(_ *refund.Policy, c *refund.Case) {
			resolve(c, 0)
			c.Subscription.Refunded = usd("199.99")
		}, full()},
		{"deducted, but more was refunded before", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Refunded = usd("190.00") }, full()},
		{"deducted, but all of it was refunded before a dispute", func(_ *refund.Policy, c *refund.Case) {
			c.Subscription.Refunded, c.Subscription.Disputed = usd("174.99"), usd("20.00")
		}, full()},
		{"full: a one-time service, under a reading that refunds it if no issue was resolved", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 0)
			c.Subscription.Service.Billing, p.Readings.OneTime = refund.BillingOneTime, refund.OneTimeRefundedIfUnresolved
		}, full()},
		{"deducted, but all of it is in dispute", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Disputed = usd("199.99") }, full()},
		{"on hold: a report of unauthorized use is open", func(_ *refund.Policy, c *refund.Case) {
			find(c, refund.ClauseCredentials, refund.SeverityBlocking, "R-1", "Mr. Roe was seen")
		}, full()},
		{"on hold: a stranger asked, without options", func(_ *refund.Policy, c *refund.Case) { c.Request.By = "ACC-8" }, notice.Options{}},
		{"on hold: a stranger asked while a report is open", func(_ *refund.Policy, c *refund.Case) {
			c.Request.By = "ACC-8"
			find(c, refund.ClauseCredentials, refund.SeverityBlocking, "R-1", "")
		}, full()},
		{"called back, and everything objected", func(_ *refund.Policy, c *refund.Case) {
			c.Request.CalledBack = testkit.March(11, 9, 0)
			c.Request.Reason = " "
			for clause := refund.ClauseCooperation; clause <= refund.ClauseAccountAccess; clause++ {
				find(c, clause, refund.SeverityAdvisory, "", "the customer was rude")
			}
		}, full()},
		{"the call back is overdue when the letter is written", nil, notice.Options{Written: testkit.March(12, 9, 0), Company: "Example Support"}},
		{"the call back is due when the letter is written", nil, notice.Options{Written: testkit.March(10, 14, 0)}},
		{"nothing was paid", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Paid = usd("0.00") }, full()},
	}
}

func TestLettersOfOutcomes(t *testing.T) {
	var text, html strings.Builder
	for _, row := range caseRows() {
		testkit.Row(t, row.reason, func(t *testing.T) {
			_, _, o := evaluated(t, row.change)
			m := letter(t, o, row.opt)
			checkMessage(t, m)
			text.WriteString("=== " + row.reason + "\nSubject: " + m.Subject + "\n\n" + m.Text + "\n")
			if html.Len() == 0 {
				html.WriteString(m.HTML)
			}
		})
	}
	golden(t, "letters.txt", text.String())
	golden(t, "letter.html", html.String())
}

// A decisionRow is a decision that one letter is about.
type decisionRow struct {
	reason string
	change func(*refund.Policy, *refund.Case)
	decide func(p refund.Policy, c refund.Case, o refund.Outcome) (decision.Decision, error)
	opt    notice.Options
}

func approve(amount string) func(refund.Policy, refund.Case, refund.Outcome) (decision.Decision, error) {
	return func(p refund.Policy, c refund.Case, o refund.Outcome) (decision.Decision, error) {
		a := decision.Approval{By: officer, At: testkit.March(24, 9, 0), Amount: o.Refundable, Reason: "as per log"}
		if amount != "" {
			a.Amount = testkit.USD(amount)
		}
		return decision.Approve(p, c, o.Digest(), a)
	}
}

func grant(charges, fees string, software ...decision.FreeSoftware) func(refund.Policy, refund.Case, refund.Outcome) (decision.Decision, error) {
	return func(p refund.Policy, c refund.Case, o refund.Outcome) (decision.Decision, error) {
		return decision.Grant(p, c, o.Digest(), decision.Goodwill{By: officer, At: testkit.March(24, 9, 0),
			Charges: testkit.USD(charges), Fees: testkit.USD(fees), Software: software, Reason: "loyal customer"})
	}
}

func decline(grounds ...refund.Clause) func(refund.Policy, refund.Case, refund.Outcome) (decision.Decision, error) {
	return func(p refund.Policy, c refund.Case, o refund.Outcome) (decision.Decision, error) {
		return decision.Decline(p, c, o.Digest(), decision.Denial{By: officer, At: testkit.March(24, 9, 0), Grounds: grounds, Reason: "seen before"})
	}
}

// decisionRows has each kind of decision on each verdict that allows it.
func decisionRows() []decisionRow {
	usd := testkit.USD
	noIssue := func(_ *refund.Policy, c *refund.Case) { resolve(c, 0) }
	consumed := func(_ *refund.Policy, c *refund.Case) { resolve(c, 8) }
	oneTime := func(_ *refund.Policy, c *refund.Case) { c.Subscription.Service.Billing = refund.BillingOneTime }
	late := func(_ *refund.Policy, c *refund.Case) { c.Request.At = testkit.March(19, 9, 30) }
	antivirus := decision.FreeSoftware{Name: "Antivirus Plus", Price: usd("39.00")}
	explained := full()
	explained.Explanation = "You can use your plan until 31 March 2026."
	return []decisionRow{
		{"approved: full", noIssue, approve(""), full()},
		{"approved: deducted, without options", nil, approve(""), notice.Options{}},
		{"approved: a part, with an amount in dispute", func(p *refund.Policy, c *refund.Case) {
			p.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
			c.Subscription.Disputed = usd("20.00")
		}, approve("100.00"), full()},
		{"goodwill: full", noIssue, grant("150.00", "0.00"), full()},
		{"goodwill: deducted, in addition to an earlier refund, limited by the cap", func(p *refund.Policy, c *refund.Case) {
			p.Readings.GoodwillAfter = refund.GoodwillAfterInAddition
			c.Subscription.Refunded = usd("174.99")
		}, grant("60.00", "10.00"), full()},
		{"goodwill: consumed, with a program that was free", consumed, grant("199.99", "25.00", antivirus), full()},
		{"goodwill: one-time service", oneTime, grant("100.00", "25.00"), full()},
		{"goodwill: window closed, with an earlier refund and a dispute", func(_ *refund.Policy, c *refund.Case) {
			c.Request.At = testkit.March(19, 9, 30)
			c.Subscription.Refunded, c.Subscription.Disputed = usd("30.00"), usd("20.00")
		}, grant("150.00", "25.00", antivirus), full()},
		{"declined: full, without grounds", noIssue, decline(), full()},
		{"declined: deducted, with grounds and an explanation", nil, decline(refund.ClauseGuarantee, refund.ClauseCooperation), explained},
		{"declined: deducted, with an amount in dispute", func(_ *refund.Policy, c *refund.Case) { c.Subscription.Disputed = usd("20.00") },
			decline(), full()},
		{"declined: consumed", consumed, decline(refund.ClauseCase2), full()},
		{"declined: one-time service", oneTime, decline(refund.ClauseOneTime), full()},
		{"declined: one-time service with a resolved issue, where others are refunded", func(p *refund.Policy, c *refund.Case) {
			oneTime(p, c)
			p.Readings.OneTime = refund.OneTimeRefundedIfUnresolved
		}, decline(refund.ClauseGuarantee, refund.ClauseOneTime), full()},
		{"declined on hold: a report of unauthorized use is open", func(_ *refund.Policy, c *refund.Case) {
			find(c, refund.ClauseCredentials, refund.SeverityBlocking, "R-1", "")
		}, decline(refund.ClauseGuarantee, refund.ClauseCredentials), full()},
		{"declined: window closed", late, decline(refund.ClauseGuarantee), full()},
		{"declined: window closed, without grounds and options", late, decline(), notice.Options{}},
		{"declined on hold: a stranger asked", func(_ *refund.Policy, c *refund.Case) { c.Request.By = "ACC-8" },
			decline(refund.ClauseAccountAccess), notice.Options{Company: "Example Support"}},
		{"declined: every clause that can be a ground", func(_ *refund.Policy, c *refund.Case) {
			c.Request.At = testkit.March(19, 9, 30)
			c.Request.Channel = refund.ChannelOther
			c.Findings = nil
			c.Request.By = ""
		}, decline(refund.Clauses()...), full()},
	}
}

func TestLettersOfDecisions(t *testing.T) {
	var text, html strings.Builder
	for _, row := range decisionRows() {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p, c, o := evaluated(t, row.change)
			d, err := row.decide(p, c, o)
			if err != nil {
				t.Fatal(err)
			}
			m := decisionLetter(t, d, row.opt)
			checkMessage(t, m)
			text.WriteString("=== " + row.reason + "\nSubject: " + m.Subject + "\n\n" + m.Text + "\n")
			if strings.HasPrefix(row.reason, "declined: deducted") {
				html.WriteString(m.HTML)
			}
		})
	}
	golden(t, "decisions.txt", text.String())
	golden(t, "declined.html", html.String())
}
