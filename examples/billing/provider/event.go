package provider

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// Tolerance is how far the instant of a signature may be from now.
	Tolerance = 5 * time.Minute

	// SignatureHeader is the header of a webhook with its signature.
	SignatureHeader = "Provider-Signature"
)

// Sign returns the value of the SignatureHeader: "t=SECONDS,v1=HEX", the instant of signing, and
// the HMAC-SHA256 of "SECONDS.BODY" with the secret.
func Sign(secret string, body []byte, at time.Time) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
	return fmt.Sprintf("t=%d,v1=%x", at.Unix(), mac.Sum(nil))
}

// Event implements [Provider].
func (c *Client) Event(header http.Header, body []byte, now time.Time) (Event, error) {
	signed := header.Get(SignatureHeader)
	stamp, _, _ := strings.Cut(strings.TrimPrefix(signed, "t="), ",")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	at := time.Unix(seconds, 0)
	if err != nil || c.secret == "" || !hmac.Equal([]byte(signed), []byte(Sign(c.secret, body, at))) {
		return Event{}, ErrForged
	}
	if age := now.Sub(at); age > Tolerance || age < -Tolerance {
		return Event{}, ErrReplayed
	}
	var got struct {
		ID   string
		Data Record
	}
	if json.Unmarshal(body, &got) != nil || got.ID == "" {
		return Event{}, ErrMalformed
	}
	fact, err := got.Data.fact()
	if err != nil {
		return Event{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	result := got.Data.result()
	e := Event{ID: got.ID, Subscription: got.Data.Subscription, At: result.At, Fact: fact}
	if got.Data.Type == "refund" && got.Data.Key != "" {
		e.Key, e.State = got.Data.Key, result.State
	}
	return e, nil
}
