package evidence_test

import (
	"encoding"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

func usd(amount string) refund.Money { return refund.MustMoney(amount, "USD") }

// aCase is a request of the ninth day. Of its five issues, four were resolved before,
// and the last is open.
func aCase() refund.Case {
	start := opened.AddDate(0, 0, -3)
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1",
			Account: "ACC-7",
			Service: refund.ServiceType{Code: "pc-care", Billing: refund.BillingRecurring, PerInstance: usd("25.00")},
			Start:   start,
			Price:   usd("199.99"),
			Paid:    usd("199.99"),
		},
		Issues:  refund.IssueLog{},
		Request: refund.Request{At: start.AddDate(0, 0, 8), By: "ACC-7", Channel: refund.ChannelEmail, Reason: "not satisfied"},
	}
	for i := range 5 {
		day := opened.AddDate(0, 0, i)
		c.Issues = append(c.Issues, refund.Issue{ID: fmt.Sprint("T-", i+1), Opened: day, Resolved: day.Add(time.Hour)})
	}
	c.Issues[4].Resolved = time.Time{}
	return c
}

// aLog shows the first of the case's issues, disputes the second, and makes the third
// plausible; it has no record for the fourth.
func aLog() evidence.Log {
	on := func(day int, c evidence.Call) evidence.Call {
		c.Start, c.End = c.Start.AddDate(0, 0, day), c.End.AddDate(0, 0, day)
		return c
	}
	return logOf(during("C-1", "T-1"), on(1, during("C-2", "T-2")), on(1, later("C-3", "T-2")), on(2, during("C-4")))
}

func review(c refund.Case, log evidence.Log) evidence.Report {
	return evidence.Review(log, c)
}

// policy is the published one, which nothing in these tests changes.
var policy = refund.Published(time.UTC)

