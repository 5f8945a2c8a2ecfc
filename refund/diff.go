package refund

import (
	"slices"
	"strconv"
	"time"
)

// Diff compares o with p and returns one line for each field that differs: the value in o, then
// the value in p, such as "refundable: 174.99 USD instead of 199.99 USD". After a clause whose
// status differs, the reasons of both follow. Diff returns "" if the outcomes are equal
// ([Outcome.Equal]).
//
//	if diff := got.Diff(want); diff != "" {
//		t.Errorf("wrong outcome:\n%s", diff)
//	}
//
// The text is for people and may be reworded. It quotes ids and findings, so keep it inside
// the company.
func (o Outcome) Diff(p Outcome) string {
	var d diff
	d.quoted("subscription", o.Subscription, p.Subscription)
	d.texts("verdict", o.Verdict.String(), p.Verdict.String())
	d.money("refundable", o.Refundable, p.Refundable)
	d.money("entitlement", o.Entitlement, p.Entitlement)
	d.money("deduction", o.Deduction, p.Deduction)
	d.money("refunded", o.Refunded, p.Refunded)
	d.money("disputed", o.Disputed, p.Disputed)
	d.money("remaining", o.Remaining, p.Remaining)
	d.number("resolved issues", o.ResolvedIssues, p.ResolvedIssues)
	d.instant("window opens", o.Window.Opens, p.Window.Opens)
	d.instant("window closes", o.Window.Closes, p.Window.Closes)
	d.texts("last day", o.Window.LastDay.String(), p.Window.LastDay.String())
	d.instant("call back from", o.Callback.Earliest, p.Callback.Earliest)
	d.instant("call back by", o.Callback.Latest, p.Callback.Latest)
	d.texts("held", strconv.FormatBool(o.Held), strconv.FormatBool(p.Held))
	d.basis(&o.Basis, &p.Basis)
	d.statuses(&o, &p)
	d.findings(o.Findings, p.Findings)
	return string(d.w.b)
}

// A diff is a list of differences under construction.
type diff struct{ w sentence }

// of appends a line with two values that differ; value appends each of them.
func (d *diff) of(name string, value func(w sentence, second bool) sentence) {
	d.w = value(d.w.text(name).text(": "), false).text(" instead of ")
	d.w = value(d.w, true).text("\n")
}

func (d *diff) texts(name, a, b string) {
	if a != b {
		d.of(name, func(w sentence, second bool) sentence { return w.text(choose(second, b, a)) })
	}
}

// quoted is texts for texts from the input.
func (d *diff) quoted(name, a, b string) {
	if a != b {
		d.of(name, func(w sentence, second bool) sentence { return w.text(strconv.Quote(choose(second, b, a))) })
	}
}

func (d *diff) number(name string, a, b int) { d.texts(name, strconv.Itoa(a), strconv.Itoa(b)) }

func (d *diff) money(name string, a, b Money) {
	if !a.Equal(b) {
		d.texts(name, a.String(), b.String())
	}
}

// instant shows two instants in the location of the second.
func (d *diff) instant(name string, a, b time.Time) {
	if a.Equal(b) {
		return
	}
	if !a.IsZero() && !b.IsZero() {
		a = a.In(b.Location())
	}
	d.of(name, func(w sentence, second bool) sentence {
		if second {
			a = b
		}
		if a.IsZero() {
			return w.text("none")
		}
		return w.time(a)
	})
}

func (d *diff) basis(a, b *Basis) {
	d.quoted("policy", a.Policy, b.Policy)
	d.quoted("location", a.Location, b.Location)
	d.number("window days", a.WindowDays, b.WindowDays)
	d.texts("day_count", a.Readings.DayCount.String(), b.Readings.DayCount.String())
	d.texts("deduct_from", a.Readings.DeductFrom.String(), b.Readings.DeductFrom.String())
	d.texts("resolved_until", a.Readings.ResolvedUntil.String(), b.Readings.ResolvedUntil.String())
	d.texts("callback_clock", a.Readings.CallbackClock.String(), b.Readings.CallbackClock.String())
	d.texts("one_time", a.Readings.OneTime.String(), b.Readings.OneTime.String())
	d.texts("released_amount", a.Readings.ReleasedAmount.String(), b.Readings.ReleasedAmount.String())
	d.texts("goodwill_after", a.Readings.GoodwillAfter.String(), b.Readings.GoodwillAfter.String())
	d.quoted("account", a.Account, b.Account)
	d.quoted("requested by", a.RequestedBy, b.RequestedBy)
	d.quoted("recorded by", a.RecordedBy, b.RecordedBy)
	d.quoted("service", a.Service.Code, b.Service.Code)
	d.texts("billing", a.Service.Billing.String(), b.Service.Billing.String())
	d.money("charge", a.Service.PerInstance, b.Service.PerInstance)
	d.money("price", a.Price, b.Price)
	d.money("paid", a.Paid, b.Paid)
	d.instant("requested at", a.RequestedAt, b.RequestedAt)
	d.texts("channel", a.Channel.String(), b.Channel.String())
	d.instant("called back", a.CalledBack, b.CalledBack)
}

func (d *diff) statuses(o, p *Outcome) {
	for c := range o.Statuses {
		if o.Statuses[c] == p.Statuses[c] {
			continue
		}
		clause := Clause(c)
		d.texts(clause.String(), o.Statuses[c].String(), p.Statuses[c].String())
		if clause.IsValid() {
			d.w = o.why(d.w.text("  "), clause).text("\n")
			d.w = p.why(d.w.text("  instead of: "), clause).text("\n")
		}
	}
}

func (d *diff) findings(a, b []Finding) {
	extra, missing := without(a, b), without(b, a)
	d.list("extra", extra)
	d.list("missing", missing)
	if extra == nil && missing == nil && !slices.Equal(a, b) {
		d.w = d.w.text("findings: in another order\n")
	}
}

// list appends the first findings of a list, and the number of the others.
func (d *diff) list(what string, findings []Finding) {
	const most = 10
	for i := range findings[:min(len(findings), most)] {
		f := &findings[i]
		d.w = d.w.text(what).text(" finding: ").text(f.Clause.String()).text(" ").text(f.Severity.String())
		for _, part := range [...]string{f.Subject, f.Detail} {
			if part != "" {
				d.w = d.w.text(" ").text(strconv.Quote(part))
			}
		}
		d.w = d.w.text("\n")
	}
	if more := len(findings) - most; more > 0 {
		d.w = d.w.text(what).text(" findings: ").number(more).text(" more\n")
	}
}

// without returns the findings of list that other does not have, or has less often.
func without(list, other []Finding) (found []Finding) {
	count := map[Finding]int{}
	for _, f := range other {
		count[f]++
	}
	for _, f := range list {
		if count[f]--; count[f] < 0 {
			found = append(found, f)
		}
	}
	return found
}
