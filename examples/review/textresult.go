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

// result shows the outcome, and the open clauses with their reasons.
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

// voiceList lists the voices whose sides are not known.
func (r *review) voiceList(p *page) {
	if len(r.voices) == 0 {
		return
	}
	rows := [][]string{{"transcript", "voices without a side"}}
	for _, v := range r.voices {
		var names []string
		for _, name := range v.Names {
			if name == "" {
				name = "(no name)"
			}
			names = append(names, shown(name, 60))
		}
		rows = append(rows, []string{shown(v.File, 40), strings.Join(names, "\n")})
	}
	p.head("VOICES")
	p.table(rows)
}

// listProblems lists problems or warnings, if there are any.
func listProblems(p *page, head string, list []problem) {
	if len(list) == 0 {
		return
	}
	rows := [][]string{{"file", strings.ToLower(strings.TrimSuffix(head, "S"))}}
	for _, problem := range list {
		file, reason := problem.File, problem.Reason
		if problem.Line > 0 {
			file = place{problem.File, problem.Line}.String()
		}
		if problem.Path != "" {
			reason = problem.Path + ": " + reason
		}
		rows = append(rows, []string{shown(file, 40), shown(reason, 0)})
	}
	p.head(head)
	p.table(rows)
}
