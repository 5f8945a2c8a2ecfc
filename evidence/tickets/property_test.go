package tickets_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// A story is the life of one ticket: the statuses that each update sets, one after the
// other. The first update creates the ticket with the first of its statuses.
type story struct {
	id      int
	updates []storyUpdate
}

type storyUpdate struct {
	at       time.Time
	statuses []string
}

var epoch = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

func stories(t *rapid.T, statuses []string) (list []story) {
	for id := range rapid.IntRange(1, 4).Draw(t, "tickets") {
		s := story{id: 100 + id}
		minute := rapid.IntRange(0, 100).Draw(t, "opened")
		for range rapid.IntRange(1, 7).Draw(t, "updates") {
			u := storyUpdate{at: epoch.Add(time.Duration(minute) * time.Minute)}
			u.statuses = rapid.SliceOfN(rapid.SampledFrom(statuses), 1, 3).Draw(t, "statuses")
			s.updates = append(s.updates, u)
			minute += rapid.IntRange(0, 2).Draw(t, "minutes")
		}
		list = append(list, s)
	}
	return list
}

// tell is the oracle: the resolution that stands and the history, told by going through
// the story once and looking at each update's last status.
func (s story) tell(resolved func(string) bool) string {
	text := fmt.Sprintf("%d opened %s", s.id, s.updates[0].at.Format("15:04"))
	is, standing := false, "never"
	for _, u := range s.updates {
		last := u.statuses[len(u.statuses)-1]
		if resolved(last) != is {
			is = !is
			if is {
				standing = u.at.Format("15:04")
				text += " resolved " + standing
			} else {
				standing = "never"
				text += " reopened " + u.at.Format("15:04")
			}
		}
	}
	return text + " stands " + standing
}

func told(ticket tickets.Ticket) string {
	text := ticket.Issue.ID
	for _, e := range ticket.History {
		text += " " + e.Kind.String() + " " + e.At.Format("15:04")
	}
	standing := "never"
	if !ticket.Issue.Resolved.IsZero() {
		standing = ticket.Issue.Resolved.Format("15:04")
	}
	return text + " stands " + standing
}

// object writes members, given as names and JSON values in turn, in a random order and
// with members that no description has between them.
func object(t *rapid.T, members ...string) string {
	var list []string
	for i := 0; i < len(members); i += 2 {
		list = append(list, strconv.Quote(members[i])+":"+members[i+1])
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "unknown members") {
		value := rapid.SampledFrom([]string{"null", "[1,{}]", `{"status":"solved"}`, `"closed \" ]"`, "-1.5e3"}).Draw(t, "unknown")
		list = append(list, fmt.Sprintf(`"x%d":%s`, i, value))
	}
	blank := rapid.SampledFrom([]string{"", " ", "\n\t"}).Draw(t, "blank")
	return "{" + blank + strings.Join(rapid.Permutation(list).Draw(t, "members"), blank+","+blank) + blank + "}"
}

// layout writes elements as one of the layouts that a file may have.
func layout(t *rapid.T, list string, elements []string) string {
	switch rapid.IntRange(0, 3).Draw(t, "layout") {
	case 0:
		return strings.Join(elements, "\n")
	case 1:
		return "[" + strings.Join(elements, ",") + "]"
	case 2:
		return object(t, list, "["+strings.Join(elements, ",")+"]")
	}
	n := rapid.IntRange(0, len(elements)).Draw(t, "first page")
	return object(t, list, "["+strings.Join(elements[:n], ",")+"]") + "\n" + object(t, list, "["+strings.Join(elements[n:], ",")+"]")
}

