package ledger_test

import (
	"errors"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Every error of Plan, in the order in which they are told: each row has all that the
// rows after it have.
func TestPlanErrorsInTheirOrder(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	d := decide(t, books, "60.00")
	posted := must(t)(books.Post(planned(t, books, d, "R-1"), day(12)))
	elsewhere := must(t)(ledger.New(refund.Subscription{ID: "SUB-2", Price: usd("100.00")}))
	failed := must(t)(posted.Fail(posted.Refunds()[0].Shares[0].Key, day(13)))
	dearer := opened(t, "101.00", "100.00")
	held := disputed(t, books, "D-1", "P-1", "50.00")
	stale := must(t)(posted.Receive(ledger.Payment{ID: "P-2", At: day(9), Amount: usd("5.00")}))
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
		want  func(*testing.T, error)
	}{
		{"no decision, no key and no order", elsewhere, decision.Decision{}, "", 3, invalid("decision", "key", "order")},
		{"one on another subscription", elsewhere, d, "", 255, invalid("decision", "key", "order")},
		{"no key", posted, d, "", 0, invalid("key")},
		{"no order", posted, d, "R-1", 3, invalid("order")},
		{"another subscription comes before a refusal", elsewhere, decline(t, books), "R-1", 0, invalid("decision")},
		{"a decision that declined comes before a conflict of the key", posted, decline(t, books), "R-1", 0, only(decision.ErrNothingToRefund)},
		{"a key that stands for another refund comes before other books", stale, decide(t, books, "50.00"), "R-1", 0, only(ledger.ErrConflict)},
		{"a key that stands for a failed refund of this decision", failed, d, "R-1", 0, only(ledger.ErrConflict)},
		{"a key that stands for a failed refund of another one", failed, decide(t, books, "50.00"), "R-1", 0, only(ledger.ErrConflict)},
		{"posted under another key, which comes before other books", posted, d, "R-2", 0, only(ledger.ErrConflict)},
		{"another price comes before another amount paid", must(t)(dearer.Receive(ledger.Payment{ID: "P-2", At: day(3), Amount: usd("1.00")})), d, "R-1", 0, judged("price", "100", "101")},
		{"another amount paid comes before another one given back", stale, decide(t, books, "50.00"), "R-2", 0, judged("paid", "100", "105")},
		{"another amount given back comes before too little that is free", disputed(t, posted, "D-1", "P-1", "40.00"), decide(t, books, "50.00"), "R-2", 0, judged("refunded", "0", "60")},
		{"too much is held", held, d, "R-1", 0, func(t *testing.T, err error) {
			wantOnly(t, err, ledger.ErrInsufficient)
			var of *ledger.InsufficientError
			if !errors.As(err, &of) || short(of.Amount) != "60" || short(of.Free) != "50" || short(of.Held) != "50" {
				t.Errorf("error is %v", err)
			}
		}},
	} {
		because(t, r.why, func(t *testing.T) {
			version := r.books.Version()
			p, err := r.books.Plan(r.d, r.key, ledger.Options{Order: r.order})
			if err == nil {
				t.Fatalf("planned %s", splitOf(p))
			}
			r.want(t, err)
			if p.Key() != "" || p.Version() != 0 || p.Amount().IsValid() || !p.Decision().IsZero() || len(p.Instructions()) != 0 {
				t.Errorf("a plan beside %v", err)
			}
			if r.books.Version() != version {
				t.Error("planning has entered something")
			}
		})
	}
}

func TestPlanOnOtherCurrency(t *testing.T) {
	yen := openedIn(t, "JPY", "100", "100")
	_, err := opened(t, "100.00", "100.00").Plan(decide(t, yen, "60"), "R-1", ledger.Options{})
	wantOnly(t, err, decision.ErrStale)
}

func TestPlanSays(t *testing.T) {
	books := must(t)(ledger.New(sold(usd("100.00")),
		ledger.Payment{ID: "P-1", At: day(2), Amount: usd("25.00"), Method: "visa 4242"},
		ledger.Payment{ID: "P-2", At: day(3), Amount: usd("75.00")}))
	d := decide(t, books, "60.00")
	p := planned(t, books, d, "R-1")
	if p.Version() != 2 || p.Key() != "R-1" || !p.Amount().Equal(usd("60.00")) || p.Decision() != d.Digest() {
		t.Errorf("plan of version %d, %q, %v", p.Version(), p.Key(), p.Amount())
	}
	list := p.Instructions()
	if len(list) != 2 || list[0].Method != "visa 4242" || list[1].Method != "" || list[0].Key == list[1].Key {
		t.Errorf("instructions are %+v", list)
	}
	if books.Version() != 2 || len(books.Refunds()) != 0 {
		t.Error("planning has entered something")
	}
	var zero ledger.Plan
	if zero.Version() != 0 || zero.Key() != "" || zero.Amount().IsValid() || !zero.Decision().IsZero() || len(zero.Instructions()) != 0 {
		t.Error("the zero Plan says something")
	}
}

