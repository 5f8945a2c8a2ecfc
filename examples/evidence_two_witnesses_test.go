package examples_test

import (
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
	"github.com/kasperinfotech/refundpolicy/evidence/webvtt"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Which records support a resolution? The telephone exchange recorded the time of a call, and
// speech recognition transcribed another call about the same issue. Both support the
// resolution.
func Example_evidenceTwoWitnesses() {
	const master = `"ACC-7","5550100","5550199","support","""Park"" <5550100>","PJSIP/line-1","PJSIP/desk-3","Queue","help",` +
		`"2026-03-09 09:58:00","2026-03-09 09:58:20","2026-03-09 10:20:00",1320,1300,"ANSWERED","DOCUMENTATION","1773064680.17","T-1"`
	const transcript = `WEBVTT

00:03.000 --> 00:06.500
<v Agent>Is the printer still offline?

00:07.000 --> 00:09.000
<v Customer>No, it prints again.
`
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}

	var records evidence.Log
	for row, err := range cdr.Read(strings.NewReader(master), cdr.Options{Location: newYork}) {
		if err != nil {
			log.Fatal(err)
		}
		call := row.Call()
		call.Issues = []string{row.UserField} // this desk's dial plan stores the ticket there
		call.StartedBy = evidence.SideCustomer
		records.Calls = append(records.Calls, call)
	}

	answered := time.Date(2026, 3, 9, 11, 30, 0, 0, newYork)
	messages, err := webvtt.ReadAll(strings.NewReader(transcript), answered, nil, webvtt.Options{})
	if err != nil {
		log.Fatal(err)
	}
	records.Calls = append(records.Calls, evidence.Call{
		Header: evidence.Header{
			ID:        "C-18",
			Account:   "ACC-7",
			Issues:    []string{"T-1"},
			Start:     answered.Add(-10 * time.Second),
			End:       answered.Add(5 * time.Minute),
			StartedBy: evidence.SideAgent,
		},
		Answered:   answered,
		Transcript: messages,
	})
	if err := records.Validate(); err != nil {
		log.Fatal(err)
	}

	report := evidence.Review(records, refund.Case{
		Subscription: refund.Subscription{ID: "SUB-3107", Account: "ACC-7"},
		Issues: refund.IssueLog{
			{ID: "T-1", Opened: time.Date(2026, 3, 9, 9, 0, 0, 0, newYork), Resolved: time.Date(2026, 3, 9, 12, 0, 0, 0, newYork)},
		},
	}) // a whole case has a price and a request, too
	for _, r := range report.Resolutions {
		fmt.Println(r.Issue, "is", r.Standing, r.Supporting)
	}
	fmt.Println(records.Calls[1]) // the transcript is not printed
	// Output:
	// T-1 is corroborated [call 1773064680.17 call C-18]
	// call (5m10s, 1 issue, 2 messages)
}
