package refundtest_test

import (
	"errors"
	"maps"
	"slices"
	"sync/atomic"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// evaluationBreakers are mistakes that break the laws of laws_evaluation.go.
var evaluationBreakers = []lawBreaker{
	{"judged", "a valid case is refused", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		if c.Request.Channel == refund.ChannelOther {
			return refund.Outcome{}, errors.New("no such channel")
		}
		return p.Evaluate(c)
	}},
	{"judged", "the evaluator panics", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
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
	{"pure", "an evaluator joins adjacent openings of the policy", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		for _, day := range p.Hours {
			if len(day) > 1 && day[0].Closes == day[1].Opens {
				day[0].Closes = day[1].Closes
			}
		}
		return o, err
	}},
	{"pure", "an evaluator removes past special days from the policy", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
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
	{"basis", "the account is missing", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Basis.Account = "" })},
	{"basis", "the outcome has another subscription", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Subscription += "?" })},
	{"basis", "the outcome has another disputed amount", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Disputed = o.Disputed.Times(2) })},
	{"currency", "an amount of zero is left unset", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		if o.Refundable.Sign() == 0 {
			o.Refundable = refund.Money{}
		}
	})},
}
