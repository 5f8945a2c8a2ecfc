package decision_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// reviewedCase returns a case in which every required clause is satisfied. One issue was
// resolved, so that 174.99 USD of 199.99 USD are refundable.
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

// approvePart approves a part of the refundable amount of that case, which the policy has to
// allow.
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

// An officer has seen the outcome and approves the refundable amount.
func ExampleApprove() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	shown := outcome.Digest() // a page sends it along, and gets it back with the answer

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

// The company may decline on any outcome. It states a reason, and may cite clauses that are
// not satisfied.
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

// A form is sent half filled. A missing amount never means "all": the amount is stated.
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

// An officer without a limit has no authority to release money.
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

// A page lists what stands in the way before any officer acts.
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

// The log review has an objection. The officer has read it and names it: a form that ticks
// every clause would be refused.
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

// Declining without a reason is refused; blanks are not a reason.
func ExampleDenial() {
	policy, c := refund.Published(time.UTC), reviewedCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	_, err = decision.Decline(policy, c, outcome.Digest(), decision.Denial{
		By:     decision.Officer{ID: "ops-3"},
		At:     c.Request.At.AddDate(0, 0, 1),
		Reason: "  ",
	})

	fmt.Println(err)
	// Output:
	// refund: invalid input: denial.reason: is required
}

// A payment service takes a decision, and finds in it whatever it needs.
func ExampleDecision() {
	pay := func(d decision.Decision) {
		if d.Amount().Sign() <= 0 {
			fmt.Println("not to be paid:", d)
			return
		}
		fmt.Println("pay", d.Amount(), "for", d.Subscription())
		fmt.Println("by", d.Officer().ID, "on", refund.DateOf(d.At()))
		fmt.Println("because:", d.Reason())
	}
	d, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	pay(d)
	pay(decision.Decision{}) // what comes with an error
	// Output:
	// pay 100.00 USD for SUB-1001
	// by ops-3 on 2026-03-10
	// because: as asked
	// not to be paid: no decision
}

// A decision goes into a letter or a ticket as one line.
func ExampleDecision_Why() {
	d, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Why())
	// Output:
	// 100.00 USD of the refundable 174.99 USD approved by ops-3 on 10 March 2026 at 15:00 UTC. Reason: as asked
}

// A table shows decisions.
func ExampleDecision_String() {
	d, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d)
	fmt.Println(decision.Decision{})
	// Output:
	// approved 100.00 USD
	// no decision
}

// A report puts each decision under its heading.
func ExampleDecision_Kind() {
	d, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	switch d.Kind() {
	case decision.KindApproved:
		fmt.Println("under the guarantee")
	case decision.KindGoodwill:
		fmt.Println("beyond the guarantee")
	case decision.KindDeclined:
		fmt.Println("no refund")
	}
	// Output:
	// under the guarantee
}

// A report shows the approved amount beside the refundable one.
func ExampleDecision_Outcome() {
	d, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	outcome := d.Outcome()
	fmt.Println(d.Amount(), "of", outcome.Refundable)
	fmt.Println(outcome.Why(refund.ClauseCase2))
	// Output:
	// 100.00 USD of 174.99 USD
	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
}

// Before paying, a program compares the books with those that the decision was judged on:
// two decisions on the same books are both valid.
func ExampleDecision_Refunded() {
	d, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	paid := refund.MustMoney("199.99", "USD") // read in the transaction that pays
	refunded := refund.MustMoney("60.00", "USD")
	if !d.Paid().Equal(paid) || !d.Refunded().Equal(refunded) {
		fmt.Println("decide again:", d.Refunded(), "was refunded then,", refunded, "is now")
	}
	// Output:
	// decide again: 0.00 USD was refunded then, 60.00 USD is now
}

// The zero Decision is what comes with an error.
func ExampleDecision_IsZero() {
	d, err := approvePart("200.00")
	fmt.Println(d.IsZero(), err != nil)
	// Output:
	// true true
}

// A message queue delivers a decision twice.
func ExampleDecision_Equal() {
	first, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	again, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	other, err := approvePart("50.00")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(first.Equal(again), first.Equal(other))
	// Output:
	// true false
}

// A page gets a decision as JSON, to show it. JSON is never read back: a record is.
func ExampleDecision_MarshalJSON() {
	d, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(d)
	if err != nil {
		log.Fatal(err)
	}
	var page struct {
		Kind       string
		Amount     refund.Money
		Refundable refund.Money
		Detail     string
	}
	if err := json.Unmarshal(text, &page); err != nil {
		log.Fatal(err)
	}
	fmt.Println(page.Kind, page.Amount, "of", page.Refundable)
	fmt.Println(page.Detail)
	// Output:
	// approved 100.00 USD of 174.99 USD
	// 100.00 USD of the refundable 174.99 USD approved by ops-3 on 10 March 2026 at 15:00 UTC. Reason: as asked
}

// A decision is written to a structured log, without the reason, which is free text.
func ExampleDecision_LogValue() {
	d, err := approvePart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	logger.Info("decided", "refund", d)
	// Output:
	// level=INFO msg=decided refund.kind=approved refund.subscription=SUB-1001 refund.amount="100.00 USD" refund.officer=ops-3 refund.at=2026-03-10T15:00:00.000Z
}

// A kind is read from a column of a table.
func ExampleKind_UnmarshalText() {
	var kind decision.Kind
	if err := kind.UnmarshalText([]byte("goodwill")); err != nil {
		log.Fatal(err)
	}
	fmt.Println(kind == decision.KindGoodwill)

	fmt.Println(kind.UnmarshalText([]byte("paid")))
	// Output:
	// true
	// refund: invalid input: kind: is not one of approved, goodwill, declined
}

// Nobody has reviewed the logs, and the amount is above the officer's limit. The error
// reports both; a program asks for the one that it can act on.
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

// A gate holds the values that closed it, for a message in a program's own words.
func ExampleGateError() {
	_, err := approvePart("180.00")

	var gate *decision.GateError
	if errors.As(err, &gate) && errors.Is(gate, decision.ErrAboveRefundable) {
		fmt.Println("asked for", gate.Amount)
		fmt.Println("refundable", gate.Most)
	}
	// Output:
	// asked for 180.00 USD
	// refundable 174.99 USD
}

// A part was refunded since the officer saw the outcome. The officer has to look again.
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
