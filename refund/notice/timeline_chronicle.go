package notice

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

// A chronicle is the content of a picture, in words and instants. Its strings are plain text
// on one line.
type chronicle struct {
	title    string   // names the picture
	id       string   // of the subscription, or ""
	headline string   // the result in a few words
	said     []string // sentences below it
	rows     []event

	window refund.Window // the zero Window for a picture without one
	asked  time.Time

	steps   whatif.Changes // nil for a picture without steps
	noSteps string         // why there are none, or ""
}

// An event is a row of a picture: a text in three parts, and marks at instants.
type event struct {
	kind   kind
	label  string // of the host's, or of this package
	status string
	detail string
	span   [2]time.Time // a bar; the zero Times for none
	marks  []time.Time  // sorted
}

// A kind says how an event is drawn.
type kind uint8

const (
	kindText kind = iota // without marks
	kindWindow
	kindCounted
	kindNotCounted
	kindUnresolved
	kindRefund
	kindRequest
	kindCallback
	kindDecision
	kindDeclined
)

// mostSteps is the number of resolutions in the window above which the steps of the amount are
// left out: whatif.Timeline evaluates the case once for each.
const mostSteps = 250

func newChronicle(p *refund.Policy, c *refund.Case, o *refund.Outcome, opt *TimelineOptions) *chronicle {
	ch := &chronicle{asked: o.Basis.RequestedAt}
	private := held(o) && !opt.ForCompany
	if private {
		ch.title = "Refund request of " + day(ch.asked)
	} else {
		ch.id = name(o.Subscription, "Subscription")
		ch.title = "Refund case " + ch.id
	}
	ch.result(o, &opt.Decision, private)
	if !private {
		ch.open(o)
		ch.issues(c.Issues, o)
		ch.refunds(opt.Refunds, o)
		ch.amounts(p, c, o)
	}
	ch.request(o, &opt.Decision)
	ch.decision(&opt.Decision)
	return ch
}

func (ch *chronicle) add(e event)  { ch.rows = append(ch.rows, e) }
func (ch *chronicle) say(s string) { ch.said = append(ch.said, s) }

// result adds the headline, and the sentences on how it follows. A private one has no amounts.
func (ch *chronicle) result(o *refund.Outcome, d *decision.Facts, private bool) {
	ch.headline = "Can be refunded: " + money(o.Refundable)
	switch {
	case d.Kind == decision.KindApproved:
		ch.headline = "Approved: " + money(d.Amount)
	case d.Kind == decision.KindGoodwill:
		ch.headline = "Goodwill refund: " + money(d.Amount)
	case d.Kind == decision.KindDeclined:
		ch.headline = "Declined"
	case held(o):
		ch.headline = "On hold"
		ch.say(whatFrees(o))
	}
	if private {
		return
	}
	if d.Kind != 0 && !d.Amount.Equal(o.Refundable) || held(o) {
		ch.say("Refundable under the policy: " + money(o.Refundable) + ".")
	}
	ch.say(why(o))
	if o.Statuses[refund.ClauseCap] == refund.StatusApplied {
		if o.Basis.Paid.Sign() == 0 {
			ch.say("No payment was received.")
		} else {
			ch.say("A refund cannot be more than the " + money(o.Basis.Paid) + " that was paid.")
		}
	}
	if o.Refunded.Sign() > 0 {
		ch.say(money(o.Refunded) + " was refunded earlier.")
	}
	if o.Disputed.Sign() > 0 {
		ch.say(money(o.Disputed) + " is in dispute with the bank.")
	}
}

// why returns how the entitlement follows, in a sentence.
func why(o *refund.Outcome) string {
	switch o.Verdict {
	case refund.VerdictOneTimeService:
		if o.Basis.Readings.OneTime == refund.OneTimeRefundedIfUnresolved {
			return "One-time support is not refunded after an issue was resolved."
		}
		return "One-time support is not refunded."
	case refund.VerdictWindowClosed:
		return "The request came after the window closed."
	case refund.VerdictConsumed:
		return issues(o.ResolvedIssues) + " counted: the charges of " + money(o.Deduction) + " use up the " + money(o.Basis.Base()) + "."
	}
	switch {
	case o.ResolvedIssues == 0:
		return "No issue counted, so no charge is deducted."
	case o.Deduction.Sign() == 0:
		return issues(o.ResolvedIssues) + " counted, without a charge."
	}
	return issues(o.ResolvedIssues) + " counted: " + money(o.Basis.Base()) + " less " + money(o.Deduction) + "."
}

// open adds the window.
func (ch *chronicle) open(o *refund.Outcome) {
	ch.window = o.Window
	e := event{kind: kindWindow, label: "Window", span: [2]time.Time{o.Window.Opens, o.Window.Closes}}
	e.status, e.detail = "last day "+date(o.Window.LastDay), "opened on "+day(o.Window.Opens)
	switch {
	case o.Verdict == refund.VerdictOneTimeService && o.Basis.Readings.OneTime == refund.OneTimeNeverRefunded:
		e.status = "does not apply"
		e.detail = "ordered on " + day(o.Window.Opens) + "; for a subscription the last day is " + date(o.Window.LastDay)
	case exactWindow(o):
		e.detail = "open from " + clock(o.Window.Opens) + " until " + clock(o.Window.Closes)
	}
	ch.add(e)
}

