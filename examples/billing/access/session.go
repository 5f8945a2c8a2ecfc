package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
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

// session returns the cookie of an officer who has signed in. The empty id signs out.
func (g *Gate) session(id string) *http.Cookie {
	c := &http.Cookie{Name: "session", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: g.Secure}
	if g.Secure {
		c.Name = "__Host-session" // browsers accept it only from this host, with Secure
	}
	if id == "" {
		c.MaxAge = -1
		return c
	}
	now := g.Now()
	c.MaxAge = int(lifetime.Seconds())
	text := fmt.Sprintf("%d %d %q", now.Unix(), now.Add(lifetime).Unix(), id)
	c.Value = base64.RawURLEncoding.EncodeToString(append(g.mac(text), text...))
	return c
}

// Officer returns the officer who is signed in.
func (g *Gate) Officer(r *http.Request) (desk.Officer, bool) {
	c, err := r.Cookie(g.session("").Name)
	if err != nil {
		return desk.Officer{}, false
	}
	b, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(b) < sha256.Size {
		return desk.Officer{}, false
	}
	text := string(b[sha256.Size:])
	var from, to int64
	var id string
	if !hmac.Equal(b[:sha256.Size], g.mac(text)) {
		return desk.Officer{}, false
	}
	if _, err := fmt.Sscanf(text, "%d %d %q", &from, &to, &id); err != nil {
		return desk.Officer{}, false
	}
	// The clock of the copy that issued the cookie may be a little ahead.
	if now := g.Now().Unix(); now < from-60 || now >= to {
		return desk.Officer{}, false
	}
	o, err := g.Officers.Officer(r.Context(), id)
	return o, err == nil
}

func (g *Gate) mac(text string) []byte {
	h := hmac.New(sha256.New, g.Key)
	h.Write([]byte("session " + text))
	return h.Sum(nil)
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
