package decision_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// decideEach makes a decision of each kind on the outcome shown, and returns the errors by
// the path of the kind. It fails if a decision comes with an error.
func decideEach(t testkit.TB, p refund.Policy, c refund.Case, a decision.Approval) map[string]error {
	t.Helper()
	shown := testkit.Shown(t, p, c)
	g := decision.Goodwill{By: a.By, At: a.At, Charges: a.Amount, Fees: testkit.USD("0.00"), Reason: "a long wait"}
	n := decision.Denial{By: a.By, At: a.At, Reason: "asked in error"}
	errs := map[string]error{}
	for path, decide := range map[string]func() (decision.Decision, error){
		"approval": func() (decision.Decision, error) { return decision.Approve(p, c, shown, a) },
		"goodwill": func() (decision.Decision, error) { return decision.Grant(p, c, shown, g) },
		"denial":   func() (decision.Decision, error) { return decision.Decline(p, c, shown, n) },
	} {
		d, err := decide()
		if d.IsZero() != (err != nil) {
			t.Fatalf("%s: decided %v, %v", path, d, err)
		}
		errs[path] = err
	}
	return errs
}

// Once, a call back five hours after the approval opened the gate.
func TestCallBackAfterTheApprovalIsRefused(t *testing.T) {
	p, c, a := testkit.Policy(), testkit.ReviewedCase(), anApproval("174.99")
	p.Required = append(slices.Clone(p.Required), refund.ClauseCallback)
	a.At = testkit.March(10, 13, 0)
	c.Request.CalledBack = testkit.March(10, 18, 0)
	for path, err := range decideEach(t, p, c, a) {
		if !testkit.HasPaths(err, "request.called_back") {
			t.Errorf("%s: %v", path, err)
		}
	}
	a.At = c.Request.CalledBack
	for path, err := range decideEach(t, p, c, a) {
		if err != nil {
			t.Errorf("%s at the instant of the call: %v", path, err)
		}
	}
}

func TestFactsAfterTheDecisionAreRefused(t *testing.T) {
	decided := testkit.March(12, 9, 0)
	later := decided.Add(time.Nanosecond)
	opened, resolved := testkit.March(3, 9, 0), testkit.March(3, 11, 0)
	rows := []struct {
		because string
		change  func(*refund.Case)
		paths   []string
	}{
		{"an issue resolved at the instant of the decision", func(c *refund.Case) {
			c.Issues = append(c.Issues, refund.Issue{ID: "T-2", Opened: opened, Resolved: decided})
		}, nil},
		{"an issue resolved after it", func(c *refund.Case) {
			c.Issues = append(c.Issues, refund.Issue{ID: "T-2", Opened: opened, Resolved: later})
		}, []string{"issues[1].resolved"}},
		{"an issue opened after it", func(c *refund.Case) { c.Issues = append(c.Issues, refund.Issue{ID: "T-2", Opened: later}) }, []string{"issues[1].opened"}},
		{"an issue opened and resolved after it: one fault, of the opening", func(c *refund.Case) {
			c.Issues = append(c.Issues, refund.Issue{ID: "T-2", Opened: later, Resolved: later})
		}, []string{"issues[1].opened"}},
		{"every later fact", func(c *refund.Case) {
			c.Request.CalledBack = later
			c.Issues = refund.IssueLog{{ID: "T-1", Opened: opened, Resolved: later}, {ID: "T-2", Opened: opened, Resolved: resolved}, {ID: "T-3", Opened: later}}
		}, []string{"request.called_back", "issues[0].resolved", "issues[2].opened"}},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			c, a := testkit.ReviewedCase(), anApproval("1.00")
			r.change(&c)
			a.At = decided
			for path, err := range decideEach(t, anyPart(), c, a) {
				if r.paths == nil && err != nil || r.paths != nil && !testkit.HasPaths(err, r.paths...) {
					t.Errorf("%s: %v", path, err)
				}
			}
		})
	}
}

// Once, an officer with the account OFF-1 approved a refund that "OFF-1 " had asked for.
func TestOfficerWithTrailingBlankIsNotSomebodyElse(t *testing.T) {
	for _, id := range []string{"OFF-1 ", " OFF-1", "OFF-1\t", "OFF-1\u00a0", "\u2003OFF-1", "OFF-1\n", "OFF\x7f-1", "OFF-1\u2028"} {
		requested := testkit.ReviewedCase()
		requested.Request.By, requested.Subscription.Account = id, id
		if _, err := testkit.Policy().Evaluate(requested); !testkit.HasPaths(err, "subscription.account", "request.by") {
			t.Errorf("requested by %q: %v", id, err)
		}
		c := testkit.ReviewedCase()
		c.Request.By, c.Subscription.Account = "OFF-1", "OFF-1"
		for path, err := range decideEach(t, testkit.Policy(), c, decision.Approval{
			By: decision.Officer{ID: "ops-3", Account: id, Limit: testkit.USD("500.00")}, At: testkit.March(12, 9, 0), Amount: testkit.USD("174.99"),
		}) {
			if !testkit.HasPaths(err, path+".by.account") {
				t.Errorf("decided by the account %q: %v", id, err)
			}
		}
	}
}

