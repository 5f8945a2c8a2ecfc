package refundtest_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// spoilt is the policy's evaluator with something changed in each outcome.
func spoilt(change func(o *refund.Outcome, p refund.Policy, c refund.Case)) refundtest.Evaluator {
	return func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		if err == nil {
			change(&o, p, c)
		}
		return o, err
	}
}

// some returns a positive amount of the same currency.
func some(m refund.Money) refund.Money { return must(refund.ParseMoney("100", m.Currency().Code())) }

func add(a, b refund.Money) refund.Money { return must(a.Add(b)) }

// moves changes the outcomes of those cases alone of which something is true, so that
// they move where they must not.
func moves(when func(refund.Policy, refund.Case) bool, by func(o *refund.Outcome, c refund.Case)) refundtest.Evaluator {
	return spoilt(func(o *refund.Outcome, p refund.Policy, c refund.Case) {
		if when(p, c) {
			by(o, c)
		}
	})
}

// zero makes the amounts zero.
func zero(o *refund.Outcome, _ refund.Case) {
	o.Refundable, o.Entitlement = o.Refundable.Times(0), o.Entitlement.Times(0)
}

// A law that no mistake can break is useless.
var lawBreakers = []struct {
	law     string
	because string
	refundtest.Evaluator
}{
	{"judged", "a case that can be judged is refused", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if c.Request.Channel == refund.ChannelOther {
			return refund.Outcome{}, errors.New("no such channel")
		}
		return p.Evaluate(c)
	}},
	{"judged", "a panic is no answer", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if len(c.Issues) == 1 {
			_ = c.Issues[len(c.Issues)]
		}
		return p.Evaluate(c)
	}},
	{"pure", "an evaluator sorts the issues of its caller", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		slices.SortFunc(c.Issues, func(a, b refund.Issue) int { return a.Resolved.Compare(b.Resolved) })
		return o, err
	}},
	{"pure", "an evaluator appends to its caller's findings", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		_ = append(c.Findings, refund.Finding{Clause: refund.ClauseLogReview})
		return o, err
	}},
	{"pure", "an evaluator joins openings of the policy that touch", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		for _, day := range p.Hours {
			if len(day) > 1 && day[0].Closes == day[1].Opens {
				day[0].Closes = day[1].Closes
			}
		}
		return o, err
	}},
	{"pure", "an evaluator drops special days of the policy that are over", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		maps.DeleteFunc(p.SpecialDays, func(day refund.Date, _ []refund.Opening) bool {
			return day.Compare(refund.DateOf(c.Request.At)) < 0
		})
		return o, err
	}},
	{"pure", "an outcome keeps the findings of its case", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		if slices.Equal(o.Findings, c.Findings) {
			o.Findings = c.Findings
		}
		return o, err
	}},
	{"pure", "an evaluator counts its calls", func() refundtest.Evaluator {
		calls := 0
		return spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { calls++; o.ResolvedIssues += calls })
	}()},
	{"pure", "the second call is refused", func() refundtest.Evaluator {
		var calls atomic.Int64
		return func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
			if calls.Add(1) == 2 {
				return refund.Outcome{}, errors.New("asked before")
			}
			return p.Evaluate(c)
		}
	}()},
	{"basis", "the account is left out", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Basis.Account = "" })},
	{"basis", "the outcome is of another subscription", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Subscription += "?" })},
	{"basis", "the outcome's disputed amount is not the case's", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Disputed = o.Disputed.Times(2) })},
	{"currency", "zero is left out", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Refundable.Sign() == 0 {
			o.Refundable = refund.Money{}
		}
	})},
	{"never-more", "an earlier refund is forgotten", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Refundable = o.Entitlement })},
	{"never-more", "an open dispute is forgotten", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Refundable = floor0(sub(o.Entitlement, o.Refunded))
	})},
	{"never-more", "the refundable amount is negative", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Refundable = sub(sub(o.Entitlement, o.Refunded), o.Disputed)
	})},
	{"remaining", "the entitlement remains", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Remaining = o.Refundable
	})},
	{"remaining", "more was refunded than remains, and the rest is negative", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Remaining = sub(sub(least(o.Basis.Price, o.Basis.Paid), o.Refunded), o.Disputed)
	})},
	{"entitlement", "the entitlement is too high", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Entitlement = add(o.Entitlement, some(o.Entitlement))
	})},
	{"earlier-refunds", "one refund is all there is", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Refunded.Sign() > 0 {
			o.Refundable = o.Refundable.Times(0)
		}
	})},
	{"cap-status", "the cap is blamed for an earlier refund", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict.Granted() && cmp(o.Refundable, o.Entitlement) < 0 {
			o.Statuses[refund.ClauseCap] = refund.StatusApplied
		}
	})},
	{"cap-status", "the cap applies always", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict.Granted() {
			o.Statuses[refund.ClauseCap] = refund.StatusApplied
		}
	})},
	{"window", "the window opens at midnight", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		o.Window.Opens = refund.DateOf(o.Window.Opens).Start(p.Location)
	})},
	{"window", "a day begins a nanosecond after it has begun", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		if p.Readings.DayCount != refund.DayCountElapsed && o.Window.Opens.Before(o.Window.Closes) {
			o.Window.Closes = o.Window.Closes.Add(time.Nanosecond)
		}
	})},
	{"window", "the last day is the one that begins as the window closes", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		o.Window.LastDay = refund.DateOf(o.Window.Closes.In(p.Location))
	})},
	{"window", "it closes as it opens", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Window.Closes = o.Window.Opens })},
	{"window", "elapsed days are shorter", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		if p.Readings.DayCount == refund.DayCountElapsed {
			o.Window.Closes = o.Window.Closes.Add(-time.Nanosecond)
		}
	})},
	{"window-edges", "a request at the opening is early", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if c.Request.At.Equal(o.Window.Opens) && o.Verdict == refund.VerdictFull {
			o.Verdict = refund.VerdictWindowClosed
		}
	})},
	{"window-edges", "something is due when it is too late", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Verdict == refund.VerdictWindowClosed {
			o.Entitlement = least(o.Basis.Price, o.Basis.Paid)
		}
	})},
	{"one-time", "a one-time service is never refunded", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if c.Subscription.Service.Billing == refund.BillingOneTime {
			o.Verdict = refund.VerdictOneTimeService
		}
	})},
	{"one-time", "a charge is deducted from zero", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Verdict == refund.VerdictOneTimeService {
			o.Deduction = add(o.Deduction, o.Basis.Price)
		}
	})},
	{"one-time", "a recurring service is one of one time", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Verdict = refund.VerdictOneTimeService
	})},
	{"case-1", "a case without resolutions is consumed", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictFull {
			o.Verdict = refund.VerdictConsumed
		}
	})},
	{"case-1", "a charge is deducted though no issue was resolved", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictFull {
			o.Deduction = some(o.Deduction)
		}
	})},
	{"case-1", "the entitlement is zero though no issue was resolved", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictFull {
			o.Entitlement = o.Entitlement.Times(0)
		}
	})},
	{"resolved-issues", "an issue that took no time is not counted", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		for _, i := range c.Issues {
			if i.Opened.Equal(i.Resolved) && o.Window.Contains(i.Resolved) && !i.Resolved.After(c.Request.At) {
				o.ResolvedIssues--
			}
		}
	})},
	{"case-2", "the charge is taken once", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Deduction.Sign() > 0 {
			o.Deduction = o.Basis.Service.PerInstance
		}
	})},
	{"case-2", "the charge is stated, and not deducted", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictDeducted {
			o.Entitlement = least(o.Basis.Price, o.Basis.Paid)
		}
	})},
	{"case-2", "the charge is given instead of taken", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictDeducted {
			o.Entitlement = add(least(o.Basis.Price, o.Basis.Paid), o.Deduction)
		}
	})},
	{"case-2", "what is left was just paid, and more is given", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		lesser := least(o.Basis.Price, o.Basis.Paid)
		if o.Verdict == refund.VerdictDeducted && cmp(sub(o.Basis.Base(), o.Deduction), lesser) == 0 {
			o.Entitlement = add(lesser, some(lesser))
		}
	})},
	{"case-2", "consumed to the cent is called deducted", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Verdict == refund.VerdictConsumed && cmp(o.Deduction, o.Basis.Base()) == 0 {
			o.Verdict = refund.VerdictDeducted
		}
	})},
	{"verdict-statuses", "goodwill is refused", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Statuses[refund.ClauseGoodwill] = refund.StatusNotApplicable
	})},
	{"ticket", "a reason of blanks is one", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if c.Request.Channel == refund.ChannelEmail && c.Request.Reason != "" {
			o.Statuses[refund.ClauseTicket] = refund.StatusSatisfied
		}
	})},
	{"ticket", "the desk is open at its closing", spoilt(func(o *refund.Outcome, p refund.Policy, c refund.Case) {
		at := c.Request.At.In(desk(p))
		if hour, minute, second := at.Clock(); c.Request.Channel == refund.ChannelPhone && hour == 22 && minute+second+at.Nanosecond() == 0 {
			o.Statuses[refund.ClauseTicket] = refund.StatusSatisfied
		}
	})},
	{"callback", "hours at night count", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		if err == nil {
			o.Callback = refund.Callback{Earliest: c.Request.At.Add(p.CallbackAfter), Latest: c.Request.At.Add(p.CallbackWithin)}
		}
		return o, err
	}},
	{"callback", "the latest instant is moved to the next opening", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		if latest := o.Callback.Latest.In(desk(p)); latest.Hour() == 22 && latest.Minute() == 0 {
			o.Callback.Latest = o.Callback.Latest.Add(10 * time.Hour)
		}
	})},
	{"callback", "a minute of waiting is forgiven", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Callback.Latest = o.Callback.Latest.Add(-time.Minute)
	})},
	{"callback", "a minute more is waited", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Callback.Earliest = o.Callback.Earliest.Add(time.Minute)
	})},
	{"callback", "elapsed hours are a minute longer", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		if p.Readings.CallbackClock == refund.CallbackClockElapsed {
			o.Callback.Latest = o.Callback.Latest.Add(time.Minute)
		}
	})},
	{"callback", "the earliest instant is the latest one", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Callback.Earliest = o.Callback.Latest
	})},
	{"ticket", "the desk is at the policy's location", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		p.DeskLocation = nil
		return p.Evaluate(c)
	}},
	{"ticket", "a special day is a day like any other", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		p.SpecialDays = nil
		return p.Evaluate(c)
	}},
	{"callback", "the desk is at the policy's location", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		p.DeskLocation = nil
		return p.Evaluate(c)
	}},
	{"callback", "a break is worked through", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		for day, openings := range p.Hours {
			if n := len(openings); n > 1 {
				p.Hours[day] = []refund.Opening{{Opens: openings[0].Opens, Closes: openings[n-1].Closes}}
			}
		}
		return p.Evaluate(c)
	}},
	{"callback", "special days are worked on", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		if p.SpecialDays = nil; err == nil {
			o.Callback, err = p.Callback(c.Request.At)
		}
		return o, err
	}},
	{"callback-status", "the latest instant itself is late", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if c.Request.CalledBack.Equal(o.Callback.Latest) {
			o.Statuses[refund.ClauseCallback] = refund.StatusObjected
		}
	})},
	{"findings", "the last finding decides, not the worst", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		for _, f := range c.Findings {
			if f.Severity == refund.SeveritySatisfied && f.Clause != refund.ClauseAccountAccess {
				o.Statuses[f.Clause] = refund.StatusSatisfied
			}
		}
	})},
	{"findings", "what nobody has looked at is fine", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Statuses[refund.ClauseCredentials] == refund.StatusNotEvaluated {
			o.Statuses[refund.ClauseCredentials] = refund.StatusSatisfied
		}
	})},
	{"account-access", "a stranger is noted, and does not hold", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Statuses[refund.ClauseAccountAccess] == refund.StatusBlocking {
			o.Statuses[refund.ClauseAccountAccess] = refund.StatusObjected
		}
	})},
	{"account-access", "any finding takes the place of the comparison", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		for _, f := range c.Findings {
			if f.Clause == refund.ClauseAccountAccess && f.Severity == refund.SeverityAdvisory {
				o.Statuses[f.Clause] = refund.StatusObjected
			}
		}
	})},
	{"account-access", "a finding vouches for whoever asked", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		for _, f := range c.Findings {
			if f.Clause == refund.ClauseAccountAccess && f.Severity == refund.SeveritySatisfied && o.Statuses[f.Clause] == refund.StatusNotEvaluated {
				o.Statuses[f.Clause] = refund.StatusSatisfied
			}
		}
	})},
	{"account-access", "two accounts that are not known are the same", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if c.Request.By == c.Subscription.Account && o.Statuses[refund.ClauseAccountAccess] == refund.StatusNotEvaluated {
			o.Statuses[refund.ClauseAccountAccess] = refund.StatusSatisfied
		}
	})},
	{"findings-kept", "a stranger is found where one is vouched for", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		own := refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityBlocking, Subject: "request.by"}
		by, holder := c.Request.By, c.Subscription.Account
		if by != "" && holder != "" && by != holder && o.Statuses[own.Clause] == refund.StatusBlocking && !slices.Contains(o.Findings, own) {
			o.Findings = append(o.Findings, own)
		}
	})},
	{"findings-kept", "a finding is dropped", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if len(o.Findings) > 1 {
			o.Findings = o.Findings[:len(o.Findings)-1]
		}
	})},
	{"findings-kept", "what an evaluation finds itself is no objection", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		for i := range o.Findings {
			if o.Findings[i].Clause == refund.ClauseTicket {
				o.Findings[i].Severity = refund.SeveritySatisfied
			}
		}
	})},
	{"findings-kept", "one is made up", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Findings = append(o.Findings, refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityAdvisory})
	})},
	{"findings-kept", "they come in another order", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { slices.Reverse(o.Findings) })},
	{"held", "credentials do not hold", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Held = o.Statuses[refund.ClauseAccountAccess] == refund.StatusBlocking
	})},
	{"held", "objections hold", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Held = o.Held || slices.Contains(o.Statuses[:], refund.StatusObjected)
	})},
	{"steps", "the guarantee is forgotten", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Statuses[refund.ClauseGuarantee] = refund.StatusSatisfied
	})},
	{"steps", "the cap is forgotten", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Statuses[refund.ClauseCap] = refund.StatusSatisfied
	})},
	{"steps", "the deduction is forgotten", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Statuses[refund.ClauseCase2] = refund.StatusNotApplicable
	})},
	{"reasons", "the name of a zone breaks the line", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Basis.RequestedAt = o.Basis.RequestedAt.In(time.FixedZone("X\nY", 0))
	})},

	{"one-more-resolved-issue", "many issues are forgiven", moves(
		func(_ refund.Policy, c refund.Case) bool { return len(c.Issues) < 3 }, zero)},
	{"open-issue", "an open issue is one that was worked on", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		o.ResolvedIssues = len(c.Issues)
	})},
	{"resolved-after-request", "what was resolved later counts", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		p.Readings.ResolvedUntil = refund.ResolvedUntilWindowClose
		return p.Evaluate(c)
	}},
	{"higher-charge", "a charge beyond the price is not taken", moves(
		func(_ refund.Policy, c refund.Case) bool {
			return cmp(c.Subscription.Service.PerInstance, c.Subscription.Price) <= 0
		}, zero)},
	{"later-request", "whoever waits a day gets more", moves(
		func(_ refund.Policy, c refund.Case) bool {
			return c.Request.At.Sub(c.Subscription.Start) < 24*time.Hour
		}, zero)},
	{"more-refunded", "whoever had a refund gets more", moves(
		func(_ refund.Policy, c refund.Case) bool { return c.Subscription.Refunded.Sign() == 0 }, zero)},
	{"more-disputed", "whoever disputes gets more", moves(
		func(_ refund.Policy, c refund.Case) bool { return c.Subscription.Disputed.Sign() == 0 }, zero)},
	{"more-disputed", "a dispute reduces the entitlement", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Entitlement = floor0(sub(o.Entitlement, o.Disputed))
	})},
	{"dispute-lost", "an open dispute does not wait", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Disputed.Sign() > 0 {
			o.Refundable = o.Entitlement
		}
	})},
	{"more-refunded", "whoever had a small refund gets more", moves(
		func(_ refund.Policy, c refund.Case) bool {
			had := c.Subscription.Refunded
			return had.Sign() > 0 && cmp(had.Times(100), some(had)) <= 0
		}, func(o *refund.Outcome, _ refund.Case) { o.Refundable = add(o.Refundable, some(o.Refundable)) })},
	{"more-paid", "whoever has paid all gets zero", moves(
		func(_ refund.Policy, c refund.Case) bool { return cmp(c.Subscription.Paid, c.Subscription.Price) >= 0 }, zero)},
	{"finding-moves-nothing", "an objection costs something", moves(
		func(_ refund.Policy, c refund.Case) bool { return len(c.Findings) > 0 }, zero)},
	{"finding-moves-nothing", "a case with many findings is refused", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if len(c.Findings) > 8 {
			return refund.Outcome{}, errors.New("too many findings")
		}
		return p.Evaluate(c)
	}},
	{"advisory-finding", "an advisory finding lifts the hold", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Held && onAccess(c, refund.SeverityAdvisory, func(string) bool { return true }) {
			*o = accessed(*o, refund.StatusObjected)
		}
	})},
	{"advisory-finding", "an advisory finding holds", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		o.Held = o.Held || o.Statuses[refund.ClauseLicensed] == refund.StatusObjected
	})},
	{"vouching", "whoever is vouched for clears whoever asked", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if strangeAlone(c, *o) && onAccess(c, refund.SeveritySatisfied, func(string) bool { return true }) {
			*o = accessed(*o, refund.StatusSatisfied)
		}
	})},
	{"vouching", "a blank at the end of an id is overlooked", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if strangeAlone(c, *o) && onAccess(c, refund.SeveritySatisfied, func(subject string) bool {
			return strings.TrimSpace(subject) == c.Request.By
		}) {
			*o = accessed(*o, refund.StatusSatisfied)
		}
	})},
	{"vouching", "a stranger stays one, though vouched for", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if by, holder := c.Request.By, c.Subscription.Account; by != "" && holder != "" && by != holder {
			o.Statuses[refund.ClauseAccountAccess] = refund.StatusBlocking
		}
	})},
	{"order", "the first issue decides", moves(
		func(_ refund.Policy, c refund.Case) bool { return len(c.Issues) > 0 && c.Issues[0].Resolved.IsZero() }, zero)},
	{"zones", "the hour on the wall decides", moves(
		func(_ refund.Policy, c refund.Case) bool { return c.Request.At.Hour() < 6 }, zero)},
	{"currencies", "a currency without cents is not refunded", moves(
		func(_ refund.Policy, c refund.Case) bool { return c.Subscription.Price.Currency().Digits() == 0 }, zero)},
	{"currencies", "yen are refused", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if inYen(p, c) {
			return refund.Outcome{}, errors.New("no cents")
		}
		return p.Evaluate(c)
	}},
	{"currencies", "yen are answered in dollars", moves(inYen, func(o *refund.Outcome, _ refund.Case) {
		o.Refundable = refund.MustMoney("0.00", "USD")
	})},
	{"currencies", "thousandths are cut off, where yen are not known", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		switch c.Subscription.Price.Currency().Digits() {
		case 0:
			return refund.Outcome{}, errors.ErrUnsupported
		case 3:
			zero(&o, c)
		}
		return o, err
	}},
	{"currencies", "in yen the verdict is another", moves(inYen, func(o *refund.Outcome, _ refund.Case) { o.Verdict = refund.VerdictConsumed })},
	{"currencies", "in yen a status is another", moves(inYen, func(o *refund.Outcome, _ refund.Case) { o.Statuses[refund.ClauseCooperation] = refund.StatusObjected })},
	{"currencies", "in yen everything is held", moves(inYen, func(o *refund.Outcome, _ refund.Case) { o.Held = true })},
}

