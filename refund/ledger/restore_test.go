package ledger_test

import (
	"slices"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// longHistory returns books with events of all kinds.
func longHistory(t *testing.T) ledger.Ledger {
	t.Helper()
	books, keys := refunded(t, opened(t, "100.00", "60.00", "40.00"), "70.00", "R-1") // P-1 60, P-2 10
	books = must(t)(books.Submit(keys[0], day(13)))
	books = must(t)(books.Settle(keys[0], day(14)))
	books = must(t)(books.Fail(keys[1], day(14)))
	books = disputed(t, books, "D-1", "P-2", "15.00")
	books = disputed(t, books, "D-2", "P-2", "5.00")
	books = must(t)(books.WinDispute("D-1", day(15)))
	books = lost(t, books, "D-2", "5.00", 15)
	books, _ = refunded(t, books, "20.00", "R-2") // P-2 20
	// A payment that bounced, and a refund that failed.
	books = must(t)(books.RecordPayment(ledger.Payment{ID: "P-3", At: day(10), Amount: usd("10.00")}))
	books = reversed(t, books, ledger.Reversal{ID: "V-1", Payment: "P-3", Amount: usd("10.00")})
	return must(t)(outside(t, books, "F-1", "", "1.00").FailRefund("F-1", day(15)))
}

func TestRestore(t *testing.T) {
	books := longHistory(t)
	events := books.Events()
	again := must(t)(ledger.Restore("SUB-1", usd("100.00"), events))
	if !again.Equal(books) || again.Version() != books.Version() || again.Version() != 15 {
		t.Fatalf("version %d became %d", books.Version(), again.Version())
	}
	wantFigures(t, again, "100 85 0 15 0 15")
	if figures(again) != figures(books) {
		t.Errorf("%s became %s", figures(books), figures(again))
	}
	for i, r := range books.Refunds() {
		s := again.Refunds()[i]
		if s.Key != r.Key || s.State != r.State || !s.At.Equal(r.At) || len(s.Shares) != len(r.Shares) {
			t.Errorf("%+v became %+v", r, s)
		}
		for j := range r.Shares {
			if s.Shares[j].Key != r.Shares[j].Key || s.Shares[j].State != r.Shares[j].State || !s.Shares[j].At.Equal(r.Shares[j].At) {
				t.Errorf("share %+v became %+v", r.Shares[j], s.Shares[j])
			}
		}
	}
	// The first events of a valid history are a valid history.
	for n := range events {
		if l := must(t)(ledger.Restore("SUB-1", usd("100.00"), events[:n])); l.Version() != n {
			t.Errorf("%d events make version %d", n, l.Version())
		}
	}
	// A decision on the books can be posted on the restored ones.
	d := decide(t, books, "15.00")
	if !posted(t, again, d, "R-3").Equal(posted(t, books, d, "R-3")) {
		t.Error("posted on the restored ledger, the refund differs")
	}
}

func TestRestoreRefuses(t *testing.T) {
	events := longHistory(t).Events()
	const paid1, paid2, posted1, submitted, settled, failed, disputed1, disputed2, won, loss, posted2, reversed1, refunded1, refundFailed = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14
	type list = []ledger.Event
	drop := func(i int) func(list) list {
		return func(l list) list { return slices.Delete(l, i, i+1) }
	}
	swap := func(i, j int) func(list) list {
		return func(l list) list { l[i], l[j] = l[j], l[i]; return l }
	}
	again := func(i int) func(list) list {
		return func(l list) list { return append(l, l[i]) }
	}
	share := func(payment, amount string) ledger.Share { return ledger.Share{Payment: payment, Amount: usd(amount)} }
	for _, r := range []struct {
		why    string
		change func(list) list
		want   []string
	}{
		{"the unedited history", func(l list) list { return l }, nil},
		{"without a payment, its refund is too much", drop(paid1), []string{"events[1]"}},
		{"without the other payment", drop(paid2), []string{"events[1]"}},
		{"without the refund, its instruction is unknown", drop(posted1), []string{"events[2]"}},
		{"without a submission, the later events are valid", drop(submitted), nil},
		{"without a settlement, the last refund is valid", drop(settled), nil},
		{"without a failure, the last refund is valid", drop(failed), nil},
		{"without a failure that the last refund relies on", func(l list) list {
			l[posted2].Amount, l[posted2].Shares[0].Amount = usd("25.01"), usd("25.01")
			return slices.Delete(l, failed, failed+1)
		}, []string{"events[9]"}},
		{"without a dispute that is won", drop(disputed1), []string{"events[7]"}},
		{"without the dispute that is lost", drop(disputed2), []string{"events[8]"}},
		{"without a win that the last refund relies on", func(l list) list {
			l[posted2].Amount, l[posted2].Shares[0].Amount = usd("20.01"), usd("20.01")
			return slices.Delete(l, won, won+1)
		}, []string{"events[9]"}},
		{"no events at all", func(list) list { return nil }, nil},
		{"a payment twice", again(paid1), []string{"events[15]"}},
		{"a refund twice", again(posted2), []string{"events[15]"}},
		{"a submission twice", again(submitted), []string{"events[15]"}},
		{"a settlement twice", again(settled), []string{"events[15]"}},
		{"a failure twice", again(failed), []string{"events[15]"}},
		{"a dispute twice", again(disputed1), []string{"events[15]"}},
		{"a win twice", again(won), []string{"events[15]"}},
		{"a loss twice", again(loss), []string{"events[15]"}},
		{"the refund before its payments", swap(paid1, posted1), []string{"events[0]"}},
		{"a submission after its settlement, which has no effect", swap(submitted, settled), []string{"events[4]"}},
		{"a submission before its refund", swap(posted1, submitted), []string{"events[2]"}},
		{"a win before its dispute", swap(disputed1, won), []string{"events[6]"}},
		{"payments in another order are valid, but different books", swap(paid1, paid2), nil},
		{"a settlement and a failure of two shares, in another order", swap(settled, failed), nil},
		{"a reversal twice", again(reversed1), []string{"events[15]"}},
		{"an outside refund twice", again(refunded1), []string{"events[15]"}},
		{"its failure twice", again(refundFailed), []string{"events[15]"}},
		{"a failure before its outside refund", swap(refunded1, refundFailed), []string{"events[13]"}},
		{"without the outside refund", drop(refunded1), []string{"events[13]"}},
		{"a settlement after the failure is a fact, and accepted", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventSettled, At: day(20), ID: l[failed].ID})
		}, nil},
		{"a submission after the failure", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventSubmitted, At: day(20), ID: l[failed].ID})
		}, []string{"events[15]"}},
		{"a dispute that was won is lost", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventLost, At: day(20), ID: "D-1", Amount: usd("99.00")})
		}, nil},
		{"a dispute that was lost is won", func(l list) list { return append(l, ledger.Event{Kind: ledger.EventWon, At: day(20), ID: "D-2"}) }, nil},
		{"another payment of the same id", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventPaid, At: day(20), ID: "P-1", Amount: usd("1.00")})
		}, []string{"events[15]"}},
		{"another dispute of the same id", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventDisputed, At: day(20), ID: "D-1", Payment: "P-1", Amount: usd("1.00")})
		}, []string{"events[15]"}},
		{"another refund under the same key", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventPosted, At: day(20), ID: "R-2", Amount: usd("1.00"), Decision: refund.Digest{1}, Shares: shares(share("P-2", "1.00"))})
		}, []string{"events[15]"}},
		{"the same decision under another key", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventPosted, At: day(20), ID: "R-3", Amount: usd("1.00"), Decision: l[posted2].Decision, Shares: shares(share("P-2", "1.00"))})
		}, []string{"events[15]"}},
		{"another decision, on the available amount", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventPosted, At: day(20), ID: "R-3", Amount: usd("15.00"), Decision: refund.Digest{1}, Shares: shares(share("P-2", "15.00"))})
		}, nil},
		{"a cent more than is available", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventPosted, At: day(20), ID: "R-3", Amount: usd("15.01"), Decision: refund.Digest{1}, Shares: shares(share("P-2", "15.01"))})
		}, []string{"events[15]"}},
		{"the available amount, on the wrong payment", func(l list) list {
			return append(l, ledger.Event{Kind: ledger.EventPosted, At: day(20), ID: "R-3", Amount: usd("15.00"), Decision: refund.Digest{1}, Shares: shares(share("P-1", "15.00"))})
		}, []string{"events[15]"}},
		{"a share is moved to a payment with less available", func(l list) list {
			l[posted1].Shares = shares(share("P-1", "29.00"), share("P-2", "41.00"))
			return l
		}, []string{"events[2]"}},
		{"a share is moved: its instruction has another key", func(l list) list {
			l[posted1].Shares = shares(share("P-1", "59.00"), share("P-2", "11.00"))
			return l
		}, []string{"events[3]"}},
		{"an amount is raised", func(l list) list { l[posted1].Amount = usd("80.00"); return l }, []string{"events[2].shares"}},
		{"an amount and its share are raised above the price", func(l list) list {
			l[paid2].Amount, l[posted1].Amount, l[posted1].Shares[1].Amount = usd("400.00"), usd("100.01"), usd("40.01")
			return l
		}, []string{"events[2]"}},
		{"the first of two broken events is reported", func(l list) list {
			l[submitted].ID, l[won].ID, l[won].At = "", "", l[paid1].At.AddDate(20000, 0, 0)
			return l
		}, []string{"events[3].id"}},
		{"all faults of the first one are reported", func(l list) list { l[won] = ledger.Event{Method: "visa", Payment: "P-1"}; return l },
			[]string{"events[8].kind", "events[8].id", "events[8].at", "events[8].method", "events[8].payment"}},
	} {
		because(t, r.why, func(t *testing.T) {
			list := slices.Clone(events)
			for i := range list {
				list[i].Shares = slices.Clone(list[i].Shares)
			}
			l, err := ledger.Restore("SUB-1", usd("100.00"), r.change(list))
			if r.want != nil {
				invalidWith(t, r.want...)(l, err)
				return
			}
			if err != nil {
				t.Fatalf("refused: %v", err)
			}
			identity(t, l)
		})
	}
}

