package notice_test

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// evaluated returns the outcome of the reviewed case after a change.
func evaluated(t testkit.TB, change func(*refund.Policy, *refund.Case)) (refund.Policy, refund.Case, refund.Outcome) {
	t.Helper()
	p, c := testkit.Policy(), testkit.ReviewedCase()
	if change != nil {
		change(&p, &c)
	}
	o, err := p.Evaluate(c)
	if err != nil {
		t.Fatalf("no outcome: %v", err)
	}
	return p, c, o
}

var officer = decision.Officer{ID: "ops-3", Limit: testkit.USD("5000.00")}

// resolve gives the case n issues that count.
func resolve(c *refund.Case, n int) {
	c.Issues = refund.IssueLog{}
	for i := range n {
		c.Issues = append(c.Issues, refund.Issue{ID: "T-" + strconv.Itoa(i+1), Opened: testkit.March(3, 9, 0), Resolved: testkit.March(3, 11, 0)})
	}
}

func find(c *refund.Case, clause refund.Clause, severity refund.Severity, subject, detail string) {
	c.Findings = append(c.Findings, refund.Finding{Clause: clause, Severity: severity, Subject: subject, Detail: detail})
}

func letter(t testkit.TB, o refund.Outcome, opt notice.Options) notice.Message {
	t.Helper()
	m, err := notice.Letter(o, opt)
	if err != nil {
		t.Fatalf("no letter: %v", err)
	}
	return m
}

func decisionLetter(t testkit.TB, d decision.Decision, opt notice.Options) notice.Message {
	t.Helper()
	m, err := notice.DecisionLetter(d, opt)
	if err != nil {
		t.Fatalf("no letter: %v", err)
	}
	return m
}

func full() notice.Options {
	return notice.Options{
		Customer: "Ms. Diaz", CustomerAddress: []string{"12 Elm Street", "Springfield, VA 22150"},
		Company: "Example Support", CompanyAddress: []string{"1 Main Street", "Richmond, VA 23219"},
		Reference: "R-2026-0317", Contact: "help@example.com", Payout: "The money arrives on the card you paid with in 5 to 10 days.",
		Statutory: "Your rights under consumer law are not affected by this letter.",
		ReplyBy:   refund.MustDate("2026-04-10"),
	}
}
