package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// What if the gateway does not answer? It is then unknown whether the money was sent. The
// next worker reads the stored decision and posts it again, which does not change the
// books. It sends the same idempotency key, and the gateway pays only once for a key.
func Example_booksRetriedRefund() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := retriedCase(now)
	d := retriedDecision(c, "ana", "100.00")
	books, err := ledger.New(c.Subscription.ID, c.Subscription.Price, ledger.Payment{ID: "PAY-1", At: c.Subscription.Start, Amount: refund.MustMoney("100.00", "USD")})
	if err != nil {
		log.Fatal(err)
	}

	paidOut := map[string]refund.Money{} // the gateway's side, by idempotency key
	for attempt := 1; attempt <= 3; attempt++ {
		at := now.Add(time.Duration(attempt) * time.Minute)
		books, err = books.Post(d, "refund-2026-0312", ledger.Options{}, at)
		if err != nil {
			log.Fatal(err)
		}
		r, _ := books.Refund("refund-2026-0312")
		for _, share := range r.Shares {
			books, err = books.Submit(share.Key, at)
			if err != nil {
				log.Fatal(err)
			}
			paidOut[share.Key] = share.Amount // the answer is lost
		}
		fmt.Println("attempt", attempt, "version", books.Version(), "returned", books.Totals().Returned)
	}
	for key, amount := range paidOut {
		fmt.Println("the gateway paid", amount, "under a key of", len(key), "characters")
	}
	// Output:
	// attempt 1 version 3 returned 100.00 USD
	// attempt 2 version 3 returned 100.00 USD
	// attempt 3 version 3 returned 100.00 USD
	// the gateway paid 100.00 USD under a key of 64 characters
}

func retriedCase(at time.Time) refund.Case {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	looked := func(c refund.Clause) refund.Finding {
		return refund.Finding{Clause: c, Severity: refund.SeveritySatisfied}
	}
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   at.AddDate(0, 0, -5),
			Price:   usd("100.00"),
			Paid:    usd("100.00"),
		},
		Issues:   refund.IssueLog{},
		Request:  refund.Request{At: at.Add(-time.Hour), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
	}
}

func retriedDecision(c refund.Case, agent, amount string) decision.Decision {
	policy := refund.Published(time.UTC)
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: agent, Limit: refund.MustMoney("500.00", "USD")},
		At:     c.Request.At.Add(time.Hour),
		Amount: refund.MustMoney(amount, "USD"),
	})
	if err != nil {
		log.Fatal(err)
	}
	return d
}
