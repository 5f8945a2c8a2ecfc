package refund_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

type money struct{ Amount, Currency string }

// An outcomeText holds the expected JSON of an outcome.
type outcomeText struct {
	Subscription   string        `json:"subscription"`
	Policy         string        `json:"policy"`
	Verdict        string        `json:"verdict"`
	Refundable     *money        `json:"refundable"`
	Entitlement    *money        `json:"entitlement"`
	Deduction      *money        `json:"deduction"`
	Refunded       *money        `json:"refunded"`
	Disputed       *money        `json:"disputed"`
	Remaining      *money        `json:"remaining"`
	ResolvedIssues int           `json:"resolved_issues"`
	Window         instants      `json:"window"`
	Held           bool          `json:"held"`
	Digest         string        `json:"digest"`
	Callback       instants      `json:"callback"`
	Steps          []stepText    `json:"steps"`
	Findings       []findingText `json:"findings"`
}

type instants map[string]string

type stepText struct {
	Clause string `json:"clause"`
	Status string `json:"status"`
	Detail string `json:"detail"`
	Amount *money `json:"amount"`
}

type findingText struct {
	Clause   string `json:"clause"`
	Severity string `json:"severity"`
	Subject  string `json:"subject"`
	Detail   string `json:"detail"`
}

// textOf computes the expected JSON of an outcome by other means.
func textOf(o refund.Outcome) outcomeText {
	amount := func(m refund.Money) *money {
		if m.IsZero() {
			return nil
		}
		return &money{m.Amount(), m.Currency().Code()}
	}
	instant := func(into instants, name string, t time.Time) {
		if !t.IsZero() {
			into[name] = t.UTC().Format(time.RFC3339Nano)
		}
	}
	// Each byte that is not UTF-8 becomes one replacement character.
	text := func(s string) string { return string([]rune(s)) }
	code := func(s string) string {
		if s == "unset" || strings.Contains(s, "(") {
			return ""
		}
		return s
	}
	want := outcomeText{
		Subscription: text(o.Subscription), Policy: text(o.Basis.Policy), Verdict: o.Verdict.String(),
		Refundable: amount(o.Refundable), Entitlement: amount(o.Entitlement), Deduction: amount(o.Deduction),
		Refunded: amount(o.Refunded), Disputed: amount(o.Disputed), Remaining: amount(o.Remaining),
		ResolvedIssues: o.ResolvedIssues, Held: o.Held, Digest: o.Digest().String(),
		Window: instants{}, Callback: instants{}, Findings: []findingText{},
	}
	instant(want.Window, "opens", o.Window.Opens)
	instant(want.Window, "closes", o.Window.Closes)
	if o.Window.LastDay != (refund.Date{}) {
		want.Window["last_day"] = o.Window.LastDay.String()
	}
	instant(want.Callback, "earliest", o.Callback.Earliest)
	instant(want.Callback, "latest", o.Callback.Latest)
	for _, step := range o.Steps() {
		want.Steps = append(want.Steps, stepText{step.Clause.String(), step.Status.String(), text(o.Why(step.Clause)), amount(step.Amount)})
	}
	for _, f := range o.Findings {
		want.Findings = append(want.Findings, findingText{code(f.Clause.String()), code(f.Severity.String()), text(f.Subject), text(f.Detail)})
	}
	return want
}

// checkOutcome fails unless AppendOutcome appends every fact of the outcome, and keeps the
// text before it.
func checkOutcome(t fataler, o refund.Outcome, before string) []byte {
	t.Helper()
	text := appended(t, appendOutcome([]byte(before), o), before)
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	var got outcomeText
	if err := decoder.Decode(&got); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if diff := cmp.Diff(textOf(o), got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	// The text has no character that encoding/json would escape or that affects a terminal.
	if again, err := json.Marshal(json.RawMessage(text)); err != nil || !bytes.Equal(again, text) {
		t.Errorf("encoding/json changes it, %v:\n%s\n%s", err, text, again)
	}
	for _, char := range string(text) {
		if unicode.IsControl(char) || unicode.Is(unicode.Bidi_Control, char) || char == '\u2028' || char == '\u2029' {
			t.Errorf("%U is not escaped in %s", char, text)
		}
	}
	return text
}

func TestAppendOutcome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDocument.Draw(t, "document")
		o, err := d.Evaluate()
		if err != nil {
			t.Skip("beyond the years")
		}
		text := checkOutcome(t, o, rapid.SampledFrom(befores).Draw(t, "before"))
		instantsInUTC(t, text)
		decimalsOf(t, text, d.Case.Subscription.Price.Currency())
	})
}

