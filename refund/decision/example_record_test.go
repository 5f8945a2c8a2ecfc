package decision_test

import (
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// caseAndDecision is a case, and a decision on it to be kept.
func caseAndDecision() (refund.Case, decision.Decision, error) {
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
		Issues: refund.IssueLog{}, // there were none
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
		Amount: refund.MustMoney("100.00", "USD"),
	})

	return c, d, err
}

// A program reads its key from a secret store. A short one is refused, and a key
// that is printed by mistake gives nothing away.
func ExampleNewKey() {
	if _, err := decision.NewKey([]byte("swordfish")); err != nil {
		fmt.Println(err)
	}
	key, err := decision.NewKey([]byte("0123456789abcdef0123456789abcdef")) // yours is random
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(key)
	// Output:
	// refund: invalid input: key: 9 bytes are fewer than 32
	// key
}

// A decision is kept: a record in lines of text, with the officer and the amount,
// the digests of what it was made on, and a last line that vouches for the rest.
func ExampleDecision_Record() {
	key, err := decision.NewKey([]byte("0123456789abcdef0123456789abcdef")) // yours is random
	if err != nil {
		log.Fatal(err)
	}
	_, d, err := caseAndDecision()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(key)
	if err != nil {
		log.Fatal(err)
	}
	for line := range strings.Lines(string(record)) {
		if len(line) > 60 {
			line = line[:strings.LastIndexByte(line, ' ')] + " …\n" // a digest
		}
		fmt.Print(line)
	}
	// Output:
	// refundpolicy decision 1
	// kind 8 approved
	// officer.id 5 ops-3
	// officer.limit 10 500.00 USD
	// at 20 1773154800.000000000
	// amount 10 100.00 USD
	// policy 64 …
	// case 64 …
	// outcome 64 …
	// hmac-sha256 …
}

// A kept decision is read back, with the case that was kept beside it. A record with
// another amount in it is refused.
func ExampleReplay() {
	key, err := decision.NewKey([]byte("0123456789abcdef0123456789abcdef")) // yours is random
	if err != nil {
		log.Fatal(err)
	}
	c, d, err := caseAndDecision()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(key)
	if err != nil {
		log.Fatal(err)
	}

	policy := refund.Published(time.UTC)
	again, err := decision.Replay(policy, c, record, key)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(again, again.Equal(d))

	forged := strings.Replace(string(record), "100.00", "199.99", 1)
	_, err = decision.Replay(policy, c, []byte(forged), key)
	fmt.Println(errors.Is(err, decision.ErrForged))
	// Output:
	// approved 100.00 USD true
	// true
}

// A company changes its key every year. New records are made with the new one, and
// both are accepted, until the old records have been made again or thrown away.
func ExampleReplay_keyRotation() {
	oldKey, err := decision.NewKey([]byte("0123456789abcdef0123456789abcdef")) // yours are random
	if err != nil {
		log.Fatal(err)
	}
	newKey, err := decision.NewKey([]byte("fedcba9876543210fedcba9876543210"))
	if err != nil {
		log.Fatal(err)
	}
	c, d, err := caseAndDecision()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(oldKey)
	if err != nil {
		log.Fatal(err)
	}

	policy := refund.Published(time.UTC)
	again, err := decision.Replay(policy, c, record, newKey, oldKey)
	if err != nil {
		log.Fatal(err)
	}
	if record, err = again.Record(newKey); err != nil {
		log.Fatal(err)
	}
	if _, err = decision.Replay(policy, c, record, newKey); err != nil {
		log.Fatal(err)
	}
	fmt.Println("the old key is no longer needed")
	// Output:
	// the old key is no longer needed
}

// The case that is kept is not the one that was decided. What differs is named.
func ExampleReplay_stale() {
	key, err := decision.NewKey([]byte("0123456789abcdef0123456789abcdef")) // yours is random
	if err != nil {
		log.Fatal(err)
	}
	c, d, err := caseAndDecision()
	if err != nil {
		log.Fatal(err)
	}
	record, err := d.Record(key)
	if err != nil {
		log.Fatal(err)
	}
	c.Subscription.Refunded = refund.MustMoney("100.00", "USD") // the books of today, not of that day

	_, err = decision.Replay(refund.Published(time.UTC), c, record, key)
	var stale *decision.StaleError
	if errors.As(err, &stale) {
		fmt.Println("another", stale.What)
	}
	// Output:
	// another case
}
