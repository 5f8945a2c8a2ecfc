package evidence_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The issue T-1 of these tests is opened at noon, and resolved an hour later.
var (
	opened   = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	resolved = opened.Add(time.Hour)
	oneIssue = refund.IssueLog{{ID: "T-1", Opened: opened, Resolved: resolved}}
)

// call is an answered call of the account, begun by the customer.
func call(id string, start, end time.Time, issues ...string) evidence.Call {
	return evidence.Call{
		Header: evidence.Header{
			ID: id, Account: "ACC-7", Issues: issues, Start: start, End: end, StartedBy: evidence.SideCustomer,
		},
		Answered: opened,
	}
}

// during is a call within the time of the issue.
func during(id string, issues ...string) evidence.Call {
	return call(id, opened.Add(time.Minute), opened.Add(2*time.Minute), issues...)
}

// later is a call that begins a nanosecond after the resolution.
func later(id string, issues ...string) evidence.Call {
	return call(id, resolved.Add(1), resolved.Add(time.Hour), issues...)
}

func of(account string, c evidence.Call) evidence.Call { c.Account = account; return c }

func by(side evidence.Side, c evidence.Call) evidence.Call { c.StartedBy = side; return c }

func missed(c evidence.Call) evidence.Call { c.Answered = time.Time{}; return c }

func with(m evidence.Media, c evidence.Call) evidence.Call { c.Media = append(c.Media, m); return c }

func recording(c evidence.Call) evidence.Recording {
	return evidence.Recording{Header: c.Header, Media: c.Media}
}

func chat(c evidence.Call) evidence.Chat { return evidence.Chat{Header: c.Header, Media: c.Media} }

// logOf is a log of calls, recordings and chats.
func logOf(records ...any) (log evidence.Log) {
	for _, r := range records {
		switch r := r.(type) {
		case evidence.Call:
			log.Calls = append(log.Calls, r)
		case evidence.Recording:
			log.Recordings = append(log.Recordings, r)
		case evidence.Chat:
			log.Chats = append(log.Chats, r)
		default:
			panic(fmt.Sprintf("%T is no record", r))
		}
	}
	return log
}

// told returns a report in one line, without its subscription and digest.
func told(r evidence.Report) string {
	var parts []string
	for _, s := range r.Resolutions {
		line := s.Issue + " " + s.Standing.String()
		for _, ref := range s.Supporting {
			line += " +" + ref.String()
		}
		if s.More != 0 {
			line += fmt.Sprint(" and ", s.More)
		}
		for _, a := range s.Contradicting {
			line += fmt.Sprintf(" -%v (%v)", a.Record, a.Objection)
		}
		parts = append(parts, line)
	}
	for _, ref := range r.OtherAccounts {
		parts = append(parts, "other account "+ref.String())
	}
	for _, m := range r.Unknown {
		parts = append(parts, "unknown "+m.Issue+" in "+m.Record.String())
	}
	for _, ref := range r.Damaged {
		parts = append(parts, "damaged "+ref.String())
	}
	return strings.Join(parts, "; ")
}

type reviewRow struct {
	why  string
	log  evidence.Log
	want string
}

// run reviews each row's log, of a subscription of the account ACC-7.
func run(t *testing.T, issues refund.IssueLog, rows []reviewRow, checks ...evidence.MediaCheck) {
	t.Helper()
	runOf(t, "ACC-7", issues, rows, checks...)
}

func runOf(t *testing.T, account string, issues refund.IssueLog, rows []reviewRow, checks ...evidence.MediaCheck) {
	t.Helper()
	for _, row := range rows {
		testkit.Row(t, row.why, func(t *testing.T) {
			t.Helper()
			c := refund.Case{Subscription: refund.Subscription{ID: "SUB-1", Account: account}, Issues: issues}
			report := evidence.Review(row.log, c, checks...)
			if got := told(report); got != row.want {
				t.Errorf("\n got %s\nwant %s", got, row.want)
			}
			if report.Subscription != "SUB-1" || report.Log != row.log.Digest() {
				t.Errorf("a review of %q, log %v", report.Subscription, report.Log)
			}
		})
	}
}

