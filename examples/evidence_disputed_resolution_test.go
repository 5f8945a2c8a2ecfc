package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Was an issue really resolved? Three issues were marked as resolved. A call supports the
// first. The customer called again about the second. The third has no record. The reviewer
// sees the amount that depends on the last two, and removes the resolution of the second.
func Example_evidenceDisputedResolution() {
	day := func(d, hour int) time.Time { return time.Date(2026, 3, d, hour, 0, 0, 0, time.UTC) }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-3107",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
			Start:   day(2, 9),
			Price:   refund.MustMoney("199.99", "USD"),
			Paid:    refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: day(3, 10), Resolved: day(3, 12)},
			{ID: "T-2", Opened: day(4, 10), Resolved: day(4, 12)},
			{ID: "T-3", Opened: day(5, 10), Resolved: day(5, 12)},
		},
		Request: refund.Request{At: day(12, 9), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "still slow"},
	}
	records := evidence.Log{
		Calls: []evidence.Call{
			call("C-1", "T-1", day(3, 11)),
			call("C-2", "T-2", day(4, 11)),
			call("C-3", "T-2", day(6, 15)), // two days after it was resolved
		},
	}
	policy := refund.Published(time.UTC)
	report := evidence.Review(records, c.Subscription, c.Issues)
	for _, r := range report.Resolutions {
		fmt.Println(r.Issue, "is", r.Standing, r.Supporting, r.Contradicting)
	}
	low, high, err := report.Range(policy, c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("between", low, "and", high)
	stakes, err := report.Stakes(policy, c)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range stakes {
		fmt.Println("without", s.Issue, "the amount is", s.Amount, "higher")
	}

	c.Issues[1].Resolved = time.Time{} // by decision of the reviewer
	c.Findings = evidence.Review(records, c.Subscription, c.Issues).Findings()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Refundable, "refundable;", outcome.ResolvedIssues, "resolved")
	for _, f := range outcome.Findings {
		fmt.Println(f.Clause, f.Severity, f.Subject)
	}
	// Output:
	// T-1 is corroborated [call C-1] []
	// T-2 is disputed [call C-2] [call C-3 came_back]
	// T-3 is unsupported [] []
	// between 124.99 USD and 174.99 USD
	// without T-2 the amount is 25.00 USD higher
	// without T-3 the amount is 25.00 USD higher
	// 149.99 USD refundable; 2 resolved
	// log-review advisory T-3
}

// call returns a call of half an hour by the customer about an issue.
func call(id, issue string, at time.Time) evidence.Call {
	return evidence.Call{
		Header: evidence.Header{
			ID:        id,
			Account:   "ACC-7",
			Issues:    []string{issue},
			Start:     at,
			End:       at.Add(30 * time.Minute),
			StartedBy: evidence.SideCustomer,
		},
		Answered: at.Add(20 * time.Second),
	}
}
