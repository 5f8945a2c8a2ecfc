package evidence

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/words"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Findings returns the findings of the review for a case, all on the clause
// [refund.ClauseLogReview]. These findings are advisory:
//
//   - one finding if no record counts, since the log then shows no help for the customer,
//   - one for each resolution that is neither corroborated nor plausible,
//   - one for each issue that a record names and the issue log lacks, up to
//     [MaxUnknownFindings], and one that counts the others.
//
// If the report has no advisory finding, Findings returns one satisfied finding. The subject
// of a finding is the id of the issue, and the detail is a sentence for people. Neither
// contains the digest of the log. Findings returns nil if the review had no issue log.
func (r Report) Findings() []refund.Finding {
	if r.Resolutions == nil {
		return nil
	}
	var found []refund.Finding
	advise := func(subject, detail string) {
		found = append(found, refund.Finding{Clause: refund.ClauseLogReview, Severity: refund.SeverityAdvisory, Subject: subject, Detail: detail})
	}
	if r.Records == 0 {
		advise("", "no record of any contact with the customer")
	}
	corroborated, plausible := 0, 0
	for i := range r.Resolutions {
		switch s := &r.Resolutions[i]; s.Standing {
		case StandingUnresolved:
		case StandingCorroborated:
			corroborated++
		case StandingPlausible:
			plausible++
		default:
			advise(s.Issue, s.detail())
		}
	}
	r.adviseUnknown(advise)
	if found != nil {
		return found
	}
	return []refund.Finding{{
		Clause:   refund.ClauseLogReview,
		Severity: refund.SeveritySatisfied,
		Detail:   satisfied(corroborated, plausible),
	}}
}

// MaxUnknownFindings is the largest number of issues missing from the issue log that have
// a finding of their own.
const MaxUnknownFindings = 100

// adviseUnknown adds the findings on the issues that are missing from the issue log, in
// the order in which they are first named.
func (r *Report) adviseUnknown(advise func(subject, detail string)) {
	type unknown struct {
		issue string
		by    refList
	}
	var list []unknown
	index := map[string]int{} // of an issue in list, if the list had no limit
	for _, m := range r.Unknown {
		i, again := index[m.Issue]
		if !again {
			i = len(index)
			index[m.Issue] = i
		}
		switch {
		case i >= MaxUnknownFindings:
			continue
		case !again:
			list = append(list, unknown{issue: m.Issue})
		}
		list[i].by.add(m.Record)
	}
	for _, u := range list {
		advise(u.issue, "missing from the issue log, and named by "+u.by.String())
	}
	if n := len(index) - len(list); n > 0 {
		advise("", words.Count(n, "more issue is", "more issues are")+" named by records and missing from the issue log")
	}
}

// satisfied says in a sentence that every resolution is corroborated or plausible.
func satisfied(corroborated, plausible int) string {
	switch {
	case corroborated+plausible == 0:
		return "no issue was resolved"
	case corroborated == 0 && plausible == 1:
		return "the resolution is plausible"
	case corroborated == 1 && plausible == 0:
		return "the resolution is corroborated"
	default:
		return "every resolution is supported: " +
			strconv.Itoa(corroborated) + " corroborated and " + strconv.Itoa(plausible) + " plausible"
	}
}
