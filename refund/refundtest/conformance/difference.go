package conformance

import (
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Difference is a field in which an answer differs from a vector. The zero Difference
// is not valid.
type Difference struct {
	// Field is the field's path in JSON, such as "window.closes". The status of a clause
	// is "statuses.ticket".
	Field string

	// Got and Want are the actual and the expected value as short texts.
	Got, Want string
}

// String returns the difference in one line.
func (d Difference) String() string { return d.Field + " is " + d.Got + ", want " + d.Want }

// Differences returns the fields in which an outcome differs from w, nil if it is equal.
// Instants are compared as instants, amounts with their currency, and findings in any
// order. A finding's detail is compared only where the wanted finding has one.
func (w *Want) Differences(o refund.Outcome) []Difference {
	got := Want{
		Subscription:   o.Subscription,
		Verdict:        o.Verdict,
		Refundable:     o.Refundable,
		Entitlement:    o.Entitlement,
		Deduction:      o.Deduction,
		Refunded:       o.Refunded,
		Disputed:       o.Disputed,
		Remaining:      o.Remaining,
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

// A field is a field of an outcome as text. Equal values have equal texts.
type field struct{ name, text string }

// fields returns all fields but the findings, always the same ones in the same order.
func (w *Want) fields() []field {
	list := []field{
		{"subscription", strconv.Quote(w.Subscription)},
		{"verdict", w.Verdict.String()},
		{"refundable", w.Refundable.String()},
		{"entitlement", w.Entitlement.String()},
		{"deduction", w.Deduction.String()},
		{"refunded", w.Refunded.String()},
		{"disputed", w.Disputed.String()},
		{"remaining", w.Remaining.String()},
		{"resolved_issues", strconv.Itoa(w.ResolvedIssues)},
		{"window.opens", instantText(w.Window.Opens)},
		{"window.closes", instantText(w.Window.Closes)},
		{"window.last_day", strconv.Quote(w.Window.LastDay.String())},
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
