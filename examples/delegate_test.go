package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Mrs Park's son asks for her money back. He has her permission until the end of
// March; a caller who only knows her account number has none. The desk gives both the
// same figure, and one of them the money.
func Example_delegate() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	mother := customer.Account{
		ID:       "ACC-7",
		Username: "parkfamily",
		Delegates: []customer.Delegate{{
			Account: "ACC-8",
			From:    time.Date(2026, 1, 1, 0, 0, 0, 0, newYork),
			Until:   time.Date(2026, 4, 1, 0, 0, 0, 0, newYork),
		}},
		Reports: []customer.MisuseReport{},
	}
	for _, caller := range []string{"ACC-8", "ACC-9"} {
		c := parkCase(newYork)
		c.Request.By = caller
		c.Findings = customer.Review(mother, customer.Requester{Account: caller}, nil, c.Request.At)
		outcome, err := refund.Published(newYork).Evaluate(c)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(caller, "asks for", outcome.Refundable)
		fmt.Println("-", outcome.Statuses[refund.ClauseAccountAccess], "-", outcome.Why(refund.ClauseAccountAccess))
	}
	// Output:
	// ACC-8 asks for 149.00 USD
	// - satisfied - looked at, nothing to object: ACC-8, asked with the holder's permission
	// ACC-9 asks for 149.00 USD
	// - blocking - held: ACC-9, asked without the holder's permission
}

func parkCase(loc *time.Location) refund.Case {
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2201",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
			Start:   time.Date(2026, 3, 2, 9, 0, 0, 0, loc),
			Price:   refund.MustMoney("149.00", "USD"),
			Paid:    refund.MustMoney("149.00", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: time.Date(2026, 3, 12, 10, 0, 0, 0, loc), Channel: refund.ChannelPhone},
	}
}
