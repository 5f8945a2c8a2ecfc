package csvlog_test

import (
	"errors"
	"fmt"
	"log"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // for machines without a time-zone database

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/csvlog"
)

// An export of another system has its own names and times. One line was edited by hand.
func Example() {
	const export = `Ticket;Customer;From;Begin;Minutes;Talk time;Result
T-1;ACC-7;'+49 30 5550100;02.03.2026 10:00;10:05;10:00;answered
T-1 T-2;ACC-7;'+49 30 5550100;yesterday;00:30;;no answer
;ACC-7;'+49 30 5550100;02.03.2026 12:00;00:20;;voicemail
`
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		log.Fatal(err)
	}
	in, err := csvlog.NewReader(strings.NewReader(export), csvlog.Options{
		Location:  berlin,
		Separator: ';',
		Mapping: csvlog.Mapping{
			Kind:         evidence.KindCall,
			Issues:       "ticket",
			Account:      "customer",
			From:         "from",
			Start:        "begin",
			Duration:     "minutes",
			Billable:     "talk time",
			Disposition:  "result",
			Dispositions: map[string]bool{"answered": true, "no answer": false},
			Layouts:      []string{"02.01.2006 15:04"},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	var found evidence.Log
	for record, err := range in.All() {
		var line *evidence.LineError
		if errors.As(err, &line) {
			fmt.Println("skipped:", line)
			continue
		}
		if err != nil {
			log.Fatal(err)
		}
		for _, w := range record.Warnings {
			fmt.Printf("line %d: %s: %s\n", record.Line, w.Path, w.Reason)
		}
		record.AddTo(&found)
	}
	for _, call := range found.Calls {
		fmt.Println(call.ID, call.Start.Format(time.RFC3339), "answered:", !call.Answered.IsZero(), call.From, call.Issues)
	}
	// Output:
	// skipped: line 3: refund: invalid input: begin: a text of 9 bytes is not a time such as 02.01.2006 15:04
	// line 4: result: is not a known disposition; the call counts as unanswered
	// line-2 2026-03-02T10:00:00+01:00 answered: true '+49 30 5550100 [T-1]
	// line-4 2026-03-02T12:00:00+01:00 answered: false '+49 30 5550100 []
}

// The dial plan writes the ids of tickets to the user field. One channel has two rows.
func ExampleFreePBX() {
	const export = `calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,recordingfile,linkedid,peeraccount,sequence,tenant
"2026-03-02 10:00:00","""Jo"" <5550100>",5550100,600,ext-queues,PJSIP/trunk-1,PJSIP/desk-2,Queue,"600,t,,,300",605,600,ANSWERED,3,ACC-7,1772463600.17,T-1,5550199,5550100,Jo,,,Desk,,1772463600.17,,58,1
"2026-03-02 10:10:05","""Jo"" <5550100>",5550100,600,ext-queues,PJSIP/trunk-1,PJSIP/desk-3,Dial,PJSIP/desk-3,20,0,"NO ANSWER",3,ACC-7,1772463600.17,,5550199,5550100,Jo,,,Desk,,1772463600.17,,59,1
`
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	mapping := csvlog.FreePBX()
	mapping.Issues = "userfield"
	in, err := csvlog.NewReader(strings.NewReader(export), csvlog.Options{Location: newYork, Mapping: mapping})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("not used:", in.Unknown())
	for record, err := range in.All() {
		if err != nil {
			log.Fatal(err)
		}
		call := record.Call
		fmt.Println(call.ID, call.Account, call.End.Sub(call.Start), "answered:", !call.Answered.IsZero(), call.Issues)
	}
	// Output:
	// not used: [tenant]
	// 1772463600.17-58 ACC-7 10m5s answered: true [T-1]
	// 1772463600.17-59 ACC-7 20s answered: false []
}

// The file has no line of names, and was written with usegmtime.
func ExampleCDRCustom() {
	const file = `"""Jo"" <5550100>","5550100","100","support","SIP/trunk-1","SIP/desk-2","Dial","SIP/desk,30","2026-03-02 15:00:00","2026-03-02 15:00:05","2026-03-02 15:10:05","605","600","ANSWERED","DOCUMENTATION","ACC-7","1772463600.17","T-1",3
`
	in, err := csvlog.NewReader(strings.NewReader(file), csvlog.Options{Location: time.UTC, Mapping: csvlog.CDRCustom()})
	if err != nil {
		log.Fatal(err)
	}
	for record, err := range in.All() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(record.Call.ID, record.Call.Answered.Format(time.RFC3339))
	}
	// Output:
	// 1772463600.17-3 2026-03-02T15:00:05Z
}

// Agents write the ids of tickets into their notes.
func ExampleTeamViewer() {
	const report = `id,username,devicename,start_date,end_date,notes
6f1c0a4e,Sam Ortiz,JO-PC,2026-03-02T15:12:04Z,2026-03-02T15:36:40Z,"T-1: removed the adware,
then restarted ""twice"" (see T-2)"
`
	ticket := regexp.MustCompile(`T-\d+`)
	mapping := csvlog.TeamViewer()
	mapping.Issues = "notes"
	mapping.SplitIssues = func(text string) []string { return ticket.FindAllString(text, -1) }
	in, err := csvlog.NewReader(strings.NewReader(report), csvlog.Options{Location: time.UTC, Mapping: mapping})
	if err != nil {
		log.Fatal(err)
	}
	for record, err := range in.All() {
		if err != nil {
			log.Fatal(err)
		}
		session := record.Recording
		fmt.Println(session.ID, session.Software, session.End.Sub(session.Start), session.Issues)
		fmt.Println(session) // names and notes do not print
	}
	// Output:
	// 6f1c0a4e TeamViewer 24m36s [T-1 T-2]
	// recording (24m36s, 2 issues)
}

// The clocks of New York were put back at 02:00. The second call was in either pass of
// the hour.
func ExampleReader_All() {
	const export = `calldate,src,dst,duration,billsec,disposition,accountcode,uniqueid
2025-11-02 00:50:00,5550100,100,4800,4800,ANSWERED,ACC-7,1762059000.1
2025-11-02 01:10:00,5550100,100,600,600,ANSWERED,ACC-7,1762060200.2
`
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	in, err := csvlog.NewReader(strings.NewReader(export), csvlog.Options{Location: newYork, Mapping: csvlog.FreePBX()})
	if err != nil {
		log.Fatal(err)
	}
	for record, err := range in.All() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(record.Call.Start.Format(time.RFC3339), record.Call.End.Format(time.RFC3339), record.Warnings)
	}
	// Output:
	// 2025-11-02T00:50:00-04:00 2025-11-02T01:10:00-05:00 []
	// 2025-11-02T01:10:00-04:00 2025-11-02T01:20:00-04:00 [calldate: the clocks showed the times of this record twice; the earlier reading is used]
}

// A file of another layout is refused at once, with the columns that it lacks.
func ExampleNewReader() {
	const file = `"ACC-7","5550100","100","support","""Jo"" <5550100>"`
	_, err := csvlog.NewReader(strings.NewReader(file), csvlog.Options{Location: time.UTC, Mapping: csvlog.TeamViewer()})
	fmt.Println(err)
	// Output:
	// line 1: refund: invalid input: id: is missing from the file; username: is missing from the file; start_date: is missing from the file (and 1 more)
}