// desk returns the location of the desk.
func desk(p refund.Policy) *time.Location {
	if p.DeskLocation == nil {
		return p.Location
	}
	return p.DeskLocation
}

func inYen(_ refund.Policy, c refund.Case) bool { return c.Subscription.Price.Currency().Digits() == 0 }

// Clocks in St. John's went back at 00:01 on 29 October 2006: they showed a minute of
// that day, and then the 28th again.
func TestADayThatBeginsTwice(t *testing.T) {
	p, c := refundtest.Policy(), refundtest.Case()
	var err error
	if p.Location, err = time.LoadLocation("America/St_Johns"); err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time { return must(time.Parse(time.RFC3339, text)) }

	// A window that closes with that day does so the first time that it begins.
	c.Subscription.Start, c.Request.At = at("2006-10-13T12:00:00Z"), at("2006-10-14T12:00:00Z")
	secondTime := spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Window.Closes = o.Window.Closes.Add(time.Hour)
	})
	if f := refundtest.CheckLaw("window", secondTime, p, c); f == nil {
		t.Error("a window that closes as the day begins for the second time breaks no law")
	}

	// Who subscribes between the two beginnings, for one day, has a window that closes as
	// it opens.
	p.WindowDays, p.Readings.DayCount = 1, refund.DayCountSameDay
	c.Request.At = refundtest.Day(9)
	for _, start := range []string{"2006-10-29T02:31:00Z", "2006-10-29T03:00:00Z", "2006-10-29T03:29:59Z"} {
		c.Subscription.Start = at(start)
		if err := refundtest.CheckLaws(refund.Policy.Evaluate, p, c); err != nil {
			t.Errorf("%s: %v", start, err)
		}
	}
}

