package ledger_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Reversals that exceed their payment contradict each other. A refund or lost dispute that
// one of them names was paid all the same, so it must not raise the refundable amount.
func TestNamedAmountsBeyondThePaymentAreExcess(t *testing.T) {
	type step = func(ledger.Ledger) ledger.Ledger
	reverse := func(id, payment, amount, refund, dispute string) step {
		return func(l ledger.Ledger) ledger.Ledger {
			return reversed(t, l, ledger.Reversal{ID: id, Payment: payment, Amount: usd(amount), Refund: refund, Dispute: dispute})
		}
	}
	refunded := func(payment, amount string) step {
		return func(l ledger.Ledger) ledger.Ledger { return outside(t, l, "F-1", payment, amount) }
	}
	dispute := func(l ledger.Ledger) ledger.Ledger {
		return lost(t, disputed(t, l, "D-1", "P-1", "100.00"), "D-1", "100.00", 15)
	}
	bare := reverse("V-1", "P-1", "100.00", "", "")
	for _, r := range []struct {
		why   string
		steps []step
		want  string
	}{
		{"a named refund fits into its payment", []step{refunded("P-1", "100.00"), reverse("V-1", "P-1", "100.00", "F-1", "")}, "100 0 0 100 0 100"},
		{"the payment was reversed, and refunded", []step{bare, refunded("P-1", "100.00"), reverse("V-2", "P-1", "100.00", "F-1", "")}, "100 0 0 100 100 0"},
		{"a part of the named refund fits", []step{reverse("V-1", "P-1", "70.00", "", ""), refunded("P-1", "100.00"), reverse("V-2", "P-1", "100.00", "F-1", "")}, "100 0 0 100 70 30"},
		{"the reversal exceeds the refund that it names", []step{bare, refunded("P-1", "30.00"), reverse("V-2", "P-1", "100.00", "F-1", "")}, "100 0 0 100 30 70"},
		{"the refund is without a payment", []step{bare, refunded("", "100.00"), reverse("V-2", "P-1", "100.00", "F-1", "")}, "100 0 0 100 100 0"},
		{"two payments share the refund, and one was reversed before", []step{bare, refunded("", "60.00"), reverse("V-2", "P-1", "40.00", "F-1", ""), reverse("V-3", "P-2", "20.00", "F-1", "")}, "80 0 0 80 40 40"},
		{"the payment was reversed, and a dispute was lost", []step{bare, dispute, reverse("V-2", "P-1", "100.00", "", "D-1")}, "100 0 0 100 100 0"},
		{"reversals beyond the payment that name no refund or dispute", []step{bare, reverse("V-2", "P-1", "100.00", "", "")}, "100 0 0 100 0 100"},
		{"the named refund is not known", []step{bare, reverse("V-2", "P-1", "100.00", "F-1", "")}, "100 0 0 100 0 100"},
	} {
		because(t, r.why, func(t *testing.T) {
			for _, steps := range orders(r.steps) {
				books := opened(t, "100.00", "100.00", "100.00")
				for _, step := range steps {
					books = step(books)
				}
				wantFigures(t, books, r.want)
				if len(books.OutsideRefunds()) == 0 {
					continue
				}
				failed := must(t)(books.FailRefund("F-1", day(16)))
				if excess := failed.Totals().Excess; excess.Sign() != 0 {
					t.Errorf("excess is %v after the refund failed", excess)
				}
			}
		})
	}
}

// orders returns all permutations of a list.
func orders[T any](list []T) (all [][]T) {
	if len(list) < 2 {
		return [][]T{list}
	}
	for i := range list {
		rest := append(append([]T(nil), list[:i]...), list[i+1:]...)
		for _, tail := range orders(rest) {
			all = append(all, append([]T{list[i]}, tail...))
		}
	}
	return all
}
