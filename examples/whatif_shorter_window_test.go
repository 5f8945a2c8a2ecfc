package examples_test

import (
	"fmt"
	"iter"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// lastQuarter yields the requests of a quarter. In a company they come from a database or a
// file; an error in reading them would end the backtest.
func lastQuarter() iter.Seq2[refund.Case, error] {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	requests := []struct {
		id             string
		days, resolved int // until the customer asked, and issues resolved by then
		refunded       string
	}{
		{"SUB-3101", 3, 0, "0.00"},
		{"SUB-3102", 9, 1, "0.00"},
		{"SUB-3103", 11, 0, "0.00"},
		{"SUB-3104", 12, 2, "0.00"},
		{"SUB-3105", 14, 0, "50.00"},
		{"SUB-3106", 21, 0, "0.00"},
	}
	return func(yield func(refund.Case, error) bool) {
		start := time.Date(2026, time.January, 5, 10, 0, 0, 0, time.UTC)
		for _, r := range requests {
			c := refund.Case{
				Subscription: refund.Subscription{
					ID:       r.id,
					Service:  refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
					Start:    start,
					Price:    usd("199.99"),
					Paid:     usd("199.99"),
					Refunded: usd(r.refunded),
				},
				Issues:  refund.IssueLog{},
				Request: refund.Request{At: start.AddDate(0, 0, r.days), Channel: refund.ChannelEmail, Reason: "not satisfied"},
			}
			for i := range r.resolved {
				c.Issues = append(c.Issues, refund.Issue{
					ID:       fmt.Sprint("T-", i+1),
					Opened:   start,
					Resolved: start.AddDate(0, 0, i+1),
				})
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// What does a shorter window cost? The sales department wants to cut the window from 15 to
// 10 days. Before anybody promises figures, the requests of the last quarter are judged by
// both policies. Three customers who were in time would have been late. The report has the
// amount, the clause, and who they are.
func Example_whatifShorterWindow() {
	current := refund.Published(time.UTC)
	proposed := current
	proposed.Version = "2"
	proposed.WindowDays = 10

	report, err := whatif.Backtest(current, proposed, lastQuarter())
	if err != nil {
		log.Fatal(err)
	}
	for _, total := range report.Totals {
		fmt.Printf("%d requests: %v refundable so far, %v with 10 days (%v)\n",
			total.Cases, total.Before, total.After, total.Difference())
		fmt.Println("in time before, late now:", total.Verdicts[refund.VerdictFull][refund.VerdictWindowClosed],
			"without resolved issues,", total.Verdicts[refund.VerdictDeducted][refund.VerdictWindowClosed], "with")
		for _, cause := range whatif.Causes() {
			if move := total.Moves[cause]; move.Cases > 0 {
				fmt.Println("because of the clause", cause, move.Amount)
			}
		}
		for _, mover := range total.Movers {
			fmt.Println("-", mover.Subscription, mover.Before, "->", mover.After)
		}
	}
	// Output:
	// 6 requests: 874.95 USD refundable so far, 374.98 USD with 10 days (-499.97 USD)
	// in time before, late now: 2 without resolved issues, 1 with
	// because of the clause guarantee -499.97 USD
	// - SUB-3103 199.99 USD -> 0.00 USD
	// - SUB-3104 149.99 USD -> 0.00 USD
	// - SUB-3105 149.99 USD -> 0.00 USD
}
