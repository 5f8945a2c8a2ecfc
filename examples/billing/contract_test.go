package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
)

const quoted = `{"subscription":{"id":"SUB-7","service":{"code":"pc-care","billing":"recurring","per_instance":{"amount":"25.00","currency":"USD"}},` +
	`"start":"2026-03-01T10:00:00-05:00","price":{"amount":"199.99","currency":"USD"},"paid":{"amount":"199.99","currency":"USD"}},` +
	`"issues":[{"id":"T-1","opened":"2026-03-02T10:00:00-05:00","resolved":"2026-03-03T10:00:00-05:00"}],` +
	`"request":{"at":"2026-03-09T10:00:00-05:00","channel":"email","reason":"slow"}}`

func TestAQuoteIsTheOutcomeOfTheLibrary(t *testing.T) {
	s := newSite(t)
	var c refund.Case
	if err := c.UnmarshalJSON([]byte(quoted)); err != nil {
		t.Fatal(err)
	}
	outcome, err := refund.Published(newYork).Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := outcome.MarshalJSON()
	a := s.call("cleo", "POST", "/v1/quote", quoted)
	if a.status != 200 || a.body != string(want) || a.header.Get("Content-Type") != "application/json" {
		t.Errorf("status %d\ngot  %s\nwant %s", a.status, a.body, want)
	}
	if a := s.call("ben", "GET", "/v1/cases/SUB-7", ""); a.status != 404 {
		t.Errorf("the quote is stored: status %d", a.status)
	}
}

func TestProblemsNameTheFields(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	s.add("SUB-2", func(r *desk.Record) { r.Request = refund.Request{} })
	shown := s.shown("SUB-1")
	decide := func(body string) answer { return s.call("ben", "POST", "/v1/cases/SUB-1/decisions", body) }
	file := func(request string) answer {
		return s.call("ben", "POST", "/v1/cases/SUB-2/request", request)
	}
	later := time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	for _, row := range []struct {
		why   string
		got   answer
		paths string
	}{
		{"a case with two faults", s.call("ben", "POST", "/v1/quote", strings.Replace(strings.Replace(quoted, "199.99", "-1.00", 1), `"email"`, `"fax"`, 1)), "[request.channel subscription.price]"},
		{"a case may not choose its policy", s.call("ben", "POST", "/v1/quote", quoted[:len(quoted)-1]+`,"policy":{"window_days":90}}`), "[policy]"},
		{"neither of the three decisions", decide(fmt.Sprintf(`{"outcome":%q}`, shown)), "[]"},
		{"two decisions", decide(fmt.Sprintf(`{"outcome":%q,"approval":{},"denial":{}}`, shown)), "[]"},
		{"a missing amount", decide(fmt.Sprintf(`{"outcome":%q,"approval":{}}`, shown)), "[approval.amount]"},
		{"too many decimals", decide(fmt.Sprintf(`{"outcome":%q,"approval":{"amount":{"amount":"1.001","currency":"USD"}}}`, shown)), "[approval.amount.amount]"},
		{"another currency", decide(fmt.Sprintf(`{"outcome":%q,"approval":{"amount":{"amount":"1.00","currency":"EUR"}}}`, shown)), "[approval.amount]"},
		{"an officer in the body", decide(fmt.Sprintf(`{"outcome":%q,"approval":{"by":"eve","amount":{"amount":"1.00","currency":"USD"}}}`, shown)), "[approval.by]"},
		{"a price of software", decide(fmt.Sprintf(`{"outcome":%q,"goodwill":{"software":[{"name":"A","price":{"amount":"x","currency":"USD"}}]}}`, shown)), "[goodwill.software[0].price.amount]"},
		{"a denial without a reason", decide(fmt.Sprintf(`{"outcome":%q,"denial":{}}`, shown)), "[denial.reason]"},
		{"not a digest", decide(`{"outcome":"1","denial":{}}`), "[outcome]"},
		{"a request without a channel", file(`{"at":"2026-03-09T10:00:00Z"}`), "[request.at request.channel]"},
		{"a request in the future", file(`{"at":"` + later + `","channel":"email","reason":"x"}`), "[request.at]"},
		{"a request with an unknown field", file(`{"at":"2026-03-09T10:00:00Z","channel":"email","subscription":"SUB-1"}`), "[request.subscription]"},
		{"a request that is not an object", file(`[]`), "[request]"},
		{"an unknown state", s.call("ben", "GET", "/v1/cases?state=lost", ""), "[state]"},
	} {
		var got []string
		list, _ := row.got.fields(t)["errors"].([]any)
		for _, e := range list {
			got = append(got, fmt.Sprint(e.(map[string]any)["path"]))
		}
		if row.got.status != 422 || row.got.problem(t) != "invalid" || row.paths != "[]" && fmt.Sprint(got) != row.paths {
			t.Errorf("%s: status %d, paths %v: %s", row.why, row.got.status, got, row.got.body)
		}
	}
	if s.shown("SUB-1") != shown {
		t.Error("the case has changed")
	}
}