// mostRefundRows is how many refunds a picture shows one by one.
const mostRefundRows = 4

// refunds adds the earlier refunds with their dates.
func (ch *chronicle) refunds(list []Refund, o *refund.Outcome) {
	list = slices.SortedStableFunc(slices.Values(list), func(a, b Refund) int { return a.At.Compare(b.At) })
	rows := make([]event, len(list))
	for i, r := range list {
		at := r.At.In(ch.asked.Location())
		rows[i] = event{kind: kindRefund, label: "Refund", status: money(r.Amount) + " on " + day(at), marks: []time.Time{at}}
	}
	if n := len(rows); n > mostRefundRows {
		e := rows[0]
		for _, row := range rows[1:] {
			e.marks = append(e.marks, row.marks...)
		}
		e.label, e.status = grouped(strconv.Itoa(n))+" refunds", money(o.Refunded)+" in all"
		e.detail = days(e.marks[0], e.marks[n-1])
		rows = []event{e}
	}
	ch.rows = append(ch.rows, rows...)
}

// request adds the request and the call back.
func (ch *chronicle) request(o *refund.Outcome, d *decision.Facts) {
	ch.add(event{kind: kindRequest, label: "Request", status: clock(ch.asked), marks: []time.Time{ch.asked}})
	due, called := o.Callback, o.Basis.CalledBack
	e := event{kind: kindCallback, label: "Call back", span: [2]time.Time{due.Earliest, due.Latest}}
	period := "between " + span(due.Earliest, due.Latest)
	if called.IsZero() {
		e.status, e.detail = "due, not recorded", period
		if d.Kind != 0 && d.At.After(due.Latest) {
			e.status, e.detail = "not recorded", "due "+period
		}
		ch.add(e)
		return
	}
	e.status, e.detail, e.marks = "in time", clock(called)+"; it was due "+period, []time.Time{called}
	switch {
	case called.After(due.Latest):
		e.status = "late"
	case called.Before(due.Earliest):
		e.status = "early"
	}
	ch.add(e)
}

// decision adds the decision, if there is one.
func (ch *chronicle) decision(d *decision.Facts) {
	if d.Kind == 0 {
		return
	}
	at := d.At.In(ch.asked.Location())
	e := event{kind: kindDecision, label: "Decision", detail: clock(at), marks: []time.Time{at}}
	switch d.Kind {
	case decision.KindApproved:
		e.status = money(d.Amount) + " approved"
	case decision.KindGoodwill:
		e.status = money(d.Amount) + " as goodwill"
	default:
		e.kind, e.status = kindDeclined, "declined"
	}
	ch.add(e)
}

// amounts sets the steps of the refundable amount, or the reason why there are none.
func (ch *chronicle) amounts(p *refund.Policy, c *refund.Case, o *refund.Outcome) {
	resolutions := 0
	for i := range c.Issues {
		if o.Window.Contains(c.Issues[i].Resolved) {
			resolutions++
		}
	}
	if resolutions > mostSteps {
		ch.noSteps = "The amount by the time of the request is not drawn: more than " + grouped(strconv.Itoa(mostSteps)) + " issues were resolved in the window."
		return
	}
	var err error
	if ch.steps, err = whatif.Timeline(*p, *c); err != nil { // a call back that cannot be due, in the last years of the calendar
		ch.steps, ch.noSteps = nil, "The amount by the time of the request is not drawn: a request at another time could not be judged."
	}
}

// description returns the content of the picture in sentences, without the headline.
func (ch *chronicle) description() string {
	text := strings.Join(ch.said, " ")
	for _, e := range ch.rows {
		text += " " + e.label + ": " + e.status
		if e.detail != "" {
			text += "; " + e.detail
		}
		text += "."
	}
	if ch.steps != nil {
		text += " " + stepsHeading + ": " + ch.stepsInWords() + "."
	}
	if ch.noSteps != "" {
		text += " " + ch.noSteps
	}
	return strings.TrimSpace(text)
}

const stepsHeading = "Refundable, by the time of the request"

// mostStepsInWords is how many steps of the amount a description lists.
const mostStepsInWords = 12

// stepsInWords returns the steps of the amount. The first and the last are always listed.
func (ch *chronicle) stepsInWords() string {
	// Only the verdict differs between steps with one amount.
	steps := slices.CompactFunc(slices.Clone(ch.steps), func(a, b whatif.Change) bool { return a.Refundable.Equal(b.Refundable) })
	text := ""
	for i, change := range steps {
		left := len(steps) - 1 - i
		switch {
		case i >= mostStepsInWords-1 && left > 0:
			if i == mostStepsInWords-1 {
				text += "; " + grouped(strconv.Itoa(left)) + " more steps"
			}
			continue
		case i > 0:
			text += "; "
		}
		text += money(change.Refundable) + " from " + clock(change.At)
	}
	return text
}

// days returns the days of two instants: "on 3 March 2026" or "from 3 to 5 March 2026".
func days(from, to time.Time) string {
	first, last := refund.DateOf(from), refund.DateOf(to)
	switch {
	case first == last:
		return "on " + date(last)
	case first.Year != last.Year:
		return "from " + date(first) + " to " + date(last)
	case first.Month != last.Month:
		return "from " + strconv.Itoa(first.Day) + " " + first.Month.String() + " to " + date(last)
	}
	return "from " + strconv.Itoa(first.Day) + " to " + date(last)
}
