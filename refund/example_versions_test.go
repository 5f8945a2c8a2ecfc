package refund_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// oldAndNew returns a policy of 2025 with a window of 15 days, and one of 2027 with 30.
func oldAndNew() (refund.Versions, error) {
	first := refund.Published(time.UTC)
	first.Effective = time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC)
	second := first
	second.Version = "2"
	second.Effective = time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)
	second.WindowDays = 30
	return refund.NewVersions(second, first) // in any order
}

// A company changes its policy. Whoever subscribed before keeps the one of that day.
func ExampleVersions() {
	versions, err := oldAndNew()
	if err != nil {
		log.Fatal(err)
	}
	for _, start := range []time.Time{
		time.Date(2026, time.December, 31, 23, 59, 0, 0, time.UTC),
		time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC),
	} {
		policy, err := versions.At(start)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(refund.DateOf(start), "version", policy.Version, policy.WindowDays, "days")
	}
	// Output:
	// 2026-12-31 version 1 15 days
	// 2027-01-01 version 2 30 days
}

// Two policies cannot take effect at one instant: nobody could say which governs.
func ExampleNewVersions() {
	first := refund.Published(time.UTC)
	second := first
	second.Version = "2"

	_, err := refund.NewVersions(first, second)
	fmt.Println(err)
	// Output:
	// refund: invalid input: versions[1].effective: is also the instant of versions[0]
}

// A subscription is older than any policy that the program knows.
func ExampleVersions_At() {
	versions, err := oldAndNew()
	if err != nil {
		log.Fatal(err)
	}
	_, err = versions.At(time.Date(2024, time.March, 1, 15, 0, 0, 0, time.UTC))
	fmt.Println(errors.Is(err, refund.ErrNoVersion))
	// Output:
	// true
}

// Two customers ask on their 20th day. Only one of them subscribed under the policy
// that grants 30 days.
func ExampleVersions_Evaluate() {
	versions, err := oldAndNew()
	if err != nil {
		log.Fatal(err)
	}
	for _, start := range []time.Time{
		time.Date(2026, time.December, 20, 15, 0, 0, 0, time.UTC),
		time.Date(2027, time.January, 20, 15, 0, 0, 0, time.UTC),
	} {
		outcome, err := versions.Evaluate(refund.Case{
			Subscription: refund.Subscription{
				ID: "SUB-1007",
				Service: refund.ServiceType{
					Code:        "pc-care",
					Billing:     refund.BillingRecurring,
					PerInstance: refund.MustMoney("25.00", "USD"),
				},
				Start: start,
				Price: refund.MustMoney("199.99", "USD"),
				Paid:  refund.MustMoney("199.99", "USD"),
			},
			Issues:  refund.IssueLog{}, // there were none
			Request: refund.Request{At: start.AddDate(0, 0, 20), Channel: refund.ChannelEmail, Reason: "not satisfied"},
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("version", outcome.Basis.Policy, outcome.Verdict, outcome.Refundable)
	}
	// Output:
	// version 1 window_closed 0.00 USD
	// version 2 full 199.99 USD
}

// A page lists the policies of a company.
func ExampleVersions_Policies() {
	versions, err := oldAndNew()
	if err != nil {
		log.Fatal(err)
	}
	for _, policy := range versions.Policies() {
		fmt.Println("version", policy.Version, "since", refund.DateOf(policy.Effective))
	}
	// Output:
	// version 1 since 2025-01-01
	// version 2 since 2027-01-01
}
