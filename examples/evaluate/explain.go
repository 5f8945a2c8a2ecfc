package main

import (
	"strings"

	"github.com/kasperinfotech/refundpolicy/examples/internal/terminal"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// steps appends the steps of a case: a row for each clause with its status and amount,
// and the reason below. Clauses that are not evaluated for the same reason share a row at
// the end: the clauses that have not been reviewed.
func (t *table) steps(b []byte, o *refund.Outcome) []byte {
	pending := map[string][]string{} // clauses by reason
	var reasons []string             // in the order of their first clause
	for _, step := range o.Steps() {
		if step.Status == refund.StatusNotEvaluated {
			why := o.Why(step.Clause)
			if pending[why] == nil {
				reasons = append(reasons, why)
			}
			pending[why] = append(pending[why], step.Clause.String())
		}
	}
	for _, step := range o.Steps() {
		why, amount := o.Why(step.Clause), ""
		if step.Status == refund.StatusNotEvaluated && len(pending[why]) > 1 {
			continue
		}
		if !step.Amount.IsZero() {
			amount = step.Amount.Amount()
		}
		b = t.row(b, "", step.Clause.String(), step.Status, amount, step.Amount.Currency().Code(), "")
		b = t.reason(b, why)
	}
	b = t.taken(b, "refunded", o.Refunded)
	b = t.taken(b, "disputed", o.Disputed)
	if o.Refunded.Sign() > 0 || o.Disputed.Sign() > 0 {
		b = t.row(b, "", "refundable", "", o.Refundable.Amount(), o.Refundable.Currency().Code(), "")
		b = t.reason(b, o.WhyRefundable())
	}
	for _, why := range reasons {
		if clauses := pending[why]; len(clauses) > 1 {
			b = t.row(b, "", "other clauses", refund.StatusNotEvaluated, "", "", "")
			b = t.reason(b, why+": "+strings.Join(clauses, ", "))
		}
	}
	return b
}

// taken appends an amount that is no longer refundable, unless it is zero.
func (t *table) taken(b []byte, name string, amount refund.Money) []byte {
	if amount.Sign() > 0 {
		b = t.row(b, "", name, "", "-"+amount.Amount(), amount.Currency().Code(), "")
	}
	return b
}

// reason appends a text below the columns from the verdict on.
func (t *table) reason(b []byte, why string) []byte {
	for _, text := range terminal.Wrap(why, verdictColumn+amountColumn+t.remarks) {
		b = line(b, "%*s%s", numberColumn+t.id+2, "", text)
	}
	return b
}
