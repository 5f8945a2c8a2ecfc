package conformance

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A foundText is a finding as texts, because another program may write unknown codes.
type foundText struct{ clause, severity, subject, detail string }

func findingsOf(list []refund.Finding) []foundText {
	texts := make([]foundText, len(list))
	for i, f := range list {
		texts[i] = foundText{f.Clause.String(), f.Severity.String(), f.Subject, f.Detail}
	}
	return texts
}

// findingDifference returns nil if got has each wanted finding and no other.
func findingDifference(got, want []foundText) []Difference {
	left := slices.Clone(got)
	take := func(match func(foundText) bool) bool {
		i := slices.IndexFunc(left, match)
		if i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
		return i >= 0
	}
	found := len(got) == len(want)
	for _, w := range want {
		if w.detail != "" {
			found = take(func(f foundText) bool { return f == w }) && found
		}
	}
	// Wanted findings without a detail match any detail, and are matched last.
	for _, w := range want {
		if w.detail == "" {
			found = take(func(f foundText) bool { f.detail = ""; return f == w }) && found
		}
	}
	if found {
		return nil
	}
	return []Difference{{"findings", findingsText(got), findingsText(want)}}
}

// findingsText returns the first findings as one line.
func findingsText(list []foundText) string {
	const shown = 10
	if len(list) == 0 {
		return "none"
	}
	var parts []string
	for _, f := range list[:min(len(list), shown)] {
		text := short(f.clause) + " " + short(f.severity)
		if f.subject != "" {
			text += " on " + short(f.subject)
		}
		if f.detail != "" {
			text += ": " + short(f.detail)
		}
		parts = append(parts, text)
	}
	if more := len(list) - shown; more > 0 {
		parts = append(parts, "and "+strconv.Itoa(more)+" more")
	}
	return "[" + strings.Join(parts, "; ") + "]"
}

// short returns a program's text as one line of limited length.
func short(s string) string {
	const longest = 120
	cut := ""
	if len(s) > longest {
		s, cut = strings.ToValidUTF8(s[:longest], ""), "…"
	}
	quoted := strconv.QuoteToGraphic(s)
	return quoted[1:len(quoted)-1] + cut
}
