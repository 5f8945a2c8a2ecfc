package refund_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func TestDecodeCaseReadsEveryField(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	want := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1",
			Account: "ACC-7",
			Service: refund.ServiceType{
				Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start:    time.Date(2026, 3, 1, 10, 0, 0, 0, newYork),
			Price:    refund.MustMoney("199.99", "USD"),
			Paid:     refund.MustMoney("150.00", "USD"),
			Refunded: refund.MustMoney("10.50", "USD"),
			Disputed: refund.MustMoney("5.00", "USD"),
		},
		Issues: refund.IssueLog{
			{
				ID: "T-1", Subscription: "SUB-1",
				Opened:   time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
				Resolved: time.Date(2026, 3, 3, 9, 30, 0, 250_000_000, time.UTC),
			},
			{ID: "T-2", Opened: time.Date(2026, 3, 5, 15, 0, 0, 0, time.UTC)},
		},
		Request: refund.Request{
			At:         time.Date(2026, 3, 10, 12, 0, 0, 0, newYork),
			By:         "ACC-8",
			RecordedBy: "ops-3",
			Channel:    refund.ChannelEmail,
			Reason:     "café 😀 closed,\n\"not\" satisfied é",
			CalledBack: time.Date(2026, 3, 10, 18, 0, 0, 0, newYork),
		},
		Findings: []refund.Finding{
			{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: "T-1", Detail: "no call found"},
			{Clause: refund.ClauseCredentials, Severity: refund.SeverityBlocking},
		},
	}
	if diff := cmp.Diff(want, validCase(t)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestDecodedCaseSharesNoMemoryWithTheText(t *testing.T) {
	text := []byte(validText)
	got, err := readCase(text)
	if err != nil {
		t.Fatal(err)
	}
	for i := range text {
		text[i] = 'x'
	}
	if diff := cmp.Diff(validCase(t), got); diff != "" {
		t.Errorf("the case changed with the text:\n%s", diff)
	}
}

// Pieces of validText, for the rows below.
const (
	id          = `"id": "SUB-1"`
	account     = `"account": "ACC-7"`
	code        = `"code": "pc-care"`
	billing     = `"billing": "recurring"`
	perInstance = `"per_instance": {"amount": "25.00", "currency": "USD"}`
	service     = `"service": {` + code + `, ` + billing + `, ` + perInstance + `}`
	start       = `"start": "2026-03-01T10:00:00-05:00"`
	price       = `"price": {"amount": "199.99", "currency": "USD"}`
	paid        = `"paid": {"amount": "150.00", "currency": "USD"}`
	refunded    = `"refunded": {"amount": "10.50", "currency": "USD"}`
	disputed    = `"disputed": {"amount": "5.00", "currency": "USD"}`
	issue1      = `"id": "T-1", "subscription": "SUB-1", "opened": "2026-03-02T09:00:00Z", "resolved": "2026-03-03T09:30:00.25Z"`
	issue2      = `"id": "T-2", "opened": "2026-03-05T15:00:00Z"`
	at          = `"at": "2026-03-10T12:00:00-04:00"`
	channel     = `"channel": "email"`
	calledBack  = `"called_back": "2026-03-10T18:00:00-04:00"`
	finding1    = `"clause": "log-review", "severity": "advisory", "subject": "T-1", "detail": "no call found"`
	finding2    = `"clause": "credentials", "severity": "blocking"`
)

// A row edits validText and lists the paths of the faults.
type jsonRow struct {
	why   string
	edits []string
	paths []string
}

func runRows(t *testing.T, text string, rows []jsonRow, decoders ...func(string) error) {
	t.Helper()
	for _, r := range rows {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			edited := edit(t, text, r.edits...)
			for _, decode := range decoders {
				testkit.WantPaths(t, decode(edited), r.paths...)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	runRows(t, validText, []jsonRow{
		{"the unedited case has no fault", nil, ok},

		// An unknown field or name.
		{"a field unknown to a case", []string{`"issues"`, `"colour": 1, "issues"`}, []string{"colour"}},
		{"a field unknown to a subscription", []string{id, id + `, "term": {"a": [1]}`}, []string{"subscription.term"}},
		{"a field unknown to a service", []string{code, code + `, "name": ""`}, []string{"subscription.service.name"}},
		{"a field unknown to an amount", []string{`"199.99"`, `"199.99", "vat": true`}, []string{"subscription.price.vat"}},
		{"a field unknown to an issue", []string{issue2, issue2 + `, "by": "x"`}, []string{"issues[1].by"}},
		{"a field unknown to a request", []string{channel, channel + `, "ip": "x"`}, []string{"request.ip"}},
		{"a field unknown to a finding", []string{finding2, finding2 + `, "by": "x"`}, []string{"findings[1].by"}},
		{"a field that belongs to another object", []string{id, id + `, "at": "2026-03-10T12:00:00Z"`}, []string{"subscription.at"}},
		{"names are case-sensitive: PAID is unknown, and paid is missing", []string{`"paid"`, `"PAID"`}, []string{"subscription.PAID", "subscription.paid"}},
		{"names are matched whole: a name with a space is unknown and not an identifier", []string{`"paid"`, `"paid "`}, []string{"subscription.…", "subscription.paid"}},
		{"an empty name is unknown", []string{id, id + `, "": 1`}, []string{"subscription.…"}},
		{"an unknown field given twice is two faults", []string{id, id + `, "x": 1, "x": 2`}, []string{"subscription.x", "subscription.x"}},
		{"the value of an unknown field is skipped", []string{id, id + `, "x": {"x": 1, "y": [null, {}, [[]], {"z": "\u0000"}]}`}, []string{"subscription.x"}},

		// A field given twice.
		{"an object twice in a case", []string{`"request"`, `"request": {}, "request"`}, []string{"request"}},
		{"a subscription twice", []string{`"issues"`, `"subscription": {}, "issues"`}, []string{"subscription"}},
		{"issues twice", []string{`"issues"`, `"issues": [], "issues"`}, []string{"issues"}},
		{"findings twice", []string{`"findings"`, `"findings": [], "findings"`}, []string{"findings"}},
		{"an id twice, the same", []string{id, id + `, ` + id}, []string{"subscription.id"}},
		{"an account twice", []string{account, account + `, "account": "x"`}, []string{"subscription.account"}},
		{"a service twice", []string{service, service + `, "service": {}`}, []string{"subscription.service"}},
		{"a code twice", []string{code, code + `, "code": "x"`}, []string{"subscription.service.code"}},
		{"a billing twice", []string{billing, billing + `, "billing": "x"`}, []string{"subscription.service.billing"}},
		{"a charge twice", []string{perInstance, perInstance + `, "per_instance": {}`}, []string{"subscription.service.per_instance"}},
		{"a start twice", []string{start, start + `, "start": "x"`}, []string{"subscription.start"}},
		{"a price twice", []string{price, price + `, "price": {"amount": "1.00", "currency": "EUR"}`}, []string{"subscription.price"}},
		{"paid twice", []string{paid, paid + `, "paid": 3`}, []string{"subscription.paid"}},
		{"refunded twice", []string{refunded, refunded + `, "refunded": null`}, []string{"subscription.refunded"}},
		{"disputed twice", []string{disputed, disputed + `, "disputed": {}`}, []string{"subscription.disputed"}},
		{"an amount twice", []string{`"199.99"`, `"199.99", "amount": "1.00"`}, []string{"subscription.price.amount"}},
		{"a currency twice", []string{`"199.99"`, `"199.99", "currency": "USD"`}, []string{"subscription.price.currency"}},
		{"three times is two faults", []string{id, id + `, "id": "x", "id": "y"`}, []string{"subscription.id", "subscription.id"}},
		{"each field of an issue twice", []string{issue1, issue1 + `, ` + issue1}, []string{"issues[0].id", "issues[0].subscription", "issues[0].opened", "issues[0].resolved"}},
		{"each field of a finding twice", []string{finding1, finding1 + `, ` + finding1}, []string{"findings[0].clause", "findings[0].severity", "findings[0].subject", "findings[0].detail"}},
		{"each field of a request twice", []string{at, at + `, "at": "", "channel": "", "by": "", "recorded_by": "", "reason": "", "called_back": "", ` + `"by": ""`},
			[]string{"request.at", "request.channel", "request.by", "request.by", "request.recorded_by", "request.reason", "request.called_back"}},

		// Null.
		{"null for each object of a case", []string{validText, `{"subscription": null, "issues": null, "request": null, "findings": null}`}, []string{"subscription", "issues", "request", "findings"}},
		{"null for optional fields", []string{account, `"account": null`}, []string{"subscription.account"}},
		{"null for a required string", []string{id, `"id": null`}, []string{"subscription.id"}},
		{"null for a code", []string{billing, `"billing": null`}, []string{"subscription.service.billing"}},
		{"null for an instant", []string{calledBack, `"called_back": null`}, []string{"request.called_back"}},
		{"null for money", []string{refunded, `"refunded": null`}, []string{"subscription.refunded"}},
		{"null for disputed: a case without disputes omits the field", []string{disputed, `"disputed": null`}, []string{"subscription.disputed"}},
		{"null for an amount", []string{`"10.50"`, `null`}, []string{"subscription.refunded.amount"}},
		{"null for an issue", []string{`{` + issue2 + `}`, `null`}, []string{"issues[1]"}},
		{"null for a finding", []string{`{` + finding2 + `}`, `null`}, []string{"findings[1]"}},
		{"null in an unknown field is a fault of that field alone", []string{id, id + `, "x": null`}, []string{"subscription.x"}},

		// A missing required field; a missing object is reported itself.
		{"an empty object", []string{validText, `{}`}, []string{"subscription", "issues", "request"}},
		{"no subscription", []string{validText, `{"issues": [], "request": {` + at + `,` + channel + `}}`}, []string{"subscription"}},
		{"no request", []string{`"request"`, `"demand"`}, []string{"demand", "request"}},
		{"no issue log: a missing log does not state that there were no issues", []string{`"issues"`, `"tickets"`}, []string{"issues", "tickets"}},
		{"findings are optional", []string{`{` + finding1 + `}`, ``, `,
    {` + finding2 + `}`, ``}, ok},
		{"an empty list of issues", []string{`{` + issue1 + `}`, ``, `,
    {` + issue2 + `}`, ``}, ok},
		{"no service: one fault, and none of its fields", []string{service + `,`, ``}, []string{"subscription.service"}},
		{"an empty subscription", []string{validText, `{"subscription": {}, "issues": [], "request": {` + at + `,` + channel + `}}`},
			[]string{"subscription.id", "subscription.service", "subscription.start", "subscription.price", "subscription.paid"}},
		{"an empty service", []string{service, `"service": {}`}, []string{"subscription.service.code", "subscription.service.billing"}},
		{"an empty request", []string{validText, `{"subscription": {` + id + `,` + service + `,` + start + `,` + price + `,` + paid + `}, "issues": [], "request": {}}`},
			[]string{"request.at", "request.channel"}},
		{"an empty issue", []string{issue2, ``}, []string{"issues[1].id", "issues[1].opened"}},
		{"an empty finding", []string{finding2, ``}, []string{"findings[1].clause", "findings[1].severity"}},
		{"empty money", []string{price, `"price": {}`}, []string{"subscription.price.amount", "subscription.price.currency"}},
		{"a currency alone", []string{`"amount": "199.99", `, ``}, []string{"subscription.price.amount"}},
		{"an amount alone", []string{`"199.99", "currency": "USD"`, `"199.99"`}, []string{"subscription.price.currency"}},
		{"a recurring service without its charge", []string{`, ` + perInstance, ``}, []string{"subscription.service.per_instance"}},
		{"a one-time service needs no charge", []string{`"recurring", ` + perInstance, `"one_time"`}, ok},
		{"a service of unknown billing: a missing charge is not a fault", []string{`"recurring", ` + perInstance, `"weekly"`}, []string{"subscription.service.billing"}},
		{"every optional field is missing", []string{account + `,`, ``, paid + `,`, paid, refunded + `,`, ``, disputed, ``, ` "subscription": "SUB-1",`, ``,
			`"by": "ACC-8",`, ``, `"recorded_by": "ops-3",`, ``, `, "resolved": "2026-03-03T09:30:00.25Z"`, ``, `, "subject": "T-1", "detail": "no call found"`, ``}, ok},

		// An empty string means the same as a missing field.
		{"an empty id", []string{id, `"id": ""`}, []string{"subscription.id"}},
		{"an empty service code", []string{code, `"code": ""`}, []string{"subscription.service.code"}},
		{"an empty billing", []string{billing, `"billing": ""`}, []string{"subscription.service.billing"}},
		{"an empty start", []string{start, `"start": ""`}, []string{"subscription.start"}},
		{"an empty amount", []string{`"199.99"`, `""`}, []string{"subscription.price.amount"}},
		{"an empty currency", []string{price, `"price": {"amount": "199.99", "currency": ""}`}, []string{"subscription.price.currency"}},
		{"an empty issue id", []string{`"T-2"`, `""`}, []string{"issues[1].id"}},
		{"an empty opening", []string{`"2026-03-05T15:00:00Z"`, `""`}, []string{"issues[1].opened"}},
		{"an empty instant of the request", []string{at, `"at": ""`}, []string{"request.at"}},
		{"an empty channel", []string{channel, `"channel": ""`}, []string{"request.channel"}},
		{"an empty clause and an empty severity", []string{finding2, `"clause": "", "severity": ""`}, []string{"findings[1].clause", "findings[1].severity"}},
		{"empty optional fields", []string{account, `"account": ""`, `"subscription": "SUB-1"`, `"subscription": ""`, `"2026-03-03T09:30:00.25Z"`, `""`,
			`"ACC-8"`, `""`, `"ops-3"`, `""`, calledBack, `"called_back": ""`, `"subject": "T-1"`, `"subject": ""`, `"no call found"`, `""`}, ok},

		// A value of another kind, reported once.
		{"an array for an object", []string{validText, `{"subscription": [], "issues": [], "request": []}`}, []string{"subscription", "request"}},
		{"an object for an array", []string{validText, `{"subscription": "", "issues": {}, "request": 1, "findings": true}`}, []string{"subscription", "issues", "request", "findings"}},
		{"a string for a service", []string{service, `"service": "pc-care"`}, []string{"subscription.service"}},
		{"a string for money", []string{paid, `"paid": "150.00 USD"`}, []string{"subscription.paid"}},
		{"a number for money", []string{paid, `"paid": 150`}, []string{"subscription.paid"}},
		{"a number for an id: with the digits 0 and 9, and a negative one", []string{id, `"id": 9`, `"T-2"`, `0`, account, `"account": -1`}, []string{"subscription.id", "issues[1].id", "subscription.account"}},
		{"numbers for an optional text: 0 and 9", []string{account, `"account": 0`, `"ACC-8"`, `9`}, []string{"subscription.account", "request.by"}},
		{"true and false are not strings", []string{id, `"id": true`, account, `"account": false`}, []string{"subscription.id", "subscription.account"}},
		{"an object for a string", []string{id, `"id": {"id": "SUB-1"}`}, []string{"subscription.id"}},
		{"an array for a string", []string{id, `"id": ["SUB-1"]`}, []string{"subscription.id"}},
		{"a number for an instant", []string{start, `"start": 1772377200`}, []string{"subscription.start"}},
		{"a number for a code", []string{channel, `"channel": 1`}, []string{"request.channel"}},
		{"an array for an issue", []string{`{` + issue2 + `}`, `[]`}, []string{"issues[1]"}},
		{"a string for a finding", []string{`{` + finding2 + `}`, `"credentials"`}, []string{"findings[1]"}},
		{"the fault of an element does not affect the elements after it", []string{`{` + issue1 + `}`, `7`, `"T-2"`, `8`}, []string{"issues[0]", "issues[1].id"}},

		// Codes.
		{"an unknown billing", []string{billing, `"billing": "RECURRING"`}, []string{"subscription.service.billing"}},
		{"an unknown channel", []string{channel, `"channel": "fax"`}, []string{"request.channel"}},
		{"an unknown clause: its severity is not judged", []string{`"credentials"`, `"case-3"`}, []string{"findings[1].clause"}},
		{"an unknown severity", []string{`"blocking"`, `"fatal"`}, []string{"findings[1].severity"}},
		{"a clause that does not take findings", []string{`"credentials"`, `"case-2"`}, []string{"findings[1].clause"}},
		{"a clause that must not block", []string{`"advisory"`, `"blocking"`}, []string{"findings[0].severity"}},

		// Contradictions.
		{"a negative price", []string{`"199.99"`, `"-199.99"`}, []string{"subscription.price"}},
		{"a negative charge", []string{`"25.00"`, `"-0.01"`}, []string{"subscription.service.per_instance"}},
		{"a negative payment: the refunded amount is not compared with it", []string{`"150.00"`, `"-1.00"`}, []string{"subscription.paid"}},
		{"a negative refund", []string{`"10.50"`, `"-10.50"`}, []string{"subscription.refunded"}},
		{"mixed currencies: each that differs from the price's", []string{paid, `"paid": {"amount": "150.00", "currency": "EUR"}`, refunded, `"refunded": {"amount": "1", "currency": "JPY"}`}, []string{"subscription.paid", "subscription.refunded"}},
		{"more refunded than paid", []string{`"10.50"`, `"150.01"`}, []string{"subscription.refunded"}},
		{"the whole amount paid was refunded", []string{`"10.50"`, `"150.00"`, `"5.00"`, `"0.00"`}, ok},
		{"refunded plus disputed exceeds paid: a fault of disputed", []string{`"10.50"`, `"145.01"`}, []string{"subscription.disputed"}},
		{"refunded plus disputed equals paid", []string{`"10.50"`, `"145.00"`}, ok},
		{"the whole amount paid is disputed", []string{refunded + `,`, ``, `"5.00"`, `"150.00"`}, ok},
		{"more is disputed than was paid", []string{refunded + `,`, ``, `"5.00"`, `"150.01"`}, []string{"subscription.disputed"}},
		{"a negative dispute", []string{`"5.00"`, `"-5.00"`}, []string{"subscription.disputed"}},
		{"a dispute in another currency", []string{disputed, `"disputed": {"amount": "5.00", "currency": "EUR"}`}, []string{"subscription.disputed"}},
		{"white space at the start or end of each id", []string{id, `"id": "SUB-1 "`, account, `"account": "\tACC-7"`, `"id": "T-2"`, `"id": "\u00a0T-2"`, `"ACC-8"`, `"ACC-8\n"`, `"ops-3"`, `" "`, `"subscription": "SUB-1"`, `"subscription": "SUB-1 "`},
			[]string{"subscription.id", "subscription.account", "issues[1].id", "request.by", "request.recorded_by"}},
		{"a control character within an id", []string{id, `"id": "SUB\u0000-1"`, `"subscription": "SUB-1"`, `"subscription": ""`, `"ACC-8"`, `"ACC\u0085-8"`}, []string{"subscription.id", "request.by"}},
		{"a subject is free text", []string{`"subject": "T-1"`, `"subject": " T-1\n"`}, ok},
		{"price, paid, charge, refunded and disputed are zero", []string{`"199.99"`, `"0.00"`, `"150.00"`, `"0"`, `"25.00"`, `"0.0"`, `"10.50"`, `"0.00"`, `"5.00"`, `"0"`}, ok},
		{"an id used twice", []string{`"T-2"`, `"T-1"`}, []string{"issues[1].id"}},
		{"an issue of another subscription", []string{`"subscription": "SUB-1"`, `"subscription": "SUB-2"`}, []string{"issues[0].subscription"}},
		{"a resolution before its opening", []string{`"2026-03-03T09:30:00.25Z"`, `"2026-03-02T08:59:59.999999999Z"`}, []string{"issues[0].resolved"}},
		{"a resolution at its opening", []string{`"2026-03-03T09:30:00.25Z"`, `"2026-03-02T09:00:00Z"`}, ok},
		{"a request before the subscription", []string{start, `"start": "2026-03-10T16:00:00.000000001Z"`}, []string{"request.at"}},
		{"a request at the subscription", []string{start, `"start": "2026-03-10T16:00:00Z"`}, ok},
		{"a call back before the request", []string{calledBack, `"called_back": "2026-03-10T15:59:59Z"`}, []string{"request.called_back"}},
		{"a reason of white space is not a fault", []string{`caf\u00e9 \ud83d\ude00 closed,\n\"not\" satisfied é`, ` \t `}, ok},

		// No follow-on faults of the same field.
		{"a payment that is a number is not compared with the refunded amount", []string{`"150.00"`, `150.00`}, []string{"subscription.paid.amount"}},
		{"a payment with too many decimals is not compared with the refunded amount", []string{`"150.00"`, `"1.001"`}, []string{"subscription.paid.amount"}},
		{"a refund that cannot be read is not compared with paid", []string{`"10.50"`, `"1e9"`}, []string{"subscription.refunded.amount"}},
		{"a dispute that cannot be read is not compared with paid", []string{`"5.00"`, `"1e9"`}, []string{"subscription.disputed.amount"}},
		{"a refund that cannot be read leaves no amount to compare the dispute with", []string{`"10.50"`, `"x"`, `"5.00"`, `"150.00"`}, []string{"subscription.refunded.amount"}},
		{"an unknown currency is not reported as a different one", []string{paid, `"paid": {"amount": "150.00", "currency": "usd"}`}, []string{"subscription.paid.currency"}},
		{"amount and currency are both faulty", []string{price, `"price": {"amount": "1,00", "currency": "US$"}`}, []string{"subscription.price.amount", "subscription.price.currency"}},
		{"amount and currency are not strings", []string{price, `"price": {"amount": 1, "currency": 2}`}, []string{"subscription.price.amount", "subscription.price.currency"}},
		{"an invalid amount, and a currency that is a number", []string{price, `"price": {"amount": "x", "currency": 840}`}, []string{"subscription.price.amount", "subscription.price.currency"}},
		{"the decimals of an amount are not judged by a currency that is a number", []string{price, `"price": {"amount": "1.2345", "currency": 840}`}, []string{"subscription.price.currency"}},
		{"an unknown currency, and an amount that is a number", []string{price, `"price": {"amount": 1, "currency": "XXX"}`}, []string{"subscription.price.amount", "subscription.price.currency"}},
		{"an unknown field in an otherwise valid amount", []string{`"10.50"`, `"10.50", "x": 1`}, []string{"subscription.refunded.x"}},
		{"an invalid start: the request is not compared with it", []string{start, `"start": "1 March"`}, []string{"subscription.start"}},
		{"an invalid instant of the request: the call back is not compared with it", []string{at, `"at": "soon"`}, []string{"request.at"}},
		{"an invalid opening: the resolution is not compared with it", []string{`"2026-03-02T09:00:00Z"`, `"2026-03-02"`}, []string{"issues[0].opened"}},
		{"an id that is a number: the issues' subscriptions are not compared with it", []string{id, `"id": 1`}, []string{"subscription.id"}},
		{"issue ids that are numbers are not one id used twice", []string{`"T-1", "subscription"`, `1, "subscription"`, `"T-2"`, `1`}, []string{"issues[0].id", "issues[1].id"}},
		{"a log with a faulty issue is not missing", []string{`{` + issue1 + `},
    {` + issue2 + `}`, `"T-1"`}, []string{"issues[0]"}},

		// Several faults of one case.
		{"faults of reading and of what was read, all together", []string{
			id, `"id": ""`, `"199.99"`, `"199.990"`, `"150.00"`, `"5.00"`, `"T-2"`, `"T-1"`, channel, `"channel": "fax", "mood": "bad"`,
			calledBack, `"called_back": "2026-03-09T12:00:00Z"`, `"credentials"`, `"cap"`},
			[]string{"subscription.id", "subscription.price.amount", "subscription.refunded", "issues[1].id", "request.channel", "request.mood", "request.called_back", "findings[1].clause"}},
		{"a fault in every part of a case", []string{start, `"start": "2026-02-30T10:00:00Z"`, issue2, issue2 + `, "resolved": "2026-03-04T15:00:00Z"`, at, `"at": null`, `"blocking"`, `""`},
			[]string{"subscription.start", "issues[1].resolved", "request.at", "findings[1].severity"}},
		{"faults of fields whose names begin alike are distinguished", []string{`"price"`, `"price": 1, "prices"`, paid, `"paid": {"amount": "-1.00", "currency": "USD"}, "paid_on": ""`},
			[]string{"subscription.paid", "subscription.paid_on", "subscription.price", "subscription.prices"}},
	}, decodeCase, decodeDocument)
}

// TestDecodeAmounts puts each amount in the place of the price.
func TestDecodeAmounts(t *testing.T) {
	digits := func(n int) string { return strings.Repeat("9", n) }
	fault := []string{"subscription.price.amount"}
	for _, r := range []struct {
		why, amount, currency string
		paths                 []string
	}{
		{"as many decimals as the currency has", `"199.99"`, "USD", ok},
		{"fewer decimals", `"199.9"`, "USD", ok},
		{"no decimals", `"199"`, "USD", ok},
		{"zero", `"0"`, "USD", ok},
		{"less than one", `"0.01"`, "USD", ok},
		{"a third decimal that is 0", `"199.990"`, "USD", fault},
		{"a third decimal in a currency of three", `"199.990"`, "BHD", ok},
		{"a decimal in a currency without decimals", `"150.0"`, "JPY", fault},
		{"a number", `199.99`, "USD", fault},
		{"a whole number", `200`, "USD", fault},
		{"an exponent", `"1e2"`, "USD", fault},
		{"a large exponent", `"1E+2"`, "USD", fault},
		{"a negative zero with decimals", `"-0.00"`, "USD", fault},
		{"a negative zero", `"-0"`, "USD", fault},
		{"a negative amount is a fault of the whole amount", `"-1.00"`, "USD", []string{"subscription.price"}},
		{"a plus", `"+1.00"`, "USD", fault},
		{"a leading zero", `"01.00"`, "USD", fault},
		{"a superfluous leading zero", `"00"`, "USD", fault},
		{"no digit before the point", `".50"`, "USD", fault},
		{"no digit after the point", `"1."`, "USD", fault},
		{"two points", `"1.0.0"`, "USD", fault},
		{"grouping", `"1,000.00"`, "USD", fault},
		{"a space", `" 1.00"`, "USD", fault},
		{"a space after it", `"1.00 "`, "USD", fault},
		{"words", `"ten"`, "USD", fault},
		{"digits of another script", `"١٢"`, "USD", fault},
		{"34 digits", `"` + digits(34) + `"`, "JPY", ok},
		{"35 digits", `"` + digits(35) + `"`, "JPY", fault},
		{"34 digits, the decimals among them", `"` + digits(32) + `.99"`, "USD", ok},
		{"35 digits, the decimals among them", `"` + digits(33) + `.99"`, "USD", fault},
		{"an escaped digit is the digit", `"1\u0030.00"`, "USD", ok},
		{"a currency in lower case", `"1.00"`, "usd", []string{"subscription.price.currency"}},
		{"a currency that was withdrawn recently", `"1.00"`, "HRK", ok},
		{"a currency that was withdrawn before 2009", `"1.00"`, "DEM", []string{"subscription.price.currency"}},
		{"gold has no minor unit", `"1"`, "XAU", []string{"subscription.price.currency"}},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			text := fmt.Sprintf(`{"subscription": {`+id+`, "service": {"code": "x", "billing": "one_time"}, `+start+
				`, "price": {"amount": %s, "currency": %q}, "paid": {"amount": "0", "currency": %[2]q}}, "issues": [], "request": {`+at+`,`+channel+`}}`,
				r.amount, r.currency)
			want := r.paths
			if slices.Contains(want, "subscription.price.currency") { // both have it
				want = append([]string{"subscription.paid.currency"}, want...)
			}
			testkit.WantPaths(t, decodeCase(text), want...)
		})
	}
}

func TestDecodeBoundsTheIssues(t *testing.T) {
	text := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `,{"id":"%d","opened":"2026-03-02T09:00:00Z"}`, i)
		}
		return `{"subscription":{` + id + `,` + service + `,` + start + `,` + price + `,` + paid + `},"issues":[` + b.String()[1:] + `],"request":{` + at + `,` + channel + `}}`
	}
	c, err := readCase([]byte(text(10_000)))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Issues) != 10_000 || c.Issues[9_999].ID != "9999" {
		t.Errorf("%d issues, the last %v", len(c.Issues), c.Issues[len(c.Issues)-1])
	}
	testkit.WantPaths(t, decodeCase(text(10_001)), []string{"issues"}...)
	testkit.WantPaths(t, decodeCase(strings.Replace(text(10_000), `"9999"`, `""`, 1)), []string{"issues[9999].id"}...)
}

