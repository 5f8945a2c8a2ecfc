package examples_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// whitCase returns Ms Whit's case as of an instant.
func whitCase(account customer.Account, now time.Time) refund.Case {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, now.Location())
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2014",
			Account: account.ID,
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   start,
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues:   refund.IssueLog{},
		Request:  refund.Request{At: start.AddDate(0, 0, 9), By: "ACC-WHIT", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Detail: "no records"}},
	}
	requester := customer.Requester{Account: c.Request.By}
	c.Findings = append(c.Findings, customer.Review(account, requester, nil, c.Request.At, now)...)
	return c
}

// What if misuse is reported after the approval? Ms Whit's refund is approved at noon. At one
// o'clock she reports unauthorized use of her account. The books do not have reports, so they
// would post the refund. The billing service therefore builds the case again immediately
// before posting and replays the decision with it. The decision is refused, and the new
// outcome has the reason for the hold.
func Example_customerMisuseReport() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	public, private, err := ed25519.GenerateKey(nil) // in production, from a key service
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	account := customer.Account{ID: "ACC-WHIT", Reports: []customer.MisuseReport{}}

	noon := time.Date(2026, time.March, 11, 12, 0, 0, 0, newYork)
	c := whitCase(account, noon)
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     noon,
		Amount: outcome.Refundable,
	})
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(private)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("at noon:", d)

	oneOClock := noon.Add(time.Hour)
	account.Reports = append(account.Reports, customer.MisuseReport{ID: "U-31", Made: oneOClock})

	c = whitCase(account, oneOClock.Add(time.Minute))
	_, err = decision.Replay(policy, c, record, public)
	fmt.Println("before posting:", err)
	fmt.Println("stale:", errors.Is(err, decision.ErrStale))
	if outcome, err = policy.Evaluate(c); err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Why(refund.ClauseCredentials))
	// Output:
	// at noon: approved 199.99 USD
	// before posting: decision: stale: the case has changed since the decision: evaluate it and decide again
	// stale: true
	// on hold until the report of unauthorized use U-31 is closed
}
