package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A page with an outcome carries its digest in a hidden field, from which it comes
// back as text.
func ExampleDigest() {
	outcome, err := refund.Published(time.UTC).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1002",
			Service: refund.ServiceType{Code: "virus-removal", Billing: refund.BillingOneTime},
			Start:   time.Date(2026, time.March, 1, 15, 0, 0, 0, time.UTC),
			Price:   refund.MustMoney("79.00", "USD"),
			Paid:    refund.MustMoney("79.00", "USD"),
		},
		Issues:  refund.IssueLog{}, // there were none
		Request: refund.Request{At: time.Date(2026, time.March, 3, 15, 0, 0, 0, time.UTC), Channel: refund.ChannelPhone},
	})
	if err != nil {
		log.Fatal(err)
	}
	field := outcome.Digest().String()

	shown, err := refund.ParseDigest(field)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(field), shown == outcome.Digest(), refund.Digest{}.IsZero())
	// Output:
	// 64 true true
}

// A field of a form may hold anything.
func ExampleParseDigest() {
	_, err := refund.ParseDigest("none of your business")
	fmt.Println(err)
	// Output:
	// refund: invalid input: digest: is not 64 hexadecimal digits in lower case
}

// A service publishes the digest of its policy, so that another can see whether it uses
// the same one.
func ExamplePolicy_Digest() {
	ours, theirs := refund.Published(time.UTC), refund.Published(time.UTC)
	fmt.Println(ours.Digest() == theirs.Digest())

	theirs.WindowDays = 30
	fmt.Println(ours.Digest() == theirs.Digest())
	// Output:
	// true
	// false
}

// The same case comes from two systems, which sort its issues and write its instants
// in ways of their own.
func ExampleCase_Digest() {
	start := time.Date(2026, time.March, 1, 15, 0, 0, 0, time.UTC)
	one := refund.Issue{ID: "T-1", Opened: start.AddDate(0, 0, 1), Resolved: start.AddDate(0, 0, 2)}
	two := refund.Issue{ID: "T-2", Opened: start.AddDate(0, 0, 4)}

	here := refund.Case{
		Subscription: refund.Subscription{ID: "SUB-1001", Start: start},
		Issues:       refund.IssueLog{one, two},
	}
	there := refund.Case{
		Subscription: refund.Subscription{ID: "SUB-1001", Start: start.In(time.FixedZone("EST", -5*60*60))},
		Issues:       refund.IssueLog{two, one},
	}
	fmt.Println(here.Digest() == there.Digest())

	there.Request.Reason = "not satisfied"
	fmt.Println(here.Digest() == there.Digest())
	// Output:
	// true
	// false
}

// Anything that people could see changes the digest of an outcome, not only the
// amount.
func ExampleOutcome_Digest() {
	outcome := refund.Outcome{Verdict: refund.VerdictFull, Refundable: refund.MustMoney("199.99", "USD")}
	shown := outcome.Digest()

	outcome.Held = true
	fmt.Println(outcome.Digest() == shown)
	// Output:
	// false
}