func TestDecodeBoundsTheFindings(t *testing.T) {
	text := func(n int) string {
		return `{"subscription":{` + id + `,` + service + `,` + start + `,` + price + `,` + paid + `},"issues":[],"request":{` + at + `,` + channel + `},"findings":[` +
			strings.Repeat(`,{"clause":"licensed","severity":"advisory"}`, n)[1:] + `]}`
	}
	c, err := readCase([]byte(text(20_000)))
	if err != nil || len(c.Findings) != 20_000 {
		t.Errorf("%d findings, %v", len(c.Findings), err)
	}
	testkit.WantPaths(t, decodeCase(text(20_001)), []string{"findings"}...)
}

func TestDecodeCaseHasNoPolicy(t *testing.T) {
	runRows(t, documentText, []jsonRow{
		{"a case does not choose its policy", nil, []string{"policy"}},
		{"an empty policy is not allowed either", []string{documentText, edit(t, validText, `"issues"`, `"policy": {}, "issues"`)}, []string{"policy"}},
		{"a null policy is not allowed either", []string{documentText, edit(t, validText, `"issues"`, `"policy": null, "issues"`)}, []string{"policy"}},
		{"the content of the policy is not checked", []string{`"Europe/Berlin"`, `7`}, []string{"policy"}},
		{"a policy and other faults", []string{id, `"id": ""`}, []string{"policy", "subscription.id"}},
	}, decodeCase)
}
