package notice

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A rebuttal is the content of an answer to a dispute. It speaks of the company and the
// customer, to a person at a bank who knows neither.
type rebuttal struct {
	policy  *refund.Policy
	outcome *refund.Outcome
	opt     *DisputeOptions

	title   string
	claim   string   // the answer in a sentence
	because []string // sentences on why no refund, or no further refund, is owed
}

func (r *rebuttal) issued() {
	o := r.outcome
	r.title = "The refund has been issued"
	of, refunded := "Of the "+money(o.Basis.Paid)+" that the customer paid, ", money(o.Refunded)+" has been refunded."
	if only := r.opt.Refunds; len(only) == 1 {
		refunded = r.refund(only[0])
	}
	rest := exact.Sub(o.Basis.Paid, o.Refunded)
	if rest.Sign() == 0 {
		r.claim = "The whole payment of " + refunded
		return
	}
	r.claim = of + refunded
	r.because = append(r.because, "The other "+money(rest)+" is not owed.")
	r.why()
}

func (r *rebuttal) notOwed() {
	r.title = "No refund is owed"
	if r.outcome.Basis.Paid.Sign() == 0 {
		r.claim = "The company has not received a payment, so no refund is owed."
		return
	}
	r.claim = "The company's refund policy grants no refund of this payment of " + money(r.outcome.Basis.Paid) + "."
	r.why()
}

func (r *rebuttal) partly() {
	o := r.outcome
	r.title = "A part of the payment is owed"
	r.claim = "Of the " + money(o.Basis.Paid) + " that the customer paid, the company's refund policy grants a refund of " + money(o.Entitlement) +
		". The other " + money(exact.Sub(o.Basis.Paid, o.Entitlement)) + " is not owed."
	r.why()
	if o.Refunded.Sign() > 0 {
		r.because = append(r.because, money(o.Refunded)+" has been refunded so far, so "+money(exact.Sub(o.Entitlement, o.Refunded))+" remains to be refunded.")
	}
}

// why adds the rule that limits the refund, with the facts of the case.
func (r *rebuttal) why() {
	o := r.outcome
	say := func(s string) { r.because = append(r.because, s) }
	switch o.Verdict {
	case refund.VerdictOneTimeService:
		say("The customer bought one-time support.")
		say(r.policy.Summary(refund.ClauseOneTime))
		return
	case refund.VerdictWindowClosed:
		asked := ". The customer asked later, on " + clock(o.Basis.RequestedAt) + "."
		if exactWindow(o) {
			say("The customer could ask for a refund until " + clock(o.Window.Closes) + asked)
			return
		}
		say("The last day to ask for a refund was " + date(o.Window.LastDay) + asked + calendar(o))
		return
	}
	if o.Deduction.Sign() > 0 {
		charges := "The charge of " + money(o.Deduction)
		if o.ResolvedIssues > 1 {
			charges = "The charge for each is " + money(o.Basis.Service.PerInstance) + ". The sum of " + money(o.Deduction)
		}
		effect := " is deducted from " + money(o.Basis.Base()) + "."
		if o.Verdict == refund.VerdictConsumed {
			effect = " uses up the " + money(o.Basis.Base()) + " from which it is deducted."
		}
		say("The company resolved " + issues(o.ResolvedIssues) + inTime(o, "the customer") + ". " + charges + effect)
	}
}

// policyClauses are the clauses that decide on an amount.
var policyClauses = []refund.Clause{refund.ClauseGuarantee, refund.ClauseCase1, refund.ClauseCase2, refund.ClauseOneTime, refund.ClauseGoodwill, refund.ClauseCap}

// rules returns the rules of the policy, a sentence each.
func (r *rebuttal) rules() (list []string) {
	for _, c := range policyClauses {
		list = append(list, r.policy.Summary(c))
	}
	return list
}

