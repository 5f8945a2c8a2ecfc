package refundtest

import (
	"iter"
	"slices"
	"strconv"
	"strings"
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
	for last := 0; last != cost(&s.example); {
		last = cost(&s.example)
		s.pass()
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
func (s *shrinker) try(change func(*example)) {
	if s.left == 0 {
		return
	}
	e := example{copyPolicy(&s.p), copyCase(&s.c)}
	change(&e)
	if cost(&e) >= cost(&s.example) {
		return
	}
	s.left--
	if b := s.broken(&e); b != nil {
		s.example, s.b = e, b
	}
}

// cost is how much there is to read: lines and elements of lists first of all, then
// characters, of which digits other than nothing take the longest.
func cost(e *example) (n int) {
	n = 100 * (len(e.c.Issues) + len(e.c.Findings) + len(e.p.Holidays))
	for _, line := range source(&e.p, &e.c) {
		n += 100 + len(line)
		for _, digit := range "123456789" {
			n += 3 * strings.Count(line, string(digit))
		}
	}
	return n
}

// pass tries every change once, the coarse ones first.
func (s *shrinker) pass() {
	for _, change := range simpler {
		s.try(change)
	}
	s.drop()
	for i := range s.c.Issues {
		for _, change := range simplerIssue {
			s.try(func(e *example) { change(e, &e.c.Issues[i], i) })
		}
	}
	for i := range s.c.Findings {
		s.try(func(e *example) { e.c.Findings[i].Subject, e.c.Findings[i].Detail = "", "" })
		s.try(func(e *example) { e.c.Findings[i].Severity = refund.SeverityAdvisory })
	}
}

// drop drops elements of lists: long parts first, then one by one.
func (s *shrinker) drop() {
	for _, size := range [...]int{4096, 1024, 256, 64, 16, 8, 4, 2, 1} {
		for from := range parts(len(s.c.Issues), size) {
			s.try(func(e *example) { e.c.Issues = slices.Delete(e.c.Issues, from, from+size) })
		}
		for from := range parts(len(s.c.Findings), size) {
			s.try(func(e *example) { e.c.Findings = slices.Delete(e.c.Findings, from, from+size) })
		}
		for from := range parts(len(s.p.Holidays), size) {
			s.try(func(e *example) { e.p.Holidays = slices.Delete(e.p.Holidays, from, from+size) })
		}
	}
}

// parts yields where the parts of a list begin that have a size, the last one first, so
// that it can be dropped meanwhile.
func parts(length, size int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range length / size {
			if !yield(length - (i+1)*size) {
				return
			}
		}
	}
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
		n := len(e.c.Issues)
		e.c.Issues = e.c.Issues[:min(n, 1)]
		e.c.Subscription.Service.PerInstance = e.c.Subscription.Service.PerInstance.Times(max(n, 1))
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
	func(e *example) { e.c.Request.RecordedBy = "" },
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
		if amount.Sign() == 1 {
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
