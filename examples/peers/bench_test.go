package peers_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/examples/peers"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// benchCase returns a case with a number of issues, of which two in three count.
func benchCase(issues int) refund.Case {
	start := time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC) // 10:00 in New York
	c := refund.Case{
		Subscription: refund.Subscription{
			ID:      "SUB-1001",
			Account: "ACC-7",
			Service: refund.ServiceType{
				Code:        "pc-care",
				Billing:     refund.BillingRecurring,
				PerInstance: refund.MustMoney("25.00", "USD"),
			},
			Start:    start,
			Price:    refund.MustMoney("199.99", "USD"),
			Paid:     refund.MustMoney("150.00", "USD"),
			Refunded: refund.MustMoney("10.00", "USD"),
		},
		Issues: make(refund.IssueLog, issues),
		Request: refund.Request{
			At:         start.AddDate(0, 0, 9),
			By:         "ACC-7",
			RecordedBy: "ops-1",
			Channel:    refund.ChannelEmail,
			Reason:     "not satisfied",
		},
	}
	for i := range c.Issues {
		c.Issues[i] = refund.Issue{ID: fmt.Sprintf("T-%d", i), Opened: start.Add(time.Hour)}
		if i%3 > 0 {
			c.Issues[i].Resolved = start.Add(2 * time.Hour)
		}
	}
	return c
}

// due is the amount of benchCase(3): 199.99 less twice 25.00, less 10.00 refunded earlier.
const due = 139_99

// sink keeps the compiler from removing the floor's work.
var sink int64

func BenchmarkEvaluate(b *testing.B) {
	newYork := location(b, "America/New_York")
	policy, c := refund.Published(newYork), benchCase(3)
	b.Run("refund", func(b *testing.B) {
		check(b, policy, c, due)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := policy.Evaluate(c); err != nil {
				b.Fatal(err)
			}
		}
	})
	facts, err := factsOf(c)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("floor", func(b *testing.B) { // called directly: a Peer would add a call
		if amount := peers.Floor(facts, policy.WindowDays, newYork); amount != due {
			b.Fatal(amount)
		}
		b.ReportAllocs()
		for b.Loop() {
			sink = peers.Floor(facts, policy.WindowDays, newYork)
		}
	})
	for _, name := range names[1:] {
		b.Run(name, func(b *testing.B) {
			peer := prepare(b, name, policy.WindowDays, newYork)
			if amount, err := peer(facts); err != nil || amount != due {
				b.Fatal(amount, err)
			}
			b.ReportAllocs()
			for b.Loop() {
				amount, err := peer(facts)
				if err != nil {
					b.Fatal(err)
				}
				sink = amount
			}
		})
	}
}

func BenchmarkGrowth(b *testing.B) {
	policy := refund.Published(location(b, "America/New_York"))
	for _, issues := range []int{3, 30, 300, 3000} {
		b.Run(fmt.Sprintf("issues=%d", issues), func(b *testing.B) {
			c := benchCase(issues)
			check(b, policy, c, max(199_99-25_00*int64(issues/3*2)-10_00, 0))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := policy.Evaluate(c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkParallel is for -cpu 1,2. The goroutines share no memory, so two cores should do
// twice as much. The floor shows how much the machine allows.
func BenchmarkParallel(b *testing.B) {
	newYork := location(b, "America/New_York")
	policy, c := refund.Published(newYork), benchCase(3)
	b.Run("refund", func(b *testing.B) {
		check(b, policy, c, due)
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := policy.Evaluate(c); err != nil {
					b.Error(err)
					return
				}
			}
		})
	})
	facts, err := factsOf(c)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("floor", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if peers.Floor(facts, policy.WindowDays, newYork) != due {
					b.Error("wrong amount")
					return
				}
			}
		})
	})
}

// BenchmarkWhy measures the reasons for all clauses of one outcome.
func BenchmarkWhy(b *testing.B) {
	outcome, err := refund.Published(location(b, "America/New_York")).Evaluate(benchCase(3))
	if err != nil {
		b.Fatal(err)
	}
	clauses := refund.Clauses()
	b.ReportAllocs()
	for b.Loop() {
		for _, clause := range clauses {
			if outcome.Why(clause) == "" {
				b.Fatal(clause)
			}
		}
	}
}

// check fails unless the amount is right. It runs before a measurement.
func check(b *testing.B, policy refund.Policy, c refund.Case, want int64) {
	b.Helper()
	outcome, err := policy.Evaluate(c)
	if err != nil {
		b.Fatal(err)
	}
	if amount, err := outcome.Refundable.MinorUnits(); err != nil || amount != want {
		b.Fatal(amount, err)
	}
}
