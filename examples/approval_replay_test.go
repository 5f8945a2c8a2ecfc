package examples_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A row is a stored decision: the case as it was decided and the record of the decision.
type row struct{ caseJSON, record []byte }

// keep returns the row of a decision.
func keep(c refund.Case, d decision.Decision, key ed25519.PrivateKey) (row, error) {
	caseJSON, err := json.Marshal(c)
	if err != nil {
		return row{}, err
	}
	record, err := d.Record(key)
	if err != nil {
		return row{}, err
	}
	return row{caseJSON, record}, nil
}

// audit reads a row and returns the decision as text, or the fault of the row.
func audit(policy refund.Policy, r row, key ed25519.PublicKey) string {
	var c refund.Case
	err := json.Unmarshal(r.caseJSON, &c)
	if err != nil {
		return "the case is not valid: " + err.Error()
	}
	d, err := decision.Replay(policy, c, r.record, key)
	var stale *decision.StaleError
	switch {
	case errors.Is(err, decision.ErrForged):
		return "the record was changed"
	case errors.As(err, &stale):
		return "the decision was on another " + stale.What
	case err != nil:
		return err.Error()
	}
	return d.Why()
}

// Can a decision be checked a year later? Mr Nowak's refund is approved in March 2026, and
// the decision is stored. A year later a more generous policy is in force, and an auditor
// checks the archive. Mr Nowak's subscription is still governed by the old policy, and the
// decision is confirmed. Under the new policy it is refused, and so is a changed record.
func Example_approvalReplay() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	private := ed25519.NewKeyFromSeed([]byte("0123456789abcdef0123456789abcdef")) // the desk's; use ed25519.GenerateKey
	public := private.Public().(ed25519.PublicKey)                                // the auditor's, which cannot sign
	march := func(day int) time.Time { return time.Date(2026, time.March, day, 10, 0, 0, 0, newYork) }

	// March 2026: a decision is made and stored.
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2013",
			Account: "ACC-NOWAK",
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
			By:      "ACC-NOWAK",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeveritySatisfied, Subject: "T-1"},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
	first := refund.Published(newYork)
	outcome, err := first.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Approve(first, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     march(10),
		Amount: outcome.Refundable,
	})
	if err != nil {
		log.Fatal(err)
	}
	kept, err := keep(c, d, private)
	if err != nil {
		log.Fatal(err)
	}

	// March 2027: another policy is in force for new subscriptions.
	second := first
	second.Version = "2"
	second.Effective = time.Date(2027, time.January, 1, 0, 0, 0, 0, newYork)
	second.WindowDays = 30
	versions, err := refund.NewVersions(first, second)
	if err != nil {
		log.Fatal(err)
	}
	governs, err := versions.At(march(1))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("governed by version", governs.Version)
	fmt.Println("as stored:", audit(governs, kept, public))
	fmt.Println("under version 2:", audit(second, kept, public))

	forged := row{kept.caseJSON, bytes.Replace(kept.record, []byte("174.99 USD"), []byte("199.99 USD"), 1)}
	fmt.Println("another amount:", audit(governs, forged, public))

	swapped := row{bytes.Replace(kept.caseJSON, []byte("T-1"), []byte("T-9"), 1), kept.record}
	fmt.Println("another ticket:", audit(governs, swapped, public))
	// Output:
	// governed by version 1
	// as stored: 174.99 USD approved by ops-3 on 10 March 2026 at 10:00 EDT
	// under version 2: the decision was on another policy
	// another amount: the record was changed
	// another ticket: the decision was on another case
}
