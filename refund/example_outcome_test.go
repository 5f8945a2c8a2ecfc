package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Explain the amount to the customer.
func ExampleOutcome_Why() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1001",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: start,
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: start.AddDate(0, 0, 1), Resolved: start.AddDate(0, 0, 2)},
		},
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Why(refund.ClauseGuarantee))
	fmt.Println(outcome.Why(refund.ClauseCase2))
	fmt.Println(outcome.Why(refund.ClauseCap))
	// Output:
	// asked on 9 March 2026; the last day is 16 March 2026 (15 days from 1 March)
	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
	// 174.99 USD is within the cap of 199.99 USD
}

// Show how the amount was computed. The amounts of the steps add up to the entitlement;
// earlier refunds are subtracted from it.
func ExampleOutcome_Steps() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1008",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start:    start,
			Price:    refund.MustMoney("100.00", "USD"),
			Paid:     refund.MustMoney("100.00", "USD"),
			Refunded: refund.MustMoney("30.00", "USD"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: start.AddDate(0, 0, 1), Resolved: start.AddDate(0, 0, 2)},
		},
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, step := range outcome.Steps() {
		if !step.Amount.IsZero() {
			fmt.Printf("%-10s %-8s %11s\n", step.Clause, step.Status, step.Amount)
		}
	}
	fmt.Printf("%-19s %11s\n", "entitlement", outcome.Entitlement)
	fmt.Println(outcome.WhyRefundable())
	// Output:
	// guarantee  applied   100.00 USD
	// case-2     applied   -25.00 USD
	// entitlement           75.00 USD
	// 75.00 USD less 30.00 USD already refunded: 45.00 USD
}

// List the clauses that have not been reviewed.
func ExampleStatus() {
	outcome := refund.Outcome{Statuses: refund.Statuses{
		refund.ClauseTicket:    refund.StatusSatisfied,
		refund.ClauseLogReview: refund.StatusNotEvaluated,
	}}
	for _, clause := range refund.Clauses() {
		if outcome.Statuses[clause] == refund.StatusNotEvaluated {
			fmt.Println(clause, outcome.Statuses[clause])
		}
	}
	// Output:
	// log-review not_evaluated
}

// Report what has changed since an officer looked at a case: another issue was resolved.
func ExampleOutcome_Diff() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	policy := refund.Published(newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1001",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: start,
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	shown, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	c.Issues = append(c.Issues, refund.Issue{ID: "T-1", Opened: start, Resolved: start.AddDate(0, 0, 2)})
	now, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(now.Diff(shown))
	// Output:
	// verdict: deducted instead of full
	// refundable: 174.99 USD instead of 199.99 USD
	// entitlement: 174.99 USD instead of 199.99 USD
	// deduction: 25.00 USD instead of 0.00 USD
	// resolved issues: 1 instead of 0
	// case-1: not_applicable instead of applied
	//   does not apply: 1 issue was resolved
	//   instead of: no issue was resolved in the window up to the request: the whole amount, 199.99 USD
	// case-2: applied instead of not_applicable
	//   1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
	//   instead of: does not apply: no issue was resolved in the window up to the request
}
