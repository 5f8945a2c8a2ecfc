package ledger_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

func TestLimits(t *testing.T) {
	for _, row := range []struct {
		why         string
		outside     string
		entitlement refund.Money
		want        []string
	}{
		{"an unknown entitlement is not a limit", "100", refund.Money{}, nil},
		{"all of the entitlement may be returned", "75", usd("75"), nil},
		{"a cent more is beyond it", "75.01", usd("75"), []string{"beyond_entitlement: 75 | 75.01"}},
		{"an entitlement of zero is a known one", "0.01", usd("0"), []string{"beyond_entitlement: 0 | 0.01"}},
		{"no amount is within an entitlement in another currency", "1", refund.MustMoney("75", "EUR"), []string{"beyond_entitlement: 75 | 1"}},
		{"more than the amount paid is also beyond the cap", "101", usd("75"), []string{"beyond_cap: 100 | 101", "beyond_entitlement: 75 | 101"}},
	} {
		because(t, row.why, func(t *testing.T) {
			books := must(t)(opened(t, "120", "100").RecordRefund(outsideRefund("X-1", "P-1", row.outside)))
			got := ledger.Reconcile(books, statementOf(books), row.entitlement)
			wantLines(t, got, nil, row.want...)
			if len(got) > 0 && (got[0].Kind != 0 || got[0].Subscription != "SUB-1") {
				t.Errorf("the limit is about %v of %q", got[0].Kind, got[0].Subscription)
			}
		})
	}
}

// Goodwill is granted where the policy grants no amount, so the entitlement is not its limit.
func TestGoodwillIsNotPartOfTheEntitlement(t *testing.T) {
	late := func(books ledger.Ledger) refund.Case {
		c := asked(t, books)
		c.Request.At = day(30)
		return c
	}
	books := opened(t, "100", "70")
	d, err := decision.Grant(policy(), late(books), shown(t, late(books)), decision.Goodwill{
		By: decision.Officer{ID: "bob", Limit: usd("500")}, At: day(31), Charges: usd("65"), Fees: usd("0"), Reason: "a long wait",
	})
	if err != nil {
		t.Fatal(err)
	}
	books = posted(t, books, d, "R-1")
	books = must(t)(books.Settle(keysOf(books, "R-1")[0], day(32)))
	outcome, err := policy().Evaluate(late(books))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := outcome.Entitlement.Add(d.Amount())
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		why         string
		entitlement refund.Money
		want        []string
	}{
		{"the goodwill is beyond the entitlement alone", outcome.Entitlement, []string{"beyond_entitlement: 0 | 65"}},
		{"the goodwill is within the sum of both", sum, nil},
		{"an unknown entitlement is not a limit for goodwill", refund.Money{}, nil},
	} {
		because(t, row.why, func(t *testing.T) {
			wantLines(t, ledger.Reconcile(books, statementOf(books), row.entitlement), nil, row.want...)
		})
	}
}

// A refund in the dashboard and a posted one together exceed the entitlement, before the
// posted one is sent.
func TestTheDashboardRefundIsFoundBeforeOursIsSent(t *testing.T) {
	books, keys := refunded(t, opened(t, "100", "100"), "40", "R-1")
	s := statementOf(books)
	s.Refunds = []ledger.ListedRefund{listedRefund("X-1", "P-1", "60", "")}
	got := ledger.Reconcile(books, s, usd("75"))
	wantLines(t, got, nil,
		"missing_in_books refunded X-1: - | 60 settled; record refunded X-1 60",
		"beyond_entitlement: 75 | 100")
	books = must(t)(books.Record(got[0].Event))
	wantFigures(t, books, "100 100 0 0 0 0")
	if _, err := books.Submit(keys[0], day(15)); err != nil {
		t.Errorf("within the cap, it may be sent: %v", err)
	}
}

