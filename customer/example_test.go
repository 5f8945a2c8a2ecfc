package customer_test

import (
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The holder asks, and answers two questions on the call back.
func ExampleReview() {
	asked := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	calledBack := asked.Add(4 * time.Hour)
	account := customer.Account{
		ID:       "ACC-7",
		Username: "jo",
		Particulars: []customer.Particular{
			{Name: "name", Present: true},
			{Name: "postal address", Present: false},
		},
		Reports: []customer.MisuseReport{},
	}
	answers := customer.Attestations{
		refund.ClauseLicensed: {Answer: customer.AnswerYes, At: calledBack},
		refund.ClauseDataLoss: {Answer: customer.AnswerNo, At: calledBack},
	}

	now := asked.Add(5 * time.Hour)
	for _, f := range customer.Review(account, customer.Requester{Account: "ACC-7"}, answers, asked, now) {
		fmt.Printf("%v: %v %q\n", f.Clause, f.Severity, f.Subject)
	}
	// Output:
	// licensed: satisfied ""
	// data-loss: advisory ""
	// registration: advisory "postal address"
	// credentials: satisfied ""
	// account-access: satisfied "ACC-7"
}

// A report of unauthorized use after the request holds the refund until the report is closed.
func ExampleMisuseReport() {
	asked := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	report := customer.MisuseReport{ID: "U-12", Made: asked.Add(time.Hour), Closed: asked.Add(3 * time.Hour)}
	account := customer.Account{ID: "ACC-7", Reports: []customer.MisuseReport{report}}
	for _, now := range []time.Time{asked, report.Made, report.Closed} {
		for _, f := range customer.Review(account, customer.Requester{}, nil, asked, now) {
			fmt.Println(report.Open(now), f.Clause, f.Severity)
		}
	}
	// Output:
	// false credentials satisfied
	// true credentials blocking
	// false credentials satisfied
}

// A daughter has her mother's permission until the end of February.
func ExampleDelegate() {
	end := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	daughter := customer.Delegate{Account: "ACC-8", Until: end}
	fmt.Println(daughter.Holds(end.Add(-time.Nanosecond)))
	fmt.Println(daughter.Holds(end))
	// Output:
	// true
	// false
}

// A question without an answer is neither a yes nor a no.
func ExampleAnswer() {
	answers := customer.Attestations{}
	answers[refund.ClauseLicensed] = customer.Attestation{Answer: customer.AnswerYes}
	fmt.Println(answers[refund.ClauseLicensed].Answer, answers[refund.ClauseCooperation].Answer)
	// Output:
	// yes unset
}

// Printing an account shows its id, without the holder's name.
func ExampleAccount() {
	account := customer.Account{ID: "ACC-7", Holder: "Jo Park", Username: "jo", Delegates: []customer.Delegate{{Account: "ACC-8"}}}
	fmt.Printf("%+v\n", account)
	_, err := json.Marshal(account)
	fmt.Println(err != nil)
	// Output:
	// account ACC-7 (1 delegate)
	// true
}

// A person who does not hold the account asks for a refund. The findings go into the case,
// and the outcome is on hold.
func ExampleRequester() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	asked := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   asked.AddDate(0, 0, -9),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: asked, By: "ACC-8", Channel: refund.ChannelEmail, Reason: "for my mother"},
	}
	account := customer.Account{ID: c.Subscription.Account}
	now := asked.Add(5 * time.Hour)
	c.Findings = customer.Review(account, customer.Requester{Account: c.Request.By}, nil, c.Request.At, now)
	outcome, err := refund.Published(time.UTC).Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Refundable, "held:", outcome.Held)
	fmt.Println(outcome.Why(refund.ClauseAccountAccess))
	// Output:
	// 199.99 USD held: true
	// on hold: the request came from another account (ACC-8); the holder's permission is needed
}
