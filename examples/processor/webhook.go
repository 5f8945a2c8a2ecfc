package processor

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// SignatureHeader is the header of a webhook with its signature.
const SignatureHeader = "Processor-Signature"

// Errors of [Verify].
var (
	ErrForged    = errors.New("processor: the webhook is not signed with the secret")
	ErrReplayed  = errors.New("processor: the webhook was signed too long ago, or in the future")
	ErrMalformed = errors.New("processor: the webhook is not an event with a complete record")
)

// An Event is the content of a webhook. A repeated webhook has the same ID.
type Event struct {
	ID   string `json:"id"`
	Data Record `json:"data"` // as the event left it
}

// Sign returns the value of the SignatureHeader: "t=SECONDS,v1=HEX", the instant of signing, and
// the HMAC-SHA256 of "SECONDS.BODY" with the secret.
func Sign(secret string, body []byte, at time.Time) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
	return fmt.Sprintf("t=%d,v1=%x", at.Unix(), mac.Sum(nil))
}

// Verify returns the event of a webhook, whose length the caller has bounded. It returns ErrForged
// unless the body is signed with the secret, which must not be empty; ErrReplayed unless the
// instant of the signature is within the tolerance of now; or ErrMalformed. Within the tolerance, a
// repeated webhook is accepted.
func Verify(header http.Header, body []byte, secret string, now time.Time, tolerance time.Duration) (Event, error) {
	signed := header.Get(SignatureHeader)
	stamp, _, _ := strings.Cut(strings.TrimPrefix(signed, "t="), ",")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	at := time.Unix(seconds, 0)
	if err != nil || secret == "" || !hmac.Equal([]byte(signed), []byte(Sign(secret, body, at))) {
		return Event{}, ErrForged
	}
	if age := now.Sub(at); age > tolerance || age < -tolerance {
		return Event{}, ErrReplayed
	}
	var e Event
	if json.Unmarshal(body, &e) != nil || e.ID == "" || !e.Data.IsComplete() {
		return Event{}, ErrMalformed
	}
	return e, nil
}
