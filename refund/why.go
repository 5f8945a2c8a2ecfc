package refund

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// Why explains the status of a clause in one sentence, with the figures and dates of the
// case: "1 issue resolved × 25.00 USD = 25.00 USD deducted from 199.99 USD". Dates are in
// the policy's location. Why quotes the subjects and details of findings, with spaces in
// place of control characters. It returns "" if c is not a clause.
//
// The sentences are for people and may be reworded. Programs use [Outcome.Statuses].
func (o Outcome) Why(c Clause) string {
	var room [256]byte // most sentences fit, so that only the string is allocated
	return string(o.AppendWhy(room[:0], c))
}

// AppendWhy appends the sentence of [Outcome.Why] to b.
func (o Outcome) AppendWhy(b []byte, c Clause) []byte {
	if !c.IsValid() {
		return b
	}
	return o.why(sentence{b: b}, c).b
}

// why appends the explanation of the status of a valid clause.
func (o *Outcome) why(w sentence, c Clause) sentence {
	switch c {
	case ClauseGuarantee:
		return o.whyGuarantee(w)
	case ClauseCase1:
		return o.whyCase1(w)
	case ClauseCase2:
		return o.whyCase2(w)
	case ClauseOneTime:
		return o.whyOneTime(w)
	case ClauseTicket:
		return o.whyTicket(w)
	case ClauseCallback:
		return o.whyCallback(w)
	case ClauseCredentials:
		return o.whyCredentials(w)
	case ClauseAccountAccess:
		return o.whyAccess(w)
	case ClauseGoodwill:
		return o.whyGoodwill(w)
	case ClauseCap:
		return o.whyCap(w)
	}
	return o.whyFindings(w, c)
}

// WhyRefundable explains in words how the refundable amount follows from the entitlement:
// "75.00 USD less 30.00 USD already refunded: 45.00 USD".
func (o Outcome) WhyRefundable() string {
	var room [256]byte
	w := sentence{b: room[:0]}.money(o.Entitlement)
	refunded, disputed := o.Refunded.Sign() > 0, o.Disputed.Sign() > 0
	if !refunded && !disputed {
		return string(w.b)
	}
	w = w.text(" less ")
	if refunded {
		w = w.money(o.Refunded).text(" already refunded")
	}
	if refunded && disputed {
		w = w.text(" and ")
	}
	if disputed {
		w = w.money(o.Disputed).text(" in dispute")
	}
	w = w.text(": ").money(o.Refundable)
	taken := o.Refunded.add(o.Disputed, o.Entitlement.currency)
	if excess := taken.sub(o.Entitlement, o.Entitlement.currency); excess.Sign() > 0 {
		w = w.text(" (").money(excess).text(" beyond the entitlement)")
	}
	return string(w.b)
}

// withoutEffect ends the sentence of a clause that objects.
const withoutEffect = "; noted, without effect on the amount"

func (o *Outcome) whyGuarantee(w sentence) sentence {
	if o.Verdict == VerdictOneTimeService {
		return w.text(o.oneTimeRule()).text(" under the guarantee")
	}
	closed := o.Verdict == VerdictWindowClosed
	switch {
	case o.Basis.Readings.DayCount == DayCountElapsed:
		w = w.text("asked on ").time(o.Basis.RequestedAt).text("; the ").number(24 * o.Basis.WindowDays)
		w = w.text(" hours from ").time(o.Window.Opens)
		return w.text(choose(closed, " ended on ", " end on ")).time(o.Window.Closes)
	case !o.Window.Opens.Before(o.Window.Closes): // a change of the clocks; the dates do not show it
		w = w.text("asked on ").time(o.Basis.RequestedAt)
		return w.text("; the window closed on ").time(o.Window.Closes).text(", as it opened")
	}
	w = w.text("asked on ").day(o.Basis.RequestedAt)
	w = w.text(choose(closed, "; the last day was ", "; the last day is ")).date(o.Window.LastDay)
	w = w.text(" (").days(o.Basis.WindowDays)
	w = w.text(choose(o.Basis.Readings.DayCount == DayCountSameDay, ", counting ", " from "))
	return w.dayIn(o.Window.LastDay.Year, o.Window.Opens).text(")")
}

