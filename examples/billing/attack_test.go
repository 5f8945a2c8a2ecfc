package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/processor"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// paths are the paths that show or change something.
var paths = []struct {
	method, path string
	api          bool
}{
	{"GET", "/", false}, {"GET", "/cases", false}, {"GET", "/cases/SUB-1", false}, {"GET", "/cases/SUB-1/books", false},
	{"GET", "/cases/SUB-1/timeline.svg", false}, {"GET", "/cases/SUB-1/letter?as=approval", false}, {"GET", "/day", false}, {"GET", "/audit", false},
	{"POST", "/cases/SUB-1/request", false}, {"POST", "/cases/SUB-1/finding", false}, {"POST", "/cases/SUB-1/callback", false},
	{"POST", "/cases/SUB-1/approval", false}, {"POST", "/cases/SUB-1/goodwill", false}, {"POST", "/cases/SUB-1/denial", false}, {"POST", "/day/1", false},
	{"POST", "/v1/quote", true}, {"POST", "/v1/cases/SUB-1/request", true}, {"GET", "/v1/cases", true}, {"GET", "/v1/cases/SUB-1", true},
	{"POST", "/v1/cases/SUB-1/decisions", true}, {"GET", "/debug/vars", true},
}

func TestNobodyGetsInWithoutASession(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	other := *s.gate
	other.Key = []byte("another key")
	page := httptest.NewRecorder()
	form := url.Values{"officer": {"ben"}, "password": {testOfficers.Password("ben")}}
	r := httptest.NewRequest("POST", "/sign-in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	other.Handler(http.NotFoundHandler()).ServeHTTP(page, r)
	forged, _, _ := strings.Cut(page.Header().Get("Set-Cookie"), ";")
	if !strings.HasPrefix(forged, "session=") {
		t.Fatalf("the other copy has no session: %q", forged)
	}
	before := s.shown("SUB-1")
	for _, p := range paths {
		for why, header := range map[string][]string{
			"nothing": nil, "a session of another key": {"Cookie", forged}, "an unknown token": {"Authorization", "Bearer 00"},
			"a token in the cookie":    {"Cookie", "session=" + testOfficers.Token("ben")},
			"a session in place of it": {"Authorization", "Bearer " + strings.TrimPrefix(forged, "session=")},
		} {
			a := s.do(p.method, p.path, "", append(header, "Content-Type", "application/json")...)
			ok := a.status == http.StatusUnauthorized
			if !p.api && p.method == "GET" {
				ok = a.status == http.StatusSeeOther && strings.HasPrefix(a.header.Get("Location"), "/sign-in?")
			} else if !p.api {
				ok = a.status == http.StatusForbidden
			}
			if !ok || strings.Contains(a.body, "Olivia") {
				t.Errorf("%s %s with %s: status %d", p.method, p.path, why, a.status)
			}
		}
	}
	if s.shown("SUB-1") != before {
		t.Error("the case has changed")
	}
}

// A session of the pages is not a token of the API: no form of another site can call the API.
func TestTheAPITakesNoCookie(t *testing.T) {
	s := newSite(t)
	cookie := s.session("ben")
	for _, p := range paths {
		if a := s.do(p.method, p.path, "{}", "Cookie", cookie, "Content-Type", "application/json"); p.api && a.status != http.StatusUnauthorized {
			t.Errorf("%s %s: status %d", p.method, p.path, a.status)
		}
	}
}

func TestFormsOfOtherOriginsAreRefused(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	cookie, shown := s.session("ben"), s.shown("SUB-1")
	form := url.Values{"shown": {shown}, "seen": {shown}, "do": {"decide"}, "denial.reason": {"because"}}.Encode()
	send := func(header ...string) answer {
		return s.do("POST", "/cases/SUB-1/denial", form, append(header, "Cookie", cookie, "Content-Type", "application/x-www-form-urlencoded")...)
	}
	for _, header := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
		{"Sec-Fetch-Site", "cross-site", "Origin", "http://example.com"},
	} {
		if a := send(header...); a.status != http.StatusForbidden {
			t.Errorf("%v: status %d", header, a.status)
		}
	}
	if s.shown("SUB-1") != shown {
		t.Fatal("a form of another origin has changed the case")
	}
	if a := send("Sec-Fetch-Site", "same-origin"); a.status != http.StatusSeeOther {
		t.Errorf("the desk's own form: status %d: %.300s", a.status, a.body)
	}
}

