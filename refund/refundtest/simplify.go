package refundtest

import (
	"slices"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// simplify makes the case of a failure as simple as possible while the law stays broken on
// the same clause. Field by field it tries the values of [Policy] and [Case], and it removes
// issues and findings. It is much faster than rapid's shrinking.
func (r *result) simplify(evaluate Evaluator) {
	for progress := true; progress; {
		progress = false
		for _, plainer := range simplifications {
			p, c := copyPolicy(&r.failure.Policy), copyCase(&r.failure.Case)
			plainer(&p, &c)
			progress = r.takes(evaluate, &p, &c) || progress
		}
		for i := len(r.failure.Case.Issues) - 1; i >= 0; i-- {
			c := copyCase(&r.failure.Case)
			c.Issues = slices.Delete(c.Issues, i, i+1)
			progress = r.takes(evaluate, &r.failure.Policy, &c) || progress
		}
		for i := len(r.failure.Case.Findings) - 1; i >= 0; i-- {
			c := copyCase(&r.failure.Case)
			c.Findings = slices.Delete(c.Findings, i, i+1)
			progress = r.takes(evaluate, &r.failure.Policy, &c) || progress
		}
	}
}

// takes makes a case that of the failure if the case is simpler and breaks the law on the
// same clause. It reports whether it did.
func (r *result) takes(evaluate Evaluator, p *refund.Policy, c *refund.Case) bool {
	if toRead(p, c) >= toRead(&r.failure.Policy, &r.failure.Case) {
		return false
	}
	plainer := result{law: r.law}
	if !plainer.try(newTrial(evaluate, p, c)) || plainer.failure.Clause != r.failure.Clause {
		return false
	}
	r.failure = plainer.failure
	return true
}

// toRead returns a measure of a case's size: the length of its source, in which long lists
// are cut off, and the number of its issues and findings.
func toRead(p *refund.Policy, c *refund.Case) int {
	const list = 100
	return len(strings.Join(source(p, c), "")) + list*(len(c.Issues)+len(c.Findings))
}

// simplifications set parts of a policy and case to the values of the fixtures.
var simplifications = func() []func(*refund.Policy, *refund.Case) {
	p, c := Policy(), Case()
	s, q, readings := c.Subscription, c.Request, p.Readings
	return []func(*refund.Policy, *refund.Case){
		func(x *refund.Policy, _ *refund.Case) { x.Version = p.Version },
		func(x *refund.Policy, _ *refund.Case) { x.Effective = p.Effective },
		func(x *refund.Policy, _ *refund.Case) { x.WindowDays = p.WindowDays },
		func(x *refund.Policy, _ *refund.Case) { x.Location = p.Location },
		func(x *refund.Policy, _ *refund.Case) { x.DeskLocation = p.DeskLocation },
		func(x *refund.Policy, _ *refund.Case) { x.Hours = p.Hours },
		func(x *refund.Policy, _ *refund.Case) { x.SpecialDays = p.SpecialDays },
		func(x *refund.Policy, _ *refund.Case) {
			x.CallbackAfter, x.CallbackWithin = p.CallbackAfter, p.CallbackWithin
		},
		func(x *refund.Policy, _ *refund.Case) { x.Required = p.Required },
		func(x *refund.Policy, _ *refund.Case) { x.Readings.DayCount = readings.DayCount },
		func(x *refund.Policy, _ *refund.Case) { x.Readings.DeductFrom = readings.DeductFrom },
		func(x *refund.Policy, _ *refund.Case) { x.Readings.ResolvedUntil = readings.ResolvedUntil },
		func(x *refund.Policy, _ *refund.Case) { x.Readings.CallbackClock = readings.CallbackClock },
		func(x *refund.Policy, _ *refund.Case) { x.Readings.OneTime = readings.OneTime },
		func(x *refund.Policy, _ *refund.Case) { x.Readings.ReleasedAmount = readings.ReleasedAmount },
		func(x *refund.Policy, _ *refund.Case) { x.Readings.GoodwillAfter = readings.GoodwillAfter },

		func(_ *refund.Policy, x *refund.Case) { x.Subscription.ID = s.ID },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Account, x.Request.By = s.Account, q.By },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Account = s.Account },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Service = s.Service },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Service.Code = s.Service.Code },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Service.Billing = s.Service.Billing },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Service.PerInstance = s.Service.PerInstance },
		func(_ *refund.Policy, x *refund.Case) { // all amounts at once, for another currency
			x.Subscription.Price, x.Subscription.Paid, x.Subscription.Service = s.Price, s.Paid, s.Service
			x.Subscription.Refunded, x.Subscription.Disputed = s.Refunded, s.Disputed
		},
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Price, x.Subscription.Paid = s.Price, s.Paid },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Price = s.Price },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Paid = s.Paid },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Refunded = s.Refunded },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Disputed = s.Disputed },
		func(_ *refund.Policy, x *refund.Case) { // all instants at once, for another start
			days := s.Start.Sub(x.Subscription.Start)
			everyInstant(x, func(at time.Time) time.Time { return at.Add(days) })
		},
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Start, x.Request.At = s.Start, q.At },
		func(_ *refund.Policy, x *refund.Case) { x.Subscription.Start = s.Start },

		func(_ *refund.Policy, x *refund.Case) { x.Request.At, x.Request.CalledBack = q.At, q.CalledBack },
		func(_ *refund.Policy, x *refund.Case) { x.Request.At = q.At },
		func(_ *refund.Policy, x *refund.Case) { x.Request.Channel = q.Channel },
		func(_ *refund.Policy, x *refund.Case) { x.Request.By = q.By },
		func(_ *refund.Policy, x *refund.Case) { x.Request.Reason = q.Reason },
		func(_ *refund.Policy, x *refund.Case) { x.Request.RecordedBy = q.RecordedBy },
		func(_ *refund.Policy, x *refund.Case) { x.Request.CalledBack = q.CalledBack },
	}
}()
