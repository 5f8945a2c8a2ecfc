package cdr_test

import (
	"errors"
	"fmt"
	"log"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // for machines without a time-zone database

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/evidence/cdr"
)

// A file becomes a log. The dial plan writes the ids of issues to the user field. One
// line was cut off when the disk was full.
func Example() {
	const file = `"ACC-7","5550100","100","support","""Jo"" <5550100>","SIP/trunk-1","SIP/desk-2","Dial","SIP/desk,30","2026-03-02 10:00:00","2026-03-02 10:00:05","2026-03-02 10:10:05",605,600,"ANSWERED","DOCUMENTATION","1772463600.17","T-1 T-2"
"ACC-7","5550100","100","support","""Jo"" <5550100>","SIP/trunk-3","SIP/des
"ACC-7","5550100","100","support","""Jo"" <5550100>","SIP/trunk-5","SIP/desk-6","Dial","SIP/desk,30","2026-03-02 11:00:00",,"2026-03-02 11:00:30",30,0,"NO ANSWER","DOCUMENTATION","1772467200.21",""
`
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}

	var found evidence.Log
	for row, err := range cdr.Read(strings.NewReader(file), cdr.Options{Location: newYork}) {
		var line *evidence.LineError
		if errors.As(err, &line) {
			fmt.Println("skipped:", line)
			continue
		}
		if err != nil {
			log.Fatal(err)
		}
		call := row.Call()
		call.Issues = strings.Fields(row.UserField)
		found.Calls = append(found.Calls, call)
	}
	if err := found.Validate(); err != nil {
		log.Fatal(err)
	}
	for _, call := range found.Calls {
		fmt.Println(call.ID, call.Start.Format(time.RFC3339), "answered:", !call.Answered.IsZero(), call.Issues)
	}
	// Output:
	// skipped: line 2: refund: invalid input: has a misplaced or a missing quote
	// 1772463600.17 2026-03-02T10:00:00-05:00 answered: true [T-1 T-2]
	// 1772467200.21 2026-03-02T11:00:00-05:00 answered: false []
}

// The dial plan has its own account codes, which the host maps to accounts. One channel
// has two rows, which need different ids.
func ExampleRow_Call() {
	const file = `"vip/0007","5550100","100","support","","SIP/trunk-1","SIP/desk-2","Dial","","2026-03-02 10:00:00",,"2026-03-02 10:00:20",20,0,"NO ANSWER","DOCUMENTATION","1772445600.17","","","1772445600.17",40
"vip/0007","5550100","100","support","","SIP/trunk-1","SIP/desk-3","Dial","","2026-03-02 10:00:20","2026-03-02 10:00:25","2026-03-02 10:10:25",605,600,"ANSWERED","DOCUMENTATION","1772445600.17","","","1772445600.17",41
"test","100","101","internal","","SIP/desk-2","SIP/desk-3","Dial","","2026-03-02 12:00:00",,"2026-03-02 12:00:05",5,0,"BUSY","DOCUMENTATION","1772452800.18","","","1772452800.18",42
`
	accounts := map[string]string{"vip/0007": "ACC-7"}
	for row, err := range cdr.Read(strings.NewReader(file), cdr.Options{Location: time.UTC}) {
		if err != nil {
			log.Fatal(err)
		}
		account, known := accounts[row.AccountCode]
		if !known {
			continue // not a customer's account
		}
		call := row.Call()
		call.Account = account
		call.ID += "-" + strconv.Itoa(row.Sequence)
		fmt.Println(call.ID, call.Account, call.End.Sub(call.Start))
	}
	// Output:
	// 1772445600.17-40 ACC-7 20s
	// 1772445600.17-41 ACC-7 10m5s
}

// The clocks were put back from 02:00 to 01:00 during the calls. Each row's durations
// show which 01:10 it means.
func ExampleRead() {
	const file = `"ACC-7","","","","","","","Dial","","2025-11-02 00:50:00","2025-11-02 00:50:00","2025-11-02 01:10:00",1200,1200,"ANSWERED","DOCUMENTATION"
"ACC-7","","","","","","","Dial","","2025-11-02 00:50:00","2025-11-02 00:50:00","2025-11-02 01:10:00",4800,4800,"ANSWERED","DOCUMENTATION"
"ACC-7","","","","","","","Dial","","2025-11-02 00:50:00","2025-11-02 00:50:00","2025-11-02 01:10:00",3000,3000,"ANSWERED","DOCUMENTATION"
`
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		log.Fatal(err)
	}
	for row, err := range cdr.Read(strings.NewReader(file), cdr.Options{Location: newYork}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(row.End.Format(time.RFC3339), row.Duration)
	}
	// Output:
	// 2025-11-02T01:10:00-04:00 20m0s
	// 2025-11-02T01:10:00-05:00 1h20m0s
	// line 3: refund: invalid input: duration: is not the time from start to end; billsec: is not the time from answer to end
}

// A file was written with loguserfield, and without loguniqueid.
func ExampleOptions() {
	const file = `"ACC-7","5550100","100","support","","SIP/trunk-1","SIP/desk-2","Dial","","2026-03-02 10:00:00","2026-03-02 10:00:05","2026-03-02 10:10:05",605,600,"ANSWERED","DOCUMENTATION","T-1"
`
	options := cdr.Options{Location: time.UTC, UserFieldAlone: true}
	for row, err := range cdr.Read(strings.NewReader(file), options) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(row.Call().ID, "about", row.UserField)
	}
	// Output:
	// line-1 about T-1
}

// A row prints without names and numbers, whatever the verb.
func ExampleRow_String() {
	row := cdr.Row{
		Line: 17, Source: "5550100", CallerID: `"Jo Doe" <5550100>`,
		Duration: 80 * time.Second, Billable: 65 * time.Second, Disposition: cdr.DispositionAnswered,
	}
	fmt.Println(row)
	fmt.Printf("%#v\n", []cdr.Row{row})
	// Output:
	// line 17: ANSWERED (1m20s, billable 1m5s)
	// []cdr.Row{line 17: ANSWERED (1m20s, billable 1m5s)}
}

// A host stored dispositions as text and reads them back.
func ExampleDisposition() {
	for _, text := range []string{"NO ANSWER", "no answer"} {
		var disposition cdr.Disposition
		if err := disposition.UnmarshalText([]byte(text)); err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(disposition, disposition == cdr.DispositionNoAnswer)
	}
	// Output:
	// NO ANSWER true
	// refund: invalid input: disposition: is not one of NO ANSWER, FAILED, BUSY, ANSWERED, CONGESTION, UNKNOWN, CANCEL
}