func TestHeadersOnEveryAnswer(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	cookie := s.session("ben")
	all := []answer{s.do("GET", "/healthz", ""), s.do("GET", "/readyz", ""), s.do("GET", "/style.css", ""), s.do("GET", "/sign-in", ""),
		s.do("GET", "/none", "", "Cookie", cookie), s.do("POST", "/v1/webhooks/provider", "{}"), s.do("GET", "/v1/none", ""), s.do("PUT", "/v1/quote", "")}
	for _, p := range paths {
		all = append(all, s.do(p.method, p.path, "", "Cookie", cookie), s.call("ben", p.method, p.path, "{}"))
	}
	for _, path := range []string{"/style.css", "/icon.svg"} { // of the sign-in page
		if a := s.do("GET", path, ""); a.status != 200 {
			t.Errorf("%s without a session: status %d", path, a.status)
		}
	}
	for i, a := range all {
		csp := a.header.Get("Content-Security-Policy")
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Content-Security-Policy": "default-src 'none'"} {
			if !strings.Contains(a.header.Get(name), want) {
				t.Errorf("answer %d, status %d: %s is %q", i, a.status, name, a.header.Get(name))
			}
		}
		if strings.Contains(csp, "unsafe") || strings.Contains(csp, "*") || !strings.Contains(csp, "frame-ancestors 'none'") && !strings.Contains(csp, "frame-ancestors 'self'") {
			t.Errorf("answer %d, status %d: policy %q", i, a.status, csp)
		}
		if a.header.Get("Cache-Control") == "" || a.header.Get("Content-Type") == "" && a.status != 303 {
			t.Errorf("answer %d, status %d: %v", i, a.status, a.header)
		}
	}
}

func TestWebhooks(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	s.add("SUB-2", nil)
	now := time.Now().Truncate(time.Second)
	refund := processor.Record{Type: "refund", ID: "re-1", Subscription: "SUB-1", Payment: "pay-SUB-1", Units: 5000, Currency: "USD", State: "succeeded", At: now}
	before := s.shown("SUB-1")
	elsewhere, early, other := refund, refund, refund
	elsewhere.Subscription, early.Payment, other.Payment = "SUB-9", "pay-9", "pay-SUB-2"
	for _, row := range []struct {
		why    string
		got    answer
		status int
		name   string
	}{
		{"without a signature", s.do("POST", "/v1/webhooks/provider", "{}"), 401, "forged"},
		{"signed for another body", s.do("POST", "/v1/webhooks/provider", `{"id":"a"}`, processor.SignatureHeader, processor.Sign(webhookSecret, []byte(`{"id":"b"}`), now)), 401, "forged"},
		{"signed with another secret", s.do("POST", "/v1/webhooks/provider", `{}`, processor.SignatureHeader, processor.Sign("guess", []byte(`{}`), now)), 401, "forged"},
		{"signed an hour ago", s.webhook("ev-1", refund, now.Add(-time.Hour)), 400, "replayed"},
		{"signed for later", s.webhook("ev-1", refund, now.Add(time.Hour)), 400, "replayed"},
		{"not an event", s.do("POST", "/v1/webhooks/provider", `[]`, processor.SignatureHeader, processor.Sign(webhookSecret, []byte(`[]`), now)), 400, "malformed"},
		{"of an unknown subscription, to be sent again", s.webhook("ev-1", elsewhere, now), 404, "not-found"},
		{"on a payment that the books lack, to be sent again", s.webhook("ev-1", early, now), 409, "too-early"},
		{"on a payment of another subscription", s.webhook("ev-1", other, now), 409, "too-early"},
		{"longer than 1 MiB", s.do("POST", "/v1/webhooks/provider", strings.Repeat(" ", 1<<20+1)), 413, "too-large"},
	} {
		if name := row.got.problem(t); row.got.status != row.status || name != row.name {
			t.Errorf("%s: status %d, problem %q", row.why, row.got.status, name)
		}
	}
	if s.shown("SUB-1") != before {
		t.Fatal("the books have changed")
	}
	for range 3 { // as a provider sends it again, and as an attacker replays it
		if a := s.webhook("ev-1", refund, now); a.status != http.StatusNoContent {
			t.Fatalf("status %d: %s", a.status, a.body)
		}
	}
	v, err := s.desk.View(t.Context(), "SUB-1")
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Books.Totals().Returned; fmt.Sprint(got) != "50.00 USD" {
		t.Errorf("returned %v", got)
	}
}