func evaluate(t *testing.T, c refund.Case) refund.Outcome {
	t.Helper()
	o, err := policy.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestStandingOfAnIssue(t *testing.T) {
	r := review(aCase(), aLog())
	r.Resolutions = append(r.Resolutions, evidence.Resolution{Issue: "T-1", Standing: evidence.StandingDisputed})
	for id, want := range map[string]evidence.Standing{
		"T-1": evidence.StandingCorroborated,
		"T-2": evidence.StandingDisputed,
		"T-3": evidence.StandingPlausible,
		"T-4": evidence.StandingUnsupported,
		"T-5": evidence.StandingUnresolved,
		"T-6": 0,
		"":    0,
	} {
		if got := r.Standing(id); got != want {
			t.Errorf("%q is %v, want %v", id, got, want)
		}
	}
}

// hexDigits matches sixteen of a digest's digits.
var hexDigits = regexp.MustCompile(`[0-9a-f]{16}`)

// There is one finding for each resolution that is not shown. Findings do not change the
// amount and do not contain a digest.
func TestFindings(t *testing.T) {
	day := func(n int) time.Time { return opened.AddDate(0, 0, n) }
	named := func(n int) evidence.Call { return call(fmt.Sprint("N-", n), day(n-1), day(n-1), fmt.Sprint("T-", n)) }
	sound := logOf(named(1), named(2), named(3), named(4))
	back := func(n int) (log evidence.Log) {
		for i := range n {
			log.Calls = append(log.Calls, call(fmt.Sprintf("B-%d", i), day(9).Add(time.Duration(i)), day(10), "T-1"))
		}
		log.Calls = append(log.Calls, sound.Calls...)
		return log
	}
	chatOf := func(c evidence.Call) evidence.Log {
		return evidence.Log{Calls: sound.Calls[1:], Chats: []evidence.Chat{chat(c)}}
	}
	m := evidence.Media{Name: "private/name.png", Size: 9, SHA256: "aa"}
	damage := evidence.MediaCheck{Media: m, State: evidence.MediaTruncated}

	type want struct {
		severity refund.Severity
		subject  string   // "" for the log as a whole
		has      []string // in the detail
		hasNot   []string
	}
	satisfied := func(has ...string) []want { return []want{{refund.SeveritySatisfied, "", has, nil}} }
	for _, row := range []struct {
		why    string
		log    evidence.Log
		issues refund.IssueLog
		want   []want
	}{
		{"every resolution is corroborated", sound, aCase().Issues, satisfied("every resolution is supported", "4 corroborated", "0 plausible")},
		{"a plausible resolution is supported too", evidence.Log{Calls: append(sound.Calls[:3:3], call("C-9", day(3), day(3)))}, aCase().Issues, satisfied("3 corroborated", "1 plausible")},
		{"a single corroborated resolution", logOf(named(1)), aCase().Issues[:1], satisfied("the resolution is corroborated")},
		{"a single plausible resolution", logOf(call("C-9", day(0), day(0))), aCase().Issues[:1], satisfied("the resolution is plausible")},
		{"no issue is resolved", logOf(call("C-9", day(0), day(0))), aCase().Issues[4:], satisfied("no issue was resolved")},
		{"an empty issue log", logOf(call("C-9", day(0), day(0))), refund.IssueLog{}, satisfied("no issue was resolved")},
		{"records of other accounts do not give findings", logOf(of("ACC-8", call("S-1", day(0), day(9), "T-9")), named(1)), aCase().Issues[:1], satisfied("is corroborated")},

		{"no record at all, and no issue", evidence.Log{}, refund.IssueLog{}, []want{{refund.SeverityAdvisory, "", []string{"no record of any contact"}, nil}}},
		{"records of other accounts do not count as contact", logOf(of("ACC-8", call("S-1", day(0), day(9)))), aCase().Issues[4:], []want{
			{refund.SeverityAdvisory, "", []string{"no record of any contact"}, nil}}},
		{"no record of a resolution", evidence.Log{}, aCase().Issues[:1], []want{
			{refund.SeverityAdvisory, "", []string{"no record of any contact"}, nil},
			{refund.SeverityAdvisory, "T-1", []string{"no record was made between its opening and its resolution"}, nil}}},
		{"an issue that is missing from the issue log", logOf(named(1), call("U-1", day(0), day(9), "T-9")), aCase().Issues[:1], []want{
			{refund.SeverityAdvisory, "T-9", []string{"missing from the issue log, and named by call U-1"}, nil}}},
		{"one finding for each unknown issue, named once or more often", logOf(named(1), call("U-1", day(0), day(9), "T-9", "T-8"), call("U-2", day(1), day(9), "T-9")), aCase().Issues[:1], []want{
			{refund.SeverityAdvisory, "T-8", []string{"named by call U-1"}, []string{"U-2"}},
			{refund.SeverityAdvisory, "T-9", []string{"named by call U-1 and call U-2"}, nil}}},

		{"only the issue without a record has a finding", evidence.Log{Calls: sound.Calls[:3]}, aCase().Issues,
			[]want{{refund.SeverityAdvisory, "T-4", []string{"no record was made between"}, []string{"came back", "N-"}}}},
		{"findings are in the order of the report", evidence.Log{Calls: sound.Calls[1:3]}, aCase().Issues, []want{
			{refund.SeverityAdvisory, "T-1", []string{"no record was made between"}, nil},
			{refund.SeverityAdvisory, "T-4", []string{"no record was made between"}, nil},
		}},
		{"the customer came back", back(1), aCase().Issues, []want{{refund.SeverityAdvisory, "T-1", []string{"the customer came back in call B-0 after the resolution"}, []string{"N-1", "more"}}}},
		{"the customer came back twice", back(2), aCase().Issues, []want{{refund.SeverityAdvisory, "T-1", []string{"in call B-0 and call B-1 after"}, []string{"more"}}}},
		{"three records are named", back(3), aCase().Issues, []want{{refund.SeverityAdvisory, "T-1", []string{"in call B-0, call B-1 and call B-2 after"}, []string{"more"}}}},
		{"a fourth record is counted", back(4), aCase().Issues, []want{{refund.SeverityAdvisory, "T-1", []string{"call B-0,", "call B-1,", "call B-2 and 1 more"}, []string{"B-3"}}}},
		{"all further records are counted", back(12), aCase().Issues, []want{{refund.SeverityAdvisory, "T-1", []string{"call B-0", "call B-1", "call B-2 and 9 more"}, []string{"B-3", "B-11"}}}},
		{"a file was altered", chatOf(with(m, named(1))), aCase().Issues, []want{
			{refund.SeverityAdvisory, "T-1", []string{"a file of chat N-1 is missing or altered"}, []string{"came back", "private", "aa ", "truncated"}}}},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			c := aCase()
			c.Issues = row.issues
			before := evaluate(t, c)
			report := evidence.Review(row.log, c, damage)
			if report.Log != row.log.Digest() {
				t.Errorf("the report names the log %v, want %v", report.Log, row.log.Digest())
			}
			c.Findings = report.Findings()
			if len(c.Findings) != len(row.want) {
				t.Fatalf("%d findings, want %d: %q", len(c.Findings), len(row.want), c.Findings)
			}
			status := refund.StatusSatisfied
			for i, f := range c.Findings {
				w := row.want[i]
				if f.Clause != refund.ClauseLogReview || f.Severity != w.severity || f.Subject != w.subject {
					t.Errorf("finding %d is %v %v %q, want %v %q", i, f.Clause, f.Severity, f.Subject, w.severity, w.subject)
				}
				if hexDigits.MatchString(f.Subject + " " + f.Detail) {
					t.Errorf("a digest is in a sentence for people: %q", f)
				}
				for _, part := range w.has {
					if !strings.Contains(f.Detail, part) {
						t.Errorf("%q has no %q", f.Detail, part)
					}
				}
				for _, part := range w.hasNot {
					if strings.Contains(f.Detail, part) {
						t.Errorf("%q has %q", f.Detail, part)
					}
				}
				if f.Severity == refund.SeverityAdvisory {
					status = refund.StatusObjected
				}
			}
			after := evaluate(t, c)
			if why := after.Why(refund.ClauseLogReview); hexDigits.MatchString(why) {
				t.Errorf("a digest is in the reason: %q", why)
			}
			if got := after.Statuses[refund.ClauseLogReview]; got != status {
				t.Errorf("the clause is %v, want %v", got, status)
			}
			if !after.Refundable.Equal(before.Refundable) || after.Held != before.Held || after.Verdict != before.Verdict {
				t.Errorf("%v %v, held: %v; without findings %v %v, held: %v", after.Verdict, after.Refundable, after.Held, before.Verdict, before.Refundable, before.Held)
			}
			if after.Digest() == before.Digest() {
				t.Error("the outcome's digest does not tell that there was a review")
			}
		})
	}
}