// oneTimeRule returns the rule under which a one-time service is not refunded.
func (o *Outcome) oneTimeRule() string {
	if o.Basis.Readings.OneTime == OneTimeRefundedIfUnresolved {
		return "one-time services with a resolved issue are not refunded"
	}
	return "one-time services are not refunded"
}

// notGranted reports whether neither Case 1 nor Case 2 applies. If so, it appends the
// reason.
func (o *Outcome) notGranted(w sentence) (sentence, bool) {
	switch o.Verdict {
	case VerdictOneTimeService:
		return w.text("does not apply: ").text(o.oneTimeRule()), true
	case VerdictWindowClosed:
		return w.text("does not apply: the window was closed when the request came"), true
	}
	return w, false
}

// noneResolved appends that no resolution counts.
func (o *Outcome) noneResolved(w sentence) sentence {
	if o.Basis.Readings.ResolvedUntil == ResolvedUntilRequest {
		return w.text("no issue was resolved in the window up to the request")
	}
	return w.text("no issue was resolved in the window")
}

func (o *Outcome) whyCase1(w sentence) sentence {
	if w, not := o.notGranted(w); not {
		return w
	}
	if n := o.ResolvedIssues; n > 0 {
		return w.text("does not apply: ").issues(n).text(choose(n == 1, " was", " were")).text(" resolved")
	}
	return o.noneResolved(w).text(": the whole amount, ").money(o.Basis.Base())
}

func (o *Outcome) whyCase2(w sentence) sentence {
	if w, not := o.notGranted(w); not {
		return w
	}
	if o.ResolvedIssues == 0 {
		return o.noneResolved(w.text("does not apply: "))
	}
	w = w.issues(o.ResolvedIssues).text(" resolved × ").money(o.Basis.Service.PerInstance)
	w = w.text(" = ").money(o.Deduction).text(" deducted from ").money(o.Basis.Base())
	if o.Verdict == VerdictConsumed {
		w = w.text("; the whole amount is used up")
	}
	return w
}

func (o *Outcome) whyOneTime(w sentence) sentence {
	switch {
	case o.Verdict == VerdictOneTimeService:
		return w.text(o.oneTimeRule()).text(" under the guarantee; the company may still grant goodwill")
	case o.Basis.Service.Billing == BillingOneTime:
		return w.text("a one-time service without a resolved issue is judged like any other service")
	}
	return w.text("the service is not a one-time service")
}

func (o *Outcome) whyTicket(w sentence) sentence {
	objected := o.Statuses[ClauseTicket] == StatusObjected
	switch o.Basis.Channel {
	case ChannelEmail:
		w = w.text("requested by e-mail on ").day(o.Basis.RequestedAt)
		w = w.text(choose(objected, ", without a reason", ", with a reason"))
	case ChannelPhone:
		w = w.text("requested by phone on ").time(o.Basis.RequestedAt)
		w = w.text(choose(objected, ", while the desk was closed", ", while the desk was open"))
	default:
		w = w.text("requested on ").day(o.Basis.RequestedAt)
		w = w.text(", neither by e-mail nor by phone to the cancellation desk")
	}
	return w.text(choose(objected, withoutEffect, ""))
}

func (o *Outcome) whyCallback(w sentence) sentence {
	called := o.Basis.CalledBack
	if called.IsZero() {
		return w.text("the call back is due between ").span(o.Callback.Earliest, o.Callback.Latest).text("; none is recorded")
	}
	w = w.text("called back on ").time(called)
	switch {
	case instant.Before(o.Callback.Latest, called):
		return w.text(", late: it was due by ").time(o.Callback.Latest).text(withoutEffect)
	case instant.Before(called, o.Callback.Earliest):
		return w.text(", early: it was due from ").time(o.Callback.Earliest)
	}
	return w.text(", in time: it was due by ").time(o.Callback.Latest)
}

func (o *Outcome) whyGoodwill(w sentence) sentence {
	w = w.text("goodwill is a separate decision of the company")
	if o.Remaining.Sign() <= 0 {
		return w.text("; no amount remains for it")
	}
	w = w.text(choose(o.Held, ", possible whatever the verdict once the hold ends", ", possible whatever the verdict"))
	return w.text(", up to ").money(o.Remaining)
}

