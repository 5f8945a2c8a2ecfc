package refund

import (
	"slices"
	"time"
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
	var f faults
	p.validate(&f)
	judgeable := f == nil
	c.validate(&f)

	days := calendar{location: p.Location}
	var window Window
	var callback Callback
	if judgeable { // even of a faulty case, so that all is told at once
		var ok bool
		if instantFault(c.Subscription.Start) == "" {
			if window, ok = p.window(&days, c.Subscription.Start); !ok {
				f.add("subscription.start", noWindow)
			}
		}
		if instantFault(c.Request.At) == "" && !f.has("request.at") {
			if callback, ok = p.callback(&days, c.Request.At); !ok {
				f.add("request.at", noCallback)
			}
		}
	}
	if f != nil {
		return f.err()
	}

	currency := c.Subscription.Price.currency
	nothing := Money{currency: currency}
	o.Subscription = c.Subscription.ID
	o.Deduction = nothing
	o.Entitlement = nothing
	o.Window = window
	o.Callback = callback
	basis := &o.Basis
	basis.Policy = p.Version
	basis.Location = p.Location.String()
	basis.WindowDays = p.WindowDays
	basis.Readings = p.Readings
	basis.Account = c.Subscription.Account
	basis.RequestedBy = c.Request.By
	basis.TakenBy = c.Request.TakenBy
	basis.Service = c.Subscription.Service
	basis.Price = c.Subscription.Price
	basis.Paid = c.Subscription.Paid
	basis.Refunded = c.Subscription.Refunded.add(nothing, currency)
	basis.RequestedAt = c.Request.At.Round(0).In(p.Location)
	basis.Channel = c.Request.Channel
	if !c.Request.CalledBack.IsZero() {
		o.Basis.CalledBack = c.Request.CalledBack.Round(0).In(p.Location)
	}
	var until time.Time
	if p.Readings.ResolvedUntil == ResolvedUntilRequest {
		until = c.Request.At
	}
	o.ResolvedIssues = c.Issues.resolvedIn(window, until)

	o.decide(nothing)
	o.review(p, &days, c)
	return nil
}

// decide works out the verdict and the amounts, and sets the statuses of the
// clauses that rule them.
func (o *Outcome) decide(nothing Money) {
	s := &o.Statuses
	*s = untouched
	base := o.Basis.Base()
	switch {
	case o.Basis.Service.Billing == BillingOneTime:
		o.Verdict = VerdictOneTimeService
		s[ClauseOneTime] = StatusApplied

	case !o.Window.Contains(o.Basis.RequestedAt):
		o.Verdict = VerdictWindowClosed

	case o.ResolvedIssues == 0:
		o.Verdict = VerdictFull
		s[ClauseGuarantee], s[ClauseCase1] = StatusApplied, StatusApplied

	default:
		o.Deduction = o.Basis.Service.PerInstance.Times(o.ResolvedIssues)
		o.Verdict = VerdictDeducted
		if base.cmp(o.Deduction) <= 0 {
			o.Verdict = VerdictConsumed
		}
		s[ClauseGuarantee], s[ClauseCase2] = StatusApplied, StatusApplied
	}

	if !o.Verdict.Granted() {
		o.Refundable = nothing
		s[ClauseCap] = StatusNotApplicable
		return
	}
	uncapped := o.uncapped()
	o.Entitlement = least(uncapped, o.Basis.Price, o.Basis.Paid)
	// What the policy grants is what the customer ends up with: earlier refunds come
	// off the entitlement, not only off the cap.
	o.Refundable = o.Entitlement.sub(o.Basis.Refunded, nothing.currency).floor0()
	s[ClauseCap] = statusIf(o.Refundable.cmp(uncapped) < 0, StatusApplied, StatusSatisfied)
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
	case before(o.Callback.Latest, c.Request.CalledBack):
		s[ClauseCallback] = StatusObjected
		own = append(own, Finding{Clause: ClauseCallback, Severity: SeverityAdvisory, Subject: "request.called_back"})
	default:
		s[ClauseCallback] = StatusSatisfied
	}

	if len(c.Findings) > 0 {
		var worst [clauseCount + 1]Severity
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