func TestOfficersAboveTheirLimits(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	shown := s.shown("SUB-1")
	for _, row := range []struct{ why, officer, body, gates string }{
		{"more than the limit", "ana", approval(shown, "199.99"), "[above_limit]"},
		{"an officer without a limit", "cleo", approval(shown, "199.99"), "[above_limit]"},
		{"goodwill above the limit", "ana", fmt.Sprintf(`{"outcome":%q,"goodwill":{"charges":{"amount":"199.99","currency":"USD"},"fees":{"amount":"0.00","currency":"USD"},"reason":"x"}}`, shown), "[above_limit]"},
		{"more than the refundable amount, too", "ana", approval(shown, "200.00"), "[above_limit above_refundable]"},
		{"an amount of zero", "ben", approval(shown, "0.00"), "[nothing_to_refund]"},
	} {
		a := s.call(row.officer, "POST", "/v1/cases/SUB-1/decisions", row.body)
		var gates []string
		list, _ := a.fields(t)["gates"].([]any)
		for _, g := range list {
			gates = append(gates, fmt.Sprint(g.(map[string]any)["gate"]))
		}
		if a.status != 409 || fmt.Sprint(gates) != row.gates {
			t.Errorf("%s: status %d, gates %v", row.why, a.status, gates)
		}
	}
	entries, err := s.desk.Audit(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for _, e := range entries {
		if len(e.Refused) > 0 && e.Record == "" {
			refused++
		}
	}
	if refused != 5 {
		t.Errorf("the audit table has %d refusals", refused)
	}
	if a := s.call("ben", "POST", "/v1/cases/SUB-1/decisions", approval(shown, "199.99")); a.status != 200 {
		t.Errorf("within the limit: status %d: %s", a.status, a.body)
	}
}

// An officer who files a request may not decide on it, whatever the request says.
func TestOfficersCannotApproveTheirOwnRequests(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", func(r *desk.Record) { r.Request = refund.Request{} })
	request := fmt.Sprintf(`{"at":%q,"channel":"email","by":"ACC-1","reason":"slow","recorded_by":"ana"}`, s.now.Add(-time.Minute).UTC().Format(time.RFC3339))
	if a := s.call("ben", "POST", "/v1/cases/SUB-1/request", request); a.status != 200 {
		t.Fatalf("status %d: %s", a.status, a.body)
	}
	if a := s.call("ben", "POST", "/v1/cases/SUB-1/request", request); a.status != 409 || a.problem(t) != "decided" {
		t.Errorf("a second request: status %d", a.status)
	}
	a := s.call("ben", "POST", "/v1/cases/SUB-1/decisions", approval(s.shown("SUB-1"), "199.99"))
	if a.status != 409 || !strings.Contains(a.body, `"self_approval"`) {
		t.Errorf("status %d: %s", a.status, a.body)
	}
}

func TestTheSecondTabIsStale(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	shown := s.shown("SUB-1") // both tabs
	if a := s.webhook("ev-1", processor.Record{Type: "refund", ID: "re-1", Subscription: "SUB-1", Payment: "pay-SUB-1", Units: 5000, Currency: "USD", State: "succeeded", At: s.now}, time.Now()); a.status != 204 {
		t.Fatalf("status %d: %s", a.status, a.body)
	}
	if a := s.call("ben", "POST", "/v1/cases/SUB-1/decisions", approval(shown, "199.99")); a.status != 409 || a.problem(t) != "stale" {
		t.Errorf("status %d: %s", a.status, a.body)
	}
	decided := s.shown("SUB-1")
	if a := s.call("ben", "POST", "/v1/cases/SUB-1/decisions", approval(decided, "149.99")); a.status != 200 {
		t.Fatalf("status %d: %s", a.status, a.body)
	}
	denial := fmt.Sprintf(`{"outcome":%q,"denial":{"reason":"late"}}`, decided)
	if a := s.call("ana", "POST", "/v1/cases/SUB-1/decisions", denial); a.status != 409 {
		t.Errorf("a denial after the approval: status %d", a.status)
	}
}

// Many clicks at once, with and without a key, make one decision and one refund.
func TestDoubleClicksPayOnce(t *testing.T) {
	for why, header := range map[string][]string{"without a key": nil, "with one key": {"Idempotency-Key", "click"}} {
		t.Run(why, func(t *testing.T) {
			s := newSite(t)
			s.add("SUB-1", nil)
			if err := s.desk.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			body := approval(s.shown("SUB-1"), "199.99")
			answers := make([]answer, 8)
			var clicks sync.WaitGroup
			for i := range answers {
				clicks.Go(func() { answers[i] = s.call("ben", "POST", "/v1/cases/SUB-1/decisions", body, header...) })
			}
			clicks.Wait()
			again := s.call("ben", "POST", "/v1/cases/SUB-1/decisions", body, header...)
			if again.status != 200 {
				t.Fatalf("status %d: %s", again.status, again.body)
			}
			for _, a := range answers {
				busy := header != nil && a.status == 409 && a.problem(t) == "in-progress"
				if !busy && (a.status != 200 || a.body != again.body) {
					t.Errorf("status %d: %s", a.status, a.body)
				}
			}
			waitFor(t, func() bool {
				v, err := s.desk.View(t.Context(), "SUB-1")
				return err == nil && len(v.Books.Outstanding()) == 0
			})
			if got := s.refunds("SUB-1"); len(got) != 1 || fmt.Sprint(got[0].Amount) != "199.99 USD" {
				t.Errorf("refunds at the provider: %v", got)
			}
		})
	}
}

func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for range 500 {
		if done() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("waited in vain")
}

func TestIdempotencyKeys(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	shown := s.shown("SUB-1")
	decide := func(officer, body, key string) answer {
		return s.call(officer, "POST", "/v1/cases/SUB-1/decisions", body, "Idempotency-Key", key)
	}
	first := decide("ana", approval(shown, "199.99"), "k")
	if first.status != 409 {
		t.Fatalf("status %d", first.status)
	}
	if again := decide("ana", approval(shown, "199.99"), "k"); again.status != first.status || again.body != first.body || again.header.Get("Content-Type") != first.header.Get("Content-Type") {
		t.Errorf("the refusal again: status %d: %s", again.status, again.body)
	}
	if a := decide("ana", approval(shown, "100.00"), "k"); a.status != 422 || a.problem(t) != "key-reused" {
		t.Errorf("another body: status %d", a.status)
	}
	if a := s.call("ana", "POST", "/v1/cases/SUB-2/decisions", approval(shown, "199.99"), "Idempotency-Key", "k"); a.status != 422 || a.problem(t) != "key-reused" {
		t.Errorf("another path: status %d", a.status)
	}
	if a := decide("ben", approval(shown, "199.99"), "k"); a.status != 200 {
		t.Errorf("another officer's key: status %d: %s", a.status, a.body)
	}
	if a := decide("ben", approval(shown, "199.99"), strings.Repeat("k", 10_000)+"\xff\x00"); a.status != 200 {
		t.Errorf("a long key that is not UTF-8: status %d: %s", a.status, a.body)
	}
	entries, err := s.desk.Audit(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	approvals := 0
	for _, e := range entries {
		if e.Action == "approve" && len(e.Refused) > 0 {
			approvals++
		}
	}
	if approvals != 1 {
		t.Errorf("the refusal was made %d times", approvals)
	}
}

func TestOneMebibyteOfEverything(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	long := strings.Repeat("a", 1<<20)
	cookie := s.session("ben")
	for _, row := range []struct {
		why    string
		got    answer
		status int
	}{
		{"a body above the bound", s.call("ben", "POST", "/v1/quote", long+"a"), 413},
		{"a body at the bound", s.call("ben", "POST", "/v1/quote", long), 422},
		{"open brackets", s.call("ben", "POST", "/v1/quote", strings.Repeat("[", 1<<20)), 422},
		{"open brackets in a field", s.call("ben", "POST", "/v1/cases/SUB-1/request", `{"reason":`+strings.Repeat("[", 1<<20-20)), 422},
		{"nested objects in a decision", s.call("ben", "POST", "/v1/cases/SUB-1/decisions", strings.Repeat(`{"approval":`, 80_000)), 422},
		{"unknown fields", s.call("ben", "POST", "/v1/quote", "{"+strings.Repeat(`"a":1,`, 170_000)+`"b":1}`), 422},
		{"unknown fields of a decision", s.call("ben", "POST", "/v1/cases/SUB-1/decisions", "{"+strings.Repeat(`"a":1,`, 170_000)+`"b":1}`), 422},
		{"software", s.call("ben", "POST", "/v1/cases/SUB-1/decisions", `{"goodwill":{"software":[`+strings.Repeat(`{},`, 340_000)+`{}]}}`), 422},
		{"acknowledged clauses", s.call("ben", "POST", "/v1/cases/SUB-1/decisions", `{"approval":{"acknowledged":[`+strings.Repeat(`"log-review",`, 80_000)+`"credentials"]}}`), 422},
		{"an id", s.call("ben", "GET", "/v1/cases/"+long, ""), 404},
		{"a key", s.call("ben", "POST", "/v1/cases/SUB-1/request", "[]", "Idempotency-Key", long), 422},
		{"a token", s.do("GET", "/v1/cases", "", "Authorization", "Bearer "+long), 401},
		{"a cookie", s.do("GET", "/", "", "Cookie", "session="+long), 303},
		{"a name", s.do("POST", "/sign-in", "officer="+long, "Content-Type", "application/x-www-form-urlencoded"), 400},
		{"a webhook above the bound", s.do("POST", "/v1/webhooks/provider", long+"a"), 413},
		{"a webhook at the bound", s.do("POST", "/v1/webhooks/provider", long), 401},
		{"a form", s.do("POST", "/cases/SUB-1/denial", "denial.reason="+long, "Cookie", cookie, "Content-Type", "application/x-www-form-urlencoded"), 413},
	} {
		if row.got.status != row.status || len(row.got.body) > 64<<10 {
			t.Errorf("%s: status %d, %d bytes: %.200s", row.why, row.got.status, len(row.got.body), row.got.body)
		}
	}
}

// A string with markup, quotes, and characters that change the direction of a text.
const markup = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{.}}\u202e\u2028&amp;"

func TestMarkupInEveryField(t *testing.T) {
	s := newSite(t)
	s.add("SUB-<script>", func(r *desk.Record) {
		r.Customer.Name, r.Subscription.Service.Code = markup, "pc<script>"
		r.Request = refund.Request{}
		r.Customer.Particulars = []customer.Particular{{Name: "<script>name"}}
		r.Customer.Reports = append(r.Customer.Reports, customer.MisuseReport{ID: "<script>", Made: s.now.Add(-time.Hour)})
	})
	path := "/cases/" + url.PathEscape("SUB-<script>")
	cookie := s.session("ben")
	post := func(action string, form url.Values) answer {
		v, err := s.desk.View(t.Context(), "SUB-<script>")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"shown", "seen"} {
			form.Set(name, v.Outcome.Digest().String())
		}
		return s.do("POST", path+action, form.Encode(), "Cookie", cookie, "Content-Type", "application/x-www-form-urlencoded")
	}
	all := []answer{
		s.call("ben", "POST", "/v1/cases/SUB-%3Cscript%3E/request", fmt.Sprintf(`{"at":%q,"channel":"email","by":"<script>","reason":%q}`, s.now.Add(-time.Minute).UTC().Format(time.RFC3339), "<script>alert(1)</script>\"'>")),
		post("/finding", url.Values{"finding.clause": {"cooperation"}, "finding.severity": {"advisory"}, "finding.subject": {markup}, "finding.detail": {markup}}),
		post("/callback", url.Values{"request.called_back": {markup}, "answer.cooperation": {markup}}),
		post("/approval", url.Values{"do": {"decide"}, "approval.amount": {markup}, "approval.reason": {markup}, "approval.acknowledged": {markup}}),
		post("/goodwill", url.Values{"do": {"preview"}, "goodwill.charges": {markup}, "goodwill.fees": {markup}, "goodwill.software[0].name": {markup}, "goodwill.software[0].price": {markup}, "goodwill.reason": {markup}}),
		s.do("POST", "/sign-in", url.Values{"officer": {markup}, "password": {markup}, "next": {markup}}.Encode(), "Content-Type", "application/x-www-form-urlencoded"),
		s.do("GET", "/sign-in?"+url.Values{"next": {markup}, "officer": {markup}}.Encode(), ""),
		s.do("GET", "/cases?"+url.Values{"id": {markup}}.Encode(), "", "Cookie", cookie),
		s.do("GET", "/cases/"+url.PathEscape(markup), "", "Cookie", cookie),
		s.do("GET", "/?"+url.Values{"state": {markup}, "done": {markup}}.Encode(), "", "Cookie", cookie),
		s.do("GET", "/day?"+url.Values{"day": {markup}}.Encode(), "", "Cookie", cookie),
		s.call("ben", "GET", "/v1/cases/"+url.PathEscape(markup), ""),
		s.call("ben", "GET", "/v1/cases?"+url.Values{"state": {markup}}.Encode(), ""),
		post("/denial", url.Values{"do": {"decide"}, "denial.reason": {markup}, "denial.grounds": {markup}}),
		post("/denial", url.Values{"do": {"decide"}, "denial.reason": {markup}}),
	}
	forms := len(all) - 1
	for _, p := range []string{"/", "/?state=declined", path, path + "/books", path + "/timeline.svg", path + "/letter", path + "/letter?as=denial", "/day", "/audit"} {
		all = append(all, s.do("GET", p, "", "Cookie", cookie))
	}
	all = append(all, s.call("ben", "GET", "/v1/cases/"+url.PathEscape("SUB-<script>"), ""))
	if a := all[0]; a.status != 200 {
		t.Errorf("the request: status %d: %s", a.status, a.body)
	}
	seen := false
	for i, a := range all {
		seen = seen || strings.Contains(a.body, "&lt;script&gt;alert(1)&lt;/script&gt;")
		// A form that is shown again has the input as it was.
		for _, bad := range []string{"<script", "<img src=x", "\u202e", "\u2028"}[:2+2*min(max(i-forms, 0), 1)] {
			if strings.Contains(a.body, bad) {
				at := strings.Index(a.body, bad)
				t.Errorf("answer %d, status %d, %s, has %q: %s", i, a.status, a.header.Get("Content-Type"), bad, a.body[max(at-100, 0):min(at+100, len(a.body))])
			}
		}
	}
	if !seen {
		t.Error("no page shows the texts")
	}
	if strings.Contains(s.log.String(), "alert(1)") {
		t.Errorf("the log has a text of the customer: %s", s.log.String())
	}
}

