package evidence

import (
	"cmp"
	"slices"
	"strings"

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
func Review(log Log, s refund.Subscription, issues refund.IssueLog, checks ...Check) Report {
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
}

// A witness is a record as the rules see it.
type witness struct {
	record
	start, end instant
	spans      bool // has a start, and an end not before it
	damaged    bool
	speaks     bool // for a resolution, as far as the record itself goes
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
			instantOf(a.Opened).compare(instantOf(b.Opened)),
			strings.Compare(a.ID, b.ID),
			instantOf(a.Resolved).compare(instantOf(b.Resolved)),
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
	witnesses := make([]witness, 0, log.Len())
	for r := range log.records() {
		w := witness{record: r, start: instantOf(r.header.Start), end: instantOf(r.header.End)}
		w.spans = !r.header.Start.IsZero() && !r.header.End.IsZero() && !w.end.before(w.start)
		w.damaged = rv.damaged(r.media)
		w.speaks = w.spans && !w.damaged && (r.call == nil || !r.call.Answered.IsZero())
		witnesses = append(witnesses, w)
	}
	order := make([]*witness, len(witnesses))
	for i := range witnesses {
		order[i] = &witnesses[i]
	}
	slices.SortFunc(order, (*witness).compare)
	alike := 0 // where the mentions of records of one start, id and kind begin
	byIssue := func() {
		slices.SortFunc(rv.report.Unknown[alike:], func(a, b Mention) int { return strings.Compare(a.Issue, b.Issue) })
		alike = len(rv.report.Unknown)
	}
	defer byIssue()
	for i, w := range order {
		if i > 0 && w.compare(order[i-1]) != 0 {
			byIssue()
		}
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
}

// compare puts records into the order of the report's lists. Those that are alike in
// all of it, which a sound log does not have, are told alike as well.
func (w *witness) compare(v *witness) int {
	return cmp.Or(
		w.start.compare(v.start),
		strings.Compare(w.header.ID, v.header.ID),
		cmp.Compare(w.kind, v.kind),
	)
}

func (rv *review) damaged(media []Media) bool {
	for i := range media {
		if rv.failed[media[i].content()] {
			return true
		}
	}
	return false
}

// mention notes what a record says of an issue that it names.
func (rv *review) mention(w *witness, id string) {
	resolutions := rv.byID[id]
	if len(resolutions) == 0 {
		rv.report.Unknown = append(rv.report.Unknown, Mention{w.ref(), id})
	}
	for _, i := range resolutions {
		issue := rv.issue[i]
		if issue.Resolved.IsZero() {
			continue
		}
		s := &rv.report.Resolutions[i]
		switch touches := w.touches(issue); {
		case touches && w.damaged:
			s.Against = append(s.Against, Against{w.ref(), ObjectionMedia})
		case touches && w.speaks:
			s.For = append(s.For, w.ref())
		case !w.header.Start.IsZero() && instantOf(issue.Resolved).before(w.start) && w.header.StartedBy != SideAgent:
			s.Against = append(s.Against, Against{w.ref(), ObjectionCameBack})
		}
	}
}

// touches reports whether a record was made in the time of a resolution.
func (w *witness) touches(issue *refund.Issue) bool {
	opened, resolved := instantOf(issue.Opened), instantOf(issue.Resolved)
	return w.spans && timed(issue) && !resolved.before(w.start) && !w.end.before(opened)
}

// timed reports whether a resolution has a time.
func timed(issue *refund.Issue) bool {
	return !issue.Opened.IsZero() && !instantOf(issue.Resolved).before(instantOf(issue.Opened))
}

// conclude gives each resolution its standing.
func (rv *review) conclude() {
	var times *timeline
	for i, issue := range rv.issue {
		s := &rv.report.Resolutions[i]
		if issue.Resolved.IsZero() {
			s.Standing = StandingUnresolved
			continue
		}
		s.Standing = StandingCorroborated
		if len(s.For) == 0 {
			if times == nil {
				times = newTimeline(rv.unnamed)
			}
			s.Standing = StandingUnsupported
			if n := times.touching(issue, func(w *witness) { s.For = append(s.For, w.ref()) }); n > 0 {
				s.Standing = StandingPlausible
				s.More = n - len(s.For)
			}
		}
		if len(s.Against) > 0 {
			s.Standing = StandingDisputed
		}
	}
}
