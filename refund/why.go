package refund

import (
	"slices"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// Why returns the reason for the status of a clause in one line of words, with the
// figures and dates of the case: "1 issue resolved × 25.00 USD = 25.00 USD deducted
// from 199.99 USD". Dates are in the policy's location. Subjects and details of
// findings are quoted in it; control characters in them become blanks. It is ""
// if c is no clause.
//
// Sentences are for people and may be reworded; programs use [Outcome.Statuses].
func (o Outcome) Why(c Clause) string {
	var room [256]byte // most sentences fit, and are allocated once, as the string
	return string(o.AppendWhy(room[:0], c))
}

// AppendWhy appends what [Outcome.Why] returns to b.
func (o Outcome) AppendWhy(b []byte, c Clause) []byte {
	if !c.IsValid() {
		return b
	}
	return o.why(sentence{b: b}, c).b
}

// why appends the reason for the status of a valid clause.
func (o *Outcome) why(w sentence, c Clause) sentence {
	switch c {
	case ClauseGuarantee:
		w = o.whyGuarantee(w)
	case ClauseCase1:
		w = o.whyCase1(w)
	case ClauseCase2:
		w = o.whyCase2(w)
	case ClauseOneTime:
		if o.Verdict == VerdictOneTimeService {
			w = w.text("one-time support is not given back, whether or not an issue was resolved")
		} else {
			w = w.text("the service is no one-time support")
		}
	case ClauseTicket:
		w = o.whyTicket(w)
	case ClauseCallback:
		w = o.whyCallback(w)
	case ClauseGoodwill:
		w = w.text("a decision of its own, open whatever the verdict")
	case ClauseCap:
		w = o.whyCap(w)
	default:
		w = o.whyFindings(w, c)
	}
	return w
}

func (o *Outcome) whyGuarantee(w sentence) sentence {
	if o.Verdict == VerdictOneTimeService {
		w = w.text("one-time support has no window")
		return w
	}
	w = w.text("asked on ").time(o.Basis.RequestedAt)
	if o.Verdict == VerdictWindowClosed {
		w = w.text(", not before the window closed on ").time(o.Window.Closes)
		w = w.text(" (").days(o.Basis.WindowDays).text(" from ").time(o.Window.Opens).text(")")
		return w
	}
	w = w.text(", in the window from ").time(o.Window.Opens).text(" until ").time(o.Window.Closes)
	w = w.text(" (").days(o.Basis.WindowDays).text("); granting it is for the company to decide")
	return w
}

// notGranted says why neither case applies, or nothing where one does.
func (o *Outcome) notGranted() string {
	switch o.Verdict {
	case VerdictOneTimeService:
		return "one-time support: nothing is due"
	case VerdictWindowClosed:
		return "the window had closed: nothing is due"
	}
	return ""
}

func (o *Outcome) whyCase1(w sentence) sentence {
	switch none := o.notGranted(); {
	case none != "":
		w = w.text(none)
	case o.ResolvedIssues > 0:
		w = w.issues(o.ResolvedIssues).text(" resolved, so case-2 governs")
	default:
		w = w.text("no issue resolved in the window")
		if o.Basis.Readings.ResolvedUntil == ResolvedUntilRequest {
			w = w.text(" when the customer asked")
		}
		w = w.text(": all of ").money(o.Basis.Base())
	}
	return w
}

func (o *Outcome) whyCase2(w sentence) sentence {
	switch none := o.notGranted(); {
	case none != "":
		w = w.text(none)
	case o.ResolvedIssues == 0:
		w = w.text("no issue resolved, so case-1 governs")
	default:
		w = w.issues(o.ResolvedIssues).text(" resolved × ").money(o.Basis.Service.PerInstance)
		w = w.text(" = ").money(o.Deduction).text(" deducted from ").money(o.Basis.Base())
		if o.Verdict == VerdictConsumed {
			w = w.text(", which leaves nothing")
		}
	}
	return w
}

func (o *Outcome) whyTicket(w sentence) sentence {
	switch o.Basis.Channel {
	case ChannelEmail:
		w = w.text("an e-mail of ").time(o.Basis.RequestedAt)
	case ChannelPhone:
		w = w.text("a call of ").time(o.Basis.RequestedAt)
	default:
		w = w.text("a request of ").time(o.Basis.RequestedAt)
	}
	objected := o.Statuses[ClauseTicket] == StatusObjected
	switch o.Basis.Channel {
	case ChannelEmail:
		w = w.text(choose(objected, ", without a reason", ", with its reason"))
	case ChannelPhone:
		w = w.text(choose(objected, ", while the desk was closed", ", while the desk was open"))
	default:
		w = w.text(", neither an e-mail nor a call to the cancellation desk")
	}
	return w
}

func (o *Outcome) whyCallback(w sentence) sentence {
	switch called := o.Basis.CalledBack; {
	case called.IsZero():
		w = w.text("no call back is recorded: it is due")
	case instant.Before(o.Callback.Latest, called):
		w = w.text("called back on ").time(called).text(", too late: it was due")
	case instant.Before(called, o.Callback.Earliest):
		w = w.text("called back on ").time(called).text(", early: it was due")
	default:
		w = w.text("called back on ").time(called).text(", as it was due")
	}
	w = w.text(" from ").time(o.Callback.Earliest).text(" to ").time(o.Callback.Latest)
	return w
}

func (o *Outcome) whyCap(w sentence) sentence {
	if !o.Verdict.Granted() {
		w = w.text("nothing is due that could go beyond it")
		return w
	}
	w = w.money(o.uncapped())
	if o.Statuses[ClauseCap] == StatusApplied {
		w = w.text(" is limited to ").money(o.Refundable).text(":")
	} else {
		w = w.text(" is not beyond it:")
	}
	w = w.text(" subscribed ").money(o.Basis.Price).text(", paid ").money(o.Basis.Paid)
	w = w.text(", given back before ").money(o.Basis.Refunded)
	return w
}

// whyFindings is the reason of a clause that findings decide.
func (o *Outcome) whyFindings(w sentence, c Clause) sentence {
	switch status := o.Statuses[c]; {
	case status == StatusBlocking && slices.Contains(o.Findings, strangerAsked) && c == ClauseAccountAccess:
		w = w.text("held: another account than the holder's asked")
		return w
	case status == StatusBlocking:
		w = w.text("held")
	case status == StatusObjected:
		w = w.text("objected")
	case status == StatusSatisfied && c == ClauseAccountAccess && !o.hasFinding(c):
		w = w.text("the holder asked")
	case status == StatusSatisfied:
		w = w.text("looked at, nothing to object")
	case c == ClauseAccountAccess:
		w = w.text("not known whether the holder asked")
	default:
		w = w.text("nobody has looked at it")
	}
	w = o.quoteFindings(w, c)
	return w
}

func (o *Outcome) hasFinding(c Clause) bool {
	for i := range o.Findings {
		if o.Findings[i].Clause == c {
			return true
		}
	}
	return false
}

// quoteFindings quotes the findings on a clause that decided its status: the worst.
func (o *Outcome) quoteFindings(w sentence, c Clause) sentence {
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
		case fd.Subject == "" && fd.Detail == "":
		case quoted == most:
			more++
		default:
			w = w.text(separators[min(quoted, 1)]).quote(fd.Subject)
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

var separators = [...]string{": ", "; ", ", "}

func choose(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}
