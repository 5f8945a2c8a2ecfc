package ledger_test

import (
	"slices"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// A refund on two payments fails on one of them. That amount is available for another
// decision; the first decision cannot be posted again.
func TestPartlyFailed(t *testing.T) {
	base := opened(t, "100.00", "25.00", "75.00")
	d := decide(t, base, "60.00")
	books := posted(t, base, d, "R-1")
	keys := keysOf(books, "R-1")
	books = must(t)(books.Settle(keys[1], day(13)))
	books = must(t)(books.Fail(keys[0], day(13)))
	wantFigures(t, books, "100 35 0 65 0 65")
	if r, _ := books.Refund("R-1"); r.State != ledger.StateSettled || !r.Amount.Equal(usd("60.00")) {
		t.Errorf("refund is %+v", r)
	}
	addsNothing(t, books)(books.Post(d, "R-1", ledger.Options{}, day(14)))
	refusedWith(t, ledger.ErrFailed)(books.Submit(keys[0], day(14)))
	refusedWith(t, ledger.ErrConflict)(books.Post(d, "R-2", ledger.Options{}, day(14)))

	rest, _ := refunded(t, books, "25.00", "R-2")
	wantFigures(t, rest, "100 60 0 40 0 40")
	if p := rest.Payments()[0]; short(p.Refunded) != "25" || short(p.Available) != "0" {
		t.Errorf("payment is %+v", p)
	}
}

func TestFailedRefundIsPostedAgain(t *testing.T) {
	base := opened(t, "100.00", "25.00", "75.00")
	d := decide(t, base, "60.00")
	books := posted(t, base, d, "R-1")
	first := keysOf(books, "R-1")
	for i, key := range first {
		refusedWith(t, ledger.ErrConflict)(books.Post(d, "R-2", ledger.Options{}, day(13)))
		books = must(t)(books.Fail(key, day(13+i)))
	}
	wantFigures(t, books, "100 0 0 100 0 100")
	if r, _ := books.Refund("R-1"); r.State != ledger.StateFailed {
		t.Errorf("refund is %v", r.State)
	}

	addsNothing(t, books)(books.Post(d, "R-1", ledger.Options{}, day(15))) // posted again under its key, it stays failed
	books = posted(t, books, d, "R-2", ledger.OrderNewest)
	if splitOf(books, "R-2") != "P-2 60" {
		t.Errorf("split is %s", splitOf(books, "R-2"))
	}
	second := keysOf(books, "R-2")[0]
	if slices.Contains(first, second) {
		t.Error("an instruction of the second try has a key of the first")
	}
	wantFigures(t, books, "100 60 0 40 0 40")
	if list := books.Refunds(); len(list) != 2 || list[0].Key != "R-1" || list[1].Key != "R-2" || list[0].Decision != list[1].Decision {
		t.Errorf("refunds are %+v", list)
	}
	// The decision cannot be posted under a third key.
	refusedWith(t, ledger.ErrConflict)(books.Post(d, "R-3", ledger.Options{}, day(16)))
	addsNothing(t, books)(books.Post(d, "R-1", ledger.Options{}, day(16)))
	addsNothing(t, books)(books.Post(d, "R-2", ledger.Options{}, day(16)))
	// After the second failure it can.
	books = posted(t, must(t)(books.Fail(second, day(17))), d, "R-3")
	addsNothing(t, books)(books.Post(d, "R-2", ledger.Options{}, day(18)))
	if again := must(t)(ledger.Restore("SUB-1", usd("100.00"), books.Events())); !again.Equal(books) {
		t.Error("the restored ledger differs")
	}
}

// After a failure the case has the outcome of before, with the same digest, and is decided
// again by a decision of its own.
func TestFailedRefundIsDecidedAgain(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	seen := shown(t, asked(t, base))
	books := posted(t, base, decide(t, base, "60.00"), "R-1")
	if shown(t, asked(t, books)) == seen {
		t.Error("the refund is not in the outcome")
	}
	books = must(t)(books.Fail(keysOf(books, "R-1")[0], day(13)))
	if shown(t, asked(t, books)) != seen {
		t.Error("the failed refund is in the outcome")
	}
	books = posted(t, books, decideBy(t, books, "bob", usd("60.00")), "R-2")
	wantFigures(t, books, "100 60 0 40 0 40")
}

// Another refund was posted between the failure and the next try.
func TestFailedRefundOnOtherBooks(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	d := decide(t, base, "60.00")
	books := posted(t, base, d, "R-1")
	books = must(t)(books.Fail(keysOf(books, "R-1")[0], day(13)))
	other, _ := refunded(t, books, "50.00", "R-2")
	refusedWith(t, decision.ErrStale)(other.Post(d, "R-3", ledger.Options{}, day(14)))
}

// Money that the bank returns weeks after the settlement is available again.
func TestSettledAndSentBack(t *testing.T) {
	books, keys := refunded(t, opened(t, "100.00", "100.00"), "100.00", "R-1")
	books = must(t)(books.Settle(keys[0], day(13)))
	wantFigures(t, books, "100 100 0 0 0 0")
	books = must(t)(books.Fail(keys[0], day(30)))
	wantFigures(t, books, "100 0 0 100 0 100")
	books, _ = refunded(t, books, "99.00", "R-2")
	wantFigures(t, books, "100 99 0 1 0 1")
}

// A decision is identified by its content: a second decision with equal content is the same.
func TestTheSameDecisionMadeTwice(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	books := posted(t, base, decide(t, base, "40.00"), "R-1")
	refusedWith(t, ledger.ErrConflict)(books.Post(decide(t, base, "40.00"), "R-2", ledger.Options{}, day(13)))
	// Another officer's decision on the same amount is a different one, and is stale.
	refusedWith(t, decision.ErrStale)(books.Post(decideBy(t, base, "bob", usd("40.00")), "R-2", ledger.Options{}, day(13)))
	// On the current books, it can be made and posted.
	books, _ = refunded(t, books, "40.00", "R-2")
	wantFigures(t, books, "100 80 0 20 0 20")
}

// Goodwill is posted in the same books: the charges less earlier refunds.
func TestGoodwillIsPosted(t *testing.T) {
	books, _ := refunded(t, opened(t, "100.00", "70.00"), "50.00", "R-1")
	c := asked(t, books)
	c.Request.At = day(30)
	d, err := decision.Grant(policy(), c, shown(t, c), decision.Goodwill{
		By: decision.Officer{ID: "bob", Limit: usd("500.00")}, At: day(31), Charges: usd("65.00"), Fees: usd("0.00"), Reason: "a long wait",
	})
	if err != nil {
		t.Fatal(err)
	}
	if !d.Amount().Equal(usd("15.00")) {
		t.Errorf("65.00 less 50.00 is 15.00, granted %v", d.Amount())
	}
	wantFigures(t, posted(t, books, d, "R-2"), "70 65 0 5 0 5")
}
