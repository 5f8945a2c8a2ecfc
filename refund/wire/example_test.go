package wire_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/wire"
)

// A web form or another service has sent a case as JSON. The policy is the
// program's own, never the sender's.
func ExampleDecodeCase() {
	c, err := wire.DecodeCase([]byte(`{
		"subscription": {
			"id": "SUB-1001",
			"service": {"code": "pc-care", "billing": "recurring", "per_instance": {"amount": "25.00", "currency": "USD"}},
			"start": "2026-03-01T10:00:00-05:00",
			"price": {"amount": "199.99", "currency": "USD"},
			"paid": {"amount": "199.99", "currency": "USD"}
		},
		"issues": [{"id": "T-1", "opened": "2026-03-02T09:00:00-05:00", "resolved": "2026-03-03T11:00:00-05:00"}],
		"request": {"at": "2026-03-09T12:00:00-04:00", "channel": "email", "reason": "not satisfied"}
	}`))
	if err != nil {
		log.Fatal(err)
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	outcome, err := refund.Published(newYork).Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Verdict, outcome.Refundable)
	// Output:
	// deducted 174.99 USD
}

// The sender of a case made mistakes. All of them are told at once, each with the
// path of its field, so that a form can mark them.
func ExampleDecodeCase_faults() {
	_, err := wire.DecodeCase([]byte(`{
		"subscription": {
			"id": "SUB-1001",
			"service": {"code": "fix", "billing": "one_time"},
			"start": "2026-03-01T10:00:00-05:00",
			"price": {"amount": 199.99, "currency": "USD"},
			"PAID": {"amount": "199.99", "currency": "USD"}
		},
		"issues": null,
		"policy": {"window_days": 3660}
	}`))
	var invalid *refund.InvalidError
	if !errors.As(err, &invalid) {
		log.Fatal(err)
	}
	for _, fault := range invalid.Faults {
		fmt.Println(fault.Path)
	}
	// Unordered output:
	// subscription.price.amount
	// subscription.PAID
	// subscription.paid
	// issues
	// policy
	// request
}

// An operator keeps cases in files, each with the policy that it is to be judged
// by: here one of 30 days, at another place.
func ExampleDecodeDocument() {
	document, err := wire.DecodeDocument([]byte(`{
		"policy": {"location": "Europe/Berlin", "window_days": 30, "readings": {"day_count": "same_day"}},
		"subscription": {
			"id": "SUB-1001",
			"service": {"code": "pc-care", "billing": "recurring", "per_instance": {"amount": "25.00", "currency": "EUR"}},
			"start": "2026-03-01T10:00:00+01:00",
			"price": {"amount": "199.99", "currency": "EUR"},
			"paid": {"amount": "199.99", "currency": "EUR"}
		},
		"issues": [],
		"request": {"at": "2026-03-30T12:00:00+02:00", "channel": "email", "reason": "not satisfied"}
	}`))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(document.Policy.Location, document.Policy.WindowDays)
	fmt.Println(document.Policy.Readings.DayCount, document.Policy.Readings.DeductFrom)
	fmt.Println(document.Case.Subscription.ID)
	// Output:
	// Europe/Berlin 30
	// same_day amount_subscribed
	// SUB-1001
}

// A document brings its policy along, so that it can be judged as it is.
func ExampleDocument_Evaluate() {
	document, err := wire.DecodeDocument([]byte(`{
		"subscription": {
			"id": "SUB-1001",
			"service": {"code": "fix", "billing": "one_time"},
			"start": "2026-03-01T10:00:00-05:00",
			"price": {"amount": "49", "currency": "USD"},
			"paid": {"amount": "49", "currency": "USD"}
		},
		"issues": [],
		"request": {"at": "2026-03-02T12:00:00-05:00", "channel": "other"}
	}`))
	if err != nil {
		log.Fatal(err)
	}
	outcome, err := document.Evaluate()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outcome.Verdict, outcome.Refundable)
	// Output:
	// one_time_service 0.00 USD
}

// A case is to be stored, or sent to another service.
func ExampleAppendCase() {
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Service: refund.ServiceType{Code: "fix", Billing: refund.BillingOneTime},
			Start:   time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC),
			Price:   refund.MustMoney("5000", "JPY"),
			Paid:    refund.MustMoney("5000", "JPY"),
		},
		Issues:  refund.IssueLog{}, // there were none
		Request: refund.Request{At: time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC), Channel: refund.ChannelPhone},
	}
	b, err := wire.AppendCase(nil, c)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(strings.ReplaceAll(string(b), `,"`, ",\n\""))
	// Output:
	// {"subscription":{"id":"SUB-1001",
	// "service":{"code":"fix",
	// "billing":"one_time"},
	// "start":"2026-03-01T10:00:00Z",
	// "price":{"amount":"5000",
	// "currency":"JPY"},
	// "paid":{"amount":"5000",
	// "currency":"JPY"}},
	// "issues":[],
	// "request":{"at":"2026-03-02T09:30:00Z",
	// "channel":"phone"}}
}