func TestPlanSplits(t *testing.T) {
	const oldest, newest, proportional = ledger.OrderOldest, ledger.OrderNewest, ledger.OrderProportional
	dispute := func(payment, amount string) func(*testing.T, ledger.Ledger) ledger.Ledger {
		return func(t *testing.T, books ledger.Ledger) ledger.Ledger {
			return disputed(t, books, "D-"+payment, payment, amount)
		}
	}
	lost := func(payment, amount string) func(*testing.T, ledger.Ledger) ledger.Ledger {
		return func(t *testing.T, books ledger.Ledger) ledger.Ledger {
			return must(t)(disputed(t, books, "L-"+payment, payment, amount).Resolve("L-"+payment, false, day(14)))
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
			return must(t)(ledger.New(sold(books.Price()), list...))
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
		{"a payment that fits exactly, though it is newer", "100.00", []string{"25.00", "75.00"}, nil, "75.00", oldest, "P-2 75"},
		{"a payment that fits exactly, though it is older", "100.00", []string{"25.00", "75.00"}, nil, "25.00", newest, "P-1 25"},
		{"a payment that fits exactly, rather than a part of each", "100.00", []string{"25.00", "75.00"}, nil, "25.00", proportional, "P-1 25"},
		{"of two that fit the oldest", "100.00", []string{"20.00", "40.00", "40.00"}, nil, "40.00", oldest, "P-2 40"},
		{"of two that fit the newest", "100.00", []string{"40.00", "40.00", "20.00"}, nil, "40.00", newest, "P-2 40"},
		{"what fits is what is free, not what was paid", "100.00", []string{"60.00", "40.00"}, history{before("30.00")}, "30.00", newest, "P-1 30"},
		{"a payment of the amount does not fit once it is used", "100.00", []string{"60.00", "40.00"}, history{before("41.00")}, "40.00", oldest, "P-2 40"},
		{"order is by instant, not by when it was told", "100.00", []string{"30.00", "30.00", "40.00"}, history{at(9, 3, 5)}, "60.00", oldest, "P-2 30, P-3 30"},
		{"payments of one instant go by their ids", "100.00", []string{"30.00", "30.00", "40.00"}, history{at(3, 3, 3)}, "50.00", oldest, "P-1 30, P-2 20"},
		{"and backwards from the newest", "100.00", []string{"30.00", "30.00", "40.00"}, history{at(3, 3, 3)}, "50.00", newest, "P-3 40, P-2 10"},
		{"in proportion", "100.00", []string{"25.00", "75.00"}, nil, "60.00", proportional, "P-1 15, P-2 45"},
		{"in proportion to what is free", "100.00", []string{"50.00", "50.00"}, history{before("20.00")}, "40.00", proportional, "P-1 15, P-2 25"},
		{"the odd cent goes to the oldest of equal ones", "100.00", []string{"50.00", "50.00"}, nil, "0.03", proportional, "P-1 0.02, P-2 0.01"},
		{"the odd cents go to the largest remainders", "100.00", []string{"10.00", "10.00", "80.00"}, nil, "0.17", proportional, "P-1 0.02, P-2 0.02, P-3 0.13"},
		{"a part of nothing is no instruction", "100.00", []string{"1.00", "99.00"}, nil, "0.02", proportional, "P-2 0.02"},
		{"all but a cent, in proportion", "100.00", []string{"33.33", "33.33", "33.34"}, nil, "99.99", proportional, "P-1 33.33, P-2 33.33, P-3 33.33"},
		{"a disputed payment is passed over", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "40.00")}, "50.00", oldest, "P-2 50"},
		{"a disputed payment that would fit is passed over", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "40.00")}, "40.00", oldest, "P-2 40"},
		{"a partial dispute leaves the rest", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "30.00")}, "50.00", oldest, "P-1 10, P-2 40"},
		{"the rest may be what fits", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "30.00")}, "10.00", newest, "P-1 10"},
		{"in proportion to what disputes leave", "100.00", []string{"40.00", "60.00"}, history{dispute("P-1", "30.00")}, "35.00", proportional, "P-1 5, P-2 30"},
		{"two disputes of one payment", "100.00", []string{"40.00", "60.00"}, history{dispute("P-2", "30.00"), func(t *testing.T, b ledger.Ledger) ledger.Ledger { return disputed(t, b, "D-9", "P-2", "25.00") }}, "44.00", oldest, "P-1 40, P-2 4"},
		{"a lost dispute leaves the rest", "100.00", []string{"40.00", "60.00"}, history{lost("P-1", "30.00")}, "20.00", oldest, "P-1 10, P-2 10"},
		{"a payment that was used up is no source", "100.00", []string{"40.00", "60.00"}, history{before("40.00")}, "60.00", proportional, "P-2 60"},
		{"more was paid than the price: the price is the cap", "100.00", []string{"80.00", "80.00"}, nil, "100.00", oldest, "P-1 80, P-2 20"},
		{"less was paid than the price", "100.00", []string{"10.00", "20.00"}, nil, "30.00", oldest, "P-1 10, P-2 20"},
		{"three payments, all of the amount", "100.00", []string{"33.33", "33.33", "33.34"}, nil, "100.00", newest, "P-3 33.34, P-2 33.33, P-1 33.33"},
	} {
		because(t, r.why, func(t *testing.T) {
			books := opened(t, r.price, r.payments...)
			for _, change := range r.history {
				books = change(t, books)
			}
			p := planned(t, books, decide(t, books, r.amount), "R-1", r.order)
			if got := splitOf(p); got != r.want {
				t.Errorf("split is %s, want %s", got, r.want)
			}
			after := must(t)(books.Post(p, day(20)))
			if before, now := books.Totals().GivenBack, after.Totals().GivenBack; short(now) != short(sum(t, before, p.Amount())) {
				t.Errorf("given back %v, then %v", before, now)
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
