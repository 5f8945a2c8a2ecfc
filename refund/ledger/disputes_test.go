package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestDisputedAndLostAmounts(t *testing.T) {
	type step = func(ledger.Ledger) ledger.Ledger
	dispute := func(id, payment, amount string) step {
		return func(l ledger.Ledger) ledger.Ledger { return disputed(t, l, id, payment, amount) }
	}
	won := func(id string) step {
		return func(l ledger.Ledger) ledger.Ledger { return must(t)(l.WinDispute(id, day(14))) }
	}
	lost := func(id string) step {
		return func(l ledger.Ledger) ledger.Ledger { return must(t)(l.LoseDispute(id, day(14))) }
	}
	refund := func(key, amount string) step {
		return func(l ledger.Ledger) ledger.Ledger { l, _ = refunded(t, l, amount, key); return l }
	}
	fail := func(key string) step {
		return func(l ledger.Ledger) ledger.Ledger {
			r, _ := l.Refund(key)
			for _, s := range r.Shares {
				l = must(t)(l.Fail(s.Key, day(15)))
			}
			return l
		}
	}
	for _, r := range []struct {
		why   string
		steps []step
		want  string // paid, returned, disputed, available, excess, refundable; of payments of 60 and 40
	}{
		{"no dispute", nil, "100 0 0 100 0 100"},
		{"all of a payment", []step{dispute("D-1", "P-1", "60.00")}, "100 0 60 40 0 40"},
		{"a part of one", []step{dispute("D-1", "P-1", "10.00")}, "100 0 10 90 0 90"},
		{"all that was paid", []step{dispute("D-1", "P-1", "60.00"), dispute("D-2", "P-2", "40.00")}, "100 0 100 0 0 0"},
		{"two parts of one payment", []step{dispute("D-1", "P-1", "10.00"), dispute("D-2", "P-1", "20.00")}, "100 0 30 70 0 70"},
		{"claims for more than the payment block the payment", []step{dispute("D-1", "P-1", "50.00"), dispute("D-2", "P-1", "50.00")}, "100 0 60 40 0 40"},
		{"and once one is won, the other's claim", []step{dispute("D-1", "P-1", "50.00"), dispute("D-2", "P-1", "50.00"), won("D-1")}, "100 0 50 50 0 50"},
		{"once one is lost, the other blocks the rest", []step{dispute("D-1", "P-1", "50.00"), dispute("D-2", "P-1", "50.00"), lost("D-1")}, "100 50 10 40 0 40"},
		{"once both are lost, one took more than was there", []step{dispute("D-1", "P-1", "50.00"), dispute("D-2", "P-1", "50.00"), lost("D-1"), lost("D-2")}, "100 60 0 40 40 0"},
		{"a claim beside a refund blocks the rest", []step{refund("R-1", "50.00"), dispute("D-1", "P-1", "60.00")}, "100 50 10 40 0 40"},
		{"a refund, then a full dispute that is lost: the amount was returned twice", []step{refund("R-1", "60.00"), dispute("D-1", "P-1", "60.00"), lost("D-1")}, "100 60 0 40 60 0"},
		{"an amount returned twice counts against the cap", []step{refund("R-1", "20.00"), dispute("D-1", "P-1", "60.00"), lost("D-1")}, "100 60 0 40 20 20"},
		{"if the dispute is won, it was returned once", []step{refund("R-1", "60.00"), dispute("D-1", "P-1", "60.00"), won("D-1")}, "100 60 0 40 0 40"},
		{"if the refund fails, it was returned once, too", []step{refund("R-1", "60.00"), dispute("D-1", "P-1", "60.00"), lost("D-1"), fail("R-1")}, "100 60 0 40 0 40"},
		{"a refund that fails while its payment is disputed leaves it disputed", []step{refund("R-1", "60.00"), dispute("D-1", "P-1", "60.00"), fail("R-1")}, "100 0 60 40 0 40"},
		{"a refund that fails leaves a lost part", []step{refund("R-1", "60.00"), dispute("D-1", "P-1", "30.00"), lost("D-1"), fail("R-1")}, "100 30 0 70 0 70"},
		{"lost and refunded side by side", []step{dispute("D-1", "P-1", "30.00"), lost("D-1"), refund("R-1", "70.00")}, "100 100 0 0 0 0"},
	} {
		because(t, r.why, func(t *testing.T) {
			books := opened(t, "100.00", "60.00", "40.00")
			for _, step := range r.steps {
				books = step(books)
				identity(t, books)
			}
			wantFigures(t, books, r.want)
			if again := must(t)(ledger.Restore("SUB-1", usd("100.00"), books.Events())); !again.Equal(books) || figures(again) != figures(books) {
				t.Errorf("the restored totals are %s", figures(again))
			}
		})
	}
}

