package refundtest

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Reviewer makes findings about the customer's side of a case, as [customer.Review]
// does.
type Reviewer = func(account customer.Account, requester customer.Requester, answers customer.Attestations, asked, now time.Time) []refund.Finding

// CheckReview checks whether a reviewer judges each fact at the right time: some at the
// request, others at the decision. It returns nil or [Failures] whose names begin with
// "reviews/".
func CheckReview(review Reviewer) error {
	var failures Failures
	for _, r := range reviews {
		account := customer.Account{ID: "ACC-7", Reports: []customer.MisuseReport{}}
		answers := customer.Attestations{}
		requester := customer.Requester{Account: account.ID}
		if r.set != nil {
			r.set(&account, &requester, answers)
		}
		if got := reviewStatus(review(account, requester, answers, reviewAsked, reviewNow), r.clause); got != r.want {
			failures = append(failures, &Failure{
				Name: "reviews/" + r.clause.String() + "/" + r.name, Clause: r.clause, Reason: r.reason, Got: got.String(), Want: r.want.String(),
			})
		}
	}
	if failures == nil {
		return nil
	}
	return failures
}

// The request, an instant after it, and the decision.
var (
	reviewAsked   = Case().Request.At
	reviewBetween = reviewAsked.Add(12 * time.Hour)
	reviewNow     = reviewAsked.Add(24 * time.Hour)
)

// reviews are accounts and answers with the expected status. Without set, the holder asked,
// the account has no report, and the customer gave no answer.
var reviews = []struct {
	clause refund.Clause
	name   string // permanent
	reason string
	set    func(*customer.Account, *customer.Requester, customer.Attestations)
	want   refund.Status
}{
	{refund.ClauseCredentials, "no-report", "an account without a report of unauthorized use is satisfied", nil, refund.StatusSatisfied},
	{refund.ClauseCredentials, "report-open", "a report that was open at the request and still is blocks",
		reported(reviewAsked.Add(-time.Hour), time.Time{}), refund.StatusBlocking},
	{refund.ClauseCredentials, "reported-after-the-request", "a report made after the request blocks: reports count at the decision",
		reported(reviewBetween, time.Time{}), refund.StatusBlocking},
	{refund.ClauseCredentials, "closed-after-the-request", "a report closed after the request no longer blocks: reports count at the decision",
		reported(reviewAsked.Add(-time.Hour), reviewBetween), refund.StatusSatisfied},
	{refund.ClauseCredentials, "reported-after-the-decision", "a report made after the decision does not block it",
		reported(reviewNow.Add(time.Hour), time.Time{}), refund.StatusSatisfied},

	{refund.ClauseAccountAccess, "holder", "the holder of the account may ask", nil, refund.StatusSatisfied},
	{refund.ClauseAccountAccess, "stranger", "another account may not ask without the holder's permission",
		delegated("ACC-8", reviewAsked.Add(-time.Hour), time.Time{}, "ACC-9"), refund.StatusBlocking},
	{refund.ClauseAccountAccess, "permission-ended-after-the-request", "a permission that ended after the request held at the request",
		delegated("ACC-8", reviewAsked.Add(-time.Hour), reviewBetween, "ACC-8"), refund.StatusSatisfied},
	{refund.ClauseAccountAccess, "permission-given-after-the-request", "a permission given after the request did not hold at the request",
		delegated("ACC-8", reviewBetween, time.Time{}, "ACC-8"), refund.StatusBlocking},

	{refund.ClauseCooperation, "no-answer", "a question without an answer makes no finding, and does not mean yes", nil, refund.StatusNotEvaluated},
	{refund.ClauseCooperation, "answered-after-the-request", "an answer given on the call back counts: answers count at the decision",
		answered(customer.AnswerNo, reviewBetween), refund.StatusObjected},
	{refund.ClauseCooperation, "answered-after-the-decision", "an answer given after the decision does not count",
		answered(customer.AnswerYes, reviewNow.Add(time.Hour)), refund.StatusNotEvaluated},
}

func reported(made, closed time.Time) func(*customer.Account, *customer.Requester, customer.Attestations) {
	return func(a *customer.Account, _ *customer.Requester, _ customer.Attestations) {
		a.Reports = append(a.Reports, customer.MisuseReport{ID: "R-1", Made: made, Closed: closed})
	}
}

// delegated gives a delegate the permission to ask, and sets the account that asks.
func delegated(delegate string, from, until time.Time, asks string) func(*customer.Account, *customer.Requester, customer.Attestations) {
	return func(a *customer.Account, r *customer.Requester, _ customer.Attestations) {
		a.Delegates = append(a.Delegates, customer.Delegate{Account: delegate, From: from, Until: until})
		r.Account = asks
	}
}

func answered(answer customer.Answer, at time.Time) func(*customer.Account, *customer.Requester, customer.Attestations) {
	return func(_ *customer.Account, _ *customer.Requester, answers customer.Attestations) {
		answers[refund.ClauseCooperation] = customer.Attestation{Answer: answer, At: at}
	}
}

// reviewStatus returns the status of a clause with these findings, that of the worst.
func reviewStatus(findings []refund.Finding, clause refund.Clause) refund.Status {
	worst := refund.Severity(0)
	for _, f := range findings {
		if f.Clause == clause {
			worst = max(worst, f.Severity)
		}
	}
	return statusOf(worst)
}
