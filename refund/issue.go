package refund

import (
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// An IssueLog lists the issues of one subscription, in any order. A nil log is a
// missing fact, which a case cannot be judged without; an empty one states that
// there were no issues.
type IssueLog []Issue

// MaxIssues is how many issues a case may have.
const MaxIssues = 10_000

// An Issue is one problem that the customer brought to support. It is recorded by
// the resolution that stands: a reopened issue has none, and the same problem
// ticketed twice is one issue. The zero Issue is not valid in a case.
type Issue struct {
	// ID names the issue, once in a log. Required.
	ID string

	// Subscription is the id of the subscription it belongs to; empty means the one
	// of the case, and no other is valid.
	Subscription string

	// Opened is when it was brought up, which may be before the subscription.
	// Required.
	Opened time.Time

	// Resolved is when it was resolved, not before Opened. The zero Time means that
	// it is not resolved.
	Resolved time.Time
}

// resolvedIn counts the issues whose resolution lies in the window that opens and
// closes then, and is not after until.
func (log IssueLog) resolvedIn(opens, closes, until instant.Instant) int {
	n := 0
	for i := range log {
		// What is not resolved was so never, which is before the window opens.
		if r := instant.Of(log[i].Resolved); !r.Before(opens) && r.Before(closes) && !until.Before(r) {
			n++
		}
	}
	return n
}

func (log IssueLog) validate(f *Faults, subscription string) {
	switch {
	case log == nil:
		f.Add("issues", "is required: an empty log states that there were none")
		return
	case len(log) > MaxIssues:
		f.Add("issues", "are more than 10000")
		return
	}
	repeated := log.repeated()
	for i := range log {
		issue := &log[i]
		if reason := ident.Required(issue.ID); reason != "" {
			f.Add(issuePath(i, "id"), reason)
		} else if len(repeated) > 0 && repeated[0].index == i {
			f.Add(issuePath(i, "id"), "is the id of issues["+strconv.Itoa(repeated[0].first)+"] too")
			repeated = repeated[1:]
		}
		if issue.Subscription != "" && subscription != "" && issue.Subscription != subscription {
			f.Add(issuePath(i, "subscription"), "is another subscription than the case's")
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

// A repeat is an issue whose id an earlier one has.
type repeat struct{ index, first int }

// repeated returns the issues whose id an earlier issue of the log has, in order.
func (log IssueLog) repeated() (found []repeat) {
	const few = 32 // up to here comparing every pair is faster than a map
	if len(log) <= few {
		for i := range log {
			for j := range i {
				if sameID(log[i].ID, log[j].ID) {
					found = append(found, repeat{i, j})
					break
				}
			}
		}
		return found
	}
	index := make(map[string]int, len(log))
	for i := range log {
		id := log[i].ID
		if id == "" {
			continue
		}
		if first, known := index[id]; known {
			found = append(found, repeat{i, first})
		} else {
			index[id] = i
		}
	}
	return found
}

// sameID reports whether both ids are the same and given. Ids of one log mostly differ in
// their last byte, so it is compared first.
func sameID(a, b string) bool {
	n := len(a)
	return n > 0 && n == len(b) && a[n-1] == b[n-1] && a == b
}
