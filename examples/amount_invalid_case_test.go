package examples_test

import (
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// whoKnows maps the beginning of a field's path to the team that knows the field. Paths are
// stable, so a program may depend on them.
var whoKnows = []struct{ prefix, team string }{
	{"subscription.", "billing"},
	{"issues", "support"},
	{"request.", "the desk"},
}

// questions returns the faults of a case as a list for each team.
func questions(err error) map[string][]string {
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		return nil // not an invalid case
	}
	list := map[string][]string{}
	for _, fault := range invalid.Faults {
		for _, known := range whoKnows {
			if strings.HasPrefix(fault.Path, known.prefix) {
				list[known.team] = append(list[known.team], fault.Path+" "+fault.Reason)
			}
		}
	}
	return list
}

// What if the input is wrong? A case from an old system is not valid: the earlier refunds
// exceed the payment, one issue is resolved before it was opened, another has no opening,
// and the channel of the request is missing. All faults are reported at once, and each team
// gets a list of its own.
func Example_amountInvalidCase() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	march := func(day int) time.Time { return time.Date(2026, time.March, day, 10, 0, 0, 0, newYork) }

	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2008",
			Account: "ACC-ULM",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start:    march(1),
			Price:    refund.MustMoney("199.99", "USD"),
			Paid:     refund.MustMoney("199.99", "USD"),
			Refunded: refund.MustMoney("250.00", "USD"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: march(3), Resolved: march(2)},
			{ID: "T-2"},
		},
		Request: refund.Request{At: march(9), By: "ACC-ULM"},
	})
	if err == nil {
		fmt.Println("refundable:", outcome.Refundable)
		return
	}
	list := questions(err)
	for _, known := range whoKnows {
		fmt.Println(known.team)
		for _, question := range list[known.team] {
			fmt.Println("-", question)
		}
	}
	// Output:
	// billing
	// - subscription.refunded 250.00 USD is more than the 199.99 USD paid
	// support
	// - issues[0].resolved is before opened
	// - issues[1].opened is required
	// the desk
	// - request.channel is required: one of email, phone, other
}
