package gen

import (
	"strconv"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// issues draws an issue log, never nil.
func (g *caseGen) issues() {
	g.c.Issues = append(refund.IssueLog{}, several(g.T, "issue", func(t *rapid.T) refund.Issue {
		h := *g
		h.T = t
		return h.issue()
	})...)
	for i := range g.c.Issues {
		g.c.Issues[i].ID = "T-" + strconv.Itoa(i+1)
	}
}

func (g *caseGen) issue() (issue refund.Issue) {
	issue.Subscription = choose(g.T, "issueSubscription", "", g.c.Subscription.ID)
	var resolved time.Time
	open := false
	switch g.pick("resolved", 9) {
	case 0:
		resolved = g.after(2)
	case 1:
		resolved = g.within("resolved")
	case 2:
		resolved, open = g.asked, true
	case 3:
		resolved = g.near("resolved", g.window.Opens)
	case 4, 5:
		resolved = g.near("resolved", g.asked)
	case 6:
		resolved = g.near("resolved", g.window.Closes)
	case 7:
		resolved = g.window.Opens.Add(-time.Duration(rapid.IntRange(1, 100).Draw(g.T, "daysBefore")) * 24 * time.Hour)
	case 8:
		resolved = g.window.Closes.Add(time.Duration(rapid.IntRange(0, 100).Draw(g.T, "daysAfter")) * 24 * time.Hour)
	}
	took := choose(g.T, "took", 24*time.Hour, 0, time.Hour, 90*24*time.Hour)
	issue.Opened = g.seen("opened", resolved.Add(-took))
	if !open {
		issue.Resolved = g.seen("resolved", resolved)
	}
	return issue
}
