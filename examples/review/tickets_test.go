package main

import (
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
)

const audits = `{"audits": [
	{"id": 1, "ticket_id": 7, "created_at": "2026-03-02T10:00:00Z", "author_id": 1, "events": [{"type": "Create", "field_name": "status", "value": "new"}]},
	{"id": 2, "ticket_id": 7, "created_at": "2026-03-02T12:00:00Z", "author_id": 2, "events": [{"type": "Change", "field_name": "status", "previous_value": "new", "value": "solved"}]},
	{"id": 3, "ticket_id": 8, "created_at": "2026-03-02T11:00:00Z", "author_id": 1, "events": [{"type": "Create", "field_name": "status", "value": "new"}]},
	{"id": 4, "ticket_id": 8, "created_at": "2026-03-02T11:10:00Z", "author_id": 2, "via": {"channel": "merge", "source": {"from": {"ticket_id": 7}, "rel": "merge"}},
		"events": [{"type": "Change", "field_name": "status", "previous_value": "new", "value": "closed"}, {"type": "Change", "field_name": "tags", "value": ["closed_by_merge"]}]}
]}`

// The issues of tickets are those of the case, and records may name a merged ticket.
func TestTickets(t *testing.T) {
	const list = `"issues": [{"id": "T-1", "opened": "2026-03-02T10:00:00Z", "resolved": "2026-03-02T12:00:00Z"}],`
	for _, r := range []struct {
		why      string
		issues   string // of the case
		standing string // of all issues
		warnings []string
	}{
		{"in addition to those of the case", list, "7 corroborated, T-1 unsupported", nil},
		{"in a case without a list", "", "7 corroborated", nil},
		{"in a case with an empty list", `"issues": [],`, "7 corroborated", nil},
		{"the case has the ticket, too", `"issues": [{"id": "7", "opened": "2026-03-02T10:00:00Z", "resolved": "2026-03-02T12:00:00Z"}],`, "7 corroborated", nil},
		{"the case has another resolution", `"issues": [{"id": "7", "opened": "2026-03-02T10:00:00Z"}],`, "7 unresolved",
			[]string{"tickets/a.zendesk.json 7: was resolved at another time than case.json states"}},
		{"the case has another opening", `"issues": [{"id": "7", "opened": "2026-03-02T09:59:00Z", "resolved": "2026-03-02T12:00:00Z"}],`, "7 corroborated",
			[]string{"tickets/a.zendesk.json 7: was opened at another time than case.json states"}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			fsys := folderOf(map[string]string{
				"tickets/a.zendesk.json": audits,
				"logs/a.jsonl":           chat("H-1", "11:05:00", "11:20:00", `,"issues":["8","7"]`),
			})
			fsys[caseFile].Data = []byte(strings.Replace(string(fsys[caseFile].Data), list, r.issues, 1))
			got := look(t, fsys)
			var standing []string
			for _, s := range got.report.Resolutions {
				standing = append(standing, s.Issue+" "+s.Standing.String())
			}
			var warnings []string
			for _, w := range got.warnings.all() {
				warnings = append(warnings, w.File+" "+w.Path+": "+w.Reason)
			}
			same(t, r.standing, strings.Join(standing, ", "))
			same(t, r.warnings, warnings)
			same(t, []string(nil), got.told())
			out := string(text(got, defaultWidth))
			for _, line := range []string{"2026-03-02 10:00 UTC opened by 1\n", "2026-03-02 11:10 UTC 8 merged into it by 2\n", "2026-03-02 12:00 UTC resolved by 2\n"} {
				if !strings.Contains(out, line) {
					t.Errorf("%q is not in\n%s", line, out)
				}
			}
		})
	}
}

// Asking fixes the amount: a ticket that the customer reopens afterwards is still resolved,
// unless the policy counts the whole window.
func TestTicketReopenedAfterTheRequest(t *testing.T) {
	for _, r := range []struct{ why, at, policy, want string }{
		{"reopened before the request", "2026-03-05T08:00:00Z", `"location": "UTC"`, "unresolved"},
		{"reopened after the request", "2026-03-06T08:00:00Z", `"location": "UTC"`, "corroborated"},
		{"reopened after the request, in a policy that counts the whole window", "2026-03-06T08:00:00Z",
			`"location": "UTC", "readings": {"resolved_until": "window_close"}`, "unresolved"},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			reopening := `{"id": 5, "ticket_id": 7, "created_at": "` + r.at + `", "author_id": 1,
				"events": [{"type": "Change", "field_name": "status", "previous_value": "solved", "value": "open"}]}, {"id": 3,`
			fsys := folderOf(map[string]string{
				"tickets/a.zendesk.json": strings.Replace(audits, `{"id": 3,`, reopening, 1),
				"logs/a.jsonl":           chat("H-1", "11:05:00", "11:20:00", `,"issues":["7"]`),
			})
			data := string(fsys[caseFile].Data)
			data = strings.Replace(data, `{"id": "T-1", "opened": "2026-03-02T10:00:00Z", "resolved": "2026-03-02T12:00:00Z"}`, "", 1)
			fsys[caseFile].Data = []byte(strings.Replace(data, `"location": "UTC"`, r.policy, 1))
			got := look(t, fsys)
			if len(got.report.Resolutions) != 1 || got.report.Resolutions[0].Standing.String() != r.want {
				t.Errorf("resolutions are %v, want one that is %s", got.report.Resolutions, r.want)
			}
		})
	}
}

