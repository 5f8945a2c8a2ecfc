package refund

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// Evaluate judges a case by the policy. It is a pure function: no clock, no input
// or output, the same answer for ever, and safe for concurrent use. It reads the
// case and keeps nothing of it.
//
// That nothing is due is an outcome. A case that cannot be judged is an
// [*InvalidError], which names every fault of the policy and the case at once; the
// outcome is then the zero Outcome.
func (p Policy) Evaluate(c Case) (o Outcome, err error) {
	err = p.evaluate(&c, &o)
	return o, err
}

// evaluate is Evaluate into a zero outcome, which stays zero with an error. Cases and
// outcomes are several hundred bytes, which are better not copied from one to another.
func (p *Policy) evaluate(c *Case, o *Outcome) error {
	var f Faults
	p.validate(&f)
	judgeable := f == nil
	c.validate(&f)

	days := calendar{location: p.Location}
	if judgeable { // even of a faulty case, so that all is told at once
		if instant.Fault(c.Subscription.Start) == "" && !p.window(&days, c.Subscription.Start, &o.Window) {
			f.Add("subscription.start", noWindow)
		}
		if instant.Fault(c.Request.At) == "" && !f.has("request.at") && !p.callback(&days, c.Request.At, &o.Callback) {
			f.Add("request.at", noCallback)
		}
	}
	if f != nil {
		*o = Outcome{}
		return f.Err()
	}

	asked := instant.Of(c.Request.At)
	opens, closes := instant.Of(o.Window.Opens), instant.Of(o.Window.Closes)
	until := closes
	if p.Readings.ResolvedUntil == ResolvedUntilRequest {
		until = asked
	}
	o.Subscription = c.Subscription.ID
	o.ResolvedIssues = c.Issues.resolvedIn(opens, closes, until)
	o.decide(p, &c.Subscription, !asked.Before(opens) && asked.Before(closes))
	o.Basis.fill(p, c)
	o.review(p, &days, c)
	return nil
}

// fill sets the facts of a basis that is zero.
func (b *Basis) fill(p *Policy, c *Case) {
	b.Policy = p.Version
	b.Location = p.Location.String()
	b.WindowDays = p.WindowDays
	b.Readings = p.Readings
	b.Account = c.Subscription.Account
	b.RequestedBy = c.Request.By
	b.RecordedBy = c.Request.RecordedBy
	b.Service = c.Subscription.Service
	b.Price = c.Subscription.Price
	b.Paid = c.Subscription.Paid
	b.Refunded = c.Subscription.Refunded
	b.Refunded.currency = b.Price.currency
	b.RequestedAt = c.Request.At.In(p.Location) // without a monotonic reading
	b.Channel = c.Request.Channel
	if !c.Request.CalledBack.IsZero() {
		b.CalledBack = c.Request.CalledBack.In(p.Location)
	}
}

// decide works out the verdict and the amounts, and sets the statuses of the
// clauses that rule them. It works on values of its own and writes them down last:
// a processor that is to read again what it has just written in other parts waits.
func (o *Outcome) decide(p *Policy, s *Subscription, inWindow bool) {
	nothing := Money{currency: s.Price.currency}
	base := p.Readings.base(s.Price, s.Paid)
	deduction, entitlement, refundable := nothing, nothing, nothing

	o.Statuses = untouched
	st := &o.Statuses
	switch {
	case s.Service.Billing == BillingOneTime:
		o.Verdict = VerdictOneTimeService
		st[ClauseOneTime] = StatusApplied

	case !inWindow:
		o.Verdict = VerdictWindowClosed

	case o.ResolvedIssues == 0:
		o.Verdict = VerdictFull
		st[ClauseGuarantee], st[ClauseCase1] = StatusApplied, StatusApplied

	default:
		deduction = s.Service.PerInstance.Times(o.ResolvedIssues)
		o.Verdict = VerdictDeducted
		if !deduction.less(base) {
			o.Verdict = VerdictConsumed
		}
		st[ClauseGuarantee], st[ClauseCase2] = StatusApplied, StatusApplied
	}

	st[ClauseCap] = StatusNotApplicable
	if o.Verdict.Granted() {
		due := uncapped(base, deduction)
		entitlement = lesser(due, lesser(s.Price, s.Paid))
		// What the policy grants is what the customer ends up with: earlier refunds come
		// off the entitlement, not only off the cap.
		refundable = entitlement.sub(s.Refunded, nothing.currency).floor0()
		st[ClauseCap] = statusIf(refundable.less(due), StatusApplied, StatusSatisfied)
	}
	o.Deduction, o.Entitlement, o.Refundable = deduction, entitlement, refundable
}

