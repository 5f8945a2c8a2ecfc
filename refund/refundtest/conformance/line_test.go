package conformance_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/conformance"
)

func vector(t *testing.T, name string) conformance.Vector {
	t.Helper()
	for _, v := range vectors(t) {
		if v.Name == name {
			return v
		}
	}
	t.Fatalf("no vector %s", name)
	return conformance.Vector{}
}

func outcomeLine(t *testing.T, v conformance.Vector) string {
	t.Helper()
	o, err := judge(v.Document)
	if err != nil {
		t.Fatal(err)
	}
	text, err := o.AppendJSON(nil)
	if err != nil {
		panic(err) // documented as always nil
	}
	return string(text)
}

func said(list []conformance.Difference) string {
	var lines []string
	for _, d := range list {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, "; ")
}

func TestLinesOfTheLibrary(t *testing.T) {
	for i, v := range vectors(t) {
		line := ""
		if v.Want != nil {
			line = outcomeLine(t, v)
		} else {
			paths, _ := json.Marshal(v.Refused)
			line = `{"line":` + strconv.Itoa(i+1) + `,"error":"refused","fields":` + string(paths) + `}`
		}
		if d := v.CheckLine(i+1, []byte(line)); d != nil {
			t.Errorf("%s: %s", v.Name, said(d))
		}
	}
}

func TestCheckOutcomeLine(t *testing.T) {
	v := vector(t, "ticket/email-without-a-reason")
	good := outcomeLine(t, v)
	for _, c := range []struct {
		reason, old, with string
		says              string
	}{
		{"the right answer", `"held":false`, `"held":false`, ""},
		{"other fields are allowed", `"held":false`, `"held":false,"engine":"php"`, ""},
		{"instants are compared as instants", `"closes":"2026-03-17T04:00:00Z"`, `"closes":"2026-03-17T00:00:00.000-04:00"`, ""},
		{"a finding of the evaluation may have a sentence", `"subject":"request.reason"`, `"subject":"request.reason","detail":"no reason"`, ""},
		{"another verdict", `"verdict":"full"`, `"verdict":"deducted"`, "verdict is deducted, want full"},
		{"an unknown verdict", `"verdict":"full"`, `"verdict":"FULL"`, "verdict is FULL, want full"},
		{"a verdict that is not a string", `"verdict":"full"`, `"verdict":1`, "verdict is 1, want full"},
		{"names match exactly", `"verdict":"full"`, `"Verdict":"full"`, "verdict is missing, want full"},
		{"a missing field is not false", `"held":false,`, ``, "held is missing, want false"},
		{"a string is not a boolean", `"held":false`, `"held":"false"`, `held is "false", want false`},
		{"another amount", `"refundable":{"amount":"199.99"`, `"refundable":{"amount":"199.98"`, "refundable is 199.98 USD, want 199.99 USD"},
		{"an amount is compared as text", `"deduction":{"amount":"0.00"`, `"deduction":{"amount":"0"`, "deduction is 0 USD, want 0.00 USD"},
		{"a number is not an amount", `"refundable":{"amount":"199.99"`, `"refundable":{"amount":199.99`, `refundable is {"amount":199.99,"currency":"USD"}, want 199.99 USD`},
		{"an earlier refund", `"refunded":{"amount":"0.00"`, `"refunded":{"amount":"1.00"`, "refunded is 1.00 USD, want 0.00 USD"},
		{"a disputed amount", `"disputed":{"amount":"0.00"`, `"disputed":{"amount":"1.00"`, "disputed is 1.00 USD, want 0.00 USD"},
		{"another remaining amount", `"remaining":{"amount":"199.99"`, `"remaining":{"amount":"0.00"`, "remaining is 0.00 USD, want 199.99 USD"},
		{"a missing remaining amount", `"remaining":`, `"rest":`, "remaining is missing, want 199.99 USD"},
		{"another currency", `"entitlement":{"amount":"199.99","currency":"USD"`, `"entitlement":{"amount":"199.99","currency":"EUR"`, "entitlement is 199.99 EUR, want 199.99 USD"},
		{"a count is an integer", `"resolved_issues":0`, `"resolved_issues":0.0`, "resolved_issues is 0.0, want 0"},
		{"another subscription", `"subscription":"SUB-1"`, `"subscription":"SUB-2"`, `subscription is "SUB-2", want "SUB-1"`},
		{"another closing", `"closes":"2026-03-17T04:00:00Z"`, `"closes":"2026-03-18T04:00:00Z"`, "window.closes is 2026-03-18T04:00:00Z, want 2026-03-17T04:00:00Z"},
		{"a text that is not an instant", `"closes":"2026-03-17T04:00:00Z"`, `"closes":"tomorrow"`, `window.closes is "tomorrow", want 2026-03-17T04:00:00Z`},
		{"another last day", `"last_day":"2026-03-16"`, `"last_day":"2026-03-17"`, `window.last_day is "2026-03-17", want "2026-03-16"`},
		{"a last day is a date, not an instant", `"last_day":"2026-03-16"`, `"last_day":"2026-03-16T00:00:00Z"`, `window.last_day is "2026-03-16T00:00:00Z", want "2026-03-16"`},
		{"a missing last day", `"last_day":`, `"last":`, `window.last_day is missing, want "2026-03-16"`},
		{"a missing window", `"window":{`, `"windows":{`, `window.opens is missing, want 2026-03-01T15:00:00Z; window.closes is missing, want 2026-03-17T04:00:00Z; window.last_day is missing, want "2026-03-16"`},
		{"another call back", `"latest":"2026-03-11T00:00:00Z"`, `"latest":"2026-03-11T02:00:00Z"`, "callback.latest is 2026-03-11T02:00:00Z, want 2026-03-11T00:00:00Z"},
		{"another status", `"clause":"ticket","status":"objected"`, `"clause":"ticket","status":"satisfied"`, "statuses.ticket is satisfied, want objected"},
		{"a step is missing", `{"clause":"ticket","status":"objected"`, `{"status":"objected"`, "statuses.ticket is missing, want objected; steps is 18 steps that are not each clause once in the policy's order, want the 18 clauses"},
		{"steps come in order", `"clause":"case-1","status":"applied"`, `"clause":"case-2","status":"applied"`, "steps is 18"},
		{"a finding is missing", `{"clause":"ticket","severity":"advisory","subject":"request.reason"}`, ``, "findings is none, want [ticket advisory on request.reason]"},
		{"an extra finding", `{"clause":"ticket","severity":"advisory"`, `{"clause":"cap","severity":"advisory"},{"clause":"ticket","severity":"advisory"`, "findings is [cap advisory; ticket advisory on request.reason], want"},
		{"another finding", `"severity":"advisory","subject":"request.reason"`, `"severity":"blocking","subject":"request.reason"`, "findings is [ticket blocking on request.reason], want"},
		{"findings are a list", `"findings":[`, `"findings":null,"others":[`, "findings is null, want"},
		{"control characters of an answer are escaped", `"verdict":"full"`, "\"verdict\":\"\\u001b[31m\\u202e\"", `verdict is \x1b[31m\u202e, want full`},
	} {
		if strings.Count(good, c.old) != 1 {
			t.Fatalf("%s: %s must occur once in %s", c.reason, c.old, good)
		}
		got := said(v.CheckLine(1, []byte(strings.Replace(good, c.old, c.with, 1))))
		if c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%s: says %q, want %q", c.reason, got, c.says)
		}
	}
}

