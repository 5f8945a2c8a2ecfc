package refundtest

import (
	"time"
	_ "time/tzdata" // so that places are known on every machine

	"github.com/kasperinfotech/refundpolicy/refund"
)

// newYork is where the fixtures happen: at the company's address.
var newYork = mustPlace("America/New_York")

// mustPlace returns a place of the database that is linked in.
func mustPlace(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic("refundtest: " + err.Error())
	}
	return loc
}

// Policy returns the published policy at America/New_York.
func Policy() refund.Policy { return refund.Published(newYork) }

// Day returns 10:00 on the n-th day of March 2026 in New York; [Case] begins on
// Day(1), and its window closes as the 16th ends. Day(0) is the last of February,
// Day(32) the first of April. Clocks go on by an hour on the 8th.
func Day(n int) time.Time { return time.Date(2026, time.March, n, 10, 0, 0, 0, newYork) }

// Case returns a case that is refunded in full: subscribed on [Day](1) for 199.99 USD,
// all of it paid, at 25.00 USD for each resolved issue; no issues; the holder asks by
// e-mail on Day(9) and says why. Every call returns a new one, to be changed at will.
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
// requires to have been looked at, so that [decision.Approve] releases money.
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

// Unresolved returns an issue that is still open, or open again.
func Unresolved(id string, opened time.Time) refund.Issue {
	return refund.Issue{ID: id, Opened: opened}
}