func (o *Outcome) whyCap(w sentence) sentence {
	switch {
	case !o.Verdict.Granted():
		return w.text("no amount is due that could exceed the cap")
	case o.Statuses[ClauseCap] == StatusApplied:
		return w.text("limited to the ").money(o.Basis.Paid).text(" that was paid")
	}
	return w.money(o.Entitlement).text(" is within the cap of ").money(lesser(o.Basis.Price, o.Basis.Paid))
}

func (o *Outcome) whyCredentials(w sentence) sentence {
	if o.Statuses[ClauseCredentials] != StatusBlocking {
		return o.whyFindings(w, ClauseCredentials)
	}
	n, subject := 0, ""
	for i := range o.Findings {
		if fd := &o.Findings[i]; fd.Clause == ClauseCredentials && fd.Severity == SeverityBlocking {
			n, subject = n+1, fd.Subject
		}
	}
	switch {
	case n > 1:
		w = w.text("on hold until ").number(n).text(" reports of unauthorized use are closed")
	case subject != "":
		return w.text("on hold until the report of unauthorized use ").quote(subject).text(" is closed")
	default:
		w = w.text("on hold until the report of unauthorized use is closed")
	}
	return o.quoteFindings(w, ClauseCredentials, ": ")
}

func (o *Outcome) whyAccess(w sentence) sentence {
	by, holder := o.Basis.RequestedBy, o.Basis.Account
	switch status := o.Statuses[ClauseAccountAccess]; {
	case status == StatusBlocking && slices.Contains(o.Findings, strangerAsked):
		w = w.text("on hold: the request came from another account (").quote(by).text("); the holder's permission is needed")
		if !slices.ContainsFunc(o.Findings, func(fd Finding) bool {
			return fd.Clause == ClauseAccountAccess && fd.Severity == SeverityBlocking && fd != strangerAsked && fd.Subject != by
		}) {
			return w // the other findings are about the requester and add no information
		}
		return o.quoteFindings(w, ClauseAccountAccess, "; also to be settled: ")
	case status == StatusBlocking:
		w = w.text("on hold until the right to use the account is settled")
		return o.quoteFindings(w, ClauseAccountAccess, ": ")
	case status == StatusSatisfied && by == holder:
		return w.text("the holder of the account asked")
	case status == StatusSatisfied:
		return w.text("the holder's permission for ").quote(by).text(" was reviewed")
	case status == StatusNotEvaluated:
		return w.text("not known whether the holder of the account asked")
	}
	return o.whyFindings(w, ClauseAccountAccess)
}

// whyFindings explains the status of a clause that takes findings.
func (o *Outcome) whyFindings(w sentence, c Clause) sentence {
	switch o.Statuses[c] {
	case StatusObjected:
		w = w.text("noted, without effect on the amount")
	case StatusSatisfied:
		w = w.text("reviewed, no objection")
	case StatusBlocking:
		w = w.text("on hold")
	default:
		return w.text("not reviewed yet")
	}
	return o.quoteFindings(w, c, ": ")
}

// quoteFindings quotes the worst findings of a clause, which determined its status. It
// leaves out findings without text, and the one that the evaluation added.
func (o *Outcome) quoteFindings(w sentence, c Clause, first string) sentence {
	const most = 3
	var worst Severity
	quoted, more := 0, 0
	for i := range o.Findings { // the worst of a clause come first
		fd := &o.Findings[i]
		if fd.Clause != c || fd.Severity < worst {
			continue
		}
		worst = fd.Severity
		switch {
		case fd.Subject == "" && fd.Detail == "", *fd == strangerAsked:
		case quoted == most:
			more++
		default:
			w = w.text(choose(quoted == 0, first, "; ")).quote(fd.Subject)
			if fd.Subject != "" && fd.Detail != "" {
				w = w.text(", ")
			}
			w = w.quote(fd.Detail)
			quoted++
		}
	}
	if more > 0 {
		w = w.text("; and ").number(more).text(" more")
	}
	return w
}

func choose(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}
