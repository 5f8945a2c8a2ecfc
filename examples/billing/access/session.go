package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/billing/desk"
)

// lifetime of a session. A session is a signed cookie, which all copies with the same key
// accept, so signing out ends it only in the browser. To end one before its time, let
// [Officers.Officer] deny the officer.
const lifetime = 8 * time.Hour

// cookie returns the cookie of a session. The age of -1 seconds removes it from the browser.
func (g *Gate) cookie(session string, age int) *http.Cookie {
	name := "session"
	if g.Secure {
		name = "__Host-session" // browsers accept it only from this host, with Secure
	}
	return &http.Cookie{Name: name, Value: session, MaxAge: age, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: g.Secure}
}

// session returns the signed text of a session that an officer began at a Unix time.
func (g *Gate) session(from int64, id string) string {
	text := fmt.Sprintf("%d.%x.", from, id)
	return text + sign(g.Key, "session "+text)
}

// Officer returns the officer who is signed in.
func (g *Gate) Officer(r *http.Request) (desk.Officer, bool) {
	c, err := r.Cookie(g.cookie("", 0).Name)
	if err != nil {
		return desk.Officer{}, false
	}
	var from int64
	var id string
	_, err = fmt.Sscanf(c.Value, "%d.%x.", &from, &id)
	// The clock of the copy that issued the cookie may be a little ahead.
	age := g.Now().Sub(time.Unix(from, 0))
	if err != nil || !hmac.Equal([]byte(c.Value), []byte(g.session(from, id))) || age < -time.Minute || age >= lifetime {
		return desk.Officer{}, false
	}
	o, err := g.Officers.Officer(r.Context(), id)
	return o, err == nil
}

// Bearer returns the officer whose token the request has in its Authorization header.
func (g *Gate) Bearer(r *http.Request) (desk.Officer, bool) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return desk.Officer{}, false
	}
	o, err := g.Officers.Bearer(r.Context(), token)
	return o, err == nil
}

// sign returns the signature of a text with a key.
func sign(key []byte, text string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return fmt.Sprintf("%x", h.Sum(nil))
}