func TestAppendOutcomeInFull(t *testing.T) {
	d := documentOf(t, edit(t, documentText, `"subject": "T-1", `, ``))
	o, err := d.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	got := string(appendOutcome(nil, o))
	want := `{"subscription":"SUB-1","policy":"2026","verdict":"deducted","refundable":{"amount":"109.50","currency":"USD"},` +
		`"entitlement":{"amount":"125.00","currency":"USD"},"deduction":{"amount":"25.00","currency":"USD"},` +
		`"refunded":{"amount":"10.50","currency":"USD"},"disputed":{"amount":"5.00","currency":"USD"},"remaining":{"amount":"134.50","currency":"USD"},"resolved_issues":1,` +
		`"window":{"opens":"2026-03-01T15:00:00Z","closes":"2026-03-30T22:00:00Z","last_day":"2026-03-30"},"held":true,"digest":"` + o.Digest().String() + `",` +
		`"callback":{"earliest":"2026-03-10T19:00:00Z","latest":"2026-03-10T23:30:00Z"},"steps":[{"clause":"guarantee","status":"applied","detail":"`
	if !strings.HasPrefix(got, want) {
		t.Errorf("want %s\ngot  %s", want, got)
	}
	for _, part := range []string{
		`","amount":{"amount":"150.00","currency":"USD"}},{"clause":"case-1","status":"not_applicable","detail":"`,
		`","amount":{"amount":"-25.00","currency":"USD"}},{"clause":"one-time",`,
		`{"clause":"cap","status":"satisfied","detail":"125.00 USD is within the cap of 150.00 USD"}],"findings":[{"clause":"log-review","severity":"advisory","detail":"no call found"},{"clause":"credentials","severity":"blocking"},` +
			`{"clause":"account-access","severity":"blocking","subject":"request.by"`,
	} {
		if !strings.Contains(got, part) {
			t.Errorf("%s is not in %s", part, got)
		}
	}
}

// Outcomes can be built by hand, and can be written with any content.
func TestAppendOutcomeByHand(t *testing.T) {
	var controls strings.Builder
	for c := range rune(0x80) {
		controls.WriteRune(c)
	}
	finding := func(s string) refund.Outcome {
		return refund.Outcome{
			Subscription: s,
			Statuses:     refund.Statuses{refund.ClauseLogReview: refund.StatusObjected},
			Findings:     []refund.Finding{{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: s, Detail: s + s}},
		}
	}
	for _, r := range []struct {
		why     string
		outcome refund.Outcome
	}{
		{"the zero outcome", refund.Outcome{}},
		{"plain text", finding("plain")},
		{"every character of ASCII", finding(controls.String())},
		{"text that ends like an open object", finding("{")},
		{"a byte that is not UTF-8", finding("\xff")},
		{"bytes that are not UTF-8 at the start, in the middle and at the end", finding("\xffab\x80\xc0cd\xfe")},
		{"truncated characters", finding("a\xe2\x82b\xf0\x9f\x98")},
		{"a surrogate in UTF-8", finding("\xed\xa0\x80")},
		{"a replacement character in the input", finding("a\uFFFDb")},
		{"characters of all lengths", finding("é€😀\u2028\u2029\U0010FFFF")},
		{"invalid bytes between characters that need an escape", finding("\"\xff\\\xff\n\xff\x01")},
		{"codes that do not exist", refund.Outcome{Verdict: 200, Statuses: refund.Statuses{refund.ClauseCap: 99}, Findings: []refund.Finding{{Clause: 99, Severity: 9}, {}}}},
		{"amounts in several currencies, and negative ones", refund.Outcome{
			Verdict: refund.VerdictDeducted, Refundable: refund.MustMoney("-1", "JPY"), Entitlement: refund.MustMoney("1.234", "BHD"), Deduction: refund.MustMoney("-0.01", "USD"),
			Refunded: refund.MustMoney("7", "KRW"), Disputed: refund.MustMoney("-2.00", "EUR"), Remaining: refund.MustMoney("3.00", "HRK"),
			Statuses: refund.Statuses{refund.ClauseGuarantee: refund.StatusApplied, refund.ClauseCase2: refund.StatusApplied, refund.ClauseCap: refund.StatusApplied},
			Basis:    refund.Basis{Price: refund.MustMoney("5.00", "EUR")},
		}},
		{"a last day alone", refund.Outcome{Window: refund.Window{LastDay: refund.MustDate("2026-03-16")}}},
		{"a last day that is not on the calendar", refund.Outcome{Window: refund.Window{LastDay: refund.Date{Year: 2026, Month: 2, Day: 30}}}},
		{"one instant of two", refund.Outcome{Window: refund.Window{Closes: time.Date(2026, 3, 1, 0, 0, 0, 5, time.FixedZone("", 3600))}, Callback: refund.Callback{Earliest: time.Unix(0, 0)}}},
		{"instants outside the years that can be read", refund.Outcome{Window: refund.Window{Opens: time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), Closes: time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC)}}},
		{"a negative count", refund.Outcome{ResolvedIssues: -3, Held: true}},
	} {
		named(t, r.why)
		t.Run(r.why, func(t *testing.T) {
			checkOutcome(t, r.outcome, "[")
			if len(r.outcome.Steps()) != 18 {
				t.Error("a clause is missing")
			}
		})
	}
}

func TestAppendOutcomeLeavesOutUnsetCodes(t *testing.T) {
	o := refund.Outcome{Findings: []refund.Finding{{}, {Clause: 99, Severity: 9}, {Clause: refund.ClauseLogReview}}}
	got := string(appendOutcome(nil, o))
	if want := `"findings":[{},{},{"clause":"log-review"}]}`; !strings.HasSuffix(got, want) {
		t.Errorf("%s does not end in %s", got, want)
	}
}

// TestAppendOutcomeStrings writes strings with bytes of every kind.
func TestAppendOutcomeStrings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bytes := rapid.SliceOfN(rapid.OneOf(rapid.Byte(), rapid.SampledFrom([]byte("\"\\\n\x1f \x7f\x80\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xff"))), 0, 12).Draw(t, "bytes")
		checkOutcome(t, refund.Outcome{Subscription: string(bytes), Findings: []refund.Finding{{Detail: string(bytes)}}}, "")
	})
}
