package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A form shows an officer the amount of a case and has the digest of its outcome in a hidden
// field.
type form struct{ figure, shown string }

// show returns the form of a case.
func show(policy refund.Policy, c refund.Case) (form, error) {
	outcome, err := policy.Evaluate(c)
	if err != nil {
		return form{}, err
	}
	return form{figure: outcome.Refundable.String(), shown: outcome.Digest().String()}, nil
}

// submit approves a form. The form came through a browser and is not trusted: its digest
// only names the outcome that the officer saw, and its amount is only a request.
func submit(policy refund.Policy, c refund.Case, f form, by decision.Officer, amount string, at time.Time) (decision.Decision, error) {
	shown, err := refund.ParseDigest(f.shown)
	if err != nil {
		return decision.Decision{}, err
	}
	wish, err := refund.ParseMoney(amount, "USD")
	if err != nil {
		return decision.Decision{}, err
	}
	return decision.Approve(policy, c, shown, decision.Approval{
		By:     by,
		At:     at,
		Amount: wish,
		Reason: "in two parts, as agreed by phone",
	})
}

// Can a refund be made in parts? This company's reading of the policy allows it. Ms Lindh's
// refundable amount is 174.99, and an officer agrees with her on two parts. The first part
// changes the case, so the old form is refused and a new form shows the second part. Both
// parts together exceed the officer's limit of 150, so the team lead approves the second.
func Example_approvalInParts() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	march := func(day int) time.Time { return time.Date(2026, time.March, day, 10, 0, 0, 0, newYork) }
	policy := refund.Published(newYork)
	policy.Version = "1, in parts"
	policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart
	officer := decision.Officer{ID: "ops-3", Limit: refund.MustMoney("150.00", "USD")}
	lead := decision.Officer{ID: "lead-1", Limit: refund.MustMoney("500.00", "USD")}
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2009",
			Account: "ACC-LINDH",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: march(1),
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{{ID: "T-1", Opened: march(2), Resolved: march(3)}},
		Request: refund.Request{
			At:      march(9),
			By:      "ACC-LINDH",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "T-1"},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}

	first, err := show(policy, c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("refundable", first.figure)
	d, err := submit(policy, c, first, officer, "100.00", march(10))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Why())

	// The first part is recorded as refunded.
	c.Subscription.Refunded, err = c.Subscription.Refunded.Add(d.Amount())
	if err != nil {
		log.Fatal(err)
	}
	if _, err = submit(policy, c, first, officer, "74.99", march(20)); err != nil {
		fmt.Println("the first form:", err)
	}

	second, err := show(policy, c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("refundable", second.figure)
	if _, err = submit(policy, c, second, officer, "74.99", march(20)); err != nil {
		fmt.Println("ops-3:", err)
	}
	d, err = submit(policy, c, second, lead, "74.99", march(20))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Why())
	// Output:
	// refundable 174.99 USD
	// 100.00 USD of the refundable 174.99 USD approved by ops-3 on 10 March 2026 at 10:00 EDT. Reason: in two parts, as agreed by phone
	// the first form: decision: stale: the outcome has changed since the officer saw it: show the new outcome and decide again
	// refundable 74.99 USD
	// ops-3: decision: refused: above the officer's limit: 174.99 USD including earlier refunds; the limit is 150.00 USD
	// 74.99 USD approved by lead-1 on 20 March 2026 at 10:00 EDT. Reason: in two parts, as agreed by phone
}