// A case is to be filed together with the policy that governed it. What a document
// has no room for is refused, and not left out in silence.
func ExampleAppendDocument() {
	document := wire.Document{
		Policy: refund.Published(time.UTC),
		Case: refund.Case{
			Subscription: refund.Subscription{
				ID:      "SUB-1001",
				Service: refund.ServiceType{Code: "fix", Billing: refund.BillingOneTime},
				Start:   time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC),
				Price:   refund.MustMoney("49.00", "USD"),
				Paid:    refund.MustMoney("49.00", "USD"),
			},
			Issues:  refund.IssueLog{},
			Request: refund.Request{At: time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC), Channel: refund.ChannelPhone},
		},
	}
	b, err := wire.AppendDocument(nil, document)
	if err != nil {
		log.Fatal(err)
	}
	_, policy, _ := strings.Cut(string(b), `"policy":`)
	fmt.Println(strings.TrimSuffix(policy, "}"))

	document.Policy.Version = "2"
	_, err = wire.AppendDocument(nil, document)
	fmt.Println(err != nil)
	// Output:
	// {"location":"UTC","window_days":15,"readings":{"day_count":"day_after","deduct_from":"amount_subscribed","resolved_until":"request","callback_clock":"business_hours"}}
	// true
}

// An outcome goes to a screen or to another service, with the reasons in words.
func ExampleAppendOutcome() {
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
	b := wire.AppendOutcome(nil, outcome)

	var told struct {
		Verdict    string
		Refundable refund.Money
		Steps      []struct{ Clause, Status string }
	}
	if err := json.Unmarshal(b, &told); err != nil {
		log.Fatal(err)
	}
	fmt.Println(told.Verdict, told.Refundable)
	for _, step := range told.Steps[:4] {
		fmt.Println(step.Clause, step.Status)
	}
	// Output:
	// one_time_service 0.00 USD
	// guarantee not_applicable
	// case-1 not_applicable
	// case-2 not_applicable
	// one-time applied
}

// A file has one document a line. A bad line spoils that line alone.
func ExampleLines() {
	const request = `"issues": [], "request": {"at": "2026-03-02T12:00:00Z", "channel": "phone"}}`
	file := strings.NewReader(`{"subscription": {"id": "SUB-1", "service": {"code": "fix", "billing": "one_time"}, "start": "2026-03-01T10:00:00Z", ` +
		`"price": {"amount": "49.00", "currency": "USD"}, "paid": {"amount": "49.00", "currency": "USD"}}, ` + request + `

{"subscription": {"id": "SUB-2"}
{"subscription": {"id": "SUB-3", "service": {"code": "fix", "billing": "one_time"}, "start": "2026-03-01T10:00:00Z", ` +
		`"price": {"amount": "19.00", "currency": "EUR"}, "paid": {"amount": "19.00", "currency": "EUR"}}, ` + request)

	for line, err := range wire.Lines(file) {
		var document wire.Document
		if err == nil {
			document, err = wire.DecodeDocument(line.Text)
		}
		var invalid *refund.InvalidError
		switch {
		case errors.As(err, &invalid):
			fmt.Println(line.Number, "refused")
		case err != nil:
			log.Fatal(err) // the file cannot be read any further
		default:
			fmt.Println(line.Number, document.Case.Subscription.ID)
		}
	}
	// Output:
	// 1 SUB-1
	// 3 refused
	// 4 SUB-3
}

// A queue's message holds a case beside fields of its own. It stays a struct under
// encoding/json, and the case in it is read as strictly as ever.
func ExampleCase() {
	var message struct {
		Queue string    `json:"queue"`
		Case  wire.Case `json:"case"`
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
	c := refund.Case(message.Case)
	fmt.Println(message.Queue, c.Subscription.ID, c.Subscription.Paid)
	// Output:
	// refunds SUB-1001 49.00 USD
}

// An answer holds an outcome beside fields of its own.
func ExampleOutcome() {
	type answer struct {
		Ticket  int          `json:"ticket"`
		Outcome wire.Outcome `json:"outcome"`
	}
	outcome := refund.Outcome{Subscription: "SUB-1001", Verdict: refund.VerdictFull, Refundable: refund.MustMoney("49.00", "USD")}
	b, err := json.Marshal(answer{Ticket: 7, Outcome: wire.Outcome(outcome)})
	if err != nil {
		log.Fatal(err)
	}
	text, _, _ := strings.Cut(string(b), `,"resolved_issues"`)
	fmt.Println(text)
	// Output:
	// {"ticket":7,"outcome":{"subscription":"SUB-1001","verdict":"full","refundable":{"amount":"49.00","currency":"USD"}
}
