package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// manyEvents returns payments. Every fourth has a refund that was submitted and settled, or
// a dispute that was won.
func manyEvents(t testing.TB, n int) []ledger.Event {
	t.Helper()
	var events []ledger.Event
	enter := func(e ledger.Event) {
		e.At = day(2).Add(time.Duration(len(events)) * time.Minute)
		events = append(events, e)
	}
	for i := 0; len(events)+4 <= n; i++ {
		payment := fmt.Sprint("P-", i)
		enter(ledger.Event{Kind: ledger.EventPaid, ID: payment, Amount: usd("100.00")})
		if i%2 == 0 {
			d := refund.Digest{byte(i), byte(i >> 8), 1}
			key := fmt.Sprint("R-", i)
			enter(ledger.Event{Kind: ledger.EventPosted, ID: key, Amount: usd("60.00"), Decision: d, Shares: shares(ledger.Share{Payment: payment, Amount: usd("60.00")})})
			enter(ledger.Event{Kind: ledger.EventSubmitted, ID: keyOf("SUB-1", key, d, payment, usd("60.00"))})
			enter(ledger.Event{Kind: ledger.EventSettled, ID: events[len(events)-1].ID})
			continue
		}
		enter(ledger.Event{Kind: ledger.EventDisputed, ID: fmt.Sprint("D-", i), Payment: payment, Amount: usd("100.00")})
		enter(ledger.Event{Kind: ledger.EventWon, ID: fmt.Sprint("D-", i)})
	}
	for i := 0; len(events) < n; i++ {
		enter(ledger.Event{Kind: ledger.EventPaid, ID: fmt.Sprint("last ", i), Amount: usd("100.00")})
	}
	if books := must(t)(ledger.Restore("SUB-1", usd("1000000.00"), events)); books.Version() != n {
		t.Fatalf("version %d", books.Version())
	}
	return events
}

func BenchmarkPost(b *testing.B) {
	for _, n := range []int{10, 1000} {
		b.Run(fmt.Sprint(n, " events"), func(b *testing.B) {
			books := must(b)(ledger.Restore("SUB-1", usd("1000000.00"), manyEvents(b, n)))
			d := decide(b, books, "70.00")
			b.ReportAllocs()
			for b.Loop() {
				if _, err := books.Post(d, "refund", ledger.Options{}, day(30)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRestore(b *testing.B) {
	for _, n := range []int{20, 200, 2000} {
		b.Run(fmt.Sprint(n, " events"), func(b *testing.B) {
			events := manyEvents(b, n)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ledger.Restore("SUB-1", usd("1000000.00"), events); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReconcile compares the books of one subscription with a statement, in which every
// entry differs.
func BenchmarkReconcile(b *testing.B) {
	for _, n := range []int{1_000, 2_000, 4_000} {
		b.Run(fmt.Sprint(n, " payments"), func(b *testing.B) {
			var s ledger.Statement
			for i := range n {
				id := fmt.Sprint("P-", i)
				s.Payments = append(s.Payments, ledger.ListedPayment{Payment: ledger.Payment{ID: id, At: day(2), Amount: usd("50")}, Reversed: usd("1"), ReversedAt: day(3)})
				s.Refunds = append(s.Refunds, listedRefund("X"+id, id, "20", ""))
				s.Disputes = append(s.Disputes, ledger.DisputeStatus{Dispute: ledger.Dispute{ID: "D" + id, Payment: id, Amount: usd("1"), At: day(4)}})
			}
			books := must(b)(ledger.New("SUB-1", usd("1000000")))
			for b.Loop() {
				if got := ledger.Reconcile(books, s, refund.Money{}); len(got) != 4*n {
					b.Fatalf("%d differences, want %d", len(got), 4*n)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/payment")
		})
	}
}