func TestReviewOfATime(t *testing.T) {
	var never time.Time
	run(t, oneIssue, []reviewRow{
		{"no records at all", evidence.Log{}, "T-1 unsupported"},
		{"a record within the time", logOf(during("C-1", "T-1")), "T-1 corroborated +call C-1"},
		{"a record as long as the time", logOf(call("C-1", opened, resolved, "T-1")), "T-1 corroborated +call C-1"},
		{"a record around the time", logOf(call("C-1", opened.Add(-1), resolved.Add(1), "T-1")), "T-1 corroborated +call C-1"},
		{"a record that ends at the opening", logOf(call("C-1", opened.Add(-9), opened, "T-1")), "T-1 corroborated +call C-1"},
		{"a record that ends a nanosecond before", logOf(call("C-1", opened.Add(-9), opened.Add(-1), "T-1")), "T-1 unsupported"},
		{"a record that begins at the resolution", logOf(call("C-1", resolved, resolved.Add(9), "T-1")), "T-1 corroborated +call C-1"},
		{"a record that begins a nanosecond after", logOf(later("C-1", "T-1")), "T-1 disputed -call C-1 (came_back)"},
		{"a record of one instant, the opening", logOf(call("C-1", opened, opened, "T-1")), "T-1 corroborated +call C-1"},
		{"a record of one instant, the resolution", logOf(call("C-1", resolved, resolved, "T-1")), "T-1 corroborated +call C-1"},
		{"a recording", logOf(recording(during("R-1", "T-1"))), "T-1 corroborated +recording R-1"},
		{"a chat", logOf(chat(during("K-1", "T-1"))), "T-1 corroborated +chat K-1"},

		{"the company started a call within the time", logOf(by(evidence.SideAgent, during("C-1", "T-1"))), "T-1 corroborated +call C-1"},
		{"the company started a call after the resolution", logOf(by(evidence.SideAgent, later("C-1", "T-1"))), "T-1 unsupported"},
		{"software started a later call, which counts as the customer", logOf(by(evidence.SideSystem, later("C-1", "T-1"))), "T-1 disputed -call C-1 (came_back)"},
		{"the side that started a later call is unknown", logOf(by(0, later("C-1", "T-1"))), "T-1 disputed -call C-1 (came_back)"},
		{"an undefined side", logOf(by(9, later("C-1", "T-1"))), "T-1 disputed -call C-1 (came_back)"},
		{"a customer came back in writing", logOf(chat(later("K-1", "T-1"))), "T-1 disputed -chat K-1 (came_back)"},
		{"a customer came back to a shared desktop", logOf(recording(later("R-1", "T-1"))), "T-1 disputed -recording R-1 (came_back)"},

		{"nobody answered", logOf(missed(during("C-1", "T-1"))), "T-1 unsupported"},
		{"nobody answered a customer who came back", logOf(missed(later("C-1", "T-1"))), "T-1 disputed -call C-1 (came_back)"},

		{"no start, and an end in the time", logOf(call("C-1", never, resolved, "T-1")), "T-1 unsupported"},
		{"no start, and an end afterwards", logOf(call("C-1", never, resolved.Add(9), "T-1")), "T-1 unsupported"},
		{"no end, and a start in the time", logOf(call("C-1", opened, never, "T-1")), "T-1 unsupported"},
		{"no end, and a start afterwards", logOf(call("C-1", resolved.Add(1), never, "T-1")), "T-1 disputed -call C-1 (came_back)"},
		{"an end before the start, both in the time", logOf(call("C-1", resolved, resolved.Add(-1), "T-1")), "T-1 unsupported"},
		{"an end before a start afterwards", logOf(call("C-1", resolved.Add(1), opened, "T-1")), "T-1 disputed -call C-1 (came_back)"},
		{"neither start nor end", logOf(call("C-1", never, never, "T-1")), "T-1 unsupported"},
	})
}

