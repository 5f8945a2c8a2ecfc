package customer_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A holder asks, who has answered one question with no.
func ExampleReview() {
	asked := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	account := customer.Account{
		ID:       "ACC-7",
		Username: "jo",
		Particulars: []customer.Particular{
			{Name: "name", Present: true},
			{Name: "postal address", Present: false},
		},
		Reports: []customer.MisuseReport{},
	}
	answers := customer.Attestations{}
	answers[refund.ClauseLicensed] = customer.Attestation{Answer: customer.AnswerYes, At: asked.Add(-time.Hour)}
	answers[refund.ClauseDataLoss] = customer.Attestation{Answer: customer.AnswerNo, At: asked.Add(-time.Hour)}

	for _, f := range customer.Review(account, customer.Requester{Account: "ACC-7"}, answers, asked) {
		fmt.Printf("%v: %v %q\n", f.Clause, f.Severity, f.Subject)
	}
	// Output:
	// licensed: satisfied ""
	// data-loss: advisory ""
	// registration: advisory "postal address"
	// credentials: satisfied ""
	// account-access: satisfied "ACC-7"
}

// A case is held while a report of unauthorized use is open, and free once it is
// closed.
func ExampleMisuseReport() {
	asked := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	report := customer.MisuseReport{ID: "U-12", Made: asked.Add(-time.Hour), Closed: asked.Add(time.Hour)}
	account := customer.Account{ID: "ACC-7", Reports: []customer.MisuseReport{report}}
	for _, at := range []time.Time{asked, report.Closed} {
		for _, f := range customer.Review(account, customer.Requester{}, nil, at) {
			fmt.Println(report.Open(at), f.Clause, f.Severity)
		}
	}
	// Output:
	// true credentials blocking
	// false credentials satisfied
}

// A daughter had her mother's permission until the end of February.
func ExampleDelegate() {
	end := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	daughter := customer.Delegate{Account: "ACC-8", Until: end}
	fmt.Println(daughter.Holds(end.Add(-time.Nanosecond)))
	fmt.Println(daughter.Holds(end))
	// Output:
	// true
	// false
}

// A question that was not answered is neither a yes nor a no.
func ExampleAnswer() {
	answers := customer.Attestations{}
	answers[refund.ClauseLicensed] = customer.Attestation{Answer: customer.AnswerYes}
	fmt.Println(answers[refund.ClauseLicensed].Answer, answers[refund.ClauseCooperation].Answer)
	// Output:
	// yes unset
}

// The findings go into a case, whose outcome is held for a stranger.
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
	c.Findings = customer.Review(account, customer.Requester{Account: c.Request.By}, nil, c.Request.At)
	outcome, err := refund.Published(time.UTC).Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Refundable, "held:", outcome.Held)
	fmt.Println(outcome.Why(refund.ClauseAccountAccess))
	// Output:
	// 199.99 USD held: true
	// held: ACC-8, asked without the holder's permission
}
