package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A ticket is a row in the help desk's own table.
type ticket struct {
	id        string
	opened    time.Time
	closed    time.Time // the last time it was closed
	reopened  bool      // and not closed again
	duplicate string    // number of another ticket on the same problem
}

// issues converts tickets to an issue log: a reopened ticket has no standing resolution, and
// two tickets on the same problem are one issue.
func issues(tickets []ticket) refund.IssueLog {
	list := refund.IssueLog{} // not nil: an empty log states that there are no issues
	for _, t := range tickets {
		if t.duplicate != "" {
			continue
		}
		issue := refund.Issue{ID: t.id, Opened: t.opened}
		if !t.reopened {
			issue.Resolved = t.closed
		}
		list = append(list, issue)
	}
	return list
}

// Which tickets are deducted? Mr Pell had five tickets: two resolved, one resolved and
// reopened, one a duplicate, and one resolved after his request. Two are deducted.
func Example_amountDeduction() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	march := func(day int) time.Time { return time.Date(2026, time.March, day, 14, 0, 0, 0, newYork) }

	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2002",
			Account: "ACC-PELL",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: march(1),
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: issues([]ticket{
			{id: "T-1", opened: march(2), closed: march(3)},
			{id: "T-2", opened: march(4), closed: march(5)},
			{id: "T-3", opened: march(5), closed: march(6), duplicate: "T-2"},
			{id: "T-4", opened: march(6), closed: march(7), reopened: true},
			{id: "T-5", opened: march(8), closed: march(11)},
		}),
		Request: refund.Request{
			At:      march(10),
			By:      "ACC-PELL",
			Channel: refund.ChannelEmail,
			Reason:  "too slow",
		},
	})
	if err != nil {
		log.Fatal(err)
	}

	fmt.Println(outcome.Why(refund.ClauseCase2))
	fmt.Println()
	for _, step := range outcome.Steps() {
		if !step.Amount.IsZero() {
			fmt.Printf("%-10s %11s\n", step.Clause, step.Amount)
		}
	}
	fmt.Printf("%-10s %11s\n", outcome.Verdict, outcome.Refundable)
	// Output:
	// 2 issues resolved × 25.00 USD = 50.00 USD deducted from 199.99 USD
	//
	// guarantee   199.99 USD
	// case-2      -50.00 USD
	// deducted    149.99 USD
}
