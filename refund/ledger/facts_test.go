package ledger_test

import (
	"slices"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Each test in this file reproduces a bug of another system in recording facts from
// outside, and is named after its report.

// outside returns books with one more outside refund.
func outside(t *testing.T, books ledger.Ledger, id, payment, amount string) ledger.Ledger {
	t.Helper()
	return must(t)(books.RecordRefund(ledger.OutsideRefund{ID: id, At: day(11), Payment: payment, Amount: usd(amount), Reason: "dashboard"}))
}

// reversed returns books with one more reversal.
func reversed(t *testing.T, books ledger.Ledger, v ledger.Reversal) ledger.Ledger {
	t.Helper()
	v.At = day(11)
	return must(t)(books.RecordReversal(v))
}

// lost returns books with a lost dispute of the amount.
func lost(t *testing.T, books ledger.Ledger, id, amount string, n int) ledger.Ledger {
	t.Helper()
	return must(t)(books.LoseDispute(id, refund.MustMoney(amount, books.Price().Currency().Code()), day(n)))
}

// alertsOf returns the alerts as texts, such as "excess 5 P-1".
func alertsOf(books ledger.Ledger) (list []string) {
	for _, a := range books.Alerts() {
		text := a.Code.String() + " " + short(a.Amount)
		for _, id := range []string{a.Payment, a.ID} {
			if id != "" {
				text += " " + id
			}
		}
		list = append(list, text)
	}
	return list
}

func wantAlerts(t *testing.T, books ledger.Ledger, want ...string) {
	t.Helper()
	if got := alertsOf(books); !slices.Equal(got, want) {
		t.Errorf("alerts are %q, want %q", got, want)
	}
}

// Sylius StripePlugin #101, breeze #5503, vm0 #32448: a refund that was made in the
// provider's dashboard never reached the books, and was made again.
func TestSylius101DashboardRefund(t *testing.T) {
	entitled := func(books ledger.Ledger) refund.Case { // to 75.00: one issue at 25.00
		c := asked(t, books)
		c.Subscription.Service.PerInstance = usd("25.00")
		c.Issues = refund.IssueLog{{ID: "T-1", Opened: day(3), Resolved: day(4)}}
		return c
	}
	books := opened(t, "100.00", "100.00")
	c := entitled(books)
	d, err := decision.Approve(policy(), c, shown(t, c), approval("ana", usd("40.00")))
	if err != nil {
		t.Fatal(err)
	}
	sent := posted(t, books, d, "R-0")
	books = outside(t, books, "F-1", "P-1", "60.00")
	wantFigures(t, books, "100 60 0 40 0 40")
	o, err := policy().Evaluate(entitled(books))
	if err != nil || !o.Refundable.Equal(usd("15.00")) {
		t.Errorf("refundable %v, %v", o.Refundable, err)
	}
	refusedWith(t, decision.ErrStale)(books.Post(d, "R-1", ledger.Options{}, day(12)))
	// An instruction that was posted before the refund became known may be sent while the cap allows it.
	sent = outside(t, sent, "F-1", "P-1", "60.00")
	must(t)(sent.Submit(keysOf(sent, "R-0")[0], day(12)))
	sent = outside(t, sent, "F-2", "", "0.01")
	refusedWith(t, ledger.ErrInsufficient)(sent.Submit(keysOf(sent, "R-0")[0], day(12)))
	wantAlerts(t, sent, "beyond_cap 0.01", "excess 0.01", "instruction_blocked 40 P-1 "+keysOf(sent, "R-0")[0])
}

// gumroad PR #6833: of 127,332 disputes, 727 were won and then lost, 178 lost and then won.
func TestGumroad6833DisputesDecidedAgain(t *testing.T) {
	type verdict struct {
		outcome string
		at      int
	}
	for _, r := range []struct {
		why      string
		verdicts []verdict
		want     string
	}{
		{"won, then lost: the customer has the money", []verdict{{"won", 14}, {"lost", 15}}, "100 100 0 0 0 0"},
		{"lost, then won: the company has the money", []verdict{{"lost", 14}, {"won", 15}}, "100 0 0 100 0 100"},
		{"the older loss arrives later", []verdict{{"won", 15}, {"lost", 14}}, "100 0 0 100 0 100"},
		{"the older win arrives later", []verdict{{"lost", 15}, {"won", 14}}, "100 100 0 0 0 0"},
		{"at the same instant, the loss counts", []verdict{{"lost", 14}, {"won", 14}}, "100 100 0 0 0 0"},
		{"at the same instant, the loss counts in either order", []verdict{{"won", 14}, {"lost", 14}}, "100 100 0 0 0 0"},
		{"a webhook that is delivered again does not change the result", []verdict{{"won", 14}, {"lost", 15}, {"won", 14}}, "100 100 0 0 0 0"},
	} {
		because(t, r.why, func(t *testing.T) {
			books := disputed(t, opened(t, "100.00", "100.00"), "D-1", "P-1", "100.00")
			for _, v := range r.verdicts {
				if v.outcome == "won" {
					books = must(t)(books.WinDispute("D-1", day(v.at)))
				} else {
					books = lost(t, books, "D-1", "100.00", v.at)
				}
			}
			wantFigures(t, books, r.want)
			if kept := books.Version() - 2; kept != 2 {
				t.Errorf("%d decisions are kept", kept)
			}
		})
	}
}

// polar #8344: a dispute was above its payment, by the bank's exchange rate.
func TestPolar8344DisputeAboveThePayment(t *testing.T) {
	books := disputed(t, opened(t, "100.00", "100.00"), "D-1", "P-1", "101.37")
	wantFigures(t, books, "100 0 100 0 0 0")
	wantAlerts(t, books, "dispute_beyond_payment 1.37 P-1 D-1")
	books = lost(t, books, "D-1", "101.37", 15)
	wantFigures(t, books, "100 100 0 0 1.37 0")
	wantAlerts(t, books, "beyond_cap 1.37", "excess 1.37 P-1", "dispute_beyond_payment 1.37 P-1 D-1")
	s, err := books.Subscription(sold(usd("100.00")))
	if err != nil || !s.Refunded.Equal(usd("100.00")) || !s.Disputed.Equal(usd("0.00")) {
		t.Errorf("refunded %v, disputed %v, %v", s.Refunded, s.Disputed, err)
	}
}

// woocommerce-payments #6196: a dispute was lost in part.
func TestWooCommercePayments6196LostInPart(t *testing.T) {
	books := lost(t, disputed(t, opened(t, "100.00", "100.00"), "D-1", "P-1", "100.00"), "D-1", "40.00", 15)
	wantFigures(t, books, "100 40 0 60 0 60")
	wantFigures(t, posted(t, books, decide(t, books, "60.00"), "R-1"), "100 100 0 0 0 0")
}

// pretix #343: a customer was charged twice, and one charge was returned in the dashboard.
func TestPretix343DoubleCharge(t *testing.T) {
	paid := opened(t, "100.00", "100.00", "100.00")
	whole := ledger.Reversal{ID: "V-1", Payment: "P-1", Amount: usd("100.00")}
	named := whole
	named.Refund = "F-1"
	for _, r := range []struct {
		why   string
		books ledger.Ledger
	}{
		{"it is recorded as a reversal", reversed(t, paid, whole)},
		{"it was recorded as a refund, and a person records a reversal that names it", reversed(t, outside(t, paid, "F-1", "P-1", "100.00"), named)},
		{"the reversal that names it is recorded before the refund", outside(t, reversed(t, paid, named), "F-1", "P-1", "100.00")},
		{"the refund does not name its payment", outside(t, reversed(t, paid, named), "F-1", "", "100.00")},
	} {
		because(t, r.why, func(t *testing.T) {
			wantFigures(t, r.books, "100 0 0 100 0 100")
			wantAlerts(t, r.books)
			after := posted(t, r.books, decide(t, r.books, "100.00"), "R-1")
			if got := splitOf(after, "R-1"); got != "P-2 100" {
				t.Errorf("split is %s", got)
			}
			must(t)(after.Submit(keysOf(after, "R-1")[0], day(13)))
		})
	}
	// Without a reversal that names it, it may be either: an alert reports it.
	open := outside(t, paid, "F-1", "P-1", "100.00")
	wantFigures(t, open, "200 100 0 100 0 0")
	wantAlerts(t, open, "overpayment_returned 100 P-1 F-1")
	open = lost(t, disputed(t, paid, "D-1", "P-2", "30.00"), "D-1", "30.00", 15)
	wantAlerts(t, open, "overpayment_returned 30 P-2 D-1")
	open = reversed(t, open, ledger.Reversal{ID: "V-2", Payment: "P-2", Amount: usd("30.00"), Dispute: "D-1"})
	wantFigures(t, open, "170 0 0 170 0 100")
	wantAlerts(t, open)
}

// atd-data-tech #12831, org.project60.sepa #285: a debit bounced, and was paid again.
func TestSepa285BouncedDebit(t *testing.T) {
	books := must(t)(ledger.New("SUB-1", refund.MustMoney("13400", "JPY"),
		ledger.Payment{ID: "P-1", At: day(2), Amount: refund.MustMoney("13400", "JPY"), Method: "direct debit"}))
	bounced := reversed(t, books, ledger.Reversal{ID: "V-1", Payment: "P-1", Amount: refund.MustMoney("13400", "JPY")})
	wantFigures(t, bounced, "0 0 0 0 0 0")
	again := must(t)(bounced.RecordPayment(ledger.Payment{ID: "P-2", At: day(9), Amount: refund.MustMoney("13400", "JPY")}))
	wantFigures(t, again, "13400 0 0 13400 0 13400")
	if got := splitOf(posted(t, again, decide(t, again, "13400"), "R-1"), "R-1"); got != "P-2 13400" {
		t.Errorf("split is %s", got)
	}
	// If a debit bounces after it was refunded, the money was returned twice.
	refunded, _ := refunded(t, books, "13400", "R-1")
	wantFigures(t, reversed(t, refunded, ledger.Reversal{ID: "V-1", Payment: "P-1", Amount: refund.MustMoney("13400", "JPY")}), "0 0 0 0 13400 0")
}

// akash console PR #2438: a webhook had the sum of all refunds, which was recorded as one
// more refund: 10.00, then "15.00 in total".
func TestAkashConsole2438CumulativeAmounts(t *testing.T) {
	books := outside(t, opened(t, "100.00", "100.00"), "F-1", "P-1", "10.00")
	books = outside(t, books, "F-2", "P-1", "5.00") // the second refund, from the provider's list
	addsNothing(t, books)(books.RecordRefund(ledger.OutsideRefund{ID: "F-1", At: day(20), Payment: "P-1", Amount: usd("10.00"), Reason: "dashboard"}))
	wantFigures(t, books, "100 15 0 85 0 85")
	// The sum under the id of the first refund is refused.
	refusedWith(t, ledger.ErrConflict)(books.RecordRefund(ledger.OutsideRefund{ID: "F-1", At: day(11), Payment: "P-1", Amount: usd("15.00"), Reason: "dashboard"}))
	failed := must(t)(books.FailRefund("F-2", day(12)))
	wantFigures(t, failed, "100 10 0 90 0 90")
	wantFigures(t, must(t)(books.FailRefund("F-2", day(11))), "100 15 0 85 0 85") // at the instant of the refund, so it does not count
}

// A refund that carried out our instruction is also in the provider's list.
func TestOwnRefundInTheProvidersList(t *testing.T) {
	books, keys := refunded(t, opened(t, "100.00", "100.00"), "60.00", "R-1")
	own := ledger.OutsideRefund{ID: "F-1", At: day(13), Payment: "P-1", Amount: usd("60.00"), Key: keys[0]}
	settled := must(t)(must(t)(books.Submit(keys[0], day(12))).Settle(keys[0], day(13)))
	for _, r := range []struct {
		why   string
		books ledger.Ledger
		state ledger.State
		want  string
	}{
		{"it is pending: the answer was lost", must(t)(books.RecordRefund(own)), ledger.StateSettled, "100 60 0 40 0 40"},
		{"it is settled", must(t)(settled.RecordRefund(own)), ledger.StateSettled, "100 60 0 40 0 40"},
		{"it was reported as failed earlier", must(t)(must(t)(books.Fail(keys[0], day(12))).RecordRefund(own)), ledger.StateSettled, "100 60 0 40 0 40"},
		{"it failed later", must(t)(must(t)(settled.RecordRefund(own)).FailRefund("F-1", day(14))), ledger.StateFailed, "100 0 0 100 0 100"},
	} {
		because(t, r.why, func(t *testing.T) {
			if got := r.books.Refunds()[0].State; got != r.state {
				t.Errorf("the refund is %v, want %v", got, r.state)
			}
			wantFigures(t, r.books, r.want)
			addsNothing(t, r.books)(r.books.RecordRefund(own))
		})
	}
	with := func(change func(*ledger.OutsideRefund)) ledger.OutsideRefund {
		r := own
		change(&r)
		return r
	}
	refusedWith(t, ledger.ErrConflict)(settled.RecordRefund(with(func(r *ledger.OutsideRefund) { r.Amount = usd("59.99") })))
	refusedWith(t, ledger.ErrConflict)(settled.RecordRefund(with(func(r *ledger.OutsideRefund) { r.Payment = "P-9" })))
	refusedWith(t, ledger.ErrUnknown)(settled.RecordRefund(with(func(r *ledger.OutsideRefund) { r.Key = "R-1" })))
	// A second refund with the key was paid in addition: it is recorded without the key, and counts.
	twice := must(t)(settled.RecordRefund(own))
	refusedWith(t, ledger.ErrConflict)(twice.RecordRefund(with(func(r *ledger.OutsideRefund) { r.ID = "F-2" })))
	wantFigures(t, outside(t, twice, "F-2", "P-1", "30.00"), "100 90 0 10 0 10")
}

// An instruction that settles after a failure counts again, even if the decision was posted again.
func TestSettledAfterFailure(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	d := decide(t, base, "60.00")
	books := posted(t, base, d, "R-1")
	first := keysOf(books, "R-1")[0]
	books = must(t)(books.Fail(first, day(13)))
	refusedWith(t, ledger.ErrFailed)(books.Submit(first, day(14)))
	books = posted(t, books, d, "R-2")
	second := keysOf(books, "R-2")[0]
	wantFigures(t, must(t)(books.Settle(first, day(12))), "100 60 0 40 0 40") // before it failed
	books = must(t)(books.Settle(first, day(14)))
	wantFigures(t, books, "100 100 0 0 20 0")
	refusedWith(t, ledger.ErrInsufficient)(books.Submit(second, day(14)))
	wantAlerts(t, books, "beyond_cap 20", "excess 20 P-1", "instruction_blocked 60 P-1 "+second, "settled_after_failure 60 P-1 "+first)
	// The second one fails too; the decision is spent by the first.
	books = must(t)(books.Fail(second, day(15)))
	refusedWith(t, ledger.ErrConflict)(books.Post(d, "R-3", ledger.Options{}, day(16)))
	wantFigures(t, books, "100 60 0 40 0 40")
}

// Submit is checked against all facts in the books, not only those on its own payment.
func TestSubmitIsCheckedAgainstAllFacts(t *testing.T) {
	for _, r := range []struct {
		why     string
		paid    []string
		amount  string
		happens func(ledger.Ledger) ledger.Ledger
		want    error
	}{
		{"the price was returned on the other payment", []string{"100.00", "100.00"}, "100.00",
			func(l ledger.Ledger) ledger.Ledger {
				return lost(t, disputed(t, l, "D-1", "P-2", "100.00"), "D-1", "100.00", 14)
			}, ledger.ErrInsufficient},
		{"it may be returned on the other payment", []string{"100.00", "100.00"}, "100.00",
			func(l ledger.Ledger) ledger.Ledger { return disputed(t, l, "D-1", "P-2", "100.00") }, ledger.ErrDisputed},
		{"the other dispute was won", []string{"100.00", "100.00"}, "100.00",
			func(l ledger.Ledger) ledger.Ledger {
				return must(t)(disputed(t, l, "D-1", "P-2", "100.00").WinDispute("D-1", day(14)))
			}, nil},
		{"its payment bounced, though the other payment has enough", []string{"50.00", "100.00"}, "50.00",
			func(l ledger.Ledger) ledger.Ledger {
				return reversed(t, l, ledger.Reversal{ID: "V-1", Payment: "P-1", Amount: usd("0.01")})
			}, ledger.ErrInsufficient},
		{"a part of its payment bounced, and enough remains", []string{"100.00"}, "50.00",
			func(l ledger.Ledger) ledger.Ledger {
				return reversed(t, l, ledger.Reversal{ID: "V-1", Payment: "P-1", Amount: usd("50.00")})
			}, nil},
		{"an outside refund without a payment leaves too little", []string{"100.00"}, "50.00",
			func(l ledger.Ledger) ledger.Ledger { return outside(t, l, "F-1", "", "50.01") }, ledger.ErrInsufficient},
		{"an outside refund without a payment leaves enough", []string{"100.00"}, "50.00",
			func(l ledger.Ledger) ledger.Ledger { return outside(t, l, "F-1", "", "50.00") }, nil},
		{"the returned amount is reported before an open dispute", []string{"100.00"}, "50.00",
			func(l ledger.Ledger) ledger.Ledger {
				return outside(t, disputed(t, l, "D-1", "P-1", "100.00"), "F-1", "P-1", "50.01")
			}, ledger.ErrInsufficient},
	} {
		because(t, r.why, func(t *testing.T) {
			books, keys := refunded(t, opened(t, "100.00", r.paid...), r.amount, "R-1")
			books = r.happens(books)
			if r.want == nil {
				must(t)(books.Submit(keys[0], day(16)))
				return
			}
			refusedWith(t, r.want)(books.Submit(keys[0], day(16)))
			must(t)(books.Settle(keys[0], day(16))) // a fact: the gateway carried it out
		})
	}
}

// A subscription was partly refunded before its books were opened.
func TestOpeningPosition(t *testing.T) {
	books := must(t)(opened(t, "100.00", "25.00", "75.00").RecordRefund(ledger.OutsideRefund{ID: "before", At: day(4), Amount: usd("40.00"), Reason: "before adoption"}))
	wantFigures(t, books, "100 40 0 60 0 60")
	if p := books.Payments(); short(p[0].Refunded) != "25" || short(p[1].Refunded) != "15" {
		t.Errorf("payments are %+v", p)
	}
	books = disputed(t, books, "D-1", "P-2", "75.00")
	wantFigures(t, books, "100 40 60 0 0 0")
	// An outside refund of more than the available amount is taken from disputed amounts; the rest is excess.
	books = outside(t, books, "F-1", "", "10.00")
	wantFigures(t, books, "100 50 50 0 0 0")
	books = outside(t, books, "F-2", "", "50.01")
	wantFigures(t, books, "100 100 0 0 0.01 0")
	wantAlerts(t, books, "beyond_cap 0.01", "excess 0.01")
}
