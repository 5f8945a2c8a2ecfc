package refundtest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// source returns lines of Go that build a policy and a case from the fixtures: an assignment
// for each field that differs. A long list is cut off, with a comment.
func source(p *refund.Policy, c *refund.Case) []string {
	w := writer{place: "policy.Location"}
	w.policy(p)
	w.loc = p.Location
	if p.Location == nil || p.Location.String() == "Local" {
		w.loc, w.place = time.UTC, "time.UTC"
	}
	w.subject(c)
	return w.lines
}

type writer struct {
	lines []string
	loc   *time.Location
	place string
}

func (w *writer) set(path, value string) { w.lines = append(w.lines, path+" = "+value) }

// setUnless sets a field unless the fixture has the same value.
func setUnless[V comparable](w *writer, path string, value, fixture V, text func(V) string) {
	if value != fixture {
		w.set(path, text(value))
	}
}

func (w *writer) policy(p *refund.Policy) {
	w.lines = append(w.lines, "policy := refundtest.Policy()")
	is := Policy()
	setUnless(w, "policy.Version", p.Version, is.Version, quoted)
	setUnless(w, "policy.WindowDays", p.WindowDays, is.WindowDays, strconv.Itoa)
	switch {
	case p.Location == nil:
		w.set("policy.Location", "nil")
	case p.Location == time.UTC:
		w.set("policy.Location", "time.UTC")
	case p.Location.String() == "Local":
		w.set("policy.Location", "time.Local")
	case p.Location.String() != is.Location.String():
		w.set("policy.Location, _", "time.LoadLocation("+quoted(p.Location.String())+")")
	}
	if p.DeskLocation != nil {
		w.set("policy.DeskLocation, _", "time.LoadLocation("+quoted(p.DeskLocation.String())+")")
	}
	w.loc = time.UTC
	if !p.Effective.Equal(is.Effective) {
		w.set("policy.Effective", w.time(p.Effective))
	}
	w.hours(&p.Hours, &is.Hours)
	if len(p.SpecialDays) > 0 {
		days := slices.SortedFunc(maps.Keys(p.SpecialDays), refund.Date.Compare)
		w.set("policy.SpecialDays", "refund.SpecialDays{"+elements(days, func(d refund.Date) string {
			return fmt.Sprintf("{Year: %d, Month: %d, Day: %d}: ", d.Year, d.Month, d.Day) + openingsSource(p.SpecialDays[d])
		})+"}")
	}
	setUnless(w, "policy.CallbackAfter", p.CallbackAfter, is.CallbackAfter, length)
	setUnless(w, "policy.CallbackWithin", p.CallbackWithin, is.CallbackWithin, length)
	r := p.Readings
	setUnless(w, "policy.Readings.DayCount", r.DayCount, is.Readings.DayCount, constant)
	setUnless(w, "policy.Readings.DeductFrom", r.DeductFrom, is.Readings.DeductFrom, constant)
	setUnless(w, "policy.Readings.ResolvedUntil", r.ResolvedUntil, is.Readings.ResolvedUntil, constant)
	setUnless(w, "policy.Readings.CallbackClock", r.CallbackClock, is.Readings.CallbackClock, constant)
	setUnless(w, "policy.Readings.OneTime", r.OneTime, is.Readings.OneTime, constant)
	setUnless(w, "policy.Readings.ReleasedAmount", r.ReleasedAmount, is.Readings.ReleasedAmount, constant)
	setUnless(w, "policy.Readings.GoodwillAfter", r.GoodwillAfter, is.Readings.GoodwillAfter, constant)
	if !slices.Equal(p.Required, is.Required) {
		w.set("policy.Required", "[]refund.Clause{"+elements(p.Required, constant)+"}")
	}
}

func (w *writer) subject(c *refund.Case) {
	w.lines = append(w.lines, "c := refundtest.Case()")
	is := Case()
	s := &c.Subscription
	setUnless(w, "c.Subscription.ID", s.ID, is.Subscription.ID, quoted)
	setUnless(w, "c.Subscription.Account", s.Account, is.Subscription.Account, quoted)
	setUnless(w, "c.Subscription.Service.Code", s.Service.Code, is.Subscription.Service.Code, quoted)
	setUnless(w, "c.Subscription.Service.Billing", s.Service.Billing, is.Subscription.Service.Billing, constant)
	w.money("c.Subscription.Service.PerInstance", s.Service.PerInstance, is.Subscription.Service.PerInstance)
	w.when("c.Subscription.Start", s.Start, is.Subscription.Start)
	w.money("c.Subscription.Price", s.Price, is.Subscription.Price)
	w.money("c.Subscription.Paid", s.Paid, is.Subscription.Paid)
	w.money("c.Subscription.Refunded", s.Refunded, is.Subscription.Refunded)
	w.money("c.Subscription.Disputed", s.Disputed, is.Subscription.Disputed)
	switch {
	case c.Issues == nil:
		w.set("c.Issues", "nil")
	case len(c.Issues) > 0:
		w.set("c.Issues", "refund.IssueLog{"+elements(c.Issues, w.issue)+"}")
	}
	r := &c.Request
	w.when("c.Request.At", r.At, is.Request.At)
	setUnless(w, "c.Request.By", r.By, is.Request.By, quoted)
	setUnless(w, "c.Request.RecordedBy", r.RecordedBy, is.Request.RecordedBy, quoted)
	setUnless(w, "c.Request.Channel", r.Channel, is.Request.Channel, constant)
	setUnless(w, "c.Request.Reason", r.Reason, is.Request.Reason, quoted)
	w.when("c.Request.CalledBack", r.CalledBack, is.Request.CalledBack)
	if len(c.Findings) > 0 {
		w.set("c.Findings", "[]refund.Finding{"+elements(c.Findings, findingSource)+"}")
	}
}

