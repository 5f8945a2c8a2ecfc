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

// What if the customer also disputes the payment? A disputed payment is not refundable,
// since the customer could receive the money twice. If the company wins the dispute, the
// payment is refundable again. If it loses, the customer already has the money.
func Example_booksDisputes() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := disputesCase(now)
	d := disputesDecision(c, "ana", "100.00")
	books, err := ledger.New(c.Subscription.ID, c.Subscription.Price, ledger.Payment{ID: "PAY-1", At: c.Subscription.Start, Amount: refund.MustMoney("100.00", "USD")})
	if err != nil {
		log.Fatal(err)
	}
	books, err = books.RecordDispute(ledger.Dispute{ID: "DP-1", Payment: "PAY-1", Amount: refund.MustMoney("100.00", "USD"), At: now})
	if err != nil {
		log.Fatal(err)
	}
	_, err = books.Post(d, "refund-1", ledger.Options{}, now)
	fmt.Println("open:", err)
	fmt.Println("stale:", errors.Is(err, decision.ErrStale))

	later := now.AddDate(0, 1, 0)
	won, err := books.WinDispute("DP-1", later)
	if err != nil {
		log.Fatal(err)
	}
	won, err = won.Post(d, "refund-1", ledger.Options{}, later)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("won:", won.Totals().Returned, "returned by the refund")

	lost, err := books.LoseDispute("DP-1", refund.MustMoney("100.00", "USD"), later)
	if err != nil {
		log.Fatal(err)
	}
	_, err = lost.Post(d, "refund-1", ledger.Options{}, later)
	fmt.Println("lost:", err)
	fmt.Println("stale:", errors.Is(err, decision.ErrStale))
	fmt.Println("lost:", lost.Totals().Returned, "returned by the dispute")
	// Output:
	// open: ledger: stale decision: disputed is 100.00 USD in the books, and was 0.00 USD in the case: evaluate again with Ledger.Subscription
	// stale: true
	// won: 100.00 USD returned by the refund
	// lost: ledger: stale decision: refunded is 100.00 USD in the books, and was 0.00 USD in the case: evaluate again with Ledger.Subscription
	// stale: true
	// lost: 100.00 USD returned by the dispute
}

func disputesCase(at time.Time) refund.Case {
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

func disputesDecision(c refund.Case, agent, amount string) decision.Decision {
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