// identity checks paid = available + disputed + returned, for the books and each payment.
func identity(t *testing.T, books ledger.Ledger) {
	t.Helper()
	all := books.Totals()
	zero := books.Price().Times(0)
	paid, available, disputed, returned := zero, zero, zero, zero
	for _, p := range books.Payments() {
		if !sum(t, p.Available, p.Disputed, p.Lost, p.Refunded).Equal(p.Amount) {
			t.Errorf("payment %+v", p)
		}
		for _, m := range []refund.Money{p.Available, p.Disputed, p.Lost, p.Refunded} {
			if m.Sign() < 0 || m.IsZero() {
				t.Errorf("payment %+v", p)
			}
		}
		paid, available = sum(t, paid, p.Amount), sum(t, available, p.Available)
		disputed, returned = sum(t, disputed, p.Disputed), sum(t, returned, p.Refunded, p.Lost)
	}
	if !all.Paid.Equal(paid) || !all.Available.Equal(available) || !all.Disputed.Equal(disputed) || !all.Returned.Equal(returned) || !sum(t, available, disputed, returned).Equal(paid) {
		t.Errorf("totals are %+v", all)
	}
	if all.Excess.Sign() < 0 || all.Refundable.Sign() < 0 {
		t.Errorf("totals are %+v", all)
	}
}

func TestDisputeTwice(t *testing.T) {
	claim := ledger.Dispute{ID: "D-1", Payment: "P-1", Amount: usd("30.00"), At: day(13)}
	books := must(t)(opened(t, "100.00", "60.00", "40.00").RecordDispute(claim))
	with := func(change func(*ledger.Dispute)) ledger.Dispute {
		d := claim
		change(&d)
		return d
	}
	for _, books := range []ledger.Ledger{books, must(t)(books.WinDispute("D-1", day(14))), must(t)(books.LoseDispute("D-1", day(14)))} {
		addsNothing(t, books)(books.RecordDispute(claim))
		addsNothing(t, books)(books.RecordDispute(with(func(d *ledger.Dispute) { d.At = day(20) })))
		refusedWith(t, ledger.ErrConflict)(books.RecordDispute(with(func(d *ledger.Dispute) { d.Amount = usd("30.01") })))
		refusedWith(t, ledger.ErrConflict)(books.RecordDispute(with(func(d *ledger.Dispute) { d.Amount = usd("60.01") })))
		refusedWith(t, ledger.ErrConflict)(books.RecordDispute(with(func(d *ledger.Dispute) { d.Payment = "P-2" })))
		refusedWith(t, ledger.ErrConflict)(books.RecordDispute(with(func(d *ledger.Dispute) { d.Payment = "P-9" })))
	}
	invalidWith(t, "amount")(books.RecordDispute(with(func(d *ledger.Dispute) { d.ID, d.Amount = "D-2", usd("60.01") })))
	invalidWith(t, "id", "at", "amount", "payment")(books.RecordDispute(ledger.Dispute{}))
}

func TestSubmitWhileDisputed(t *testing.T) {
	for _, r := range []struct {
		why      string
		payments []string
		amount   string
		claims   []string // of P-1, in the order of their ids D-1, D-2 …
		outcomes string   // of each: 'o'pen, 'w'on, 'l'ost
		want     error
	}{
		{"all of the payment is disputed", []string{"100.00"}, "60.00", []string{"100.00"}, "o", ledger.ErrDisputed},
		{"a part that was refunded", []string{"100.00"}, "60.00", []string{"40.01"}, "o", ledger.ErrDisputed},
		{"a part that remains beside the refund", []string{"100.00"}, "60.00", []string{"40.00"}, "o", nil},
		{"two parts that remain", []string{"100.00"}, "60.00", []string{"20.00", "20.00"}, "oo", nil},
		{"two parts that do not", []string{"100.00"}, "60.00", []string{"20.00", "20.01"}, "oo", ledger.ErrDisputed},
		{"one of the two was won", []string{"100.00"}, "60.00", []string{"20.00", "40.00"}, "wo", nil},
		{"the dispute was won", []string{"100.00"}, "60.00", []string{"100.00"}, "w", nil},
		{"the dispute was lost, and took the money of the refund", []string{"100.00"}, "60.00", []string{"100.00"}, "l", ledger.ErrDisputed},
		{"a part was lost that was refunded", []string{"100.00"}, "60.00", []string{"40.01"}, "l", ledger.ErrDisputed},
		{"a part was lost that remained beside the refund", []string{"100.00"}, "60.00", []string{"40.00"}, "l", nil},
		{"the lost and the disputed part both remain", []string{"100.00"}, "60.00", []string{"20.00", "20.00"}, "lo", nil},
		{"the lost and the disputed part do not both remain", []string{"100.00"}, "60.00", []string{"20.00", "20.01"}, "lo", ledger.ErrDisputed},
		{"another payment than that of the refund", []string{"100.00", "60.00"}, "60.00", []string{"100.00"}, "o", nil},
	} {
		because(t, r.why, func(t *testing.T) {
			books, keys := refunded(t, opened(t, "100.00", r.payments...), r.amount, "R-1")
			for i, amount := range r.claims {
				books = disputed(t, books, "D-"+string(rune('1'+i)), "P-1", amount)
			}
			for i, outcome := range r.outcomes {
				if outcome != 'o' {
					resolve := ledger.Ledger.LoseDispute
					if outcome == 'w' {
						resolve = ledger.Ledger.WinDispute
					}
					books = must(t)(resolve(books, "D-"+string(rune('1'+i)), day(15)))
				}
			}
			if r.want != nil {
				refusedWith(t, r.want)(books.Submit(keys[0], day(16)))
				// It may still fail.
				failed := must(t)(books.Fail(keys[0], day(16)))
				if short(failed.Totals().Excess) != "0" {
					t.Errorf("after the failure %s", figures(failed))
				}
			} else {
				must(t)(books.Submit(keys[0], day(16)))
			}
			must(t)(books.Settle(keys[0], day(16))) // the gateway did it
		})
	}
}

