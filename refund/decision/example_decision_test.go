package decision_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// reviewedCase returns a case in which every required clause is satisfied. One issue was
// resolved, so 174.99 USD of 199.99 USD is refundable.
func reviewedCase() refund.Case {
	start := time.Date(2026, time.March, 1, 15, 0, 0, 0, time.UTC)
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
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
		Request: refund.Request{
			At:         start.AddDate(0, 0, 8),
			By:         "ACC-7",
			RecordedBy: "desk-4",
			Channel:    refund.ChannelEmail,
			Reason:     "not satisfied",
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "T-1"},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
}

// approvePart approves a part of the refundable amount of reviewedCase, under a policy that
// allows it.
func approvePart(amount string) (decision.Decision, error) {
	policy, c := refund.Published(time.UTC), reviewedCase()
	policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
	outcome, err := policy.Evaluate(c)
	if err != nil {
		return decision.Decision{}, err
	}
	return decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     c.Request.At.AddDate(0, 0, 1),
		Amount: refund.MustMoney(amount, "USD"),
		Reason: "as asked",
	})
}

// An officer approves the refundable amount of the outcome that was shown.
func ExampleApprove() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	shown := outcome.Digest() // sent to the officer's form, and returned by it

	d, err := decision.Approve(policy, c, shown, decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     time.Date(2026, time.March, 10, 15, 0, 0, 0, time.UTC),
		Amount: outcome.Refundable,
	})

	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Kind(), d.Amount())
	// Output:
	// approved 174.99 USD
}

// The company may decline any request. The denial states a reason, and may cite clauses that
// are not satisfied.
func ExampleDecline() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Decline(policy, c, outcome.Digest(), decision.Denial{
		By:      decision.Officer{ID: "ops-3"},
		At:      time.Date(2026, time.March, 10, 15, 0, 0, 0, time.UTC),
		Grounds: []refund.Clause{refund.ClauseCooperation},
		Reason:  "the customer refused the call back",
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Why())
	// Output:
	// declined by ops-3 on 10 March 2026 at 15:00 UTC; 174.99 USD was refundable. Grounds: Cooperation. Reason: the customer refused the call back
}

// An officer submits an incomplete form. A missing amount is an error; it does not mean
// "all".
func ExampleApproval() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	_, err = decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By: decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At: c.Request.At.AddDate(0, 0, -1),
	})

	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		for _, fault := range invalid.Faults {
			fmt.Println(fault.Path, fault.Reason)
		}
	}
	// Output:
	// approval.at is before request.at
	// approval.amount is required
}

// The limit of an officer bounds the amount. An officer without a limit, or one who is a
// party to the case, cannot approve.
func ExampleOfficer() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	for _, officer := range []decision.Officer{
		{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		{ID: "ops-4", Limit: refund.MustMoney("100.00", "USD")},
		{ID: "trainee-1"},
		{ID: "desk-4", Limit: refund.MustMoney("500.00", "USD")},                  // recorded the request
		{ID: "ops-5", Account: "ACC-7", Limit: refund.MustMoney("500.00", "USD")}, // is the customer
	} {
		d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
			By:     officer,
			At:     c.Request.At.AddDate(0, 0, 1),
			Amount: outcome.Refundable,
		})

		if err != nil {
			fmt.Println(officer.ID, err)
			continue
		}
		fmt.Println(officer.ID, d)
	}
	// Output:
	// ops-3 approved 174.99 USD
	// ops-4 decision: refused: above the officer's limit: 174.99 USD including earlier refunds; the limit is 100.00 USD
	// trainee-1 decision: refused: above the officer's limit: 174.99 USD including earlier refunds; the officer has no limit
	// desk-4 decision: refused: the officer is a party to the case; another officer has to decide
	// ops-5 decision: refused: the officer is a party to the case; another officer has to decide
}

