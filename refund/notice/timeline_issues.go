package notice

import (
	"cmp"
	"slices"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A counting says whether an issue was counted, and if not, why.
type counting uint8

const (
	counted counting = iota
	beforeWindow
	afterRequest
	afterWindow
	unresolved
)

// count returns the counting of an issue.
func count(issue *refund.Issue, o *refund.Outcome) counting {
	switch r := issue.Resolved; {
	case r.IsZero():
		return unresolved
	case r.Before(o.Window.Opens):
		return beforeWindow
	case !r.Before(o.Window.Closes):
		return afterWindow
	case r.After(o.Basis.RequestedAt) && o.Basis.Readings.ResolvedUntil == refund.ResolvedUntilRequest:
		return afterRequest
	}
	return counted
}

// mostIssueRows is how many rows a picture has for issues.
const mostIssueRows = 8

// An issueGroup is issues with one counting. Its instants are those of the resolutions, or, for
// issues that are not resolved, of the reports.
type issueGroup struct {
	counting counting
	id       string // of the only issue
	opened   time.Time
	at       []time.Time // sorted
}

// issues adds the rows of the issues: one each, or, if they are too many, one for each day and
// counting, or one for each counting.
func (ch *chronicle) issues(log refund.IssueLog, o *refund.Outcome) {
	if len(log) == 0 {
		ch.add(event{label: "Issues", status: "no issue was reported"})
		return
	}
	groups := singles(log, o)
	if len(groups) > mostIssueRows {
		groups = merged(groups, func(a, b *issueGroup) bool { return refund.DateOf(a.at[0]) == refund.DateOf(b.at[0]) })
	}
	if len(groups) > mostIssueRows {
		groups = merged(groups, func(_, _ *issueGroup) bool { return true })
	}
	slices.SortStableFunc(groups, func(a, b issueGroup) int { return a.at[0].Compare(b.at[0]) })
	for _, g := range groups {
		ch.add(g.row(o))
	}
}

// singles returns a group for each issue, sorted by counting and instant.
func singles(log refund.IssueLog, o *refund.Outcome) []issueGroup {
	place := o.Window.Opens.Location()
	groups := make([]issueGroup, len(log))
	for i := range log {
		issue := &log[i]
		at := issue.Resolved
		if at.IsZero() {
			at = issue.Opened
		}
		groups[i] = issueGroup{count(issue, o), issue.ID, issue.Opened.In(place), []time.Time{at.In(place)}}
	}
	slices.SortFunc(groups, func(a, b issueGroup) int {
		return cmp.Or(cmp.Compare(a.counting, b.counting), a.at[0].Compare(b.at[0]), cmp.Compare(a.id, b.id))
	})
	return groups
}

// merged merges neighbors of one counting that are alike.
func merged(groups []issueGroup, alike func(a, b *issueGroup) bool) (list []issueGroup) {
	for _, g := range groups {
		if last := len(list) - 1; last >= 0 && list[last].counting == g.counting && alike(&list[last], &g) {
			list[last].at = append(list[last].at, g.at...)
			continue
		}
		list = append(list, g)
	}
	return list
}

// row returns the row of a group.
func (g *issueGroup) row(o *refund.Outcome) event {
	n := len(g.at)
	e := event{kind: kindNotCounted, label: name(g.id, "Issue"), status: "not counted", marks: g.at}
	if n > 1 {
		e.label = issues(n)
	} else {
		e.span = [2]time.Time{g.opened, g.at[0]}
	}
	when := days(g.at[0], g.at[n-1])
	switch e.detail = "resolved " + when; g.counting {
	case counted:
		e.kind, e.status = kindCounted, "counted"
		switch charge := money(o.Basis.Service.PerInstance.Times(n)); {
		case o.Deduction.Sign() == 0:
		case n == 1:
			e.status += ", charge " + charge
		default:
			e.status += ", charges " + charge
		}
	case beforeWindow:
		e.detail += ", before the window"
	case afterRequest:
		e.detail += ", after the request"
	case afterWindow:
		e.detail += ", after the window"
	case unresolved:
		e.kind, e.detail = kindUnresolved, "reported "+when+", not resolved"
	}
	return e
}