// untouched is the statuses of a case before any rule has run.
var untouched = Statuses{
	ClauseGuarantee: StatusNotApplicable,
	ClauseCase1:     StatusNotApplicable,
	ClauseCase2:     StatusNotApplicable,
	ClauseOneTime:   StatusNotApplicable,

	ClauseCallback: StatusNotEvaluated,
	ClauseGoodwill: StatusNotEvaluated, // it exists only as a decision

	ClauseLogReview:     StatusNotEvaluated,
	ClauseCooperation:   StatusNotEvaluated,
	ClausePeripherals:   StatusNotEvaluated,
	ClauseLicensed:      StatusNotEvaluated,
	ClauseBestEffort:    StatusNotEvaluated,
	ClauseDataLoss:      StatusNotEvaluated,
	ClauseEnvironment:   StatusNotEvaluated,
	ClauseRegistration:  StatusNotEvaluated,
	ClauseCredentials:   StatusNotEvaluated,
	ClauseAccountAccess: StatusNotEvaluated,
}

// review sets the statuses of the clauses that leave the amount alone, and gathers
// the findings.
func (o *Outcome) review(p *Policy, days *calendar, c *Case) {
	s := &o.Statuses
	var made [3]Finding
	own := made[:0] // what this evaluation finds itself, without a sentence: Why has those

	s[ClauseTicket] = StatusSatisfied
	if subject := p.ticketObjection(days, &c.Request); subject != "" {
		s[ClauseTicket] = StatusObjected
		own = append(own, Finding{Clause: ClauseTicket, Severity: SeverityAdvisory, Subject: subject})
	}

	switch {
	case c.Request.CalledBack.IsZero():
	case instant.Before(o.Callback.Latest, c.Request.CalledBack):
		s[ClauseCallback] = StatusObjected
		own = append(own, Finding{Clause: ClauseCallback, Severity: SeverityAdvisory, Subject: "request.called_back"})
	default:
		s[ClauseCallback] = StatusSatisfied
	}

	if len(c.Findings) > 0 {
		var worst [ClauseAccountAccess + 1]Severity // the last that findings are about
		for i := range c.Findings {
			fd := &c.Findings[i]
			worst[fd.Clause] = max(worst[fd.Clause], fd.Severity)
		}
		for clause := ClauseLogReview; clause <= ClauseAccountAccess; clause++ {
			s[clause] = worst[clause].status()
		}
	}
	// Without a finding, who asked tells whether the holder did.
	if by, holder := c.Request.By, c.Subscription.Account; s[ClauseAccountAccess] == StatusNotEvaluated && by != "" && holder != "" {
		s[ClauseAccountAccess] = StatusSatisfied
		if by != holder {
			s[ClauseAccountAccess] = StatusBlocking
			own = append(own, strangerAsked)
		}
	}
	o.Held = s[ClauseCredentials] == StatusBlocking || s[ClauseAccountAccess] == StatusBlocking // no other may be

	if n := len(c.Findings) + len(own); n > 0 {
		o.Findings = make([]Finding, 0, n)
		o.Findings = append(append(o.Findings, c.Findings...), own...)
		slices.SortFunc(o.Findings, compareFindings)
	}
}

// strangerAsked is what an evaluation finds if another account than the holder's
// asked, and nobody has looked at whether it may.
var strangerAsked = Finding{Clause: ClauseAccountAccess, Severity: SeverityBlocking, Subject: "request.by"}

// ticketObjection returns the field that shows what is wrong with the way in which a
// request came, or "".
func (p *Policy) ticketObjection(days *calendar, r *Request) (subject string) {
	switch r.Channel {
	case ChannelEmail:
		if !r.reasoned() {
			return "request.reason"
		}
	case ChannelPhone:
		if !p.deskOpen(days, r.At) {
			return "request.at"
		}
	default:
		return "request.channel"
	}
	return ""
}
