package access

import (
	"context"
	"errors"
	"log/slog"
	"maps"
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

var headers = http.Header{
	"Content-Security-Policy":      {"default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"no-referrer"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Cache-Control":                {"no-store"},
}

// Handler returns next with the sign-in, behind the checks and with the headers of every
// answer. It refuses an unsafe request that a page of another origin has sent.
func (g *Gate) Handler(next http.Handler) http.Handler {
	var names, networks throttle
	mux := http.NewServeMux()
	mux.Handle("/", next)
	mux.HandleFunc("GET /sign-in", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm() // for the next page
		g.Page(w, r, "", http.StatusOK)
	})
	mux.HandleFunc("POST /sign-in", func(w http.ResponseWriter, r *http.Request) { g.signIn(w, r, &names, &networks) })
	mux.HandleFunc("POST /sign-out", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, g.cookie("", -1))
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	})
	safe := http.NewCrossOriginProtection().Handler(mux)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), headers)
		if g.Secure {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		safe.ServeHTTP(w, r)
	})
}

func (g *Gate) signIn(w http.ResponseWriter, r *http.Request, names, networks *throttle) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	if r.ParseForm() != nil {
		g.Page(w, r, "The form could not be read.", http.StatusBadRequest)
		return
	}
	ctx, now, from, name := r.Context(), g.Now(), network(r.RemoteAddr), r.PostForm.Get("officer")
	if networks.add(from, 1, now) > 100 || names.add(name, 1, now) > 10 {
		g.Log.WarnContext(ctx, "sign-in throttled")
		w.Header().Set("Retry-After", "900")
		g.Page(w, r, "Too many attempts. Try again in 15 minutes.", http.StatusTooManyRequests)
		return
	}
	o, err := g.Officers.SignIn(ctx, name, r.PostForm.Get("password"))
	denied := errors.Is(err, ErrDenied)
	if denied {
		o, _ = g.Officers.Officer(ctx, name) // an unknown name may be a password in the wrong field
		err = g.Record(ctx, o.ID, "denied")
	} else if err == nil {
		err = g.Record(ctx, o.ID)
	}
	switch {
	case err != nil:
		g.Log.ErrorContext(ctx, "sign-in failed", "error", err)
		g.Page(w, r, "Sign-in is not possible at the moment. Try again later.", http.StatusServiceUnavailable)
	case denied:
		g.Log.InfoContext(ctx, "sign-in denied")
		g.Page(w, r, "The name or the password is wrong.", http.StatusUnauthorized)
	default:
		g.Log.InfoContext(ctx, "signed in", "officer", o.ID)
		names.add(name, -10, now) // a right password starts the count again
		networks.add(from, -1, now)
		http.SetCookie(w, g.cookie(g.session(now.Unix(), o.ID), int(lifetime.Seconds())))
		http.Redirect(w, r, local(r.PostForm.Get("next")), http.StatusSeeOther)
	}
}

// local returns the address of a page of this program, or "/" in place of any other address.
func local(address string) string {
	// Browsers ignore tabs in an address, and read \ as /. Parse refuses the former.
	_, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.Contains(address, `\`) {
		return "/"
	}
	return address
}
