package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// May somebody else request a refund? Mrs Park's son requests a refund with her permission,
// which ends with March. A caller who only knows her account number has no permission. The
// amount is the same for both, and the second request is on hold. The decision is in April,
// after the permission ended: the time of the request counts.
func Example_customerDelegate() {
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
	decided := time.Date(2026, 4, 2, 15, 0, 0, 0, newYork)
	for _, caller := range []string{"ACC-8", "ACC-9"} {
		c := parkCase(newYork)
		c.Request.By = caller
		c.Findings = customer.Review(mother, customer.Requester{Account: caller}, nil, c.Request.At, decided)
		outcome, err := refund.Published(newYork).Evaluate(c)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(caller, "asks for", outcome.Refundable)
		fmt.Println("-", outcome.Statuses[refund.ClauseAccountAccess], "-", outcome.Why(refund.ClauseAccountAccess))
	}
	// Output:
	// ACC-8 asks for 149.00 USD
	// - satisfied - the holder's permission for ACC-8 was reviewed
	// ACC-9 asks for 149.00 USD
	// - blocking - on hold: the request came from another account (ACC-9); the holder's permission is needed
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
