package refundpolicy_test

import (
	"crypto/ed25519"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// The case of the first example becomes a paid refund in four steps: evaluate, approve, post
// and send. README.md explains them.
func Example_paidRefund() {
	newYork, err := time.LoadLocation("America/New_York") // the policy counts days there
	if err != nil {
		log.Fatal(err)
	}
	march := func(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, newYork) }
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

	policy := refund.Published(newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID: "SUB-1001", Start: march(1), Price: usd("199.99"), Paid: usd("199.99"),
			Service: refund.ServiceType{
				Code: "pc-care", Billing: refund.BillingRecurring,
				PerInstance: usd("25.00"), // the charge for one resolved issue
			},
		},
		Issues:  refund.IssueLog{{ID: "T-1", Opened: march(2), Resolved: march(3)}},
		Request: refund.Request{At: march(9), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err) // the case is not valid: an *InvalidError with every faulty field
	}
	fmt.Println(outcome.Verdict, outcome.Refundable)
	fmt.Println(outcome.Why(refund.ClauseCase2))

	// Step 1: evaluate.
	payment := ledger.Payment{ID: "ch_1", At: march(1), Amount: usd("199.99")}
	books, err := ledger.New("SUB-1001", usd("199.99"), payment) // once, when the customer pays
	if err != nil {
		log.Fatal(err)
	}
	c.Subscription, err = books.Subscription(c.Subscription) // sets Paid, Refunded and Disputed
	if err != nil {
		log.Fatal(err)
	}
	c.Subscription.Account, c.Request.By = "ACC-7", "ACC-7" // the holder of the account asked
	c.Findings = []refund.Finding{
		{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Detail: "a call confirms T-1"},
		{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied, Detail: "no open report"},
	}
	outcome, err = policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	for _, gate := range decision.Check(policy, outcome) {
		fmt.Println("closed:", gate) // no gate is closed, so it prints no line
	}

	// Step 2: approve.
	_, key, err := ed25519.GenerateKey(nil) // once; keep it in your key service
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: usd("500.00")},
		At:     march(10), // time.Now() in your service
		Amount: outcome.Refundable,
	})
	if err != nil {
		log.Fatal(err) // lists every closed gate, or says that the case has changed
	}
	record, err := d.Record(key)
	if err != nil {
		log.Fatal(err)
	}
	save := func(outcome refund.Digest, record []byte) error { return nil } // your table, to find it by outcome
	if err := save(d.OutcomeDigest(), record); err != nil {
		log.Fatal(err)
	}
	fmt.Println(d)

	// Step 3: post.
	books, err = books.Post(d, "refund-17", ledger.Options{}, march(10)) // then store the books
	if err != nil {
		log.Fatal(err)
	}

	// Step 4: send.
	gateway := func(payment string, amount refund.Money, key string) error { return nil } // your client
	for _, i := range books.Outstanding() {
		books, err = books.Submit(i.Key, march(10)) // then store the books
		if err != nil {
			log.Fatal(err)
		}
		if err := gateway(i.Payment, i.Amount, i.Key); err != nil {
			log.Fatal(err) // after a timeout, send it again with the same key
		}
		books, err = books.Settle(i.Key, march(10)) // then store the books
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("refunded", i.Amount, "on", i.Payment)
	}
	// Output:
	// deducted 174.99 USD
	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD
	// approved 174.99 USD
	// refunded 174.99 USD on ch_1
}
