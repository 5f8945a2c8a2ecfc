package refundtest_test

import (
	"errors"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// Reviews of the customer's side with one mistake each, as people make them. CheckReview
// must find every one, and name the check.
var wrongReviews = []struct {
	name    string
	because string // what the clauses say
	found   string // the first failure
	review  refundtest.Reviewer
}{
	{
		"report at the request's instant", "reports of unauthorized use count at the decision", "reviews/credentials/reported-after-the-request",
		func(a customer.Account, r customer.Requester, answers customer.Attestations, asked, now time.Time) []refund.Finding {
			found := customer.Review(a, r, answers, asked, now)
			return append(without(found, refund.ClauseCredentials), only(customer.Review(a, r, answers, asked, asked), refund.ClauseCredentials)...)
		},
	},
	{
		"a report never closes", "a report that is closed no longer blocks", "reviews/credentials/closed-after-the-request",
		func(a customer.Account, r customer.Requester, answers customer.Attestations, asked, now time.Time) []refund.Finding {
			for i := range a.Reports {
				a.Reports[i].Closed = time.Time{}
			}
			return customer.Review(a, r, answers, asked, now)
		},
	},
	{
		"permission at the decision", "permission counts at the request", "reviews/account-access/permission-ended-after-the-request",
		func(a customer.Account, r customer.Requester, answers customer.Attestations, asked, now time.Time) []refund.Finding {
			return customer.Review(a, r, answers, now, now)
		},
	},
	{
		"answers at the request's instant", "an answer given on the call back counts", "reviews/cooperation/answered-after-the-request",
		func(a customer.Account, r customer.Requester, answers customer.Attestations, asked, now time.Time) []refund.Finding {
			found := customer.Review(a, r, answers, asked, now)
			return append(without(found, refund.ClauseCooperation), only(customer.Review(a, r, answers, asked, asked), refund.ClauseCooperation)...)
		},
	},
	{
		"silence is a yes", "a question without an answer makes no finding", "reviews/cooperation/no-answer",
		func(a customer.Account, r customer.Requester, answers customer.Attestations, asked, now time.Time) []refund.Finding {
			found := customer.Review(a, r, answers, asked, now)
			if only(found, refund.ClauseCooperation) == nil {
				found = append(found, refund.Finding{Clause: refund.ClauseCooperation, Severity: refund.SeveritySatisfied})
			}
			return found
		},
	},
}

// only returns the findings on a clause.
func only(findings []refund.Finding, clause refund.Clause) (list []refund.Finding) {
	for _, f := range findings {
		if f.Clause == clause {
			list = append(list, f)
		}
	}
	return list
}

// without returns the findings on other clauses.
func without(findings []refund.Finding, clause refund.Clause) (list []refund.Finding) {
	for _, f := range findings {
		if f.Clause != clause {
			list = append(list, f)
		}
	}
	return list
}

func TestWrongReviewsAreFound(t *testing.T) {
	if err := refundtest.CheckReview(customer.Review); err != nil {
		t.Errorf("package customer: %v", err)
	}
	for _, w := range wrongReviews {
		testkit.Row(t, w.name+": "+w.because, func(t *testing.T) {
			var failures refundtest.Failures
			if err := refundtest.CheckReview(w.review); !errors.As(err, &failures) {
				t.Fatalf("not found: %v", err)
			}
			if failures[0].Name != w.found {
				t.Errorf("found by %v", failures)
			}
		})
	}
}
