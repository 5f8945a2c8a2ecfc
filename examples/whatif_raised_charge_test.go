package examples_test

import (
	"fmt"
	"log"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// A priceList judges cases with charges of its own: the charge for a resolved issue stands in
// the case, not in the policy.
type priceList struct {
	refund.Policy
	charges map[string]refund.Money // by the code of the service
}

// Evaluate judges a case with the charge of the list.
func (p priceList) Evaluate(c refund.Case) (refund.Outcome, error) {
	if charge, listed := p.charges[c.Subscription.Service.Code]; listed {
		c.Subscription.Service.PerInstance = charge
	}
	return p.Policy.Evaluate(c)
}

// What does a higher charge change? The charge for a resolved issue is to rise from 25.00
// to 40.00 USD. Two of three customers had issues resolved. The new charges use up the
// amount of the first of them, who loses the 24.99 USD that remained, not 45.00 USD. The
// second one had a refund of 100.00 USD earlier, of which a part no longer reduces the
// amount: that part is a move of its own.
func Example_whatifRaisedCharge() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, time.UTC)
	asked := func(id, price, refunded string, resolved int) refund.Case {
		log := refund.IssueLog{}
		for i := range resolved {
			log = append(log, refund.Issue{ID: fmt.Sprint("T-", i+1), Opened: start, Resolved: start.AddDate(0, 0, 1)})
		}
		return refund.Case{
			Subscription: refund.Subscription{
				ID:       id,
				Service:  refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
				Start:    start,
				Price:    usd(price),
				Paid:     usd(price),
				Refunded: usd(refunded),
			},
			Issues:  log,
			Request: refund.Request{At: start.AddDate(0, 0, 8), Channel: refund.ChannelEmail, Reason: "not satisfied"},
		}
	}
	cases := []refund.Case{
		asked("SUB-3201", "199.99", "0.00", 0),
		asked("SUB-3202", "99.99", "0.00", 3),
		asked("SUB-3203", "199.99", "100.00", 3),
	}

	policy := refund.Published(time.UTC)
	raised := priceList{policy, map[string]refund.Money{"pc-care": usd("40.00")}}
	report, err := whatif.Backtest(policy, raised, func(yield func(refund.Case, error) bool) {
		for c := range slices.Values(cases) {
			if !yield(c, nil) {
				return
			}
		}
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, total := range report.Totals {
		fmt.Println(total.Difference(), "in", total.Changed, "of", total.Cases, "cases")
		for _, cause := range whatif.Causes() {
			if move := total.Moves[cause]; move.Cases > 0 {
				fmt.Println("-", cause, move.Amount)
			}
		}
		fmt.Println("used up by charges now:", total.Verdicts[refund.VerdictDeducted][refund.VerdictConsumed])
	}
	// Output:
	// -49.98 USD in 2 of 3 cases
	// - case-2 -69.99 USD
	// - refunded 20.01 USD
	// used up by charges now: 1
}
