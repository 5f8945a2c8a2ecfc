package decision

import (
	"bytes"
	"crypto/hmac"
	"errors"
	"slices"

	"github.com/kasperinfotech/refundpolicy/internal/canon"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// ErrForged is the error for a record that was not made with any of the keys, or that
// was changed since.
var ErrForged = errors.New("decision: the record is not authentic")

// Record returns the bytes to store, from which [Replay] returns the decision again: its
// canonical form (see [refund.Digest]) and a last line with the HMAC-SHA256 of that form
// under the key. The record names the case, the policy and the outcome by their digests;
// store the case beside it. The zero Decision and the zero Key are refused with a
// [*refund.InvalidError].
func (d Decision) Record(key Key) ([]byte, error) {
	var f refund.Faults
	if d.IsZero() {
		f.Add("decision", "is required")
	}
	if key.IsZero() {
		f.Add("key", "is required")
	}
	if f != nil {
		return nil, f.Err()
	}
	text := d.c.form().Bytes()
	return append(text, key.mac(text)...), nil
}

// Replay returns a recorded decision: only if the record is authentic under one of the
// keys, the policy and the case are those of the decision, and the case still has the
// same outcome. To change keys, accept the old ones along with the one that new records
// are made with.
//
// It returns a [*refund.InvalidError] for an invalid policy, case or key, an error
// matching [ErrForged] for a record that is not authentic, a [*StaleError] matching
// [ErrStale] that names what differs, and the errors of [Approve], [Grant] or [Decline],
// which decides again.
func Replay(p refund.Policy, c refund.Case, record []byte, keys ...Key) (Decision, error) {
	var f refund.Faults
	f.Merge(p.Validate())
	if len(keys) == 0 || slices.ContainsFunc(keys, Key.IsZero) {
		f.Add("key", "is required")
	}
	f.Merge(c.Validate())
	if f != nil {
		return Decision{}, f.Err()
	}
	text, ok := authentic(record, keys)
	if !ok {
		return Decision{}, ErrForged
	}
	recorded, ok := parse(text)
	if !ok {
		return Decision{}, ErrForged
	}
	if now := p.Digest(); now != recorded.policyDigest {
		return Decision{}, &StaleError{"policy", recorded.policyDigest, now}
	}
	if now := c.Digest(); now != recorded.caseDigest {
		return Decision{}, &StaleError{"case", recorded.caseDigest, now}
	}
	d, err := recorded.again(p, c)
	if err != nil {
		return Decision{}, err
	}
	// The record must not say more than what was decided again.
	if !bytes.Equal(d.c.form().Bytes(), text) {
		return Decision{}, ErrForged
	}
	return d, nil
}

// again decides what a record says was decided.
func (d *content) again(p refund.Policy, c refund.Case) (Decision, error) {
	switch d.kind {
	case KindApproved:
		return Approve(p, c, d.outcomeDigest, Approval{d.officer, d.at, d.amount, d.reason})
	case KindGoodwill:
		g := d.goodwill
		g.By, g.At, g.Reason = d.officer, d.at, d.reason
		return Grant(p, c, d.outcomeDigest, g)
	case KindDeclined:
		return Decline(p, c, d.outcomeDigest, Denial{d.officer, d.at, d.reason})
	}
	return Decision{}, ErrForged
}

// authentic returns a record's text without its last line, and whether that line
// authenticates it under one of the keys. It tries every key, so that the time does not
// show which one fits.
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

// form returns the canonical form of a decision.
func (d *content) form() *canon.Form {
	f := canon.New("decision")
	f.Given("kind", d.kind.String())
	f.Given("officer.id", d.officer.ID)
	f.Given("officer.account", d.officer.Account)
	giveMoney(f, "officer.limit", d.officer.Limit)
	f.Instant("at", d.at)
	giveMoney(f, "amount", d.amount)
	f.Given("reason", d.reason)
	if d.kind == KindGoodwill {
		giveMoney(f, "charges", d.goodwill.Charges)
		giveMoney(f, "fees", d.goodwill.Fees)
		for i := range d.goodwill.Software {
			f.Given("software.name", d.goodwill.Software[i].Name)
			giveMoney(f, "software.price", d.goodwill.Software[i].Price)
		}
	}
	f.Given("policy", d.policyDigest.String())
	f.Given("case", d.caseDigest.String())
	f.Given("outcome", d.outcomeDigest.String())
	return f
}

func giveMoney(f *canon.Form, name string, m refund.Money) {
	if !m.IsZero() {
		f.Text(name, m.String())
	}
}

// parse reads the canonical form of a decision, without its outcome. It is lenient where
// comparing the text with the form of what was decided again finds the difference.
func parse(text []byte) (*content, bool) {
	var d content
	rest, ok := canon.CutHead(text, "decision")
	for ok && len(rest) > 0 {
		var name, value string
		if name, value, rest, ok = canon.CutField(rest); ok {
			ok = d.set(name, value)
		}
	}
	return &d, ok
}

// set sets a field of a decision from its canonical form, which has no empty fields.
func (d *content) set(name, value string) bool {
	if value == "" {
		return false
	}
	text := []byte(value)
	var err error
	switch name {
	case "kind":
		err = d.kind.UnmarshalText(text)
	case "officer.id":
		d.officer.ID = value
	case "officer.account":
		d.officer.Account = value
	case "officer.limit":
		err = d.officer.Limit.UnmarshalText(text)
	case "at":
		d.at, err = canon.ParseInstant(value)
	case "amount":
		err = d.amount.UnmarshalText(text)
	case "reason":
		d.reason = value
	case "charges":
		err = d.goodwill.Charges.UnmarshalText(text)
	case "fees":
		err = d.goodwill.Fees.UnmarshalText(text)
	case "software.name":
		d.goodwill.Software = append(d.goodwill.Software, FreeSoftware{Name: value})
	case "software.price":
		if len(d.goodwill.Software) == 0 {
			return false
		}
		err = d.goodwill.Software[len(d.goodwill.Software)-1].Price.UnmarshalText(text)
	case "policy":
		err = d.policyDigest.UnmarshalText(text)
	case "case":
		err = d.caseDigest.UnmarshalText(text)
	case "outcome":
		err = d.outcomeDigest.UnmarshalText(text)
	default:
		return false
	}
	return err == nil
}