// List the closed gates on a page before an officer decides.
func ExampleCheck() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	c.Findings = []refund.Finding{
		{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Detail: "no call on record"},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	for _, gate := range decision.Check(policy, outcome) {
		for _, clause := range gate.Clauses {
			fmt.Println(gate.Gate, "-", clause.Title(), "-", outcome.Why(clause))
		}
	}
	// Output:
	// decision: not reviewed - Credentials - not reviewed yet
	// decision: objection not acknowledged - Review of the logs - noted, without effect on the amount: no call on record
}

// The log review has an objection. The officer must acknowledge it by naming the clause.
func ExampleApproval_acknowledged() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	c.Findings[0].Severity, c.Findings[0].Detail = refund.SeverityAdvisory, "no call on record"
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	approval := decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     c.Request.At.AddDate(0, 0, 1),
		Amount: outcome.Refundable,
	}
	_, err = decision.Approve(policy, c, outcome.Digest(), approval)
	fmt.Println(err)

	approval.Acknowledged = []refund.Clause{refund.ClauseLogReview}
	d, err := decision.Approve(policy, c, outcome.Digest(), approval)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d, d.Acknowledged())
	// Output:
	// decision: refused: objection not acknowledged: log-review
	// approved 174.99 USD [log-review]
}

// Compare the books with those of the decision before paying, because two decisions on the
// same books are both valid.
func ExampleDecision_Refunded() {
	d, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	paid := refund.MustMoney("199.99", "USD") // read in the transaction that pays
	refunded := refund.MustMoney("60.00", "USD")
	if !d.Paid().Equal(paid) || !d.Refunded().Equal(refunded) {
		fmt.Println("decide again:", d.Refunded(), "was refunded at the time,", refunded, "by now")
	}
	// Output:
	// decide again: 0.00 USD was refunded at the time, 60.00 USD by now
}

// The logs have not been reviewed, and the amount is above the officer's limit. The error
// reports both closed gates, and errors.Is finds each.
func ExampleGatesError() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	c.Findings = nil
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	_, err = decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-4", Limit: refund.MustMoney("100.00", "USD")},
		At:     c.Request.At.AddDate(0, 0, 1),
		Amount: outcome.Refundable,
	})

	fmt.Println(err)
	fmt.Println("review first:", errors.Is(err, decision.ErrNotReviewed))
	fmt.Println("on hold:     ", errors.Is(err, decision.ErrHeld))

	var refused *decision.GatesError
	if errors.As(err, &refused) {
		fmt.Println("closed gates:", len(refused.Gates))
	}
	// Output:
	// decision: refused: not reviewed yet: log-review, credentials; above the officer's limit: 174.99 USD including earlier refunds; the limit is 100.00 USD
	// review first: true
	// on hold:      false
	// closed gates: 2
}

// A form shows each closed gate at its field, as it shows the faults of its input.
func ExampleGatesError_Faults() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	c.Findings = nil
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	_, err = decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-4", Limit: refund.MustMoney("100.00", "USD")},
		At:     c.Request.At.AddDate(0, 0, 1),
		Amount: outcome.Refundable,
	})

	var faults refund.Faults
	faults.Merge(err)
	for _, f := range faults {
		fmt.Println(f)
	}
	// Output:
	// approval.acknowledged.log-review: not reviewed yet
	// approval.acknowledged.credentials: not reviewed yet
	// approval.amount: above the officer's limit: 174.99 USD including earlier refunds; the limit is 100.00 USD
}

// A part was refunded after the officer had seen the outcome. The officer must decide again.
func ExampleStaleError() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	c.Subscription.Refunded = refund.MustMoney("60.00", "USD")

	_, err = decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     c.Request.At.AddDate(0, 0, 1),
		Amount: outcome.Refundable,
	})

	fmt.Println(errors.Is(err, decision.ErrStale))

	var stale *decision.StaleError
	if errors.As(err, &stale) {
		fmt.Println("changed:", stale.What, stale.Then == outcome.Digest())
	}
	// Output:
	// true
	// changed: outcome true
}
