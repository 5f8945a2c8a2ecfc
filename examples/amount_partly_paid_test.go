package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// An installment is a line of the payment history; a negative amount is a refund. A failed
// line did not move money.
type installment struct {
	amount string
	failed bool
}

// sum returns the amounts paid and refunded.
func sum(history []installment) (paid, refunded refund.Money, err error) {
	paid = refund.MustMoney("0.00", "USD")
	for _, line := range history {
		amount, err := refund.ParseMoney(line.amount, "USD")
		if err != nil {
			return refund.Money{}, refund.Money{}, err
		}
		switch {
		case line.failed:
		case amount.Sign() < 0:
			refunded, err = refunded.Sub(amount)
		default:
			paid, err = paid.Add(amount)
		}
		if err != nil {
			return refund.Money{}, refund.Money{}, err
		}
	}
	return paid, refunded, nil
}

// What if the price is only partly paid? Ms Rao pays 240 in installments. She has paid 120,
// of which 20 were refunded after an outage. One resolved issue costs 25. The published
// policy deducts the charge from the amount subscribed, and the cap limits the remaining 215
// to the 120 paid. The earlier refund of 20 reduces that to 100.
func Example_amountPartlyPaid() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	paid, refunded, err := sum([]installment{
		{amount: "60.00"},
		{amount: "60.00"},
		{amount: "60.00", failed: true},
		{amount: "-20.00"},
	})
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2005",
			Account: "ACC-RAO",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start:    start,
			Price:    refund.MustMoney("240.00", "USD"),
			Paid:     paid,
			Refunded: refunded,
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: start.AddDate(0, 0, 1), Resolved: start.AddDate(0, 0, 2)},
		},
		Request: refund.Request{
			At:      start.AddDate(0, 0, 10),
			By:      "ACC-RAO",
			Channel: refund.ChannelEmail,
			Reason:  "too many outages",
		},
	})
	if err != nil {
		log.Fatal(err)
	}

	fmt.Println(outcome.Verdict, outcome.Refundable)
	fmt.Println(outcome.Why(refund.ClauseCase2))
	fmt.Println(outcome.Why(refund.ClauseCap))
	fmt.Println(outcome.WhyRefundable())
	// Output:
	// deducted 100.00 USD
	// 1 issue resolved × 25.00 USD = 25.00 USD deducted from 240.00 USD
	// limited to the 120.00 USD that was paid
	// 120.00 USD less 20.00 USD already refunded: 100.00 USD
}
