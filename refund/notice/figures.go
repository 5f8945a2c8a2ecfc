package notice

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// figures is a sum for people: lines, and the total to which they add up.
type figures struct {
	lines []figure
	total figure
}

// A figure is one line of a sum.
type figure struct {
	label  string
	amount refund.Money
}

func (f *figures) add(label string, m refund.Money) {
	f.lines = append(f.lines, figure{label, m})
	if f.total.amount.IsZero() {
		f.total.amount = m
		return
	}
	f.total.amount = exact.Add(f.total.amount, m)
}

// subtract adds a line that takes an amount away, down to zero at most. Where a
// line has less than there was to take, its label says how much that was.
func (f *figures) subtract(label string, m refund.Money) {
	if m.Sign() <= 0 || f.total.amount.Sign() <= 0 {
		return
	}
	if exact.Less(f.total.amount, m) {
		label += " (" + money(m) + " in all)"
		m = f.total.amount
	}
	f.add(label, m.Times(-1))
}

// outcomeFigures returns how the refundable amount follows from the steps of an outcome, and
// no lines if the guarantee does not apply.
func outcomeFigures(o *refund.Outcome) (f figures) {
	if !o.Verdict.Granted() {
		f.total.amount = o.Refundable
		return f
	}
	f = stepFigures(o)
	f.subtract("Refunded earlier", o.Refunded)
	f.subtract("In dispute with the bank", o.Disputed)
	f.total.label = "Can be refunded"
	return f
}

// stepFigures returns how the entitlement follows from the steps of an outcome.
func stepFigures(o *refund.Outcome) (f figures) {
	for _, step := range o.Steps() {
		if !step.Amount.IsZero() {
			f.add(stepLabel(o, step), step.Amount)
		}
	}
	return f
}

func stepLabel(o *refund.Outcome, step refund.Step) string {
	switch step.Clause {
	case refund.ClauseCase2:
		label := issues(o.ResolvedIssues) + " resolved, at " + money(o.Basis.Service.PerInstance)
		if o.ResolvedIssues > 1 {
			label += " each"
		}
		switch {
		case !exact.Less(o.Basis.Base(), o.Deduction):
		case o.ResolvedIssues > 1:
			label += " (" + money(o.Deduction) + " in all)"
		default:
			label += " (up to the amount above)"
		}
		return label
	case refund.ClauseCap:
		if o.Basis.Paid.Sign() == 0 {
			return "Not paid"
		}
		return "Limited to the " + money(o.Basis.Paid) + " that was paid"
	}
	if o.Basis.Base().Equal(o.Basis.Price) {
		if o.Basis.Service.Billing == refund.BillingOneTime {
			return "Price"
		}
		return "Subscription price"
	}
	return "Amount paid"
}

// mostPrograms is how many programs a letter lists by name.
const mostPrograms = 5

// goodwillFigures returns how the amount of a goodwill follows from the charges.
func goodwillFigures(o *refund.Outcome, g *decision.Goodwill, amount refund.Money) (f figures) {
	f.add("Charges for assistance", g.Charges)
	less := func(label string, m refund.Money) {
		if m.Sign() > 0 {
			f.add(label, m.Times(-1))
		}
	}
	less("Fees for servicing", g.Fees)
	var rest refund.Money
	for i, s := range g.Software {
		if i < mostPrograms || len(g.Software) == mostPrograms+1 {
			less("Software included free: "+short(s.Name), s.Price)
			continue
		}
		rest = exact.Add(rest, s.Price)
	}
	if rest.Sign() > 0 {
		less("Other software included free", rest)
	}
	if o.Basis.Readings.GoodwillAfter == refund.GoodwillAfterLessRefunds {
		less("Refunded earlier", o.Refunded)
	}
	less("In dispute with the bank", o.Disputed)
	less("Limited to the amount that can still be refunded", exact.Sub(f.total.amount, amount))
	f.total.label = "Goodwill refund"
	return f
}
