package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// An order is a subscription in a shop's own database.
type order struct {
	number, customer string
	placed           time.Time
	total            string // in US dollars
}

// subscription converts the order. The amount is text from a database, which may be wrong,
// so it is parsed.
func (o order) subscription() (refund.Subscription, error) {
	total, err := refund.ParseMoney(o.total, "USD")
	if err != nil {
		return refund.Subscription{}, fmt.Errorf("order %s: %w", o.number, err)
	}
	return refund.Subscription{
		ID:      o.number,
		Account: o.customer,
		Service: refund.ServiceType{
			Code:        "pc-care",
			Billing:     refund.BillingRecurring,
			PerInstance: refund.MustMoney("25.00", "USD"),
		},
		Start: o.placed,
		Price: total,
		Paid:  total,
	}, nil
}

// How much may be refunded, and why? Ms Ode subscribed on March 1. Her only issue was never
// resolved. On the evening of March 16, half an hour before the window closes, she requests
// a refund by e-mail. The whole amount is refundable.
func Example_amountBasic() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	bought := order{
		number:   "SUB-2001",
		customer: "ACC-ODE",
		placed:   time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork),
		total:    "199.99",
	}
	subscription, err := bought.subscription()
	if err != nil {
		log.Fatal(err)
	}

	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: subscription,
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: time.Date(2026, time.March, 4, 9, 0, 0, 0, newYork)}, // still open
		},
		Request: refund.Request{
			At:      time.Date(2026, time.March, 16, 23, 30, 0, 0, newYork),
			By:      "ACC-ODE",
			Channel: refund.ChannelEmail,
			Reason:  "the printer still does not print",
		},
	})
	if err != nil {
		log.Fatal(err)
	}

	fmt.Println(outcome.Verdict, outcome.Refundable)
	for _, clause := range []refund.Clause{
		refund.ClauseGuarantee, refund.ClauseCase1, refund.ClauseTicket, refund.ClauseAccountAccess,
	} {
		fmt.Printf("- %s: %s\n", clause, outcome.Why(clause))
	}
	// Output:
	// full 199.99 USD
	// - guarantee: asked on 16 March 2026; the last day is 16 March 2026 (15 days from 1 March)
	// - case-1: no issue was resolved in the window up to the request: the whole amount, 199.99 USD
	// - ticket: requested by e-mail on 16 March 2026, with a reason
	// - account-access: the holder of the account asked
}
