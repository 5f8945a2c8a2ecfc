package evidence

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/internal/words"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Report is what a [Review] came to: how well each resolution is shown, and by which
// records. The zero Report is no review.
//
// Lists of records are in the order of their starts, then of their ids.
type Report struct {
	// Subscription is the id of the subscription.
	Subscription string

	// Log is the digest of the log that was reviewed. Findings do not repeat it: keep it
	// with the case, to show later which log they were based on.
	Log refund.Digest

	// Resolutions has an element for each issue, in the order in which they were opened,
	// then of their ids. Nil if the issue log was.
	Resolutions []Resolution

	// OtherAccounts are records of other accounts, which count for nothing.
	OtherAccounts []Ref

	// Unknown are mentions of issues that the issue log does not have.
	Unknown []Mention

	// Damaged are records of which a file was checked and found missing or not what it
	// was. They speak for nothing.
	Damaged []Ref
}

// A Mention is an issue that a record names.
type Mention struct {
	Record Ref
	Issue  string
}

// String returns record and issue, such as "call C-17 names T-9".
func (m Mention) String() string { return m.Record.String() + " names " + m.Issue }

// Standing returns how an issue stands, unset for one that was not reviewed. Of several
// with one id, which a case may not have, it is the first.
func (r Report) Standing(issue string) Standing {
	for i := range r.Resolutions {
		if r.Resolutions[i].Issue == issue {
			return r.Resolutions[i].Standing
		}
	}
	return 0
}

// Findings returns the report's findings for a case, on [refund.ClauseLogReview]: one that
// is satisfied if every resolution is corroborated or plausible, else an advisory for each
// that is not, with the issue's id as the subject. Their details are sentences for people,
// without the log's digest. Findings returns nil if the review had no issue log.
func (r Report) Findings() []refund.Finding {
	if r.Resolutions == nil {
		return nil
	}
	var found []refund.Finding
	corroborated, plausible := 0, 0
	for i := range r.Resolutions {
		switch s := &r.Resolutions[i]; s.Standing {
		case StandingUnresolved:
		case StandingCorroborated:
			corroborated++
		case StandingPlausible:
			plausible++
		default:
			found = append(found, refund.Finding{
				Clause:   refund.ClauseLogReview,
				Severity: refund.SeverityAdvisory,
				Subject:  s.Issue,
				Detail:   s.reason(),
			})
		}
	}
	if found != nil {
		return found
	}
	return []refund.Finding{{
		Clause:   refund.ClauseLogReview,
		Severity: refund.SeveritySatisfied,
		Detail:   sound(corroborated, plausible),
	}}
}

// sound states that every resolution is corroborated or plausible.
func sound(corroborated, plausible int) string {
	n := corroborated + plausible
	if n == 0 {
		return "no issue was resolved"
	}
	return words.Count(n, "resolution", "resolutions") + ", " +
		strconv.Itoa(corroborated) + " corroborated and " + strconv.Itoa(plausible) + " plausible"
}

// Corroborated returns the issues of a log whose resolutions are corroborated, in their
// order: nil for a nil log, else not nil. One that was opened or resolved at another
// instant than the one reviewed was not reviewed.
func (r Report) Corroborated(issues refund.IssueLog) refund.IssueLog {
	if issues == nil {
		return nil
	}
	standing := r.standings()
	kept := refund.IssueLog{}
	for _, issue := range issues {
		if standing[reviewedOf(&issue)] == StandingCorroborated {
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
