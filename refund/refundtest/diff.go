package refundtest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Diff returns the differences of two outcomes, a line for each field, with the reasons of
// both for a clause whose status differs. It returns "" if they are equal
// ([refund.Outcome.Equal]).
//
//	if diff := refundtest.Diff(want, got); diff != "" {
//		t.Errorf("wrong outcome:\n%s", diff)
//	}
func Diff(want, got refund.Outcome) string {
	got = alike(got, want)
	var b strings.Builder
	wanted := fields(want)
	for i, g := range fields(got) {
		if w := wanted[i]; g.text != w.text {
			fmt.Fprintf(&b, "%s: %s, want %s\n", g.name, g.text, w.text)
		}
	}
	for _, clause := range refund.Clauses() {
		if g, w := got.Statuses[clause], want.Statuses[clause]; g != w {
			fmt.Fprintf(&b, "%v: %v, want %v\n  got:  %s\n  want: %s\n", clause, g, w, got.Why(clause), want.Why(clause))
		}
	}
	for _, f := range missing(got.Findings, want.Findings) {
		fmt.Fprintf(&b, "unexpected finding: %s\n", findingText(f))
	}
	for _, f := range missing(want.Findings, got.Findings) {
		fmt.Fprintf(&b, "missing finding: %s\n", findingText(f))
	}
	if b.Len() == 0 && !got.Equal(want) {
		if slices.Equal(got.Findings, want.Findings) {
			b.WriteString("statuses: an element without a clause is set\n")
		} else {
			b.WriteString("findings: wrong order\n")
		}
	}
	return b.String()
}

// alike returns an outcome with its instants in the locations of another's, so that equal
// instants have equal texts.
func alike(o, as refund.Outcome) refund.Outcome {
	for _, pair := range [...]struct {
		at *time.Time
		as time.Time
	}{
		{&o.Window.Opens, as.Window.Opens},
		{&o.Window.Closes, as.Window.Closes},
		{&o.Callback.Earliest, as.Callback.Earliest},
		{&o.Callback.Latest, as.Callback.Latest},
		{&o.Basis.RequestedAt, as.Basis.RequestedAt},
		{&o.Basis.CalledBack, as.Basis.CalledBack},
	} {
		if !pair.as.IsZero() {
			*pair.at = pair.at.In(pair.as.Location())
		}
	}
	return o
}

// missing returns the findings of list that other does not have, or has less often.
func missing(list, other []refund.Finding) (found []refund.Finding) {
	count := map[refund.Finding]int{}
	for _, f := range other {
		count[f]++
	}
	for _, f := range list {
		if count[f]--; count[f] < 0 {
			found = append(found, f)
		}
	}
	return found
}
