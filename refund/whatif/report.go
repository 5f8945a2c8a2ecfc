package whatif

import (
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Report is the result of a [Backtest]. The zero Report is that of no cases.
type Report struct {
	// Cases is the number of cases, and Excluded that of the ones that at least one of the
	// evaluators refuses: they are in no total.
	Cases, Excluded int

	// RefusedBefore and RefusedAfter are the cases that each evaluator refuses, with the
	// paths of their faults.
	RefusedBefore, RefusedAfter Refused

	// Totals has the figures of each currency, sorted by code.
	Totals []Total

	// Statuses has, for each clause, the number of cases in which its status changed, whether
	// the amount did or not. It is indexed by [refund.Clause]; element 0 is zero.
	Statuses [len(refund.Statuses{})]int
}

// A Total is the part of a [Report] in one currency.
type Total struct {
	// Currency is that of all amounts.
	Currency refund.Currency

	// Cases is the number of cases in the currency that both evaluators judged, and Changed
	// that of the ones whose refundable amount differs.
	Cases, Changed int

	// Before and After are the sums of the refundable amounts.
	Before, After refund.Money

	// Verdicts counts the cases by both verdicts.
	Verdicts Verdicts

	// Moves is the difference divided by cause. The amounts add up to Difference.
	Moves Moves

	// Movers are the cases with the largest differences, up or down, the largest first, at
	// most MaxMovers.
	Movers []Mover
}

// Difference returns After − Before: positive if the new policy refunds more.
func (t Total) Difference() refund.Money { return minus(t.After, t.Before) }

// Verdicts counts cases by the verdict before and the verdict after:
//
//	total.Verdicts[refund.VerdictFull][refund.VerdictWindowClosed]
type Verdicts [refund.VerdictWindowClosed + 1][refund.VerdictWindowClosed + 1]int

// Moves holds a difference by cause, indexed by [Cause]; element 0 is zero.
//
// If both verdicts grant a refund, each clause has the difference between its two steps
// ([refund.Outcome.Steps]), and earlier refunds and disputes the difference between the
// parts of them that reduce the amount. If one verdict grants none, the clause that denies
// has the whole difference: CauseGuarantee for a window that is closed, CauseOneTime for a
// one-time service. Cases whose refundable amount is the same have no part in it.
type Moves [causeCount + 1]Move

// A Move is the part of one [Cause] in a difference.
type Move struct {
	// Amount is the sum, with its sign. It is the zero Money if Cases is 0.
	Amount refund.Money

	// Cases is the number of cases in which the part of this cause changed.
	Cases int
}

// MaxMovers is the number of movers that a [Total] lists.
const MaxMovers = 20

// A Mover is a case whose refundable amount differs.
type Mover struct {
	// Subscription is the id of its subscription.
	Subscription string

	// Before and After are the refundable amounts.
	Before, After refund.Money

	// VerdictBefore and VerdictAfter are the verdicts.
	VerdictBefore, VerdictAfter refund.Verdict

	// Cause has the largest part in the difference.
	Cause Cause
}

// Difference returns After − Before.
func (m Mover) Difference() refund.Money { return minus(m.After, m.Before) }

// compare puts the largest difference first. The order is total, so that a report does not
// depend on the order of its cases.
func (m *Mover) compare(n *Mover) int {
	if sign := order(size(n.Difference()), size(m.Difference())); sign != 0 {
		return sign
	}
	if sign := strings.Compare(m.Subscription, n.Subscription); sign != 0 {
		return sign
	}
	if sign := order(m.Before, n.Before); sign != 0 {
		return sign
	}
	if sign := order(m.After, n.After); sign != 0 {
		return sign
	}
	key := func(m *Mover) int {
		return (int(m.VerdictBefore)<<8+int(m.VerdictAfter))<<8 + int(m.Cause)
	}
	return key(m) - key(n)
}

// Unchanged reports whether no amount, verdict or status differs, and both evaluators refuse
// the same cases, as far as their numbers and paths show.
func (r Report) Unchanged() bool {
	for _, t := range r.Totals {
		if t.Changed != 0 {
			return false
		}
		for before, row := range t.Verdicts {
			for after, n := range row {
				if n != 0 && before != after {
					return false
				}
			}
		}
	}
	return r.Statuses == [len(r.Statuses)]int{} &&
		r.RefusedBefore.Cases == r.Excluded && r.RefusedAfter.Cases == r.Excluded &&
		slices.Equal(r.RefusedBefore.Paths, r.RefusedAfter.Paths) &&
		r.RefusedBefore.More == r.RefusedAfter.More
}

// Merge returns the report of the cases of both reports, which must be of the same two
// evaluators. The order does not matter. The result shares no memory with r and s.
func (r Report) Merge(s Report) Report {
	sum := Report{
		Cases:         r.Cases + s.Cases,
		Excluded:      r.Excluded + s.Excluded,
		RefusedBefore: r.RefusedBefore.merge(s.RefusedBefore),
		RefusedAfter:  r.RefusedAfter.merge(s.RefusedAfter),
		Statuses:      r.Statuses,
	}
	for c, n := range s.Statuses {
		sum.Statuses[c] += n
	}
	for _, part := range [][]Total{r.Totals, s.Totals} {
		for i := range part {
			sum.total(part[i].Currency).merge(&part[i])
		}
	}
	return sum
}

// total returns the total of a currency, a new one if there is none. The pointer is valid
// until the next call.
func (r *Report) total(currency refund.Currency) *Total {
	i, found := slices.BinarySearchFunc(r.Totals, currency.Code(), func(t Total, code string) int {
		return strings.Compare(t.Currency.Code(), code)
	})
	if !found {
		zero := refund.FromMinorUnits(0, currency)
		r.Totals = slices.Insert(r.Totals, i, Total{Currency: currency, Before: zero, After: zero})
	}
	return &r.Totals[i]
}

func (t *Total) merge(u *Total) {
	t.Cases += u.Cases
	t.Changed += u.Changed
	t.Before, t.After = plus(t.Before, u.Before), plus(t.After, u.After)
	for before, row := range u.Verdicts {
		for after, n := range row {
			t.Verdicts[before][after] += n
		}
	}
	for c, move := range u.Moves {
		t.Moves[c].Amount = plus(t.Moves[c].Amount, move.Amount)
		t.Moves[c].Cases += move.Cases
	}
	for _, m := range u.Movers {
		t.keep(m)
	}
}

// keep adds a mover if it is one of the largest.
func (t *Total) keep(m Mover) {
	n := len(t.Movers)
	if n == MaxMovers && m.compare(&t.Movers[n-1]) >= 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(t.Movers, m, func(a, b Mover) int { return a.compare(&b) })
	if n == MaxMovers {
		t.Movers = t.Movers[:n-1]
	}
	m.Subscription = strings.Clone(m.Subscription) // the rest of a large input can be freed
	t.Movers = slices.Insert(t.Movers, i, m)
}
