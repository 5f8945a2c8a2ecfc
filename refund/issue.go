package refund

import (
	"hash/maphash"
	"math/bits"
	"strconv"
	"time"

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
		if issue.ID == "" {
			f.Add(issuePath(i, "id"), "is required")
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

// idSeed makes the places of ids in a table unforeseeable, so that nobody can send
// ids that all fall on one.
var idSeed = maphash.MakeSeed()

// repeated returns the issues whose id stands in the log before, in order.
func (log IssueLog) repeated() (found []repeat) {
	const few = 16 // up to here comparing all is faster than hashing
	if len(log) <= few {
		for i := range log {
			for j := range i {
				if a, b := log[i].ID, log[j].ID; len(a) == len(b) && a != "" && a[len(a)-1] == b[len(b)-1] && a == b { // most differ at the end
					found = append(found, repeat{i, j})
					break
				}
			}
		}
		return found
	}
	// The table has index + 1 of the first issue with an id; at least half of it is free.
	// From where an id falls, step after step reaches each place of it once.
	table := make([]int32, 2<<bits.Len(uint(len(log))))
	mask := uint64(len(table) - 1)
	for i := range log {
		if log[i].ID == "" {
			continue
		}
		place := maphash.String(idSeed, log[i].ID)
		for step := range uint64(len(table)) {
			entry := &table[(place^step)&mask]
			if *entry == 0 {
				*entry = int32(i) + 1
				break
			}
			if first := int(*entry) - 1; log[first].ID == log[i].ID {
				found = append(found, repeat{i, first})
				break
			}
		}
	}
	return found
}