func TestSignInIsThrottled(t *testing.T) {
	s := newSite(t)
	last := 0
	for range 11 {
		last = s.do("POST", "/sign-in", "officer=ana&password=guess", "Content-Type", "application/x-www-form-urlencoded").status
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the eleventh guess: status %d", last)
	}
	s.session("ben")
	audit, err := s.desk.Audit(t.Context(), 9, 10)
	if err != nil || len(audit) != 2 || audit[0].Officer != "ana" || fmt.Sprint(audit[0].Refused) != "[denied]" || audit[1].Officer != "ben" || audit[1].Refused != nil {
		t.Errorf("the audit table: %+v, %v", audit, err)
	}
}

func TestNoSecretsAndNoNamesInTheLog(t *testing.T) {
	s := newSite(t)
	s.add("SUB-1", nil)
	cookie := s.session("ben")
	for _, p := range paths {
		s.do(p.method, p.path, "", "Cookie", cookie)
		s.call("ben", p.method, p.path, approval(s.shown("SUB-1"), "199.99"))
	}
	log := s.log.String()
	for what, text := range map[string]string{"the customer's name": "Olivia", "an e-mail address": "customer@example.com", "a password": testOfficers.Password("ben"),
		"a token": testOfficers.Token("ben"), "a session": strings.TrimPrefix(cookie, "session="), "the reason": "not what I expected", "the officer's name": "Okafor"} {
		if strings.Contains(log, text) {
			t.Errorf("the log has %s: %s", what, log)
		}
	}
	if !strings.Contains(log, "officer=ben") {
		t.Errorf("the log lacks the sign-in: %s", log)
	}
}
