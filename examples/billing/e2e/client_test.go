package e2e_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A client is a program that uses the API of the copies in turn, as a careful one does: it
// repeats a request without an answer with the same key.
type client struct {
	copies *relay
	token  string
	http   http.Client
}

// A problem is an answer that is not 200.
type problem struct {
	Status int
	Type   string
	Gates  []struct{ Gate string }
}

func (p *problem) Error() string { return fmt.Sprintf("%d %s %v", p.Status, p.Type, p.Gates) }

// patience is how long a client repeats a request.
const patience = 2 * time.Minute

// post sends a request until there is an answer that is not a server error. A request whose
// copy was killed is in progress for a minute: then the client takes a new key.
func (c *client) post(path, key, body string) error {
	var last error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		last = c.send(path, key, body)
		p, ok := last.(*problem)
		switch {
		case last == nil:
			return nil
		case ok && strings.HasSuffix(p.Type, "/in-progress"):
			key += "+"
		case ok && p.Status < 500:
			return last
		}
	}
	return fmt.Errorf("no answer: %w", last)
}

func (c *client) send(path, key, body string) error {
	r, err := http.NewRequest(http.MethodPost, c.copies.pick()+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	answer, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode == http.StatusOK {
		return err
	}
	p := &problem{Status: answer.StatusCode}
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(p); err != nil {
		return fmt.Errorf("status %d: %w", answer.StatusCode, err)
	}
	p.Status = answer.StatusCode
	return p
}

// file files the request of a customer. If the copy was killed after it had filed it, the answer
// to the new key is that there is one.
func (c *client) file(id string, at time.Time) error {
	err := c.post("/v1/cases/"+id+"/request", "file "+id, fmt.Sprintf(`{"at":%q,"by":%q,"channel":"email","reason":"slow"}`,
		at.UTC().Format(time.RFC3339), "ACC-"+id))
	if p, ok := err.(*problem); ok && strings.HasSuffix(p.Type, "/decided") {
		return nil
	}
	return err
}

// approve approves the refund that the outcome allows. Each attempt has a key of its own: a
// refused one may be allowed later, for the same outcome.
func (c *client) approve(id string, shown refund.Digest, amount refund.Money) error {
	return c.post("/v1/cases/"+id+"/decisions", rand.Text(), fmt.Sprintf(
		`{"outcome":%q,"approval":{"amount":{"amount":%q,"currency":%q}}}`, shown, amount.Amount(), amount.Currency()))
}
