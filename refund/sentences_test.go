package refund_test

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

var update = flag.Bool("update", false, "write testdata/sentences.txt anew; read what has changed")

// A sentenceRow is a case whose sentences are in testdata/sentences.txt.
type sentenceRow struct {
	reason string
	change func(*refund.Policy, *refund.Case)
}

// sentenceRows cover every verdict, and every status of every clause that can have it.
func sentenceRows(t testing.TB) []sentenceRow {
	const satisfied, advisory, blocking = refund.SeveritySatisfied, refund.SeverityAdvisory, refund.SeverityBlocking
	resolve := func(c *refund.Case, n int) {
		for i := range n {
			c.Issues = append(c.Issues, resolvedAt("T-"+strconv.Itoa(i+1), testkit.March(5, 9, i)))
		}
	}
	find := func(c *refund.Case, clause refund.Clause, severity refund.Severity, subject, detail string) {
		c.Findings = append(c.Findings, refund.Finding{Clause: clause, Severity: severity, Subject: subject, Detail: detail})
	}
	return []sentenceRow{
		{"the whole amount, of a case without reviews", func(p *refund.Policy, c *refund.Case) {}},
		{"one issue resolved, reviewed without objection, called back in time", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 1)
			c.Request.CalledBack = testkit.March(10, 18, 30)
			find(c, refund.ClauseLogReview, satisfied, "T-1", "the call was heard")
			for clause := refund.ClauseCooperation; clause <= refund.ClauseAccountAccess; clause++ {
				find(c, clause, satisfied, "", "")
			}
		}},
		{"every possible objection: no reason, called back late, advisory findings on all clauses", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 2)
			c.Request.Reason = " "
			c.Request.CalledBack = testkit.March(11, 9, 0)
			find(c, refund.ClauseLogReview, advisory, "T-2", "no call found")
			for clause := refund.ClauseCooperation; clause <= refund.ClauseAccountAccess; clause++ {
				find(c, clause, advisory, "", "an objection to "+clause.String())
			}
		}},
		{"charges consume the amount, an early call back", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 8)
			c.Request.CalledBack = testkit.March(10, 13, 0)
		}},
		{"asked on the last day, by phone while the desk was open", func(p *refund.Policy, c *refund.Case) {
			c.Request.At, c.Request.Channel = testkit.March(17, 20, 15), refund.ChannelPhone
		}},
		{"asked after the last day, by phone while the desk was closed; the call back is due over a weekend", func(p *refund.Policy, c *refund.Case) {
			c.Request.At, c.Request.Channel = testkit.March(20, 23, 0), refund.ChannelPhone
		}},
		{"asked in another way, a year after the subscription", func(p *refund.Policy, c *refund.Case) {
			c.Subscription.Start = c.Subscription.Start.AddDate(-1, 0, 0)
			c.Request.Channel = refund.ChannelOther
		}},
		{"a one-time service", func(p *refund.Policy, c *refund.Case) {
			c.Subscription.Service = refund.ServiceType{Code: "virus-removal", Billing: refund.BillingOneTime}
		}},
		{"refunded_if_unresolved: a one-time service without a resolved issue", func(p *refund.Policy, c *refund.Case) {
			p.Readings.OneTime, c.Subscription.Service.Billing = refund.OneTimeRefundedIfUnresolved, refund.BillingOneTime
		}},
		{"refunded_if_unresolved: a one-time service with a resolved issue", func(p *refund.Policy, c *refund.Case) {
			p.Readings.OneTime, c.Subscription.Service.Billing = refund.OneTimeRefundedIfUnresolved, refund.BillingOneTime
			resolve(c, 1)
		}},
		{"partly paid: the cap limits", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 1)
			c.Subscription.Paid = testkit.USD("66.67")
		}},
		{"amount_paid: partly paid, no issue resolved", func(p *refund.Policy, c *refund.Case) {
			p.Readings.DeductFrom = refund.DeductFromAmountPaid
			c.Subscription.Paid = testkit.USD("66.67")
		}},
		{"an earlier refund", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 1)
			c.Subscription.Price, c.Subscription.Paid, c.Subscription.Refunded = testkit.USD("100.00"), testkit.USD("100.00"), testkit.USD("30.00")
		}},
		{"an open dispute and an earlier refund", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 1)
			c.Subscription.Price, c.Subscription.Paid = testkit.USD("100.00"), testkit.USD("100.00")
			c.Subscription.Refunded, c.Subscription.Disputed = testkit.USD("30.00"), testkit.USD("20.00")
		}},
		{"an open dispute over the whole amount", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 1)
			c.Subscription.Disputed = testkit.USD("199.99")
		}},
		{"more was refunded before than the policy grants", func(p *refund.Policy, c *refund.Case) {
			resolve(c, 4)
			c.Subscription.Refunded = testkit.USD("120.00")
		}},
		{"a stranger asked", func(p *refund.Policy, c *refund.Case) { c.Request.By = "ACC-8" }},
		{"a stranger asked, and a finding holds for another reason", func(p *refund.Policy, c *refund.Case) {
			c.Request.By = "ACC-8"
			find(c, refund.ClauseAccountAccess, blocking, "P-4", "the permission looks forged")
		}},
		{"a stranger asked, whose permission was reviewed", func(p *refund.Policy, c *refund.Case) {
			c.Request.By = "ACC-8"
			find(c, refund.ClauseAccountAccess, satisfied, "ACC-8", "letter of 1 March")
		}},
		{"a stranger asked, whose permission was reviewed and withdrawn", func(p *refund.Policy, c *refund.Case) {
			c.Request.By = "ACC-8"
			find(c, refund.ClauseAccountAccess, satisfied, "ACC-8", "letter of 1 March")
			find(c, refund.ClauseAccountAccess, blocking, "P-4", "the letter was withdrawn")
		}},
		{"the requester is unknown", func(p *refund.Policy, c *refund.Case) { c.Request.By = "" }},
		{"a report of unauthorized use is open", func(p *refund.Policy, c *refund.Case) {
			find(c, refund.ClauseCredentials, blocking, "R-1", "reported on 12 March")
		}},
		{"two reports of unauthorized use are open, and findings without words hold too", func(p *refund.Policy, c *refund.Case) {
			find(c, refund.ClauseCredentials, blocking, "R-1", "")
			find(c, refund.ClauseCredentials, blocking, "R-2", "reported on 12 March")
			find(c, refund.ClauseAccountAccess, blocking, "", "")
		}},
		{"a report without an id is open", func(p *refund.Policy, c *refund.Case) {
			find(c, refund.ClauseCredentials, blocking, "", "by telephone, on 12 March")
		}},
		{"same_day", func(p *refund.Policy, c *refund.Case) { p.Readings.DayCount = refund.DayCountSameDay }},
		{"elapsed, both of days and of the call back; resolutions count until the window closes", func(p *refund.Policy, c *refund.Case) {
			p.Readings.DayCount, p.Readings.CallbackClock, p.Readings.ResolvedUntil = refund.DayCountElapsed, refund.CallbackClockElapsed, refund.ResolvedUntilWindowClose
		}},
		{"elapsed, and too late by a second", func(p *refund.Policy, c *refund.Case) {
			p.Readings.DayCount = refund.DayCountElapsed
			c.Request.At = c.Subscription.Start.Add(360*time.Hour + time.Second)
		}},
		{"a window of one day that closed as it opened, by a change of the clocks", func(p *refund.Policy, c *refund.Case) {
			p.Location, p.WindowDays, p.Readings.DayCount = zone(t, "America/St_Johns"), 1, refund.DayCountSameDay
			c.Subscription.Start = instant(t, "2006-10-29T03:00:00Z")
			c.Request.At = c.Subscription.Start
		}},
		{"a window over the new year", func(p *refund.Policy, c *refund.Case) {
			c.Subscription.Start = instant(t, "2025-12-20T10:00:00-05:00")
			c.Request.At = instant(t, "2026-01-02T10:00:00-05:00")
		}},
	}
}

