package refundtest_test

import (
	"github.com/kasperinfotech/refundpolicy/refund"
)

// amountsBreakers are mistakes that break the laws of laws_amounts.go.
var amountsBreakers = []lawBreaker{
	{"never-more", "an earlier refund is forgotten", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Refundable = o.Entitlement })},
	{"never-more", "an open dispute is forgotten", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Refundable = floor0(sub(o.Entitlement, o.Refunded))
	})},
	{"never-more", "the refundable amount is negative", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Refundable = sub(sub(o.Entitlement, o.Refunded), o.Disputed)
	})},
	{"remaining", "the remaining amount is the refundable amount", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Remaining = o.Refundable
	})},
	{"remaining", "the remaining amount is negative", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Remaining = sub(sub(least(o.Basis.Price, o.Basis.Paid), o.Refunded), o.Disputed)
	})},
	{"entitlement", "the entitlement is too high", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Entitlement = add(o.Entitlement, some(o.Entitlement))
	})},
	{"earlier-refunds", "after an earlier refund the amount is zero", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Refunded.Sign() > 0 {
			o.Refundable = o.Refundable.Times(0)
		}
	})},
	{"cap-status", "the cap applies because of an earlier refund", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict.Granted() && cmp(o.Refundable, o.Entitlement) < 0 {
			o.Statuses[refund.ClauseCap] = refund.StatusApplied
		}
	})},
	{"cap-status", "the cap always applies", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict.Granted() {
			o.Statuses[refund.ClauseCap] = refund.StatusApplied
		}
	})},
	{"window-edges", "a request at the opening is outside the window", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if c.Request.At.Equal(o.Window.Opens) && o.Verdict == refund.VerdictFull {
			o.Verdict = refund.VerdictWindowClosed
		}
	})},
	{"window-edges", "the entitlement is positive after the window", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
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
	{"one-time", "a recurring service is judged as one-time", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Verdict = refund.VerdictOneTimeService
	})},
	{"case-1", "a case without resolved issues is consumed", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictFull {
			o.Verdict = refund.VerdictConsumed
		}
	})},
	{"case-1", "a charge is deducted without a resolved issue", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictFull {
			o.Deduction = some(o.Deduction)
		}
	})},
	{"case-1", "the entitlement is zero without a resolved issue", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictFull {
			o.Entitlement = o.Entitlement.Times(0)
		}
	})},
	{"case-2", "the charge is deducted only once", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Deduction.Sign() > 0 {
			o.Deduction = o.Basis.Service.PerInstance
		}
	})},
	{"case-2", "the deduction is stated and not subtracted", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictDeducted {
			o.Entitlement = least(o.Basis.Price, o.Basis.Paid)
		}
	})},
	{"case-2", "the charge is added", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Verdict == refund.VerdictDeducted {
			o.Entitlement = add(least(o.Basis.Price, o.Basis.Paid), o.Deduction)
		}
	})},
	{"case-2", "the entitlement exceeds a base that equals the cap", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		lesser := least(o.Basis.Price, o.Basis.Paid)
		if o.Verdict == refund.VerdictDeducted && cmp(sub(o.Basis.Base(), o.Deduction), lesser) == 0 {
			o.Entitlement = add(lesser, some(lesser))
		}
	})},
	{"case-2", "charges that equal the base are called deducted", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if o.Verdict == refund.VerdictConsumed && cmp(o.Deduction, o.Basis.Base()) == 0 {
			o.Verdict = refund.VerdictDeducted
		}
	})},
	{"steps", "the step of the guarantee is missing", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Statuses[refund.ClauseGuarantee] = refund.StatusSatisfied
	})},
	{"steps", "the step of the cap is missing", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Statuses[refund.ClauseCap] = refund.StatusSatisfied
	})},
	{"steps", "the step of the deduction is missing", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Statuses[refund.ClauseCase2] = refund.StatusNotApplicable
	})},
}
