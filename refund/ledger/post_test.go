package ledger_test

import (
	"errors"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestPost(t *testing.T) {
	books := must(t)(ledger.New("SUB-1", usd("100.00"),
		ledger.Payment{ID: "P-1", At: day(2), Amount: usd("25.00"), Method: "visa 4242"},
		ledger.Payment{ID: "P-2", At: day(3), Amount: usd("75.00")}))
	d := decide(t, books, "60.00")
	after := must(t)(books.Post(d, "R-1", ledger.Options{}, day(12)))
	wantFigures(t, after, "100 60 0 40 0 40")
	wantFigures(t, books, "100 0 0 100 0 100")
	if after.Version() != 3 || books.Version() != 2 || len(books.Refunds()) != 0 {
		t.Errorf("versions %d and %d", books.Version(), after.Version())
	}
	r, found := after.Refund("R-1")
	all := after.Refunds()
	if !found || len(all) != 1 || r.Key != "R-1" || all[0].Key != "R-1" || r.Decision != d.Digest() || !r.Amount.Equal(usd("60.00")) || !r.At.Equal(day(12)) || r.State != ledger.StatePending {
		t.Fatalf("refund is %+v, %v of %d", r, found, len(all))
	}
	for i, want := range []struct{ payment, method, amount string }{{"P-1", "visa 4242", "25"}, {"P-2", "", "35"}} {
		s := r.Shares[i]
		if s.Payment != want.payment || s.Method != want.method || short(s.Amount) != want.amount || s.State != ledger.StatePending || !s.At.Equal(day(12)) {
			t.Errorf("share %d is %+v", i, s)
		}
	}
	if r.Shares[0].Key == r.Shares[1].Key {
		t.Error("two instructions have one key")
	}
	if r, found := after.Refund("R-2"); found || r.Key != "" {
		t.Errorf("found %+v", r)
	}
	got := after.Payments()
	if short(got[0].Refunded)+" "+short(got[0].Available)+" "+short(got[1].Refunded)+" "+short(got[1].Available) != "25 0 35 40" {
		t.Errorf("payments are %+v", got)
	}
}

func TestPostTwice(t *testing.T) {
	books := opened(t, "100.00", "60.00", "40.00")
	d := decide(t, books, "50.00")
	first := posted(t, books, d, "R-1")
	later := must(t)(first.Submit(keysOf(first, "R-1")[0], day(13)))
	later = must(t)(later.RecordPayment(ledger.Payment{ID: "P-3", At: day(13), Amount: usd("10.00")}))
	later = disputed(t, later, "D-1", "P-1", "60.00")
	for _, r := range []struct {
		why   string
		books ledger.Ledger
	}{
		{"at once", first},
		{"after other payments and disputes", later},
		{"after the refund has failed", must(t)(first.Fail(keysOf(first, "R-1")[0], day(13)))},
	} {
		because(t, r.why, func(t *testing.T) {
			for _, order := range []ledger.Order{ledger.OrderOldest, ledger.OrderNewest, ledger.OrderProportional} {
				addsNothing(t, r.books)(r.books.Post(d, "R-1", ledger.Options{Order: order}, day(20)))
			}
			if got := r.books.Refunds()[0]; splitOf(r.books, "R-1") != "P-1 50" || !got.At.Equal(day(12)) {
				t.Errorf("refund is %+v", got)
			}
		})
	}
}

// The errors of Post in their order: each row also has the faults of the rows after it.
func TestPostErrorsInTheirOrder(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	d := decide(t, books, "60.00")
	once := posted(t, books, d, "R-1")
	elsewhere := must(t)(ledger.New("SUB-2", usd("100.00")))
	failed := must(t)(once.Fail(once.Refunds()[0].Shares[0].Key, day(13)))
	dearer := opened(t, "101.00", "100.00")
	open := disputed(t, books, "D-1", "P-1", "50.00")
	stale := must(t)(once.RecordPayment(ledger.Payment{ID: "P-2", At: day(9), Amount: usd("5.00")}))
	invalid := func(paths ...string) func(*testing.T, error) {
		return func(t *testing.T, err error) { wantPaths(t, err, paths...) }
	}
	only := func(want error) func(*testing.T, error) {
		return func(t *testing.T, err error) { wantOnly(t, err, want) }
	}
	judged := func(what, then, now string) func(*testing.T, error) {
		return func(t *testing.T, err error) {
			wantOnly(t, err, decision.ErrStale)
			var of *ledger.BooksError
			if !errors.As(err, &of) || of.What != what || short(of.Then) != then || short(of.Now) != now {
				t.Errorf("error is %v", err)
			}
		}
	}
	for _, r := range []struct {
		why   string
		books ledger.Ledger
		d     decision.Decision
		key   string
		order ledger.Order
		at    time.Time
		want  func(*testing.T, error)
	}{
		{"no decision, no key, no instant and an unknown order", elsewhere, decision.Decision{}, "", 3, time.Time{}, invalid("decision", "key", "order", "at")},
		{"an instant after the year 9999", once, d, "R-1", 0, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), invalid("at")},
		{"a decision on another subscription", elsewhere, d, "", 255, day(12), invalid("decision", "key", "order")},
		{"no key", once, d, "", 0, day(12), invalid("key")},
		{"an unknown order", once, d, "R-1", 3, day(12), invalid("order")},
		{"another subscription comes before a decision that declined", elsewhere, decline(t, books), "R-1", 0, day(12), invalid("decision")},
		{"a decision that declined comes before a conflict of the key", once, decline(t, books), "R-1", 0, day(12), only(decision.ErrNothingToRefund)},
		{"a key of another refund comes before other books", stale, decide(t, books, "50.00"), "R-1", 0, day(12), only(ledger.ErrConflict)},
		{"a key of a failed refund of another decision", failed, decide(t, books, "50.00"), "R-1", 0, day(12), only(ledger.ErrConflict)},
		{"posted under another key, which comes before other books", once, d, "R-2", 0, day(12), only(ledger.ErrConflict)},
		{"another price comes before another amount paid", must(t)(dearer.RecordPayment(ledger.Payment{ID: "P-2", At: day(3), Amount: usd("1.00")})), d, "R-1", 0, day(12), judged("price", "100", "101")},
		{"another amount paid comes before another one refunded", stale, decide(t, books, "50.00"), "R-2", 0, day(12), judged("paid", "100", "105")},
		{"another amount refunded comes before another one disputed", disputed(t, once, "D-1", "P-1", "40.00"), decide(t, books, "50.00"), "R-2", 0, day(12), judged("refunded", "0", "60")},
		{"another amount disputed, and too little is available", open, d, "R-1", 0, day(12), judged("disputed", "0", "50")},
		{"another amount disputed, though enough is available", disputed(t, books, "D-1", "P-1", "0.01"), d, "R-1", 0, day(12), judged("disputed", "0", "0.01")},
		{"a dispute that was won after the decision", must(t)(open.WinDispute("D-1", day(14))), decide(t, open, "40.00"), "R-1", 0, day(15), judged("disputed", "50", "0")},
	} {
		because(t, r.why, func(t *testing.T) {
			version := r.books.Version()
			l, err := r.books.Post(r.d, r.key, ledger.Options{Order: r.order}, r.at)
			if err == nil || !l.Equal(ledger.Ledger{}) {
				t.Fatalf("version %d beside %v", l.Version(), err)
			}
			r.want(t, err)
			if r.books.Version() != version {
				t.Error("the refund was entered")
			}
		})
	}
}

