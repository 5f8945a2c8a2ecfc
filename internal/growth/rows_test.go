//go:build unix

package growth_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

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
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A document has at most 1 MiB; files of records may be longer.
const (
	ofDocument = 240 << 10
	ofFile     = 1 << 20
)

var rows = []row{
	{entry: "refund.Case", hostile: "issues that are empty objects", size: ofDocument, write: object(`"issues":[`, "{}", "]"), read: decode[refund.Case]},
	{entry: "refund.Case", hostile: "findings that are empty objects", size: ofDocument, write: object(`"findings":[`, "{}", "]"), read: decode[refund.Case]},
	{entry: "refund.Case", hostile: "unknown fields", size: ofDocument, write: object(``, `"x%d":0`, ``), read: decode[refund.Case]},
	{entry: "refund.Case", hostile: "one unknown field many times", size: ofDocument, write: object(``, `"x":0`, ``), read: decode[refund.Case]},
	{entry: "refund.Case", hostile: "issues with one id", size: ofDocument, write: caseWith(`"issues":[`, `{"id":"T-1","opened":"2026-03-02T10:00:00Z"}`), read: decode[refund.Case]},
	{entry: "refund.Case", hostile: "a text of escapes", size: ofDocument, write: caseWith(`"findings":[{"clause":"licensed","severity":"advisory","detail":"`, `\n`, `"}`), read: decode[refund.Case]},
	{entry: "refund.Case", hostile: "arrays in an unknown field", size: ofDocument, write: object(`"x":[`, `[[[[]]]]`, `]`), read: decode[refund.Case]},
	{entry: "refund.Policy", hostile: "hours that overlap", size: ofDocument, write: object(`"hours":{"monday":[`, `{"opens":"09:00","closes":"17:00"}`, `]}`), read: decode[refund.Policy]},
	{entry: "refund.Policy", hostile: "many special days", size: ofDocument, write: object(`"special_days":{`, `"x%d":[]`, `}`), read: decode[refund.Policy]},
	{entry: "refund.Policy", hostile: "one clause required many times", size: ofDocument, write: object(`"required":[`, `"licensed"`, `]`), read: decode[refund.Policy]},
	{entry: "refund.Versions", hostile: "policies that are empty objects", size: ofDocument, write: list(`[`, `{}`, `]`), read: decode[refund.Versions]},
	{entry: "refund.Money", hostile: "an amount of many digits", size: ofDocument, write: digits, read: decode[refund.Money]},
	{entry: "document.Decode", hostile: "a case and a policy with many faults", size: ofDocument, write: object(`"issues":[{}],"policy":{"required":[`, `""`, `]}`), read: file(func(b []byte) { document.Decode(b) })},

	{entry: "ledger.Ledger", hostile: "events that are empty objects", size: ofFile, write: books(`{}`), read: decode[ledger.Ledger]},
	{entry: "ledger.Ledger", hostile: "many payments", size: ofFile, write: books(`{"kind":"paid","at":"2026-03-02T10:00:00Z","id":"P-%d","amount":{"amount":"1.00","currency":"USD"}}`), read: decode[ledger.Ledger]},
	{entry: "ledger.Ledger", hostile: "many refunds of one payment", size: ofFile, write: books(`{"kind":"refunded","at":"2026-03-02T10:00:00Z","id":"R-%d","payment":"P-1","amount":{"amount":"0.01","currency":"USD"},"reason":"x"}`), read: decode[ledger.Ledger]},
	{entry: "ledger.Ledger", hostile: "many disputes of one payment", size: ofFile, write: books(`{"kind":"disputed","at":"2026-03-02T10:00:00Z","id":"D-%d","payment":"P-1","amount":{"amount":"1.00","currency":"USD"}}`), read: decode[ledger.Ledger]},
	{entry: "ledger.Ledger", hostile: "shares that are empty objects", size: ofFile, write: object(`"events":[{"shares":[`, `{}`, `]}]`), read: decode[ledger.Ledger]},

	{entry: "decision.Proposal", hostile: "software that are empty objects", size: ofDocument, write: object(`"goodwill":{"software":[`, "{}", "]}"), read: decode[decision.Proposal]},
	{entry: "decision.Proposal", hostile: "software with many faults", size: ofDocument, write: object(`"goodwill":{"software":[`, `{"x":0}`, "]}"), read: decode[decision.Proposal]},
	{entry: "decision.Proposal", hostile: "one ground many times", size: ofDocument, write: object(`"denial":{"grounds":[`, `"cap"`, "]}"), read: decode[decision.Proposal]},
	{entry: "decision.Proposal", hostile: "a reason of escapes", size: ofDocument, write: object(`"denial":{"reason":"`, `\n`, `"}`), read: decode[decision.Proposal]},
	{entry: "decision.Verify", hostile: "a signed record of many lines", size: ofFile, write: record, read: file(func(b []byte) { decision.Verify(b, key.Public().(ed25519.PublicKey)) })},
	{entry: "decision.Verify", hostile: "line ends alone", size: ofFile, write: list("", "\n", ""), read: file(func(b []byte) { decision.Verify(b, key.Public().(ed25519.PublicKey)) })},

	{entry: "jsonl.ReadAll", hostile: "lines that are not JSON", size: ofFile, write: list("", "x\n", ""), read: file(func(b []byte) { jsonl.ReadAll(bytes.NewReader(b)) })},
	{entry: "jsonl.ReadAll", hostile: "records of a short line", size: ofFile, write: list("", line(""), ""), read: file(func(b []byte) { jsonl.ReadAll(bytes.NewReader(b)) })},
	{entry: "jsonl.Read", hostile: "a line of messages that are empty objects", size: ofDocument, write: list(opening+`"messages":[`, "{}", "]}"), read: file(readRecords)},
	{entry: "jsonl.Read", hostile: "a line of messages", size: ofDocument, write: list(opening+`"messages":[`, `{"at":"2026-03-02T10:00:00Z","from":"agent"}`, "]}"), read: file(readRecords)},
	{entry: "jsonl.Read", hostile: "a line of messages out of order", size: ofDocument, write: list(opening+`"messages":[`, `{"at":"2026-03-02T12:00:00Z","from":"agent"},{"at":"2026-03-02T09:00:00Z","from":"agent"}`, "]}"), read: file(readRecords)},
	{entry: "jsonl.Read", hostile: "a line of media that are empty objects", size: ofDocument, write: list(opening+`"media":[`, "{}", "]}"), read: file(readRecords)},
	{entry: "jsonl.Read", hostile: "a line of empty issues", size: ofDocument, write: list(opening+`"issues":[`, `""`, "]}"), read: file(readRecords)},
	{entry: "jsonl.Read", hostile: "lines of empty issues", size: ofFile, write: list("", opening+`"issues":["",""]}`+"\n", ""), read: file(readRecords)},

	{entry: "cdr.Read", hostile: "a line of commas", size: ofDocument, write: list("", ",", ""), read: file(readCalls)},
	{entry: "cdr.Read", hostile: "a line of quotes", size: ofDocument, write: list("", `""`, ""), read: file(readCalls)},
	{entry: "cdr.Read", hostile: "lines that are not rows", size: ofFile, write: list("", "x\n", ""), read: file(readCalls)},

	{entry: "webvtt.ReadAll", hostile: "blocks that are not cues", size: ofFile, write: list("WEBVTT\n\n", "x\n\n", ""), read: file(readTranscript)},
	{entry: "webvtt.ReadAll", hostile: "cues with an unknown voice", size: ofFile, write: list("WEBVTT\n\n", "0:00:01.000 --> 0:00:02.000\n<v x>y\n\n", ""), read: file(readTranscript)},
	{entry: "webvtt.ReadAll", hostile: "a cue of tags that stay open", size: ofDocument, write: list(cue, "<b>", "\n"), read: file(readTranscript)},
	{entry: "webvtt.ReadAll", hostile: "a cue of voices", size: ofDocument, write: list(cue, "<v agent>x", "\n"), read: file(readTranscript)},
	{entry: "webvtt.ReadAll", hostile: "a cue of broken tags", size: ofDocument, write: list(cue, "<", "\n"), read: file(readTranscript)},
	{entry: "webvtt.ReadAll", hostile: "a cue of references", size: ofDocument, write: list(cue, "&amp;", "\n"), read: file(readTranscript)},
	{entry: "webvtt.ReadAll", hostile: "a cue of line ends", size: ofDocument, write: list(cue, "x\r", "\n"), read: file(readTranscript)},
	{entry: "webvtt.ReadAll", hostile: "cue settings", size: ofDocument, write: list("WEBVTT\n\n00:00:01.000 --> 00:00:02.000", " a:b", "\nx\n"), read: file(readTranscript)},

	{entry: "webvtt.ReadAll", hostile: "cues that roll up with speakers to detect", size: ofFile, write: list("WEBVTT\n\n", "0:0:1.0 --> 0:0:2.0\nAnn %d: x\nAnn %d: x\n\n", ""), read: file(readRollUp)},
	{entry: "webvtt.ReadAll", hostile: "a cue of prefixes to detect", size: ofDocument, write: list(cue, "a:\n", "\n"), read: file(readRollUp)},

	{entry: "csvlog.Reader", hostile: "a line of commas", size: ofDocument, write: list("", ",", ""), read: file(readExport)},
	{entry: "csvlog.Reader", hostile: "lines of quotes", size: ofFile, write: list("", "\"\"\"\n", ""), read: file(readExport)},
	{entry: "csvlog.Reader", hostile: "lines that are not records", size: ofFile, write: list("", "x\n", ""), read: file(readExport)},

	{entry: "tickets.Zendesk", hostile: "audits that are empty objects", size: ofFile, write: list(`{"audits":[`, "{}", "]}"), read: file(func(b []byte) { tickets.Collect(tickets.Zendesk(bytes.NewReader(b), tickets.Options{})) })},
	{entry: "tickets.Zendesk", hostile: "audits of tickets of their own", size: ofFile, write: list(`{"audits":[`, `{"id":%d,"ticket_id":%d,"created_at":"2026-03-02T10:00:00Z","events":[{"type":"Create","field_name":"status","value":"new"}]}`, "]}"), read: file(func(b []byte) { tickets.Collect(tickets.Zendesk(bytes.NewReader(b), tickets.Options{})) })},
	{entry: "tickets.Zendesk", hostile: "an audit of empty events", size: ofFile, write: list(`{"audits":[{"id":1,"ticket_id":1,"created_at":"2026-03-02T10:00:00Z","events":[`, "{}", "]}]}"), read: file(func(b []byte) { tickets.Collect(tickets.Zendesk(bytes.NewReader(b), tickets.Options{})) })},
	{entry: "tickets.Jira", hostile: "issues that are empty objects", size: ofFile, write: list(`{"issues":[`, "{}", "]}"), read: file(func(b []byte) { tickets.Collect(tickets.Jira(bytes.NewReader(b), tickets.Options{})) })},
	{entry: "chats.Zendesk", hostile: "chats that are empty objects", size: ofFile, write: list(`{"chats":[`, "{}", "]}"), read: file(func(b []byte) { chats.Collect(chats.Zendesk(bytes.NewReader(b))) })},
	{entry: "chats.Zendesk", hostile: "a chat of empty entries", size: ofFile, write: list(`{"chats":[{"id":"H-1","timestamp":"2026-03-02T10:00:00Z","history":[`, "{}", "]}]}"), read: file(func(b []byte) { chats.Collect(chats.Zendesk(bytes.NewReader(b))) })},
	{entry: "chats.Intercom", hostile: "conversations that are empty objects", size: ofFile, write: list(`{"conversations":[`, "{}", "]}"), read: file(func(b []byte) { chats.Collect(chats.Intercom(bytes.NewReader(b))) })},
	{entry: "chats.Intercom", hostile: "an array without an end", size: ofFile, write: list("", "[", ""), read: file(func(b []byte) { chats.Collect(chats.Intercom(bytes.NewReader(b))) })},

	{entry: "customer.Review", hostile: "many delegates and reports", size: ofFile, write: count, read: reviewCustomer},
	{entry: "evidence.Review", hostile: "issues of one id and records that name it", size: ofFile, write: list("", line(`"issues":["T-1"]`), ""), read: reviewLog(func(int) string { return "T-1" })},
	{entry: "evidence.Review", hostile: "records that name no issue", size: ofFile, write: list("", line(""), ""), read: reviewLog(func(i int) string { return "T-" + strconv.Itoa(i) })},
	{entry: "evidence.Review", hostile: "records that name many issues", size: ofFile, write: list("", manyNames, ""), read: reviewLog(func(int) string { return "T-1" })},
	{entry: "evidence.VerifyMedia", hostile: "one file with many digests", size: ofFile, write: claims, read: verifyMedia},

	{entry: "examples/evaluate", hostile: "lines that are not JSON", size: ofFile, write: list("", "x\n", ""), program: "evaluate", args: inputFile},
	{entry: "examples/evaluate", hostile: "a table of long ids", size: ofFile, write: list("", `{"subscription":{"id":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-%d"}}`+"\n", ""), program: "evaluate", args: func(dir string) []string { return append([]string{"-format", "table"}, inputFile(dir)...) }},
	{entry: "examples/review", hostile: "particulars present and missing", size: ofDocument, write: reviewFolder("account.json", `{"id":"ACC-7","present":[`, `"p%d"`, `],"missing":["p"]}`), program: "review", args: folder},
	{entry: "examples/review", hostile: "particulars missing", size: ofDocument, write: particulars, program: "review", args: folder},
	{entry: "examples/review", hostile: "a file of one long name", size: ofDocument, write: reviewFolder("logs/a.jsonl", opening+`"media":[{"name":"x`, "x", `","size":1,"sha256":"`+strings.Repeat("0", 64)+`","type":"a/b"}]}`), program: "review", args: folder},
	{entry: "examples/review", hostile: "records that are not JSON", size: ofFile, write: reviewFolder("logs/a.jsonl", "", "x\n", ""), program: "review", args: folder},
	{entry: "examples/review", hostile: "records that name unknown issues", size: ofFile, write: reviewFolder("logs/a.jsonl", "", unknownIssue, ""), program: "review", args: folder},
	{entry: "examples/review", hostile: "records with one id", size: ofFile, write: reviewFolder("logs/a.jsonl", "", line(""), ""), program: "review", args: folder},
	{entry: "examples/review", hostile: "a transcript of blocks that are not cues", size: ofFile, write: transcript, program: "review", args: folder},
}

