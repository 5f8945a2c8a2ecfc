package notice

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// validateOutcome adds the faults of an outcome that was built by hand. An outcome of
// [refund.Policy.Evaluate] has none. Figures that contradict each other are a fault, since a
// letter would have to choose between them.
func validateOutcome(f *refund.Faults, o *refund.Outcome) {
	switch o.Verdict {
	case refund.VerdictFull, refund.VerdictDeducted, refund.VerdictConsumed, refund.VerdictOneTimeService, refund.VerdictWindowClosed:
	default:
		f.Add("outcome.verdict", "is required")
		return
	}
	f.Add("outcome.requested_at", instant.Fault(o.Basis.RequestedAt))
	f.Add("outcome.window.opens", instant.Fault(o.Window.Opens))
	if !o.Window.LastDay.IsValid() {
		f.Add("outcome.window.last_day", "is not a day of the calendar")
	}
	amounts := []struct {
		path   string
		amount refund.Money
	}{
		{"price", o.Basis.Price}, {"paid", o.Basis.Paid}, {"refundable", o.Refundable}, {"entitlement", o.Entitlement},
		{"deduction", o.Deduction}, {"refunded", o.Refunded}, {"disputed", o.Disputed}, {"remaining", o.Remaining},
	}
	charged := o.Verdict == refund.VerdictDeducted || o.Verdict == refund.VerdictConsumed
	if charged {
		amounts = append(amounts, struct {
			path   string
			amount refund.Money
		}{"per_instance", o.Basis.Service.PerInstance})
	}
	before := len(*f)
	for _, a := range amounts {
		switch currency := o.Basis.Price.Currency(); {
		case a.amount.IsZero():
			f.Add("outcome."+a.path, "is required")
		case a.amount.Currency() != currency:
			f.Add("outcome."+a.path, "is in another currency than the price")
		case a.amount.Sign() < 0:
			f.Add("outcome."+a.path, "is negative")
		}
	}
	if len(*f) > before {
		return
	}
	charges := o.Deduction.Sign() == 0
	if charged {
		charges = o.ResolvedIssues > 0 && o.Deduction.Equal(o.Basis.Service.PerInstance.Times(o.ResolvedIssues))
	}
	if !charges {
		f.Add("outcome.deduction", "is not the charge times the number of resolved issues")
	}
	entitlement := o.Entitlement.Times(0)
	for _, step := range o.Steps() {
		entitlement = exact.Add(entitlement, step.Amount)
	}
	most := exact.Min(o.Basis.Price, o.Basis.Paid)
	if !entitlement.Equal(o.Entitlement) || exact.Less(most, o.Entitlement) {
		f.Add("outcome.entitlement", "does not follow from the steps")
	}
	refundable := exact.Sub(exact.Sub(o.Entitlement, o.Refunded), o.Disputed)
	if refundable.Sign() < 0 {
		refundable = refundable.Times(0)
	}
	if !refundable.Equal(o.Refundable) {
		f.Add("outcome.refundable", "is not the entitlement less the refunded and the disputed amount")
	}
}

// validatePolicy adds a fault for a policy that an outcome does not rest on.
func validatePolicy(f *refund.Faults, p *refund.Policy, o *refund.Outcome) {
	if p.Version != o.Basis.Policy || p.WindowDays != o.Basis.WindowDays || p.Readings != o.Basis.Readings ||
		p.Location == nil || p.Location.String() != o.Basis.Location {
		f.Add("policy", "is not the policy of the outcome")
	}
}

// held reports whether the outcome is on hold. A status counts too, so that a letter never
// promises an amount past a hold.
func held(o *refund.Outcome) bool {
	return o.Held || slices.Contains(o.Statuses[:], refund.StatusBlocking)
}
