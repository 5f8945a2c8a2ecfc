package refund_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// validCompact is the output of AppendCase for the case of validText.
const validCompact = `{"subscription":{"id":"SUB-1","account":"ACC-7",` +
	`"service":{"code":"pc-care","billing":"recurring","per_instance":{"amount":"25.00","currency":"USD"}},` +
	`"start":"2026-03-01T15:00:00Z","price":{"amount":"199.99","currency":"USD"},"paid":{"amount":"150.00","currency":"USD"},"refunded":{"amount":"10.50","currency":"USD"},"disputed":{"amount":"5.00","currency":"USD"}},` +
	`"issues":[{"id":"T-1","subscription":"SUB-1","opened":"2026-03-02T09:00:00Z","resolved":"2026-03-03T09:30:00.25Z"},{"id":"T-2","opened":"2026-03-05T15:00:00Z"}],` +
	`"request":{"at":"2026-03-10T16:00:00Z","channel":"email","by":"ACC-8","recorded_by":"ops-3","reason":"café 😀 closed,\n\"not\" satisfied é","called_back":"2026-03-10T22:00:00Z"},` +
	`"findings":[{"clause":"log-review","severity":"advisory","subject":"T-1","detail":"no call found"},{"clause":"credentials","severity":"blocking"}]}`

func TestAppendCase(t *testing.T) {
	got, err := validCase(t).AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(validCompact, string(got)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func TestAppendCaseOmitsMissingFields(t *testing.T) {
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "S",
			Service: refund.ServiceType{Code: "fix", Billing: refund.BillingOneTime},
			Start:   time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
			Price:   refund.MustMoney("150", "JPY"),
			Paid:    refund.MustMoney("0", "JPY"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Channel: refund.ChannelOther},
	}
	got, err := c.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"subscription":{"id":"S","service":{"code":"fix","billing":"one_time"},"start":"2026-03-01T00:00:00Z",` +
		`"price":{"amount":"150","currency":"JPY"},"paid":{"amount":"0","currency":"JPY"}},"issues":[],"request":{"at":"2026-03-01T00:00:00Z","channel":"other"}}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// befores are possible contents of a buffer; some look as if an element must follow.
var befores = []string{"", "x", "[", "{", `{"a":`, "[1,", "\n"}

func TestAppendCaseRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase.Draw(t, "case")
		before := rapid.SampledFrom(befores).Draw(t, "before")
		whole, err := c.AppendJSON([]byte(before))
		if err != nil {
			t.Fatal(err)
		}
		text := appended(t, whole, before)
		back, err := readCase(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(c, back); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		again, err := back.AppendJSON(nil)
		if err != nil || !bytes.Equal(again, text) {
			t.Errorf("%v\nfirst %s\nagain %s", err, text, again)
		}
		instantsInUTC(t, text)
		decimalsOf(t, text, c.Subscription.Price.Currency())
	})
}

// fataler is a *testing.T or a *rapid.T.
type fataler interface {
	Helper()
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// appended returns the text that was appended to before, which must be one JSON text.
func appended(t fataler, whole []byte, before string) []byte {
	t.Helper()
	text, found := bytes.CutPrefix(whole, []byte(before))
	if !found {
		t.Fatalf("%q became %s", before, whole)
	}
	if !json.Valid(text) || !utf8.Valid(text) {
		t.Fatalf("no JSON: %s", text)
	}
	return text
}

// instantsInUTC fails unless every instant of a text ends in Z.
func instantsInUTC(t fataler, text []byte) {
	t.Helper()
	walk(t, text, func(name string, value any) {
		switch name {
		case "start", "at", "called_back", "opened", "resolved", "opens", "closes", "earliest", "latest":
			s, _ := value.(string)
			if _, err := time.Parse(time.RFC3339, s); err != nil || !strings.HasSuffix(s, "Z") {
				t.Errorf("%s: %v is not in UTC: %v", name, value, err)
			}
		}
	})
}

// decimalsOf fails unless every amount of a text has the currency's decimals.
func decimalsOf(t fataler, text []byte, currency refund.Currency) {
	t.Helper()
	walk(t, text, func(name string, value any) {
		if name != "amount" {
			return
		}
		if s, isText := value.(string); isText {
			_, decimals, point := strings.Cut(s, ".")
			if len(decimals) != currency.Digits() || point != (currency.Digits() > 0) {
				t.Errorf("%s %s has %d decimals", s, currency, len(decimals))
			}
		}
	})
}

// walk calls visit with every field of a JSON text.
func walk(t fataler, text []byte, visit func(name string, value any)) {
	t.Helper()
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v", err)
	}
	var down func(any)
	down = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			for name, field := range value {
				visit(name, field)
				down(field)
			}
		case []any:
			for _, element := range value {
				down(element)
			}
		}
	}
	down(value)
}

