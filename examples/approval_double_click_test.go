package examples_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A refundDesk handles the clicks of officers. In production, records is a table that is
// unique by the digest and a number, which counts the decisions on the outcome.
type refundDesk struct {
	policy  refund.Policy
	key     ed25519.PrivateKey
	records map[refund.Digest][]byte // the newest records, by the digest of their outcome
}

// click handles a click on "approve". The page had the digest shown.
func (k *refundDesk) click(c *refund.Case, shown refund.Digest, a decision.Approval) (string, error) {
	if record, ok := k.records[shown]; ok {
		return k.first(record)
	}
	d, err := decision.Approve(k.policy, *c, shown, a)
	if err != nil {
		return "", err
	}
	record, err := d.Record(k.key)
	if err != nil {
		return "", err
	}
	// One transaction stores the record and posts the refund. Of two clicks at the same
	// instant, only one can insert the digest; the other one starts again, and finds it.
	k.records[d.OutcomeDigest()] = record
	c.Subscription.Refunded, err = c.Subscription.Refunded.Add(d.Amount())
	if err != nil {
		return "", err
	}
	return d.Why(), nil
}

// fail handles the provider's report that a refund has failed. In production, the row is
// kept and marked. The case has the same outcome again, and the first decision is not the
// answer any more.
func (k *refundDesk) fail(c *refund.Case, outcome refund.Digest) {
	delete(k.records, outcome)
	c.Subscription.Refunded = refund.Money{}
}

// first returns the text of an earlier decision.
func (k *refundDesk) first(record []byte) (string, error) {
	facts, err := decision.Verify(record, k.key.Public().(ed25519.PublicKey))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("already %s: %s by %s", facts.Kind, facts.Amount, facts.Officer.ID), nil
}

// What if an officer approves twice? An officer clicks twice on "approve", and a colleague
// has the same page open. The first click posts the refund, which makes the page's outcome
// stale. The desk stored the first decision under the outcome's digest. It answers the later
// clicks with that decision, so a second refund is not made. If the desk did not store the
// digest, it would refuse the second click as stale, as if the facts had changed. A week
// later the refund fails, and the officer approves the same outcome again.
func Example_approvalDoubleClick() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	_, private, err := ed25519.GenerateKey(nil) // in production, from a key service
	if err != nil {
		log.Fatal(err)
	}
	desk := refundDesk{refund.Published(newYork), private, map[refund.Digest][]byte{}}
	march := func(day int) time.Time { return time.Date(2026, time.March, day, 10, 0, 0, 0, newYork) }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2015",
			Account: "ACC-FABRE",
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
			By:      "ACC-FABRE",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "T-1"},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
	page, err := desk.policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	approval := func(officer string, second int) decision.Approval {
		return decision.Approval{
			By:     decision.Officer{ID: officer, Limit: refund.MustMoney("500.00", "USD")},
			At:     march(10).Add(time.Duration(second) * time.Second),
			Amount: page.Refundable,
		}
	}

	for second, officer := range []string{"ops-3", "ops-3", "lead-1"} {
		answer, err := desk.click(&c, page.Digest(), approval(officer, second))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%-6s  %s\n", officer, answer)
	}
	fmt.Println("refunded:", c.Subscription.Refunded)

	_, err = decision.Approve(desk.policy, c, page.Digest(), approval("ops-3", 3))
	fmt.Println("without the digest:", err)
	fmt.Println("stale:", errors.Is(err, decision.ErrStale))

	desk.fail(&c, page.Digest())
	answer, err := desk.click(&c, page.Digest(), approval("ops-3", 7*24*3600))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("after the failure:", answer)
	fmt.Println("refunded:", c.Subscription.Refunded)
	// Output:
	// ops-3   174.99 USD approved by ops-3 on 10 March 2026 at 10:00 EDT
	// ops-3   already approved: 174.99 USD by ops-3
	// lead-1  already approved: 174.99 USD by ops-3
	// refunded: 174.99 USD
	// without the digest: decision: stale: the outcome has changed since the officer saw it: show the new outcome and decide again
	// stale: true
	// after the failure: 174.99 USD approved by ops-3 on 17 March 2026 at 10:00 EDT
	// refunded: 174.99 USD
}
