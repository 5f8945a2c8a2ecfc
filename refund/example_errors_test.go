package refund_test

import (
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Mark every wrong field of a form, not only the first.
func ExampleInvalidError() {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	_, err = refund.Published(newYork).Evaluate(refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring},
			Start:   time.Date(2026, time.March, 1, 10, 0, 0, 0, newYork),
			Price:   refund.MustMoney("199.99", "USD"),
			Paid:    refund.MustMoney("-199.99", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{Channel: refund.ChannelEmail},
	})

	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		for _, fault := range invalid.Faults {
			fmt.Printf("%s: %s\n", fault.Path, fault.Reason)
		}
	}
	// Output:
	// subscription.service.per_instance: is required
	// subscription.paid: is negative
	// request.at: is required
}

// Show the problems of a field beside it.
func ExampleFaults_At() {
	var faults refund.Faults
	request := refund.Case{Request: refund.Request{Channel: refund.ChannelEmail}}
	faults.Merge(request.Validate())
	for _, field := range []string{"request.at", "request.channel"} {
		fmt.Println(field, faults.At(field))
	}
	// Output:
	// request.at [is required]
	// request.channel []
}

// Subtract amounts in different currencies. The sentinel identifies the error; the type
// holds both currencies.
func ExampleCurrencyMismatchError() {
	_, err := refund.MustMoney("10.00", "USD").Sub(refund.MustMoney("5.00", "EUR"))
	fmt.Println(errors.Is(err, refund.ErrCurrencyMismatch))

	var mismatch *refund.CurrencyMismatchError
	if errors.As(err, &mismatch) {
		fmt.Println(mismatch.A, "and", mismatch.B)
	}
	// Output:
	// true
	// USD and EUR
}