func (w *writer) money(path string, m, fixture refund.Money) {
	switch {
	case m.Equal(fixture):
	case m.IsZero():
		w.set(path, "refund.Money{}")
	default:
		w.set(path, "refund.MustMoney("+quoted(m.Amount())+", "+quoted(m.Currency().Code())+")")
	}
}

func (w *writer) when(path string, at, fixture time.Time) {
	if !at.Equal(fixture) {
		w.set(path, w.time(at))
	}
}

// time writes an instant as a day of the fixtures, or in the policy's location. If the
// location shows another instant at the same time of day, it writes UTC.
func (w *writer) time(at time.Time) string {
	if at.IsZero() {
		return "time.Time{}"
	}
	for n := range 60 {
		if at.Equal(Day(n)) {
			return "refundtest.Day(" + strconv.Itoa(n) + ")"
		}
	}
	place := w.place
	local := at.In(w.loc)
	year, month, day := local.Date()
	hour, minute, second := local.Clock()
	if w.loc == time.UTC {
		place = "time.UTC"
	} else if !time.Date(year, month, day, hour, minute, second, local.Nanosecond(), w.loc).Equal(at) {
		utc := writer{loc: time.UTC}
		return utc.time(at)
	}
	return fmt.Sprintf("time.Date(%d, %d, %d, %d, %d, %d, %d, %s)", year, month, day, hour, minute, second, local.Nanosecond(), place)
}

func (w *writer) issue(i refund.Issue) string {
	if i.Subscription == "" {
		switch {
		case i.Resolved.IsZero():
			return "refundtest.Unresolved(" + quoted(i.ID) + ", " + w.time(i.Opened) + ")"
		case i.Opened.Equal(i.Resolved.Add(-24 * time.Hour)):
			return "refundtest.Resolved(" + quoted(i.ID) + ", " + w.time(i.Resolved) + ")"
		}
	}
	text := "{ID: " + quoted(i.ID)
	if i.Subscription != "" {
		text += ", Subscription: " + quoted(i.Subscription)
	}
	text += ", Opened: " + w.time(i.Opened)
	if !i.Resolved.IsZero() {
		text += ", Resolved: " + w.time(i.Resolved)
	}
	return text + "}"
}

// openingsSource writes the openings of a day without their type.
func openingsSource(openings []refund.Opening) string {
	return "{" + elements(openings, func(o refund.Opening) string {
		return "{Opens: " + length(o.Opens) + ", Closes: " + length(o.Closes) + "}"
	}) + "}"
}

func findingSource(f refund.Finding) string {
	text := "{Clause: " + constant(f.Clause) + ", Severity: " + constant(f.Severity)
	if f.Subject != "" {
		text += ", Subject: " + quoted(f.Subject)
	}
	if f.Detail != "" {
		text += ", Detail: " + quoted(f.Detail)
	}
	return text + "}"
}

// elements writes the first elements of a list and the number of the others.
func elements[E any](list []E, text func(E) string) string {
	const most = 6
	var b strings.Builder
	for i, element := range list[:min(len(list), most)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(text(element))
	}
	if more := len(list) - most; more > 0 {
		fmt.Fprintf(&b, " /* and %d more */", more)
	}
	return b.String()
}

// length writes a duration.
func length(d time.Duration) string {
	for _, unit := range [...]struct {
		name string
		of   time.Duration
	}{{"time.Hour", time.Hour}, {"time.Minute", time.Minute}, {"time.Second", time.Second}} {
		if d != 0 && d%unit.of == 0 {
			return strconv.FormatInt(int64(d/unit.of), 10) + "*" + unit.name
		}
	}
	return strconv.FormatInt(int64(d), 10)
}

// constant writes the name of a constant: the type's name and the words of its code.
func constant[E interface {
	~uint8
	MarshalText() ([]byte, error)
}](e E) string {
	code, err := e.MarshalText()
	if err != nil || len(code) == 0 {
		return strconv.Itoa(int(e))
	}
	name := fmt.Sprintf("%T", e)
	for word := range strings.FieldsFuncSeq(string(code), func(r rune) bool { return r == '_' || r == '-' }) {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name
}

// hours sets the openings that differ, in a loop if Monday to Friday have the same.
func (w *writer) hours(hours, is *refund.Hours) {
	week := hours[time.Monday : time.Friday+1]
	alike := !slices.ContainsFunc(week, func(o []refund.Opening) bool { return !slices.Equal(o, week[0]) })
	loop := alike && !slices.Equal(week[0], is[time.Monday])
	if loop {
		w.lines = append(w.lines, "for day := time.Monday; day <= time.Friday; day++ { policy.Hours[day] = "+dayHours(week[0])+" }")
	}
	for day := range hours {
		weekday := time.Monday <= time.Weekday(day) && time.Weekday(day) <= time.Friday
		if !(loop && weekday) && !slices.Equal(hours[day], is[day]) {
			w.set("policy.Hours[time."+time.Weekday(day).String()+"]", dayHours(hours[day]))
		}
	}
}

func dayHours(openings []refund.Opening) string {
	if len(openings) == 0 {
		return "nil"
	}
	return "[]refund.Opening" + openingsSource(openings)
}
