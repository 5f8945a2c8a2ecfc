package refund

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ErrForged: a record is not, to the last bit, one that was made with any of the
// keys.
var ErrForged = errors.New("refund: the record is not authentic")

// A Key authenticates records of decisions. It is the host's secret, and never
// shown: printing or logging it tells only that it is a key. The zero Key makes and
// accepts no record.
type Key struct {
	sum func(text []byte) []byte // a function, into which no verb of package fmt can look
}

// MinKeyBytes is the least length of a key's secret.
const MinKeyBytes = 32

// NewKey returns the key with a copy of the given secret: random bytes from a secret
// store. Fewer than [MinKeyBytes] are refused with an [*InvalidError].
func NewKey(bytes []byte) (Key, error) {
	if len(bytes) < MinKeyBytes {
		return Key{}, &InvalidError{Faults: []Fault{{"key", strconv.Itoa(len(bytes)) + " bytes are fewer than 32"}}}
	}
	secret := slices.Clone(bytes)
	return Key{func(text []byte) []byte {
		h := hmac.New(sha256.New, secret)
		h.Write(text)
		return h.Sum(nil)
	}}, nil
}

// IsZero reports whether k is the zero Key.
func (k Key) IsZero() bool { return k.sum == nil }

// String returns "key", and nothing of the secret.
func (k Key) String() string { return "key" }

// Format writes "key" whatever the verb, and nothing of the secret.
func (k Key) Format(f fmt.State, _ rune) { io.WriteString(f, "key") }

// LogValue returns "key", and nothing of the secret.
func (k Key) LogValue() slog.Value { return slog.StringValue("key") }

// MarshalText returns "key", and nothing of the secret.
func (k Key) MarshalText() ([]byte, error) { return []byte("key"), nil }

// mac returns the line that authenticates a text.
func (k Key) mac(text []byte) []byte {
	return append(hex.AppendEncode([]byte("hmac-sha256 "), k.sum(text)), '\n')
}

// Record returns what to store of the decision so that [Policy.Replay] can give it
// back: its canonical form (see [Digest]) and a last line with the HMAC-SHA256 of
// that under the key. The record names the case, the policy and the outcome by their
// digests; keep the case beside it. The zero Decision and the zero Key are refused
// with an [*InvalidError].
func (d Decision) Record(key Key) ([]byte, error) {
	var f faults
	if d.IsZero() {
		f.add("decision", "is none")
	}
	if key.IsZero() {
		f.add("key", "is required")
	}
	if f != nil {
		return nil, f.err()
	}
	text := d.d.canon().b
	return append(text, key.mac(text)...), nil
}

// Replay gives a recorded decision back: only if the record is authentic under one
// of the keys, the policy and the case are those that it was made on, and the case
// still comes to the same. To change keys, accept the old ones along with the one
// that new records are made with.
//
// It returns an [*InvalidError] for an invalid policy, case or key, an error
// matching [ErrForged] for a record that is not authentic, a [*StaleError] matching
// [ErrStale] that names what differs, and the errors of whatever method made the
// decision, which decides again.
func (p Policy) Replay(c Case, record []byte, keys ...Key) (Decision, error) {
	var f faults
	if p.validate(&f); len(keys) == 0 || slices.ContainsFunc(keys, Key.IsZero) {
		f.add("key", "is required")
	}
	if c.validate(&f); f != nil {
		return Decision{}, f.err()
	}
	text, ok := authentic(record, keys)
	if !ok {
		return Decision{}, ErrForged
	}
	r := parseRecord(text)
	if r == nil {
		return Decision{}, ErrForged
	}
	if now := p.Digest(); now != r.policyDigest {
		return Decision{}, &StaleError{"policy", r.policyDigest, now}
	}
	if now := c.Digest(); now != r.caseDigest {
		return Decision{}, &StaleError{"case", r.caseDigest, now}
	}
	d, err := p.redo(c, r)
	if err != nil {
		return Decision{}, err
	}
	// Whatever the record said beyond what was decided again is not the decision's.
	if !bytes.Equal(d.d.canon().b, text) {
		return Decision{}, ErrForged
	}
	return d, nil
}

// redo decides once more what a record says was decided.
func (p Policy) redo(c Case, r *decision) (Decision, error) {
	switch r.kind {
	case DecisionAuthorized:
		return p.Authorize(c, r.outcomeDigest, Approval{r.officer, r.at, r.amount, r.reason})
	case DecisionGoodwill:
		g := r.goodwill
		g.By, g.At, g.Reason = r.officer, r.at, r.reason
		return p.Goodwill(c, r.outcomeDigest, g)
	case DecisionDeclined:
		return p.Decline(c, r.outcomeDigest, Refusal{r.officer, r.at, r.reason})
	}
	return Decision{}, ErrForged
}