// TestSentences compares every sentence with testdata/sentences.txt, so that a change of one
// is reviewed in the context of the others. After an intended change, run
//
//	go test ./refund -run Sentences -update
func TestSentences(t *testing.T) {
	var all strings.Builder
	all.WriteString("The sentences of package refund, case by case. TestSentences writes this file.\n")
	verdicts, statuses := map[refund.Verdict]bool{}, map[refund.Clause]map[refund.Status]bool{}
	for _, r := range sentenceRows(t) {
		testkit.Row(t, r.reason, func(t *testing.T) {
			p, c := refund.Published(testkit.NewYork), plainCase()
			r.change(&p, &c)
			o := evaluated(t, p, c)
			if law := brokenLaw(c, o); law != "" {
				t.Error(law)
			}
			held := ""
			if o.Held {
				held = ", on hold"
			}
			fmt.Fprintf(&all, "\n# %s\n%v%s: %s\n", r.reason, o.Verdict, held, o.WhyRefundable())
			verdicts[o.Verdict] = true
			var alike []string // clauses in a row with one status and sentence
			for i, clause := range refund.Clauses() {
				status := o.Statuses[clause]
				if statuses[clause] == nil {
					statuses[clause] = map[refund.Status]bool{}
				}
				statuses[clause][status] = true
				alike = append(alike, clause.String())
				if next := refund.Clause(i + 2); !next.IsValid() || o.Statuses[next] != status || o.Why(next) != o.Why(clause) {
					fmt.Fprintf(&all, "  %s %v: %s\n", strings.Join(alike, ", "), status, o.Why(clause))
					alike = nil
				}
			}
		})
	}
	if len(verdicts) != 5 {
		t.Errorf("%d verdicts have sentences, want 5", len(verdicts))
	}
	for clause, want := range map[refund.Clause]int{
		refund.ClauseGuarantee: 2, refund.ClauseCase1: 2, refund.ClauseCase2: 2, refund.ClauseOneTime: 2,
		refund.ClauseTicket: 2, refund.ClauseCallback: 3, refund.ClauseLogReview: 3, refund.ClauseLicensed: 3,
		refund.ClauseCredentials: 4, refund.ClauseAccountAccess: 4, refund.ClauseGoodwill: 1, refund.ClauseCap: 3,
	} {
		if got := len(statuses[clause]); got != want {
			t.Errorf("%v has sentences for %d statuses, want %d", clause, got, want)
		}
	}
	const name = "testdata/sentences.txt"
	if *update {
		if err := os.WriteFile(name, []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	golden, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(strings.ReplaceAll(string(golden), "\r\n", "\n"), "\n"), strings.Split(all.String(), "\n")); diff != "" {
		t.Errorf("sentences have changed (-%s +now); read them, and run with -update:\n%s", name, diff)
	}
}
