package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// showHold prints the refundable amount, and what holds it.
func showHold(policy refund.Policy, c refund.Case) error {
	outcome, err := policy.Evaluate(c)
	if err != nil {
		return err
	}
	fmt.Println(outcome.Refundable, "held:", outcome.Held)
	for _, step := range outcome.Steps() {
		if step.Status == refund.StatusBlocking {
			fmt.Printf("- %s: %s\n", step.Clause, outcome.Why(step.Clause))
		}
	}
	return nil
}

// Somebody requests a refund of Mr Quist's subscription from another account, while his own
// report of unauthorized use is open. The amount is known, but must not be refunded. The
// report is closed; it turns out that his daughter asked, with his permission; and the case
// is no longer held. The instant of the request is the same all the time.
func Example_heldCase() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork)
	policy := refund.Published(newYork)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-2004",
			Account: "ACC-QUIST",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: start,
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues: refund.IssueLog{},
		Request: refund.Request{
			At:      start.AddDate(0, 0, 9),
			By:      "ACC-JUNE",
			Channel: refund.ChannelEmail,
			Reason:  "not satisfied",
		},
		Findings: []refund.Finding{{
			Clause:   refund.ClauseCredentials,
			Severity: refund.SeverityBlocking,
			Subject:  "report U-12",
			Detail:   "unauthorized use, not closed yet",
		}},
	}
	if err := showHold(policy, c); err != nil {
		log.Fatal(err)
	}

	fmt.Println("\nThe report is closed.")
	closed := refund.Finding{
		Clause:   refund.ClauseCredentials,
		Severity: refund.SeveritySatisfied,
		Subject:  "report U-12",
		Detail:   "closed, password changed",
	}
	c.Findings = []refund.Finding{closed}
	if err := showHold(policy, c); err != nil {
		log.Fatal(err)
	}

	fmt.Println("\nThe holder gives his permission.")
	permitted := refund.Finding{
		Clause:   refund.ClauseAccountAccess,
		Severity: refund.SeveritySatisfied,
		Subject:  "permission P-3",
		Detail:   "given by the holder in writing",
	}
	c.Findings = []refund.Finding{closed, permitted}
	if err := showHold(policy, c); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 199.99 USD held: true
	// - credentials: held: report U-12, unauthorized use, not closed yet
	// - account-access: held: another account than the holder's asked
	//
	// The report is closed.
	// 199.99 USD held: true
	// - account-access: held: another account than the holder's asked
	//
	// The holder gives his permission.
	// 199.99 USD held: false
}
