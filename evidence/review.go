package evidence

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Review compares the records of a log with the issues of a subscription: whether each
// resolution is shown ([refund.ClauseLogReview]). checks are what [VerifyMedia] found,
// if the media were checked. Review is a pure function of any input, whatever its
// order, and keeps nothing of it.
//
// A resolution's time is from the issue's opening to its resolution, both included. A
// record was made in that time if the two have an instant in common, ends included. A
// resolution without an opening, or before it, has no time.
//
//   - A record of another account than the subscription's counts for nothing. Where
//     either is not known, the record may still name the issue.
//   - A record is damaged if a check of one of its files failed: it speaks for nothing.
//     A call that nobody answered speaks for nothing either.
//   - disputed: a damaged record that names the issue was made in its time; or one that
//     names it began after the resolution, unless the company is known to have started
//     it. One such record is enough, whatever speaks for the resolution, and whether or
//     not that call was answered.
//   - corroborated: a record that names the issue was made in its time.
//   - plausible: a record that names no issue was made in its time, and its account is
//     known to be the subscription's.
//   - unsupported: none of these.
//
// The first of these that applies is its standing. A record without a start or an end,
// or that ends before it starts, was made in no time, and began at its start, if it has
// one. So one more record never makes a standing worse, unless it disputes.
func Review(log Log, s refund.Subscription, issues refund.IssueLog, checks ...MediaCheck) Report {
	r := Report{Subscription: s.ID, Log: log.Digest()}
	rv := review{report: &r, failed: failed(checks)}
	rv.issues(issues)
	rv.records(&log, s.Account)
	rv.conclude()
	return r
}

// A review is one under way.
type review struct {
	report *Report
	failed map[Media]bool

	issue   []*refund.Issue  // of the resolution with that index
	byID    map[string][]int // indices of resolutions
	unnamed []*witness       // records of the account that name no issue, and speak
	unknown []unknownMention
}

// An unknownMention is an issue that a record names and the issue log does not have.
type unknownMention struct {
	by    *witness
	issue string
}

func (rv *review) issues(issues refund.IssueLog) {
	if issues == nil {
		return
	}
	rv.issue = make([]*refund.Issue, len(issues))
	for i := range issues {
		rv.issue[i] = &issues[i]
	}
	slices.SortFunc(rv.issue, func(a, b *refund.Issue) int {
		return cmp.Or(
			instant.Of(a.Opened).Compare(instant.Of(b.Opened)),
			strings.Compare(a.ID, b.ID),
			instant.Of(a.Resolved).Compare(instant.Of(b.Resolved)),
		)
	})
	rv.report.Resolutions = make([]Resolution, len(issues))
	rv.byID = make(map[string][]int, len(issues))
	for i, issue := range rv.issue {
		rv.report.Resolutions[i] = Resolution{Issue: issue.ID, Opened: issue.Opened, Resolved: issue.Resolved}
		rv.byID[issue.ID] = append(rv.byID[issue.ID], i)
	}
}

// records goes through the records in the order of the report's lists, and notes what
// each says.
func (rv *review) records(log *Log, account string) {
	for _, w := range witnesses(log, rv.failed) {
		of := w.header.Account
		if of != "" && account != "" && of != account {
			rv.report.OtherAccounts = append(rv.report.OtherAccounts, w.ref())
			continue
		}
		if w.damaged {
			rv.report.Damaged = append(rv.report.Damaged, w.ref())
		}
		if len(w.header.Issues) == 0 {
			if w.speaks && of != "" && of == account {
				rv.unnamed = append(rv.unnamed, w)
			}
			continue
		}
		for _, id := range slices.Compact(slices.Clone(sorted(w.header.Issues, strings.Compare))) {
			rv.mention(w, id)
		}
	}
	slices.SortFunc(rv.unknown, func(a, b unknownMention) int {
		return cmp.Or(a.by.compare(b.by), strings.Compare(a.issue, b.issue))
	})
	for _, m := range rv.unknown {
		rv.report.Unknown = append(rv.report.Unknown, Mention{m.by.ref(), m.issue})
	}
}

// mention notes what a record says of an issue that it names.
func (rv *review) mention(w *witness, id string) {
	resolutions := rv.byID[id]
	if len(resolutions) == 0 {
		rv.unknown = append(rv.unknown, unknownMention{w, id})
	}
	for _, i := range resolutions {
		issue := rv.issue[i]
		if issue.Resolved.IsZero() {
			continue
		}
		s := &rv.report.Resolutions[i]
		switch touches := w.touches(issue); {
		case touches && w.damaged:
			s.Contradicting = append(s.Contradicting, Contradiction{w.ref(), ObjectionMedia})
		case touches && w.speaks:
			s.Supporting = append(s.Supporting, w.ref())
		case w.begins && instant.Of(issue.Resolved).Before(w.start) && w.header.StartedBy != SideAgent:
			s.Contradicting = append(s.Contradicting, Contradiction{w.ref(), ObjectionCameBack})
		}
	}
}

// conclude gives each resolution its standing.
func (rv *review) conclude() {
	times := newTimeline(rv.unnamed)
	for i, issue := range rv.issue {
		s := &rv.report.Resolutions[i]
		named := len(s.Supporting) > 0
		if !named && !issue.Resolved.IsZero() {
			n := times.touching(issue, func(w *witness) { s.Supporting = append(s.Supporting, w.ref()) })
			s.More = n - len(s.Supporting)
		}
		switch {
		case issue.Resolved.IsZero():
			s.Standing = StandingUnresolved
		case len(s.Contradicting) > 0:
			s.Standing = StandingDisputed
		case named:
			s.Standing = StandingCorroborated
		case len(s.Supporting) > 0:
			s.Standing = StandingPlausible
		default:
			s.Standing = StandingUnsupported
		}
	}
}
