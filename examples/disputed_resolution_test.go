package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Three issues were marked resolved. One is on record; on another the customer came
// back; of the third there is nothing. The reviewer sees what hangs on the two, and
// takes back the resolution that did not last.
func Example_disputedResolution() {
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
		fmt.Println("without", s.Issue, "there would be", s.Amount, "more")
	}

	c.Issues[1].Resolved = time.Time{} // the reviewer's word: T-2 is open again
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
	// without T-2 there would be 25.00 USD more
	// without T-3 there would be 25.00 USD more
	// 149.99 USD refundable; 2 resolved
	// log-review advisory T-3
}

// call returns a call of half an hour that the customer made about an issue.
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