// audits writes a story as Zendesk does.
func (s story) audits(t *rapid.T, id *int) (list []string) {
	var before string
	for i, u := range s.updates {
		var events []string
		for j, status := range u.statuses {
			members := []string{"type", `"Change"`, "field_name", `"status"`, "value", strconv.Quote(status), "previous_value", strconv.Quote(before)}
			if i == 0 && j == 0 {
				members = []string{"type", `"Create"`, "field_name", `"status"`, "value", strconv.Quote(status)}
			}
			events = append(events, object(t, members...))
			before = status
			if rapid.Bool().Draw(t, "a comment") {
				events = append(events, object(t, "type", `"Comment"`, "body", `"solved {"`))
			}
		}
		*id++
		list = append(list, object(t, "id", strconv.Itoa(*id), "ticket_id", strconv.Itoa(s.id), "author_id", "31",
			"created_at", strconv.Quote(u.at.Format(time.RFC3339)), "events", "["+strings.Join(events, ",")+"]"))
	}
	return list
}

func TestZendeskReadsWrittenHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := stories(t, []string{"open", "pending", "solved", "closed"})
		var audits []string
		id := 0
		want := map[string]bool{}
		for _, s := range list {
			audits = append(audits, s.audits(t, &id)...)
			want[s.tell(func(status string) bool { return status == "solved" || status == "closed" })] = true
		}
		audits = append(audits, rapid.SliceOfN(rapid.SampledFrom(audits), 0, 2).Draw(t, "given twice")...)
		file := layout(t, "audits", rapid.Permutation(audits).Draw(t, "order"))
		check(t, file, want, func() ([]tickets.Ticket, error) {
			return tickets.Collect(tickets.Zendesk(strings.NewReader(file), tickets.Options{}))
		})
	})
}

func TestJiraReadsWrittenHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := stories(t, []string{"Open", "In Progress", "Done", "Closed"})
		var issues []string
		id := 0
		want := map[string]bool{}
		for _, s := range list {
			s.updates[0].statuses = s.updates[0].statuses[:1] // no history tells of the creation
			status := s.updates[0].statuses[0]
			var histories []string
			for _, u := range s.updates[1:] {
				var items []string
				for _, to := range u.statuses {
					items = append(items, object(t, "field", `"status"`, "fromString", strconv.Quote(status), "toString", strconv.Quote(to)))
					status = to
				}
				id++
				histories = append(histories, object(t, "id", `"`+strconv.Itoa(id)+`"`, "author", object(t, "accountId", `"a"`),
					"created", strconv.Quote(u.at.In(testkit.NewYork).Format("2006-01-02T15:04:05.000-0700")), "items", "["+strings.Join(items, ",")+"]"))
			}
			histories = rapid.Permutation(histories).Draw(t, "histories")
			fields := object(t, "created", strconv.Quote(s.updates[0].at.Format("2006-01-02T15:04:05.000-0700")), "status", object(t, "name", strconv.Quote(status)))
			changelog := object(t, "total", strconv.Itoa(len(histories)), "histories", "["+strings.Join(histories, ",")+"]")
			issues = append(issues, object(t, "key", strconv.Quote(strconv.Itoa(s.id)), "fields", fields, "changelog", changelog))
			want[s.tell(func(status string) bool { return status == "Done" || status == "Closed" })] = true
		}
		file := layout(t, "issues", rapid.Permutation(issues).Draw(t, "order"))
		check(t, file, want, func() ([]tickets.Ticket, error) {
			return tickets.Collect(tickets.Jira(strings.NewReader(file), tickets.Options{}))
		})
	})
}

// check fails unless the tickets that are read tell what is wanted, without warnings.
func check(t *rapid.T, file string, want map[string]bool, read func() ([]tickets.Ticket, error)) {
	list, err := read()
	if err != nil {
		t.Fatalf("%v\nin %s", err, file)
	}
	if len(list) != len(want) {
		t.Fatalf("%d tickets, want %d, in %s", len(list), len(want), file)
	}
	for _, ticket := range list {
		if got := told(ticket); !want[got] || len(ticket.Warnings) > 0 {
			t.Fatalf("got %s %v, want one of %v, in %s", got, ticket.Warnings, want, file)
		}
	}
	checkLog(t, list)
}
