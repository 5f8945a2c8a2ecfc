package whatif_test

import (
	"fmt"
	"iter"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// holdings yields three subscriptions that started on 1, 20 and 25 March.
func holdings() iter.Seq2[whatif.Holding, error] {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	return func(yield func(whatif.Holding, error) bool) {
		for _, day := range []int{1, 20, 25} {
			h := whatif.Holding{
				Subscription: refund.Subscription{
					ID:      fmt.Sprint("SUB-", day),
					Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
					Start:   time.Date(2026, time.March, day, 10, 0, 0, 0, time.UTC),
					Price:   usd("199.99"),
					Paid:    usd("199.99"),
				},
				Issues: refund.IssueLog{},
			}
			if !yield(h, nil) {
				return
			}
		}
	}
}

// An accountant needs the amount that customers could ask back as March ends.
func ExampleExposureAt() {
	at := time.Date(2026, time.March, 31, 23, 59, 59, 0, time.UTC)
	exposure, err := whatif.ExposureAt(at, refund.Published(time.UTC), holdings())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(exposure.Open, "of", exposure.Subscriptions, "windows are open")
	for _, total := range exposure.Totals {
		for _, day := range total.Days {
			fmt.Println("until", day.Date, day.Refundable)
		}
	}
	// Output:
	// 2 of 3 windows are open
	// until 2026-04-04 399.98 USD
	// until 2026-04-09 199.99 USD
}

// Two branches of a company compute their parts, and the head office joins them.
func ExampleExposure_Merge() {
	at := time.Date(2026, time.March, 31, 23, 59, 59, 0, time.UTC)
	var company whatif.Exposure
	for range 2 {
		branch, err := whatif.ExposureAt(at, refund.Published(time.UTC), holdings())
		if err != nil {
			log.Fatal(err)
		}
		if company, err = company.Merge(branch); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Println(company.Totals[0].Refundable, "in", company.Open, "subscriptions")
	// Output:
	// 799.96 USD in 4 subscriptions
}

// A holding becomes the case of a holder who asks by e-mail.
func ExampleHolding_Case() {
	for h, err := range holdings() {
		if err != nil {
			log.Fatal(err)
		}
		outcome, err := refund.Published(time.UTC).Evaluate(h.Case(h.Subscription.Start.AddDate(0, 0, 3)))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(outcome.Subscription, outcome.Refundable)
	}
	// Output:
	// SUB-1 199.99 USD
	// SUB-20 199.99 USD
	// SUB-25 199.99 USD
}
