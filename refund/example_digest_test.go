package refund_test

import (
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Send the digest of an outcome along with a form, and compare it when the form comes back.
func ExampleDigest() {
	outcome, err := refund.Published(time.UTC).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1002",
			Service: refund.ServiceType{Code: "virus-removal", Billing: refund.BillingOneTime},
			Start:   time.Date(2026, time.March, 1, 15, 0, 0, 0, time.UTC),
			Price:   refund.MustMoney("79.00", "USD"),
			Paid:    refund.MustMoney("79.00", "USD"),
		},
		Issues:  refund.IssueLog{}, // there were no issues
		Request: refund.Request{At: time.Date(2026, time.March, 3, 15, 0, 0, 0, time.UTC), Channel: refund.ChannelPhone},
	})
	if err != nil {
		log.Fatal(err)
	}
	field := outcome.Digest().String() // 64 hexadecimal digits, for a hidden field

	shown, err := refund.ParseDigest(field)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(field), shown == outcome.Digest())
	// Output:
	// 64 true
}
