package refundtest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// status returns a breach of a clause unless it has the wanted status.
func (t *trial) status(clause refund.Clause, want refund.Status) *breach {
	if got := t.o.Statuses[clause]; got != want {
		return butOf(clause, clause.String()+" is "+got.String(), want.String())
	}
	return nil
}

func reasoned(text string) bool { return strings.TrimSpace(text) != "" }

func lawVerdictStatuses(t *trial) *breach {
	applied := func(verdicts ...refund.Verdict) refund.Status {
		if slices.Contains(verdicts, t.o.Verdict) {
			return refund.StatusApplied
		}
		return refund.StatusNotApplicable
	}
	const full, deducted, consumed = refund.VerdictFull, refund.VerdictDeducted, refund.VerdictConsumed
	return cmp.Or(
		t.status(refund.ClauseGuarantee, applied(full, deducted, consumed)),
		t.status(refund.ClauseCase1, applied(full)),
		t.status(refund.ClauseCase2, applied(deducted, consumed)),
		t.status(refund.ClauseOneTime, applied(refund.VerdictOneTimeService)),
		t.status(refund.ClauseGoodwill, refund.StatusNotEvaluated),
		t.status(0, 0),
	)
}

// statusOf returns the status of a clause with a worst finding of that severity.
func statusOf(worst refund.Severity) refund.Status {
	switch worst {
	case refund.SeverityBlocking:
		return refund.StatusBlocking
	case refund.SeverityAdvisory:
		return refund.StatusObjected
	case refund.SeveritySatisfied:
		return refund.StatusSatisfied
	}
	return refund.StatusNotEvaluated
}

// worst returns the severity of the worst finding on a clause, unset without a finding. On
// account-access, satisfied findings do not count: they clear the requester they name.
func (t *trial) worst(clause refund.Clause) (worst refund.Severity) {
	for i := range t.c.Findings {
		if f := &t.c.Findings[i]; f.Clause == clause && (clause != refund.ClauseAccountAccess || f.Severity != refund.SeveritySatisfied) {
			worst = max(worst, f.Severity)
		}
	}
	return worst
}

// strange reports whether another account than the holder's asked, without a finding that
// clears it.
func (t *trial) strange() bool {
	by, holder := t.c.Request.By, t.c.Subscription.Account
	return by != "" && holder != "" && by != holder && !t.vouched()
}

func (t *trial) vouched() bool {
	by := t.c.Request.By
	return by != "" && slices.ContainsFunc(t.c.Findings, func(f refund.Finding) bool {
		return f.Clause == refund.ClauseAccountAccess && f.Severity == refund.SeveritySatisfied && f.Subject == by
	})
}

func lawFindings(t *trial) *breach {
	for clause := refund.ClauseLogReview; clause < refund.ClauseAccountAccess; clause++ {
		if b := t.status(clause, statusOf(t.worst(clause))); b != nil {
			return b
		}
	}
	return nil
}

func lawAccountAccess(t *trial) *breach {
	by, holder := t.c.Request.By, t.c.Subscription.Account
	want := statusOf(t.worst(refund.ClauseAccountAccess))
	switch {
	case t.strange():
		want = refund.StatusBlocking
	case want == refund.StatusNotEvaluated && (t.vouched() || by != "" && by == holder):
		want = refund.StatusSatisfied
	}
	if b := t.status(refund.ClauseAccountAccess, want); b != nil {
		b.want += ": " + quoted(by) + " asked, " + quoted(holder) + " holds the account"
		return b
	}
	return nil
}

func lawFindingsKept(t *trial) *breach {
	var own [3]struct {
		clause   refund.Clause
		severity refund.Severity
	}
	n := 0
	make := func(clause refund.Clause, severity refund.Severity, found bool) {
		if found {
			own[n].clause, own[n].severity = clause, severity
			n++
		}
	}
	// These follow the outcome's own statuses, which other laws check.
	make(refund.ClauseTicket, refund.SeverityAdvisory, t.o.Statuses[refund.ClauseTicket] == refund.StatusObjected)
	make(refund.ClauseCallback, refund.SeverityAdvisory, t.o.Statuses[refund.ClauseCallback] == refund.StatusObjected)
	make(refund.ClauseAccountAccess, refund.SeverityBlocking, t.strange() && t.o.Statuses[refund.ClauseAccountAccess] == refund.StatusBlocking)
	if lost := missing(t.c.Findings, t.o.Findings); lost != nil {
		return butOf(lost[0].Clause, "no finding "+findingText(lost[0]), "the finding of the case")
	}
	more := missing(t.o.Findings, t.c.Findings)
	for _, want := range own[:n] {
		i := slices.IndexFunc(more, func(f refund.Finding) bool { return f.Clause == want.clause && f.Severity == want.severity })
		if i < 0 {
			return butOf(want.clause, "no finding of its own on "+want.clause.String(), "a finding that is "+want.severity.String())
		}
		more = slices.Delete(more, i, i+1)
	}
	if len(more) > 0 {
		return butOf(more[0].Clause, "an extra finding "+findingText(more[0]), "no other finding")
	}
	for i := 1; i < len(t.o.Findings); i++ {
		a, b := &t.o.Findings[i-1], &t.o.Findings[i]
		if a.Clause > b.Clause || a.Clause == b.Clause && a.Severity < b.Severity {
			return butOf(b.Clause, findingText(*a)+" before "+findingText(*b), "the reverse order")
		}
	}
	return nil
}

func lawHeld(t *trial) *breach {
	blocking := refund.Clause(0)
	for _, clause := range [...]refund.Clause{refund.ClauseCredentials, refund.ClauseAccountAccess} {
		if t.o.Statuses[clause] == refund.StatusBlocking {
			blocking = clause
		}
	}
	switch {
	case blocking != 0 && !t.o.Held:
		return butOf(blocking, "not held", "held: "+blocking.String()+" is blocking")
	case blocking == 0 && t.o.Held:
		return but("held", "not held: neither credentials nor account-access is blocking")
	}
	return nil
}

func lawReasons(t *trial) *breach {
	var room [512]byte
	for i := range refund.ClauseCap {
		clause := i + 1
		if text := string(t.o.AppendWhy(room[:0], clause)); !oneLine(text) {
			return butOf(clause, "the reason of "+clause.String()+" is "+quoted(text), "one line of text")
		}
	}
	return nil
}

func oneLine(text string) bool {
	return strings.TrimSpace(text) != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\u202e'
	})
}
