// Package web serves the pages of the refund desk: the queue, the cases with their decisions and
// books, a day's reconciliation, and the audit trail. The pages have no scripts.
//
// Each form of a case carries the digest of the outcome that the officer saw. If the case has
// changed since, the page shows the changes, and the form again with its input.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/notice"
)

// A Desk is the service behind the pages. [*desk.Desk] is one.
type Desk interface {
	Queue(ctx context.Context, s desk.State, limit int) ([]desk.Item, desk.Totals, error)
	View(ctx context.Context, subscription string) (desk.View, error)
	File(ctx context.Context, by desk.Officer, subscription string, r refund.Request) error
	AddFinding(ctx context.Context, by desk.Officer, subscription string, f refund.Finding) error
	CallBack(ctx context.Context, by desk.Officer, subscription string, at time.Time, answers customer.Attestations) error
	Decide(ctx context.Context, by desk.Officer, subscription string, p decision.Proposal) (desk.Decided, error)
	Letter(v desk.View, d decision.Decision) (notice.Message, error)
	Differences(ctx context.Context, day time.Time) ([]desk.Difference, error)
	Resolve(ctx context.Context, by desk.Officer, id, note string) error
	Audit(ctx context.Context, after int64, limit int) ([]desk.AuditEntry, error)
}

// MaxBody is the maximum size of a form in bytes.
const MaxBody = 64 << 10

type server struct {
	Desk
	who func(*http.Request) (desk.Officer, bool)
	now func() time.Time
	log *slog.Logger
}

// A visit is one request by an officer.
type visit struct {
	*server
	w    http.ResponseWriter
	r    *http.Request
	by   desk.Officer
	view desk.View // the case of the address; zero on other pages

	status int  // of the answer
	form   form // that the page shows, with the input and its problems
}

// A failure is a status that is answered with an error page.
type failure int

func (f failure) Error() string { return http.StatusText(int(f)) }

// Handler returns the pages. who returns the officer who is signed in; without one, a page leads to
// /sign-in, and a form is refused.
func Handler(d Desk, who func(*http.Request) (desk.Officer, bool), now func() time.Time, log *slog.Logger) http.Handler {
	s := &server{d, who, now, log}
	mux := http.NewServeMux()
	mux.Handle("GET /style.css", http.FileServerFS(files)) // the sign-in page needs both
	mux.Handle("GET /icon.svg", http.FileServerFS(files))
	handle := func(pattern string, page func(visit) error) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, page) })
	}
	handle("/", func(visit) error { return failure(http.StatusNotFound) })
	for pattern, page := range map[string]func(visit) error{
		"GET /{$}":                     visit.queue,
		"GET /cases":                   visit.find,
		"GET /cases/{id}":              visit.open,
		"GET /cases/{id}/books":        visit.books,
		"GET /cases/{id}/timeline.svg": visit.timeline,
		"GET /cases/{id}/letter":       visit.letter,
		"POST /cases/{id}/request":     visit.request,
		"POST /cases/{id}/finding":     visit.finding,
		"POST /cases/{id}/callback":    visit.callback,
		"POST /cases/{id}/approval":    visit.decide,
		"POST /cases/{id}/goodwill":    visit.decide,
		"POST /cases/{id}/denial":      visit.decide,
		"GET /day":                     visit.day,
		"POST /day/{difference}":       visit.resolve,
		"GET /audit":                   visit.audit,
	} {
		method, address, _ := strings.Cut(pattern, " ")
		handle(pattern, page)
		handle(address, func(v visit) error { // any other method
			v.w.Header().Set("Allow", method)
			return failure(http.StatusMethodNotAllowed)
		})
	}
	return mux
}

// serve serves a page, or the page about its error.
func (s *server) serve(w http.ResponseWriter, r *http.Request, page func(visit) error) {
	by, ok := s.who(r)
	if !ok && r.Method == http.MethodGet {
		http.Redirect(w, r, "/sign-in?"+url.Values{"next": {r.URL.RequestURI()}}.Encode(), http.StatusSeeOther)
		return
	}
	v := visit{server: s, w: w, r: r, by: by, status: http.StatusOK}
	r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
	err := r.ParseForm()
	switch {
	case !ok:
		err = failure(http.StatusForbidden)
	case errors.As(err, new(*http.MaxBytesError)):
		err = failure(http.StatusRequestEntityTooLarge)
	case err != nil:
		err = failure(http.StatusBadRequest)
	case r.PathValue("id") != "" && strings.Contains(r.Pattern, " "): // not for a method that no page takes
		v.view, err = s.View(r.Context(), v.id())
	}
	if err == nil {
		err = page(v)
	}
	status := failure(http.StatusInternalServerError)
	if err == nil {
		return
	} else if errors.Is(err, desk.ErrNotFound) {
		status = http.StatusNotFound
	} else if !errors.As(err, &status) {
		s.log.ErrorContext(r.Context(), "page failed", "pattern", r.Pattern, "officer", by.ID, "error", err)
	}
	text := words.Errors[int(status)]
	_ = render(w, int(status), "error", content{Title: text[0], Officer: by, Body: text[1]})
}