// Records can name more unknown issues than a case may have findings.
func TestFindingsOnManyUnknownIssues(t *testing.T) {
	for _, row := range []struct {
		why      string
		unknown  int
		findings int
		last     string
	}{
		{"the largest number of findings", evidence.MaxUnknownFindings, evidence.MaxUnknownFindings, "missing from the issue log, and named by call C-1"},
		{"one more", evidence.MaxUnknownFindings + 1, evidence.MaxUnknownFindings + 1, "1 more issue is named by records and missing from the issue log"},
		{"many more", 3 * refund.MaxFindings, evidence.MaxUnknownFindings + 1, "59900 more issues are named by records and missing from the issue log"},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			c := aCase()
			c.Issues = refund.IssueLog{}
			c.Findings = review(c, logOf(during("C-1", manyIssues(row.unknown)...))).Findings()
			if n := len(c.Findings); n != row.findings || c.Findings[n-1].Detail != row.last {
				t.Errorf("%d findings, of which the last is %q", n, c.Findings[n-1])
			}
			evaluate(t, c)
		})
	}
}

// A report without a review has no findings, not even a satisfied one.
func TestFindingsOfNoReview(t *testing.T) {
	if found := (evidence.Report{}).Findings(); found != nil {
		t.Errorf("no review found %q", found)
	}
	without := aCase()
	without.Issues = nil
	if found := review(without, aLog()).Findings(); found != nil {
		t.Errorf("a review of no issue log found %q", found)
	}
	for _, s := range []evidence.Standing{0, evidence.StandingCorroborated + 1, 255} {
		func() {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%v: %v", s, p)
				}
			}()
			r := evidence.Report{Resolutions: []evidence.Resolution{{Issue: "T-1", Standing: s}}}
			for _, f := range r.Findings() {
				if f.Severity == refund.SeveritySatisfied {
					t.Errorf("%v: %q", s, f)
				}
			}
		}()
	}
}

