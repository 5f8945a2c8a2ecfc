package tickets_test

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

func TestZendeskFile(t *testing.T) {
	const want = "101 3..5 3:101:opened 3:101:resolved 4:101:reopened 4:102:opened 4:102:merged 5:101:resolved +102\n" +
		"103 6..- 6:103:opened 6:103:resolved 7:103:reopened"
	if got := show(tickets.Zendesk(file(t, "zendesk_audits.json"), tickets.Options{})); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestZendeskHistories(t *testing.T) {
	open := audit(1, 7, 1, create("new"))
	solved := audit(2, 7, 2, status("new", "solved"))
	for _, row := range []struct {
		why    string
		audits []string
		want   string
	}{
		{"a file without audits has no tickets", nil, ""},
		{"a ticket that was only opened is not resolved", []string{open}, "7 1..- 1:7:opened"},
		{"a solved ticket is resolved by the change", []string{open, solved}, "7 1..2 1:7:opened 2:7:resolved"},
		{"solved and then closed is one resolution, which is the first", []string{open, solved, audit(3, 7, 6, status("solved", "closed"))},
			"7 1..2 1:7:opened 2:7:resolved"},
		{"a reopened ticket has no resolution that stands", []string{open, solved, audit(3, 7, 3, status("solved", "open"))},
			"7 1..- 1:7:opened 2:7:resolved 3:7:reopened"},
		{"pending leaves the resolution too", []string{open, solved, audit(3, 7, 3, status("solved", "pending"))},
			"7 1..- 1:7:opened 2:7:resolved 3:7:reopened"},
		{"the last resolution stands", []string{open, solved, audit(3, 7, 3, status("solved", "open")), audit(4, 7, 4, status("open", "solved"))},
			"7 1..4 1:7:opened 2:7:resolved 3:7:reopened 4:7:resolved"},
		{"the order of the file does not matter", []string{audit(3, 7, 3, status("solved", "open")), solved, open},
			"7 1..- 1:7:opened 2:7:resolved 3:7:reopened"},
		{"of two audits of one second the id tells which was first",
			[]string{audit(4, 7, 2, status("solved", "open")), audit(2, 7, 2, status("new", "solved")), open},
			"7 1..- 1:7:opened 2:7:resolved 2:7:reopened"},
		{"an audit that two pages have counts once", []string{open, solved, solved, open}, "7 1..2 1:7:opened 2:7:resolved"},
		{"solved by an agent and opened by a trigger in one audit is not resolved",
			[]string{open, audit(2, 7, 2, status("new", "solved"), status("solved", "open"))}, "7 1..- 1:7:opened"},
		{"opened and solved again in one audit does not move the resolution",
			[]string{open, solved, audit(3, 7, 3, status("solved", "open"), status("open", "solved"))}, "7 1..2 1:7:opened 2:7:resolved"},
		{"a ticket created as solved is resolved at once", []string{audit(1, 7, 1, create("solved"))}, "7 1..1 1:7:opened 1:7:resolved"},
		{"created as solved and opened by a trigger in the same audit is not resolved", []string{audit(1, 7, 1, create("solved"), status("solved", "open"))}, "7 1..- 1:7:opened"},
		{"audits without a status are passed over", []string{open, audit(2, 7, 2, `{"type":"Comment","body":"solved"}`, `{"type":"Change","field_name":"tags","value":["solved"]}`)},
			"7 1..- 1:7:opened"},
		{"event types that the API does not document are passed over", []string{open, audit(2, 7, 2, `{"type":"Novelty","field_name":"status","value":"solved"}`)},
			"7 1..- 1:7:opened"},
		{"two tickets, in the order of the file", []string{audit(5, 8, 2, create("open")), open}, "8 2..- 2:8:opened\n7 1..- 1:7:opened"},
		{"a change that is missing leaves a warning", []string{open, audit(3, 7, 3, status("open", "solved"))}, "7 1..3 1:7:opened 3:7:resolved !gap"},
		{"a second creation leaves a warning", []string{open, audit(2, 7, 2, create("open"))}, "7 1..- 1:7:opened !gap"},
		{"a status that Zendesk does not have leaves a warning", []string{open, audit(2, 7, 2, status("new", "done"))}, "7 1..- 1:7:opened !status"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := zendesk(tickets.Options{}, row.audits...); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}

func TestResolvedStatusesAreAnOption(t *testing.T) {
	audits := []string{audit(1, 7, 1, create("new")), audit(2, 7, 2, status("new", "Pending")), audit(3, 7, 3, status("Pending", "solved"))}
	want := "7 1..- 1:7:opened 2:7:resolved 3:7:reopened"
	if got := zendesk(tickets.Options{Resolved: []string{"pending"}}, audits...); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A customer who reopens a ticket after asking for the refund must not raise the refund.
func TestChangesAfterUntilAreHistoryOnly(t *testing.T) {
	audits := []string{
		audit(1, 7, 1, create("new")), audit(2, 7, 3, status("new", "solved")),
		audit(3, 7, 10, status("solved", "open")), audit(4, 7, 12, status("open", "solved")),
	}
	history := " 1:7:opened 3:7:resolved 10:7:reopened 12:7:resolved"
	at := func(day, second int) time.Time { return time.Date(2026, 3, day, 10, 0, second, 0, time.UTC) }
	for _, row := range []struct {
		why   string
		until time.Time
		want  string
	}{
		{"without a limit, the last resolution stands", time.Time{}, "7 1..12"},
		{"the ticket was reopened and solved after the request", at(9, 0), "7 1..3"},
		{"a change at the instant of the request counts", at(10, 0), "7 1..-"},
		{"a change a second after it does not", at(10, -1), "7 1..3"},
		{"the request was before the resolution", at(2, 0), "7 1..-"},
		{"all changes were before the request", at(12, 0), "7 1..12"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := zendesk(tickets.Options{Until: row.until}, audits...); got != row.want+history {
				t.Errorf("got %s, want %s", got, row.want+history)
			}
		})
	}
	if got := zendesk(tickets.Options{Until: at(1, 0)}, audit(1, 7, 2, create("solved"))); got != "7 2..- 2:7:opened 2:7:resolved" {
		t.Errorf("created as solved after the request: %s", got)
	}
}

func TestZendeskMerges(t *testing.T) {
	opens := []string{audit(1, 7, 2, create("new")), audit(2, 8, 1, create("new")), audit(3, 9, 3, create("new"))}
	for _, row := range []struct {
		why    string
		audits []string
		want   string
	}{
		{"a merge closes a ticket and does not resolve it; the issue was opened by the first ticket",
			[]string{mergedInto("7", audit(4, 8, 4, status("new", "closed")))}, "7 1..- 1:8:opened 2:7:opened 4:8:merged +8\n9 3..- 3:9:opened"},
		{"the resolution is that of the ticket that remains",
			[]string{mergedInto("7", audit(4, 8, 4, status("new", "closed"))), audit(5, 7, 5, status("new", "solved"))},
			"7 1..5 1:8:opened 2:7:opened 4:8:merged 5:7:resolved +8\n9 3..- 3:9:opened"},
		{"a resolution before the merge does not count",
			[]string{audit(4, 8, 4, status("new", "solved")), mergedInto("7", audit(5, 8, 5, status("solved", "closed")))},
			"7 1..- 1:8:opened 2:7:opened 4:8:resolved 5:8:merged +8\n9 3..- 3:9:opened"},
		{"the account of the ticket that remains is enough",
			[]string{audit(4, 8, 4, status("new", "closed")), audit(5, 7, 4, comment("8"))},
			"7 1..- 1:8:opened 2:7:opened 4:8:merged +8\n9 3..- 3:9:opened"},
		{"the tag of a merge is enough, with the account of the other ticket",
			[]string{audit(4, 8, 4, status("new", "closed"), `{"type":"Change","field_name":"tags","previous_value":[],"value":["x","closed_by_merge"]}`), audit(5, 7, 4, comment("8"))},
			"7 1..- 1:8:opened 2:7:opened 4:8:merged +8\n9 3..- 3:9:opened"},
		{"a merge of a merged ticket",
			[]string{mergedInto("7", audit(4, 8, 4, status("new", "closed"))), mergedInto("9", audit(5, 7, 5, status("new", "closed"))), audit(6, 9, 6, status("new", "solved"))},
			"9 1..6 1:8:opened 2:7:opened 3:9:opened 4:8:merged 5:7:merged 6:9:resolved +7 +8"},
		{"two tickets merged at once",
			[]string{audit(4, 7, 4, comment("8,9")), mergedInto("7", audit(5, 8, 4, status("new", "closed"))), mergedInto("7", audit(6, 9, 4, status("new", "closed")))},
			"7 1..- 1:8:opened 2:7:opened 3:9:opened 4:8:merged 4:9:merged +8 +9"},
		{"a merge after the resolution is a doubt",
			[]string{audit(4, 7, 3, status("new", "solved")), mergedInto("7", audit(5, 9, 4, status("new", "closed")))},
			"7 2..3 2:7:opened 3:7:resolved 3:9:opened 4:9:merged +9 !duplicate\n8 1..- 1:8:opened"},
		{"merged into a ticket that the export lacks: an issue of its own",
			[]string{mergedInto("99", audit(4, 8, 4, status("new", "closed")))}, "7 2..- 2:7:opened\n8 1..- 1:8:opened 4:8:merged !missing\n9 3..- 3:9:opened"},
		{"solved, and merged into a ticket that the export lacks",
			[]string{audit(4, 8, 3, status("new", "solved")), mergedInto("99", audit(5, 8, 4, status("solved", "closed")))},
			"7 2..- 2:7:opened\n8 1..3 1:8:opened 3:8:resolved 4:8:merged !missing\n9 3..- 3:9:opened"},
		{"a merge that names no ticket", []string{mergedInto("null", audit(4, 8, 4, status("new", "closed")))},
			"7 2..- 2:7:opened\n8 1..- 1:8:opened 4:8:merged !missing\n9 3..- 3:9:opened"},
		{"a ticket that was merged into this one, and that the export lacks", []string{audit(4, 7, 4, comment("99,98,99"))},
			"7 2..- 2:7:opened +98 +99 !missing\n8 1..- 1:8:opened\n9 3..- 3:9:opened"},
		{"merges in a circle are no issue",
			[]string{mergedInto("7", audit(4, 8, 4, status("new", "closed"))), mergedInto("8", audit(5, 7, 4, status("new", "closed")))},
			"error: line 1: refund: invalid input: is of a ticket whose merges form a circle\n9 3..- 3:9:opened"},
		{"a ticket that two others claim spoils all three",
			[]string{audit(4, 7, 4, comment("8")), audit(5, 9, 4, comment("8")), mergedInto("7", audit(6, 8, 4, status("new", "closed")))},
			"error: line 2: refund: invalid input: is of a ticket that was merged into two others"},
		{"the tag of a merge alone: closed, not resolved, and merged into a ticket that is not named",
			[]string{audit(4, 8, 4, status("new", "closed"), `{"type":"Change","field_name":"tags","previous_value":[],"value":["closed_by_merge"]}`)},
			"7 2..- 2:7:opened\n8 1..- 1:8:opened 4:8:merged !missing\n9 3..- 3:9:opened"},
		{"a tag that an audit removes is no merge",
			[]string{audit(4, 8, 4, status("new", "closed"), `{"type":"Change","field_name":"tags","previous_value":["closed_by_merge"],"value":[]}`)},
			"7 2..- 2:7:opened\n8 1..4 1:8:opened 4:8:resolved\n9 3..- 3:9:opened"},
		{"the number of the channel of merges",
			[]string{strings.Replace(mergedInto("7", audit(4, 8, 4, status("new", "closed"))), `"merge"`, "19", 1)},
			"7 1..- 1:8:opened 2:7:opened 4:8:merged +8\n9 3..- 3:9:opened"},
		{"a follow-up of a closed ticket is no merge",
			[]string{`{"id":4,"ticket_id":10,"created_at":"2026-03-05T10:00:00Z","via":{"channel":"web","source":{"from":{"ticket_id":8},"rel":"follow_up"}},"events":[` + create("new") + `]}`},
			"7 2..- 2:7:opened\n8 1..- 1:8:opened\n9 3..- 3:9:opened\n10 5..- 5:10:opened"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := zendesk(tickets.Options{}, append(opens, row.audits...)...); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}

func TestZendeskFaults(t *testing.T) {
	const prefix = "error: line 1: refund: invalid input: "
	const beginning = prefix + "is of a ticket whose history does not begin with its creation: read all of its audits"
	for _, row := range []struct{ why, audits, want string }{
		{"a ticket without its creation", audit(2, 7, 2, status("new", "solved")), beginning},
		{"a ticket that has only comments", audit(2, 7, 2, `{"type":"Comment"}`), beginning},
		{"an audit without a time spoils its ticket alone",
			audit(1, 7, 1, create("new")) + "\n" + `{"id":2,"ticket_id":7,"events":[]}` + "\n" + audit(3, 8, 1, create("new")),
			"error: line 2: refund: invalid input: created_at: is required\n8 1..- 1:8:opened"},
		{"an invalid time", `[{"id":1,"ticket_id":7,"created_at":"yesterday","events":[]}]`,
			prefix + "[0].created_at: is not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00"},
		{"an id of text", `{"audits":[{"id":"1","ticket_id":7,"created_at":"2026-03-01T10:00:00Z","events":[]}]}`, prefix + "audits[0].id: is a string, not an integer"},
		{"an audit without a ticket", `{"id":1,"created_at":"2026-03-01T10:00:00Z","events":[]}`, prefix + "ticket_id: is required"},
		{"a negative ticket", `{"id":1,"ticket_id":-7,"created_at":"2026-03-01T10:00:00Z","events":[]}`, prefix + "ticket_id: is not positive"},
		{"no events", `{"id":1,"ticket_id":7,"created_at":"2026-03-01T10:00:00Z"}`, prefix + "events: is required"},
		{"a status that is no text", audit(1, 7, 1, `{"type":"Create","field_name":"status","value":["new"]}`),
			prefix + "events[0].value: is required: a status of at most 100 bytes"},
		{"a status that is missing", audit(1, 7, 1, `{"type":"Create","field_name":"status"}`), prefix + "events[0].value: is required: a status of at most 100 bytes"},
		{"a field that is given twice", audit(1, 7, 1, `{"type":"Create","field_name":"status","value":"new","value":"solved"}`), prefix + "events[0].value: is given twice"},
		{"two audits of one id that differ", audit(1, 7, 1, create("new")) + audit(1, 7, 1, create("open")), prefix + "is of a ticket that has two different audits with one id"},
		{"a file that is cut has no tickets", `{"audits":[` + audit(1, 7, 1, create("new")) + ",", prefix + "is not valid JSON; the rest of the file is not read"},
		{"a page of another export is one element, which lacks all", `{"tickets":[]}`, prefix + "id: is required; ticket_id: is required; created_at: is required (and 1 more)"},
		{"half of a surrogate pair in a comment is accepted", audit(1, 7, 1, create("new"), `{"type":"Comment","body":"\ud83d"}`), "7 1..- 1:7:opened"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := zendesk(tickets.Options{}, row.audits); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}