func TestPostOtherCurrency(t *testing.T) {
	yen := openedIn(t, "JPY", "100", "100")
	refusedWith(t, decision.ErrStale)(opened(t, "100.00", "100.00").Post(decide(t, yen, "60"), "R-1", ledger.Options{}, day(12)))
}

func TestMaxEvents(t *testing.T) {
	var events []ledger.Event
	for i := range ledger.MaxEvents - 1 {
		events = append(events, ledger.Event{Kind: ledger.EventPaid, At: day(2), ID: "P-" + time.Duration(i).String(), Amount: usd("1.00")})
	}
	books := must(t)(ledger.Restore("SUB-1", usd("100.00"), events))
	d := decide(t, books, "2.00")
	full := posted(t, books, d, "R-1")
	if full.Version() != ledger.MaxEvents {
		t.Fatalf("version %d", full.Version())
	}
	one := ledger.Payment{ID: "P-1ns", At: day(2), Amount: usd("1.00")}
	addsNothing(t, full)(full.RecordPayment(one))
	addsNothing(t, full)(full.Post(d, "R-1", ledger.Options{}, day(12)))
	invalidWith(t, "events")(full.Post(decide(t, full, "1.00"), "R-2", ledger.Options{}, day(12)))
	// Beyond the limit, facts are recorded, and posted refunds can be sent.
	one.ID = "new"
	beyond := must(t)(full.RecordPayment(one))
	beyond = disputed(t, beyond, "D-1", "new", "1.00")
	beyond = must(t)(beyond.Submit(keysOf(beyond, "R-1")[0], day(12)))
	beyond = must(t)(beyond.Settle(keysOf(beyond, "R-1")[0], day(13)))
	invalidWith(t, "events")(beyond.Post(decide(t, beyond, "1.00"), "R-2", ledger.Options{}, day(12)))
	if beyond.Version() != ledger.MaxEvents+4 || !must(t)(ledger.Restore("SUB-1", usd("100.00"), beyond.Events())).Equal(beyond) {
		t.Errorf("version %d", beyond.Version())
	}
	wantFigures(t, full, "1999 2 0 1997 0 98")
	if !must(t)(ledger.Restore("SUB-1", usd("100.00"), full.Events())).Equal(full) {
		t.Error("the restored ledger differs")
	}
	invalidWith(t, "events[2000].events")(ledger.Restore("SUB-1", usd("100.00"), append(full.Events(), ledger.Event{
		Kind: ledger.EventPosted, At: day(12), ID: "R-2", Amount: usd("1.00"), Decision: refund.Digest{1}, Shares: shares(ledger.Share{Payment: "P-5ns", Amount: usd("1.00")}),
	})))
}
