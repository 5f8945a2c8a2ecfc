package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// How is a refund explained to the customer?
//
// Ms. Ito asked on the ninth day, after one issue was resolved. Her refund is approved on the
// next morning. The desk sends her a letter with every line of the sum, so that she does not
// have to ask how the amount was computed. The e-mail has the same letter as HTML.
func Example_letterRefund() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	policy := refund.Published(newYork)
	policy.Required = nil // this desk reviews refunds in another system
	march := func(day, hour int) time.Time { return time.Date(2026, time.March, day, hour, 0, 0, 0, newYork) }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-4101",
			Account: "ACC-ITO",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD")},
			Start:   march(1, 10),
			Price:   refund.MustMoney("199.99", "USD"),
			Paid:    refund.MustMoney("199.99", "USD"),
		},
		Issues:  refund.IssueLog{{ID: "T-1", Opened: march(3, 9), Resolved: march(3, 11)}},
		Request: refund.Request{At: march(9, 10), By: "ACC-ITO", Channel: refund.ChannelEmail, Reason: "not satisfied", CalledBack: march(9, 15)},
	}
	outcome, err := policy.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	d, err := decision.Approve(policy, c, outcome.Digest(), decision.Approval{
		By:     decision.Officer{ID: "ops-3", Limit: refund.MustMoney("500.00", "USD")},
		At:     march(10, 9),
		Amount: outcome.Refundable,
	})
	if err != nil {
		log.Fatal(err)
	}
	letter, err := notice.DecisionLetter(d, notice.Options{
		Customer:  "Ms. Ito",
		Company:   "Example Support",
		Contact:   "help@example.com",
		Payout:    "The money arrives on your card in 5 to 10 days.",
		Statutory: "Your rights under consumer law are not affected.",
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("Subject:", letter.Subject)
	fmt.Println()
	fmt.Print(letter.Text)
	// Output:
	// Subject: Your refund has been approved
	//
	// Example Support
	//
	// 10 March 2026
	// Reference: SUB-4101
	//
	// Your refund has been approved
	//
	// Dear Ms. Ito,
	//
	// Good news: we have approved your refund of $174.99 under our 15-day
	// money-back guarantee. We resolved 1 issue for you before you asked, and
	// the charge for it is deducted.
	//
	// How we arrive at the amount
	//   Subscription price           $199.99
	//   1 issue resolved, at $25.00  −$25.00
	//   ------------------------------------
	//   Your refund                  $174.99
	//
	// The dates that count
	//   Subscribed       1 March 2026
	//   Last day to ask  16 March 2026
	//   Your request     9 March 2026
	//   Our call back    9 March 2026
	//
	// What happens next
	// - You do not need to do anything. We will send you the money.
	// - The money arrives on your card in 5 to 10 days.
	// - If you have a question about this refund, please contact us
	//   (help@example.com).
	//
	// Kind regards
	// Example Support
	//
	// Your rights under consumer law are not affected.
}