func TestReviewOfNames(t *testing.T) {
	run(t, oneIssue, []reviewRow{
		{"a record without an issue, within the time", logOf(during("C-1")), "T-1 plausible +call C-1"},
		{"a record without an issue ends at the opening", logOf(call("C-1", opened.Add(-9), opened)), "T-1 plausible +call C-1"},
		{"a record without an issue ends a nanosecond before the opening", logOf(call("C-1", opened.Add(-9), opened.Add(-1))), "T-1 unsupported"},
		{"a record without an issue begins at the resolution", logOf(call("C-1", resolved, resolved.Add(9))), "T-1 plausible +call C-1"},
		{"a record without an issue begins a nanosecond after the resolution", logOf(later("C-1")), "T-1 unsupported"},
		{"a call without an issue was not answered", logOf(missed(during("C-1"))), "T-1 unsupported"},
		{"a record without an issue has no end", logOf(call("C-1", opened, time.Time{})), "T-1 unsupported"},
		{"a record without an issue ends before it starts", logOf(call("C-1", resolved, opened)), "T-1 unsupported"},

		{"an issue that is not in the log", logOf(during("C-1", "T-2")), "T-1 unsupported; unknown T-2 in call C-1"},
		{"ids are compared byte for byte", logOf(during("C-1", "t-1")), "T-1 unsupported; unknown t-1 in call C-1"},
		{"an empty id is an id", logOf(during("C-1", "")), "T-1 unsupported; unknown  in call C-1"},
		{"two issues, one of which is not in the log", logOf(during("C-1", "T-2", "T-1")), "T-1 corroborated +call C-1; unknown T-2 in call C-1"},
		{"named twice, listed once", logOf(during("C-1", "T-1", "T-2", "T-1", "T-2")), "T-1 corroborated +call C-1; unknown T-2 in call C-1"},
		{"a later record names the issue twice", logOf(later("C-1", "T-1", "T-1")), "T-1 disputed -call C-1 (came_back)"},
		{"mentions are reported at any time, answered or not", logOf(missed(later("C-1", "T-3", "T-2"))), "T-1 unsupported; unknown T-2 in call C-1; unknown T-3 in call C-1"},

		{"records that name the issue take precedence over records without an issue", logOf(during("C-1"), during("C-2", "T-1")), "T-1 corroborated +call C-2"},
		{"an early record that names the issue leaves the resolution plausible",
			logOf(during("C-1"), call("C-2", opened.Add(-9), opened.Add(-1), "T-1")), "T-1 plausible +call C-1"},
		{"a dispute takes precedence over supporting records", logOf(during("C-1", "T-1"), later("C-2", "T-1")), "T-1 disputed +call C-1 -call C-2 (came_back)"},
		{"a disputed resolution still lists the records without an issue", logOf(during("C-1"), later("C-2", "T-1")), "T-1 disputed +call C-1 -call C-2 (came_back)"},
	})
}

func TestReviewOfAccounts(t *testing.T) {
	run(t, oneIssue, []reviewRow{
		{"another account's record", logOf(of("ACC-8", during("C-1", "T-1"))), "T-1 unsupported; other account call C-1"},
		{"another account's record without an issue", logOf(of("ACC-8", during("C-1"))), "T-1 unsupported; other account call C-1"},
		{"another account came back", logOf(of("ACC-8", later("C-1", "T-1"))), "T-1 unsupported; other account call C-1"},
		{"mentions by another account are not reported", logOf(of("ACC-8", during("C-1", "T-2"))), "T-1 unsupported; other account call C-1"},
		{"accounts are compared byte for byte", logOf(of("acc-7", during("C-1", "T-1"))), "T-1 unsupported; other account call C-1"},
		{"an unknown account may name the issue", logOf(of("", during("C-1", "T-1"))), "T-1 corroborated +call C-1"},
		{"a record of an unknown account without an issue does not count", logOf(of("", during("C-1"))), "T-1 unsupported"},
		{"an unknown account came back", logOf(of("", later("C-1", "T-1"))), "T-1 disputed -call C-1 (came_back)"},
		{"records of other accounts, of every kind, by their starts", logOf(of("ACC-8", later("C-1")), recording(of("ACC-9", during("R-1"))), chat(of("ACC-8", during("K-1")))),
			"T-1 unsupported; other account chat K-1; other account recording R-1; other account call C-1"},
	})
	runOf(t, "", oneIssue, []reviewRow{
		{"the subscription's account is unknown, and the record names the issue", logOf(during("C-1", "T-1")), "T-1 corroborated +call C-1"},
		{"the subscription's account is unknown, and the customer came back", logOf(later("C-1", "T-1")), "T-1 disputed -call C-1 (came_back)"},
		{"the subscription's account is unknown, and the record has no issue", logOf(during("C-1")), "T-1 unsupported"},
		{"both accounts are unknown, and the record names the issue", logOf(of("", during("C-1", "T-1"))), "T-1 corroborated +call C-1"},
		{"both accounts are unknown, and the record has no issue", logOf(of("", during("C-1"))), "T-1 unsupported"},
	})
}

