package notice

import (
	"errors"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

// NoteOptions holds the facts of a note that an outcome does not have. The zero NoteOptions
// is valid.
type NoteOptions struct {
	// Low and High are the refundable amounts if every resolution counts, and if only the
	// corroborated ones do, as evidence.Report.Range returns them. The zero Money for both
	// means that no evidence was reviewed.
	Low, High refund.Money
}

// Note returns a note for the agent about an outcome, as plain text. It has the amount,
// the gates that are closed before an officer acts, and the reason of each clause. Clauses with one
// status and one reason are one line.
//
// A note is for the company: it quotes the findings of the case, and the ids of accounts. Never
// send it to a customer.
//
// Note returns a [*refund.InvalidError] for a policy that is not the outcome's, for a range
// that does not start at the refundable amount, and for an outcome that [Letter] refuses. The
// note is then empty.
func Note(p refund.Policy, o refund.Outcome, opt NoteOptions) (string, error) {
	var f refund.Faults
	validatePolicy(&f, &p, &o)
	before := len(f)
	validateOutcome(&f, &o)
	if len(f) == before {
		opt.validate(&f, &o)
	}
	if f != nil {
		return "", f.Err()
	}
	var w lines
	title := "Refundable: " + o.Refundable.String() + " (" + strings.ReplaceAll(o.Verdict.String(), "_", " ") + ")"
	if held(&o) {
		title += ", on hold"
	}
	if id := short(o.Subscription); id != "" {
		title = id + ". " + title
	}
	w.wrap(title, "", "")
	if o.Refunded.Sign() > 0 || o.Disputed.Sign() > 0 {
		w.wrap("How: "+o.WhyRefundable(), "", "")
	}
	if !opt.Low.IsZero() {
		w.wrap(opt.evidence(), "", "")
	}
	w.heading("Before an approval")
	w.bullets(missing(p, o))
	for _, g := range grouping {
		if list := reasons(&o, g.status); list != nil {
			w.heading(g.heading)
			w.bullets(list)
		}
	}
	return w.String(), nil
}

func (opt *NoteOptions) validate(f *refund.Faults, o *refund.Outcome) {
	if opt.Low.IsZero() && opt.High.IsZero() {
		return
	}
	low, high := exact.Fault(opt.Low, o.Refundable.Currency()), exact.Fault(opt.High, o.Refundable.Currency())
	f.Add("options.low", low)
	f.Add("options.high", high)
	if low != "" || high != "" {
		return
	}
	if !opt.Low.Equal(o.Refundable) {
		f.Add("options.low", "is not the refundable amount")
	}
	if exact.Less(opt.High, opt.Low) {
		f.Add("options.high", "is less than low")
	}
}

// evidence returns by how much the figure depends on resolutions that are not corroborated.
func (opt *NoteOptions) evidence() string {
	if opt.Low.Equal(opt.High) {
		return "Evidence: no resolution in doubt changes the amount."
	}
	return "Evidence: " + opt.High.String() + " if only the corroborated resolutions count, a difference of " + exact.Sub(opt.High, opt.Low).String() + "."
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
			list = append(list, "To review"+clauses)
		case errors.Is(gate.Gate, decision.ErrNotAcknowledged):
			list = append(list, "To acknowledge by name"+clauses)
		case errors.Is(gate.Gate, decision.ErrHeld):
			list = append(list, "On hold until cleared"+clauses)
		case errors.Is(gate.Gate, decision.ErrNothingToRefund):
			text := "No amount is refundable"
			if o.Remaining.Sign() > 0 {
				text += "; goodwill is a decision of its own, up to " + o.Remaining.String()
			}
			list = append(list, text)
		}
	}
	if list == nil {
		list = append(list, "No gate is closed: an officer with a sufficient limit can approve the amount")
	}
	return list
}

// grouping is the order of the reasons: first those that need a person.
var grouping = []struct {
	status  refund.Status
	heading string
}{
	{refund.StatusBlocking, "On hold"},
	{refund.StatusObjected, "Objections, without effect on the amount"},
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
