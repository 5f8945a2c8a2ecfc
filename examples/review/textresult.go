package main

import (
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// found shows the findings of the case and of the review, which makes at least one on
// the logs.
func (r *review) found(p *page) {
	p.head("FINDINGS")
	rows := [][]string{{"clause", "severity", "subject", "detail"}}
	for i := range r.outcome.Findings {
		f := &r.outcome.Findings[i]
		rows = append(rows, []string{
			f.Clause.String(), f.Severity.String(), shown(f.Subject, idWidth), shown(f.Detail, 0),
		})
	}
	p.table(rows)
}

// result shows the outcome, with the reasons of what is open in it.
func (r *review) result(p *page) {
	o := &r.outcome
	held := "no"
	if clauses := r.of(refund.StatusBlocking); clauses != nil {
		var codes []string
		for _, clause := range clauses {
			codes = append(codes, clause.String())
		}
		held = "by " + strings.Join(codes, ", ")
	}
	var why []string
	if o.Statuses[refund.ClauseCap] == refund.StatusApplied {
		why = append(why, o.Why(refund.ClauseCap))
	}
	if o.Refunded.Sign() > 0 || o.Disputed.Sign() > 0 {
		why = append(why, o.WhyRefundable())
	}
	refundable := o.Refundable.String()
	if why != nil {
		refundable += " (" + strings.Join(why, "; ") + ")"
	}
	p.head("OUTCOME")
	p.table([][]string{
		{"verdict", o.Verdict.String() + ": " + o.Why(decidedBy(o.Verdict))},
		{"refundable", refundable},
		{"held", held},
	})

	rows := [][]string{{"clause", "status", "why"}}
	for _, status := range []refund.Status{refund.StatusBlocking, refund.StatusObjected, refund.StatusNotEvaluated} {
		for _, clause := range r.of(status) {
			rows = append(rows, []string{clause.String(), status.String(), shown(o.Why(clause), 0)})
		}
	}
	p.head("OPEN CLAUSES")
	p.table(rows)
}

// of returns the clauses with a status.
func (r *review) of(status refund.Status) (clauses []refund.Clause) {
	for _, clause := range refund.Clauses() {
		if r.outcome.Statuses[clause] == status {
			clauses = append(clauses, clause)
		}
	}
	return clauses
}

// decidedBy returns the clause that a verdict rests on.
func decidedBy(v refund.Verdict) refund.Clause {
	switch v {
	case refund.VerdictFull:
		return refund.ClauseCase1
	case refund.VerdictDeducted, refund.VerdictConsumed:
		return refund.ClauseCase2
	case refund.VerdictOneTimeService:
		return refund.ClauseOneTime
	}
	return refund.ClauseGuarantee
}

// troubles lists what could not be read.
func (r *review) troubles(p *page) {
	if len(r.problems) == 0 {
		return
	}
	rows := [][]string{{"file", "problem"}}
	for _, problem := range r.problems {
		file, reason := shown(problem.File, 0), problem.Reason
		if problem.Line > 0 {
			file = shown(place{problem.File, problem.Line}.String(), 0)
		}
		if problem.Path != "" {
			reason = problem.Path + ": " + reason
		}
		rows = append(rows, []string{shown(file, 40), shown(reason, 0)})
	}
	p.head("PROBLEMS")
	p.table(rows)
}
