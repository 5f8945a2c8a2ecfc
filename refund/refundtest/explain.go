package refundtest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Explain returns an outcome as lines of text: its figures; then all eighteen clauses, each
// with its status, the amount by which it changed the figure, and the reason; then the
// findings. The text is for people, is never empty, and may change.
func Explain(o refund.Outcome) string {
	var b strings.Builder
	for _, f := range fields(o)[:explained] {
		fmt.Fprintf(&b, "%-16s %s\n", f.name, f.text)
	}
	for _, step := range o.Steps() {
		moved := ""
		if !step.Amount.IsZero() {
			moved = step.Amount.String()
		}
		fmt.Fprintf(&b, "%-16v %-14v %12s  %s\n", step.Clause, step.Status, moved, o.Why(step.Clause))
	}
	for _, f := range o.Findings {
		fmt.Fprintf(&b, "%-16s %s\n", "finding", findingText(f))
	}
	return b.String()
}

type field struct{ name, text string }

// explained is the number of fields in an explanation. The other fields are facts, which
// the reasons cite.
const explained = 13

// fields returns the fields of an outcome as texts, without the statuses and findings.
func fields(o refund.Outcome) []field {
	b := o.Basis
	return []field{
		{"subscription", quoted(o.Subscription)},
		{"verdict", o.Verdict.String()},
		{"refundable", o.Refundable.String()},
		{"entitlement", o.Entitlement.String()},
		{"deduction", o.Deduction.String()},
		{"refunded", o.Refunded.String()},
		{"disputed", o.Disputed.String()},
		{"remaining", o.Remaining.String()},
		{"resolved issues", strconv.Itoa(o.ResolvedIssues)},
		{"window", instant(o.Window.Opens) + " until " + instant(o.Window.Closes)},
		{"last day", o.Window.LastDay.String()},
		{"call back", instant(o.Callback.Earliest) + " to " + instant(o.Callback.Latest)},
		{"held", strconv.FormatBool(o.Held)},

		{"basis: policy", quoted(b.Policy)},
		{"basis: location", quoted(b.Location)},
		{"basis: window days", strconv.Itoa(b.WindowDays)},
		{"basis: day_count", b.Readings.DayCount.String()},
		{"basis: deduct_from", b.Readings.DeductFrom.String()},
		{"basis: resolved_until", b.Readings.ResolvedUntil.String()},
		{"basis: callback_clock", b.Readings.CallbackClock.String()},
		{"basis: one_time", b.Readings.OneTime.String()},
		{"basis: released_amount", b.Readings.ReleasedAmount.String()},
		{"basis: goodwill_after", b.Readings.GoodwillAfter.String()},
		{"basis: account", quoted(b.Account)},
		{"basis: requested by", quoted(b.RequestedBy)},
		{"basis: recorded by", quoted(b.RecordedBy)},
		{"basis: service", quoted(b.Service.Code) + " " + b.Service.Billing.String()},
		{"basis: charge", b.Service.PerInstance.String()},
		{"basis: price", b.Price.String()},
		{"basis: paid", b.Paid.String()},
		{"basis: requested at", instant(b.RequestedAt)},
		{"basis: channel", b.Channel.String()},
		{"basis: called back", instant(b.CalledBack)},
	}
}

// instant returns an instant as text in its own location.
func instant(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	if t.Second() == 0 && t.Nanosecond() == 0 {
		return t.Format("2006-01-02 15:04 MST")
	}
	return t.Format("2006-01-02 15:04:05.999999999 MST")
}

// quoted quotes a text of any length, and cuts off a long one.
func quoted(s string) string {
	const longest = 60
	if len(s) > longest {
		return strconv.Quote(strings.ToValidUTF8(s[:longest], "")) + "…"
	}
	return strconv.Quote(s)
}

func findingText(f refund.Finding) string {
	text := f.Clause.String() + " " + f.Severity.String()
	for _, part := range [...]string{f.Subject, f.Detail} {
		if part != "" {
			text += " " + quoted(part)
		}
	}
	return text
}
