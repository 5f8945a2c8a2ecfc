package examples_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// obstacles returns all reasons for a refused decision, in the desk's own words.
func obstacles(err error) []string {
	var refused *decision.GatesError
	if !errors.As(err, &refused) {
		return []string{err.Error()} // another error
	}
	var list []string
	for _, gate := range refused.Gates {
		switch {
		case errors.Is(gate, decision.ErrNotReviewed):
			list = append(list, fmt.Sprint("somebody has to review ", gate.Clauses))
		case errors.Is(gate, decision.ErrSelfApproval):
			list = append(list, "somebody else has to decide")
		case errors.Is(gate, decision.ErrAboveLimit):
			list = append(list, fmt.Sprint("at most ", gate.Most, " here; ", gate.Amount, " needs a higher limit"))
		default:
			list = append(list, gate.Error())
		}
	}
	return list
}

// Who may approve a refund? Agent desk-4 records Ms Brandt's request by phone and tries to
// approve it. Three gates are closed: the reviews are missing, the agent is a party to the
// case, and the amount is above the agent's limit. After the reviews, the team lead approves.
func Example_approvalByAnother() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	monday := time.Date(2026, time.March, 9, 10, 0, 0, 0, newYork)
	policy := refund.Published(newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2012",
			Account: "ACC-BRANDT",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: monday.AddDate(0, 0, -8),
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{},
		Request: refund.Request{
			At:         monday,
			By:         "ACC-BRANDT",
			RecordedBy: "desk-4",
			Channel:    refund.ChannelPhone,
		},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	_, err = decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "desk-4", Limit: refund.MustMoney("50.00", "USD")},
		At:     monday.Add(10 * time.Minute),
		Amount: outcome.Refundable,
	})
	if err == nil {
		log.Fatal("the agent approved a request that the agent had recorded")
	}
	for _, obstacle := range obstacles(err) {
		fmt.Println("-", obstacle)
	}

	c.Findings = []refund.Finding{
		{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "call R-77"},
		{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
	}
	if outcome, err = policy.Evaluate(c); err != nil {
		log.Fatal(err)
	}
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "lead-1", Limit: refund.MustMoney("300.00", "USD")},
		At:     monday.Add(5 * time.Hour),
		Amount: outcome.Refundable,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Why())
	// Output:
	// - somebody has to review [log-review credentials]
	// - somebody else has to decide
	// - at most 50.00 USD here; 199.99 USD needs a higher limit
	// 199.99 USD approved by lead-1 on 9 March 2026 at 15:00 EDT
}
