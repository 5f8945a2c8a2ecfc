package decision

import (
	"bytes"
	"crypto/ed25519"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/canon"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Facts holds the content of a decision, or of an authentic record, for display. It releases no
// money: only [Replay] returns a [Decision]. The zero Facts mean that no decision was made.
type Facts struct {
	Kind         Kind
	Subscription string
	Officer      Officer
	At           time.Time // in UTC
	Amount       refund.Money
	Refundable   refund.Money // under the guarantee, at the time of the decision
	Refunded     refund.Money // the earlier refunds, at the time of the decision
	Disputed     refund.Money // the open disputes, at the time of the decision
	Reason       string
	Acknowledged []refund.Clause
	Grounds      []refund.Clause // for KindDeclined

	Charges, Fees refund.Money   // for KindGoodwill
	Software      []FreeSoftware // for KindGoodwill

	Policy, Case, Outcome refund.Digest // the digests of the facts decided on

	Digest refund.Digest // that of the decision ([Decision.Digest]), by which books know it

	KeyID string // the id of the key that signed the record; "" if the facts are not from a record
}

// Verify returns the facts of a record that was signed with one of the keys and has not been
// modified. It does not check whether the decision still stands: policy, case and time-zone
// rules may have changed ([Replay] compares them). The keys are public: they cannot create
// records.
//
// Verify returns an error that matches [ErrForged] if the record is not authentic, and a
// [*refund.InvalidError] if a key is missing or is not an Ed25519 public key.
func Verify(record []byte, keys ...ed25519.PublicKey) (Facts, error) {
	var f refund.Faults
	if keysFaults(&f, keys); f != nil {
		return Facts{}, f.Err()
	}
	text, key, err := authentic(record, keys)
	if err != nil {
		return Facts{}, err
	}
	facts, ok := parse(text)
	// Parsing is lenient: it accepts repeated fields, and fields in another order or
	// spelling. So the facts, written again, must be the text.
	form := facts.form()
	if !ok || facts.Kind == 0 || !bytes.Equal(form.Bytes(), text) { // signed, but not written by this package
		return Facts{}, ErrForged
	}
	facts.Digest, facts.KeyID = form.Sum(), KeyID(key)
	return facts, nil
}

// Facts returns the facts of the decision, as [Verify] returns them for its record, but without
// the id of a key. Those of the zero Decision are the zero Facts.
func (d Decision) Facts() Facts {
	if d.IsZero() {
		return Facts{}
	}
	f := d.c.facts()
	f.At, f.Digest = f.At.UTC(), f.form().Sum()
	f.Acknowledged, f.Grounds, f.Software = slices.Clone(f.Acknowledged), slices.Clone(f.Grounds), slices.Clone(f.Software)
	return f
}

// facts returns the facts for the record of a decision, which share its memory.
func (d *content) facts() Facts {
	g := &d.goodwill
	return Facts{
		Kind:         d.kind,
		Subscription: d.outcome.Subscription,
		Officer:      d.officer,
		At:           d.at,
		Amount:       d.amount,
		Refundable:   d.outcome.Refundable,
		Refunded:     d.outcome.Refunded,
		Disputed:     d.outcome.Disputed,
		Reason:       d.reason,
		Acknowledged: d.acknowledged,
		Grounds:      d.grounds,
		Charges:      g.Charges,
		Fees:         g.Fees,
		Software:     g.Software,
		Policy:       d.policyDigest,
		Case:         d.caseDigest,
		Outcome:      d.outcomeDigest,
	}
}

// form returns the canonical form of the facts.
func (f Facts) form() *canon.Form {
	form := canon.New("decision")
	money := func(name string, m refund.Money) {
		if !m.IsZero() {
			form.Text(name, m.String())
		}
	}
	form.Given("kind", f.Kind.String())
	form.Given("subscription", f.Subscription)
	form.Given("officer.id", f.Officer.ID)
	form.Given("officer.account", f.Officer.Account)
	money("officer.limit", f.Officer.Limit)
	form.Instant("at", f.At)
	money("amount", f.Amount)
	money("refundable", f.Refundable)
	money("refunded", f.Refunded)
	money("disputed", f.Disputed)
	form.Given("reason", f.Reason)
	for _, c := range f.Acknowledged {
		form.Text("acknowledged", c.String())
	}
	for _, c := range f.Grounds {
		form.Text("ground", c.String())
	}
	money("charges", f.Charges)
	money("fees", f.Fees)
	for i := range f.Software {
		form.Given("software.name", f.Software[i].Name)
		money("software.price", f.Software[i].Price)
	}
	form.Text("policy", f.Policy.String())
	form.Text("case", f.Case.String())
	form.Text("outcome", f.Outcome.String())
	return form
}

// parse reads the canonical form of a decision.
func parse(text []byte) (Facts, bool) {
	var facts Facts
	rest, ok := canon.CutHead(text, "decision")
	for ok && len(rest) > 0 {
		var name, value string
		if name, value, rest, ok = canon.CutField(rest); ok {
			ok = facts.set(name, value)
		}
	}
	if !ok {
		return Facts{}, false
	}
	return facts, true
}

// set sets a field from the canonical form, and reports whether it is valid. The form has
// no empty fields.
func (f *Facts) set(name, value string) bool {
	if value == "" {
		return false
	}
	text := []byte(value)
	var err error
	switch name {
	case "kind":
		err = f.Kind.UnmarshalText(text)
	case "subscription":
		f.Subscription = value
	case "officer.id":
		f.Officer.ID = value
	case "officer.account":
		f.Officer.Account = value
	case "officer.limit":
		err = f.Officer.Limit.UnmarshalText(text)
	case "at":
		f.At, err = canon.ParseInstant(value)
	case "amount":
		err = f.Amount.UnmarshalText(text)
	case "refundable":
		err = f.Refundable.UnmarshalText(text)
	case "refunded":
		err = f.Refunded.UnmarshalText(text)
	case "disputed":
		err = f.Disputed.UnmarshalText(text)
	case "reason":
		f.Reason = value
	case "acknowledged":
		f.Acknowledged, err = appendClause(f.Acknowledged, text)
	case "ground":
		f.Grounds, err = appendClause(f.Grounds, text)
	case "charges":
		err = f.Charges.UnmarshalText(text)
	case "fees":
		err = f.Fees.UnmarshalText(text)
	case "software.name":
		f.Software = append(f.Software, FreeSoftware{Name: value})
	case "software.price":
		if len(f.Software) == 0 {
			return false
		}
		err = f.Software[len(f.Software)-1].Price.UnmarshalText(text)
	case "policy":
		err = f.Policy.UnmarshalText(text)
	case "case":
		err = f.Case.UnmarshalText(text)
	case "outcome":
		err = f.Outcome.UnmarshalText(text)
	default:
		return false
	}
	return err == nil
}

func appendClause(clauses []refund.Clause, text []byte) ([]refund.Clause, error) {
	var c refund.Clause
	err := c.UnmarshalText(text)
	return append(clauses, c), err
}
