package examples_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// showHold prints the refundable amount and the reasons of a hold.
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

// What puts a refund on hold, and what ends the hold? A refund of Mr Quist's subscription is
// requested from another account while his report of unauthorized use is open. The amount is
// known and must not be released. The report is closed. Then Mr Quist confirms that he had
// permitted the request by his daughter. The hold ends, and the request keeps its time.
func Example_customerHeldCase() {
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
			Subject:  "U-12",
			Detail:   "a report of unauthorized use is open",
		}},
	}
	if err := showHold(policy, c); err != nil {
		log.Fatal(err)
	}

	fmt.Println("\nThe report is closed.")
	closed := refund.Finding{
		Clause:   refund.ClauseCredentials,
		Severity: refund.SeveritySatisfied,
		Subject:  "U-12",
		Detail:   "closed, password changed",
	}
	c.Findings = []refund.Finding{closed}
	if err := showHold(policy, c); err != nil {
		log.Fatal(err)
	}

	fmt.Println("\nThe holder confirms that he had permitted the request.")
	permitted := refund.Finding{
		Clause:   refund.ClauseAccountAccess,
		Severity: refund.SeveritySatisfied,
		Subject:  c.Request.By, // the account that the finding clears
		Detail:   "permission P-3 of 2 March, in writing",
	}
	c.Findings = []refund.Finding{closed, permitted}
	if err := showHold(policy, c); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 199.99 USD held: true
	// - credentials: on hold until the report of unauthorized use U-12 is closed
	// - account-access: on hold: the request came from another account (ACC-JUNE); the holder's permission is needed
	//
	// The report is closed.
	// 199.99 USD held: true
	// - account-access: on hold: the request came from another account (ACC-JUNE); the holder's permission is needed
	//
	// The holder confirms that he had permitted the request.
	// 199.99 USD held: false
}
