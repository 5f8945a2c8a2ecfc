package conformance

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Difference is one field of an outcome that is not as a vector wants it. The zero
// Difference is none.
type Difference struct {
	Field     string // as JSON names it, such as "window.closes" or "statuses.ticket"
	Got, Want string
}

// String says it in one line.
func (d Difference) String() string { return d.Field + " is " + d.Got + ", want " + d.Want }

// Differences returns in what an outcome is not as wanted, nil if in nothing. Instants
// are compared as such, amounts with their currency. Findings are compared in any
// order, and their detail where the wanted one has one: what an evaluation finds
// itself may have a sentence or none.
func (w *Want) Differences(o refund.Outcome) []Difference {
	var list []Difference
	compare := func(field, got, want string) {
		if got != want {
			list = append(list, Difference{field, got, want})
		}
	}
	compareInstant := func(field string, got, want time.Time) {
		compare(field, instant(got), instant(want))
	}
	compare("subscription", strconv.Quote(o.Subscription), strconv.Quote(w.Subscription))
	compare("verdict", o.Verdict.String(), w.Verdict.String())
	compare("refundable", o.Refundable.String(), w.Refundable.String())
	compare("entitlement", o.Entitlement.String(), w.Entitlement.String())
	compare("deduction", o.Deduction.String(), w.Deduction.String())
	compare("resolved_issues", strconv.Itoa(o.ResolvedIssues), strconv.Itoa(w.ResolvedIssues))
	compareInstant("window.opens", o.Window.Opens, w.Window.Opens)
	compareInstant("window.closes", o.Window.Closes, w.Window.Closes)
	compare("held", strconv.FormatBool(o.Held), strconv.FormatBool(w.Held))
	compareInstant("callback.earliest", o.Callback.Earliest, w.Callback.Earliest)
	compareInstant("callback.latest", o.Callback.Latest, w.Callback.Latest)
	for _, clause := range refund.Clauses() {
		compare("statuses."+clause.String(), o.Statuses[clause].String(), w.Statuses[clause].String())
	}
	if !sameFindings(o.Findings, w.Findings) {
		list = append(list, Difference{"findings", findings(o.Findings), findings(w.Findings)})
	}
	return list
}

func instant(t time.Time) string {
	if t.IsZero() {
		return "none"
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// sameFindings reports whether each wanted finding is there, and no other.
func sameFindings(got, want []refund.Finding) bool {
	left := slices.Clone(got)
	take := func(match func(refund.Finding) bool) bool {
		i := slices.IndexFunc(left, match)
		if i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
		return i >= 0
	}
	// Those without a detail go with any, and so choose last.
	for _, w := range want {
		if w.Detail != "" && !take(func(f refund.Finding) bool { return f == w }) {
			return false
		}
	}
	for _, w := range want {
		if w.Detail == "" && !take(func(f refund.Finding) bool { f.Detail = ""; return f == w }) {
			return false
		}
	}
	return len(left) == 0
}

// findings tells findings in one line, without their details beyond a few.
func findings(list []refund.Finding) string {
	const shown = 10
	if len(list) == 0 {
		return "none"
	}
	var parts []string
	for i, f := range list {
		if i == shown {
			parts = append(parts, "and "+strconv.Itoa(len(list)-shown)+" more")
			break
		}
		text := f.Clause.String() + " " + f.Severity.String()
		if f.Subject != "" {
			text += " " + strconv.Quote(f.Subject)
		}
		if f.Detail != "" {
			text += " " + strconv.Quote(f.Detail)
		}
		parts = append(parts, text)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
