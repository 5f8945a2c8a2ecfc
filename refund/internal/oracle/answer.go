package oracle

import (
	"math/big"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Answer is the oracle's judgment of a case.
type Answer struct {
	Verdict                       refund.Verdict
	Base, Deduction               *big.Rat
	Entitlement, Refundable       *big.Rat
	Refunded, Disputed, Remaining *big.Rat
	Resolved                      int
	Opens, Closes                 time.Time
	LastDay                       string // such as "2026-03-16"
	Earliest, Latest              time.Time
	Statuses                      map[refund.Clause]refund.Status
	Held                          bool

	// Steps has the signed amount of each clause that changes the entitlement.
	Steps map[refund.Clause]*big.Rat

	// Made lists the findings that the evaluation adds: clause, severity and subject.
	Made []string
}

// Ask judges a valid case by a valid policy.
func Ask(p refund.Policy, c refund.Case) Answer {
	var a Answer
	a.Opens, a.Closes = window(p, c.Subscription.Start)
	a.LastDay = a.Closes.Add(-1).In(p.Location).Format(time.DateOnly)
	a.Earliest, a.Latest = callback(p, c.Request.At)
	a.Resolved = resolved(p, c, a.Opens, a.Closes)
	a.Verdict = verdict(p, c, a)
	a.amounts(p, c)
	a.steps()
	a.statuses(p, c)
	return a
}

func resolved(p refund.Policy, c refund.Case, opens, closes time.Time) (n int) {
	for _, issue := range c.Issues {
		at := issue.Resolved
		counts := !at.IsZero() && !at.Before(opens) && at.Before(closes)
		if p.Readings.ResolvedUntil == refund.ResolvedUntilRequest && at.After(c.Request.At) {
			counts = false
		}
		if counts {
			n++
		}
	}
	return n
}

// verdict applies the rules in order: one-time service, then the window, then Case 1 or
// Case 2.
func verdict(p refund.Policy, c refund.Case, a Answer) refund.Verdict {
	if c.Subscription.Service.Billing == refund.BillingOneTime {
		if p.Readings.OneTime == refund.OneTimeNeverRefunded || a.Resolved >= 1 {
			return refund.VerdictOneTimeService
		}
	}
	if at := c.Request.At; at.Before(a.Opens) || !at.Before(a.Closes) {
		return refund.VerdictWindowClosed
	}
	if a.Resolved == 0 {
		return refund.VerdictFull
	}
	if left := minus(base(p, c), charges(c, a.Resolved)); left.Sign() <= 0 {
		return refund.VerdictConsumed
	}
	return refund.VerdictDeducted
}

// base returns the amount from which charges are deducted.
func base(p refund.Policy, c refund.Case) *big.Rat {
	price, paid := Rat(c.Subscription.Price), Rat(c.Subscription.Paid)
	if p.Readings.DeductFrom == refund.DeductFromAmountPaid {
		return least(price, paid)
	}
	return price
}

// charges returns the charge of n resolutions, added up one by one.
func charges(c refund.Case, n int) *big.Rat {
	sum := new(big.Rat)
	for range n {
		sum.Add(sum, Rat(c.Subscription.Service.PerInstance))
	}
	return sum
}

func (a *Answer) amounts(p refund.Policy, c refund.Case) {
	s := c.Subscription
	price, paid := Rat(s.Price), Rat(s.Paid)
	a.Refunded, a.Disputed = Rat(s.Refunded), Rat(s.Disputed)
	a.Base, a.Deduction, a.Entitlement = base(p, c), new(big.Rat), new(big.Rat)
	switch a.Verdict {
	case refund.VerdictFull:
		a.Entitlement = least(a.Base, price, paid)
	case refund.VerdictDeducted, refund.VerdictConsumed:
		a.Deduction = charges(c, a.Resolved)
		a.Entitlement = least(atLeast0(minus(a.Base, a.Deduction)), price, paid)
	}
	a.Refundable = atLeast0(minus(minus(a.Entitlement, a.Refunded), a.Disputed))
	a.Remaining = atLeast0(minus(minus(least(price, paid), a.Refunded), a.Disputed))
}

// steps explains the entitlement: the guarantee opens with the base, Case 2 subtracts the
// smaller of deduction and base, and the cap subtracts the excess over the lesser of price
// and paid.
func (a *Answer) steps() {
	a.Steps = map[refund.Clause]*big.Rat{}
	if !granted(a.Verdict) {
		return
	}
	a.Steps[refund.ClauseGuarantee] = a.Base
	before := a.Base
	if a.Verdict != refund.VerdictFull {
		taken := least(a.Deduction, a.Base)
		a.Steps[refund.ClauseCase2] = minus(new(big.Rat), taken)
		before = minus(a.Base, taken)
	}
	if a.Entitlement.Cmp(before) < 0 {
		a.Steps[refund.ClauseCap] = minus(a.Entitlement, before)
	}
}

func granted(v refund.Verdict) bool {
	return v == refund.VerdictFull || v == refund.VerdictDeducted || v == refund.VerdictConsumed
}
