package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// How much could be asked back tonight? The accountant closes March. Revenue that
// customers may still ask back is not earned for sure: the exposure is the most that it
// could be, in each currency, and how it falls day by day. The share of it that is booked
// as a refund liability is the accountant's estimate.
func Example_whatifMonthEnd() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	sold := func(id string, day int, price, charge refund.Money, resolved ...int) whatif.Holding {
		start := time.Date(2026, time.March, day, 10, 0, 0, 0, newYork)
		h := whatif.Holding{
			Subscription: refund.Subscription{
				ID:      id,
				Account: "ACC-" + id,
				Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: charge},
				Start:   start,
				Price:   price,
				Paid:    price,
			},
			Issues: refund.IssueLog{},
		}
		for _, day := range resolved {
			at := time.Date(2026, time.March, day, 15, 0, 0, 0, newYork)
			h.Issues = append(h.Issues, refund.Issue{ID: fmt.Sprint("T-", day), Opened: at.Add(-time.Hour), Resolved: at})
		}
		return h
	}
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	eur := func(amount string) refund.Money { return refund.MustMoney(amount, "EUR") }
	sales := []whatif.Holding{
		sold("3301", 2, usd("199.99"), usd("25.00")),
		sold("3302", 17, usd("199.99"), usd("25.00"), 18, 20),
		sold("3303", 17, usd("99.99"), usd("25.00")),
		sold("3304", 30, usd("199.99"), usd("25.00")),
		sold("3305", 28, eur("149.00"), eur("20.00"), 31),
	}

	end := time.Date(2026, time.April, 1, 0, 0, 0, 0, newYork).Add(-time.Nanosecond)
	exposure, err := whatif.ExposureAt(end, refund.Published(newYork), func(yield func(whatif.Holding, error) bool) {
		for _, h := range sales {
			if !yield(h, nil) {
				return
			}
		}
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d windows open, %d closed\n", exposure.Open, exposure.Closed)
	for _, total := range exposure.Totals {
		fmt.Println(total.Refundable, "at most, in", total.Subscriptions, "subscriptions")
		for _, day := range total.Days {
			fmt.Println("- until", day.Date, day.Refundable)
		}
	}
	// Output:
	// 4 windows open, 1 closed
	// 129.00 EUR at most, in 1 subscriptions
	// - until 2026-04-12 129.00 EUR
	// 449.97 USD at most, in 3 subscriptions
	// - until 2026-04-01 449.97 USD
	// - until 2026-04-14 199.99 USD
}
