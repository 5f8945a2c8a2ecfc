package refund

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/canon"
)

// A Digest names a policy, a case, an outcome or a decision by its content: the
// SHA-256 of its canonical form. Equal things have equal digests, and a digest can
// be stored, sent with a form, and compared later with ==. The zero Digest names
// nothing.
//
// # The canonical form
//
// A canonical form is lines. The first is what it is of, such as "refundpolicy case
// 1", where 1 is the version of the form. Each other line is a field: its name, a
// blank, the length of its value in bytes, a blank, and the value. Fields come in a
// fixed order; those that are not given are left out, and so is an amount given back
// before of nothing. A code is its text ("unset" if it is), an amount "199.99 USD",
// an instant the seconds since 1970, a point and the nine digits of the nanoseconds
// after them, a duration its nanoseconds with "ns". Lists that have no order of their
// own are sorted. No sentence of this package is in it, so that rewording one changes
// no digest.
type Digest [sha256.Size]byte

// ParseDigest reads the text of [Digest.String]: 64 hexadecimal digits, in lower
// case.
func ParseDigest(s string) (Digest, error) {
	var d Digest
	if len(s) == hex.EncodedLen(len(d)) && strings.ToLower(s) == s {
		if _, err := hex.Decode(d[:], []byte(s)); err == nil {
			return d, nil
		}
	}
	return Digest{}, &InvalidError{Faults: []Fault{{"digest", "is not 64 hexadecimal digits in lower case"}}}
}

// IsZero reports whether d is the zero Digest, which names nothing.
func (d Digest) IsZero() bool { return d == Digest{} }

// String returns 64 hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText returns the text of [Digest.String], empty for the zero Digest.
func (d Digest) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads a digest as [ParseDigest] does; an empty text is the zero
// Digest.
func (d *Digest) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Digest{}
		return nil
	}
	parsed, err := ParseDigest(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Digest names the policy by its content: every field, Location by its name,
// Holidays and Required as sets.
func (p Policy) Digest() Digest {
	c := formOf("policy")
	c.Given("version", p.Version)
	c.Instant("effective", p.Effective)
	c.Int("window_days", p.WindowDays)
	c.Given("location", locationName(p.Location))
	for day, o := range p.Hours {
		if !o.IsZero() {
			c.Duration("hours."+dayNames[day]+".opens", o.Opens)
			c.Duration("hours."+dayNames[day]+".closes", o.Closes)
		}
	}
	for _, d := range dateSet(p.Holidays) {
		c.Given("holiday", d.String())
	}
	c.Duration("callback_after", p.CallbackAfter)
	c.Duration("callback_within", p.CallbackWithin)
	c.readings(p.Readings)
	for _, clause := range clauseSet(p.Required) {
		c.Given("required", clause.String())
	}
	return c.Sum()
}

// Digest names the case by its content: every field, whatever the order of the
// issues and findings and the locations of the instants.
func (c Case) Digest() Digest {
	f := formOf("case")
	s := &c.Subscription
	f.Given("subscription.id", s.ID)
	f.Given("subscription.account", s.Account)
	f.service(&s.Service)
	f.Instant("subscription.start", s.Start)
	f.money("subscription.price", s.Price)
	f.money("subscription.paid", s.Paid)
	f.earlier("subscription.refunded", s.Refunded)
	if c.Issues != nil {
		f.Int("issues", len(c.Issues))
	}
	issues := slices.Clone(c.Issues)
	slices.SortFunc(issues, compareIssues)
	for i := range issues {
		issue := &issues[i]
		f.Given("issue.id", issue.ID)
		if issue.Subscription != s.ID { // absent means the case's own
			f.Given("issue.subscription", issue.Subscription)
		}
		f.Instant("issue.opened", issue.Opened)
		f.Instant("issue.resolved", issue.Resolved)
	}
	q := &c.Request
	f.Instant("request.at", q.At)
	f.Given("request.by", q.By)
	f.Given("request.recorded_by", q.RecordedBy)
	f.Given("request.channel", q.Channel.String())
	f.Given("request.reason", q.Reason)
	f.Instant("request.called_back", q.CalledBack)
	f.findings(c.Findings)
	return f.Sum()
}

// Digest names the outcome by its content: every field, whatever the order of the
// findings and the locations of the instants. A person who decides states the digest
// of the outcome that was shown ([Policy.Authorize]).
func (o Outcome) Digest() Digest {
	c := formOf("outcome")
	c.Given("subscription", o.Subscription)
	c.Given("verdict", o.Verdict.String())
	c.money("refundable", o.Refundable)
	c.money("entitlement", o.Entitlement)
	c.money("deduction", o.Deduction)
	c.Int("resolved_issues", o.ResolvedIssues)
	c.Instant("window.opens", o.Window.Opens)
	c.Instant("window.closes", o.Window.Closes)
	c.Given("held", strconv.FormatBool(o.Held))
	c.Instant("callback.earliest", o.Callback.Earliest)
	c.Instant("callback.latest", o.Callback.Latest)
	for clause, status := range o.Statuses {
		c.Given("status."+Clause(clause).String(), status.String())
	}
	c.findings(o.Findings)
	b := &o.Basis
	c.Given("policy", b.Policy)
	c.Given("location", b.Location)
	c.Int("window_days", b.WindowDays)
	c.readings(b.Readings)
	c.Given("account", b.Account)
	c.Given("requested_by", b.RequestedBy)
	c.Given("recorded_by", b.RecordedBy)
	c.service(&b.Service)
	c.money("price", b.Price)
	c.money("paid", b.Paid)
	c.earlier("refunded", b.Refunded)
	c.Instant("requested_at", b.RequestedAt)
	c.Given("channel", b.Channel.String())
	c.Instant("called_back", b.CalledBack)
	return c.Sum()
}

func compareIssues(a, b Issue) int {
	return cmp.Or(
		strings.Compare(a.ID, b.ID),
		strings.Compare(a.Subscription, b.Subscription),
		a.Opened.Compare(b.Opened),
		a.Resolved.Compare(b.Resolved),
	)
}

// clauseSet returns the clauses sorted, each once.
func clauseSet(clauses []Clause) []Clause {
	set := slices.Clone(clauses)
	slices.Sort(set)
	return slices.Compact(set)
}

// A form is a canonical form of values of this package.
type form struct{ *canon.Form }

func formOf(thing string) form { return form{canon.New(thing)} }

func (c form) money(name string, m Money) {
	if !m.IsZero() {
		c.Text(name, m.String())
	}
}

// earlier appends an amount for which zero means the same as absent.
func (c form) earlier(name string, m Money) {
	if m.Sign() != 0 {
		c.Text(name, m.String())
	}
}

func (c form) readings(r Readings) {
	c.Given("readings.day_count", r.DayCount.String())
	c.Given("readings.deduct_from", r.DeductFrom.String())
	c.Given("readings.resolved_until", r.ResolvedUntil.String())
	c.Given("readings.callback_clock", r.CallbackClock.String())
}

func (c form) service(s *ServiceType) {
	c.Given("service.code", s.Code)
	c.Given("service.billing", s.Billing.String())
	c.money("service.per_instance", s.PerInstance)
}

func (c form) findings(findings []Finding) {
	sorted := slices.Clone(findings)
	slices.SortFunc(sorted, compareFindings)
	for i := range sorted {
		f := &sorted[i]
		c.Given("finding.clause", f.Clause.String())
		c.Given("finding.severity", f.Severity.String())
		c.Given("finding.subject", f.Subject)
		c.Given("finding.detail", f.Detail)
	}
}