// authentic returns a record's text without its last line, and whether that
// authenticates it under one of the keys. All keys are tried, in the same time
// whichever fits.
func authentic(record []byte, keys []Key) (text []byte, ok bool) {
	end := bytes.LastIndexByte(bytes.TrimSuffix(record, []byte("\n")), '\n') + 1
	text, last := record[:end], record[end:]
	for _, key := range keys {
		if hmac.Equal(last, key.mac(text)) {
			ok = true
		}
	}
	return text, ok
}

// canon returns the canonical form of a decision.
func (d *decision) canon() *canon {
	c := newCanon("decision")
	c.text("kind", d.kind.String())
	c.text("officer.id", d.officer.ID)
	c.text("officer.account", d.officer.Account)
	c.money("officer.limit", d.officer.Limit)
	c.instant("at", d.at)
	c.money("amount", d.amount)
	c.text("reason", d.reason)
	if d.kind == DecisionGoodwill {
		c.money("charges", d.goodwill.Charges)
		c.money("fees", d.goodwill.Fees)
		for i := range d.goodwill.Software {
			c.text("software.name", d.goodwill.Software[i].Name)
			c.money("software.price", d.goodwill.Software[i].Price)
		}
	}
	c.text("policy", d.policyDigest.String())
	c.text("case", d.caseDigest.String())
	c.text("outcome", d.outcomeDigest.String())
	return c
}

// parseRecord reads the canonical form of a decision, without its outcome, or
// returns nil. It is lenient where a comparison with the form of what was decided
// again will tell.
func parseRecord(text []byte) *decision {
	var d decision
	rest, ok := bytes.CutPrefix(text, newCanon("decision").b)
	for ok && len(rest) > 0 {
		var name, value string
		if name, value, rest, ok = cutField(rest); ok {
			ok = d.set(name, value)
		}
	}
	if !ok {
		return nil
	}
	return &d
}

// cutField reads the first line of a canonical form.
func cutField(b []byte) (name, value string, rest []byte, ok bool) {
	head, tail, _ := bytes.Cut(b, []byte{' '})
	size, tail, _ := bytes.Cut(tail, []byte{' '})
	n, err := strconv.ParseUint(string(size), 10, 31)
	if err != nil || n >= uint64(len(tail)) || tail[n] != '\n' {
		return "", "", nil, false
	}
	return string(head), string(tail[:n]), tail[n+1:], true
}

// set sets a field of a decision from its canonical form.
func (d *decision) set(name, value string) bool {
	var err error
	switch name {
	case "kind":
		err = d.kind.UnmarshalText([]byte(value))
	case "officer.id":
		d.officer.ID = value
	case "officer.account":
		d.officer.Account = value
	case "officer.limit":
		err = parseExact(&d.officer.Limit, value)
	case "at":
		d.at, err = parseSeconds(value)
	case "amount":
		err = parseExact(&d.amount, value)
	case "reason":
		d.reason = value
	case "charges":
		err = parseExact(&d.goodwill.Charges, value)
	case "fees":
		err = parseExact(&d.goodwill.Fees, value)
	case "software.name":
		d.goodwill.Software = append(d.goodwill.Software, FreeSoftware{Name: value})
	case "software.price":
		if len(d.goodwill.Software) == 0 {
			return false
		}
		err = parseExact(&d.goodwill.Software[len(d.goodwill.Software)-1].Price, value)
	case "policy":
		d.policyDigest, err = ParseDigest(value)
	case "case":
		d.caseDigest, err = ParseDigest(value)
	case "outcome":
		d.outcomeDigest, err = ParseDigest(value)
	default:
		return false
	}
	return err == nil
}

// parseExact reads an amount of a canonical form, which may be a result and longer
// than an input.
func parseExact(m *Money, value string) error {
	amount, code, _ := strings.Cut(value, " ")
	currency, reason := lookupCurrency(code)
	if reason == "" {
		*m, reason = parseAmount(amount, currency, math.MaxInt)
	}
	if reason != "" {
		return ErrForged
	}
	return nil
}

// parseSeconds reads an instant of a canonical form.
func parseSeconds(value string) (time.Time, error) {
	whole, parts, _ := strings.Cut(value, ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}, err
	}
	nanoseconds, err := strconv.ParseUint(parts, 10, 32)
	return time.Unix(seconds, int64(nanoseconds)).UTC(), err
}
