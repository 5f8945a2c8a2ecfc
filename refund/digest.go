package refund

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
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
	c := newCanon("policy")
	c.text("version", p.Version)
	c.instant("effective", p.Effective)
	c.int("window_days", p.WindowDays)
	c.text("location", locationName(p.Location))
	for day, o := range p.Hours {
		if !o.IsZero() {
			c.duration("hours."+dayNames[day]+".opens", o.Opens)
			c.duration("hours."+dayNames[day]+".closes", o.Closes)
		}
	}
	for _, d := range dateSet(p.Holidays) {
		c.text("holiday", d.String())
	}
	c.duration("callback_after", p.CallbackAfter)
	c.duration("callback_within", p.CallbackWithin)
	c.readings(p.Readings)
	for _, clause := range clauseSet(p.Required) {
		c.text("required", clause.String())
	}
	return c.sum()
}

// Digest names the case by its content: every field, whatever the order of the
// issues and findings and the locations of the instants.
func (c Case) Digest() Digest {
	f := newCanon("case")
	s := &c.Subscription
	f.text("subscription.id", s.ID)
	f.text("subscription.account", s.Account)
	f.service(&s.Service)
	f.instant("subscription.start", s.Start)
	f.money("subscription.price", s.Price)
	f.money("subscription.paid", s.Paid)
	f.givenBack("subscription.refunded", s.Refunded)
	if c.Issues != nil {
		f.int("issues", len(c.Issues))
	}
	issues := slices.Clone(c.Issues)
	slices.SortFunc(issues, compareIssues)
	for i := range issues {
		issue := &issues[i]
		f.text("issue.id", issue.ID)
		if issue.Subscription != s.ID { // absent means the case's own
			f.text("issue.subscription", issue.Subscription)
		}
		f.instant("issue.opened", issue.Opened)
		f.instant("issue.resolved", issue.Resolved)
	}
	q := &c.Request
	f.instant("request.at", q.At)
	f.text("request.by", q.By)
	f.text("request.taken_by", q.TakenBy)
	f.text("request.channel", q.Channel.String())
	f.text("request.reason", q.Reason)
	f.instant("request.called_back", q.CalledBack)
	f.findings(c.Findings)
	return f.sum()
}

// Digest names the outcome by its content: every field, whatever the order of the
// findings and the locations of the instants. A person who decides states the digest
// of the outcome that was shown ([Policy.Authorize]).
func (o Outcome) Digest() Digest {
	c := newCanon("outcome")
	c.text("subscription", o.Subscription)
	c.text("verdict", o.Verdict.String())
	c.money("refundable", o.Refundable)
	c.money("entitlement", o.Entitlement)
	c.money("deduction", o.Deduction)
	c.int("resolved_issues", o.ResolvedIssues)
	c.instant("window.opens", o.Window.Opens)
	c.instant("window.closes", o.Window.Closes)
	c.text("held", strconv.FormatBool(o.Held))
	c.instant("callback.earliest", o.Callback.Earliest)
	c.instant("callback.latest", o.Callback.Latest)
	for clause, status := range o.Statuses {
		c.text("status."+Clause(clause).String(), status.String())
	}
	c.findings(o.Findings)
	b := &o.Basis
	c.text("policy", b.Policy)
	c.text("location", b.Location)
	c.int("window_days", b.WindowDays)
	c.readings(b.Readings)
	c.text("account", b.Account)
	c.text("requested_by", b.RequestedBy)
	c.text("taken_by", b.TakenBy)
	c.service(&b.Service)
	c.money("price", b.Price)
	c.money("paid", b.Paid)
	c.givenBack("refunded", b.Refunded)
	c.instant("requested_at", b.RequestedAt)
	c.text("channel", b.Channel.String())
	c.instant("called_back", b.CalledBack)
	return c.sum()
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

// A canon is a canonical form under construction.
type canon struct{ b []byte }

func newCanon(of string) *canon {
	return &canon{append(make([]byte, 0, 2048), "refundpolicy "+of+" 1\n"...)}
}

func (c *canon) sum() Digest { return sha256.Sum256(c.b) }

// text appends a field, unless it is empty.
func (c *canon) text(name, value string) {
	if value == "" {
		return
	}
	c.b = append(c.b, name...)
	c.b = append(c.b, ' ')
	c.b = strconv.AppendInt(c.b, int64(len(value)), 10)
	c.b = append(c.b, ' ')
	c.b = append(c.b, value...)
	c.b = append(c.b, '\n')
}

func (c *canon) int(name string, n int) { c.text(name, strconv.Itoa(n)) }

func (c *canon) money(name string, m Money) {
	if m.IsValid() {
		c.text(name, m.String())
	}
}

// givenBack appends an amount of which nothing is the same as none.
func (c *canon) givenBack(name string, m Money) {
	if !m.IsZero() {
		c.text(name, m.String())
	}
}

func (c *canon) instant(name string, t time.Time) {
	if t.IsZero() {
		return
	}
	b := strconv.AppendInt(nil, t.Unix(), 10)
	b = append(b, '.')
	c.text(name, string(appendPadded(b, t.Nanosecond(), 9)))
}

func (c *canon) duration(name string, d time.Duration) {
	c.text(name, strconv.FormatInt(int64(d), 10)+"ns")
}

func (c *canon) readings(r Readings) {
	c.text("readings.day_count", r.DayCount.String())
	c.text("readings.deduct_from", r.DeductFrom.String())
	c.text("readings.resolved_until", r.ResolvedUntil.String())
	c.text("readings.callback_clock", r.CallbackClock.String())
}

func (c *canon) service(s *ServiceType) {
	c.text("service.code", s.Code)
	c.text("service.billing", s.Billing.String())
	c.money("service.per_instance", s.PerInstance)
}

func (c *canon) findings(findings []Finding) {
	sorted := slices.Clone(findings)
	slices.SortFunc(sorted, compareFindings)
	for i := range sorted {
		f := &sorted[i]
		c.text("finding.clause", f.Clause.String())
		c.text("finding.severity", f.Severity.String())
		c.text("finding.subject", f.Subject)
		c.text("finding.detail", f.Detail)
	}
}
