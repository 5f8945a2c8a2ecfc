package evidence

import (
	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Report is the result of a [Review]: how well each resolution is shown, and by which
// records. The zero Report is not the result of a review.
//
// Lists of records are sorted by start, then by id.
type Report struct {
	// Subscription is the id of the subscription.
	Subscription string

	// Log is the digest of the log that was reviewed. Findings do not contain it: store it
	// with the case, to show later which log they were based on.
	Log refund.Digest

	// Records is the number of records that count: all but those of other accounts.
	Records int

	// Resolutions has an element for each issue, sorted by opening, then by id. It is nil
	// if the issue log was nil.
	Resolutions []Resolution

	// Asked are the records in which the customer asked for the refund. They do not
	// contradict a resolution.
	Asked []Ref

	// OtherAccounts are the records of other accounts, which do not count.
	OtherAccounts []Ref

	// Unknown are the mentions of issues that are missing from the issue log.
	Unknown []Mention

	// Damaged are the records with a file that failed its check: it is altered, truncated,
	// missing or unreadable. They do not support a resolution.
	Damaged []Ref
}

// A Mention is an issue that a record names.
type Mention struct {
	Record Ref
	Issue  string
}

// String returns the record and the issue, such as "call C-17 names T-9".
func (m Mention) String() string { return m.Record.String() + " names " + m.Issue }

// Standing returns the standing of the issue with an id, or 0 if it was not reviewed. If
// several issues have the id, it returns the standing of the first.
func (r Report) Standing(issue string) Standing {
	for i := range r.Resolutions {
		if r.Resolutions[i].Issue == issue {
			return r.Resolutions[i].Standing
		}
	}
	return 0
}

// Corroborated returns the issues of a log whose resolutions are corroborated, in their
// order. It returns nil only for a nil log. It leaves out an issue whose opening or
// resolution has changed since the review.
func (r Report) Corroborated(issues refund.IssueLog) refund.IssueLog {
	return r.atLeast(StandingCorroborated, issues)
}

// Supported returns the issues of a log whose resolutions are corroborated or plausible,
// as [Report.Corroborated] does.
func (r Report) Supported(issues refund.IssueLog) refund.IssueLog {
	return r.atLeast(StandingPlausible, issues)
}

// atLeast returns the issues that have the standing least or a better one.
func (r *Report) atLeast(least Standing, issues refund.IssueLog) refund.IssueLog {
	if issues == nil {
		return nil
	}
	standing := r.standings()
	kept := refund.IssueLog{}
	for _, issue := range issues {
		if s := standing[reviewedOf(&issue)]; least <= s && s <= StandingCorroborated {
			kept = append(kept, issue)
		}
	}
	return kept
}

// A reviewed identifies an issue as it was reviewed.
type reviewed struct {
	id               string
	opened, resolved instant.Instant
}

func reviewedOf(issue *refund.Issue) reviewed {
	return reviewed{issue.ID, instant.Of(issue.Opened), instant.Of(issue.Resolved)}
}

func (r *Report) standings() map[reviewed]Standing {
	m := make(map[reviewed]Standing, len(r.Resolutions))
	for i := range r.Resolutions {
		s := &r.Resolutions[i]
		m[reviewed{s.Issue, instant.Of(s.Opened), instant.Of(s.Resolved)}] = s.Standing
	}
	return m
}