// An instruction that was submitted before the dispute can be submitted again.
func TestSubmittedBeforeTheDispute(t *testing.T) {
	books, keys := refunded(t, opened(t, "100.00", "100.00"), "60.00", "R-1")
	books = disputed(t, must(t)(books.Submit(keys[0], day(12))), "D-1", "P-1", "100.00")
	addsNothing(t, books)(books.Submit(keys[0], day(14)))
	settled := must(t)(books.Settle(keys[0], day(14)))
	addsNothing(t, settled)(settled.Submit(keys[0], day(15)))
	failed := must(t)(books.Fail(keys[0], day(14)))
	refusedWith(t, ledger.ErrTransition)(failed.Submit(keys[0], day(15)))
}

// Once a dispute is won, the books are those on which the decision was judged.
func TestDecisionAfterADispute(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	d := decide(t, base, "60.00")
	open := disputed(t, base, "D-1", "P-1", "100.00")
	refusedWith(t, decision.ErrStale)(open.Post(d, "R-1", ledger.Options{}, day(14)))
	won := must(t)(open.WinDispute("D-1", day(14)))
	if got := splitOf(posted(t, won, d, "R-1"), "R-1"); got != "P-1 60" {
		t.Errorf("split is %s", got)
	}
	lost := must(t)(open.LoseDispute("D-1", day(14)))
	_, err := lost.Post(d, "R-1", ledger.Options{}, day(15))
	wantOnly(t, err, decision.ErrStale)
	var of *ledger.BooksError
	if !errors.As(err, &of) || of.What != "refunded" || short(of.Now) != "100" {
		t.Errorf("error is %v", err)
	}
	c := asked(t, lost)
	_, err = decision.Approve(policy(), c, shown(t, c), approval("ana", usd("0.01")))
	wantOnly(t, err, decision.ErrNothingToRefund)
}

// More was paid than the price: what a dispute may still take comes off the cap as well.
func TestDisputedAmountsCountAgainstTheCap(t *testing.T) {
	books := opened(t, "100.00", "100.00", "50.00")
	wantFigures(t, books, "150 0 0 150 0 100")
	books = disputed(t, books, "D-1", "P-2", "50.00")
	wantFigures(t, books, "150 0 50 100 0 50")
	s, err := books.Subscription(sold(usd("100.00")))
	if err != nil || !s.Disputed.Equal(usd("50.00")) {
		t.Fatalf("disputed %v, %v", s.Disputed, err)
	}
	d := decide(t, books, "50.00")
	wantFigures(t, posted(t, books, d, "R-1"), "150 50 50 50 0 0")
	wantFigures(t, posted(t, must(t)(books.LoseDispute("D-1", day(14))), decide(t, must(t)(books.LoseDispute("D-1", day(14))), "50.00"), "R-1"), "150 100 0 50 0 0")
	// The events cannot hold more, either.
	_, err = ledger.Restore("SUB-1", usd("100.00"), append(books.Events(), ledger.Event{
		Kind: ledger.EventPosted, At: day(14), ID: "R-1", Amount: usd("50.01"), Decision: refund.Digest{1}, Shares: shares(ledger.Share{Payment: "P-1", Amount: usd("50.01")}),
	}))
	wantPaths(t, err, "events[3]")
	if want := "50.01 USD is more than the available 50.00 USD; 50.00 USD is disputed"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error is %v, want %s", err, want)
	}
}

func TestErrorsSayTheFigures(t *testing.T) {
	for _, r := range []struct {
		why  string
		err  error
		is   error
		want string
	}{
		{"other books", &ledger.BooksError{What: "paid", Then: usd("1.00"), Now: usd("2.00")}, decision.ErrStale, "ledger: stale decision: paid was 1.00 USD and is now 2.00 USD"},
		{"a state that cannot follow", &ledger.TransitionError{From: ledger.StateFailed, To: ledger.StateSettled}, ledger.ErrTransition, "ledger: settled cannot follow failed"},
	} {
		because(t, r.why, func(t *testing.T) {
			wantOnly(t, r.err, r.is)
			if r.err.Error() != r.want {
				t.Errorf("says %q", r.err)
			}
		})
	}
}