// Once, several decisions below the limit exceeded it together.
func TestPartsDoNotSlipUnderTheLimit(t *testing.T) {
	p := anyPart()
	p.Readings.GoodwillAfter = refund.GoodwillAfterInAddition
	c := testkit.ReviewedCase()
	steps := []struct {
		because string
		decide  func(refund.Policy, refund.Case) (decision.Decision, error)
		total   string // of the closed gate
	}{
		{"60.00 of a limit of 100.00", approving(t, "60.00"), ""},
		{"60.00 again makes a total of 120.00", approving(t, "60.00"), "120.00 USD"},
		{"goodwill of 40.01 makes a total of 100.01", granting(t, "40.01"), "100.01 USD"},
		{"goodwill of 40.00 makes exactly 100.00", granting(t, "40.00"), ""},
		{"a cent more is above the limit", approving(t, "0.01"), "100.01 USD"},
	}
	for _, s := range steps {
		testkit.Row(t, s.because, func(t *testing.T) {
			d, err := s.decide(p, c)
			if s.total != "" {
				if gate := onlyGate(t, err); gate.Gate != decision.ErrAboveLimit || gate.Amount.String() != s.total || gate.Most.String() != "100.00 USD" {
					t.Errorf("decided %v, %v", d, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			c.Subscription.Refunded = sum(t, c.Subscription.Refunded, d.Amount())
		})
	}
}

// Once, the same charges were returned several times.
func TestGoodwillSubtractsEarlierRefunds(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	d := goodwilled(t, p, c, aGoodwill("80.00", "0.00"))
	c.Subscription.Refunded = d.Amount()
	_, err := decision.Grant(p, c, testkit.Shown(t, p, c), aGoodwill("80.00", "0.00"))
	if gate := onlyGate(t, err); gate.Gate != decision.ErrNothingToRefund || gate.Amount.String() != "0.00 USD" {
		t.Errorf("the same charges again: %v", err)
	}
	if d := goodwilled(t, p, c, aGoodwill("100.00", "0.00")); d.Amount().String() != "20.00 USD" {
		t.Errorf("charges of 100.00 USD after 80.00 USD: %v", d)
	}
	p.Readings.GoodwillAfter = refund.GoodwillAfterInAddition
	if d := goodwilled(t, p, c, aGoodwill("80.00", "0.00")); d.Amount().String() != "80.00 USD" {
		t.Errorf("in addition: %v", d)
	}
}

// Once, 75.00 USD was paid out while 20.00 USD was in dispute, and the dispute was lost.
func TestOpenDisputesAreNotReleased(t *testing.T) {
	p, c := testkit.Policy(), testkit.ReviewedCase()
	c.Subscription.Price, c.Subscription.Paid, c.Subscription.Disputed = testkit.USD("100.00"), testkit.USD("100.00"), testkit.USD("20.00")
	_, err := decision.Approve(p, c, testkit.Shown(t, p, c), anApproval("75.00"))
	if gate := onlyGate(t, err); gate.Gate != decision.ErrAboveRefundable || gate.Most.String() != "55.00 USD" {
		t.Errorf("got %v", err)
	}
	if d := approved(t, p, c, anApproval("55.00")); d.Disputed().String() != "20.00 USD" {
		t.Errorf("judged on a dispute of %v", d.Disputed())
	}
	if d := goodwilled(t, p, c, aGoodwill("100.00", "0.00")); d.Amount().String() != "80.00 USD" {
		t.Errorf("goodwill of %v", d.Amount())
	}
}

// Check returns the gates that are closed before an officer decides.
func TestCheck(t *testing.T) {
	clauses := func(list ...refund.Clause) []refund.Clause { return list }
	rows := []struct {
		because string
		change  func(*refund.Policy, *refund.Case)
		gates   []error
		clauses [][]refund.Clause
	}{
		{"a reviewed case", func(*refund.Policy, *refund.Case) {}, nil, nil},
		{"clauses that are not reviewed", func(_ *refund.Policy, c *refund.Case) { c.Findings = nil },
			[]error{decision.ErrNotReviewed}, [][]refund.Clause{clauses(refund.ClauseLogReview, refund.ClauseCredentials)}},
		{"an objection to acknowledge", func(_ *refund.Policy, c *refund.Case) { c.Findings[0].Severity = refund.SeverityAdvisory },
			[]error{decision.ErrNotAcknowledged}, [][]refund.Clause{clauses(refund.ClauseLogReview)}},
		{"a hold", func(_ *refund.Policy, c *refund.Case) { c.Findings[1].Severity = refund.SeverityBlocking },
			[]error{decision.ErrHeld}, [][]refund.Clause{clauses(refund.ClauseCredentials)}},
		{"a refundable amount of zero", func(_ *refund.Policy, c *refund.Case) { c.Request.At = testkit.March(25, 12, 0) },
			[]error{decision.ErrNothingToRefund}, [][]refund.Clause{nil}},
		{"every gate of Check", func(p *refund.Policy, c *refund.Case) {
			p.Required = clauses(refund.ClauseCallback, refund.ClauseLogReview)
			c.Findings[0].Severity, c.Findings[1].Severity = refund.SeverityAdvisory, refund.SeverityBlocking
			c.Subscription.Refunded = c.Subscription.Paid
		}, []error{decision.ErrNotReviewed, decision.ErrNotAcknowledged, decision.ErrHeld, decision.ErrNothingToRefund},
			[][]refund.Clause{clauses(refund.ClauseCallback), clauses(refund.ClauseLogReview), clauses(refund.ClauseCredentials), nil}},
	}
	for _, r := range rows {
		testkit.Row(t, r.because, func(t *testing.T) {
			p, c := testkit.Policy(), testkit.ReviewedCase()
			r.change(&p, &c)
			o, err := p.Evaluate(c)
			if err != nil {
				t.Fatal(err)
			}
			closed := decision.Check(p, o)
			if len(closed) != len(r.gates) {
				t.Fatalf("got %v, want %v", closed, r.gates)
			}
			for i, g := range closed {
				if g.Gate != r.gates[i] || !slices.Equal(g.Clauses, r.clauses[i]) {
					t.Errorf("gate %d is %+v", i, g)
				}
			}
			if printed := fmt.Sprint(closed); strings.Contains(printed, "0x") || strings.Count(printed, "decision: ") != len(closed) {
				t.Errorf("a list of gates prints as %s, not as its sentences", printed)
			}
			// These are the gates that are closed for an officer with every right.
			a := anApproval("1.00")
			if a.Amount = o.Refundable; a.Amount.Sign() == 0 {
				a.Amount = testkit.USD("0.01")
			}
			if _, err := decision.Approve(p, c, o.Digest(), a); len(closed) > 0 != (err != nil) || err != nil && !slices.Equal(gatesIn(t, err), r.gates) {
				t.Errorf("approving: %v", err)
			}
		})
	}
}

// An outcome may be built by hand. A status that no evaluation returns does not open a gate.
func TestCheckOfAnOutcomeMadeByHand(t *testing.T) {
	p := testkit.Policy()
	for _, status := range []refund.Status{0, refund.StatusApplied, refund.StatusNotApplicable, refund.StatusNotEvaluated, 99} {
		o := refund.Outcome{Refundable: testkit.USD("1.00")}
		for _, clause := range p.Required {
			o.Statuses[clause] = status
		}
		closed := decision.Check(p, o)
		if len(closed) != 1 || closed[0].Gate != decision.ErrNotReviewed || len(closed[0].Clauses) != 3 {
			t.Errorf("%v: %v", status, closed)
		}
	}
	o := refund.Outcome{Refundable: testkit.USD("1.00"), Statuses: refund.Statuses{refund.ClauseCredentials: refund.StatusBlocking}}
	if closed := decision.Check(refund.Policy{}, o); len(closed) != 1 || closed[0].Gate != decision.ErrHeld {
		t.Errorf("blocking, and not marked as held: %v", closed)
	}
	if closed := decision.Check(refund.Policy{}, refund.Outcome{Refundable: testkit.USD("1.00"), Held: true}); len(closed) != 1 || closed[0].Gate != decision.ErrHeld {
		t.Errorf("held without a blocking clause: %v", closed)
	}
	if closed := decision.Check(refund.Policy{Required: []refund.Clause{0, 200}}, refund.Outcome{}); len(closed) != 1 || !errors.Is(closed[0], decision.ErrNothingToRefund) {
		t.Errorf("an invalid policy and the zero Outcome: %v", closed)
	}
}

func approving(t testkit.TB, amount string) func(refund.Policy, refund.Case) (decision.Decision, error) {
	return func(p refund.Policy, c refund.Case) (decision.Decision, error) {
		a := anApproval(amount)
		a.By = clerk("100.00")
		return decision.Approve(p, c, testkit.Shown(t, p, c), a)
	}
}

func granting(t testkit.TB, charges string) func(refund.Policy, refund.Case) (decision.Decision, error) {
	return func(p refund.Policy, c refund.Case) (decision.Decision, error) {
		g := aGoodwill(charges, "0.00")
		g.By = clerk("100.00")
		return decision.Grant(p, c, testkit.Shown(t, p, c), g)
	}
}

func sum(t testkit.TB, m, n refund.Money) refund.Money {
	t.Helper()
	total, err := m.Add(n)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return total
}
