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
	books := opened(t, "100.00", "25.00", "75.00")
	d := decide(t, books, "60.00")
	p := planned(t, books, d, "R-1")
	after := must(t)(books.Post(p, day(12)))
	wantFigures(t, after, "100 60 0 40 0 40")
	wantFigures(t, books, "100 0 0 100 0 100")
	if after.Version() != 3 {
		t.Errorf("version %d", after.Version())
	}
	r, found := after.Refund("R-1")
	all := after.Refunds()
	if !found || len(all) != 1 || r.Key != "R-1" || all[0].Key != "R-1" || r.Decision != d.Digest() || !r.Amount.Equal(usd("60.00")) || !r.At.Equal(day(12)) || r.State != ledger.StatePending {
		t.Fatalf("refund is %+v, %v of %d", r, found, len(all))
	}
	for i, instruction := range p.Instructions() {
		s := r.Shares[i]
		if s.Key != instruction.Key || s.Payment != instruction.Payment || !s.Amount.Equal(instruction.Amount) || s.State != ledger.StatePending || !s.At.Equal(day(12)) {
			t.Errorf("share %d is %+v of %+v", i, s, instruction)
		}
	}
	if r, found := after.Refund("R-2"); found || r.Key != "" {
		t.Errorf("found %+v", r)
	}
	got := after.Payments()
	if short(got[0].Refunded)+" "+short(got[0].Free)+" "+short(got[1].Refunded)+" "+short(got[1].Free) != "25 0 35 40" {
		t.Errorf("payments are %+v", got)
	}
}

func TestPostTwice(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	d := decide(t, books, "60.00")
	p := planned(t, books, d, "R-1")
	posted := must(t)(books.Post(p, day(12)))

	addsNothing(t, posted)(posted.Post(p, day(12)))
	addsNothing(t, posted)(posted.Post(p, day(20))) // instants are no content
	if at := posted.Refunds()[0].At; !at.Equal(day(12)) {
		t.Errorf("posted at %v", at)
	}
	again := planned(t, posted, d, "R-1")
	if again.Version() != 2 || splitOf(again) != splitOf(p) || again.Instructions()[0].Key != p.Instructions()[0].Key || again.Decision() != d.Digest() {
		t.Errorf("planned again: version %d, %s", again.Version(), splitOf(again))
	}
	addsNothing(t, posted)(posted.Post(again, day(13)))

	// Whatever has happened since.
	later := must(t)(posted.Submit(keysOf(p)[0], day(13)))
	later = must(t)(later.Receive(ledger.Payment{ID: "P-2", At: day(13), Amount: usd("10.00")}))
	later = disputed(t, later, "D-1", "P-1", "100.00")
	addsNothing(t, later)(later.Post(p, day(14)))
	addsNothing(t, later)(later.Post(again, day(14)))
	for _, order := range []ledger.Order{ledger.OrderOldest, ledger.OrderNewest, ledger.OrderProportional} {
		if p := planned(t, later, d, "R-1", order); splitOf(p) != "P-1 60" || p.Version() != later.Version() {
			t.Errorf("planned again: %s", splitOf(p))
		}
	}
	// A failed refund is in the books under its key, and stays failed.
	failed := must(t)(posted.Fail(keysOf(p)[0], day(13)))
	addsNothing(t, failed)(failed.Post(p, day(14)))
	addsNothing(t, failed)(failed.Post(again, day(14)))
	wantFigures(t, failed, "100 0 0 100 0 100")
}

func TestPostRefuses(t *testing.T) {
	base := opened(t, "100.00", "60.00", "40.00")
	d, e := decide(t, base, "60.00"), decide(t, base, "50.00")
	p := planned(t, base, d, "R-1")
	posted := must(t)(base.Post(p, day(12)))
	moved := must(t)(base.Receive(ledger.Payment{ID: "P-3", At: day(9), Amount: usd("1.00")}))
	elsewhere := must(t)(ledger.New(refund.Subscription{ID: "SUB-2", Price: usd("100.00")}))
	failed := must(t)(posted.Fail(keysOf(p)[0], day(13)))
	invalid := func(path string) func(*testing.T, error) {
		return func(t *testing.T, err error) { wantPaths(t, err, path) }
	}
	conflict := func(t *testing.T, err error) { wantOnly(t, err, ledger.ErrConflict) }
	stale := func(planned, now int) func(*testing.T, error) {
		return func(t *testing.T, err error) {
			wantOnly(t, err, decision.ErrStale)
			var of *ledger.VersionError
			if !errors.As(err, &of) || of.Planned != planned || of.Now != now {
				t.Errorf("error is %v", err)
			}
		}
	}
	for _, r := range []struct {
		why   string
		books ledger.Ledger
		p     ledger.Plan
		at    time.Time
		want  func(*testing.T, error)
	}{
		{"the zero Plan", base, ledger.Plan{}, day(12), invalid("plan")},
		{"a plan for another subscription", elsewhere, p, day(12), invalid("plan")},
		{"no instant", base, p, time.Time{}, invalid("at")},
		{"an instant after the years", base, p, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), invalid("at")},
		{"another decision under the same key", posted, planned(t, base, e, "R-1"), day(12), conflict},
		{"another amount, newly decided, under the same key", posted, planned(t, base, decide(t, base, "30.00"), "R-1"), day(12), conflict},
		{"the same decision under another key", posted, planned(t, base, d, "R-2"), day(12), conflict},
		{"the same decision under the same key, split in another way", posted, planned(t, base, e, "R-1", ledger.OrderNewest), day(12), conflict},
		{"a conflict comes before a stale version", must(t)(posted.Receive(ledger.Payment{ID: "P-3", At: day(9), Amount: usd("1.00")})), planned(t, base, d, "R-2"), day(12), conflict},
		{"a payment came since", moved, p, day(12), stale(2, 3)},
		{"a dispute came since", disputed(t, base, "D-1", "P-1", "1.00"), p, day(12), stale(2, 3)},
		{"another refund came since", posted, planned(t, base, e, "R-2"), day(12), stale(2, 3)},
		{"the books have moved on and back", failed, planned(t, base, e, "R-2"), day(12), stale(2, 4)},
		{"the decision is free again, and the plan is old", failed, planned(t, base, d, "R-2"), day(12), stale(2, 4)},
		{"a plan of books that went another way", opened(t, "100.00", "60.00"), p, day(12), stale(2, 1)},
	} {
		because(t, r.why, func(t *testing.T) {
			before := r.books.Events()
			l, err := r.books.Post(r.p, r.at)
			if err == nil || !l.Equal(ledger.Ledger{}) {
				t.Errorf("version %d beside %v", l.Version(), err)
			}
			r.want(t, err)
			if len(r.books.Events()) != len(before) {
				t.Error("it was entered")
			}
		})
	}
}

