package access_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/access"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A site is a gate before a page that says who is signed in.
type site struct {
	gate     access.Gate
	handler  http.Handler
	now      time.Time
	password map[string]string
	token    map[string]string
	log      strings.Builder
	audit    []string // the recorded attempts
	broken   error    // of the audit table
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{now: time.Date(2026, 3, 9, 10, 0, 0, 0, time.UTC), password: map[string]string{}, token: map[string]string{}}
	officers := access.Sample{Key: []byte("key of the officers"), List: []desk.Officer{
		{ID: "ana", Limit: refund.MustMoney("100.00", "USD")}, {ID: "bo"},
	}}
	for _, o := range officers.List {
		s.password[o.ID], s.token[o.ID] = officers.Password(o.ID), officers.Token(o.ID)
	}
	s.gate = access.Gate{
		Officers: officers, Key: []byte("key of the sessions"),
		Now: func() time.Time { return s.now },
		Log: slog.New(slog.NewTextHandler(&s.log, nil)),
		Page: func(w http.ResponseWriter, _ *http.Request, message string, status int) {
			w.WriteHeader(status)
			io.WriteString(w, message)
		},
		Record: func(_ context.Context, officer string, refused ...string) error {
			s.audit = append(s.audit, fmt.Sprintf("%q %v", officer, refused))
			return s.broken
		},
	}
	s.handler = s.gate.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o, ok := s.gate.Officer(r)
		if !ok {
			o, ok = s.gate.Bearer(r)
		}
		if !ok {
			http.Error(w, "who?", http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, o.ID, " ", o.Limit)
	}))
	return s
}