var key = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))

func inputFile(dir string) []string { return []string{filepath.Join(dir, inputName)} }
func folder(dir string) []string    { return []string{"-at", "2026-03-17T12:00:00Z", dir} }

// file returns a reader that works on the bytes of the input file.
func file(work func(b []byte)) func(dir string) (func(), error) {
	return func(dir string) (func(), error) {
		b, err := os.ReadFile(filepath.Join(dir, inputName))
		return func() { work(b) }, err
	}
}

func decode[T any](dir string) (func(), error) {
	// The method itself: encoding/json would scan the text first.
	return file(func(b []byte) { any(new(T)).(json.Unmarshaler).UnmarshalJSON(b) })(dir)
}

func readRecords(b []byte) {
	for range jsonl.Read(bytes.NewReader(b)) {
	}
}

func readCalls(b []byte) {
	for range cdr.Read(bytes.NewReader(b), cdr.Options{Location: time.UTC}) {
	}
}

func readTranscript(b []byte) {
	webvtt.ReadAll(bytes.NewReader(b), testkit.March(2, 10, 0), nil, webvtt.Options{})
}

func readRollUp(b []byte) {
	webvtt.ReadAll(bytes.NewReader(b), testkit.March(2, 10, 0), nil, webvtt.Options{Speakers: webvtt.Detect, Lenient: true, FoldRollUp: true})
}