// One decision on books of two payments can be split in more than one way. The second
// split is another content under the same key.
func TestPostSameDecisionOtherSplit(t *testing.T) {
	books := opened(t, "100.00", "60.00", "40.00")
	d := decide(t, books, "50.00")
	first, second := planned(t, books, d, "R-1"), planned(t, books, d, "R-1", ledger.OrderNewest)
	if splitOf(first) == splitOf(second) {
		t.Fatal("this test is wrong")
	}
	posted := must(t)(books.Post(first, day(12)))
	refusedWith(t, ledger.ErrConflict)(posted.Post(second, day(12)))
	addsNothing(t, posted)(posted.Post(first, day(12)))
}

// Versions count events: books that went another way may have the version of a plan.
// What does not fit them is refused all the same.
func TestPostOnBooksThatWentAnotherWay(t *testing.T) {
	base := opened(t, "100.00", "60.00")
	here := must(t)(base.Receive(ledger.Payment{ID: "P-2", At: day(5), Amount: usd("40.00")}))
	p := planned(t, here, decide(t, here, "80.00"), "R-1")
	small := planned(t, here, decide(t, here, "60.00"), "R-2")
	for _, r := range []struct {
		why  string
		p    ledger.Plan
		to   ledger.Ledger
		want error
	}{
		{"a payment is not there", p, must(t)(base.Receive(ledger.Payment{ID: "P-3", At: day(5), Amount: usd("40.00")})), ledger.ErrUnknown},
		{"a payment is smaller there", p, must(t)(base.Receive(ledger.Payment{ID: "P-2", At: day(5), Amount: usd("19.99")})), ledger.ErrInsufficient},
		{"a payment is smaller there, though altogether there is enough", p, must(t)(must(t)(ledger.New(sold(usd("100.00")), ledger.Payment{ID: "P-1", At: day(2), Amount: usd("59.99")})).Receive(ledger.Payment{ID: "P-2", At: day(5), Amount: usd("40.01")})), ledger.ErrInsufficient},
		{"a payment is disputed there", small, disputed(t, base, "D-1", "P-1", "0.01"), ledger.ErrInsufficient},
		{"a part was refunded there", small, func() ledger.Ledger { l, _ := refunded(t, base, "0.01", "R-9"); return l }(), ledger.ErrInsufficient},
		{"the price is lower there", small, openedIn(t, "USD", "59.99", "60.00", "40.00"), ledger.ErrInsufficient},
	} {
		because(t, r.why, func(t *testing.T) {
			if r.to.Version() != r.p.Version() {
				t.Fatalf("version %d, and a plan of %d", r.to.Version(), r.p.Version())
			}
			refusedWith(t, r.want)(r.to.Post(r.p, day(12)))
		})
	}
}

func TestMaxEvents(t *testing.T) {
	var events []ledger.Event
	for i := range ledger.MaxEvents - 1 {
		events = append(events, ledger.Event{Kind: ledger.EventPaid, At: day(2), ID: "P-" + time.Duration(i).String(), Amount: usd("1.00")})
	}
	books := must(t)(ledger.Restore("SUB-1", usd("100.00"), events))
	p := planned(t, books, decide(t, books, "2.00"), "R-1")
	full := must(t)(books.Post(p, day(12)))
	if full.Version() != ledger.MaxEvents {
		t.Fatalf("version %d", full.Version())
	}
	one := ledger.Payment{ID: "P-1ns", At: day(2), Amount: usd("1.00")}
	addsNothing(t, full)(full.Receive(one)) // what is known needs no room
	addsNothing(t, full)(full.Post(p, day(12)))
	one.ID = "new"
	invalidWith(t, "events")(full.Receive(one))
	invalidWith(t, "events")(full.Submit(keysOf(p)[0], day(12)))
	wantFigures(t, full, "1999 2 0 1997 0 98")
	if !must(t)(ledger.Restore("SUB-1", usd("100.00"), full.Events())).Equal(full) {
		t.Error("restored, they are others")
	}
	l, err := ledger.Restore("SUB-1", usd("100.00"), append(full.Events(), ledger.Event{Kind: ledger.EventPaid, At: day(2), ID: "new", Amount: usd("1.00")}))
	if err == nil || !l.Equal(ledger.Ledger{}) || len(pathsOf(err)) != 1 {
		t.Errorf("2001 events: %v", err)
	}
}
