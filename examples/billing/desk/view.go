package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// Quote evaluates a case by the policy in force at the start of its subscription. It stores
// nothing.
func (d *Desk) Quote(c refund.Case) (refund.Outcome, error) { return d.conf.Policies.Evaluate(c) }

// View returns a case. One without a request is judged as if the customer asked now.
func (d *Desk) View(ctx context.Context, subscription string) (View, error) {
	r, err := scanRecord(d.db.QueryRowContext(ctx, `SELECT document FROM cases WHERE subscription = $1`, subscription))
	if err != nil {
		return View{}, err
	}
	made, err := d.scanDecided(d.db.QueryRowContext(ctx, selectDecided, subscription))
	if err != nil {
		return View{}, err
	}
	books, err := d.store.Load(ctx, subscription) // after the decision, so that they have its refund
	if err != nil {
		return View{}, err
	}
	v, err := d.assess(r, books, d.conf.Now())
	if err != nil {
		return View{}, err
	}
	if v.Figures, err = v.Report.Figures(v.Policy, v.Case); err != nil {
		return View{}, err
	}
	if v.Changes, err = whatif.Counterfactuals(v.Policy, v.Case); err != nil {
		return View{}, err
	}
	v.Gates = decision.Check(v.Policy, v.Outcome)
	v.Decision, v.State = made, state(r, books, made)
	v.Audit, err = list[AuditEntry](ctx, d.db, `SELECT body FROM (SELECT seq, body FROM audit WHERE subscription = $1
		ORDER BY seq DESC LIMIT 200) AS newest ORDER BY seq`, subscription)
	return v, err
}

// assess evaluates a case at an instant, with the amounts of its books and all findings.
func (d *Desk) assess(r Record, books ledger.Ledger, now time.Time) (View, error) {
	s, err := books.Subscription(r.Subscription)
	if err != nil {
		return View{}, err
	}
	policy, err := d.conf.Policies.At(s.Start)
	if err != nil {
		return View{}, err
	}
	c := refund.Case{Subscription: s, Issues: r.Issues, Request: r.Request}
	if r.Request.At.IsZero() {
		c = whatif.Holding{Subscription: s, Issues: r.Issues}.Case(now)
	}
	log, err := jsonl.ReadAll(strings.NewReader(r.Evidence))
	if err != nil {
		var faults refund.Faults
		faults.Merge(err) // of all lines, with their numbers
		return View{}, faults.Err()
	}
	report := evidence.Review(log, c)
	account := customer.Account{ID: s.Account, Holder: r.Customer.Name, Username: r.Customer.Email,
		Particulars: r.Customer.Particulars, Delegates: r.Customer.Delegates, Reports: r.Customer.Reports}
	c.Findings = slices.Concat(report.Findings(),
		customer.Review(account, customer.Requester{Account: c.Request.By}, r.Answers, c.Request.At, now), r.Findings)
	outcome, err := policy.Evaluate(c)
	if err != nil {
		return View{}, err
	}
	return View{Record: r, Policy: policy, Case: c, Outcome: outcome, Books: books, Report: report}, nil
}
