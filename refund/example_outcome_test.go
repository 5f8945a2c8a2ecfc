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
