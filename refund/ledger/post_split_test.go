package ledger_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestPostSplits(t *testing.T) {
	const oldest, newest, proportional = ledger.OrderOldest, ledger.OrderNewest, ledger.OrderProportional
	dispute := func(payment, amount string) func(*testing.T, ledger.Ledger) ledger.Ledger {
		return func(t *testing.T, books ledger.Ledger) ledger.Ledger {
			return disputed(t, books, "D-"+payment, payment, amount)
		}
	}
	losing := func(payment, amount string) func(*testing.T, ledger.Ledger) ledger.Ledger {
		return func(t *testing.T, books ledger.Ledger) ledger.Ledger {
			return lost(t, disputed(t, books, "L-"+payment, payment, amount), "L-"+payment, amount, 14)
		}
	}
	before := func(amount string) func(*testing.T, ledger.Ledger) ledger.Ledger {
		return func(t *testing.T, books ledger.Ledger) ledger.Ledger {
			books, _ = refunded(t, books, amount, "R-0")
			return books
		}
	}
	at := func(days ...int) func(*testing.T, ledger.Ledger) ledger.Ledger {
		return func(t *testing.T, books ledger.Ledger) ledger.Ledger {
			list := paymentsOf(books)
			for i := range list {
				list[i].At = day(days[i])
			}
			return must(t)(ledger.New("SUB-1", books.Price(), list...))
		}
	}
	type history []func(*testing.T, ledger.Ledger) ledger.Ledger
	for _, r := range []struct {
		why      string
		price    string
		payments []string
		history  history
		amount   string
		order    ledger.Order
		want     string
	}{
		{"one payment", "100.00", []string{"100.00"}, nil, "60.00", oldest, "P-1 60"},
		{"all of it", "100.00", []string{"100.00"}, nil, "100.00", oldest, "P-1 100"},
		{"a cent", "100.00", []string{"100.00"}, nil, "0.01", oldest, "P-1 0.01"},
		{"the oldest payment first", "100.00", []string{"25.00", "75.00"}, nil, "60.00", oldest, "P-1 25, P-2 35"},
		{"the newest payment first", "100.00", []string{"25.00", "75.00"}, nil, "80.00", newest, "P-2 75, P-1 5"},
		{"the only payment with exactly the amount, though it is newer", "100.00", []string{"25.00", "75.00"}, nil, "75.00", oldest, "P-2 75"},
		{"the only payment with exactly the amount, though it is older", "100.00", []string{"25.00", "75.00"}, nil, "25.00", newest, "P-1 25"},
		{"a payment with exactly the amount, instead of a part of each", "100.00", []string{"25.00", "75.00"}, nil, "25.00", proportional, "P-1 25"},
		{"of two payments with exactly the amount, the oldest", "100.00", []string{"20.00", "40.00", "40.00"}, nil, "40.00", oldest, "P-2 40"},
		{"of two payments with exactly the amount, the newest", "100.00", []string{"40.00", "40.00", "20.00"}, nil, "40.00", newest, "P-2 40"},
		{"the available amount is compared, not the paid one", "100.00", []string{"60.00", "40.00"}, history{before("30.00")}, "30.00", newest, "P-1 30"},
		{"a payment of exactly the amount that was partly refunded", "100.00", []string{"60.00", "40.00"}, history{before("41.00")}, "40.00", oldest, "P-2 40"},
		{"the order is by instant, not by when it was recorded", "100.00", []string{"30.00", "30.00", "40.00"}, history{at(9, 3, 5)}, "60.00", oldest, "P-2 30, P-3 30"},
		{"payments of the same instant are ordered by id", "100.00", []string{"30.00", "30.00", "40.00"}, history{at(3, 3, 3)}, "50.00", oldest, "P-1 30, P-2 20"},
		{"payments of the same instant, the newest first", "100.00", []string{"30.00", "30.00", "40.00"}, history{at(3, 3, 3)}, "50.00", newest, "P-3 40, P-2 10"},
		{"in proportion", "100.00", []string{"25.00", "75.00"}, nil, "60.00", proportional, "P-1 15, P-2 45"},
		{"in proportion to the available amounts", "100.00", []string{"50.00", "50.00"}, history{before("20.00")}, "40.00", proportional, "P-1 15, P-2 25"},
		{"of equal payments, the oldest gets the odd cent", "100.00", []string{"50.00", "50.00"}, nil, "0.03", proportional, "P-1 0.02, P-2 0.01"},
		{"the largest remainders get the odd cents", "100.00", []string{"10.00", "10.00", "80.00"}, nil, "0.17", proportional, "P-1 0.02, P-2 0.02, P-3 0.13"},
		{"a part of zero is not an instruction", "100.00", []string{"1.00", "99.00"}, nil, "0.02", proportional, "P-2 0.02"},
		{"all but a cent, in proportion", "100.00", []string{"33.33", "33.33", "33.34"}, nil, "99.99", proportional, "P-1 33.33, P-2 33.33, P-3 33.33"},
		{"a disputed payment is skipped", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "40.00")}, "50.00", oldest, "P-2 50"},
		{"a disputed payment of exactly the amount is skipped", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "40.00")}, "40.00", oldest, "P-2 40"},
		{"the rest of a partly disputed payment is available", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "30.00")}, "50.00", oldest, "P-1 10, P-2 40"},
		{"the rest of a partly disputed payment is exactly the amount", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "30.00")}, "10.00", newest, "P-1 10"},
		{"in proportion to the amounts that are not disputed", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "30.00")}, "35.00", proportional, "P-1 5, P-2 30"},
		{"two disputes of one payment", "100.00", []string{"40.00", "60.00"}, history{dispute("P-2", "30.00"), func(t *testing.T, b ledger.Ledger) ledger.Ledger { return disputed(t, b, "D-9", "P-2", "25.00") }}, "44.00", oldest, "P-1 40, P-2 4"},
		{"the rest after a lost dispute is available", "100.00", []string{"40.00", "60.00"}, history{losing("P-1", "30.00")}, "20.00", oldest, "P-1 10, P-2 10"},
		{"a fully refunded payment is skipped", "100.00", []string{"40.00", "60.00"}, history{before("40.00")}, "60.00", proportional, "P-2 60"},
		{"more was paid than the price: the price is the cap", "100.00", []string{"80.00", "80.00"}, nil, "100.00", oldest, "P-1 80, P-2 20"},
		{"less was paid than the price", "100.00", []string{"10.00", "20.00"}, nil, "30.00", oldest, "P-1 10, P-2 20"},
		{"the whole amount of three payments", "100.00", []string{"33.33", "33.33", "33.34"}, nil, "100.00", newest, "P-3 33.34, P-2 33.33, P-1 33.33"},
	} {
		because(t, r.why, func(t *testing.T) {
			books := opened(t, r.price, r.payments...)
			for _, change := range r.history {
				books = change(t, books)
			}
			after := posted(t, books, decide(t, books, r.amount), "R-1", r.order)
			if got := splitOf(after, "R-1"); got != r.want {
				t.Errorf("split is %s, want %s", got, r.want)
			}
			if before, now := books.Totals().Returned, after.Totals().Returned; short(now) != short(sum(t, before, usd(r.amount))) {
				t.Errorf("returned %v, then %v", before, now)
			}
		})
	}
}

func sum(t *testing.T, list ...refund.Money) (total refund.Money) {
	t.Helper()
	for _, m := range list {
		var err error
		if total, err = total.Add(m); err != nil {
			t.Fatal(err)
		}
	}
	return total
}
