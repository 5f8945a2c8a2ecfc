package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/examples/billing/web"
)

// A site is the pages of a desk in memory, for one officer.
type site struct {
	t       *testing.T
	desk    *memory
	officer desk.Officer // the zero Officer is not signed in
	log     io.Writer
}

func newSite(t *testing.T) *site { return &site{t, sample(), ines, io.Discard} }

// shown returns the digest of the outcome that the page of a case shows.
func (s *site) shown(id string) string {
	v, err := s.desk.View(context.Background(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return v.Outcome.Digest().String()
}

// send sends a request. A form gets the digest of the case as it is now, unless it has one.
func (s *site) send(method, path, form string) *httptest.ResponseRecorder {
	s.t.Helper()
	values, err := url.ParseQuery(form)
	if err != nil {
		s.t.Fatal(err)
	}
	parts := strings.Split(path, "/")
	if method == http.MethodPost && len(parts) == 4 && !values.Has("shown") {
		if v, err := s.desk.View(s.t.Context(), parts[2]); err == nil {
			values.Set("shown", v.Outcome.Digest().String())
		}
	}
	r := httptest.NewRequest(method, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.serve(r)
}

func (s *site) serve(r *http.Request) *httptest.ResponseRecorder {
	who := func(*http.Request) (desk.Officer, bool) { return s.officer, s.officer.ID != "" }
	w := httptest.NewRecorder()
	web.Handler(s.desk, who, func() time.Time { return s.desk.now }, slog.New(slog.NewTextHandler(s.log, nil))).ServeHTTP(w, r)
	return w
}

func signIn(message string, status int) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/sign-in?next=/audit", nil)
	_ = r.ParseForm()
	web.SignIn(w, r, message, status)
	return w
}

func TestWhatIsNotAPage(t *testing.T) {
	for _, r := range []struct {
		reason, method, path string
		status               int
		allow                string
	}{
		{"an address without a page", "GET", "/nowhere", 404, ""},
		{"a folder without a page", "GET", "/cases/SUB-1001/", 404, ""},
		{"a case that is not there", "GET", "/cases/SUB-1", 404, ""},
		{"books of a case that is not there", "GET", "/cases/SUB-1/books", 404, ""},
		{"a decision on a case that is not there", "POST", "/cases/SUB-1/approval", 404, ""},
		{"a letter before a decision", "GET", "/cases/SUB-1001/letter", 404, ""},
		{"a page that takes no form", "POST", "/audit", 405, "GET"},
		{"a form that is not a page", "GET", "/cases/SUB-1001/approval", 405, "POST"},
		{"a method that no page takes", "DELETE", "/cases/SUB-1001", 405, "GET"},
		{"a method that no page takes, on an unknown case", "DELETE", "/cases/SUB-1", 405, "GET"},
	} {
		w := newSite(t).send(r.method, r.path, "")
		if w.Code != r.status || w.Header().Get("Allow") != r.allow {
			t.Errorf("%s: status %d, Allow %q; want %d, %q", r.reason, w.Code, w.Header().Get("Allow"), r.status, r.allow)
		}
		if got := w.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
			t.Errorf("%s: content type %q", r.reason, got)
		}
	}
}

func TestNobodyReadsAPageWithoutSignIn(t *testing.T) {
	s := newSite(t)
	s.officer = desk.Officer{}
	for _, path := range []string{"/", "/cases/SUB-1001", "/cases/SUB-1001/books", "/cases/SUB-1009/letter", "/cases/SUB-1001/timeline.svg", "/audit", "/day", "/nowhere"} {
		w := s.send("GET", path, "")
		if w.Code != http.StatusSeeOther || strings.Contains(w.Body.String(), "Ortiz") || strings.Contains(w.Body.String(), "Sign out") {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
	if got := s.send("GET", "/cases/SUB-1001?done=request", "").Header().Get("Location"); got != "/sign-in?next=%2Fcases%2FSUB-1001%3Fdone%3Drequest" {
		t.Errorf("a page leads to %s", got)
	}
	if w := s.send("POST", "/cases/SUB-1001/approval", "approval.amount=174.99&do=decide"); w.Code != http.StatusForbidden || s.desk.files[0].decided != nil {
		t.Errorf("a decision without sign-in: status %d", w.Code)
	}
	if w := s.send("GET", "/style.css", ""); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("the stylesheet: status %d, %s", w.Code, w.Header().Get("Content-Type"))
	}
	if w := s.send("GET", "/icon.svg", ""); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the icon: status %d, %s", w.Code, w.Header().Get("Content-Type"))
	}
}

func TestLongFormsAreRefused(t *testing.T) {
	s := newSite(t)
	w := s.send("POST", "/cases/SUB-1001/denial", "do=decide&denial.reason="+strings.Repeat("x", web.MaxBody))
	if w.Code != http.StatusRequestEntityTooLarge || s.desk.files[0].decided != nil {
		t.Errorf("status %d", w.Code)
	}
	if w := s.send("POST", "/cases/SUB-1001/denial", "do=preview&denial.reason="+strings.Repeat("x", web.MaxBody-200)); w.Code != http.StatusOK {
		t.Errorf("a form just below the limit: status %d", w.Code)
	}
}

func TestDamagedFormsAreRefused(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, "/cases/SUB-1001/denial", strings.NewReader("a=%zz"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if w := newSite(t).serve(r); w.Code != http.StatusBadRequest {
		t.Errorf("status %d", w.Code)
	}
}

func TestFailuresShowNoCause(t *testing.T) {
	var log strings.Builder
	s := newSite(t)
	s.log = &log
	s.desk.broken = io.ErrUnexpectedEOF
	w := s.send("GET", "/cases/SUB-1001", "")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "EOF") {
		t.Errorf("status %d, body %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), `pattern="GET /cases/{id}" officer=ops-3`) || strings.Contains(log.String(), "SUB-1001") {
		t.Errorf("log: %s", log.String())
	}
}

func TestPagesAreTheSameEachTime(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/", "/cases/SUB-1002", "/cases/SUB-1004/books", "/day", "/audit"} {
		if a, b := s.send("GET", path, "").Body.String(), s.send("GET", path, "").Body.String(); a != b {
			t.Errorf("%s differs", path)
		}
	}
}
