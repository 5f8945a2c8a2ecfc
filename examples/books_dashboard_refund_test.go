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

// What if somebody refunds in the gateway's dashboard? An agent has approved a refund of
// 40.00. Before it is posted, a person refunds 60.00 in the dashboard. The webhook records
// that refund in the books, and the decision is stale. One issue was resolved, so the
// entitlement is 75.00 of the 100.00 paid, and 15.00 remain refundable.
func Example_booksDashboardRefund() {
	now := time.Date(2026, 3, 12, 10, 0, 0, 0, time.UTC)
	c := dashboardCase(now)
	books, err := ledger.New(c.Subscription.ID, c.Subscription.Price, ledger.Payment{ID: "PAY-1", At: c.Subscription.Start, Amount: refund.MustMoney("100.00", "USD"), Method: "visa 4242"})
	if err != nil {
		log.Fatal(err)
	}
	early := dashboardDecision(c, books, "40.00")

	books, err = books.RecordRefund(ledger.OutsideRefund{
		ID:      "re_501", // the gateway's id
		At:      now.Add(5 * time.Minute),
		Payment: "PAY-1",
		Amount:  refund.MustMoney("60.00", "USD"),
		Reason:  "dashboard",
	})
	if err != nil {
		log.Fatal(err)
	}
	_, err = books.Post(early, "refund-1", ledger.Options{}, now.Add(10*time.Minute))
	fmt.Println("posting 40.00:", err)
	fmt.Println("stale:", errors.Is(err, decision.ErrStale))

	_, _, outcome := dashboardOutcome(c, books)
	fmt.Println("room under the cap:", books.Totals().Room)
	fmt.Println("refundable by the policy:", outcome.Refundable)
	fmt.Println(outcome.WhyRefundable())

	d := dashboardDecision(c, books, "15.00")
	books, err = books.Post(d, "refund-2", ledger.Options{}, now.Add(15*time.Minute))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("returned:", books.Totals().Returned)
	// Output:
	// posting 40.00: ledger: stale decision: refunded is 60.00 USD in the books, and was 0.00 USD in the case: evaluate again with Ledger.Subscription
	// stale: true
	// room under the cap: 40.00 USD
	// refundable by the policy: 15.00 USD
	// 75.00 USD less 60.00 USD already refunded: 15.00 USD
	// returned: 75.00 USD
}

func dashboardCase(at time.Time) refund.Case {
	looked := func(c refund.Clause) refund.Finding {
		return refund.Finding{Clause: c, Severity: refund.SeveritySatisfied}
	}
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
			Start:   at.AddDate(0, 0, -5),
			Price:   refund.MustMoney("100.00", "USD"),
		},
		Issues:   refund.IssueLog{{ID: "T-1", Opened: at.AddDate(0, 0, -3), Resolved: at.AddDate(0, 0, -2)}},
		Request:  refund.Request{At: at.Add(-time.Hour), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{looked(refund.ClauseLogReview), looked(refund.ClauseCredentials)},
	}
}

// dashboardOutcome returns the outcome of the case with the amounts of the books.
func dashboardOutcome(c refund.Case, books ledger.Ledger) (refund.Policy, refund.Case, refund.Outcome) {
	var err error
	c.Subscription, err = books.Subscription(c.Subscription)
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(time.UTC)
	policy.Readings.ReleasedAmount = refund.ReleasedAmountAnyPart // this company approves parts
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	return policy, c, outcome
}

func dashboardDecision(c refund.Case, books ledger.Ledger, amount string) decision.Decision {
	policy, c, outcome := dashboardOutcome(c, books)
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     c.Request.At.Add(time.Hour),
		Amount: refund.MustMoney(amount, "USD"),
	})
	if err != nil {
		log.Fatal(err)
	}
	return d
}