func TestAppendCaseRefuses(t *testing.T) {
	long := func(n int) func(*refund.Case) {
		return func(c *refund.Case) {
			text, err := c.AppendJSON(nil)
			if err != nil {
				t.Fatal(err)
			}
			c.Request.Reason += strings.Repeat("x", n-len(text))
		}
	}
	for _, r := range []struct {
		why    string
		change func(*refund.Case)
		paths  []string
	}{
		{"the unedited case is valid", func(*refund.Case) {}, ok},
		{"the zero case", func(c *refund.Case) { *c = refund.Case{} }, []string{
			"issues", "request.at", "request.channel", "subscription.id", "subscription.paid", "subscription.price",
			"subscription.service.billing", "subscription.service.code", "subscription.start"}},
		{"a case that is not valid", func(c *refund.Case) { c.Subscription.Refunded = refund.MustMoney("150.01", "USD") }, []string{"subscription.refunded"}},
		{"an instant that RFC 3339 cannot write", func(c *refund.Case) { c.Request.CalledBack = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) }, []string{"request.called_back"}},
		{"a case of exactly 1 MiB", long(maxBytes), ok},
		{"a case of one byte more, which could not be read back", long(maxBytes + 1), whole},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			c := validCase(t)
			r.change(&c)
			before := []byte("before")
			got, err := c.AppendJSON(before)
			testkit.WantPaths(t, err, r.paths...)
			if err != nil && string(got) != "before" {
				t.Errorf("an error comes with %d bytes: %.60q", len(got), got)
			}
			if err == nil && len(got) <= len(before) {
				t.Error("no text was appended")
			}
		})
	}
}

// JSON cannot hold invalid UTF-8, so the text could not be read back.
func TestAppendRefusesBadUTF8(t *testing.T) {
	for _, r := range []struct {
		why    string
		change func(*refund.Case)
		paths  []string
	}{
		{"an id that is not UTF-8", func(c *refund.Case) { c.Subscription.ID, c.Issues[0].Subscription = "SUB\xff", "" }, []string{"subscription.id"}},
		{"an account that is not UTF-8", func(c *refund.Case) { c.Subscription.Account = "\xc3" }, []string{"subscription.account"}},
		{"a service that is not UTF-8", func(c *refund.Case) { c.Subscription.Service.Code = "\x80" }, []string{"subscription.service.code"}},
		{"an issue that is not UTF-8", func(c *refund.Case) { c.Issues[1].ID = "T\xe2\x82" }, []string{"issues[1].id"}},
		{"a requester that is not UTF-8", func(c *refund.Case) { c.Request.By = "\xff" }, []string{"request.by"}},
		{"a recording officer that is not UTF-8", func(c *refund.Case) { c.Request.RecordedBy = "\xff" }, []string{"request.recorded_by"}},
		{"a reason that is not UTF-8", func(c *refund.Case) { c.Request.Reason = "caf\xe9" }, []string{"request.reason"}},
		{"a subject that is not UTF-8", func(c *refund.Case) { c.Findings[0].Subject = "\xff" }, []string{"findings[0].subject"}},
		{"a detail that is not UTF-8", func(c *refund.Case) { c.Findings[1].Detail = "\xff" }, []string{"findings[1].detail"}},
		{"two texts that are not UTF-8", func(c *refund.Case) { c.Request.Reason, c.Findings[1].Detail = "\xff", "\xff" }, []string{"findings[1].detail", "request.reason"}},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			d := documentOf(t, documentText)
			r.change(&d.Case)
			got, err := d.Case.AppendJSON([]byte("before"))
			if string(got) != "before" {
				t.Errorf("an error comes with %q", got)
			}
			testkit.WantPaths(t, err, r.paths...)
		})
	}
}

// A host program may change how package decimal formats numbers.
func TestAppendIgnoresSettings(t *testing.T) {
	d := documentOf(t, edit(t, documentText, `"199.99"`, `"150"`, `"25.00"`, `"12345678901234567890.10"`))
	write := func() string {
		outcome, err := d.Evaluate()
		if err != nil {
			t.Fatal(err)
		}
		text, err := d.Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		back := documentOf(t, string(text))
		if diff := cmp.Diff(d, back); diff != "" {
			t.Errorf("want -, got +:\n%s", diff)
		}
		return string(appendOutcome(text, outcome))
	}
	want := write()
	for _, amount := range []string{`"150.00"`, `"12345678901234567890.10"`} {
		if !strings.Contains(want, amount) {
			t.Errorf("%s is not in %s", amount, want)
		}
	}
	defer func(quotes, trim, scientific bool, division, pow, exp int) {
		decimal.MarshalJSONWithoutQuotes = quotes
		decimal.TrimTrailingZeros = trim
		decimal.UseScientificNotation = scientific
		decimal.DivisionPrecision = division
		decimal.PowPrecisionNegativeExponent = pow
		decimal.ExpMaxIterations = exp
	}(decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros, decimal.UseScientificNotation,
		decimal.DivisionPrecision, decimal.PowPrecisionNegativeExponent, decimal.ExpMaxIterations)
	decimal.MarshalJSONWithoutQuotes = !decimal.MarshalJSONWithoutQuotes
	decimal.TrimTrailingZeros = !decimal.TrimTrailingZeros
	decimal.UseScientificNotation = !decimal.UseScientificNotation
	decimal.DivisionPrecision = 1
	decimal.PowPrecisionNegativeExponent = 1
	decimal.ExpMaxIterations = 1
	if got := write(); got != want {
		t.Errorf("want %s\ngot %s", want, got)
	}
}
