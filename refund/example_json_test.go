package refund_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Read a case from JSON. Every fault has the path of its field.
func ExampleCase_UnmarshalJSON() {
	var c refund.Case
	err := json.Unmarshal([]byte(`{
		"subscription": {
			"id": "SUB-1001",
			"service": {"code": "fix", "billing": "one_time"},
			"start": "2026-03-01",
			"price": {"amount": "49.00", "currency": "USD"},
			"paid": {"amount": 49, "currency": "USD"}
		},
		"issues": [],
		"request": {"at": "2026-03-02T12:00:00Z", "chanel": "phone"}
	}`), &c)
	var invalid *refund.InvalidError
	if errors.As(err, &invalid) {
		for _, fault := range invalid.Faults {
			fmt.Println(fault.Path)
		}
	}
	// Output:
	// subscription.start
	// subscription.paid.amount
	// request.chanel
	// request.channel
}

// Read a message of a queue that contains a case and other fields. The case is read as
// strictly as a case alone.
func ExampleCase_hostStruct() {
	var message struct {
		Queue string      `json:"queue"`
		Case  refund.Case `json:"case"`
	}
	err := json.Unmarshal([]byte(`{"queue": "refunds", "case": {
		"subscription": {
			"id": "SUB-1001",
			"service": {"code": "fix", "billing": "one_time"},
			"start": "2026-03-01T10:00:00Z",
			"price": {"amount": "49.00", "currency": "USD"},
			"paid": {"amount": "49.00", "currency": "USD"}
		},
		"issues": [],
		"request": {"at": "2026-03-02T12:00:00Z", "channel": "phone"}
	}}`), &message)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(message.Queue, message.Case.Subscription.ID, message.Case.Subscription.Paid)
	// Output:
	// refunds SUB-1001 49.00 USD
}

// Send an outcome to another service as JSON. It includes a sentence for every clause.
func ExampleOutcome_MarshalJSON() {
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Service: refund.ServiceType{Code: "fix", Billing: refund.BillingOneTime},
			Start:   time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC),
			Price:   refund.MustMoney("49.00", "USD"),
			Paid:    refund.MustMoney("49.00", "USD"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC), Channel: refund.ChannelPhone},
	}
	outcome, err := refund.Published(time.UTC).Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(map[string]refund.Outcome{"outcome": outcome})
	if err != nil {
		log.Fatal(err)
	}

	var answer struct {
		Outcome struct {
			Verdict    string
			Refundable refund.Money
			Steps      []refund.Step
			Digest     refund.Digest
		}
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Outcome.Verdict, answer.Outcome.Refundable, answer.Outcome.Digest == outcome.Digest())
	for _, step := range answer.Outcome.Steps[:4] {
		fmt.Println(step.Clause, step.Status)
	}
	// Output:
	// one_time_service 0.00 USD true
	// guarantee not_applicable
	// case-1 not_applicable
	// case-2 not_applicable
	// one-time applied
}
