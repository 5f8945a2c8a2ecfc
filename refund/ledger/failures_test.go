package ledger_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A refund on two payments fails on one of them: what it took there is free, for a
// decision of its own; the first one is spent.
func TestPartlyFailed(t *testing.T) {
	base := opened(t, "100.00", "25.00", "75.00")
	d := decide(t, base, "60.00")
	books := must(t)(base.Post(planned(t, base, d, "R-1"), day(12)))
	keys := keysOf(planned(t, books, d, "R-1"))
	books = must(t)(books.Settle(keys[1], day(13)))
	books = must(t)(books.Fail(keys[0], day(13)))
	wantFigures(t, books, "100 35 0 65 0 65")
	if r, _ := books.Refund("R-1"); r.State != ledger.StateSettled || !r.Amount.Equal(usd("60.00")) {
		t.Errorf("refund is %+v", r)
	}
	again := planned(t, books, d, "R-1") // which is the plan of that time
	if splitOf(again) != "P-1 25, P-2 35" {
		t.Errorf("planned again: %s", splitOf(again))
	}
	addsNothing(t, books)(books.Post(again, day(14)))
	refusedWith(t, ledger.ErrTransition)(books.Submit(keys[0], day(14)))
	_, err := books.Plan(d, "R-2", ledger.Options{})
	wantOnly(t, err, ledger.ErrConflict)

	rest, _ := refunded(t, books, "25.00", "R-2")
	wantFigures(t, rest, "100 60 0 40 0 40")
	if p := rest.Payments()[0]; short(p.Refunded) != "25" || short(p.Free) != "0" {
		t.Errorf("payment is %+v", p)
	}
}

func TestFailedRefundIsPlannedAgain(t *testing.T) {
	base := opened(t, "100.00", "25.00", "75.00")
	d := decide(t, base, "60.00")
	first := planned(t, base, d, "R-1")
	books := must(t)(base.Post(first, day(12)))
	for i, key := range keysOf(first) {
		_, err := books.Plan(d, "R-2", ledger.Options{})
		wantOnly(t, err, ledger.ErrConflict)
		books = must(t)(books.Fail(key, day(13+i)))
	}
	wantFigures(t, books, "100 0 0 100 0 100")
	if r, _ := books.Refund("R-1"); r.State != ledger.StateFailed {
		t.Errorf("refund is %v", r.State)
	}

	_, err := books.Plan(d, "R-1", ledger.Options{}) // not under the same key
	wantOnly(t, err, ledger.ErrConflict)
	second := planned(t, books, d, "R-2", ledger.OrderNewest)
	if splitOf(second) != "P-2 60" {
		t.Errorf("split is %s", splitOf(second))
	}
	for _, key := range keysOf(first) {
		if key == keysOf(second)[0] {
			t.Error("an instruction of the second try has a key of the first")
		}
	}
	books = must(t)(books.Post(second, day(15)))
	wantFigures(t, books, "100 60 0 40 0 40")
	if list := books.Refunds(); len(list) != 2 || list[0].Key != "R-1" || list[1].Key != "R-2" || list[0].Decision != list[1].Decision {
		t.Errorf("refunds are %+v", list)
	}
	// It is spent again, and the first key stays what it was.
	_, err = books.Plan(d, "R-3", ledger.Options{})
	wantOnly(t, err, ledger.ErrConflict)
	_, err = books.Plan(d, "R-1", ledger.Options{})
	wantOnly(t, err, ledger.ErrConflict)
	addsNothing(t, books)(books.Post(second, day(16)))
	// A settlement of the first try comes late: a person is to look at it.
	refusedWith(t, ledger.ErrTransition)(books.Settle(keysOf(first)[0], day(16)))
	// All fails once more, and a third key is tried.
	books = must(t)(books.Fail(keysOf(second)[0], day(17)))
	planned(t, books, d, "R-3")
	_, err = books.Plan(d, "R-2", ledger.Options{})
	wantOnly(t, err, ledger.ErrConflict)
	if again := must(t)(ledger.Restore("SUB-1", usd("100.00"), books.Events())); !again.Equal(books) {
		t.Error("restored, they are others")
	}
}

// Between the failure and the next try somebody else was faster.
func TestFailedRefundOnOtherBooks(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	d := decide(t, base, "60.00")
	books := must(t)(base.Post(planned(t, base, d, "R-1"), day(12)))
	books = must(t)(books.Fail(keysOf(planned(t, books, d, "R-1"))[0], day(13)))
	other, _ := refunded(t, books, "50.00", "R-2")
	_, err := other.Plan(d, "R-3", ledger.Options{})
	wantOnly(t, err, decision.ErrStale)
	refusedWith(t, decision.ErrStale)(other.Post(planned(t, books, d, "R-3"), day(14)))
}

// Money that the bank sends back after weeks is free again.
func TestSettledAndSentBack(t *testing.T) {
	books, keys := refunded(t, opened(t, "100.00", "100.00"), "100.00", "R-1")
	books = must(t)(books.Settle(keys[0], day(13)))
	wantFigures(t, books, "100 100 0 0 0 0")
	books = must(t)(books.Fail(keys[0], day(30)))
	wantFigures(t, books, "100 0 0 100 0 100")
	books, _ = refunded(t, books, "99.00", "R-2")
	wantFigures(t, books, "100 99 0 1 0 1")
}

// A decision is one by its content: decided once more, word by word, it is the same.
func TestTheSameDecisionMadeTwice(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	books := must(t)(base.Post(planned(t, base, decide(t, base, "40.00"), "R-1"), day(12)))
	_, err := books.Plan(decide(t, base, "40.00"), "R-2", ledger.Options{})
	wantOnly(t, err, ledger.ErrConflict)
	// Another officer's of the same amount is another one, and on other books by now.
	_, err = books.Plan(decideBy(t, base, "bob", usd("40.00")), "R-2", ledger.Options{})
	wantOnly(t, err, decision.ErrStale)
	// On these books, both can be decided.
	books = must(t)(books.Post(planned(t, books, decide(t, books, "40.00"), "R-2"), day(13)))
	wantFigures(t, books, "100 80 0 20 0 20")
}

// Goodwill is released through the same books.
func TestGoodwillIsPosted(t *testing.T) {
	books, _ := refunded(t, opened(t, "100.00", "70.00"), "50.00", "R-1")
	c := asked(t, books)
	c.Request.At = day(30)
	d, err := decision.Grant(policy(), c, shown(t, c), decision.Goodwill{
		By: decision.Officer{ID: "bob", Limit: usd("500.00")}, At: day(31), Charges: usd("60.00"), Fees: usd("0.00"), Reason: "a long wait",
	})

	if err != nil {
		t.Fatal(err)
	}
	p := planned(t, books, d, "R-2")
	if !p.Amount().Equal(usd("20.00")) {
		t.Errorf("the cap leaves 20.00, planned %v", p.Amount())
	}
	wantFigures(t, must(t)(books.Post(p, day(31))), "70 70 0 0 0 0")
}
