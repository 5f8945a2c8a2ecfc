package refund

import (
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// An IssueLog lists the issues of one subscription, in any order. A nil log is a missing
// fact: a case without a log is not valid. An empty log states that there were no issues.
type IssueLog []Issue

// MaxIssues is the maximum number of issues in a case.
const MaxIssues = 10_000

// An Issue is one problem that the customer brought to support. Record its latest
// resolution, and none for an issue that was reopened. The same problem ticketed twice is
// one issue. The zero Issue is not valid in a case.
type Issue struct {
	// ID identifies the issue within the log. Required.
	ID string

	// Subscription is the id of the issue's subscription. If it is not empty, it must be
	// the case's.
	Subscription string

	// Opened is the instant at which the customer reported the issue, which may be before
	// the subscription. Required.
	Opened time.Time

	// Resolved is the instant at which the issue was resolved, not before Opened. The
	// zero Time means that it is not resolved.
	Resolved time.Time
}

// resolvedIn counts the issues that were resolved in the window [opens, closes) and not
// after until.
func (log IssueLog) resolvedIn(opens, closes, until instant.Instant) int {
	n := 0
	for i := range log {
		// Unresolved issues have the zero Time, which is before the window.
		if r := instant.Of(log[i].Resolved); !r.Before(opens) && r.Before(closes) && !until.Before(r) {
			n++
		}
	}
	return n
}

func (log IssueLog) validate(f *Faults, subscription string) {
	switch {
	case log == nil:
		f.Add("issues", "is required: an empty list states that there were no issues")
		return
	case len(log) > MaxIssues:
		f.Add("issues", "has more than 10000 entries")
		return
	}
	var index map[string]int
	if len(log) > 32 { // up to this length, comparing every pair is faster than a map
		index = make(map[string]int, len(log))
	}
	for i := range log {
		issue := &log[i]
		if reason := ident.Required(issue.ID); reason != "" {
			f.Add(issuePath(i, "id"), reason)
		} else if first := log.first(i, index); first != i {
			f.Add(issuePath(i, "id"), "is also the id of issues["+strconv.Itoa(first)+"]")
		}
		if issue.Subscription != "" && subscription != "" && issue.Subscription != subscription {
			f.Add(issuePath(i, "subscription"), "is not the id of the case's subscription")
		}
		opened, resolved := instant.Of(issue.Opened), instant.Of(issue.Resolved)
		if !opened.Given() {
			f.Add(issuePath(i, "opened"), instant.Fault(issue.Opened))
		}
		switch {
		case resolved.IsZero():
		case !resolved.Writable():
			f.Add(issuePath(i, "resolved"), instant.OutsideYears)
		case opened.Given() && resolved.Before(opened):
			f.Add(issuePath(i, "resolved"), "is before opened")
		}
	}
}

func issuePath(i int, field string) string { return "issues[" + strconv.Itoa(i) + "]." + field }

// first returns the index of the first issue with the id of issue i. If index is not nil, it
// maps the ids of the issues before i to their first issues, and first adds the id of i.
func (log IssueLog) first(i int, index map[string]int) int {
	id := log[i].ID
	if index != nil {
		first, known := index[id]
		if !known {
			index[id] = i
			return i
		}
		return first
	}
	for j := range i {
		if sameID(log[j].ID, id) {
			return j
		}
	}
	return i
}

// sameID reports whether a and b are equal and not empty. It compares the last byte
// first, because the ids of a log mostly differ there.
func sameID(a, b string) bool {
	n := len(a)
	return n > 0 && n == len(b) && a[n-1] == b[n-1] && a == b
}