func TestCorroborated(t *testing.T) {
	c := aCase()
	r := review(c, aLog())
	first, second := c.Issues[0], c.Issues[1]
	change := func(f func(*refund.Issue)) refund.IssueLog {
		issue := first
		f(&issue)
		return refund.IssueLog{issue}
	}
	for _, row := range []struct {
		why          string
		issues, want refund.IssueLog
	}{
		{"nothing is known", nil, nil},
		{"no issues", refund.IssueLog{}, refund.IssueLog{}},
		{"only corroborated issues are kept", c.Issues, refund.IssueLog{first}},
		{"no issue is corroborated", c.Issues[1:], refund.IssueLog{}},
		{"their order is kept", refund.IssueLog{second, first, first, second}, refund.IssueLog{first, first}},
		{"an issue that was not reviewed", change(func(i *refund.Issue) { i.ID = "T-9" }), refund.IssueLog{}},
		{"opened a nanosecond later than reviewed", change(func(i *refund.Issue) { i.Opened = i.Opened.Add(1) }), refund.IssueLog{}},
		{"opened a second earlier", change(func(i *refund.Issue) { i.Opened = i.Opened.Add(-time.Second) }), refund.IssueLog{}},
		{"resolved a nanosecond later", change(func(i *refund.Issue) { i.Resolved = i.Resolved.Add(1) }), refund.IssueLog{}},
		{"reopened since", change(func(i *refund.Issue) { i.Resolved = time.Time{} }), refund.IssueLog{}},
		{"the same instants in another location", change(func(i *refund.Issue) {
			i.Opened, i.Resolved = i.Opened.In(time.FixedZone("east", 3600)), i.Resolved.In(time.FixedZone("west", -3600))
		}), refund.IssueLog{first}},
		{"a subscription that was added later does not matter", change(func(i *refund.Issue) { i.Subscription = "SUB-1" }), refund.IssueLog{{ID: first.ID, Subscription: "SUB-1", Opened: first.Opened, Resolved: first.Resolved}}},
	} {
		testkit.Row(t, row.why, func(t *testing.T) {
			got := r.Corroborated(row.issues)
			if diff := cmp.Diff(row.want, got); diff != "" {
				t.Errorf("%s: want -, got +:\n%s", row.why, diff)
			}
			if none := (evidence.Report{}).Corroborated(row.issues); len(none) > 0 || (none == nil) != (row.issues == nil) {
				t.Errorf("%s: no review corroborates %v", row.why, none)
			}
		})
	}
}

// Codes are a contract.
func TestCodes(t *testing.T) {
	type code interface {
		fmt.Stringer
		encoding.TextMarshaler
	}
	for _, row := range []struct {
		why   string
		codes []string
		code  func(i uint8) code
	}{
		{"Side", []string{"customer", "agent", "system"}, func(i uint8) code { return evidence.Side(i) }},
		{"Kind", []string{"call", "recording", "chat"}, func(i uint8) code { return evidence.Kind(i) }},
		{"Standing", []string{"unresolved", "disputed", "unsupported", "plausible", "corroborated"}, func(i uint8) code { return evidence.Standing(i) }},
		{"MediaState", []string{"intact", "altered", "truncated", "missing", "unreadable"}, func(i uint8) code { return evidence.MediaState(i) }},
		{"Objection", []string{"came_back", "media"}, func(i uint8) code { return evidence.Objection(i) }},
	} {
		for i := range uint8(255) {
			text, marshalled, sound := fmt.Sprintf("%s(%d)", row.why, i), "", false
			switch n := int(i); {
			case n == 0:
				text, sound = "unset", true
			case n <= len(row.codes):
				text, marshalled, sound = row.codes[n-1], row.codes[n-1], true
			}
			c := row.code(i)
			if c.String() != text {
				t.Errorf("%s %d is %q, want %q", row.why, i, c.String(), text)
			}
			if got, err := c.MarshalText(); string(got) != marshalled || (err == nil) != sound || sound && got == nil {
				t.Errorf("%s %d is written as %q, %v, want %q", row.why, i, got, err, marshalled)
			}
			if _, err := c.MarshalText(); err != nil && !strings.Contains(err.Error(), fmt.Sprint(i)) {
				t.Errorf("%s %d: %v", row.why, i, err)
			}
		}
	}

	var side evidence.Side
	for text, want := range map[string]evidence.Side{"customer": evidence.SideCustomer, "agent": evidence.SideAgent, "system": evidence.SideSystem, "": 0} {
		side = 9
		if err := side.UnmarshalText([]byte(text)); err != nil || side != want {
			t.Errorf("%q is read as %v, %v", text, side, err)
		}
	}
	side = evidence.SideAgent
	if err := side.UnmarshalText([]byte("Customer")); err == nil || side != evidence.SideAgent || strings.Contains(err.Error(), "Customer") {
		t.Errorf("%v, %v", side, err)
	}

	ref := evidence.Ref{Kind: evidence.KindCall, ID: "C-17"}
	for want, got := range map[string]fmt.Stringer{
		"call C-17":           ref,
		"call C-17 came_back": evidence.Contradiction{Record: ref, Objection: evidence.ObjectionCameBack},
		"call C-17 names T-9": evidence.Mention{Record: ref, Issue: "T-9"},
	} {
		if got.String() != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if n := aLog().Len(); n != 4 {
		t.Errorf("%d records", n)
	}
	if n := fullLog().Len(); n != 3 {
		t.Errorf("%d records of three kinds", n)
	}
}
