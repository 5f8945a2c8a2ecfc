package gen

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// drawFinding draws a valid finding: on any clause that takes findings, with any severity
// that the clause allows, and with text that is difficult to print. A third are on
// account-access, about the requester or an id that resembles the requester's.
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
	case about == 1 || about == 2: // satisfied: it clears the account it names
	case blocking && mayBlock:
		f.Severity = refund.SeverityBlocking
	case advisory:
		f.Severity = refund.SeverityAdvisory
	}
	return f
}

// findingClauses are the clauses that take findings. The required clauses come first, since
// the first elements are drawn more often.
var findingClauses = func() []refund.Clause {
	list := []refund.Clause{refund.ClauseLogReview, refund.ClauseAccountAccess, refund.ClauseCredentials}
	for _, c := range refund.Clauses() {
		if c.TakesFindings() && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}()