// A statement of a day lacks the entries before and after it.
func TestEntriesOutsideOfTheStatementsTime(t *testing.T) {
	from, to := day(10), day(11)
	at := func(id string, at time.Time) ledger.Payment {
		return ledger.Payment{ID: id, At: at, Amount: usd("10")}
	}
	books := must(t)(ledger.New("SUB-1", usd("1000"),
		at("before", from.Add(-1)), at("first", from), at("last", to.Add(-1)), at("after", to)))
	for i, p := range []string{"before", "first", "last", "after"} {
		when := []time.Time{from.Add(-1), from, to.Add(-1), to}[i]
		books = must(t)(books.RecordRefund(ledger.OutsideRefund{ID: "X " + p, At: when, Amount: usd("5"), Payment: p}))
		books = must(t)(books.RecordDispute(ledger.Dispute{ID: "D " + p, At: when, Amount: usd("1"), Payment: p}))
	}
	all := []string{
		"missing_at_provider paid before: 10 | -", "missing_at_provider paid first: 10 | -", "missing_at_provider paid last: 10 | -", "missing_at_provider paid after: 10 | -",
		"missing_at_provider refunded X before: 5 settled | -", "missing_at_provider refunded X first: 5 settled | -", "missing_at_provider refunded X last: 5 settled | -", "missing_at_provider refunded X after: 5 settled | -",
		"missing_at_provider disputed D before: 1 open | -", "missing_at_provider disputed D first: 1 open | -", "missing_at_provider disputed D last: 1 open | -", "missing_at_provider disputed D after: 1 open | -",
	}
	wantLines(t, ledger.Reconcile(books, ledger.Statement{}, refund.Money{}), nil, all...)
	inside := slices.Concat(all[1:3], all[5:7], all[9:11])
	wantLines(t, ledger.Reconcile(books, ledger.Statement{From: from, To: to}, refund.Money{}), nil, inside...)

	because(t, "reports after the end of the statement are not expected in it", func(t *testing.T) {
		books, keys := refunded(t, opened(t, "100", "40", "60"), "50", "R-1")
		books = submittedFirst(t, books, keys)
		books = withDispute(t, withOutsideRefund(t, books, keys), keys)
		s := statementOf(books)
		s.To = day(15)
		books = must(t)(books.Settle(keys[0], day(15)))
		books = must(t)(books.LoseDispute("D-1", usd("30"), day(15)))
		books = must(t)(books.FailRefund("X-1", day(15)))
		books = must(t)(books.RecordReversal(ledger.Reversal{ID: "V-1", Payment: "P-2", Amount: usd("5"), At: day(15)}))
		wantLines(t, ledger.Reconcile(books, s, refund.Money{}), nil)
		s.To = day(16)
		wantLines(t, ledger.Reconcile(books, s, refund.Money{}), map[string]string{keys[0]: "KEY-1"},
			"missing_at_provider reversed P-2: 5 | -",
			"other_state refunded X-1: 20 failed | 20 settled",
			"other_state posted KEY-1: 40 settled | 40 submitted",
			"other_state disputed D-1: 30 lost | 30 open")
	})
	because(t, "the first report on an instruction is recorded, even if the refund was posted after the statement", func(t *testing.T) {
		books, keys := refunded(t, opened(t, "100", "40", "60"), "50", "R-1")
		s := ledger.Statement{To: day(1), Payments: statementOf(books).Payments, Refunds: []ledger.ListedRefund{listedRefund("re-1", "P-1", "40", keys[0])}}
		wantLines(t, ledger.Reconcile(books, s, refund.Money{}), map[string]string{keys[0]: "KEY-1"},
			"other_state posted KEY-1: 40 pending | 40 settled; record refunded re-1 40 for KEY-1")
	})
	because(t, "a refund of the opening position is not recorded again", func(t *testing.T) {
		books := must(t)(opened(t, "100", "100").RecordRefund(ledger.OutsideRefund{ID: "opening", At: from, Amount: usd("60"), Reason: "before adoption"}))
		s := statementOf(books)
		s.From = from
		old := listedRefund("X-1", "P-1", "60", "")
		old.At = from.Add(-1)
		d := ledger.DisputeStatus{Dispute: ledger.Dispute{ID: "D-1", Payment: "P-1", Amount: usd("10"), At: from.Add(-1)}}
		s.Refunds, s.Disputes = []ledger.ListedRefund{old}, []ledger.DisputeStatus{d}
		wantLines(t, ledger.Reconcile(books, s, refund.Money{}), nil)
		s.Disputes[0].State, s.Disputes[0].DecidedAt = ledger.StateLost, from
		wantLines(t, ledger.Reconcile(books, s, refund.Money{}), nil,
			"missing_in_books disputed D-1: - | 10 lost; record disputed D-1 10",
			"other_state disputed D-1: 10 open | 10 lost; record lost D-1 10")
	})
}

