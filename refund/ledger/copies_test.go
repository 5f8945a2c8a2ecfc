package ledger_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// portrait returns everything that the methods of books return.
func portrait(l ledger.Ledger) string {
	text := fmt.Sprintln(l.SubscriptionID(), l.Price(), l.Version(), l.Totals())
	text += fmt.Sprintln(l.Events())
	text += fmt.Sprintln(l.Payments())
	text += fmt.Sprintln(l.Refunds())
	text += fmt.Sprintln(l.OutsideRefunds(), l.Reversals(), l.Outstanding(), l.Alerts())
	return text + fmt.Sprintln(l.Disputes())
}

// Callers may change the results of methods.
func TestMethodsReturnCopies(t *testing.T) {
	books := longHistory(t)
	before := portrait(books)
	for _, r := range []struct {
		why    string
		scrawl func()
	}{
		{"events", func() {
			for _, list := range [][]ledger.Event{books.Events()} {
				for i := range list {
					for j := range list[i].Shares {
						list[i].Shares[j] = ledger.Share{Payment: "changed"}
					}
					list[i] = ledger.Event{}
				}
				_ = append(list[:0], ledger.Event{ID: "changed"})
			}
		}},
		{"shares of events", func() {
			for _, e := range books.Events() {
				for j := range e.Shares {
					e.Shares[j].Amount = usd("1.00")
				}
			}
		}},
		{"payments", func() { clear(books.Payments()) }},
		{"facts", func() {
			clear(books.Disputes())
			clear(books.OutsideRefunds())
			clear(books.Reversals())
			clear(books.Alerts())
			clear(books.Outstanding())
		}},
		{"refunds", func() {
			list := books.Refunds()
			for i := range list {
				clear(list[i].Shares)
			}
			clear(list)
			r, _ := books.Refund("R-1")
			clear(r.Shares)
		}},
	} {
		because(t, r.why, func(t *testing.T) {
			r.scrawl()
			if portrait(books) != before {
				t.Error("the books have changed")
			}
		})
	}
	if after := posted(t, books, decide(t, books, "10.00"), "R-3"); after.Version() != books.Version()+1 || !after.Refunds()[2].Amount.Equal(usd("10.00")) {
		t.Errorf("posted %+v", after.Refunds())
	}
}

// Books do not keep the arguments of their constructors.
func TestConstructorsCopy(t *testing.T) {
	events := longHistory(t).Events()
	books := must(t)(ledger.Restore("SUB-1", usd("100.00"), events))
	before := portrait(books)
	for i := range events {
		for j := range events[i].Shares {
			events[i].Shares[j] = ledger.Share{Payment: "changed"}
		}
		events[i] = ledger.Event{}
	}
	payments := []ledger.Payment{{ID: "P-1", At: day(2), Amount: usd("60.00")}}
	small := must(t)(ledger.New("SUB-1", usd("100.00"), payments...))
	payments[0].ID = "changed"
	if portrait(books) != before || small.Payments()[0].ID != "P-1" {
		t.Error("the books have changed")
	}
}

// Monotonic clock readings are dropped.
func TestInstantsAreStripped(t *testing.T) {
	now := time.Now()
	books := must(t)(ledger.New("SUB-1", usd("100.00"), ledger.Payment{ID: "P-1", At: now, Amount: usd("1.00")}))
	if got := books.Events()[0].At; got != now.Round(0) {
		t.Errorf("%v became %v", now, got)
	}
}