// A case without issues and tickets lacks a fact, and is refused as before.
func TestNoIssuesAndNoTickets(t *testing.T) {
	fsys := folderOf(nil)
	fsys[caseFile].Data = []byte(strings.Replace(string(fsys[caseFile].Data), `"issues"`, `"findings_"`, 1))
	if _, err := reviewFolder(fsys, decided); err == nil {
		t.Error("a case without an issue log is reviewed")
	}
}

// A ticket that cannot be read is a problem.
func TestTicketProblems(t *testing.T) {
	r := look(t, folderOf(map[string]string{
		"tickets/a.zendesk.json": strings.Replace(audits, `"2026-03-02T12:00:00Z"`, `"noon"`, 1),
		"tickets/b.jira.json":    `{"issues": [{}]}`,
		"tickets/notes.txt":      "x",
	}))
	if told := strings.Join(r.told(), "\n"); !strings.Contains(told, "tickets/a.zendesk.json:3 audits[1].created_at: ") ||
		!strings.Contains(told, "tickets/b.jira.json:1 issues[0].key: ") || !strings.Contains(told, "tickets/notes.txt:0 : ") {
		t.Errorf("problems are\n%s", told)
	}
}

// Exports of chats and calls are records like others, with the accounts of customers.json.
func TestExports(t *testing.T) {
	const intercom = `{"type": "conversation", "id": "H-9", "created_at": 1772446200,
		"source": {"type": "conversation", "body": "<p>Slow.</p>", "author": {"type": "user", "id": "u1"}, "attachments": []},
		"conversation_parts": {"type": "conversation_part.list", "conversation_parts": [
			{"id": "1", "part_type": "comment", "body": "<p>Better?</p>", "created_at": 1772446800, "author": {"type": "admin", "id": "2"}, "attachments": []}], "total_count": 1}}`
	for _, r := range []struct {
		why       string
		customers string
		standing  evidence.Standing
		problems  []string
	}{
		{"the customer's account is known", `{"u1": "ACC-7"}`, evidence.StandingPlausible, nil},
		{"it is another account", `{"u1": "ACC-8"}`, evidence.StandingUnsupported, nil},
		{"another customer is known", `{"u2": "ACC-7"}`, evidence.StandingUnsupported, nil},
		{"no customer is known", "", evidence.StandingUnsupported, nil},
		{"an account is empty", `{"u1": ""}`, evidence.StandingUnsupported, []string{"customers.json:0 : has an empty account"}},
	} {
		testkit.Row(t, r.why, func(t *testing.T) {
			files := map[string]string{"logs/a.intercom.json": intercom}
			if r.customers != "" {
				files[customersFile] = r.customers
			}
			got := look(t, folderOf(files))
			if s := got.report.Standing("T-1"); s != r.standing {
				t.Errorf("%v, want %v", s, r.standing)
			}
			same(t, r.problems, got.told())
		})
	}

	const header = "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield\n"
	r := look(t, folderOf(map[string]string{
		"logs/a.freepbx.csv": header + "2026-03-02 10:30:00,x,1,2,c,ch,dch,Queue,q,600,590,ANSWERED,3,ACC-7,17.1,T-1; T-9\n" +
			"2026-03-02 10:31:00,x,1,2,c,ch,dch,Queue,q,600,590,ODD,3,ACC-7,17.2,\n" + "2026-03-02,x\n",
		"logs/b.freepbx.csv": "calldate,clid\n",
	}))
	if r.report.Standing("T-1") != evidence.StandingCorroborated || len(r.report.Unknown) != 1 || r.warnings.count() != 1 || r.problems.count() < 2 {
		t.Errorf("%v, unknown %v, warnings %v, problems %q", r.report.Standing("T-1"), r.report.Unknown, r.warnings.all(), r.told())
	}
	if call := r.log.Calls[0]; !call.Start.Equal(time.Date(2026, 3, 2, 10, 30, 0, 0, time.UTC)) {
		t.Errorf("the call starts at %v", call.Start)
	}
}