func TestReviewOfMedia(t *testing.T) {
	sound := evidence.Media{Name: "a.ogg", Size: 9, SHA256: "aa", Type: "audio/ogg"}
	other := sound
	other.Name = "b.ogg"
	found := func(m evidence.Media, s evidence.MediaState) evidence.MediaCheck {
		return evidence.MediaCheck{Media: m, State: s}
	}

	heard := []reviewRow{{"the file is what it was, or nobody looked", logOf(with(sound, during("C-1", "T-1"))), "T-1 corroborated +call C-1"}}
	run(t, oneIssue, heard)
	run(t, oneIssue, heard, found(sound, evidence.MediaIntact), found(sound, 0), found(other, evidence.MediaAltered))
	for _, change := range []func(*evidence.Media){
		func(m *evidence.Media) { m.Name = "c.ogg" },
		func(m *evidence.Media) { m.Size++ },
		func(m *evidence.Media) { m.SHA256 = "AA" },
	} {
		m := sound
		change(&m)
		run(t, oneIssue, heard, found(m, evidence.MediaAltered))
	}

	one := []reviewRow{{"one failed check is enough, of whatever type", logOf(with(other, with(sound, during("C-1", "T-1")))), "T-1 disputed -call C-1 (media); damaged call C-1"}}
	for _, s := range []evidence.MediaState{evidence.MediaAltered, evidence.MediaTruncated, evidence.MediaMissing, evidence.MediaUnreadable} {
		renamed := sound
		renamed.Type = ""
		run(t, oneIssue, one, found(sound, s))
		run(t, oneIssue, one, found(other, s), found(sound, evidence.MediaIntact))
		run(t, oneIssue, one, found(renamed, s), found(sound, evidence.MediaIntact))
	}

	run(t, oneIssue, []reviewRow{
		{"a damaged record without an issue", logOf(with(sound, during("C-1"))), "T-1 unsupported; damaged call C-1"},
		{"a damaged record ends at the opening", logOf(with(sound, call("C-1", opened.Add(-9), opened, "T-1"))), "T-1 disputed -call C-1 (media); damaged call C-1"},
		{"a damaged record ends a nanosecond before the opening", logOf(with(sound, call("C-1", opened.Add(-9), opened.Add(-1), "T-1"))), "T-1 unsupported; damaged call C-1"},
		{"a damaged record begins at the resolution", logOf(with(sound, call("C-1", resolved, resolved, "T-1"))), "T-1 disputed -call C-1 (media); damaged call C-1"},
		{"a damaged record begins a nanosecond after the resolution", logOf(with(sound, later("C-1", "T-1"))), "T-1 disputed -call C-1 (came_back); damaged call C-1"},
		{"the company started a later damaged record", logOf(by(evidence.SideAgent, with(sound, later("C-1", "T-1")))), "T-1 unsupported; damaged call C-1"},
		{"nobody answered a damaged call", logOf(missed(with(sound, during("C-1", "T-1")))), "T-1 disputed -call C-1 (media); damaged call C-1"},
		{"a damaged record without an end was not made in the time", logOf(with(sound, call("C-1", opened, time.Time{}, "T-1"))), "T-1 unsupported; damaged call C-1"},
		{"a damaged record names an issue that is not in the log", logOf(with(sound, during("C-1", "T-2"))), "T-1 unsupported; unknown T-2 in call C-1; damaged call C-1"},
		{"another account's damaged record", logOf(of("ACC-8", with(sound, during("C-1", "T-1")))), "T-1 unsupported; other account call C-1"},
		{"a damaged record takes precedence over supporting records", logOf(during("C-1", "T-1"), with(sound, during("C-2", "T-1"))), "T-1 disputed +call C-1 -call C-2 (media); damaged call C-2"},
		{"both objections", logOf(with(sound, during("C-2", "T-1")), later("C-1", "T-1")), "T-1 disputed -call C-2 (media) -call C-1 (came_back); damaged call C-2"},
		{"one file of records of every kind", logOf(with(sound, during("C-1")), recording(with(sound, during("R-1", "T-1"))), chat(with(sound, during("K-1", "T-1")))),
			"T-1 disputed -chat K-1 (media) -recording R-1 (media); damaged call C-1; damaged chat K-1; damaged recording R-1"},
	}, found(sound, evidence.MediaMissing))
}

