package refund

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// Evaluate judges a case by the policy. It is a pure function: it reads no clock, does no
// input or output, and is safe for concurrent use. Equal policies and cases have equal
// outcomes, as long as the rules of the policy's time zones do not change. The outcome
// shares no memory with the case.
//
// A case in which no amount is due has an outcome. If the case cannot be judged, Evaluate
// returns the zero Outcome and an [*InvalidError] with every fault of the policy and the
// case.
func (p Policy) Evaluate(c Case) (o Outcome, err error) {
	var f Faults
	p.validate(&f)
	judgeable := f == nil
	c.validate(&f)

	days := calendar{location: p.Location}
	desk := &days
	if p.DeskLocation != nil && p.DeskLocation != p.Location {
		desk = &calendar{location: p.DeskLocation}
	}
	if judgeable { // even if the case is faulty, so that one error reports all faults
		if f.At("subscription.start") == nil && !p.window(&days, c.Subscription.Start, &o.Window) {
			f.Add("subscription.start", noWindow)
		}
		if f.At("request.at") == nil && !p.callback(desk, c.Request.At, &o.Callback) {
			f.Add("request.at", noCallback)
		}
	}
	if f != nil {
		return Outcome{}, f.Err()
	}

	asked := instant.Of(c.Request.At)
	opens, closes := instant.Of(o.Window.Opens), instant.Of(o.Window.Closes)
	until := closes
	if p.Readings.ResolvedUntil == ResolvedUntilRequest {
		until = asked
	}
	o.Subscription = c.Subscription.ID
	o.ResolvedIssues = c.Issues.resolvedIn(opens, closes, until)
	o.decide(&p, &c.Subscription, !asked.Before(opens) && asked.Before(closes))
	o.Basis.fill(&p, &c)
	o.review(&p, desk, &c)
	return o, nil
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
	b.RequestedAt = c.Request.At.In(p.Location) // without a monotonic reading
	b.Channel = c.Request.Channel
	if !c.Request.CalledBack.IsZero() {
		b.CalledBack = c.Request.CalledBack.In(p.Location)
	}
}

// decide computes the verdict and the amounts, and sets the statuses of the clauses that
// determine them. It computes in locals and stores once: storing field by field stalls.
func (o *Outcome) decide(p *Policy, s *Subscription, inWindow bool) {
	zero := Money{currency: s.Price.currency}
	base, most := p.Readings.base(s.Price, s.Paid), lesser(s.Price, s.Paid)
	deduction, entitlement := zero, zero

	o.Statuses = untouched
	st := &o.Statuses
	switch {
	case s.Service.Billing == BillingOneTime && (p.Readings.OneTime == OneTimeNeverRefunded || o.ResolvedIssues > 0):
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
		due := due(base, deduction)
		entitlement = lesser(due, most)
		st[ClauseCap] = statusIf(entitlement.less(due), StatusApplied, StatusSatisfied)
	}
	// The entitlement is the customer's total: earlier refunds and open disputes are
	// subtracted from it, not only from the cap.
	refunded, disputed := s.Refunded, s.Disputed
	refunded.currency, disputed.currency = zero.currency, zero.currency // a missing amount is zero
	taken := refunded.add(disputed, zero.currency)
	refundable := entitlement.sub(taken, zero.currency).floor0()
	remaining := most.sub(taken, zero.currency).floor0()
	o.Deduction, o.Entitlement = deduction, entitlement
	o.Refunded, o.Disputed, o.Refundable, o.Remaining = refunded, disputed, refundable, remaining
}

// untouched holds the statuses before any rule has run.
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

// review sets the statuses of the clauses that do not affect the amount, and collects the
// findings.
func (o *Outcome) review(p *Policy, desk *calendar, c *Case) {
	s := &o.Statuses
	var made [3]Finding
	own := made[:0] // findings of the evaluation itself; Why has their sentences

	s[ClauseTicket] = StatusSatisfied
	if subject := p.ticketObjection(desk, &c.Request); subject != "" {
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
		var worst [ClauseAccountAccess + 1]Severity // the last clause that takes findings
		for i := range c.Findings {
			fd := &c.Findings[i]
			worst[fd.Clause] = max(worst[fd.Clause], fd.Severity)
		}
		for clause := ClauseLogReview; clause <= ClauseAccountAccess; clause++ {
			s[clause] = worst[clause].status()
		}
	}
	stranger, vouched := c.stranger(), c.vouched()
	s[ClauseAccountAccess] = access(c, s[ClauseAccountAccess], stranger, vouched)
	if stranger && !vouched {
		own = append(own, strangerAsked)
	}
	o.Held = s[ClauseCredentials] == StatusBlocking || s[ClauseAccountAccess] == StatusBlocking // see mayBlock

	if n := len(c.Findings) + len(own); n > 0 {
		o.Findings = make([]Finding, 0, n)
		o.Findings = append(append(o.Findings, c.Findings...), own...)
		slices.SortFunc(o.Findings, compareFindings)
	}
}

// strangerAsked is the finding that the evaluation adds if a stranger made the request
// and no finding vouches for the stranger.
var strangerAsked = Finding{Clause: ClauseAccountAccess, Severity: SeverityBlocking, Subject: "request.by"}

// access returns the status of ClauseAccountAccess, given the status by its worst
// finding. The requester is always compared with the account's holder: a satisfied
// finding vouches only for the person it names, and an advisory one can only make the
// status worse.
func access(c *Case, worst Status, stranger, vouched bool) Status {
	switch {
	case worst == StatusBlocking, stranger && !vouched:
		return StatusBlocking
	case worst == StatusObjected:
		return StatusObjected
	case vouched, c.Request.By != "" && c.Request.By == c.Subscription.Account:
		return StatusSatisfied
	}
	return StatusNotEvaluated
}

// stranger reports whether the requester and the holder are known and differ.
func (c *Case) stranger() bool {
	by, holder := c.Request.By, c.Subscription.Account
	return by != "" && holder != "" && by != holder
}

// vouched reports whether a satisfied finding vouches for the requester.
func (c *Case) vouched() bool {
	if c.Request.By == "" {
		return false
	}
	for i := range c.Findings {
		fd := &c.Findings[i]
		if fd.Clause == ClauseAccountAccess && fd.Severity == SeveritySatisfied && fd.Subject == c.Request.By {
			return true
		}
	}
	return false
}

// ticketObjection returns the path of the field that breaks the rule of ClauseTicket, or
// "" if the request follows it.
func (p *Policy) ticketObjection(desk *calendar, r *Request) (subject string) {
	switch r.Channel {
	case ChannelEmail:
		if !r.reasoned() {
			return "request.reason"
		}
	case ChannelPhone:
		if !p.deskOpen(desk, r.At) {
			return "request.at"
		}
	default:
		return "request.channel"
	}
	return ""
}
