package refundtest_test

import (
	"math/big"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// settled computes an outcome again from its window and its number of resolved issues, with
// figures that a mistake has changed.
func settled(o refund.Outcome, change func(*figures)) refund.Outcome {
	f := figures{Outcome: o, base: o.Basis.Base(), charge: o.Basis.Service.PerInstance, price: o.Basis.Price, paid: o.Basis.Paid, floor: true}
	f.refunded, f.disputed = o.Refunded, o.Disputed
	f.inWindow = o.Window.Contains(o.Basis.RequestedAt)
	f.oneTime = o.Basis.Service.Billing == refund.BillingOneTime &&
		(o.Basis.Readings.OneTime == refund.OneTimeNeverRefunded || o.ResolvedIssues > 0)
	change(&f)
	return f.settle()
}

type figures struct {
	refund.Outcome
	base, charge, price, paid refund.Money
	refunded, disputed        refund.Money // subtracted from the entitlement
	inWindow, oneTime         bool
	floor                     bool // negative entitlements become zero
}

func (f *figures) settle() refund.Outcome {
	o := f.Outcome
	zero := f.base.Times(0)
	s := &o.Statuses
	for _, clause := range []refund.Clause{refund.ClauseGuarantee, refund.ClauseCase1, refund.ClauseCase2, refund.ClauseOneTime, refund.ClauseCap} {
		s[clause] = refund.StatusNotApplicable
	}
	o.Deduction, o.Entitlement, o.Refundable = zero, zero, zero
	o.Remaining = floor0(sub(sub(least(f.price, f.paid), f.refunded), f.disputed))
	switch {
	case f.oneTime:
		o.Verdict, s[refund.ClauseOneTime] = refund.VerdictOneTimeService, refund.StatusApplied
		return o
	case !f.inWindow:
		o.Verdict = refund.VerdictWindowClosed
		return o
	}
	s[refund.ClauseGuarantee] = refund.StatusApplied
	o.Verdict = refund.VerdictFull
	if o.ResolvedIssues > 0 {
		o.Deduction = f.charge.Times(o.ResolvedIssues)
		o.Verdict = refund.VerdictDeducted
		if cmp(f.base, o.Deduction) <= 0 {
			o.Verdict = refund.VerdictConsumed
		}
		s[refund.ClauseCase2] = refund.StatusApplied
	} else {
		s[refund.ClauseCase1] = refund.StatusApplied
	}
	uncapped := sub(f.base, o.Deduction)
	if f.floor {
		uncapped = floor0(uncapped)
	}
	o.Entitlement = least(uncapped, f.price, f.paid)
	o.Refundable = floor0(sub(sub(o.Entitlement, f.refunded), f.disputed))
	s[refund.ClauseCap] = refund.StatusSatisfied
	if cmp(o.Entitlement, uncapped) < 0 {
		s[refund.ClauseCap] = refund.StatusApplied
	}
	return o
}

func must[V any](v V, err error) V {
	if err != nil {
		panic(err)
	}
	return v
}

func cmp(a, b refund.Money) int          { return must(a.Cmp(b)) }
func sub(a, b refund.Money) refund.Money { return must(a.Sub(b)) }

func floor0(m refund.Money) refund.Money {
	if m.Sign() < 0 {
		return m.Times(0)
	}
	return m
}

func least(first refund.Money, others ...refund.Money) refund.Money {
	for _, m := range others {
		if cmp(m, first) < 0 {
			first = m
		}
	}
	return first
}

// reclosed returns an outcome whose window closes at another instant.
func reclosed(p refund.Policy, c refund.Case, o refund.Outcome, closes time.Time) refund.Outcome {
	if closes.Before(o.Window.Opens) {
		closes = o.Window.Opens
	}
	o.Window.Closes = closes
	o.Window.LastDay = refund.DateOf(closes.Add(-time.Nanosecond).In(p.Location))
	o.ResolvedIssues = counted(p, c, o.Window, func(refund.Issue) bool { return true })
	return settled(o, func(*figures) {})
}

// counted returns the number of resolutions in a window, of the issues that keep accepts.
func counted(p refund.Policy, c refund.Case, w refund.Window, keep func(refund.Issue) bool) (n int) {
	for _, i := range c.Issues {
		late := p.Readings.ResolvedUntil == refund.ResolvedUntilRequest && i.Resolved.After(c.Request.At)
		if !i.Resolved.IsZero() && w.Contains(i.Resolved) && !late && keep(i) {
			n++
		}
	}
	return n
}

// recounted returns an outcome with another number of resolved issues.
func recounted(o refund.Outcome, n int) refund.Outcome {
	o.ResolvedIssues = n
	return settled(o, func(*figures) {})
}

// hundredths returns the amount whose hundredths are the minor units of m.
func hundredths(m refund.Money) refund.Money {
	minor, ok := new(big.Rat).SetString(m.Amount())
	if !ok {
		return m
	}
	scale := int64(1)
	for range m.Currency().Digits() {
		scale *= 10
	}
	minor.Mul(minor, big.NewRat(scale, 100))
	text := minor.FloatString(m.Currency().Digits())
	return must(refund.ParseMoney(text, m.Currency().Code()))
}