// A breach of the basis names the first fact that is wrong.
func TestTheBasisIsToldByName(t *testing.T) {
	err := refundtest.CheckLaws(spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Basis.WindowDays++
		o.Basis.RecordedBy = "x"
	}), refundtest.Policy(), refundtest.Case())
	var f *refundtest.Failure
	if !errors.As(err, &f) || f.Got != "basis: window days 16" || f.Want != "15" {
		t.Error(err)
	}
}

// Where nothing was deducted, a forgotten earlier refund is a breach of the cap.
func TestEarlierRefundsNameTheClause(t *testing.T) {
	forgets := spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Refundable = o.Entitlement })
	c := refundtest.Case()
	c.Subscription.Refunded = refund.MustMoney("10.00", "USD")
	if f := refundtest.CheckLaw("earlier-refunds", forgets, refundtest.Policy(), c); f == nil || f.Clause != refund.ClauseCap {
		t.Errorf("without a deduction: %v", f)
	}
	c.Issues = append(c.Issues, refundtest.Resolved("T-1", refundtest.Day(3)))
	if f := refundtest.CheckLaw("earlier-refunds", forgets, refundtest.Policy(), c); f == nil || f.Clause != refund.ClauseCase2 {
		t.Errorf("with a deduction: %v", f)
	}
}

