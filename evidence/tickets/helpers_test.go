package tickets_test

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// audit writes an audit of a ticket on a day of March 2026. Each event is JSON.
func audit(id, ticket, day int, events ...string) string {
	return fmt.Sprintf(`{"id":%d,"ticket_id":%d,"created_at":"2026-03-%02dT10:00:00Z","author_id":31,"events":[%s]}`,
		id, ticket, day, strings.Join(events, ","))
}

func create(status string) string {
	return `{"type":"Create","field_name":"status","value":"` + status + `"}`
}

func status(from, to string) string {
	return `{"type":"Change","field_name":"status","previous_value":"` + from + `","value":"` + to + `"}`
}

// comment is an event by which other tickets were merged into the one of its audit.
func comment(merged string) string {
	return `{"type":"Comment","body":"…","via":{"channel":"web","source":{"from":{"ticket_ids":[` + merged + `]},"to":{},"rel":"merge"}}}`
}

// mergedInto returns an audit that closes a ticket, since it was merged into another.
func mergedInto(target string, audit string) string {
	return strings.Replace(audit, `"events"`, `"via":{"channel":"merge","source":{"from":{"ticket_id":`+target+`}}},"events"`, 1)
}

// show writes tickets and errors, one to a line, with days of March for instants.
func show(seq iter.Seq2[tickets.Ticket, error]) string {
	var lines []string
	for t, err := range seq {
		if err != nil {
			lines = append(lines, "error: "+err.Error())
			continue
		}
		lines = append(lines, line(t))
	}
	return strings.Join(lines, "\n")
}

func line(t tickets.Ticket) string {
	day := func(at time.Time) string {
		if at.IsZero() {
			return "-"
		}
		return at.UTC().Format("2")
	}
	text := fmt.Sprintf("%s %s..%s", t.Issue.ID, day(t.Issue.Opened), day(t.Issue.Resolved))
	for _, e := range t.History {
		text += fmt.Sprintf(" %s:%s:%s", day(e.At), e.Ticket, e.Kind)
	}
	for _, id := range t.Merged {
		text += " +" + id
	}
	for _, w := range t.Warnings {
		text += " !" + w.String()
	}
	return text
}

func zendesk(o tickets.Options, audits ...string) string {
	return show(tickets.Zendesk(strings.NewReader(strings.Join(audits, "\n")), o))
}

// file opens a file of testdata.
func file(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// checkError fails unless an error is one of a line, with faults.
func checkError(t testing.TB, err error) {
	t.Helper()
	var line *evidence.LineError
	var invalid *refund.InvalidError
	if !errors.As(err, &line) || line.Line < 1 || !errors.As(err, &invalid) || len(invalid.Faults) == 0 {
		t.Errorf("error %v", err)
	}
}
