package tickets_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

// issue writes a Jira issue that has a status, a resolution and links.
func issue(key string, opened int, status, resolution, links string, histories ...string) string {
	if resolution != "null" {
		resolution = `{"name":"` + resolution + `"}`
	}
	return fmt.Sprintf(`{"key":%q,"fields":{"created":"2026-03-%02dT10:00:00.000+0000","creator":{"accountId":"u"},"status":{"name":%q},"resolution":%s,"issuelinks":[%s]},`+
		`"changelog":{"total":%d,"histories":[%s]}}`, key, opened, status, resolution, links, len(histories), strings.Join(histories, ","))
}

// update writes a history, with items given as field, old and new name in turn.
func update(id, day int, items ...string) string {
	var list []string
	name := func(s string) string {
		if s == "" {
			return "null"
		}
		return `"` + s + `"`
	}
	for i := 0; i < len(items); i += 3 {
		list = append(list, fmt.Sprintf(`{"field":%q,"fromString":%s,"toString":%s}`, items[i], name(items[i+1]), name(items[i+2])))
	}
	return fmt.Sprintf(`{"id":"%d","author":{"name":"a"},"created":"2026-03-%02dT10:00:00.000+0000","items":[%s]}`, id, day, strings.Join(list, ","))
}

func duplicates(key string) string {
	return `{"type":{"name":"Duplicate"},"outwardIssue":{"key":"` + key + `"}}`
}

func duplicatedBy(key string) string {
	return `{"type":{"name":"Duplicate"},"inwardIssue":{"key":"` + key + `"}}`
}

func jira(o tickets.Options, issues ...string) string {
	return show(tickets.Jira(strings.NewReader(strings.Join(issues, "\n")), o))
}