func TestEveryLawCanBeBroken(t *testing.T) {
	cases := drawnCases(1500)
	broken := map[string]bool{}
	for _, row := range lawBreakers {
		broken[row.law] = true
		t.Run(row.law+"/"+row.because, func(t *testing.T) {
			t.Parallel()
			if row.because == "" {
				t.Fatal("a row without a reason")
			}
			for _, c := range cases {
				if f := refundtest.CheckLaw(row.law, row.Evaluator, c.policy, c.Case); f != nil {
					if f.Reason == "" || f.Got == "" || f.Want == "" || f.Got == f.Want {
						t.Errorf("says too little: %v", f)
					}
					return
				}
			}
			t.Error("the law holds")
		})
	}
	for _, name := range refundtest.LawNames() {
		if !broken[name] {
			t.Errorf("no row breaks law %q", name)
		}
	}
}

type drawnCase struct {
	policy refund.Policy
	refund.Case
}

// drawnCases returns cases that are the same in every run.
func drawnCases(n int) (list []drawnCase) {
	cases := rapid.Custom(func(t *rapid.T) drawnCase {
		p := gen.Policy().Draw(t, "policy")
		return drawnCase{p, gen.Case(p).Draw(t, "case")}
	})
	for seed := range n {
		list = append(list, cases.Example(seed+1))
	}
	return list
}
