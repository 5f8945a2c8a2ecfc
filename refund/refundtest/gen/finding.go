package gen

import (
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// drawFinding draws a valid finding: of every clause that takes findings and every
// severity that it takes, with words that are odd to print.
func drawFinding(t *rapid.T) refund.Finding {
	clause := choose(t, "clause", findingClauses...)
	most := 2 // blocking is for two clauses alone
	if clause == refund.ClauseCredentials || clause == refund.ClauseAccountAccess {
		most = 3
	}
	return refund.Finding{
		Clause:   clause,
		Severity: choose(t, "severity", severities[:most]...),
		Subject:  choose(t, "subject", subjects...),
		Detail:   choose(t, "detail", details...),
	}
}

var (
	findingClauses = func() (list []refund.Clause) {
		for _, c := range refund.Clauses() {
			if c.TakesFindings() {
				list = append(list, c)
			}
		}
		return list
	}()
	severities = []refund.Severity{refund.SeveritySatisfied, refund.SeverityAdvisory, refund.SeverityBlocking}
	subjects   = []string{"", "T-1", "REC-2"}
	details    = []string{"", "seen", "two\nlines", "\x1b[31mred\x1b[0m", "\u202e\u2028\x00\xff", "naïve ✓"}
)

// drawFindings draws the findings of a case, nil for none.
func drawFindings(t *rapid.T) []refund.Finding {
	return noneAsNil(rapid.SliceOfN(rapid.Custom(drawFinding), 0, 6).Draw(t, "findings"))
}

func noneAsNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}
