package examples_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// How does the company answer a card dispute?
//
// Ms. Kaya disputes her card payment. One issue was resolved before she asked for the money
// back, so a part of it is owed. The desk first tries to answer that no refund is owed, which
// the facts do not support. The second answer says which part is owed. Once the desk has
// refunded that part, the third answer names the refund and its reference. The processor's
// form has fields with the same names as the JSON.
func Example_letterDispute() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	march := func(day, hour int) time.Time { return time.Date(2026, time.March, day, hour, 0, 0, 0, newYork) }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-4103",
			Account: "ACC-KAYA",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
			Start:   march(1, 10),
			Price:   refund.MustMoney("199.99", "USD"),
			Paid:    refund.MustMoney("199.99", "USD"),
		},
		Issues:  refund.IssueLog{{ID: "T-1", Opened: march(3, 9), Resolved: march(3, 11)}},
		Request: refund.Request{At: march(9, 10), By: "ACC-KAYA", Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	options := notice.DisputeOptions{
		Company:      "Example Support",
		DisclosedAt:  march(1, 9),
		DisclosedHow: "on the checkout page, above the button that places the order",
	}

	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	_, err = notice.NoRefundOwed(policy, outcome, options)
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		log.Fatal("an answer that is not true")
	}
	fmt.Println(invalid)
	answer, err := notice.PartlyOwed(policy, outcome, options)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("refund_refusal_explanation:", answer.Fields.RefundRefusalExplanation)
	fmt.Println("refund_policy_disclosure:", answer.Fields.RefundPolicyDisclosure)

	c.Subscription.Refunded = outcome.Refundable
	options.Refunds = []notice.Refund{{Amount: outcome.Refundable, At: march(12, 9), Reference: "re_1"}}
	if outcome, err = policy.Evaluate(c); err != nil {
		log.Fatal(err)
	}
	if answer, err = notice.RefundIssued(policy, outcome, options); err != nil {
		log.Fatal(err)
	}
	fmt.Println()
	fmt.Print(answer.Text)
	// Output:
	// refund: invalid input: outcome.entitlement: 174.99 USD is owed: see PartlyOwed and RefundIssued
	// refund_refusal_explanation: Of the $199.99 that the customer paid, the company's refund policy grants a refund of $174.99. The other $25.00 is not owed. The company resolved 1 issue before the customer asked. The charge of $25.00 is deducted from $199.99.
	// refund_policy_disclosure: The customer saw the refund policy on 1 March 2026 at 09:00 EST: on the checkout page, above the button that places the order.
	//
	// The refund has been issued
	//
	// Company: Example Support
	// Reference: SUB-4103
	//
	// Of the $199.99 that the customer paid, $174.99 was refunded on 12 March
	// 2026 (reference re_1). The other $25.00 is not owed. The company
	// resolved 1 issue before the customer asked. The charge of $25.00 is
	// deducted from $199.99.
	//
	// The refund policy
	// - A customer who is not satisfied may ask for the money back in the
	//   first 15 days after the day of subscribing; the company decides
	//   whether to grant it.
	// - If no issue was resolved, the whole subscription amount is refunded.
	// - If issues were resolved in the first 15 days after the day of
	//   subscribing, the charge per instance is deducted from the subscription
	//   amount once for each of them.
	// - One-time services are not refunded.
	// - Whatever the other clauses say, the company may refund assistance
	//   charges case by case, less its servicing fees and less the price of
	//   paid software that came free with the assistance.
	// - A refund never exceeds the amount subscribed or the amount paid,
	//   whichever is less.
	//
	// The customer saw the refund policy on 1 March 2026 at 09:00 EST: on the
	// checkout page, above the button that places the order.
	//
	// The facts
	//   Subscribed       1 March 2026 at 10:00 EST
	//   Last day to ask  16 March 2026
	//   Request          9 March 2026 at 10:00 EDT, by e-mail
	//   Price            $199.99
	//   Paid             $199.99
	//   Refunded         $174.99
	//
	// The amount
	//   Subscription price           $199.99
	//   1 issue resolved, at $25.00  −$25.00
	//   ------------------------------------
	//   Owed under the policy        $174.99
	//
	// The refunds
	// - $174.99 was refunded on 12 March 2026 (reference re_1).
}