// Two instructions with the same payment and amount, in a list without keys, are matched by their states.
func TestInstructionsThatLookAlike(t *testing.T) {
	books, first := refunded(t, opened(t, "100", "100"), "30", "R-1")
	books, second := refunded(t, books, "30", "R-2")
	books = must(t)(must(t)(books.Submit(first[0], day(13))).Submit(second[0], day(13)))
	books = must(t)(books.Settle(second[0], day(14)))
	for _, reverse := range []bool{false, true} {
		s := statementOf(books)
		s.Refunds[0].Key, s.Refunds[1].Key = "", ""
		if reverse {
			slices.Reverse(s.Refunds)
		}
		wantLines(t, ledger.Reconcile(books, s, refund.Money{}), nil)
	}
}

func TestTheZeroLedgerLacksEverything(t *testing.T) {
	books := disputed(t, must(t)(opened(t, "100", "100").RecordRefund(outsideRefund("X-1", "P-1", "5"))), "D-1", "P-1", "1")
	wantLines(t, ledger.Reconcile(ledger.Ledger{}, statementOf(books), usd("75")), nil,
		"missing_in_books paid P-1: - | 100",
		"missing_in_books refunded X-1: - | 5 settled",
		"missing_in_books disputed D-1: - | 1 open")
	wantLines(t, ledger.Reconcile(ledger.Ledger{}, ledger.Statement{}, usd("75")), nil)
}

func TestReconcileAll(t *testing.T) {
	broken := errors.New("line 2 cannot be read")
	reconciled := func(id string, s ledger.Statement) ledger.Reconciliation {
		l := must(t)(ledger.New(id, usd("100"), ledger.Payment{ID: "P-1", At: day(2), Amount: usd("100")}))
		return ledger.Reconciliation{Ledger: l, Statement: s, Entitlement: usd("75")}
	}
	paid := ledger.ListedPayment{Payment: ledger.Payment{ID: "P-1", At: day(2), Amount: usd("100")}}
	var read int
	all := func(yield func(ledger.Reconciliation, error) bool) {
		for i, s := range []ledger.Statement{
			{},
			{Payments: []ledger.ListedPayment{paid}},
			{Payments: []ledger.ListedPayment{paid}, Refunds: []ledger.ListedRefund{listedRefund("X-1", "P-1", "80", "")}},
		} {
			read++
			if i == 1 && !yield(ledger.Reconciliation{}, broken) || !yield(reconciled(fmt.Sprint("SUB-", i), s), nil) {
				return
			}
		}
	}
	var got []string
	for d, err := range ledger.ReconcileAll(all) {
		if err != nil {
			if d.Code != 0 || !errors.Is(err, broken) {
				t.Errorf("%v beside %v", d.Code, err)
			}
			got = append(got, err.Error())
			continue
		}
		got = append(got, d.Subscription+" "+d.Code.String())
	}
	want := []string{"SUB-0 missing_at_provider", "line 2 cannot be read", "SUB-2 missing_in_books", "SUB-2 beyond_entitlement"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}

	because(t, "a caller that stops reads no further", func(t *testing.T) {
		for stop := 1; stop <= 3; stop++ {
			read = 0
			n := 0
			for range ledger.ReconcileAll(all) {
				if n++; n == stop {
					break
				}
			}
			if want := []int{1, 2, 3}[stop-1]; read != want {
				t.Errorf("read %d, want %d", read, want)
			}
		}
	})
}

