package conformance

import (
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Difference is one thing in which an answer is not what a vector wants. The zero
// Difference is none.
type Difference struct {
	// Field is what it is about, as JSON names it, such as "window.closes"; the status of
	// a clause is "statuses.ticket".
	Field string

	// Got and Want are what came and what was expected, in a few words.
	Got, Want string
}

// String says it in one line.
func (d Difference) String() string { return d.Field + " is " + d.Got + ", want " + d.Want }

// Differences returns in what an outcome is not as wanted, nil if in nothing. Instants
// are compared as such, amounts with their currency. Findings are compared in any
// order, and their detail where the wanted one has one: what an evaluation finds
// itself may have a sentence or none.
func (w *Want) Differences(o refund.Outcome) []Difference {
	got := Want{
		Subscription:   o.Subscription,
		Verdict:        o.Verdict,
		Refundable:     o.Refundable,
		Entitlement:    o.Entitlement,
		Deduction:      o.Deduction,
		ResolvedIssues: o.ResolvedIssues,
		Window:         o.Window,
		Held:           o.Held,
		Callback:       o.Callback,
		Statuses:       o.Statuses,
	}
	var list []Difference
	came := got.fields()
	for i, want := range w.fields() {
		if came[i].text != want.text {
			list = append(list, Difference{want.name, came[i].text, want.text})
		}
	}
	return append(list, findingDifference(findingsOf(o.Findings), findingsOf(w.Findings))...)
}

// A field is a field of an outcome as text, such that equal values have equal texts.
type field struct{ name, text string }

// fields returns all fields but the findings, always the same ones.
func (w *Want) fields() []field {
	list := []field{
		{"subscription", strconv.Quote(w.Subscription)},
		{"verdict", w.Verdict.String()},
		{"refundable", w.Refundable.String()},
		{"entitlement", w.Entitlement.String()},
		{"deduction", w.Deduction.String()},
		{"resolved_issues", strconv.Itoa(w.ResolvedIssues)},
		{"window.opens", instantText(w.Window.Opens)},
		{"window.closes", instantText(w.Window.Closes)},
		{"held", strconv.FormatBool(w.Held)},
		{"callback.earliest", instantText(w.Callback.Earliest)},
		{"callback.latest", instantText(w.Callback.Latest)},
	}
	for _, clause := range refund.Clauses() {
		list = append(list, field{statusField + clause.String(), w.Statuses[clause].String()})
	}
	return list
}

const statusField = "statuses."

func instantText(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return t.UTC().Format(time.RFC3339Nano)
}