func TestJiraFile(t *testing.T) {
	const want = "HELP-31 3..5 3:HELP-31:opened 3:HELP-31:resolved 4:HELP-31:reopened 4:HELP-40:opened 5:HELP-31:resolved +HELP-40\n" +
		"HELP-50 6..- 6:HELP-50:opened"
	if got := show(tickets.Jira(file(t, "jira_search.json"), tickets.Options{})); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestJiraUsersAndInstants(t *testing.T) {
	list, err := tickets.Collect(tickets.Jira(file(t, "jira_search.json"), tickets.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := list[0].Issue.Resolved.Format("2006-01-02T15:04:05.000Z07:00"), "2026-03-05T10:00:00.250Z"; got != want {
		t.Errorf("resolved at %s, want %s", got, want)
	}
	var users []string
	for _, e := range list[0].History {
		users = append(users, e.By)
	}
	const agent, customer = "5b10a2844c20165700ede21g", "70121:customer"
	if got, want := fmt.Sprint(users), fmt.Sprint([]string{customer, agent, customer, customer, agent}); got != want {
		t.Errorf("users %s, want %s", got, want)
	}
}

func TestJiraHistories(t *testing.T) {
	done := update(1, 2, "status", "Open", "Done", "resolution", "", "Done")
	for _, row := range []struct {
		why    string
		issues []string
		want   string
	}{
		{"an issue that never changed has the status that it began with", []string{issue("T-1", 1, "Open", "null", "")}, "T-1 1..- 1:T-1:opened"},
		{"an issue that was created as done", []string{issue("T-1", 1, "Done", "null", "")}, "T-1 1..1 1:T-1:opened 1:T-1:resolved"},
		{"an issue that is done is resolved by the change", []string{issue("T-1", 1, "Done", "Done", "", done)}, "T-1 1..2 1:T-1:opened 2:T-1:resolved"},
		{"a reopened issue", []string{issue("T-1", 1, "Open", "null", "", done, update(2, 3, "status", "Done", "Open", "resolution", "Done", ""))},
			"T-1 1..- 1:T-1:opened 2:T-1:resolved 3:T-1:reopened"},
		{"closed as a thing that is not done is not resolved", []string{issue("T-1", 1, "Closed", "Won't Do", "", update(1, 2, "status", "Open", "Closed", "resolution", "", "Won't Do"))},
			"T-1 1..- 1:T-1:opened"},
		{"whichever item of the update comes first", []string{issue("T-1", 1, "Closed", "Won't Do", "", update(1, 2, "resolution", "", "Won't Do", "status", "Open", "Closed"))},
			"T-1 1..- 1:T-1:opened"},
		{"a change to a dismissed resolution reopens the issue", []string{issue("T-1", 1, "Done", "Cannot Reproduce", "", done, update(2, 3, "resolution", "Done", "Cannot Reproduce"))},
			"T-1 1..- 1:T-1:opened 2:T-1:resolved 3:T-1:reopened"},
		{"a status that the changelog does not end with leaves a warning", []string{issue("T-1", 1, "Open", "Done", "", done)}, "T-1 1..2 1:T-1:opened 2:T-1:resolved !gap"},
		{"a resolution that the changelog does not end with leaves a warning", []string{issue("T-1", 1, "Done", "null", "", done)}, "T-1 1..2 1:T-1:opened 2:T-1:resolved !gap"},
		{"a category that disagrees with the options leaves a warning",
			[]string{strings.Replace(issue("T-1", 1, "Erledigt", "null", ""), `"Erledigt"`, `"Erledigt","statusCategory":{"key":"done"}`, 1)}, "T-1 1..- 1:T-1:opened !status"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := jira(tickets.Options{}, row.issues...); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}

func TestJiraOptions(t *testing.T) {
	o := tickets.Options{Resolved: []string{"Erledigt"}, Dismissed: []string{}, DuplicateLink: "doppelt"}
	link := strings.Replace(duplicates("T-1"), "Duplicate", "Doppelt", 1)
	want := "T-1 1..2 1:T-1:opened 2:T-1:resolved 2:T-2:opened 2:T-2:resolved +T-2"
	got := jira(o, issue("T-1", 1, "erledigt", "Duplicate", "", update(1, 2, "status", "Offen", "erledigt", "resolution", "", "Duplicate")),
		issue("T-2", 2, "Erledigt", "null", link))
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestJiraDuplicates(t *testing.T) {
	done := update(1, 2, "status", "Open", "Done")
	for _, row := range []struct {
		why    string
		issues []string
		want   string
	}{
		{"a duplicate is the issue that it duplicates, which alone says when it was resolved",
			[]string{issue("T-1", 1, "Done", "null", "", done), issue("T-2", 1, "Done", "Duplicate", duplicates("T-1"), update(1, 1, "status", "Open", "Done", "resolution", "", "Duplicate"))},
			"T-1 1..2 1:T-1:opened 1:T-2:opened 2:T-1:resolved +T-2"},
		{"the link from the other side", []string{issue("T-1", 2, "Open", "null", duplicatedBy("T-2")), issue("T-2", 1, "Done", "null", "")},
			"T-1 1..- 1:T-2:opened 1:T-2:resolved 2:T-1:opened +T-2"},
		{"a duplicate that is opened after the resolution is a doubt", []string{issue("T-1", 1, "Done", "null", "", done), issue("T-2", 3, "Done", "null", duplicates("T-1"))},
			"T-1 1..2 1:T-1:opened 2:T-1:resolved 3:T-2:opened 3:T-2:resolved +T-2 !duplicate"},
		{"a duplicate that is still open is a doubt", []string{issue("T-1", 1, "Done", "null", "", done), issue("T-2", 1, "Open", "null", duplicates("T-1"))},
			"T-1 1..2 1:T-1:opened 1:T-2:opened 2:T-1:resolved +T-2 !duplicate"},
		{"a duplicate of an issue that the export lacks", []string{issue("T-2", 1, "Open", "null", duplicates("T-1"))}, "T-2 1..- 1:T-2:opened !missing"},
		{"a duplicate that the export lacks", []string{issue("T-1", 1, "Open", "null", duplicatedBy("T-2"))}, "T-1 1..- 1:T-1:opened +T-2 !missing"},
		{"two issues that duplicate each other", []string{issue("T-1", 1, "Open", "null", duplicates("T-2")), issue("T-2", 1, "Open", "null", duplicates("T-1"))},
			"error: line 1: refund: invalid input: is of a ticket whose merges form a circle"},
		{"a duplicate of two issues", []string{issue("T-1", 1, "Open", "null", duplicates("T-2")+","+duplicates("T-3"))},
			"error: line 1: refund: invalid input: fields.issuelinks: name two issues that this one duplicates"},
		{"a link of another type is ignored", []string{issue("T-1", 1, "Open", "null", strings.Replace(duplicates("T-2"), "Duplicate", "Blocks", 1))}, "T-1 1..- 1:T-1:opened"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := jira(tickets.Options{}, row.issues...); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}

func TestJiraFaults(t *testing.T) {
	const prefix = "error: line 1: refund: invalid input: "
	sound := issue("T-1", 1, "Done", "null", "", update(1, 2, "status", "Open", "Done"))
	for _, row := range []struct{ why, issues, want string }{
		{"histories that are not all of them", strings.Replace(sound, `"total":1`, `"total":7`, 1), prefix + "changelog.histories: are 1 of 7: read all pages of the changelog"},
		{"no changelog", `{"key":"T-1","fields":{"created":"2026-03-01T10:00:00Z","status":{"name":"Open"}}}`, prefix + "changelog: is required"},
		{"no fields", `{"key":"T-1","changelog":{"histories":[]}}`, prefix + "fields: is required"},
		{"no key", strings.Replace(sound, `"key":"T-1",`, "", 1), prefix + "key: is required"},
		{"a status without a name", strings.Replace(sound, `{"name":"Done"}`, `{"id":"3"}`, 1), prefix + "fields.status.name: is required"},
		{"an invalid time", strings.Replace(sound, "2026-03-02T10:00:00.000+0000", "1772463600000", 1),
			prefix + "changelog.histories[0].created: is not an RFC 3339 instant such as 2026-03-01T10:00:00-05:00"},
		{"a change to no status", strings.Replace(sound, `"toString":"Done"`, `"toString":null`, 1), prefix + "changelog.histories[0].items[0].toString: is required: a status"},
		{"a change from no status", strings.Replace(sound, `"fromString":"Open",`, ``, 1), prefix + "changelog.histories[0].items[0].fromString: is required: a status"},
		{"a status of a hundred bytes and more", strings.Replace(sound, `"toString":"Done"`, `"toString":"`+strings.Repeat("x", 101)+`"`, 1),
			prefix + "changelog.histories[0].items[0].toString: is longer than 100 bytes"},
		{"a change before the creation", strings.Replace(sound, "2026-03-02", "2026-02-28", 1), prefix + "changelog.histories: begin before fields.created"},
		{"an issue twice", sound + "\n\n" + sound + sound, prefix + "is an issue that appears twice in the file"},
		{"a file that is cut", `{"issues":[` + sound, prefix + "is not valid JSON; the rest of the file is not read"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			if got := jira(tickets.Options{}, row.issues); got != row.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, row.want)
			}
		})
	}
}
