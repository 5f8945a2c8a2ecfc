package evidence_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/evidence"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// benchIssues are issues that are each open for an hour, one a minute.
func benchIssues(n int) refund.IssueLog {
	issues := make(refund.IssueLog, n)
	for i := range issues {
		at := opened.Add(time.Duration(i) * time.Minute)
		issues[i] = refund.Issue{ID: fmt.Sprintf("T-%d", i), Opened: at, Resolved: at.Add(time.Hour)}
	}
	return issues
}

// mixedLog has calls, recordings and chats over the time of the issues: of ten records,
// six name an issue, three name none, and one is of another account.
func mixedLog(records, issues int) (log evidence.Log) {
	for i := range records {
		minute := i * 7919 % issues
		start := opened.Add(time.Duration(minute) * time.Minute)
		c := call(fmt.Sprintf("C-%d", i), start, start.Add(5*time.Minute))
		c.Answered = start
		switch n := i % 10; {
		case n < 6:
			c.Issues = []string{fmt.Sprintf("T-%d", minute)}
		case n == 9:
			c.Account = "ACC-8"
		}
		switch i % 3 {
		case 0:
			log.Calls = append(log.Calls, c)
		case 1:
			log.Recordings = append(log.Recordings, recording(c))
		case 2:
			log.Chats = append(log.Chats, chat(c))
		}
	}
	return log
}

// unnamedLog has calls that name no issue, each of them in the time of every issue; the
// last to start comes first.
func unnamedLog(records, issues int) (log evidence.Log) {
	end := opened.Add(time.Duration(issues) * time.Minute)
	for i := range records {
		log.Calls = append(log.Calls, call(fmt.Sprintf("C-%d", i), opened.Add(-time.Duration(i+1)), end))
	}
	return log
}

// backLog has calls in which the customer came back on the last issue, all of them.
func backLog(records, issues int) (log evidence.Log) {
	after := opened.Add(time.Duration(issues+60) * time.Minute)
	for i := range records {
		log.Calls = append(log.Calls, call(fmt.Sprintf("C-%d", i), after, after, fmt.Sprintf("T-%d", issues-1)))
	}
	return log
}

var benchSizes = []struct{ records, issues int }{{1_000, 100}, {10_000, 1_000}}

func BenchmarkReview(b *testing.B) {
	for _, kind := range []struct {
		name string
		log  func(records, issues int) evidence.Log
		want evidence.Standing // of the last issue
	}{
		{"mixed", mixedLog, evidence.StandingCorroborated},
		{"unnamed", unnamedLog, evidence.StandingPlausible},
		{"back", backLog, evidence.StandingDisputed},
	} {
		for _, size := range benchSizes {
			b.Run(fmt.Sprintf("%s/records=%d/issues=%d", kind.name, size.records, size.issues), func(b *testing.B) {
				log, issues := kind.log(size.records, size.issues), benchIssues(size.issues)
				slices.Reverse(issues)
				b.ReportAllocs()
				for b.Loop() {
					r := evidence.Review(log, refund.Case{Subscription: refund.Subscription{ID: "SUB-1", Account: "ACC-7"}, Issues: issues})
					if last := r.Resolutions[size.issues-1]; last.Standing != kind.want {
						b.Fatal(last)
					}
				}
				perRecord(b, size.records)
			})
		}
	}
}

func perRecord(b *testing.B, records int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(records), "ns/record")
}

func BenchmarkDigest(b *testing.B) {
	log := mixedLog(10_000, 1_000)
	b.ReportAllocs()
	for b.Loop() {
		if log.Digest().IsZero() {
			b.Fatal("no digest")
		}
	}
	perRecord(b, log.Len())
}

func BenchmarkValidate(b *testing.B) {
	log := mixedLog(10_000, 1_000)
	b.ReportAllocs()
	for b.Loop() {
		if err := log.Validate(); err != nil {
			b.Fatal(err)
		}
	}
	perRecord(b, log.Len())
}

func BenchmarkStakes(b *testing.B) {
	c := aCase()
	c.Issues = benchIssues(refund.MaxIssues)
	r := review(c, unnamedLog(1, len(c.Issues)))
	b.ReportAllocs()
	for b.Loop() {
		stakes, err := r.Stakes(policy, c)
		if err != nil || len(stakes) != len(c.Issues) {
			b.Fatal(len(stakes), err)
		}
	}
}
