package decision_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// deskKey returns a key for the examples. A real key comes from ed25519.GenerateKey or stays
// in a key service.
func deskKey(seed string) (ed25519.PrivateKey, ed25519.PublicKey) {
	private := ed25519.NewKeyFromSeed([]byte(seed))
	return private, private.Public().(ed25519.PublicKey)
}

// decidedCase returns a case and the approval of its whole refundable amount.
func decidedCase() (refund.Case, decision.Decision, error) {
	start := time.Date(2026, time.March, 1, 15, 0, 0, 0, time.UTC)
	c := refund.Case{
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
		Issues: refund.IssueLog{}, // there were no issues
		Request: refund.Request{
			At:      start.AddDate(0, 0, 8),
			By:      "ACC-7",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
	policy := refund.Published(time.UTC)
	outcome, err := policy.Evaluate(c)
	if err != nil {
		return refund.Case{}, decision.Decision{}, err
	}
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     start.AddDate(0, 0, 9),
		Amount: outcome.Refundable,
	})
	return c, d, err
}

// A record consists of lines of text: the decision, the digests of policy, case and outcome,
// and the signature of the lines before it.
func ExampleDecision_Record() {
	private, _ := deskKey("0123456789abcdef0123456789abcdef")
	_, d, err := decidedCase()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(private)
	if err != nil {
		log.Fatal(err)
	}
	for line := range strings.Lines(string(record)) {
		if len(line) > 60 {
			line = line[:strings.LastIndexByte(line, ' ')] + " …\n" // a digest, or the signature
		}
		fmt.Print(line)
	}
	// Output:
	// refundpolicy decision 1
	// kind 8 approved
	// subscription 8 SUB-1001
	// officer.id 5 ops-3
	// officer.limit 10 500.00 USD
	// at 20 1773154800.000000000
	// amount 10 199.99 USD
	// refundable 10 199.99 USD
	// refunded 8 0.00 USD
	// disputed 8 0.00 USD
	// policy 64 …
	// case 64 …
	// outcome 64 …
	// ed25519 fb7970219e26d1f4 …
}

// An auditor has the record and the public key, but neither the policy nor the case. A
// modified record is not authentic.
func ExampleVerify() {
	private, public := deskKey("0123456789abcdef0123456789abcdef")
	_, d, err := decidedCase()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(private)
	if err != nil {
		log.Fatal(err)
	}

	facts, err := decision.Verify(record, public)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(facts.Kind, facts.Amount, "for", facts.Subscription, "by", facts.Officer.ID)

	forged := strings.Replace(string(record), "amount 10 199.99", "amount 10 999.99", 1)
	_, err = decision.Verify([]byte(forged), public)
	fmt.Println(errors.Is(err, decision.ErrForged))
	// Output:
	// approved 199.99 USD for SUB-1001 by ops-3
	// true
}

// A payout service gets the decision from the policy, the case, the record and the public
// key.
func ExampleReplay() {
	private, public := deskKey("0123456789abcdef0123456789abcdef")
	c, d, err := decidedCase()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(private)
	if err != nil {
		log.Fatal(err)
	}

	again, err := decision.Replay(refund.Published(time.UTC), c, record, public)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(again, again.Equal(d))
	// Output:
	// approved 199.99 USD true
}

// A company changes its key every year. It signs new records with the new key, and accepts
// the old public key as long as there are old records.
func ExampleReplay_keyRotation() {
	oldPrivate, oldPublic := deskKey("0123456789abcdef0123456789abcdef")
	newPrivate, newPublic := deskKey("fedcba9876543210fedcba9876543210")
	c, d, err := decidedCase()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(oldPrivate)
	if err != nil {
		log.Fatal(err)
	}

	policy := refund.Published(time.UTC)
	again, err := decision.Replay(policy, c, record, newPublic, oldPublic)
	if err != nil {
		log.Fatal(err)
	}
	if record, err = again.Record(newPrivate); err != nil {
		log.Fatal(err)
	}
	facts, err := decision.Verify(record, newPublic)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("signed with the new key:", facts.KeyID == decision.KeyID(newPublic))
	// Output:
	// signed with the new key: true
}

// Between the approval and the payment, the holder reports unauthorized use. The books do
// not show it, but replaying the record with the current case does: the record is still
// authentic, but the decision no longer stands.
func ExampleReplay_reportAfterTheApproval() {
	private, public := deskKey("0123456789abcdef0123456789abcdef")
	c, d, err := decidedCase()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(private)
	if err != nil {
		log.Fatal(err)
	}
	c.Findings = append(c.Findings, refund.Finding{
		Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking, Subject: "R-1",
	})

	_, err = decision.Verify(record, public)
	fmt.Println("authentic:", err == nil)
	_, err = decision.Replay(refund.Published(time.UTC), c, record, public)
	var stale *decision.StaleError
	if errors.As(err, &stale) {
		fmt.Println("not paid, changed:", stale.What)
	}
	// Output:
	// authentic: true
	// not paid, changed: case
}

// An officer clicks twice. At the second click, the refund is already in the books, so the
// outcome is stale. The host has stored the record under the digest of its outcome, and
// answers with the first decision.
func ExampleDecision_OutcomeDigest() {
	private, public := deskKey("0123456789abcdef0123456789abcdef")
	policy := refund.Published(time.UTC)
	c, d, err := decidedCase()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(private)
	if err != nil {
		log.Fatal(err)
	}
	records := map[refund.Digest][]byte{d.OutcomeDigest(): record} // a table with a unique column
	c.Subscription.Refunded = d.Amount()                           // posted and paid

	shown := d.OutcomeDigest() // the second click sends it again
	_, err = decision.Approve(policy, c, shown, decision.Approval{
		By:     d.Officer(),
		At:     d.At().Add(time.Second),
		Amount: d.Amount(),
	})
	fmt.Println("approved again:", err)

	if record, decided := records[shown]; decided {
		facts, err := decision.Verify(record, public)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("already", facts.Kind, facts.Amount, "by", facts.Officer.ID)
	}
	// Output:
	// approved again: decision: stale: the outcome has changed since the officer saw it: show the new outcome and decide again
	// already approved 199.99 USD by ops-3
}
