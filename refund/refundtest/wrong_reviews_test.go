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

// The tests of this file run CheckReview on reviews with one typical mistake each. It must
// find each mistake and name the check.
var wrongReviews = []struct {
	name    string
	because string // the rule
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
		"a report never closes", "a closed report does not block", "reviews/credentials/closed-after-the-request",
		func(a customer.Account, r customer.Requester, answers customer.Attestations, asked, now time.Time) []refund.Finding {
			for i := range a.Reports {
				a.Reports[i].Closed = time.Time{}
			}
			return customer.Review(a, r, answers, asked, now)
		},
	},
	{
		"permission at the decision", "permission is judged at the request", "reviews/account-access/permission-ended-after-the-request",
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
		"no answer means yes", "a question without an answer does not make a finding", "reviews/cooperation/no-answer",
		func(a customer.Account, r customer.Requester, answers customer.Attestations, asked, now time.Time) []refund.Finding {
			found := customer.Review(a, r, answers, asked, now)
			if only(found, refund.ClauseCooperation) == nil {
				found = append(found, refund.Finding{Clause: refund.ClauseCooperation, Severity: refund.SeveritySatisfied})
			}
			return found
		},
	},
}

// only returns the findings on one clause.
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

func TestEachWrongReviewIsFound(t *testing.T) {
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
