package refundtest

import (
	"time"
	_ "time/tzdata" // for machines without a time-zone database

	"github.com/kasperinfotech/refundpolicy/refund"
)

// newYork is the location of the fixtures, that of the company's address.
var newYork = mustPlace("America/New_York")

// mustPlace returns a location of the linked-in database.
func mustPlace(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic("refundtest: " + err.Error())
	}
	return loc
}

// Policy returns the published policy at America/New_York.
func Policy() refund.Policy { return refund.Published(newYork) }

// Day returns 10:00 in New York on day n of March 2026. [Case] begins on Day(1), and its
// window closes at the end of March 16. Day(0) is February 28, and Day(32) is April 1.
// Clocks go forward by an hour on March 8.
func Day(n int) time.Time { return time.Date(2026, time.March, n, 10, 0, 0, 0, newYork) }

// Case returns a case with a full refund: a subscription that began on [Day](1), has a
// price of 199.99 USD, is fully paid, and charges 25.00 USD for each resolved issue. It has
// no issues. Its holder requests the refund by e-mail, with a reason, on Day(9). Every call
// returns a new case, which the caller may change.
func Case() refund.Case {
	return refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start: Day(1),
			Price: refund.MustMoney("199.99", "USD"),
			Paid:  refund.MustMoney("199.99", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: Day(9), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
}

// ReviewedCase returns [Case] with a satisfied finding on each clause that [Policy]
// requires, so that [decision.Approve] approves a refund.
func ReviewedCase() refund.Case {
	c := Case()
	for _, clause := range Policy().Required {
		c.Findings = append(c.Findings, refund.Finding{Clause: clause, Severity: refund.SeveritySatisfied})
	}
	return c
}

// Resolved returns an issue that was opened 24 hours before it was resolved.
func Resolved(id string, at time.Time) refund.Issue {
	return refund.Issue{ID: id, Opened: at.Add(-24 * time.Hour), Resolved: at}
}

// Unresolved returns an issue without a standing resolution: still open, or reopened.
func Unresolved(id string, opened time.Time) refund.Issue {
	return refund.Issue{ID: id, Opened: opened}
}