func readExport(b []byte) {
	in, err := csvlog.NewReader(bytes.NewReader(b), csvlog.Options{Location: time.UTC, Mapping: csvlog.CDRCustom()})
	if err != nil {
		return
	}
	for range in.All() {
	}
}

func reviewCustomer(dir string) (func(), error) {
	b, err := os.ReadFile(filepath.Join(dir, inputName))
	a := customer.Account{ID: "ACC-7", Particulars: []customer.Particular{}}
	for range len(b) / 100 {
		a.Particulars = append(a.Particulars, customer.Particular{Name: "x"})
		a.Delegates = append(a.Delegates, customer.Delegate{Account: "ACC-9"})
		a.Reports = append(a.Reports, customer.MisuseReport{ID: "M-1", Made: testkit.March(2, 10, 0)})
	}
	at := testkit.March(9, 10, 0)
	return func() { customer.Review(a, customer.Requester{Account: "ACC-8"}, nil, at, at) }, err
}

// reviewLog reviews the log in the input file with as many issues, whose ids are id(i).
func reviewLog(id func(i int) string) func(dir string) (func(), error) {
	return func(dir string) (func(), error) {
		b, err := os.ReadFile(filepath.Join(dir, inputName))
		if err != nil {
			return nil, err
		}
		log, err := jsonl.ReadAll(bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		issues := make(refund.IssueLog, len(b)/len(line("")))
		for i := range issues {
			issues[i] = refund.Issue{ID: id(i), Opened: testkit.March(2, 4, 0), Resolved: testkit.March(2, 7, 0)}
		}
		c := refund.Case{Subscription: refund.Subscription{ID: "SUB-1", Account: "ACC-7"}, Issues: issues}
		return func() { evidence.Review(log, c).Findings() }, nil
	}
}

func verifyMedia(dir string) (func(), error) {
	root := os.DirFS(dir)
	f, err := root.Open(inputName)
	if err != nil {
		return nil, err
	}
	log, err := jsonl.ReadAll(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return func() { evidence.VerifyMedia(context.Background(), root, log, nil) }, nil
}