// No method changes the books that it is called on, nor other books made from them.
func TestMethodsDoNotChangeTheBooks(t *testing.T) {
	base := longHistory(t)
	d := decide(t, base, "10.00")
	last := base.Refunds()[1].Shares[0].Key
	ops := map[string]func() (ledger.Ledger, error){
		"RecordPayment": func() (ledger.Ledger, error) {
			return base.RecordPayment(ledger.Payment{ID: "P-3", At: day(20), Amount: usd("5.00")})
		},
		"Post":          func() (ledger.Ledger, error) { return base.Post(d, "R-3", ledger.Options{}, day(20)) },
		"Submit":        func() (ledger.Ledger, error) { return base.Submit(last, day(20)) },
		"Settle":        func() (ledger.Ledger, error) { return base.Settle(last, day(20)) },
		"Fail":          func() (ledger.Ledger, error) { return base.Fail(last, day(20)) },
		"RecordDispute": func() (ledger.Ledger, error) { return base.RecordDispute(claimOf("D-3")) },
		"WinDispute": func() (ledger.Ledger, error) {
			return disputed(t, base, "D-3", "P-2", "1.00").WinDispute("D-3", day(20))
		},
		"LoseDispute": func() (ledger.Ledger, error) {
			return disputed(t, base, "D-3", "P-2", "1.00").LoseDispute("D-3", usd("1.00"), day(20))
		},
		"RecordReversal": func() (ledger.Ledger, error) {
			return base.RecordReversal(ledger.Reversal{ID: "V-1", At: day(20), Payment: "P-1", Amount: usd("1.00"), Refund: "F-1", Dispute: "D-2"})
		},
		"RecordRefund": func() (ledger.Ledger, error) {
			return base.RecordRefund(ledger.OutsideRefund{ID: "F-2", At: day(20), Payment: "P-1", Amount: usd("1.00")})
		},
		"RecordRefund of an instruction": func() (ledger.Ledger, error) {
			return base.RecordRefund(ledger.OutsideRefund{ID: "F-2", At: day(20), Amount: base.Refunds()[1].Shares[0].Amount, Key: last})
		},
		"FailRefund": func() (ledger.Ledger, error) {
			return outside(t, base, "F-2", "P-1", "1.00").FailRefund("F-2", day(20))
		},
		"RecordPayment faulty": func() (ledger.Ledger, error) {
			return base.RecordPayment(ledger.Payment{})
		},
		"Post stale": func() (ledger.Ledger, error) {
			return must(t)(base.Fail(last, day(20))).Post(d, "R-3", ledger.Options{}, day(20))
		},
	}
	before := portrait(base)
	made := map[string]ledger.Ledger{}
	portraits := map[string]string{}
	for name, op := range ops {
		l, _ := op()
		made[name], portraits[name] = l, portrait(l)
		if portrait(base) != before {
			t.Errorf("%s has changed the books", name)
		}
	}
	for name, op := range ops { // again, after other books were made from base
		l, _ := op()
		if portrait(l) != portraits[name] || portrait(made[name]) != portraits[name] {
			t.Errorf("%s: the second result differs", name)
		}
	}
	for name, l := range made {
		if again, err := ledger.Restore("SUB-1", usd("100.00"), l.Events()); l.Version() > 0 && (err != nil || portrait(again) != portraits[name]) {
			t.Errorf("%s: the restored ledger differs: %v", name, err)
		}
	}
}

func claimOf(id string) ledger.Dispute {
	return ledger.Dispute{ID: id, Payment: "P-2", Amount: usd("1.00"), At: day(20)}
}

// Many goroutines may use the same books at once, as the race detector checks.
func TestConcurrentUse(t *testing.T) {
	base := longHistory(t)
	d := decide(t, base, "10.00")
	before := portrait(base)
	var group sync.WaitGroup
	for i := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			l := base
			for j := range 5 {
				next, err := l.RecordPayment(ledger.Payment{ID: fmt.Sprint("P-", i, "-", j), At: day(20), Amount: usd("1.00")})
				if err != nil {
					t.Errorf("refused: %v", err)
					return
				}
				l = next
			}
			posted, err := base.Post(d, "R-3", ledger.Options{}, day(20))
			if err != nil || posted.Version() != 16 || l.Version() != 20 || portrait(base) != before {
				t.Errorf("versions %d and %d: %v", posted.Version(), l.Version(), err)
			}
			_, err = posted.Subscription(refund.Subscription{ID: "SUB-1", Price: usd("100.00")})
			if err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()
}