func TestReviewOfIssues(t *testing.T) {
	day := 24 * time.Hour
	all := evidence.Log{}
	for i := range 3 {
		all.Calls = append(all.Calls, call(fmt.Sprint("C-", i+1), opened.Add(time.Duration(i-1)*day), resolved.Add(time.Duration(i-1)*day), "T-1"))
	}
	around, within := logOf(call("C-1", opened.Add(-day), resolved.Add(day))), logOf(during("C-1", "T-1"))
	for _, row := range []struct {
		why    string
		issues refund.IssueLog
		log    evidence.Log
		want   string
	}{
		{"no issue log", nil, within, "unknown T-1 in call C-1"},
		{"no issues", refund.IssueLog{}, within, "unknown T-1 in call C-1"},
		{"an unresolved issue that a record names", refund.IssueLog{{ID: "T-1", Opened: opened}}, all, "T-1 unresolved"},
		{"an unresolved issue, and a record without an issue", refund.IssueLog{{ID: "T-1", Opened: opened}}, around, "T-1 unresolved"},
		{"a resolution at the opening", refund.IssueLog{{ID: "T-1", Opened: opened, Resolved: opened}}, logOf(call("C-1", opened, opened, "T-1")), "T-1 corroborated +call C-1"},
		{"a resolution before the opening has no time for a record that names it",
			refund.IssueLog{{ID: "T-1", Opened: resolved, Resolved: resolved.Add(-1)}}, logOf(call("C-1", opened, resolved.Add(day), "T-1")), "T-1 unsupported"},
		{"a resolution before the opening has no time for a record without an issue", refund.IssueLog{{ID: "T-1", Opened: resolved, Resolved: resolved.Add(-1)}}, around, "T-1 unsupported"},
		{"the customer came back after a resolution before the opening", refund.IssueLog{{ID: "T-1", Opened: resolved, Resolved: opened}}, logOf(call("C-1", opened.Add(1), resolved, "T-1")), "T-1 disputed -call C-1 (came_back)"},
		{"a resolution without an opening has no time", refund.IssueLog{{ID: "T-1", Resolved: resolved}}, within, "T-1 unsupported"},
		{"a record that names an id of two issues supports neither", refund.IssueLog{oneIssue[0], {ID: "T-1", Opened: opened.Add(-day), Resolved: resolved.Add(-day)}}, all,
			"T-1 unsupported; T-1 unsupported"},
		{"two issues with one id are not plausible", refund.IssueLog{oneIssue[0], oneIssue[0]}, around, "T-1 unsupported; T-1 unsupported"},
		{"an id used twice, once for an open issue", refund.IssueLog{{ID: "T-1", Opened: opened}, oneIssue[0]}, within,
			"T-1 unresolved; T-1 unsupported"},
		{"the order of their openings, then of their ids, then of their resolutions", refund.IssueLog{
			{ID: "T-3", Opened: opened.Add(1)}, {ID: "T-2", Opened: opened, Resolved: resolved}, {ID: "T-2", Opened: opened}, {ID: "T-1", Opened: opened}, {ID: "T-9", Opened: opened.Add(-1)},
		}, evidence.Log{}, "T-9 unresolved; T-1 unresolved; T-2 unresolved; T-2 unsupported; T-3 unresolved"},
	} {
		run(t, row.issues, []reviewRow{{row.why, row.log, row.want}})
	}

	of := func(issues refund.IssueLog) refund.Case {
		return refund.Case{Subscription: refund.Subscription{ID: "SUB-1"}, Issues: issues}
	}
	if r := evidence.Review(all, of(nil)); r.Resolutions != nil {
		t.Error("resolutions of no issue log")
	}
	if r := evidence.Review(all, of(refund.IssueLog{})); r.Resolutions == nil {
		t.Error("an issue log without issues was reviewed")
	}
	r := evidence.Review(evidence.Log{}, of(refund.IssueLog{{ID: "T-2", Opened: resolved}, oneIssue[0]}))
	want := []evidence.Resolution{
		{Issue: "T-1", Opened: opened, Resolved: resolved, Standing: evidence.StandingUnsupported},
		{Issue: "T-2", Opened: resolved, Standing: evidence.StandingUnresolved},
	}
	if diff := cmp.Diff(want, r.Resolutions); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// The record in which the customer asks for the refund names old issues to explain why.
func TestReviewOfTheRequest(t *testing.T) {
	asked := resolved.Add(2 * time.Hour)
	around := func(id string) evidence.Call { return call(id, asked.Add(-time.Minute), asked.Add(time.Minute), "T-1") }
	m := evidence.Media{Name: "a.ogg", Size: 9, SHA256: "aa", Type: "audio/ogg"}
	shown := during("C-1", "T-1")
	const corroborated = "T-1 corroborated +call C-1"
	for _, row := range []struct {
		why    string
		change func(*refund.Request)
		log    evidence.Log
		want   string
		asked  int
	}{
		{"a call to cancel does not contradict", nil, logOf(shown, around("C-2")), corroborated, 1},
		{"the request is at the first instant of the call", nil, logOf(shown, call("C-2", asked, asked.Add(1), "T-1")), corroborated, 1},
		{"the request is at the last instant of the call", nil, logOf(shown, call("C-2", asked.Add(-1), asked, "T-1")), corroborated, 1},
		{"a call that was over a nanosecond before", nil, logOf(shown, call("C-2", asked.Add(-9), asked.Add(-1), "T-1")), "T-1 disputed +call C-1 -call C-2 (came_back)", 0},
		{"a call that began a nanosecond after", nil, logOf(shown, call("C-2", asked.Add(1), asked.Add(9), "T-1")), "T-1 disputed +call C-1 -call C-2 (came_back)", 0},
		{"a call without an end", nil, logOf(shown, call("C-2", asked, time.Time{}, "T-1")), "T-1 disputed +call C-1 -call C-2 (came_back)", 0},
		{"a call while an e-mail was sent", func(q *refund.Request) { q.Channel = refund.ChannelEmail }, logOf(shown, around("C-2")), "T-1 disputed +call C-1 -call C-2 (came_back)", 0},
		{"a chat while the customer telephoned", nil, logOf(shown, chat(around("K-2"))), "T-1 disputed +call C-1 -chat K-2 (came_back)", 0},
		{"a chat in which the customer asked", func(q *refund.Request) { q.Channel = refund.ChannelOther }, logOf(shown, chat(around("K-2"))), corroborated, 1},
		{"a recording is not where customers ask", func(q *refund.Request) { q.Channel = refund.ChannelOther }, logOf(shown, recording(around("R-2"))), "T-1 disputed +call C-1 -recording R-2 (came_back)", 0},
		{"no instant of the request", func(q *refund.Request) { q.At = time.Time{} }, logOf(shown, around("C-2")), "T-1 disputed +call C-1 -call C-2 (came_back)", 0},
		{"no channel", func(q *refund.Request) { q.Channel = 0 }, logOf(shown, recording(around("R-2"))), "T-1 disputed +call C-1 -recording R-2 (came_back)", 0},
		{"another account's call", nil, logOf(shown, of("ACC-8", around("C-2"))), corroborated + "; other account call C-2", 0},
		{"another call, in which the customer came back", nil, logOf(shown, around("C-2"), later("C-3", "T-1")), "T-1 disputed +call C-1 -call C-3 (came_back)", 1},
		{"an unknown issue that the request's call names is reported", nil, logOf(shown, call("C-2", asked, asked, "T-9")), corroborated + "; unknown T-9 in call C-2", 1},
		{"a damaged call to cancel does not contradict", func(q *refund.Request) { q.At = resolved }, logOf(with(m, call("C-2", resolved, asked, "T-1"))), "T-1 unsupported; damaged call C-2", 1},
		{"a call in the time of the resolution supports it", func(q *refund.Request) { q.At = resolved }, logOf(call("C-2", resolved, asked, "T-1")), "T-1 corroborated +call C-2", 1},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			c := refund.Case{
				Subscription: refund.Subscription{ID: "SUB-1", Account: "ACC-7"},
				Issues:       oneIssue,
				Request:      refund.Request{At: asked, Channel: refund.ChannelPhone},
			}
			if row.change != nil {
				row.change(&c.Request)
			}
			r := evidence.Review(row.log, c, evidence.MediaCheck{Media: m, State: evidence.MediaMissing})
			if got := told(r); got != row.want || len(r.Asked) != row.asked {
				t.Errorf("%d records ask\n got %s\nwant %s", len(r.Asked), got, row.want)
			}
		})
	}
}

