package notice

import (
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Letter returns the letter to the customer about an outcome. It has the amount that can be
// refunded and how it follows, the dates that counted, a call back that is due, and the next
// steps. If an amount can be refunded, it states that the company has not decided yet.
//
// The letter about an outcome on hold has no amounts. It states the condition that ends the hold.
//
// Letter returns a [*refund.InvalidError] for an invalid option, and for an outcome
// built by hand that lacks a fact or contradicts itself. The Message is then the zero one.
func Letter(o refund.Outcome, opt Options) (Message, error) {
	var f refund.Faults
	opt.validate(&f)
	validateOutcome(&f, &o)
	if f != nil {
		return Message{}, f.Err()
	}
	p := newPage(&o, &opt)
	p.letter()
	return p.message()
}

// letter fills in the letter about an outcome.
func (p *page) letter() {
	o := p.outcome
	p.subject = "Your refund request of " + day(o.Basis.RequestedAt)
	if held(o) {
		p.onHold()
		return
	}
	p.figures = outcomeFigures(o)
	p.dates()
	switch {
	case o.Refundable.Sign() > 0:
		p.headline("Can be refunded", o.Refundable)
		p.lead("Thank you for your request. Under our " + guarantee(o) + ", " + money(o.Refundable) + " can be refunded to you. " + p.how())
		p.say("This is not our decision yet: a colleague checks every refund first. We will write to you as soon as we have decided.")
		p.then("You do not need to do anything for now.")
	default:
		p.lead("Thank you for your request. " + p.whyNoRefund("We are sorry, but our "))
		p.earlier()
		p.goodwill()
		p.then("If you think that we have missed something, please " + p.write() + ". We will gladly look again.")
	}
	p.explain()
	p.disputeLeft()
	p.callBack(p.written)
}

// onHold fills in the letter about an outcome on hold. It has no amounts: the person who
// reads it may not be the holder of the account.
func (p *page) onHold() {
	p.subject = "Your refund request is on hold"
	p.private = true
	p.lead("Thank you for your request of " + day(p.outcome.Basis.RequestedAt) + ". It is on hold for now. " + whatFrees(p.outcome))
	p.say("Your request keeps its date, so the wait does not count against you.")
	p.explain()
	p.then("You do not need to send the request again. To help us finish, please " + p.write() + ".")
	p.callBack(p.written)
}

// whatFrees returns the condition that ends the hold, without a word about a person.
func whatFrees(o *refund.Outcome) string {
	access := o.Statuses[refund.ClauseAccountAccess] == refund.StatusBlocking
	credentials := o.Statuses[refund.ClauseCredentials] == refund.StatusBlocking
	switch {
	case access && credentials:
		return "We can continue when the account holder has confirmed the request and the open report about the use of the account is closed."
	case access:
		return "We can continue when the account holder has confirmed the request."
	case credentials:
		return "We can continue when the open report about the use of the account is closed."
	}
	return "We can continue when our checks are complete."
}

// guarantee returns the name of the guarantee, such as "15-day money-back guarantee".
func guarantee(o *refund.Outcome) string {
	if o.Basis.WindowDays < 1 {
		return "money-back guarantee"
	}
	return grouped(strconv.Itoa(o.Basis.WindowDays)) + "-day money-back guarantee"
}

// how returns the rule behind a positive amount in a sentence.
func (p *page) how() string {
	o := p.outcome
	limit := ""
	if o.Statuses[refund.ClauseCap] == refund.StatusApplied {
		limit = " A refund cannot be more than the " + money(o.Basis.Paid) + " that was paid."
	}
	if o.ResolvedIssues == 0 {
		if p.figures.single() {
			return "No issue was resolved" + inTime(o, "you") + ", so this is the whole amount."
		}
		return "No issue was resolved" + inTime(o, "you") + ", so we deduct no charges." + limit
	}
	if o.Deduction.Sign() == 0 {
		return "We resolved " + issues(o.ResolvedIssues) + " for you without a charge." + limit
	}
	charge := "the charge for it is"
	if o.ResolvedIssues > 1 {
		charge = "the charges for them are"
	}
	return "We resolved " + issues(o.ResolvedIssues) + " for you" + inTime(o, "you") + ", and " + charge + " deducted." + limit
}

// inTime returns until when a resolution counts, for a request of somebody.
func inTime(o *refund.Outcome, who string) string {
	if o.Basis.Readings.ResolvedUntil == refund.ResolvedUntilRequest {
		return " before " + who + " asked"
	}
	return " during the guarantee period"
}

// whyNoRefund returns why an amount of zero is refundable. A sentence on the guarantee begins
// with our.
func (p *page) whyNoRefund(our string) string {
	o := p.outcome
	rule := our + guarantee(o) + " does not cover a refund in this case. "
	switch o.Verdict {
	case refund.VerdictOneTimeService:
		return rule + p.oneTime()
	case refund.VerdictWindowClosed:
		return rule + late(p.outcome)
	case refund.VerdictConsumed:
		return rule + consumed(p.outcome)
	}
	refunded, disputed := o.Refunded.Sign() > 0, o.Disputed.Sign() > 0
	switch {
	case o.Basis.Paid.Sign() == 0:
		return rule + "We have not received a payment."
	case refunded && !exact.Less(o.Refunded, o.Entitlement): // money that is on its way counts as refunded
		return "Your refund has already been made in full: " + money(o.Refunded) + " was refunded earlier."
	case refunded && disputed:
		return money(o.Refunded) + " was refunded earlier. The rest of the amount that can be refunded is in dispute with your bank, so we cannot refund it at the same time."
	case disputed:
		return "The amount that can be refunded is in dispute with your bank, so we cannot refund it at the same time."
	}
	return rule + "The price was zero."
}

func (p *page) oneTime() string {
	if p.outcome.Basis.Readings.OneTime == refund.OneTimeRefundedIfUnresolved {
		return "It does not cover one-time support for which an issue was resolved."
	}
	return "It covers subscriptions, and does not cover one-time support."
}

// late returns when the window had ended, and when the request came. The time of day, and the
// place whose days count, are in it only where they matter: on the day after the last one.
func late(o *refund.Outcome) string {
	asked := o.Basis.RequestedAt
	switch {
	case exactWindow(o):
		return "It was open until " + clock(o.Window.Closes) + ", and your request came on " + clock(asked) + "."
	case asked.Before(o.Window.Closes.AddDate(0, 0, 1)):
		return "The last day to ask was " + date(o.Window.LastDay) + ", and your request came on " + clock(asked) + "." + calendar(o)
	}
	return "The last day to ask was " + date(o.Window.LastDay) + ", and your request came on " + day(asked) + "."
}

// calendar returns a sentence on the place whose days count, with a space before it, or "".
func calendar(o *refund.Outcome) string {
	if name := place(o.Basis.Location); name != "" {
		return " Days count by the calendar of " + name + "."
	}
	return ""
}

func consumed(o *refund.Outcome) string {
	return "We resolved " + issues(o.ResolvedIssues) + " for you" + inTime(o, "you") + ", and the charges of " + money(o.Deduction) + " use up the " +
		money(o.Basis.Base()) + " from which they are deducted."
}

// exactWindow reports whether the window is better described by its instants than by days.
func exactWindow(o *refund.Outcome) bool {
	return !o.Window.Closes.IsZero() && (o.Basis.Readings.DayCount == refund.DayCountElapsed || !o.Window.Opens.Before(o.Window.Closes))
}

// started returns the label of the first date of a case. One-time services are not subscribed to.
func started(o *refund.Outcome) string {
	if o.Basis.Service.Billing == refund.BillingOneTime {
		return "Ordered"
	}
	return "Subscribed"
}

// dates lists the dates that counted.
func (p *page) dates() {
	o := p.outcome
	asked := day(o.Basis.RequestedAt)
	p.fact(started(o), day(o.Window.Opens))
	if o.Verdict != refund.VerdictOneTimeService {
		if exactWindow(o) {
			asked = clock(o.Basis.RequestedAt)
			p.fact("Guarantee open until", clock(o.Window.Closes))
		} else {
			p.fact("Last day to ask", date(o.Window.LastDay))
		}
	}
	p.fact("Your request", asked)
	if !o.Basis.CalledBack.IsZero() {
		p.fact("Our call back", day(o.Basis.CalledBack))
	}
}

// earlier states the refunded and the disputed amount, where no sum shows them.
func (p *page) earlier() {
	o := p.outcome
	if p.figures.lines != nil {
		return
	}
	if o.Refunded.Sign() > 0 {
		p.say(money(o.Refunded) + " was refunded to you earlier.")
	}
	if o.Disputed.Sign() > 0 {
		p.say("Your bank is still deciding about a disputed amount of " + money(o.Disputed) + ".")
	}
}

// goodwill says that a refund beyond the guarantee is possible, if an amount remains for it.
func (p *page) goodwill() {
	o := p.outcome
	if o.Entitlement.Sign() == 0 && o.Remaining.Sign() > 0 {
		p.say("You can still ask us for a goodwill refund. We decide on goodwill case by case, so we cannot promise it.")
	}
}

// disputeLeft says what becomes of the part that is in dispute.
func (p *page) disputeLeft() {
	o := p.outcome
	if o.Verdict.Granted() && o.Disputed.Sign() > 0 && exact.Less(o.Refunded, o.Entitlement) {
		if o.Refundable.Sign() > 0 {
			p.say("We cannot refund the disputed amount while your bank is deciding on it. If the bank decides that this amount stays with us, we will look at your request again.")
			return
		}
		p.say("If your bank decides that the disputed amount stays with us, we will look at your request again.")
	}
}

// callBack says when the call back is due, if none is recorded. Written is the date of the
// letter, or the zero Time.
func (p *page) callBack(written time.Time) {
	c := p.outcome.Callback
	if !p.outcome.Basis.CalledBack.IsZero() || c.Earliest.IsZero() || c.Latest.IsZero() {
		return
	}
	when := span(c.Earliest, c.Latest)
	switch {
	case written.IsZero():
		p.then("Our call back to you is due between " + when + ".")
	case written.After(c.Latest):
		p.then("We were due to call you between " + when + " and have no record of that call. We are sorry if it did not reach you. Please " + p.write() + " with a time that suits you.")
	default:
		p.then("We will call you between " + when + ".")
	}
}
