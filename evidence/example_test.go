package evidence_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A call about T-1 was answered, and the customer came back on T-2 after it was marked
// resolved.
func ExampleReview() {
	at := func(hour int) time.Time { return time.Date(2026, 3, 2, hour, 0, 0, 0, time.UTC) }
	c := refund.Case{
		Subscription: refund.Subscription{ID: "SUB-1001", Account: "ACC-7"},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: at(9), Resolved: at(11)},
			{ID: "T-2", Opened: at(12), Resolved: at(14)},
			{ID: "T-3", Opened: at(15)},
		},
	} // a whole case has a price and a request, too
	records := evidence.Log{
		Calls: []evidence.Call{{
			Header:   evidence.Header{ID: "C-1", Account: "ACC-7", Issues: []string{"T-1"}, Start: at(9), End: at(10)},
			Answered: at(9),
		}},
		Chats: []evidence.Chat{{
			Header: evidence.Header{ID: "K-1", Account: "ACC-7", Issues: []string{"T-2"}, Start: at(15), End: at(16), StartedBy: evidence.SideCustomer},
		}},
	}

	report := evidence.Review(records, c)
	for _, r := range report.Resolutions {
		fmt.Println(r.Issue, r.Standing, r.Supporting, r.Contradicting)
	}
	// Output:
	// T-1 corroborated [call C-1] []
	// T-2 disputed [] [chat K-1 came_back]
	// T-3 unresolved [] []
}

// Three resolutions deduct 25.00 USD each. A record names the first, another was made in
// the time of the second, and the third has no record. A reviewer decides which count.
func ExampleReport_Figures() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	march := func(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, time.UTC) }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   march(1),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: march(2), Resolved: march(3)},
			{ID: "T-2", Opened: march(5), Resolved: march(6)},
			{ID: "T-3", Opened: march(7), Resolved: march(8)},
		},
		Request: refund.Request{At: march(9), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	records := evidence.Log{Recordings: []evidence.Recording{
		{Header: evidence.Header{ID: "R-1", Account: "ACC-7", Issues: []string{"T-1"}, Start: march(3), End: march(3).Add(time.Hour)}},
		{Header: evidence.Header{ID: "R-2", Account: "ACC-7", Start: march(5), End: march(5).Add(time.Hour)}},
	}}

	report := evidence.Review(records, c)
	figures, err := report.Figures(refund.Published(time.UTC), c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(figures.Logged, "if all resolutions count")
	fmt.Println(figures.Supported, "if the corroborated and the plausible ones do")
	fmt.Println(figures.Corroborated, "if the corroborated ones do")
	// Output:
	// 124.99 USD if all resolutions count
	// 149.99 USD if the corroborated and the plausible ones do
	// 174.99 USD if the corroborated ones do
}

// Three resolutions have no record. The last one came after the request, so it does not
// count and its stake is zero.
func ExampleReport_Stakes() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	march := func(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, time.UTC) }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   march(1),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: march(2), Resolved: march(3)},
			{ID: "T-2", Opened: march(5), Resolved: march(6)},
			{ID: "T-3", Opened: march(8), Resolved: march(10)},
		},
		Request: refund.Request{At: march(9), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}

	report := evidence.Review(evidence.Log{}, c)
	stakes, err := report.Stakes(refund.Published(time.UTC), c)
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range stakes {
		fmt.Println(s.Issue, s.Standing, s.Amount)
	}
	// Output:
	// T-1 unsupported 25.00 USD
	// T-2 unsupported 25.00 USD
	// T-3 unsupported 0.00 USD
}

// The findings go into the case. The clause is objected to, and the amount stays what
// it was.
func ExampleReport_Findings() {
	usd := func(amount string) refund.Money { return refund.MustMoney(amount, "USD") }
	march := func(day int) time.Time { return time.Date(2026, 3, day, 10, 0, 0, 0, time.UTC) }
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   march(1),
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues:  refund.IssueLog{{ID: "T-1", Opened: march(2), Resolved: march(3)}},
		Request: refund.Request{At: march(9), Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}

	report := evidence.Review(evidence.Log{}, c)
	c.Findings = append(c.Findings, report.Findings()...)
	outcome, err := refund.Published(time.UTC).Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Refundable, outcome.Statuses[refund.ClauseLogReview])
	fmt.Println(outcome.Why(refund.ClauseLogReview))
	// Output:
	// 174.99 USD objected
	// noted, without effect on the amount: no record of any contact with the customer; T-1, no record was made between its opening and its resolution
}

// The digest of a log does not depend on the order of its records. It changes if one of them
// changes.
func ExampleLog_Digest() {
	at := func(hour int) time.Time { return time.Date(2026, 3, 2, hour, 0, 0, 0, time.UTC) }
	first := evidence.Recording{Header: evidence.Header{ID: "R-1", Start: at(9), End: at(10)}}
	second := evidence.Recording{Header: evidence.Header{ID: "R-2", Start: at(14), End: at(15)}}

	reviewed := evidence.Log{Recordings: []evidence.Recording{first, second}}.Digest()
	fmt.Println(evidence.Log{Recordings: []evidence.Recording{second, first}}.Digest() == reviewed)
	second.Issues = []string{"T-1"}
	fmt.Println(evidence.Log{Recordings: []evidence.Recording{second, first}}.Digest() == reviewed)
	// Output:
	// true
	// false
}

// Validate reports all faults of a log at once, without its texts.
func ExampleLog_Validate() {
	start := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	records := evidence.Log{
		Calls: []evidence.Call{{
			Header: evidence.Header{ID: "C-1", Start: start, End: start.Add(-time.Minute)},
			Media:  []evidence.Media{{Name: "/srv/calls/1.ogg", Size: 2048, Type: "audio/ogg"}},
		}},
		Chats: []evidence.Chat{{
			Header:   evidence.Header{Start: start, End: start.Add(time.Minute)},
			Messages: []evidence.Message{{At: start.Add(time.Hour), From: evidence.SideCustomer, Text: "Hello?"}},
		}},
	}
	var invalid *refund.InvalidError
	if errors.As(records.Validate(), &invalid) {
		for _, fault := range invalid.Faults {
			fmt.Println(fault)
		}
	}
	// Output:
	// calls[0].end: is before start
	// calls[0].media[0].name: is not a relative path such as calls/17.ogg
	// calls[0].media[0].sha256: is required
	// chats[0].id: is required
	// chats[0].messages[0].at: is not between start and end
}

// Standings are in order: a greater one is better shown. A review makes no advisory for
// the two greatest.
func ExampleStanding() {
	for s := evidence.StandingDisputed; s <= evidence.StandingCorroborated; s++ {
		fmt.Println(s, s >= evidence.StandingPlausible)
	}
	// Output:
	// disputed false
	// unsupported false
	// plausible true
	// corroborated true
}