func TestStatusesOfTheAPI(t *testing.T) {
	s := newSite(t)
	for _, row := range []struct {
		why    string
		got    answer
		status int
		name   string
	}{
		{"another content type", s.call("ben", "POST", "/v1/quote", quoted, "Content-Type", "text/plain"), 415, "content-type"},
		{"a content type with a parameter", s.call("ben", "POST", "/v1/quote", quoted, "Content-Type", "application/json; charset=utf-8"), 200, ""},
		{"an unknown case", s.call("ben", "GET", "/v1/cases/SUB-9", ""), 404, "not-found"},
		{"a decision on an unknown case", s.call("ben", "POST", "/v1/cases/SUB-9/decisions", approval(strings.Repeat("1", 64), "1.00")), 404, "not-found"},
		{"an unknown path", s.call("ben", "GET", "/v1/none", ""), 404, "not-found"},
		{"no token", s.do("GET", "/v1/cases", ""), 401, "unauthorized"},
	} {
		if name := row.got.problem(t); row.got.status != row.status || name != row.name {
			t.Errorf("%s: status %d, problem %q", row.why, row.got.status, name)
		}
	}
	if a := s.do("GET", "/v1/cases", ""); a.header.Get("WWW-Authenticate") != "Bearer" {
		t.Errorf("no challenge: %v", a.header)
	}
}

func TestTheListOfCasesIsBounded(t *testing.T) {
	s := newSite(t)
	for i := range 101 {
		if i == 100 {
			if got := s.call("ben", "GET", "/v1/cases", "").fields(t); len(got["cases"].([]any)) != 100 || got["more"] != false {
				t.Errorf("of 100 cases: more is %v", got["more"])
			}
		}
		s.add(fmt.Sprint("SUB-", i), nil)
	}
	if got := s.call("ben", "GET", "/v1/cases", "").fields(t); len(got["cases"].([]any)) != 100 || got["more"] != true {
		t.Errorf("of 101 cases: %d, and more is %v", len(got["cases"].([]any)), got["more"])
	}
	if a := s.call("ben", "GET", "/v1/cases?state=paid", ""); a.body != `{"cases":[],"more":false}` {
		t.Errorf("without a case: %s", a.body)
	}
}

// Every problem that the API can answer with is explained in README.md.
func TestProblemsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("api/problem.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, line := range strings.Split(string(source), "\n") {
		var name string
		if _, rest, ok := strings.Cut(line, `folder + "`); ok {
			name, _, _ = strings.Cut(rest, `"`)
		} else if fields := strings.Split(line, `"`); strings.HasPrefix(line, "\t{") && len(fields) > 1 {
			name = fields[1]
		}
		if name == "" {
			continue
		}
		if n++; !strings.Contains(string(text), "`"+name+"`") {
			t.Errorf("README.md does not explain %q", name)
		}
	}
	if n < 16 {
		t.Errorf("only %d problems found", n)
	}
}

func TestADecisionHasItsSignedRecord(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	a := s.call("ben", "POST", "/v1/cases/SUB-1/decisions", approval(s.shown("SUB-1"), "199.99"))
	record, _ := a.fields(t)["record"].(string)
	facts, _ := a.fields(t)["facts"].(map[string]any)
	if a.status != 200 || !strings.Contains(record, "\nofficer.id 3 ben\n") || facts["kind"] != "approved" || facts["officer"] != "ben" {
		t.Fatalf("status %d: %s", a.status, a.body)
	}
	read := s.call("cleo", "GET", "/v1/cases/SUB-1", "").fields(t)
	if d, _ := read["decision"].(map[string]any); d["record"] != record {
		t.Errorf("read again: %v", read["decision"])
	}
	list := s.call("cleo", "GET", "/v1/cases?state=paying", "").fields(t)
	if cases, _ := list["cases"].([]any); len(cases) != 1 {
		t.Errorf("paying: %v", list)
	}
}
