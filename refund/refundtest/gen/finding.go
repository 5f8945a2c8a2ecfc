package gen

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// drawFinding draws a valid finding: of every clause that takes findings and every
// severity that it takes, with words that are odd to print. A third are about who
// asked: with the requester as the subject, or an id that looks like it.
func drawFinding(t *rapid.T, by string) refund.Finding {
	f := refund.Finding{
		Clause:   choose(t, "clause", findingClauses...),
		Severity: refund.SeveritySatisfied,
		Subject:  choose(t, "subject", "", "T-1", "REC-2"),
		Detail:   choose(t, "detail", "", "seen", "two\nlines", "\x1b[31mred\x1b[0m", "\u202e\u2028\x00\xff", "naïve ✓"),
	}
	who := choose(t, "who", by, "ACC-7", "ACC-8", by+" ", " "+by, strings.ToLower(by), strings.ToUpper(by), by+"0")
	about := pick(t, "about", 4)
	if about > 0 {
		f.Clause, f.Subject = refund.ClauseAccountAccess, who
	}
	advisory, blocking := coin.Draw(t, "advisory"), coin.Draw(t, "blocking")
	switch mayBlock := f.Clause == refund.ClauseCredentials || f.Clause == refund.ClauseAccountAccess; {
	case about == 1 || about == 2: // it vouches
	case blocking && mayBlock:
		f.Severity = refund.SeverityBlocking
	case advisory:
		f.Severity = refund.SeverityAdvisory
	}
	return f
}

// findingClauses are the clauses that take findings. Those of a reviewed case come
// first, since the first ones are drawn more often.
var findingClauses = func() []refund.Clause {
	list := []refund.Clause{refund.ClauseLogReview, refund.ClauseAccountAccess, refund.ClauseCredentials}
	for _, c := range refund.Clauses() {
		if c.TakesFindings() && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}()
