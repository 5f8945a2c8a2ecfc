package decision_test

import (
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// A service reads the body of a request, and decides. The officer is the one who has signed in,
// and the instant is that of the service's clock; a body cannot choose them.
func ExampleProposal() {
	start := time.Date(2026, time.March, 1, 15, 0, 0, 0, time.UTC)
	policy, c := refund.Published(time.UTC), refund.Case{
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
		Issues:  refund.IssueLog{{ID: "T-1", Opened: start.AddDate(0, 0, 1), Resolved: start.AddDate(0, 0, 2)}},
		Request: refund.Request{At: start.AddDate(0, 0, 8), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Detail: "the records do not name the issue"},
			{Clause: refund.ClauseCredentials, Severity: refund.SeveritySatisfied},
		},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	body := fmt.Sprintf(`{
		"outcome": %q,
		"approval": {
			"amount": {"amount": "174.99", "currency": "USD"},
			"acknowledged": ["log-review"],
			"reason": "as asked"
		}
	}`, outcome.Digest()) // the page had the digest

	var proposal decision.Proposal
	if err := json.Unmarshal([]byte(body), &proposal); err != nil {
		log.Fatal(err) // an *InvalidError with every faulty field
	}
	officer := decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")}
	d, err := proposal.Decide(policy, c, officer, start.AddDate(0, 0, 9))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Why())
	// Output:
	// 174.99 USD approved by ops-3 on 10 March 2026 at 15:00 UTC. Objections acknowledged: Review of the logs. Reason: as asked
}

// A proposal with faults is not read. Each fault has the path of its field.
func ExampleProposal_UnmarshalJSON() {
	var p decision.Proposal
	fmt.Println(p.UnmarshalJSON([]byte(`{
		"outcome": "9d5e3a",
		"goodwill": {"charges": {"amount": 120, "currency": "USD"}, "by": "ops-3"}
	}`)))
	fmt.Println(p.UnmarshalJSON([]byte(`{"approval": {}, "denial": {"grounds": ["cooperation"]}}`)))
	// Output:
	// refund: invalid input: outcome: is not 64 hexadecimal digits in lower case; goodwill.charges.amount: is a number, not a string; goodwill.by: unknown field
	// refund: invalid input: must have exactly one of approval, goodwill and denial; outcome: is required
}