func TestCheckLine(t *testing.T) {
	accepted, refused := vector(t, "case-1/nothing-resolved"), vector(t, "input/several-faults")
	outcome := outcomeLine(t, accepted)
	const refusal = `{"line":7,"error":"no good","fields":["policy.window_days","request.channel","subscription.id","subscription.paid"]}`
	for _, c := range []struct {
		reason string
		vector conformance.Vector
		line   string
		says   string
	}{
		{"paths in any order", refused, refusal, ""},
		{"a path given twice", refused, strings.Replace(refusal, `["`, `["request.channel","`, 1), ""},
		{"other fields are allowed", refused, strings.Replace(refusal, `{`, `{"code":3,`, 1), ""},
		{"the number of another line", refused, strings.Replace(refusal, `7`, `8`, 1), "line is 8, want 7"},
		{"a string is not a number", refused, strings.Replace(refusal, `7`, `"7"`, 1), `line is "7", want 7`},
		{"a refusal says why", refused, strings.Replace(refusal, `no good`, ` `, 1), `error is " ", want a text`},
		{"a missing path", refused, strings.Replace(refusal, `"request.channel",`, ``, 1), "fields is "},
		{"an extra path", refused, strings.Replace(refusal, `["`, `["request.at","`, 1), "fields is "},
		{"missing paths", refused, `{"line":7,"error":"no good"}`, "fields is missing, want"},
		{"an outcome instead of a refusal", refused, outcome, `line is an outcome (verdict "full", refundable {"amount":"199.99","currency":"USD"}), want a refusal`},
		{"a refusal instead of an outcome", accepted, refusal, `line is a refusal ("no good", fields [`},
		{"no JSON", accepted, `PHP Warning: Undefined index`, `line is PHP Warning: Undefined index, want an outcome`},
		{"a list", accepted, `[` + outcome + `]`, "want an outcome"},
		{"null", accepted, `null`, "line is null, want an outcome"},
		{"a blank line", refused, ` `, "line is a blank line, want a refusal"},
		{"a long line is cut", accepted, strings.Repeat("x", 10_000), "x…, want an outcome"},
	} {
		got := said(c.vector.CheckLine(7, []byte(c.line)))
		if c.says == "" && got != "" || !strings.Contains(got, c.says) || len(got) > 1000 {
			t.Errorf("%s: says %q, want %q", c.reason, got, c.says)
		}
	}
}