func shares(list ...ledger.Share) []ledger.Share { return list }

func TestRestoreOfAnotherSubscription(t *testing.T) {
	events := longHistory(t).Events()
	// The keys of instructions depend on the subscription.
	invalidWith(t, "events[3]")(ledger.Restore("SUB-2", usd("100.00"), events))
	// At a lower price, the refund is too much.
	invalidWith(t, "events[2]")(ledger.Restore("SUB-1", usd("69.99"), events))
	must(t)(ledger.Restore("SUB-1", usd("100.00").Times(5), events))
	invalidWith(t, "events[0].amount")(ledger.Restore("SUB-1", refund.MustMoney("100", "EUR"), events))
	invalidWith(t, "subscription", "price")(ledger.Restore("", refund.Money{}, events))
	invalidWith(t, "price")(ledger.Restore("SUB-1", usd("-100.00"), events))
}

// A refund without a payment is taken from the oldest payment. A share on that payment
// would refund it twice, so Restore refuses it; Post would not split like this.
func TestRestoreDrawsRefundsWithoutAPayment(t *testing.T) {
	books := outside(t, opened(t, "200.00", "100.00", "100.00"), "F-1", "", "60.00")
	for _, r := range []struct {
		why     string
		share   ledger.Share
		refused bool
	}{
		{"the available amount of the oldest payment", ledger.Share{Payment: "P-1", Amount: usd("40.00")}, false},
		{"a cent more than the refund leaves on the oldest payment", ledger.Share{Payment: "P-1", Amount: usd("40.01")}, true},
		{"the whole of the other payment", ledger.Share{Payment: "P-2", Amount: usd("100.00")}, false},
	} {
		because(t, r.why, func(t *testing.T) {
			l, err := ledger.Restore("SUB-1", usd("200.00"), append(books.Events(), ledger.Event{
				Kind: ledger.EventPosted, At: day(14), ID: "R-1", Amount: r.share.Amount, Decision: refund.Digest{1}, Shares: shares(r.share),
			}))
			if r.refused {
				invalidWith(t, "events[3]")(l, err)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}
