package main

import (
	"bytes"
	"context"
	"errors"
	"image/gif"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/customer"
	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/evidence/chats"
	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/evidence/tickets"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/internal/document"
	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A family's fortnight: how each of its issues stands, and why.
func TestSampleStandings(t *testing.T) {
	rows := []struct {
		why, issue, standing, stake string
		records                     string // for it, then those against it
		more                        int
	}{
		{"a call about it", "T-3301", "corroborated", "", "call 1772463970.40", 0},
		{"a recording of the screen", "T-3302", "corroborated", "", "recording R-2101", 0},
		{"a chat", "T-3303", "corroborated", "", "chat H-501", 0},
		{"a call and a recording at once", "T-3304", "corroborated", "", "call 1772668920.43, recording R-2102", 0},
		{"open for ten days in which the family was attended to eleven times, about nothing named", "T-3315", "plausible", "25.00 USD",
			"call 1772748000.49, chat H-502, call 1772902950.55, call 1773101700.67, chat H-503, chat H-504, call 1773432060.88, call 1773500400.91", 3},
		{"one of two issues of a call", "T-3305", "corroborated", "", "call 1772814000.52", 0},
		{"the other one, and a call that the company made", "T-3306", "corroborated", "", "call 1772814000.52, call C-8801", 0},
		{"a call in the night in which the clocks were put forward", "T-3307", "corroborated", "", "call 1772952000.61", 0},
		{"the customer came back two days after it was resolved", "T-3308", "disputed", "25.00 USD",
			"call 1773065100.64, call 1773267600.76 came_back", 0},
		{"the recording is not the one that was made", "T-3309", "disputed", "25.00 USD", "recording R-2103 media", 0},
		{"the one call about it was not answered", "T-3310", "unsupported", "25.00 USD", "", 0},
		{"open overnight, with a chat in the evening and one in the morning", "T-3311", "plausible", "25.00 USD", "chat H-503, chat H-504", 0},
		{"it is not resolved", "T-3312", "unresolved", "", "", 0},
		{"a call and a recording; that the company asked again the next day disputes nothing", "T-3313", "corroborated", "",
			"call 1773319920.79, recording R-2104", 0},
		{"the one call about it is of another account", "T-3314", "unsupported", "25.00 USD", "", 0},
		{"reopened and resolved again; a call about a ticket that was merged into it", "3317", "corroborated", "", "call 1773433200.94-131, call 1773502320.97-132", 0},
		{"a chat of the help desk, which names no ticket, in its time", "3319", "plausible", "25.00 USD", "chat 204417", 0},
		{"resolved after the customer asked, so that it does not count anyway", "T-3316", "unsupported", "0.00 USD", "", 0},
	}
	o := decoded(t, "sample")
	if len(o.Issues) != len(rows) {
		t.Fatalf("%d issues, want %d", len(o.Issues), len(rows))
	}
	for i, row := range rows {
		testkit.Row(t, row.why, func(t *testing.T) {
			got := o.Issues[i]
			var records []string
			for _, r := range append(got.Supporting, got.Contradicting...) {
				records = append(records, strings.TrimSpace(r.Kind+" "+r.ID+" "+r.Objection))
			}
			if got.Issue != row.issue || got.Standing != row.standing || got.More != row.more ||
				strings.TrimSpace(got.Stake.Amount+" "+got.Stake.Currency) != row.stake {
				t.Errorf("got %+v, want %+v", got, row)
			}
			if diff := cmp.Diff(row.records, strings.Join(records, ", ")); diff != "" {
				t.Errorf("records, want -, got +:\n%s", diff)
			}
		})
	}
}

// codes returns all codes of an enumeration.
func codes[E interface {
	~uint8
	MarshalText() ([]byte, error)
}](t *testing.T) (all []string) {
	t.Helper()
	for e := E(1); ; e++ {
		code, err := e.MarshalText()
		if err != nil {
			return all
		}
		all = append(all, string(code))
	}
}

// The sample is to show all there is.
func TestSampleReachesEverything(t *testing.T) {
	o := decoded(t, "sample")
	seen := map[string]bool{}
	for _, i := range o.Issues {
		seen[i.Standing] = true
		for _, r := range append(i.Supporting, i.Contradicting...) {
			seen[r.Kind] = true
			seen[r.Objection] = true
		}
	}
	for _, m := range o.Media {
		seen[m.State] = true
	}
	for _, m := range decoded(t, "testdata/problems").Media {
		seen[m.State] = true
	}
	all := codes[evidence.Standing](t)
	all = append(all, codes[evidence.Objection](t)...)
	all = append(all, codes[evidence.Kind](t)...)
	all = append(all, codes[evidence.MediaState](t)...)
	for _, code := range all {
		if !seen[code] {
			t.Errorf("nothing in the sample is %s", code)
		}
	}
	if len(all) != 5+2+3+5 || len(o.Issues) < 14 || len(o.OtherAccounts) == 0 || len(o.Unknown) == 0 || len(o.Damaged) == 0 {
		t.Errorf("%d codes, %d issues, %d of other accounts, %d unknown, %d damaged", len(all), len(o.Issues), len(o.OtherAccounts), len(o.Unknown), len(o.Damaged))
	}

	dispositions := map[cdr.Disposition]bool{}
	for row, err := range cdr.Read(bytes.NewReader(file(t, "logs/Master.csv")), cdr.Options{Location: testkit.NewYork}) {
		if err != nil {
			t.Fatal(err)
		}
		dispositions[row.Disposition] = true
	}
	for d := cdr.DispositionNoAnswer; d <= cdr.DispositionUnknown; d++ {
		if !dispositions[d] {
			t.Errorf("no call is %s", d)
		}
	}
}

// file returns a file of the sample.
func file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("sample/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// sampleLog reads the sample's log file by file, without the program.
func sampleLog(t *testing.T) evidence.Log {
	t.Helper()
	var log evidence.Log
	for row, err := range cdr.Read(bytes.NewReader(file(t, "logs/Master.csv")), cdr.Options{Location: testkit.NewYork}) {
		if err != nil {
			t.Fatal(err)
		}
		call := row.Call()
		if row.UserField != "" {
			call.Issues = strings.Split(row.UserField, ";")
		}
		if call.ID == "1773319920.79" {
			var err error
			call.Transcript, err = webvtt.ReadAll(bytes.NewReader(file(t, "transcripts/1773319920.79.vtt")), call.Answered, nil, webvtt.Options{})
			if err != nil || len(call.Transcript) != 7 {
				t.Fatalf("%d messages, %v", len(call.Transcript), err)
			}
		}
		log.Calls = append(log.Calls, call)
	}
	m := csvlog.FreePBX()
	m.Account, m.Issues = "accountcode", "userfield"
	export, err := csvlog.NewReader(bytes.NewReader(file(t, "logs/branch.freepbx.csv")), csvlog.Options{Location: testkit.NewYork, Mapping: m})
	if err != nil {
		t.Fatal(err)
	}
	for record, err := range export.All() {
		if err != nil {
			t.Fatal(err)
		}
		call := record.Call
		switch call.ID {
		case "1773433200.94-131":
			sides := webvtt.Sides{"Dara Osei": evidence.SideAgent, "Eleanor Whitcombe": evidence.SideCustomer}
			transcript := bytes.NewReader(file(t, "transcripts/1773433200.94-131.vtt"))
			call.Transcript, err = webvtt.ReadAll(transcript, call.Answered, sides, webvtt.Options{Speakers: webvtt.Prefix})
			if err != nil || len(call.Transcript) != 6 {
				t.Fatalf("%d messages, %v", len(call.Transcript), err)
			}
		case "1773502320.97-132":
			call.Issues = []string{"3317"} // into which 3318 was merged
		}
		log.Calls = append(log.Calls, *call)
	}
	conversations, err := chats.Collect(chats.Intercom(bytes.NewReader(file(t, "logs/web.intercom.json"))))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range conversations {
		c.Chat.Account = "ACC-4471"
		log.Chats = append(log.Chats, c.Chat)
	}
	for _, name := range []string{"calls", "chats", "recordings"} {
		part, err := jsonl.ReadAll(bytes.NewReader(file(t, "logs/"+name+".jsonl")))
		if err != nil {
			t.Fatal(err)
		}
		log.Calls = append(log.Calls, part.Calls...)
		log.Recordings = append(log.Recordings, part.Recordings...)
		log.Chats = append(log.Chats, part.Chats...)
	}
	return log
}

// The program gives what a host gets that calls the library itself.
func TestSampleByHand(t *testing.T) {
	log := sampleLog(t)
	d, err := document.Decode(file(t, "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	checks, err := evidence.VerifyMedia(context.Background(), os.DirFS("sample"), log, nil)
	if err != nil {
		t.Fatal(err)
	}
	c := d.Case
	histories, err := tickets.Collect(tickets.Zendesk(bytes.NewReader(file(t, "tickets/desk.zendesk.json")), tickets.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	c.Issues = append(c.Issues, tickets.Issues(histories)...)
	report := evidence.Review(log, c, checks...)
	asked := time.Date(2026, 3, 16, 18, 30, 0, 0, testkit.NewYork)
	account := customer.Account{
		ID:          "ACC-4471",
		Username:    "whitcombe4",
		Particulars: []customer.Particular{{Name: "name", Present: true}},
		Delegates:   []customer.Delegate{{Account: "ACC-4472"}},
		Reports:     []customer.MisuseReport{},
	}
	answers := customer.Attestations{
		refund.ClauseCooperation: {Answer: customer.AnswerYes, At: asked},
		refund.ClausePeripherals: {Answer: customer.AnswerYes, At: asked},
		refund.ClauseBestEffort:  {Answer: customer.AnswerYes, At: asked},
		refund.ClauseEnvironment: {Answer: customer.AnswerNo, At: asked},
	}
	c.Findings = append(c.Findings, report.Findings()...)
	c.Findings = append(c.Findings, customer.Review(account, customer.Requester{Account: "ACC-4472"}, answers, c.Request.At, decided)...)
	outcome, err := refund.Published(testkit.NewYork).Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	text, err := outcome.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := string(text)

	o := decoded(t, "sample")
	if diff := cmp.Diff(want, string(o.Outcome)); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if o.Log.Digest != log.Digest().String() {
		t.Error("another log was reviewed")
	}
	// 18 issues, of which 16 count; of those, 9 are corroborated and 3 plausible.
	if o.Figures.Logged.Amount != "99.00" || o.Figures.Supported.Amount != "199.00" || o.Figures.Corroborated.Amount != "274.00" || outcome.ResolvedIssues != 16 || outcome.Held {
		t.Errorf("%v, %d resolved, held %v", o.Figures, outcome.ResolvedIssues, outcome.Held)
	}
}

// The clocks were put forward in this call: 95 minutes on the wall, 35 of time.
func TestSampleOverTheChangeOfClocks(t *testing.T) {
	for _, call := range sampleLog(t).Calls {
		if call.ID != "1772952000.61" {
			continue
		}
		if !call.Start.Equal(time.Date(2026, 3, 8, 6, 40, 0, 0, time.UTC)) || call.End.Sub(call.Start) != 35*time.Minute {
			t.Errorf("from %v to %v", call.Start, call.End)
		}
		return
	}
	t.Error("no such call")
}

// The media can be listened to and looked at, are all named by a log, and small.
func TestSampleMedia(t *testing.T) {
	states := map[string]string{}
	for _, m := range decoded(t, "sample").Media {
		states[m.Name] = m.State
	}
	var altered []string
	total, files := 0, 0
	err := fs.WalkDir(os.DirFS("sample"), "media", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data := file(t, name)
		files++
		total += len(data)
		if states[name] != "intact" {
			altered = append(altered, name+" "+states[name])
		}
		switch path.Ext(name) {
		case ".wav":
			const header = "RIFF\x64\x1f\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x40\x1f\x00\x00"
			if !bytes.HasPrefix(data, []byte(header)) || len(data) != len(header)+8000 {
				t.Errorf("%s is no second of sound", name)
			}
		case ".gif":
			if screen, err := gif.DecodeAll(bytes.NewReader(data)); err != nil || len(screen.Image) < 4 {
				t.Errorf("%s is no moving picture: %v", name, err)
			}
		default:
			return errors.New(name)
		}
		return nil
	})
	if err != nil || files != len(states) || total > 200<<10 {
		t.Errorf("%v; %d files of %d, %d bytes", err, files, len(states), total)
	}
	if diff := cmp.Diff([]string{"media/R-2103.gif altered"}, altered); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}
