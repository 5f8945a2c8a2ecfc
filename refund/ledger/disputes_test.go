package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// identity checks paid = available + disputed + returned, for the books and each payment.
func identity(t *testing.T, books ledger.Ledger) {
	t.Helper()
	all := books.Totals()
	zero := books.Price().Times(0)
	paid, available, disputed, returned := zero, zero, zero, zero
	for _, p := range books.Payments() {
		parts := []refund.Money{p.Reversed, p.Available, p.Disputed, p.Refunded, p.Lost}
		if !sum(t, parts...).Equal(sum(t, p.Amount, p.Excess)) {
			t.Errorf("payment %+v", p)
		}
		for _, m := range append(parts, p.Excess) {
			if m.Sign() < 0 || m.IsZero() {
				t.Errorf("payment %+v", p)
			}
		}
		paid, available = sum(t, paid, p.Amount, p.Reversed.Times(-1)), sum(t, available, p.Available)
		disputed, returned = sum(t, disputed, p.Disputed), sum(t, returned, p.Refunded, p.Lost, p.Excess.Times(-1))
	}
	if !all.Paid.Equal(paid) || !all.Available.Equal(available) || !all.Disputed.Equal(disputed) || !all.Returned.Equal(returned) || !sum(t, available, disputed, returned).Equal(paid) {
		t.Errorf("totals are %+v", all)
	}
	if all.Excess.Sign() < 0 || all.Room.Sign() < 0 {
		t.Errorf("totals are %+v", all)
	}
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
		{"a part that remains after the refund", []string{"100.00"}, "60.00", []string{"40.00"}, "o", nil},
		{"two parts that remain together", []string{"100.00"}, "60.00", []string{"20.00", "20.00"}, "oo", nil},
		{"two parts that together exceed the rest", []string{"100.00"}, "60.00", []string{"20.00", "20.01"}, "oo", ledger.ErrDisputed},
		{"two parts that together exceed the rest, of which one was won", []string{"100.00"}, "60.00", []string{"20.00", "40.00"}, "wo", nil},
		{"the dispute was won", []string{"100.00"}, "60.00", []string{"100.00"}, "w", nil},
		{"the dispute was lost, and returned the amount of the refund", []string{"100.00"}, "60.00", []string{"100.00"}, "l", ledger.ErrInsufficient},
		{"a refunded part was lost", []string{"100.00"}, "60.00", []string{"40.01"}, "l", ledger.ErrInsufficient},
		{"a part that remained after the refund was lost", []string{"100.00"}, "60.00", []string{"40.00"}, "l", nil},
		{"a lost and a disputed part that remain together", []string{"100.00"}, "60.00", []string{"20.00", "20.00"}, "lo", nil},
		{"a lost and a disputed part that together exceed the rest", []string{"100.00"}, "60.00", []string{"20.00", "20.01"}, "lo", ledger.ErrDisputed},
		{"another payment than that of the refund, within the price", []string{"100.00", "60.00"}, "60.00", []string{"40.00"}, "o", nil},
		{"another payment than that of the refund, beyond the price", []string{"100.00", "60.00"}, "60.00", []string{"40.01"}, "o", ledger.ErrDisputed},
	} {
		because(t, r.why, func(t *testing.T) {
			books, keys := refunded(t, opened(t, "100.00", r.payments...), r.amount, "R-1")
			for i, amount := range r.claims {
				books = disputed(t, books, "D-"+string(rune('1'+i)), "P-1", amount)
			}
			for i, outcome := range r.outcomes {
				switch id := "D-" + string(rune('1'+i)); outcome {
				case 'w':
					books = must(t)(books.WinDispute(id, day(15)))
				case 'l':
					books = lost(t, books, id, r.claims[i], 15)
				}
			}
			if r.want != nil {
				refusedWith(t, r.want)(books.Submit(keys[0], day(16)))
				// The instruction can still be dropped.
				failed := must(t)(books.Fail(keys[0], day(16)))
				if short(failed.Totals().Excess) != "0" {
					t.Errorf("after the failure %s", figures(failed))
				}
			} else {
				must(t)(books.Submit(keys[0], day(16)))
			}
			must(t)(books.Settle(keys[0], day(16))) // the gateway carried it out
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
	refusedWith(t, ledger.ErrFailed)(failed.Submit(keys[0], day(15)))
}

// After a won dispute, the books have the amounts on which the decision was made.
func TestDecisionIsValidAgainAfterAWonDispute(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	d := decide(t, base, "60.00")
	open := disputed(t, base, "D-1", "P-1", "100.00")
	refusedWith(t, decision.ErrStale)(open.Post(d, "R-1", ledger.Options{}, day(14)))
	won := must(t)(open.WinDispute("D-1", day(14)))
	if got := splitOf(posted(t, won, d, "R-1"), "R-1"); got != "P-1 60" {
		t.Errorf("split is %s", got)
	}
	lost := lost(t, open, "D-1", "100.00", 14)
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

// If more was paid than the price, the disputed amount also reduces the cap.
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
	lost := lost(t, books, "D-1", "50.00", 14)
	wantFigures(t, posted(t, lost, decide(t, lost, "50.00"), "R-1"), "150 100 0 50 0 0")
	// Restore refuses a higher amount, too.
	_, err = ledger.Restore("SUB-1", usd("100.00"), append(books.Events(), ledger.Event{
		Kind: ledger.EventPosted, At: day(14), ID: "R-1", Amount: usd("50.01"), Decision: refund.Digest{1}, Shares: shares(ledger.Share{Payment: "P-1", Amount: usd("50.01")}),
	}))
	wantPaths(t, err, "events[3]")
	if want := "50.01 USD is more than the available 50.00 USD; 50.00 USD is disputed"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error is %v, want %s", err, want)
	}
}

func TestErrorsHaveTheAmounts(t *testing.T) {
	err := &ledger.BooksError{What: "paid", Then: usd("1.00"), Now: usd("2.00")}
	wantOnly(t, err, decision.ErrStale)
	if want := "ledger: stale decision: paid is 2.00 USD in the books, and was 1.00 USD in the case: evaluate again with Ledger.Subscription"; err.Error() != want {
		t.Errorf("says %q, want %q", err, want)
	}
}
