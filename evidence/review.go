package evidence

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Review compares the records of a log with the issues of a case, and reports how well each
// resolution is shown ([refund.ClauseLogReview]). checks are the results of [VerifyMedia],
// if the media were checked. Review accepts any input. The report does not depend on the
// order of the input, and shares no memory with it.
//
// Review looks at the subscription, the issues and the request of the case, but not at the
// findings.
//
// The time of a resolution is the span from the opening of the issue to its resolution, both
// included. A record was made in that time if the span of the record, ends included, has an
// instant in common with it. A resolution has no time if the opening is missing or later
// than the resolution.
//
// These rules say which records count:
//
//   - A record of another account than the subscription's does not count. If either
//     account is unknown, the record counts only for the issues that it names.
//   - A record is damaged if a check of one of its files failed. A damaged record and an
//     unanswered call do not support a resolution.
//   - A record in which the customer asked for the refund does not contradict a resolution,
//     since customers name old issues there to explain why they leave. It is a call that was
//     under way at [refund.Request.At] if the channel of the request is phone, or a chat
//     that was under way then if the channel is other.
//   - If the start or the end of a record is missing, or the end is before the start, the
//     record was not made in the time of any resolution. It can still have begun after one.
//
// The standing of an issue is the first of these that applies:
//
//   - unresolved: the issue is not resolved.
//   - disputed: a damaged record that names the issue was made in the time of the
//     resolution; or a record that names the issue began after the resolution, and its
//     StartedBy is not [SideAgent]. One such record is enough, even if other records
//     support the resolution, and even if it is a call that was not answered.
//   - corroborated: a record that names the issue was made in that time.
//   - plausible: a record that names no issue was made in that time, and its account is
//     known to be the subscription's.
//   - unsupported: all other resolutions.
//
// If several issues share an id, their resolutions are always unsupported, since a record
// cannot say which of these issues it names. A valid case does not have such issues.
//
// Adding a record to the log never makes a standing worse, unless it disputes the
// resolution.
func Review(log Log, c refund.Case, checks ...MediaCheck) Report {
	r := Report{Subscription: c.Subscription.ID, Log: log.Digest()}
	rv := review{report: &r, request: &c.Request, failed: failed(checks)}
	rv.issues(c.Issues)
	rv.records(&log, c.Subscription.Account)
	rv.conclude()
	return r
}

// A review is the state of a call of Review.
type review struct {
	report  *Report
	request *refund.Request
	failed  map[Media]bool

	issue   []*refund.Issue // of the resolution with that index
	byID    map[string]int  // index of the resolution, or shared
	unnamed []*witness      // records of the account that name no issue and can support one
}

// shared is the index of an id that several issues have. Comparing each of them with each
// record that names the id would take quadratic time and memory.
const shared = -1

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
	rv.byID = make(map[string]int, len(issues))
	for i, issue := range rv.issue {
		rv.report.Resolutions[i] = Resolution{Issue: issue.ID, Opened: issue.Opened, Resolved: issue.Resolved}
		if _, again := rv.byID[issue.ID]; again {
			i = shared
		}
		rv.byID[issue.ID] = i
	}
}

// records adds each record to the lists of the report, in their order.
func (rv *review) records(log *Log, account string) {
	list := witnesses(log, rv.failed)
	list = slices.DeleteFunc(list, func(w *witness) bool {
		of := w.header.Account
		other := of != "" && account != "" && of != account
		if other {
			rv.report.OtherAccounts = append(rv.report.OtherAccounts, w.ref())
		}
		return other
	})
	rv.report.Records = len(list)
	rv.unknown(list)
	for _, w := range list {
		if w.isRequest(rv.request) {
			w.asks = true
			rv.report.Asked = append(rv.report.Asked, w.ref())
		}
		if w.damaged {
			rv.report.Damaged = append(rv.report.Damaged, w.ref())
		}
		if of := w.header.Account; len(w.header.Issues) == 0 && w.speaks && of != "" && of == account {
			rv.unnamed = append(rv.unnamed, w)
		}
		for _, id := range w.named() {
			rv.mention(w, id)
		}
	}
}

// unknown lists the mentions of issues that are missing from the issue log. There may be
// very many, so they are counted first.
func (rv *review) unknown(list []*witness) {
	n := 0
	for _, w := range list {
		for _, id := range w.header.Issues {
			if _, known := rv.byID[id]; !known {
				n++
			}
		}
	}
	if n == 0 {
		return
	}
	mentions := make([]Mention, 0, n)
	first := 0 // index of the first mention by a record that compares equal to this one
	for i, w := range list {
		for _, id := range w.named() {
			if _, known := rv.byID[id]; !known {
				mentions = append(mentions, Mention{w.ref(), id})
			}
		}
		if i+1 == len(list) || w.compare(list[i+1]) != 0 {
			slices.SortFunc(mentions[first:], func(a, b Mention) int { return strings.Compare(a.Issue, b.Issue) })
			first = len(mentions)
		}
	}
	rv.report.Unknown = mentions
}

// mention adds a record to the resolution of an issue that it names, if it supports or
// contradicts the resolution.
func (rv *review) mention(w *witness, id string) {
	i, known := rv.byID[id]
	if !known || i == shared || rv.issue[i].Resolved.IsZero() {
		return
	}
	issue, s := rv.issue[i], &rv.report.Resolutions[i]
	touches := w.touches(issue)
	switch {
	case touches && w.speaks:
		s.Supporting = append(s.Supporting, w.ref())
	case w.asks:
	case touches && w.damaged:
		s.Contradicting = append(s.Contradicting, Contradiction{w.ref(), ObjectionMedia})
	case w.begins && instant.Of(issue.Resolved).Before(w.start) && w.header.StartedBy != SideAgent:
		s.Contradicting = append(s.Contradicting, Contradiction{w.ref(), ObjectionCameBack})
	}
}

// conclude sets the standing of each resolution.
func (rv *review) conclude() {
	times := newTimeline(rv.unnamed)
	for i, issue := range rv.issue {
		s := &rv.report.Resolutions[i]
		named := len(s.Supporting) > 0
		alone := rv.byID[issue.ID] != shared
		if !named && alone && !issue.Resolved.IsZero() {
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