// Issues that share an id are not compared with each record that names it.
func TestReviewOfOneIDIsLinear(t *testing.T) {
	const n = 2000
	log, issues := evidence.Log{}, refund.IssueLog{}
	for i := range n {
		log.Calls = append(log.Calls, during(fmt.Sprint("C-", i), "T-1"))
		issues = append(issues, oneIssue[0])
	}
	r := evidence.Review(log, refund.Case{Issues: issues})
	listed := 0
	for _, s := range r.Resolutions {
		listed += len(s.Supporting) + len(s.Contradicting)
	}
	if len(r.Resolutions) != n || r.Records != n || listed > n {
		t.Errorf("%d resolutions, %d records, %d of them listed", len(r.Resolutions), r.Records, listed)
	}
}

// Records that name no issue are listed up to MaxListed, and then counted.
func TestReviewListsTheFirst(t *testing.T) {
	named, unnamed := evidence.Log{}, evidence.Log{}
	list := func(n int) (line string) {
		for i := range n {
			line += fmt.Sprintf(" +call C-%02d", i)
		}
		return line
	}
	for i := range 12 {
		// Each begins before those that were added before it, and some at once.
		start := opened.Add(time.Duration(i / 2))
		unnamed.Calls = append([]evidence.Call{call(fmt.Sprintf("C-%02d", i), start, resolved)}, unnamed.Calls...)
		named.Calls = append([]evidence.Call{call(fmt.Sprintf("C-%02d", i), start, resolved, "T-1")}, named.Calls...)
	}
	if evidence.MaxListed != 8 {
		t.Errorf("MaxListed is %d", evidence.MaxListed)
	}
	last := func(n int) evidence.Log { return evidence.Log{Calls: unnamed.Calls[12-n:]} }
	run(t, oneIssue, []reviewRow{
		{"seven", last(7), "T-1 plausible" + list(7)},
		{"as many as are listed", last(8), "T-1 plausible" + list(8)},
		{"one more", last(9), "T-1 plausible" + list(8) + " and 1"},
		{"four more", unnamed, "T-1 plausible" + list(8) + " and 4"},
		{"those that name the issue are all listed", named, "T-1 corroborated" + list(12)},
	})
}

