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

// lookedAtCase is a case in which everything was looked at: one issue was resolved,
// and of 199.99 USD 174.99 USD are refundable.
func lookedAtCase() refund.Case {
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

// grantPart decides that an amount of such a case is refunded.
func grantPart(amount string) (decision.Decision, error) {
	policy, c := refund.Published(time.UTC), lookedAtCase()
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

// An officer has looked at the outcome and grants all that is refundable.
func ExampleApprove() {
	policy, c := refund.Published(time.UTC), lookedAtCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	shown := outcome.Digest() // goes with what the officer sees, and comes back with the answer

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

// The company declines, which it may on any outcome. It has to say why.
func ExampleDecline() {
	policy, c := refund.Published(time.UTC), lookedAtCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Decline(policy, c, outcome.Digest(), decision.Denial{
		By:     decision.Officer{ID: "ops-3"},
		At:     time.Date(2026, time.March, 10, 15, 0, 0, 0, time.UTC),
		Reason: "the customer changed her mind and stays",
	})

	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Why())
	// Output:
	// declined, by ops-3 on 2026-03-10 15:00 UTC: the customer changed her mind and stays
}

// A form for an approval is sent half filled. Nothing means "all of it": the amount
// is to be stated.
func ExampleApproval() {
	policy, c := refund.Published(time.UTC), lookedAtCase()
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

// An officer without a limit has no authority, not an endless one.
func ExampleOfficer() {
	policy, c := refund.Published(time.UTC), lookedAtCase()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	for _, officer := range []decision.Officer{
		{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		{ID: "ops-4", Limit: refund.MustMoney("100.00", "USD")},
		{ID: "trainee-1"},
		{ID: "desk-4", Limit: refund.MustMoney("500.00", "USD")},                  // took the request down
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
	// ops-4 decision: refused: above the officer's limit: 174.99 USD, of at most 100.00 USD
	// trainee-1 decision: refused: above the officer's limit: 174.99 USD, with no limit given
	// desk-4 decision: refused: the officer is a party to the case
	// ops-5 decision: refused: the officer is a party to the case
}

// Declining without a reason is refused, as blanks are none.
func ExampleDenial() {
	policy, c := refund.Published(time.UTC), lookedAtCase()
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

// A payment service takes a decision and nothing else, and asks it for all that it
// needs.
func ExampleDecision() {
	pay := func(d decision.Decision) {
		if d.Amount().Sign() <= 0 {
			fmt.Println("nothing to pay:", d)
			return
		}
		fmt.Println("pay", d.Amount(), "for", d.Subscription())
		fmt.Println("by", d.Officer().ID, "on", refund.DateOf(d.At()))
		fmt.Println("because:", d.Reason())
	}
	d, err := grantPart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	pay(d)
	pay(decision.Decision{}) // what comes with an error
	// Output:
	// pay 100.00 USD for SUB-1001
	// by ops-3 on 2026-03-10
	// because: as asked
	// nothing to pay: no decision
}

// A decision goes into a letter or a ticket as one line.
func ExampleDecision_Why() {
	d, err := grantPart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Why())
	// Output:
	// 100.00 USD approved of 174.99 USD refundable, by ops-3 on 2026-03-10 15:00 UTC: as asked; the service ends
}

// A table shows decisions.
func ExampleDecision_String() {
	d, err := grantPart("100.00")
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
	d, err := grantPart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	switch d.Kind() {
	case decision.KindApproved:
		fmt.Println("under the guarantee")
	case decision.KindGoodwill:
		fmt.Println("beyond it")
	case decision.KindDeclined:
		fmt.Println("nothing")
	}
	// Output:
	// under the guarantee
}

// A request is a cancellation: the refund under the guarantee ends the service, and
// the program that runs the service has to act on it.
func ExampleDecision_EndsService() {
	d, err := grantPart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	if at, ends := d.EndsService(); ends {
		fmt.Println("switch off at", at)
	}
	// Output:
	// switch off at 2026-03-10 15:00:00 +0000 UTC
}

// A report shows what was granted beside what could have been.
func ExampleDecision_Outcome() {
	d, err := grantPart("100.00")
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

// Before money leaves, the books are compared with those that the decision was
// judged on: two decisions on the same books would both be good.
func ExampleDecision_Refunded() {
	d, err := grantPart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	paid := refund.MustMoney("199.99", "USD") // read in the transaction that pays
	refunded := refund.MustMoney("60.00", "USD")
	if !d.Paid().Equal(paid) || !d.Refunded().Equal(refunded) {
		fmt.Println("decide again: judged on", d.Refunded(), "given back, now it is", refunded)
	}
	// Output:
	// decide again: judged on 0.00 USD given back, now it is 60.00 USD
}

// The zero Decision is what comes with an error.
func ExampleDecision_IsZero() {
	d, err := grantPart("200.00")
	fmt.Println(d.IsZero(), err != nil)
	// Output:
	// true true
}

// A message queue delivers a decision twice.
func ExampleDecision_Equal() {
	first, err := grantPart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	again, err := grantPart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	other, err := grantPart("50.00")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(first.Equal(again), first.Equal(other))
	// Output:
	// true false
}

// A page gets a decision as JSON. It is for looking at: what can be trusted again is
// a record.
func ExampleDecision_MarshalJSON() {
	d, err := grantPart("100.00")
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(d)
	if err != nil {
		log.Fatal(err)
	}
	var page struct {
		Kind        string
		Amount      refund.Money
		EndsService time.Time `json:"ends_service"`
		Detail      string
	}
	if err := json.Unmarshal(text, &page); err != nil {
		log.Fatal(err)
	}
	fmt.Println(page.Kind, page.Amount, page.EndsService)
	fmt.Println(page.Detail)
	// Output:
	// approved 100.00 USD 2026-03-10 15:00:00 +0000 UTC
	// 100.00 USD approved of 174.99 USD refundable, by ops-3 on 2026-03-10 15:00 UTC: as asked; the service ends
}

// A decision is written to a structured log, without the reason, which is somebody's
// own words.
func ExampleDecision_LogValue() {
	d, err := grantPart("100.00")
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

// Nobody has reviewed the logs, and the amount is beyond the officer. Both are told;
// a program asks for the one that it can do something about.
func ExampleGatesError() {
	policy, c := refund.Published(time.UTC), lookedAtCase()
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
		fmt.Println("in the way:  ", len(refused.Gates))
	}
	// Output:
	// decision: refused: not reviewed: log-review, credentials; above the officer's limit: 174.99 USD, of at most 100.00 USD
	// review first: true
	// on hold:      false
	// in the way:   2
}

// A gate has the values that closed it, for a message in a program's own words.
func ExampleGateError() {
	_, err := grantPart("180.00")

	var gate *decision.GateError
	if errors.As(err, &gate) && errors.Is(gate, decision.ErrAboveRefundable) {
		fmt.Println("asked for", gate.Amount)
		fmt.Println("there are", gate.Most)
	}
	// Output:
	// asked for 180.00 USD
	// there are 174.99 USD
}

// Something was given back since the officer looked. Nothing is decided, and the
// officer has to look again.
func ExampleStaleError() {
	policy, c := refund.Published(time.UTC), lookedAtCase()
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
		fmt.Println("another", stale.What, stale.Then == outcome.Digest())
	}
	// Output:
	// true
	// another outcome true
}
