package notice

import (
	"errors"
	"strings"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// NoteOptions holds the facts of a note that a case does not have. The zero NoteOptions is
// valid.
type NoteOptions struct {
	// Figures are the refundable amounts with all resolutions, the supported ones and the
	// corroborated ones, as [evidence.Report.Figures] returns them for the case. The zero
	// Figures mean that no evidence was reviewed.
	Figures evidence.Figures
}

// Note returns a note for the agent about a case, as plain text. It has the refundable amount,
// the steps that are missing before an officer can approve it, the single facts that would raise the amount
// or end a hold, and the reason of each clause. Clauses with one status and one reason are one
// line.
//
// A note is for the company: it quotes the findings of the case, and the ids of accounts and
// issues. Never send it to a customer.
//
// Note evaluates the case. It returns a [*refund.InvalidError] for a case or policy that cannot
// be evaluated, and for figures that do not start at the refundable amount. The note is then
// empty.
func Note(p refund.Policy, c refund.Case, opt NoteOptions) (string, error) {
	o, err := p.Evaluate(c)
	if err != nil {
		return "", err
	}
	var f refund.Faults
	opt.validate(&f, &o)
	if f != nil {
		return "", f.Err()
	}
	var w lines
	w.result(&o)
	if !opt.Figures.Logged.IsZero() {
		w.wrap(opt.evidence(), "", "")
	}
	w.heading("Before an approval")
	w.bullets(missing(p, o))
	if list := changed(&p, &c, &o); list != nil {
		w.heading("With one fact changed")
		w.bullets(list)
	}
	w.argument(&o)
	return w.String(), nil
}

// verdictWords turns the code of a verdict into words.
var verdictWords = strings.NewReplacer("one_time", "one-time", "_", " ")

// result writes the amount, why it is zero after the window, and how it follows from the
// entitlement if it is less.
func (w *lines) result(o *refund.Outcome) {
	title := "Refundable: " + o.Refundable.String() + " (" + verdictWords.Replace(o.Verdict.String()) + ")"
	if held(o) {
		title += ", on hold"
	}
	if id := short(o.Subscription); id != "" {
		title = id + ". " + title
	}
	w.wrap(title, "", "")
	if o.Verdict == refund.VerdictWindowClosed { // the reason would stand below the clauses that apply
		w.wrap("Why: "+plain(o.Why(refund.ClauseGuarantee)), "", "")
	}
	if o.Refunded.Sign() > 0 || o.Disputed.Sign() > 0 {
		w.wrap("How: "+o.WhyRefundable(), "", "")
	}
}

// argument writes the reason of each clause, in groups by status.
func (w *lines) argument(o *refund.Outcome) {
	for _, g := range grouping {
		if list := reasons(o, g.status); list != nil {
			w.heading(g.heading)
			w.bullets(list)
		}
	}
}

func (opt *NoteOptions) validate(f *refund.Faults, o *refund.Outcome) {
	figures := &opt.Figures
	if figures.Logged.IsZero() && figures.Supported.IsZero() && figures.Corroborated.IsZero() {
		return
	}
	const logged, supported, corroborated = "options.figures.logged", "options.figures.supported", "options.figures.corroborated"
	before := len(*f)
	f.Add(logged, exact.Fault(figures.Logged, o.Refundable.Currency()))
	f.Add(supported, exact.Fault(figures.Supported, o.Refundable.Currency()))
	f.Add(corroborated, exact.Fault(figures.Corroborated, o.Refundable.Currency()))
	if len(*f) > before {
		return
	}
	if !figures.Logged.Equal(o.Refundable) {
		f.Add(logged, "is not the refundable amount")
	}
	if exact.Less(figures.Supported, figures.Logged) {
		f.Add(supported, "is less than logged")
	}
	if exact.Less(figures.Corroborated, figures.Supported) {
		f.Add(corroborated, "is less than supported")
	}
}

// evidence returns how the amount depends on the resolutions that count.
func (opt *NoteOptions) evidence() string {
	figures := &opt.Figures
	if figures.Logged.Equal(figures.Corroborated) {
		return "Evidence: the amount is the same without the resolutions in doubt."
	}
	text := "Evidence: " + figures.Logged.String() + " with all resolutions, " + figures.Supported.String() + " with "
	if figures.Supported.Equal(figures.Corroborated) {
		return text + "the supported or the corroborated ones only."
	}
	return text + "the supported ones, " + figures.Corroborated.String() + " with the corroborated ones."
}

// missing returns the gates that are closed before any officer acts.
func missing(p refund.Policy, o refund.Outcome) (list []string) {
	for _, gate := range decision.Check(p, o) {
		clauses := ": " + titles(gate.Clauses)
		if len(gate.Clauses) == 0 {
			clauses = ""
		}
		switch {
		case errors.Is(gate.Gate, decision.ErrNotReviewed):
			list = append(list, "Still to be reviewed"+clauses)
		case errors.Is(gate.Gate, decision.ErrNotAcknowledged):
			list = append(list, "Objections that the approval must acknowledge"+clauses)
		case errors.Is(gate.Gate, decision.ErrHeld):
			list = append(list, "On hold until cleared"+clauses)
		case errors.Is(gate.Gate, decision.ErrNothingToRefund):
			text := "No amount is refundable"
			if o.Remaining.Sign() > 0 {
				text += "; goodwill is a separate decision, of at most " + o.Remaining.String()
			}
			list = append(list, text)
		}
	}
	if list == nil {
		list = append(list, "No step is missing: an officer whose limit is high enough can approve the amount")
	}
	return list
}

// grouping is the order of the reasons: first those that need a person.
var grouping = []struct {
	status  refund.Status
	heading string
}{
	{refund.StatusBlocking, "On hold"},
	{refund.StatusObjected, "Objections"},
	{refund.StatusApplied, "Applied"},
	{refund.StatusSatisfied, "Satisfied"},
	{refund.StatusNotEvaluated, "Not evaluated"},
	{refund.StatusNotApplicable, "Not applicable"},
}

// reasons returns the reasons of the clauses with a status: one line for each reason, with the
// clauses that have it, in the order of the clauses.
func reasons(o *refund.Outcome, status refund.Status) []string {
	var order []string
	clauses := map[string][]refund.Clause{}
	for _, c := range refund.Clauses() {
		if o.Statuses[c] != status {
			continue
		}
		why := cut(plain(o.Why(c)), longestReason)
		if clauses[why] == nil {
			order = append(order, why)
		}
		clauses[why] = append(clauses[why], c)
	}
	var list []string
	for _, why := range order {
		list = append(list, titles(clauses[why])+": "+why)
	}
	return list
}

// longestReason is how many characters of a reason a note shows: findings can be of any length.
const longestReason = 600

func titles(clauses []refund.Clause) string {
	texts := make([]string, len(clauses))
	for i, c := range clauses {
		texts[i] = c.Title()
	}
	return strings.Join(texts, ", ")
}
