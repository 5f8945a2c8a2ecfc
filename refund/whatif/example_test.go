package whatif_test

import (
	"fmt"
	"iter"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// requests yields three past cases of one subscription day, asked after 8, 12 and 20 days.
func requests() iter.Seq2[refund.Case, error] {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, time.UTC)
	return func(yield func(refund.Case, error) bool) {
		for i, days := range []int{8, 12, 20} {
			c := refund.Case{
				Subscription: refund.Subscription{
					ID:      fmt.Sprintf("SUB-%d", i+1),
					Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
					Start:   start,
					Price:   usd("199.99"),
					Paid:    usd("199.99"),
				},
				Issues: refund.IssueLog{{ID: "T-1", Opened: start, Resolved: start.Add(time.Hour)}},
				Request: refund.Request{
					At:      start.AddDate(0, 0, days),
					Channel: refund.ChannelEmail,
					Reason:  "not satisfied",
				},
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// A company considers a window of 10 days instead of 15.
func ExampleBacktest() {
	before := refund.Published(time.UTC)
	after := before
	after.WindowDays = 10

	report, err := whatif.Backtest(before, after, requests())
	if err != nil {
		log.Fatal(err)
	}
	for _, total := range report.Totals {
		fmt.Println(total.Before, "->", total.After, "in", total.Cases, "cases")
		for _, cause := range whatif.Causes() {
			if move := total.Moves[cause]; move.Cases > 0 {
				fmt.Println(cause, move.Amount, "in", move.Cases)
			}
		}
		for _, mover := range total.Movers {
			fmt.Println(mover.Subscription, mover.Difference(), mover.VerdictBefore, "->", mover.VerdictAfter)
		}
	}
	// Output:
	// 349.98 USD -> 174.99 USD in 3 cases
	// guarantee -174.99 USD in 1
	// SUB-2 -174.99 USD deducted -> window_closed
}

// The charge for a resolved issue stands in the case. An evaluator that raises it first
// shows the effect of a higher charge.
func ExampleEvaluatorFunc() {
	policy := refund.Published(time.UTC)
	raised := whatif.EvaluatorFunc(func(c refund.Case) (refund.Outcome, error) {
		c.Subscription.Service.PerInstance = refund.MustMoney("30.00", "USD")
		return policy.Evaluate(c)
	})

	report, err := whatif.Backtest(policy, raised, requests())
	if err != nil {
		log.Fatal(err)
	}
	move := report.Totals[0].Moves[whatif.CauseCase2]
	fmt.Println(move.Amount, "in", move.Cases, "cases")
	// Output:
	// -10.00 USD in 2 cases
}

// Two workers take half of the cases each. The merged report is the report of all cases.
func ExampleReport_Merge() {
	before := refund.Published(time.UTC)
	after := before
	after.WindowDays = 10
	half := func(odd bool) iter.Seq2[refund.Case, error] {
		return func(yield func(refund.Case, error) bool) {
			i := 0
			for c, err := range requests() {
				if i++; i%2 == 1 == odd && !yield(c, err) {
					return
				}
			}
		}
	}

	var whole whatif.Report
	for _, odd := range []bool{true, false} {
		part, err := whatif.Backtest(before, after, half(odd))
		if err != nil {
			log.Fatal(err)
		}
		whole = whole.Merge(part)
	}
	fmt.Println(whole.Cases, "cases,", whole.Totals[0].Difference())
	// Output:
	// 3 cases, -174.99 USD
}
