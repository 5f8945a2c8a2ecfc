package refund

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/canon"
)

// Digest returns the digest of the policy. It covers every field, with locations by name and
// Required as a set.
func (p Policy) Digest() Digest {
	c := formOf("policy")
	c.Given("version", p.Version)
	c.Instant("effective", p.Effective)
	c.Int("window_days", p.WindowDays)
	c.Given("location", locationName(p.Location))
	if desk := locationName(p.desk()); desk != locationName(p.Location) { // absent means the same
		c.Given("desk_location", desk)
	}
	for day, openings := range p.Hours {
		c.openings("hours."+dayNames[day], openings)
	}
	for _, day := range slices.SortedFunc(maps.Keys(p.SpecialDays), Date.Compare) {
		c.Text("special_day", day.String())
		c.openings("special_day", p.SpecialDays[day])
	}
	c.Duration("callback_after", p.CallbackAfter)
	c.Duration("callback_within", p.CallbackWithin)
	c.readings(p.Readings)
	for _, clause := range clauseSet(p.Required) {
		c.Given("required", clause.String())
	}
	return c.Sum()
}

// Digest returns the digest of the case. It covers every field, but neither the order
// of the issues and findings nor the locations of the instants.
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
	f.earlier("subscription.disputed", s.Disputed)
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

// Digest returns the digest of the outcome. It covers every field, but neither the order
// of the findings nor the locations of the instants. A decision states the digest of the
// outcome that the officer was shown.
func (o Outcome) Digest() Digest { return o.digest(nil) }

// digest is Digest, using the spare capacity of room ([canon.In]).
func (o *Outcome) digest(room []byte) Digest {
	c := form{canon.In(room, "outcome")}
	c.Given("subscription", o.Subscription)
	c.Given("verdict", o.Verdict.String())
	c.money("refundable", o.Refundable)
	c.money("entitlement", o.Entitlement)
	c.money("deduction", o.Deduction)
	c.earlier("refunded", o.Refunded)
	c.earlier("disputed", o.Disputed)
	c.money("remaining", o.Remaining)
	c.Int("resolved_issues", o.ResolvedIssues)
	c.Instant("window.opens", o.Window.Opens)
	c.Instant("window.closes", o.Window.Closes)
	c.Given("window.last_day", o.Window.LastDay.String())
	c.Given("held", strconv.FormatBool(o.Held))
	c.Instant("callback.earliest", o.Callback.Earliest)
	c.Instant("callback.latest", o.Callback.Latest)
	for clause, status := range o.Statuses {
		c.Given(statusFields[clause], status.String())
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
	c.Instant("requested_at", b.RequestedAt)
	c.Given("channel", b.Channel.String())
	c.Instant("called_back", b.CalledBack)
	return c.Sum()
}

// statusFields holds, for each clause, the name of the field with its status.
var statusFields = func() (names [clauseCount + 1]string) {
	for c := range names {
		names[c] = "status." + Clause(c).String()
	}
	return names
}()

func compareIssues(a, b Issue) int {
	return cmp.Or(
		strings.Compare(a.ID, b.ID),
		strings.Compare(a.Subscription, b.Subscription),
		a.Opened.Compare(b.Opened),
		a.Resolved.Compare(b.Resolved),
	)
}

// clauseSet returns the clauses sorted and without repetitions.
func clauseSet(clauses []Clause) []Clause {
	set := slices.Clone(clauses)
	slices.Sort(set)
	return slices.Compact(set)
}

// A form is a canonical form with methods for the types of this package.
type form struct{ *canon.Form }

func formOf(thing string) form { return form{canon.New(thing)} }

func (c form) money(name string, m Money) {
	if !m.IsZero() {
		var room [64]byte
		c.Value(name, m.append(room[:0]))
	}
}

// earlier appends an earlier refund or an open dispute. An amount of zero means the same
// as a missing one, so neither is written.
func (c form) earlier(name string, m Money) {
	if m.Sign() != 0 {
		c.Text(name, m.String())
	}
}

func (c form) openings(name string, openings []Opening) {
	for _, o := range openings {
		c.Duration(name+".opens", o.Opens)
		c.Duration(name+".closes", o.Closes)
	}
}

func (c form) readings(r Readings) {
	c.Given("readings.day_count", r.DayCount.String())
	c.Given("readings.deduct_from", r.DeductFrom.String())
	c.Given("readings.resolved_until", r.ResolvedUntil.String())
	c.Given("readings.callback_clock", r.CallbackClock.String())
	c.Given("readings.one_time", r.OneTime.String())
	c.Given("readings.released_amount", r.ReleasedAmount.String())
	c.Given("readings.goodwill_after", r.GoodwillAfter.String())
}

func (c form) service(s *ServiceType) {
	c.Given("service.code", s.Code)
	c.Given("service.billing", s.Billing.String())
	c.money("service.per_instance", s.PerInstance)
}

func (c form) findings(findings []Finding) {
	if !slices.IsSortedFunc(findings, compareFindings) { // an outcome's findings are sorted
		findings = slices.Clone(findings)
		slices.SortFunc(findings, compareFindings)
	}
	for i := range findings {
		f := &findings[i]
		c.Given("finding.clause", f.Clause.String())
		c.Given("finding.severity", f.Severity.String())
		c.Given("finding.subject", f.Subject)
		c.Given("finding.detail", f.Detail)
	}
}
