package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// How is a denial explained to the customer?
//
// Mr. Berg asked two days late, and the officer declines. The officer's own reason is a note
// for colleagues: it stays in the record. The letter has the rule, the dates that counted,
// and until when Mr. Berg can answer.
func Example_letterDeclined() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	march := func(day, hour int) time.Time { return time.Date(2026, time.March, day, hour, 0, 0, 0, newYork) }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-4102",
			Account: "ACC-BERG",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
			Start:   march(1, 10),
			Price:   refund.MustMoney("199.99", "USD"),
			Paid:    refund.MustMoney("199.99", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: march(18, 10), By: "ACC-BERG", Channel: refund.ChannelEmail, Reason: "moved away"},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Decline(policy, c, outcome.Digest(), decision.Denial{
		By:      decision.Officer{ID: "ops-3"},
		At:      march(19, 9),
		Grounds: []refund.Clause{refund.ClauseGuarantee},
		Reason:  "late, third time this year",
	})
	if err != nil {
		log.Fatal(err)
	}
	letter, err := notice.DecisionLetter(d, notice.Options{
		Customer: "Mr. Berg",
		Company:  "Example Support",
		Contact:  "help@example.com",
		ReplyBy:  refund.MustDate("2026-04-02"),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("Subject:", letter.Subject)
	fmt.Println()
	fmt.Print(letter.Text)
	// Output:
	// Subject: Our decision on your refund request
	//
	// Example Support
	//
	// 19 March 2026
	// Reference: SUB-4102
	//
	// Our decision on your refund request
	//
	// Dear Mr. Berg,
	//
	// Thank you for your request of 18 March 2026. We have looked at it
	// carefully and have decided not to make a refund. We are sorry that we
	// cannot give you the answer you hoped for.
	//
	// Our reasons
	// - The guarantee is open for a limited time. The last day to ask was 16
	//   March 2026, and your request came on 18 March 2026.
	//
	// The dates that count
	//   Subscribed       1 March 2026
	//   Last day to ask  16 March 2026
	//   Your request     18 March 2026
	//
	// What happens next
	// - If you think that we have missed something, please contact us
	//   (help@example.com) by 2 April 2026 and tell us about it. We will
	//   gladly look again.
	//
	// Kind regards
	// Example Support
}