// disclosure returns when and how the customer saw the policy.
func (r *rebuttal) disclosure() string {
	at := r.opt.DisclosedAt.In(r.outcome.Basis.RequestedAt.Location())
	text := "The customer saw the refund policy on " + clock(at) + ": " + plain(r.opt.DisclosedHow)
	if last := text[len(text)-1]; last != '.' && last != '!' {
		text += "."
	}
	if s := plain(r.opt.PolicyAddress); s != "" {
		text += " Published text: " + s
	}
	return text
}

// refund returns a refund in words.
func (r *rebuttal) refund(made Refund) string {
	text := money(made.Amount) + " was refunded on " + day(made.At.In(r.outcome.Basis.RequestedAt.Location()))
	if s := plain(made.Reference); s != "" {
		text += " (reference " + s + ")"
	}
	return text + "."
}

// mostRefunds is how many refunds an answer lists one by one.
const mostRefunds = 20

// refunds returns the refunds, one a sentence.
func (r *rebuttal) refunds() (list []string) {
	var rest refund.Money
	for i, made := range r.opt.Refunds {
		if i < mostRefunds {
			list = append(list, r.refund(made))
			continue
		}
		rest = exact.Add(rest, made.Amount)
	}
	if rest.Sign() > 0 {
		list = append(list, money(rest)+" was refunded in "+grouped(strconv.Itoa(len(r.opt.Refunds)-mostRefunds))+" more refunds.")
	}
	return list
}

// entitlement returns how the amount that is owed follows from the steps.
func (r *rebuttal) entitlement() figures {
	f := stepFigures(r.outcome)
	f.total.label = "Owed under the policy"
	return f
}

// facts returns the dates of the case and the amount paid.
func (r *rebuttal) facts() (list [][2]string) {
	o := r.outcome
	add := func(label, value string) { list = append(list, [2]string{label, value}) }
	add(started(o), clock(o.Window.Opens))
	if o.Verdict != refund.VerdictOneTimeService {
		if exactWindow(o) {
			add("Guarantee open until", clock(o.Window.Closes))
		} else {
			add("Last day to ask", date(o.Window.LastDay))
		}
	}
	add("Request", clock(o.Basis.RequestedAt)+channel(o))
	if !o.Basis.CalledBack.IsZero() {
		add("Call back", clock(o.Basis.CalledBack))
	}
	add("Price", money(o.Basis.Price))
	add("Paid", money(o.Basis.Paid))
	if o.Refunded.Sign() > 0 {
		add("Refunded", money(o.Refunded))
	}
	return list
}

func channel(o *refund.Outcome) string {
	switch o.Basis.Channel {
	case refund.ChannelEmail:
		return ", by e-mail"
	case refund.ChannelPhone:
		return ", by phone"
	}
	return ""
}

// text returns the answer.
func (r *rebuttal) text() DisputeText {
	var explanation string
	for _, s := range append([]string{r.claim}, r.because...) {
		if explanation != "" {
			explanation += " "
		}
		explanation += s
	}
	fields := DisputeFields{RefundPolicyDisclosure: r.disclosure(), RefundRefusalExplanation: explanation}
	for i, s := range r.rules() {
		if i > 0 {
			fields.RefundPolicy += "\n"
		}
		fields.RefundPolicy += strconv.Itoa(i+1) + ". " + s
	}

	var w lines
	w.line(r.title)
	w.line("")
	for _, s := range plainLines(r.opt.Company) {
		w.wrap("Company: "+s, "", "")
	}
	reference := plain(r.opt.Reference)
	if reference == "" {
		reference = short(r.outcome.Subscription)
	}
	for _, s := range plainLines(reference) {
		w.wrap(referenceIs+s, "", "")
	}
	w.paragraph(explanation)
	w.heading("The refund policy")
	w.bullets(r.rules())
	w.paragraph(fields.RefundPolicyDisclosure)
	w.heading("The facts")
	w.facts(r.facts())
	f := r.entitlement()
	if f.lines != nil {
		w.heading("The amount")
		w.sum(f.rows())
	}
	if list := r.refunds(); list != nil {
		w.heading("The refunds")
		w.bullets(list)
	}
	return DisputeText{Text: w.String(), Fields: fields}
}
