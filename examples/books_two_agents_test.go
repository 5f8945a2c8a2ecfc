package examples_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// What if two agents refund the same subscription at once? Both have read the same version of
// the books, and both have a decision. Ana posts hers, and her second click does not change
// the books. Bob's decision was made on the old books and is refused as stale.
func Example_booksTwoAgents() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := twoAgentsCase(now)
	books, err := ledger.New(c.Subscription.ID, c.Subscription.Price, ledger.Payment{ID: "PAY-1", At: c.Subscription.Start, Amount: refund.MustMoney("100.00", "USD"), Method: "visa 4242"})
	if err != nil {
		log.Fatal(err)
	}
	ana := twoAgentsDecision(c, "ana", "100.00")
	bob := twoAgentsDecision(c, "bob", "100.00")

	books, err = books.Post(ana, "refund-ana", ledger.Options{}, now)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("ana:", ana.Amount(), "posted; room under the cap:", books.Totals().Room)

	_, err = books.Post(bob, "refund-bob", ledger.Options{}, now)
	fmt.Println("bob:", err)
	fmt.Println("stale:", errors.Is(err, decision.ErrStale))

	// Ana's browser sends her form again.
	again, err := books.Post(ana, "refund-ana", ledger.Options{}, now.Add(time.Second))
	fmt.Println("ana again: same version:", again.Version() == books.Version(), "error:", err)
	// Output:
	// ana: 100.00 USD posted; room under the cap: 0.00 USD
	// bob: ledger: stale decision: refunded is 100.00 USD in the books, and was 0.00 USD in the case: evaluate again with Ledger.Subscription
	// stale: true
	// ana again: same version: true error: <nil>
}

func twoAgentsCase(at time.Time) refund.Case {
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

func twoAgentsDecision(c refund.Case, agent, amount string) decision.Decision {
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
