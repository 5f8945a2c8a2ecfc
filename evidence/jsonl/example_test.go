package jsonl_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/jsonl"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A file of a whole year is read line by line. A bad line is reported, and the others are
// read all the same.
func ExampleRead() {
	file := strings.NewReader(`{"kind":"call","id":"C-1","issues":["T-1"],"start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:20:00Z"}
{"kind":"call","id":"C-2","start":"2026-03-02T16:00:00Z","end":"2026-03-02T15:20:00Z"}
{"kind":"chat","id":"H-1","start":"2026-03-02T17:00:00Z","end":"2026-03-02T17:20:00Z"}
`)
	for entry, err := range jsonl.Read(file) {
		var line *evidence.LineError
		switch {
		case errors.As(err, &line):
			fmt.Println("passed over:", line)
		case err != nil:
			log.Fatal(err)
		case entry.Call != nil:
			fmt.Println(entry.Call.ID, "is a", entry.Call)
		case entry.Recording != nil:
			fmt.Println(entry.Recording.ID, "is a", entry.Recording)
		case entry.Chat != nil:
			fmt.Println(entry.Chat.ID, "is a", entry.Chat)
		}
	}
	// Output:
	// C-1 is a call (20m0s, 1 issue)
	// passed over: line 2: refund: invalid input: end: is before start
	// H-1 is a chat (20m0s)
}

// The records of a file go into a review.
func ExampleReadAll() {
	records, err := jsonl.ReadAll(strings.NewReader(`{"kind":"call","id":"C-1","account":"ACC-7","issues":["T-1"],"start":"2026-03-03T10:00:00Z","end":"2026-03-03T10:20:00Z","answered":"2026-03-03T10:00:09Z"}
{"kind":"chat","id":"H-1","account":"ACC-7","start":"2026-03-04T17:00:00Z","end":"2026-03-04T17:20:00Z"}
`))
	if err != nil {
		log.Fatal(err)
	}
	if err := records.Validate(); err != nil {
		log.Fatal(err)
	}
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	report := evidence.Review(records, refund.Case{
		Subscription: refund.Subscription{ID: "SUB-1001", Account: "ACC-7"},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: day(3), Resolved: day(4)},
			{ID: "T-2", Opened: day(4), Resolved: day(5)},
		},
	}) // a whole case has a price and a request, too
	fmt.Println(records)
	fmt.Println(report.Standing("T-1"), report.Standing("T-2"))
	// Output:
	// 1 call, 0 recordings, 1 chat
	// corroborated plausible
}

// A helpdesk hands over what it has.
func ExampleWrite() {
	start := time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)
	err := jsonl.Write(os.Stdout, evidence.Log{
		Calls: []evidence.Call{{
			Header:   evidence.Header{ID: "C-1", Account: "ACC-7", Issues: []string{"T-1"}, Start: start, End: start.Add(20 * time.Minute)},
			Answered: start.Add(9 * time.Second),
		}},
		Chats: []evidence.Chat{{
			Header:   evidence.Header{ID: "H-1", Start: start, End: start.Add(time.Minute), StartedBy: evidence.SideCustomer},
			Messages: []evidence.Message{{At: start, From: evidence.SideCustomer, Text: "it does not start"}},
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// {"kind":"call","id":"C-1","account":"ACC-7","issues":["T-1"],"start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:20:00Z","answered":"2026-03-02T15:00:09Z"}
	// {"kind":"chat","id":"H-1","start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:01:00Z","started_by":"customer","messages":[{"at":"2026-03-02T15:00:00Z","from":"customer","text":"it does not start"}]}
}

// A record goes into a queue as soon as it is there. One that is not sound does not.
func ExampleAppend() {
	start := time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)
	for _, end := range []time.Time{start.Add(time.Hour), start.Add(-time.Hour)} {
		recording := evidence.Recording{Header: evidence.Header{ID: "R-1", Start: start, End: end}, Software: "screens 3"}
		text, err := jsonl.Append(nil, jsonl.Entry{Recording: &recording})
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%s\n", text)
	}
	// Output:
	// {"kind":"recording","id":"R-1","start":"2026-03-02T15:00:00Z","end":"2026-03-02T16:00:00Z","software":"screens 3"}
	// refund: invalid input: end: is before start
}

// A message of a host's own has a record in it.
func ExampleEntry() {
	var message struct {
		Tenant string      `json:"tenant"`
		Record jsonl.Entry `json:"record"`
	}
	text := `{"tenant":"north","record":{"kind":"call","id":"C-1","start":"2026-03-02T15:00:00Z","end":"2026-03-02T15:20:00Z"}}`
	if err := json.Unmarshal([]byte(text), &message); err != nil {
		log.Fatal(err)
	}
	var records evidence.Log
	message.Record.AddTo(&records)
	fmt.Println(message.Tenant, records)
	back, err := json.Marshal(message)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(back) == text)
	// Output:
	// north 1 call, 0 recordings, 0 chats
	// true
}
