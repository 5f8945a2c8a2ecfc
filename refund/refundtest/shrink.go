package refundtest

import (
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// shrink returns the simplest policy and case that it finds on which the law is broken
// on the same clause: nearer and nearer to the fixtures, as long as it still is.
func (l Law) shrink(t *trial, b *breach) (example, *breach) {
	s := shrinker{example: example{copyPolicy(t.p), copyCase(t.c)}, b: b, left: 3000}
	s.broken = func(e *example) *breach {
		if !judgeable(&e.p, &e.c) {
			return nil
		}
		found := l.on(newTrial(t.evaluate, &e.p, &e.c))
		if found == nil || found == skip || found.clause != b.clause {
			return nil
		}
		return found
	}
	for s.pass() {
	}
	return s.example, s.b
}

type shrinker struct {
	example
	b      *breach
	broken func(*example) *breach
	left   int // tries
}

// try makes a change, and keeps it if the case is easier to read and the law is still
// broken.
func (s *shrinker) try(change func(*example)) bool {
	if s.left == 0 {
		return false
	}
	e := example{copyPolicy(&s.p), copyCase(&s.c)}
	change(&e)
	if cost(&e) >= cost(&s.example) {
		return false
	}
	s.left--
	b := s.broken(&e)
	if b == nil {
		return false
	}
	s.example, s.b = e, b
	return true
}

// cost is how much there is to read: lines and elements of lists first of all, then
// characters, of which digits other than nothing take the longest.
func cost(e *example) (n int) {
	n = 100 * (len(e.c.Issues) + len(e.c.Findings) + len(e.p.Holidays))
	for _, line := range source(&e.p, &e.c) {
		n += 100 + len(line)
		for i := range len(line) {
			if '1' <= line[i] && line[i] <= '9' {
				n += 3
			}
		}
	}
	return n
}

// pass tries every change once, the coarse ones first, and reports whether one was
// kept.
func (s *shrinker) pass() (kept bool) {
	for _, change := range simpler {
		kept = s.try(change) || kept
	}
	kept = s.drop() || kept
	for i := range s.c.Issues {
		for _, change := range simplerIssue {
			kept = s.try(func(e *example) { change(e, &e.c.Issues[i], i) }) || kept
		}
	}
	for i := range s.c.Findings {
		kept = s.try(func(e *example) { e.c.Findings[i].Subject, e.c.Findings[i].Detail = "", "" }) || kept
		kept = s.try(func(e *example) { e.c.Findings[i].Severity = refund.SeverityAdvisory }) || kept
	}
	return kept && s.left > 0
}

// drop drops elements of lists: halves while they are long, then one by one.
func (s *shrinker) drop() (kept bool) {
	for size := max(len(s.c.Issues), len(s.c.Findings), len(s.p.Holidays)); size > 0; size /= 2 {
		for from := len(s.c.Issues) - size; from >= 0; from -= size {
			kept = s.try(func(e *example) { e.c.Issues = slices.Delete(e.c.Issues, from, from+size) }) || kept
		}
		for from := len(s.c.Findings) - size; from >= 0; from -= size {
			kept = s.try(func(e *example) { e.c.Findings = slices.Delete(e.c.Findings, from, from+size) }) || kept
		}
		for from := len(s.p.Holidays) - size; from >= 0; from -= size {
			kept = s.try(func(e *example) { e.p.Holidays = slices.Delete(e.p.Holidays, from, from+size) }) || kept
		}
	}
	return kept
}

// simpler are changes towards the fixtures, and to amounts that read well.
var simpler = []func(*example){
	func(e *example) { e.p = Policy() },
	func(e *example) { e.p.Location = Policy().Location },
	func(e *example) { e.p.Hours, e.p.Holidays = Policy().Hours, nil },
	func(e *example) { e.p.Hours = Policy().Hours },
	func(e *example) {
		e.p.CallbackAfter, e.p.CallbackWithin = Policy().CallbackAfter, Policy().CallbackWithin
	},
	func(e *example) { e.p.Readings = Policy().Readings },
	func(e *example) { e.p.Readings.DayCount = Policy().Readings.DayCount },
	func(e *example) { e.p.Readings.DeductFrom = Policy().Readings.DeductFrom },
	func(e *example) { e.p.Readings.ResolvedUntil = Policy().Readings.ResolvedUntil },
	func(e *example) { e.p.Readings.CallbackClock = Policy().Readings.CallbackClock },
	func(e *example) {
		e.p.Version, e.p.Effective, e.p.Required = Policy().Version, time.Time{}, Policy().Required
	},
	func(e *example) { e.p.WindowDays = Policy().WindowDays },

	func(e *example) { e.c.Findings = nil },
	func(e *example) { e.c.Issues = refund.IssueLog{} },
	func(e *example) { // one issue at the charge of all
		if n := len(e.c.Issues); n > 1 {
			e.c.Issues = e.c.Issues[:1]
			e.c.Subscription.Service.PerInstance = e.c.Subscription.Service.PerInstance.Times(n)
		}
	},
	func(e *example) { is := Case().Subscription; is.Start = e.c.Subscription.Start; e.c.Subscription = is },
	func(e *example) {
		is := Case().Request
		is.At, is.CalledBack = e.c.Request.At, e.c.Request.CalledBack
		e.c.Request = is
	},
	func(e *example) { e.c.Request.CalledBack = time.Time{} },
	func(e *example) {
		e.c.Request.By, e.c.Subscription.Account = Case().Request.By, Case().Subscription.Account
	},
	func(e *example) { e.c.Request.TakenBy = "" },
	func(e *example) {
		e.c.Request.Channel, e.c.Request.Reason = Case().Request.Channel, Case().Request.Reason
	},
	func(e *example) { e.c.Request.Reason = Case().Request.Reason },
	func(e *example) { e.c.Subscription.ID = Case().Subscription.ID },
	func(e *example) { e.c.Subscription.Service.Code = Case().Subscription.Service.Code },
	func(e *example) { e.c.Subscription.Service.Billing = Case().Subscription.Service.Billing },

	// All at once: they hold each other.
	func(e *example) { e.moveTo(Day(1)) },
	func(e *example) { e.c.Subscription.Start = Day(1) },
	func(e *example) { e.c.Request.At = Case().Request.At },
	func(e *example) { e.c = exchanged(e.c, currencies[0]) },
	func(e *example) { e.money(Case().Subscription.Price) },
	func(e *example) { e.c.Subscription.Refunded = refund.Money{} },
	func(e *example) { e.c.Subscription.Paid = e.c.Subscription.Price },
	func(e *example) { e.c.Subscription.Price = e.c.Subscription.Paid },
	func(e *example) { e.c.Subscription.Service.PerInstance = Case().Subscription.Service.PerInstance },
	func(e *example) { e.c.Subscription.Price = Case().Subscription.Price },
	func(e *example) { e.c.Subscription.Paid = Case().Subscription.Paid },
	func(e *example) { e.c.Subscription.Paid = usd("100.00") },
	func(e *example) { e.c.Subscription.Refunded = usd("10.00") },
	func(e *example) { e.c.Subscription.Service.PerInstance = usd("250.00") },
}

// moveTo moves all instants, so that the subscription starts at another.
func (e *example) moveTo(start time.Time) {
	by := start.Sub(e.c.Subscription.Start)
	everyInstant(&e.c, func(at time.Time) time.Time { return at.Add(by) })
}

// money makes every amount that is not nothing the given one.
func (e *example) money(m refund.Money) {
	s := &e.c.Subscription
	for _, amount := range [...]*refund.Money{&s.Price, &s.Paid, &s.Refunded, &s.Service.PerInstance} {
		if amount.Sign() > 0 {
			*amount = m
		}
	}
}

var simplerIssue = []func(e *example, issue *refund.Issue, i int){
	func(_ *example, issue *refund.Issue, i int) {
		issue.ID, issue.Subscription = "T-"+strconv.Itoa(i+1), ""
	},
	func(_ *example, issue *refund.Issue, i int) { *issue = Resolved(issue.ID, Day(3)) },
	func(_ *example, issue *refund.Issue, i int) { *issue = Unresolved(issue.ID, Day(3)) },
	func(_ *example, issue *refund.Issue, i int) {
		if !issue.Resolved.IsZero() {
			*issue = Resolved(issue.ID, issue.Resolved)
		}
	},
	func(_ *example, issue *refund.Issue, i int) { issue.Opened = Day(2) },
}
