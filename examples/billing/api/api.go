// Package api is the desk's JSON API for programs, and the receiver of the provider's webhooks.
// Bodies are in the wire format of the library; README.md lists the requests and problems.
package api

import (
	"crypto/sha256"
	"encoding/json"
	"io"
	"log/slog"
	"mime"
	"net/http"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
)

// maxBody is the length of the longest body, as in the wire format.
const maxBody = 1 << 20

type server struct {
	*desk.Desk
	who func(*http.Request) (desk.Officer, bool)
	log *slog.Logger
}

// An endpoint answers an officer's request with a value for JSON.
type endpoint func(r *http.Request, by desk.Officer, body []byte) (any, error)

// Handler returns the handler of all paths below /v1/, and of GET /debug/vars. who returns the
// officer whose token the request has.
func Handler(d *desk.Desk, who func(*http.Request) (desk.Officer, bool), log *slog.Logger) http.Handler {
	a := &server{d, who, log}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/quote", a.serve(a.quote, false))
	mux.HandleFunc("POST /v1/cases/{id}/request", a.serve(a.file, true))
	mux.HandleFunc("GET /v1/cases", a.serve(a.queue, false))
	mux.HandleFunc("GET /v1/cases/{id}", a.serve(a.view, false))
	mux.HandleFunc("POST /v1/cases/{id}/decisions", a.serve(a.decide, true))
	mux.HandleFunc("POST /v1/webhooks/provider", a.webhook)
	mux.HandleFunc("GET /debug/vars", a.serve(a.vars, false))
	mux.HandleFunc("/v1/", func(w http.ResponseWriter, r *http.Request) { write(w)(a.answer(r, nil, desk.ErrNotFound)) })
	return mux
}

// serve returns the handler of an endpoint. If changes is true, it honors Idempotency-Key.
func (a *server) serve(e endpoint, changes bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		by, body, err := a.open(w, r)
		run := func() (int, []byte) {
			var value any
			if err == nil {
				value, err = e(r, by, body)
			}
			return a.answer(r, value, err)
		}
		key := r.Header.Get("Idempotency-Key")
		if err != nil || key == "" || !changes {
			write(w)(run())
			return
		}
		request := sha256.Sum256([]byte(r.Method + " " + r.URL.Path + "\n" + string(body)))
		status, text, err := a.Idempotent(r.Context(), by.ID, key, request, run)
		if err != nil {
			status, text = a.answer(r, nil, err)
		}
		write(w)(status, text)
	}
}

// open returns the officer and the body of a request.
func (a *server) open(w http.ResponseWriter, r *http.Request) (by desk.Officer, body []byte, err error) {
	by, ok := a.who(r)
	kind, _, badKind := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case !ok:
		return by, nil, errToken
	case r.Method == http.MethodPost && (badKind != nil || kind != "application/json"):
		return by, nil, errContentType
	}
	body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	return by, body, err
}

// answer returns the status and the JSON of a value or, if there is an error, of a problem.
func (a *server) answer(r *http.Request, value any, err error) (int, []byte) {
	if err == nil {
		var text []byte
		if text, err = json.Marshal(value); err == nil {
			return http.StatusOK, text
		}
	}
	p := newProblem(err)
	if p.Status == http.StatusInternalServerError {
		a.log.ErrorContext(r.Context(), "request failed", "pattern", r.Pattern, "error", err)
	}
	text, _ := json.Marshal(p) // a problem has no value that JSON lacks
	return p.Status, text
}

func write(w http.ResponseWriter) func(status int, text []byte) {
	return func(status int, text []byte) {
		w.Header().Set("Content-Type", "application/json")
		if status >= 400 {
			w.Header().Set("Content-Type", "application/problem+json")
		}
		if status == http.StatusUnauthorized {
			w.Header().Set("WWW-Authenticate", "Bearer")
		}
		w.WriteHeader(status)
		_, _ = w.Write(text) // an error means that the client has gone
	}
}

// webhook answers 204 only once the event of the provider is stored: the provider sends any other
// again.
func (a *server) webhook(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err == nil {
		err = a.Webhook(r.Context(), r.Header, body)
	}
	if err != nil {
		write(w)(a.answer(r, nil, err))
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