// Lists are in the order of starts, then of ids, then of kinds.
func TestReviewOrder(t *testing.T) {
	run(t, oneIssue, []reviewRow{
		{"starts, ids, kinds", logOf(
			call("C-1", opened.Add(2), resolved, "T-1"), call("C-3", opened.Add(1), resolved, "T-1"), call("C-2", opened.Add(1), resolved, "T-1"),
			recording(call("C-2", opened.Add(1), resolved, "T-1")), chat(call("C-2", opened.Add(1), resolved, "T-1")), chat(call("C-9", opened, resolved, "T-1")),
		), "T-1 corroborated +chat C-9 +call C-2 +recording C-2 +chat C-2 +call C-3 +call C-1"},
		{"a record without a start is the first", logOf(during("C-1", "T-3"), call("C-2", time.Time{}, resolved, "T-2")),
			"T-1 unsupported; unknown T-2 in call C-2; unknown T-3 in call C-1"},
		{"one id of two records, one way round", logOf(during("C-1", "T-2"), during("C-1", "T-3")), "T-1 unsupported; unknown T-2 in call C-1; unknown T-3 in call C-1"},
		{"one id of two records, the other way round", logOf(during("C-1", "T-3"), during("C-1", "T-2")), "T-1 unsupported; unknown T-2 in call C-1; unknown T-3 in call C-1"},
	})
}
