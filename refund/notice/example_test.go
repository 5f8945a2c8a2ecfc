package notice_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// A letter explains an outcome to the customer before the company decides.
func Example() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: time.Date(2026, time.March, 9, 10, 0, 0, 0, newYork), Channel: refund.ChannelEmail, Reason: "moved"},
	})
	if err != nil {
		log.Fatal(err)
	}
	letter, err := notice.Letter(outcome, notice.Options{Customer: "Ms. Diaz", Company: "Example Support"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(letter.Text)
	// Output:
	// Example Support
	//
	// Reference: SUB-1001
	//
	// Your refund request of 9 March 2026
	//
	// Dear Ms. Diaz,
	//
	// Thank you for your request. Under our 15-day money-back guarantee,
	// $199.99 can be refunded to you. No issue was resolved before you asked,
	// so this is the whole amount.
	//
	// This is not our decision yet: a colleague checks every refund first. We
	// will write to you as soon as we have decided.
	//
	// How we arrive at the amount
	//   Subscription price  $199.99
	//   ---------------------------
	//   Can be refunded     $199.99
	//
	// The dates that count
	//   Subscribed       1 March 2026
	//   Last day to ask  16 March 2026
	//   Your request     9 March 2026
	//
	// What happens next
	// - You do not need to do anything for now.
	// - Our call back to you is due between 14:00 and 18:00 EDT on 9 March
	//   2026.
	//
	// Kind regards
	// Example Support
}

// A note for the agent says what is missing before an officer can approve the amount.
func ExampleNote() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: time.Date(2026, time.March, 9, 10, 0, 0, 0, newYork), Channel: refund.ChannelEmail, Reason: "moved"},
	}
	note, err := notice.Note(policy, c, notice.NoteOptions{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(note)
	// Output:
	// SUB-1001. Refundable: 199.99 USD (full)
	//
	// Before an approval
	// - Still to be reviewed: Review of the logs, Credentials, Account access
	//
	// Applied
	// - Guarantee: asked on 9 March 2026; the last day is 16 March 2026 (15
	//   days from 1 March)
	// - No issue resolved: no issue was resolved in the window up to the
	//   request: the whole amount, 199.99 USD
	//
	// Satisfied
	// - Ticket: requested by e-mail on 9 March 2026, with a reason
	// - Upper limit: 199.99 USD is within the cap of 199.99 USD
	//
	// Not evaluated
	// - Call back: the call back is due between 14:00 and 18:00 EDT on 9 March
	//   2026; none is recorded
	// - Review of the logs, Cooperation, Peripherals, Licensed products, Best
	//   effort, Data loss, Environment, Registration, Credentials: not
	//   reviewed yet
	// - Account access: not known whether the holder of the account asked
	// - Goodwill: goodwill is a separate decision of the company, possible
	//   whatever the verdict, up to 199.99 USD
	//
	// Not applicable
	// - Issues resolved: does not apply: no issue was resolved in the window
	//   up to the request
	// - One-time service: the service is not a one-time service
}

// Explain an outcome in a log of the company.
func ExampleExplain() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	outcome, err := refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: time.Date(2026, time.March, 19, 10, 0, 0, 0, newYork), Channel: refund.ChannelEmail, Reason: "moved"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(notice.Explain(outcome))
	// Output:
	// SUB-1001. Refundable: 0.00 USD (window closed)
	// Why: asked on 19 March 2026; the last day was 16 March 2026 (15 days
	// from 1 March)
	//
	// Satisfied
	// - Ticket: requested by e-mail on 19 March 2026, with a reason
	//
	// Not evaluated
	// - Call back: the call back is due between 14:00 and 18:00 EDT on 19
	//   March 2026; none is recorded
	// - Review of the logs, Cooperation, Peripherals, Licensed products, Best
	//   effort, Data loss, Environment, Registration, Credentials: not
	//   reviewed yet
	// - Account access: not known whether the holder of the account asked
	// - Goodwill: goodwill is a separate decision of the company, possible
	//   whatever the verdict, up to 199.99 USD
	//
	// Not applicable
	// - Guarantee: asked on 19 March 2026; the last day was 16 March 2026 (15
	//   days from 1 March)
	// - No issue resolved, Issues resolved: does not apply: the window was
	//   closed when the request came
	// - One-time service: the service is not a one-time service
	// - Upper limit: no amount is due that could exceed the cap
}