func TestDifferences(t *testing.T) {
	v := vector(t, "log-review/findings-on-many-clauses")
	right, err := judge(v.Document)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		reason string
		change func(*refund.Outcome)
		says   string
	}{
		{"the right answer", func(*refund.Outcome) {}, ""},
		{"findings in another order", func(o *refund.Outcome) { o.Findings[0], o.Findings[1] = o.Findings[1], o.Findings[0] }, ""},
		{"an additional detail", func(o *refund.Outcome) { o.Findings[0].Detail = "no reason was stated" }, ""},
		{"another basis, which is not compared", func(o *refund.Outcome) { o.Basis = refund.Basis{} }, ""},
		{"the zero outcome", func(o *refund.Outcome) { *o = refund.Outcome{} }, `subscription is "", want "SUB-1"; verdict is unset, want full; refundable is no amount, want 199.99 USD`},
		{"another amount", func(o *refund.Outcome) { o.Refundable = refund.MustMoney("1.00", "USD") }, "refundable is 1.00 USD, want 199.99 USD"},
		{"an earlier refund", func(o *refund.Outcome) { o.Refunded = refund.MustMoney("1.00", "USD") }, "refunded is 1.00 USD, want 0.00 USD"},
		{"a disputed amount", func(o *refund.Outcome) { o.Disputed = refund.MustMoney("1.00", "USD") }, "disputed is 1.00 USD, want 0.00 USD"},
		{"another remaining amount", func(o *refund.Outcome) { o.Remaining = refund.MustMoney("1.00", "USD") }, "remaining is 1.00 USD, want 199.99 USD"},
		{"another last day", func(o *refund.Outcome) { o.Window.LastDay = refund.MustDate("2026-03-17") }, `window.last_day is "2026-03-17", want "2026-03-16"`},
		{"held", func(o *refund.Outcome) { o.Held = true }, "held is true, want false"},
		{"another status", func(o *refund.Outcome) { o.Statuses[refund.ClauseCap] = 0 }, "statuses.cap is unset, want satisfied"},
		{"a missing finding", func(o *refund.Outcome) { o.Findings = o.Findings[1:] }, "findings is ["},
		{"a finding twice instead of two findings", func(o *refund.Outcome) { o.Findings[0] = o.Findings[1] }, "findings is ["},
	} {
		o := right
		o.Findings = append([]refund.Finding(nil), right.Findings...)
		c.change(&o)
		got := said(v.Want.Differences(o))
		if c.says == "" && got != "" || !strings.HasPrefix(got, c.says) {
			t.Errorf("%s: says %q, want %q", c.reason, got, c.says)
		}
	}
	// A wanted detail must match; a wanted finding without a detail matches the others.
	w := conformance.Want{Findings: []refund.Finding{{Clause: refund.ClauseLicensed, Severity: 1}, {Clause: refund.ClauseLicensed, Severity: 1, Detail: "seen"}}}
	for _, c := range []struct {
		first, second string
		same          bool
	}{{"seen", "other", true}, {"other", "seen", true}, {"seen", "seen", true}, {"other", "", false}} {
		o := refund.Outcome{Findings: []refund.Finding{{Clause: refund.ClauseLicensed, Severity: 1, Detail: c.first}, {Clause: refund.ClauseLicensed, Severity: 1, Detail: c.second}}}
		if d := w.Differences(o); (d == nil) != c.same {
			t.Errorf("details %q and %q: %s", c.first, c.second, said(d))
		}
	}
}

func TestOneFindingMatchesOnce(t *testing.T) {
	seen := refund.Finding{Clause: refund.ClauseLicensed, Severity: 1, Detail: "seen"}
	any := refund.Finding{Clause: refund.ClauseLicensed, Severity: 1}
	other := refund.Finding{Clause: refund.ClauseCredentials, Severity: 1}
	w := conformance.Want{Findings: []refund.Finding{seen, any}}
	if w.Differences(refund.Outcome{Findings: []refund.Finding{seen, other}}) == nil {
		t.Error("one finding matches two wanted ones")
	}
}

func TestTextOfFindings(t *testing.T) {
	text := func(n int, subject string) string {
		o := refund.Outcome{Findings: make([]refund.Finding, n)}
		for i := range o.Findings {
			o.Findings[i] = refund.Finding{Clause: refund.ClauseLicensed, Severity: 1, Subject: subject, Detail: "seen"}
		}
		return said((&conformance.Want{}).Differences(o))
	}
	for _, c := range []struct {
		reason  string
		n       int
		subject string
		with    string
		times   int
	}{
		{"with subject and detail", 1, "disk", "[licensed satisfied on disk: seen]", 1},
		{"ten findings", 10, "disk", "on disk: seen", 10},
		{"ten findings are complete", 10, "disk", "more", 0},
		{"the first ten of twelve findings", 12, "disk", "on disk: seen", 10},
		{"the number of the others", 12, "disk", "; and 2 more]", 1},
		{"the longest subject", 1, strings.Repeat("x", 120), strings.Repeat("x", 120) + ":", 1},
		{"a longer subject is cut off", 1, strings.Repeat("x", 121), strings.Repeat("x", 120) + "…:", 1},
	} {
		if got := text(c.n, c.subject); strings.Count(got, c.with) != c.times || c.reason == "" {
			t.Errorf("%s: %q, want %q %d times", c.reason, got, c.with, c.times)
		}
	}
}
