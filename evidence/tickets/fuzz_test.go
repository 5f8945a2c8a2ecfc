package tickets_test

import (
	"bytes"
	"io"
	"iter"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// checkLog fails unless the issues of tickets can stand in a case, and their histories
// agree with them.
func checkLog(t testkit.TB, list []tickets.Ticket) {
	t.Helper()
	c := testkit.ReviewedCase()
	c.Issues = tickets.Issues(list)
	if len(list) <= refund.MaxIssues {
		if err := c.Validate(); err != nil {
			t.Fatalf("the log is not valid: %v", err)
		}
	}
	for _, ticket := range list {
		stands, opened := false, false
		for i, e := range ticket.History {
			if i > 0 && e.At.Before(ticket.History[i-1].At) || e.At.Before(ticket.Issue.Opened) {
				t.Fatalf("a history out of order: %v", line(ticket))
			}
			if e.Ticket == ticket.Issue.ID {
				switch e.Kind {
				case tickets.KindOpened:
					opened = true
				case tickets.KindResolved:
					stands = true
				case tickets.KindReopened:
					stands = false
				}
			}
		}
		if !opened || stands == ticket.Issue.Resolved.IsZero() {
			t.Fatalf("a history that disagrees with its issue: %v", line(ticket))
		}
	}
}

func fuzz(f *testing.F, read func(io.Reader, tickets.Options) iter.Seq2[tickets.Ticket, error]) {
	for _, seed := range []string{
		audit(1, 7, 1, create("new")) + audit(2, 7, 2, status("new", "solved")) + mergedInto("7", audit(4, 8, 4, status("new", "closed"))),
		audit(1, 7, 1, create("new")) + audit(2, 7, 2, comment("8,9")),
		issue("T-1", 1, "Done", "null", duplicates("T-2"), update(1, 2, "status", "Open", "Done")),
		`{"audits":[`, "[]", "{}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		var list []tickets.Ticket
		for ticket, err := range read(bytes.NewReader(file), tickets.Options{}) {
			if err != nil {
				checkError(t, err)
				continue
			}
			list = append(list, ticket)
		}
		checkLog(t, list)
	})
}

func FuzzZendesk(f *testing.F) { fuzz(f, tickets.Zendesk) }

func FuzzJira(f *testing.F) { fuzz(f, tickets.Jira) }