func (s *site) do(method, path string, form url.Values, header ...string) *http.Response {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if from := r.Header.Get("From"); from != "" {
		r.RemoteAddr = from
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return w.Result()
}

func (s *site) signIn(name, password string, header ...string) *http.Response {
	return s.do("POST", "/sign-in", url.Values{"officer": {name}, "password": {password}}, header...)
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// session signs in and returns the cookie.
func (s *site) session(t *testing.T, name string) *http.Cookie {
	t.Helper()
	r := s.signIn(name, s.password[name])
	if r.StatusCode != http.StatusSeeOther || len(r.Cookies()) != 1 {
		t.Fatalf("sign-in: status %d, %d cookies", r.StatusCode, len(r.Cookies()))
	}
	return r.Cookies()[0]
}

func TestASessionIsOfTheOfficerWhoSignedIn(t *testing.T) {
	s := newSite(t)
	c := s.session(t, "ana")
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure || c.Path != "/" {
		t.Errorf("cookie on loopback: %v", c)
	}
	if got := body(t, s.do("GET", "/", nil, "Cookie", c.Name+"="+c.Value)); got != "ana 100.00 USD" {
		t.Errorf("got %q", got)
	}
	s.gate.Secure = true
	if c := s.session(t, "bo"); c.Name != "__Host-session" || !c.Secure || c.Domain != "" || c.Path != "/" {
		t.Errorf("cookie of HTTPS: %v", c)
	}
	if out := s.do("POST", "/sign-out", nil).Cookies(); len(out) != 1 || out[0].MaxAge >= 0 || out[0].Value != "" {
		t.Errorf("sign-out: %v", out)
	}
}

func TestForgedSessionsAreRefused(t *testing.T) {
	s := newSite(t)
	c := s.session(t, "ana")
	ana, bo := fmt.Sprintf("%x", "ana"), fmt.Sprintf("%x", "bo")
	signature := c.Value[strings.LastIndex(c.Value, ".")+1:]
	other := newSite(t)
	other.gate.Key = []byte("another key of sessions")
	rows := []struct{ why, value string }{
		{"the empty value", ""},
		{"another text", "§"},
		{"an officer's id alone", "ana"},
		{"a session without a signature", strings.TrimSuffix(c.Value, signature)},
		{"the signature alone", signature},
		{"another officer under the same signature", strings.Replace(c.Value, ana, bo, 1)},
		{"a later end under the same signature", strings.Replace(c.Value, "17", "18", 1)},
		{"text after the signature", c.Value + "0"},
		{"signed with another key", other.session(t, "ana").Value},
		{"the password", s.password["ana"]},
		{"the token", s.token["ana"]},
	}
	for i := range c.Value {
		changed := []byte(c.Value)
		changed[i] ^= 1
		rows = append(rows, struct{ why, value string }{fmt.Sprintf("bit changed in byte %d", i), string(changed)})
	}
	for _, row := range rows {
		if r := s.do("GET", "/", nil, "Cookie", c.Name+"="+row.value); row.value == c.Value || r.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: status %d", row.why, r.StatusCode)
		}
	}
}

func TestASessionEnds(t *testing.T) {
	s := newSite(t)
	c := s.session(t, "ana")
	start := s.now
	for _, row := range []struct {
		why    string
		after  time.Duration
		status int
	}{
		{"at once", 0, 200},
		{"on a copy whose clock is half a minute behind", -30 * time.Second, 200},
		{"from the future", -2 * time.Minute, 401},
		{"before the end", 8*time.Hour - time.Second, 200},
		{"at the end", 8 * time.Hour, 401},
	} {
		s.now = start.Add(row.after)
		if r := s.do("GET", "/", nil, "Cookie", c.Name+"="+c.Value); r.StatusCode != row.status {
			t.Errorf("%s: status %d", row.why, r.StatusCode)
		}
	}
}

// leaving forgets an officer.
type leaving struct {
	access.Officers
	gone string
}

func (l *leaving) Officer(ctx context.Context, id string) (desk.Officer, error) {
	if id == l.gone {
		return desk.Officer{}, access.ErrDenied
	}
	return l.Officers.Officer(ctx, id)
}

func TestAnOfficerWhoLeavesHasNoSession(t *testing.T) {
	s := newSite(t)
	l := &leaving{Officers: s.gate.Officers}
	s.gate.Officers = l
	c := s.session(t, "ana")
	l.gone = "ana"
	if r := s.do("GET", "/", nil, "Cookie", c.Name+"="+c.Value); r.StatusCode != 401 {
		t.Errorf("status %d", r.StatusCode)
	}
}

func TestTokens(t *testing.T) {
	s := newSite(t)
	for _, row := range []struct {
		why, header string
		status      int
	}{
		{"the token", "Bearer " + s.token["bo"], 200},
		{"another scheme", "Basic " + s.token["bo"], 401},
		{"an empty token", "Bearer ", 401},
		{"a token in capitals", "Bearer " + strings.ToUpper(s.token["bo"]), 401},
		{"the password", "Bearer " + s.password["bo"], 401},
	} {
		if r := s.do("GET", "/", nil, "Authorization", row.header); r.StatusCode != row.status {
			t.Errorf("%s: status %d", row.why, r.StatusCode)
		}
	}
}

func TestSignInIsDenied(t *testing.T) {
	s := newSite(t)
	for _, row := range []struct{ why, name, password string }{
		{"a wrong password", "ana", "wrong"},
		{"the password of another officer", "ana", s.password["bo"]},
		{"an unknown name", "mallory", s.password["ana"]},
		{"the password that an unknown name would have", "mallory", s.gate.Officers.(access.Sample).Password("mallory")},
		{"empty fields", "", ""},
	} {
		r := s.signIn(row.name, row.password)
		if r.StatusCode != 401 || len(r.Cookies()) != 0 || body(t, r) != "The name or the password is wrong." {
			t.Errorf("%s: status %d, %d cookies", row.why, r.StatusCode, len(r.Cookies()))
		}
	}
	if got := strings.Join(s.audit, ", "); got != `"ana" [denied], "ana" [denied], "" [denied], "" [denied], "" [denied]` {
		t.Errorf("the audit table has %s", got)
	}
	if log := s.log.String(); strings.Contains(log, "mallory") || strings.Contains(log, s.password["ana"]) {
		t.Errorf("the log has a name or a password: %s", log)
	}
	r := s.do("POST", "/sign-in", url.Values{"officer": {strings.Repeat("a", 1<<20)}})
	if r.StatusCode != 400 {
		t.Errorf("1 MiB of a name: status %d", r.StatusCode)
	}
}

// quick answers every sign-in with an error, and counts them.
type quick struct {
	access.Officers
	asked int
	fail  error
}

func (q *quick) SignIn(context.Context, string, string) (desk.Officer, error) {
	q.asked++
	return desk.Officer{}, q.fail
}

func TestSignInIsThrottled(t *testing.T) {
	s := newSite(t)
	q := &quick{Officers: s.gate.Officers, fail: access.ErrDenied}
	real := s.gate.Officers
	s.gate.Officers = q
	for i := range 10 {
		if r := s.signIn("ana", "guess", "From", fmt.Sprintf("192.0.2.%d:1", i)); r.StatusCode != 401 {
			t.Fatalf("attempt %d: status %d", i, r.StatusCode)
		}
	}
	s.gate.Officers = real
	if r := s.signIn("ana", s.password["ana"], "From", "192.0.2.99:1"); r.StatusCode != 429 || r.Header.Get("Retry-After") == "" || len(r.Cookies()) > 0 {
		t.Errorf("after 10 guesses of a name: status %d", r.StatusCode)
	}
	s.session(t, "bo") // other officers can sign in
	s.now = s.now.Add(15 * time.Minute)
	s.session(t, "ana")

	// From one network of an IPv6 customer, with a new name and address each time.
	s.gate.Officers = q
	q.asked = 0
	for i := range 150 {
		s.signIn(fmt.Sprint("name ", i), "guess", "From", fmt.Sprintf("[2001:db8::%x]:9", i))
	}
	if q.asked > 100 || q.asked < 90 { // some names share a count
		t.Errorf("%d of 150 guesses from one network were tried", q.asked)
	}
}

func TestARightPasswordStartsTheCountAgain(t *testing.T) {
	s := newSite(t)
	for i := range 150 { // from one network
		s.session(t, "bo")
		if i%10 != 0 {
			s.signIn("ana", "guess", "From", fmt.Sprintf("192.0.2.%d:1", i))
		} else if r := s.signIn("ana", s.password["ana"], "From", fmt.Sprintf("192.0.2.%d:1", i)); r.StatusCode != 303 {
			t.Fatalf("after %d attempts, with the right password: status %d", i, r.StatusCode)
		}
	}
	s.session(t, "bo")
	for i := range 11 {
		if r := s.signIn("bo", "guess", "From", fmt.Sprintf("198.51.100.%d:1", i)); (r.StatusCode == 429) != (i == 10) {
			t.Errorf("guess %d after the right password: status %d", i+1, r.StatusCode)
		}
	}
}

func TestSignInsAreRecordedOrRefused(t *testing.T) {
	s := newSite(t)
	s.session(t, "ana")
	if got := strings.Join(s.audit, ", "); got != `"ana" []` {
		t.Errorf("the audit table has %s", got)
	}
	s.broken = errors.New("the database is down")
	for why, password := range map[string]string{"the right password": s.password["ana"], "a wrong one": "wrong"} {
		if r := s.signIn("ana", password); r.StatusCode != 503 || len(r.Cookies()) > 0 {
			t.Errorf("%s without an audit table: status %d, %d cookies", why, r.StatusCode, len(r.Cookies()))
		}
	}
}

func TestADirectoryThatFailsIsNotADenial(t *testing.T) {
	s := newSite(t)
	s.gate.Officers = &quick{Officers: s.gate.Officers, fail: errors.New("no answer")}
	if r := s.signIn("ana", "x"); r.StatusCode != 503 {
		t.Errorf("status %d", r.StatusCode)
	}
}

func TestRequestsOfOtherOrigins(t *testing.T) {
	s := newSite(t)
	c := s.session(t, "ana")
	for _, row := range []struct {
		why, method, path string
		header            []string
		status            int
	}{
		{"a form of another site", "POST", "/", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a form of a sibling host", "POST", "/", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"an old browser on another site", "POST", "/", []string{"Origin", "https://evil.example"}, 403},
		{"a sandboxed frame", "POST", "/", []string{"Origin", "null"}, 403},
		{"a delete of another site", "DELETE", "/", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a sign-in of another site", "POST", "/sign-in", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a sign-out of another site", "POST", "/sign-out", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"the desk's own form", "POST", "/", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"the desk's own form in an old browser", "POST", "/", []string{"Origin", "http://127.0.0.1:8080"}, 200},
		{"a link on another site", "GET", "/", []string{"Sec-Fetch-Site", "cross-site"}, 200},
		{"a program without a browser", "POST", "/", nil, 200},
	} {
		if r := s.do(row.method, row.path, nil, append(row.header, "Cookie", c.Name+"="+c.Value)...); r.StatusCode != row.status {
			t.Errorf("%s: status %d, want %d", row.why, r.StatusCode, row.status)
		}
	}
}

func TestHeadersOnEveryAnswer(t *testing.T) {
	s := newSite(t)
	for _, r := range []*http.Response{
		s.do("GET", "/", nil), s.do("GET", "/sign-in", nil), s.do("PUT", "/sign-in", nil),
		s.do("POST", "/", nil, "Sec-Fetch-Site", "cross-site"), s.signIn("ana", s.password["ana"]),
	} {
		for name, want := range map[string]string{
			"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		} {
			if got := r.Header.Get(name); !strings.Contains(got, want) {
				t.Errorf("status %d: %s is %q", r.StatusCode, name, got)
			}
		}
		if csp := r.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") {
			t.Errorf("status %d: policy %q", r.StatusCode, csp)
		}
	}
}

func TestSignInLeadsToPagesOfThisProgramOnly(t *testing.T) {
	s := newSite(t)
	for next, want := range map[string]string{
		"": "/", "/cases/SUB-1?done=file": "/cases/SUB-1?done=file", "https://evil.example/": "/", "//evil.example": "/",
		`/\evil.example`: "/", "/\t/evil.example": "/", "/\n/evil.example": "/", "evil": "/", "javascript:alert(1)": "/",
	} {
		r := s.do("POST", "/sign-in", url.Values{"officer": {"ana"}, "password": {s.password["ana"]}, "next": {next}})
		if got := r.Header.Get("Location"); r.StatusCode != 303 || got != want {
			t.Errorf("next %q: status %d, location %q", next, r.StatusCode, got)
		}
	}
}
