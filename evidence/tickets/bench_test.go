package tickets_test

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
)

// manyAudits returns an export of Zendesk with comments, and manyIssues one of Jira.
func manyAudits(n int) string {
	var b strings.Builder
	b.WriteString(`{"audits":[`)
	text := `{"id":1,"type":"Comment","body":"` + strings.Repeat("The printer prints again. ", 12) + `","public":true,"attachments":[]}`
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(audit(2*i+1, i+1, 1, text, create("new")) + "," + audit(2*i+2, i+1, 2, text, status("new", "solved")))
	}
	b.WriteString("]}")
	return b.String()
}

func manyIssues(n int) string {
	var b strings.Builder
	b.WriteString(`{"issues":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(issue(fmt.Sprintf("T-%d", i), 1, "Done", "Done", "", update(1, 2, "description", "", strings.Repeat("It prints. ", 20)),
			update(2, 3, "status", "Open", "Done", "resolution", "", "Done")))
	}
	b.WriteString("]}")
	return b.String()
}

func bench(b *testing.B, file string, n int, read func(io.Reader, tickets.Options) iter.Seq2[tickets.Ticket, error]) {
	b.ReportAllocs()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		list, err := tickets.Collect(read(strings.NewReader(file), tickets.Options{}))
		if err != nil || len(list) != n {
			b.Fatal(len(list), err)
		}
	}
}

func BenchmarkZendesk(b *testing.B) { bench(b, manyAudits(2000), 2000, tickets.Zendesk) }

func BenchmarkJira(b *testing.B) { bench(b, manyIssues(2000), 2000, tickets.Jira) }
