package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Was an issue really resolved? Three issues were marked as resolved. A call supports the
// first. The customer called again about the second. A call at the time of the third does
// not name it. The reviewer sees the amounts that depend on them, and removes the resolution
// of the second. The call in which the customer asks for the refund does not contradict a resolution.
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
		Request: refund.Request{At: day(12, 9), By: "ACC-7", Channel: refund.ChannelPhone, Reason: "still slow"},
	}
	records := evidence.Log{
		Calls: []evidence.Call{
			call("C-1", "T-1", day(3, 11)),
			call("C-2", "T-2", day(4, 11)),
			call("C-3", "T-2", day(6, 15)), // two days after it was resolved
			call("C-4", "", day(5, 11)),
			call("C-5", "T-1", day(12, 9)), // the request
		},
	}
	policy := refund.Published(time.UTC)
	report := evidence.Review(records, c)
	for _, r := range report.Resolutions {
		fmt.Println(r.Issue, "is", r.Standing, r.Supporting, r.Contradicting)
	}
	figures, err := report.Figures(policy, c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("refundable as logged:", figures.Logged)
	fmt.Println("if the supported resolutions count:", figures.Supported)
	fmt.Println("if the corroborated resolutions count:", figures.Corroborated)
	stakes, err := report.Stakes(policy, c)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range stakes {
		fmt.Println(s.Issue, "is", s.Standing, "and worth", s.Amount)
	}

	c.Issues[1].Resolved = time.Time{} // the reviewer decided that T-2 is open again
	c.Findings = evidence.Review(records, c).Findings()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Refundable, "refundable;", outcome.ResolvedIssues, "resolved")
	for _, f := range outcome.Findings {
		fmt.Println(f.Clause, f.Severity, "-", f.Detail)
	}
	// Output:
	// T-1 is corroborated [call C-1] []
	// T-2 is disputed [call C-2] [call C-3 came_back]
	// T-3 is plausible [call C-4] []
	// refundable as logged: 124.99 USD
	// if the supported resolutions count: 149.99 USD
	// if the corroborated resolutions count: 174.99 USD
	// T-2 is disputed and worth 25.00 USD
	// T-3 is plausible and worth 25.00 USD
	// 149.99 USD refundable; 2 resolved
	// log-review satisfied - every resolution is supported: 1 corroborated and 1 plausible
}

// call returns a call of half an hour by the customer, about an issue unless that is empty.
func call(id, issue string, at time.Time) evidence.Call {
	var issues []string
	if issue != "" {
		issues = []string{issue}
	}
	return evidence.Call{
		Header: evidence.Header{
			ID:        id,
			Account:   "ACC-7",
			Issues:    issues,
			Start:     at,
			End:       at.Add(30 * time.Minute),
			StartedBy: evidence.SideCustomer,
		},
		Answered: at.Add(20 * time.Second),
	}
}
