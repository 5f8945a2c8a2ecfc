package refund_test

import (
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
)

type clauseRow struct {
	because       string
	clause        refund.Clause
	code          string
	section       string
	takesFindings bool
	mayBlock      bool
}

// The clauses are in the policy's order, and the two that override the others come last.
// Each has the heading of the policy's text under which it appears.
var clauseRows = []clauseRow{
	{"the guarantee is the first clause of the text", refund.ClauseGuarantee, "guarantee", "kasperinfotech services", false, false},
	{"no issue resolved is computed", refund.ClauseCase1, "case-1", "REFUND WITHIN 15 DAYS", false, false},
	{"issues resolved is computed", refund.ClauseCase2, "case-2", "REFUND WITHIN 15 DAYS", false, false},
	{"one-time support is part of Case 2's paragraph", refund.ClauseOneTime, "one-time", "REFUND WITHIN 15 DAYS", false, false},
	{"the ticket is computed", refund.ClauseTicket, "ticket", "Procedure For Refund", false, false},
	{"the call back is computed", refund.ClauseCallback, "callback", "Procedure For Refund", false, false},
	{"reviewers examine the logs", refund.ClauseLogReview, "log-review", "Procedure For Refund", true, false},
	{"a responsibility of the customer", refund.ClauseCooperation, "cooperation", "Customer Responsibility", true, false},
	{"a responsibility of the customer", refund.ClausePeripherals, "peripherals", "Customer Responsibility", true, false},
	{"a responsibility of the customer", refund.ClauseLicensed, "licensed", "Customer Responsibility", true, false},
	{"a responsibility of the customer", refund.ClauseBestEffort, "best-effort", "Customer Responsibility", true, false},
	{"a responsibility of the customer", refund.ClauseDataLoss, "data-loss", "Customer Responsibility", true, false},
	{"a responsibility of the customer", refund.ClauseEnvironment, "environment", "Customer Responsibility", true, false},
	{"a responsibility of the customer", refund.ClauseRegistration, "registration", "Customer Responsibility", true, false},
	{"an open report of unauthorized use holds the money", refund.ClauseCredentials, "credentials", "Customer Responsibility", true, true},
	{"a person who may not use the account receives no money", refund.ClauseAccountAccess, "account-access", "Customer Responsibility", true, true},
	{"goodwill exists only as a decision", refund.ClauseGoodwill, "goodwill", "Procedure For Refund", false, false},
	{"the cap is computed and comes last", refund.ClauseCap, "cap", "Procedure For Refund", false, false},
}

func clauseCodesByClause() map[refund.Clause]string {
	codes := map[refund.Clause]string{}
	for _, r := range clauseRows {
		codes[r.clause] = r.code
	}
	return codes
}

func TestClauses(t *testing.T) {
	all := refund.Clauses()
	if len(all) != 18 || len(clauseRows) != 18 {
		t.Fatalf("%d clauses, want 18", len(all))
	}
	titles := map[string]bool{"": true}
	for i, r := range clauseRows {
		if strings.TrimSpace(r.because) == "" {
			t.Errorf("row %d says no reason", i)
		}
		c := all[i]
		if c != r.clause || int(c) != i+1 || !c.IsValid() || c.String() != r.code {
			t.Errorf("clause %d is %v, valid %v; want %s", i, c, c.IsValid(), r.code)
		}
		var parsed refund.Clause
		if err := parsed.UnmarshalText([]byte(r.code)); err != nil || parsed != c {
			t.Errorf("%s is read as %v, %v", r.code, parsed, err)
		}
		if c.Section() != r.section {
			t.Errorf("%v stands under %q, want %q", c, c.Section(), r.section)
		}
		if c.TakesFindings() != r.takesFindings {
			t.Errorf("%v takes findings: %v (%s)", c, c.TakesFindings(), r.because)
		}
		if titles[c.Title()] {
			t.Errorf("%v has the title %q, which is empty or another's", c, c.Title())
		}
		titles[c.Title()] = true
	}
	all[0] = 0
	if refund.Clauses()[0] != refund.ClauseGuarantee {
		t.Error("the list is shared: a caller can change it")
	}
}

func TestInvalidClauses(t *testing.T) {
	for _, c := range []refund.Clause{0, refund.ClauseCap + 1, 99, 255} {
		if c.IsValid() || c.TakesFindings() || c.Section() != "" || c.Title() != "" {
			t.Errorf("%v is valid", c)
		}
	}
	for _, code := range []string{"unset", "case", "case-3", "Guarantee", "case_1"} {
		var c refund.Clause
		wantPaths(t, c.UnmarshalText([]byte(code)), "clause")
		if c != 0 {
			t.Errorf("%q is read as %v", code, c)
		}
	}
}
