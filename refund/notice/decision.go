package notice

import (
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// DecisionLetter returns the letter to the customer about a decision. It has the amount that
// is refunded, or states that no refund is made, how the amount follows, and the next steps. The
// grounds of a denial become the rules that they stand for. Neither the officer nor the
// officer's reason is in the letter.
//
// The letter about a denial on hold has no amounts.
//
// DecisionLetter returns a [*refund.InvalidError] for the zero Decision and for an invalid
// option. The Message is then the zero one.
func DecisionLetter(d decision.Decision, opt Options) (Message, error) {
	var f refund.Faults
	opt.validate(&f)
	o := d.Outcome()
	if d.IsZero() {
		f.Add("decision", "is required")
	} else {
		validateOutcome(&f, &o)
	}
	if f != nil {
		return Message{}, f.Err()
	}
	p := newPage(&o, &opt)
	if p.written.IsZero() {
		p.written = d.At()
	}
	switch d.Kind() {
	case decision.KindApproved:
		p.approved(d.Amount())
	case decision.KindGoodwill:
		g, _ := d.Goodwill()
		p.granted(&g, d.Amount())
	default:
		p.declined(d.Grounds())
	}
	return p.message()
}

// approved fills in the letter about a refund under the guarantee.
func (p *page) approved(amount refund.Money) {
	o := p.outcome
	p.subject = "Your refund has been approved"
	p.figures = outcomeFigures(o)
	p.dates()
	p.headline("Your refund", amount)
	p.figures.total.label = "Your refund"
	text := "Good news: we have approved your refund of " + money(amount) + " under our " + guarantee(o) + ". "
	p.lead(text + p.how())
	if rest := exact.Sub(o.Refundable, amount); rest.Sign() > 0 {
		p.figures.total.label = "Can be refunded"
		p.released = figure{"Refunded now", amount}
		p.say("This is part of the " + money(o.Refundable) + " that can be refunded. The other " + money(rest) + " is not part of this decision.")
	}
	p.explain()
	p.disputeLeft()
	p.paid()
}

// paid says that the money is on its way.
func (p *page) paid() {
	p.then("You do not need to do anything. We will send you the money.")
	if s := plain(p.opt.Payout); s != "" {
		p.then(s)
	}
	p.then("If you have a question about this refund, please " + p.reach() + ".")
}

// granted fills in the letter about a goodwill.
func (p *page) granted(g *decision.Goodwill, amount refund.Money) {
	o := p.outcome
	p.subject = "Your goodwill refund"
	p.figures = goodwillFigures(o, g, amount)
	p.dates()
	p.headline("Your goodwill refund", amount)
	text := "Good news: we are refunding you " + money(amount) + " as a gesture of goodwill. "
	p.lead(text + p.beyond())
	if o.Basis.Readings.GoodwillAfter == refund.GoodwillAfterInAddition && o.Refunded.Sign() > 0 {
		p.say("This refund is in addition to the " + money(o.Refunded) + " that was refunded earlier.")
	}
	p.explain()
	p.paid()
}

// beyond returns why the refund is a goodwill.
func (p *page) beyond() string {
	o := p.outcome
	switch o.Verdict {
	case refund.VerdictOneTimeService:
		return "Our " + guarantee(o) + " does not cover this service. " + p.oneTime()
	case refund.VerdictWindowClosed:
		return "Our " + guarantee(o) + " had ended when you asked. " + late(p.outcome)
	case refund.VerdictConsumed:
		return "Our " + guarantee(o) + " does not leave an amount to refund: we" + strings.TrimPrefix(consumed(o), "We")
	}
	return "We decide on goodwill case by case, separately from our " + guarantee(o) + "."
}

// declined fills in the letter about a denial.
func (p *page) declined(grounds []refund.Clause) {
	o := p.outcome
	p.subject = "Our decision on your refund request"
	p.lead("Thank you for your request of " + day(o.Basis.RequestedAt) + ". We have looked at it carefully and have decided not to make a refund. " +
		"We are sorry that we cannot give you the answer you hoped for.")
	for _, c := range grounds {
		if rule := p.rule(c); !slices.Contains(p.grounds, rule) { // two clauses may say the same of a case
			p.grounds = append(p.grounds, rule)
		}
	}
	if held(o) {
		p.private = true
	} else {
		p.figures = outcomeFigures(o)
		p.dates()
		if o.Refundable.Sign() > 0 {
			p.figures.total.label = "Most possible (not granted)"
			most := "The most that we could have refunded under our " + guarantee(o) + " is " + money(o.Refundable) + "."
			if grounds == nil {
				most += " The guarantee leaves each decision to us."
			}
			p.say(most)
		} else if grounds == nil {
			p.say(p.whyNoRefund("Our "))
		}
		p.earlier()
	}
	p.explain()
	p.then("If you think that we have missed something, please " + p.write() + " and tell us about it. We will gladly look again.")
}
