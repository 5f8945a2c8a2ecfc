package access

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A Gate stands before all handlers of the program. The zero Gate is not valid.
type Gate struct {
	Officers Officers
	Key      []byte // signs sessions; the same for all copies, at least 32 random bytes
	Secure   bool   // browsers reach the program by HTTPS
	Now      func() time.Time
	Log      *slog.Logger

	// Record stores an attempt to sign in, and the reason if it was denied, in the audit table.
	// The officer is "" for an unknown name. Throttled attempts are only logged.
	Record func(ctx context.Context, officer string, refused ...string) error

	// Page writes the page with the form, which posts "officer", "password" and the "next" page
	// to /sign-in.
	Page func(w http.ResponseWriter, r *http.Request, message string, status int)
}

var headers = map[string]string{
	"Content-Security-Policy":      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Cache-Control":                "no-store",
}

// Handler returns next with the sign-in, behind the checks and with the headers of every
// answer. It refuses an unsafe request that a page of another origin has sent.
func (g *Gate) Handler(next http.Handler) http.Handler {
	names, addresses := newThrottle(10), newThrottle(100)
	mux := http.NewServeMux()
	mux.Handle("/", next)
	mux.HandleFunc("GET /sign-in", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // for the next page
		g.Page(w, r, "", http.StatusOK)
	})
	mux.HandleFunc("POST /sign-in", func(w http.ResponseWriter, r *http.Request) { g.signIn(w, r, names, addresses) })
	mux.HandleFunc("POST /sign-out", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, g.session(""))
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	})
	safe := http.NewCrossOriginProtection().Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for name, value := range headers {
			h.Set(name, value)
		}
		if g.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		safe.ServeHTTP(w, r)
	})
}

func (g *Gate) signIn(w http.ResponseWriter, r *http.Request, names, addresses *throttle) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	if r.ParseForm() != nil {
		g.Page(w, r, "The form could not be read.", http.StatusBadRequest)
		return
	}
	name, password := r.PostForm.Get("officer"), r.PostForm.Get("password")
	now := g.Now()
	if !addresses.allow(network(r.RemoteAddr), 1, now) || !names.allow(name, 1, now) {
		g.Log.WarnContext(r.Context(), "sign-in throttled")
		w.Header().Set("Retry-After", "900")
		g.Page(w, r, "Too many attempts. Try again in 15 minutes.", http.StatusTooManyRequests)
		return
	}
	o, err := g.Officers.SignIn(r.Context(), name, password)
	denied := errors.Is(err, ErrDenied)
	if denied {
		o, _ = g.Officers.Officer(r.Context(), name) // an unknown name may be a password in the wrong field
		err = g.Record(r.Context(), o.ID, "denied")
	} else if err == nil {
		err = g.Record(r.Context(), o.ID)
	}
	switch {
	case err != nil:
		g.Log.ErrorContext(r.Context(), "sign-in failed", "error", err)
		g.Page(w, r, "Sign-in is not possible at the moment. Try again later.", http.StatusServiceUnavailable)
	case denied:
		g.Log.InfoContext(r.Context(), "sign-in denied")
		g.Page(w, r, "The name or the password is wrong.", http.StatusUnauthorized)
	default:
		names.allow(name, -10, now) // a right password starts the count again
		addresses.allow(network(r.RemoteAddr), -1, now)
		g.Log.InfoContext(r.Context(), "signed in", "officer", o.ID)
		http.SetCookie(w, g.session(o.ID))
		next := r.PostForm.Get("next")
		// Browsers ignore tabs in an address, and read \ as /. Parse refuses the former.
		if _, err := url.Parse(next); err != nil || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
			next = "/"
		}
		http.Redirect(w, r, next, http.StatusSeeOther)
	}
}