// export returns an export of many subscriptions. Each has the same books with some payments.
func export(t testing.TB, subscriptions, payments int, change func(i int, s *ledger.Statement)) iter.Seq2[ledger.Reconciliation, error] {
	t.Helper()
	books := must(t)(ledger.New("SUB-1", usd("1000")))
	for i := range payments {
		books = must(t)(books.RecordPayment(ledger.Payment{ID: fmt.Sprint("P-", i), At: day(2 + i%20), Amount: usd("50")}))
	}
	if payments > 0 {
		var keys []string
		books, keys = refunded(t, books, "40", "R-1")
		books = must(t)(must(t)(books.Submit(keys[0], day(13))).Settle(keys[0], day(14)))
	}
	s := statementOf(books)
	return func(yield func(ledger.Reconciliation, error) bool) {
		for i := range subscriptions {
			s := s
			change(i, &s)
			if !yield(ledger.Reconciliation{Ledger: books, Statement: s, Entitlement: usd("75")}, nil) {
				return
			}
		}
	}
}

// A million payments, four for each subscription, one of which was refunded. Either there
// are no differences, or the books of every hundredth subscription lack a refund.
func BenchmarkReconcileAll(b *testing.B) {
	const subscriptions, each = 250_000, 4
	stored, err := json.Marshal(firstOf(export(b, 1, each, func(int, *ledger.Statement) {})).Ledger)
	if err != nil {
		b.Fatal(err)
	}
	for _, bench := range []struct {
		name   string
		change func(i int, s *ledger.Statement)
	}{
		{"reconciled", func(int, *ledger.Statement) {}},
		{"books read from JSON", func(int, *ledger.Statement) {
			var books ledger.Ledger
			if err := json.Unmarshal(stored, &books); err != nil {
				b.Fatal(err)
			}
		}},
		{"one in 100 differs", func(i int, s *ledger.Statement) {
			if i%100 == 0 {
				s.Refunds = append(slices.Clip(s.Refunds), listedRefund("X-1", "P-1", "20", ""))
			}
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			all := export(b, subscriptions, each, bench.change)
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range ledger.ReconcileAll(all) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(subscriptions*each), "ns/payment")
		})
	}
}

func firstOf(all iter.Seq2[ledger.Reconciliation, error]) (first ledger.Reconciliation) {
	for r := range all {
		return r
	}
	return first
}

// The codes are a contract.
func TestDifferenceCodes(t *testing.T) {
	want := []string{"unset", "missing_in_books", "missing_at_provider", "other_amount", "other_payment", "other_state", "beyond_cap", "beyond_entitlement"}
	for i, code := range want {
		c := ledger.DifferenceCode(i)
		if c.String() != code {
			t.Errorf("%d is %v, want %s", i, c, code)
		}
		text, err := c.MarshalText()
		if i == 0 && (len(text) > 0 || err != nil) || i > 0 && string(text) != code {
			t.Errorf("%v is written as %q, %v", c, text, err)
		}
		var read ledger.DifferenceCode
		if err := read.UnmarshalText(text); err != nil || read != c {
			t.Errorf("%q is read as %v, %v", text, read, err)
		}
	}
	_, err := ledger.DifferenceCode(len(want)).MarshalText()
	wantPaths(t, err, "code")
	wantPaths(t, new(ledger.DifferenceCode).UnmarshalText([]byte("other")), "code")
}
