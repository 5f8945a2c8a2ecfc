package ledger_test

import (
	"errors"
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// Each test in this file reproduces a refund bug of another system and is named after its
// report.

// killbill #334, #1007: no layer enforced the cap, since each relied on another one to count
// earlier refunds. Here every kind of decision is capped.
func TestKillbill334EveryRefundIsCapped(t *testing.T) {
	books, _ := refunded(t, opened(t, "100.00", "150.00"), "70.00", "R-1")
	wantFigures(t, books, "150 70 0 80 0 30")
	c := asked(t, books)
	_, err := decision.Approve(policy(), c, shown(t, c), approval("ana", usd("30.01")))
	if !errors.Is(err, decision.ErrAboveRefundable) {
		t.Errorf("approved: %v", err)
	}
	goodwill := decision.Goodwill{By: decision.Officer{ID: "bob", Limit: usd("500.00")}, At: day(11), Charges: usd("100.00"), Fees: usd("0.00"), Reason: "a long wait"}
	// Goodwill on top of earlier refunds: 100 of charges, of which the cap leaves 30.
	onTop := policy()
	onTop.Readings.GoodwillAfter = refund.GoodwillAfterInAddition
	o, err := onTop.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	d, err := decision.Grant(onTop, c, o.Digest(), goodwill)
	if err != nil || !d.Amount().Equal(usd("30.00")) {
		t.Errorf("goodwill on top: %v, %v", d, err)
	}
	// As published, goodwill is reduced by earlier refunds: 80 of charges less 70 are 10.
	less := goodwill
	less.Charges = usd("80.00")
	d, err = decision.Grant(policy(), c, shown(t, c), less)
	if err != nil || !d.Amount().Equal(usd("10.00")) {
		t.Errorf("goodwill less refunds: %v, %v", d, err)
	}
	full := posted(t, books, decide(t, books, "30.00"), "R-2")
	wantFigures(t, full, "150 100 0 50 0 0")
	_, err = decision.Grant(policy(), asked(t, full), shown(t, asked(t, full)), goodwill)
	wantOnly(t, err, decision.ErrNothingToRefund)
	invalidWith(t, "events[3]")(ledger.Restore("SUB-1", usd("100.00"), append(full.Events(), ledger.Event{
		Kind: ledger.EventPosted, At: day(13), ID: "R-3", Amount: usd("0.01"), Decision: refund.Digest{1}, Shares: shares(ledger.Share{Payment: "P-1", Amount: usd("0.01")}),
	})))
}

// hyperswitch #13182: two refunds of 60 on a payment of 100 were sent at once, and both
// were paid.
func TestHyperswitch13182TwoParallelRefunds(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	mine, yours := decideBy(t, books, "ana", usd("60.00")), decideBy(t, books, "bob", usd("60.00"))
	books = posted(t, books, mine, "R-1")
	refusedWith(t, decision.ErrStale)(books.Post(yours, "R-2", ledger.Options{}, day(12)))
	wantFigures(t, books, "100 60 0 40 0 40")
}

// saleor #19645: each grant was compared with the charge alone, without the earlier grants.
func TestSaleor19645GrantsAreLimitedTogether(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	older := decide(t, books, "60.00")
	books, _ = refunded(t, books, "50.00", "R-1")
	refusedWith(t, decision.ErrStale)(books.Post(older, "R-2", ledger.Options{}, day(12)))
	c := asked(t, books)
	_, err := decision.Approve(policy(), c, shown(t, c), approval("ana", usd("60.00")))
	var gate *decision.GateError
	if !errors.As(err, &gate) || !errors.Is(err, decision.ErrAboveRefundable) {
		t.Errorf("approved: %v", err)
	}
	wantFigures(t, books, "100 50 0 50 0 50")
}

// magento2 #30483: several pending refunds added up to more than the payment.
func TestMagento30483PendingCounts(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	advance := map[string]func(ledger.Ledger, string) ledger.Ledger{
		"10.00": func(l ledger.Ledger, _ string) ledger.Ledger { return l },
		"20.00": func(l ledger.Ledger, key string) ledger.Ledger { return must(t)(l.Submit(key, day(13))) },
		"30.00": func(l ledger.Ledger, key string) ledger.Ledger { return must(t)(l.Settle(key, day(13))) },
		"40.00": func(l ledger.Ledger, key string) ledger.Ledger { return must(t)(l.Fail(key, day(13))) },
	}
	for i, amount := range []string{"40.00", "30.00", "20.00", "10.00"} {
		var keys []string
		books, keys = refunded(t, books, amount, "R-"+string(rune('1'+i)))
		books = advance[amount](books, keys[0])
	}
	wantFigures(t, books, "100 60 0 40 0 40")
	c := asked(t, books)
	_, err := decision.Approve(policy(), c, shown(t, c), approval("ana", usd("40.01")))
	if !errors.Is(err, decision.ErrAboveRefundable) {
		t.Errorf("approved: %v", err)
	}
	books, _ = refunded(t, books, "40.00", "R-9")
	wantFigures(t, books, "100 100 0 0 0 0")
}

// medusa #12192, and vendure: a refund that the gateway had refused still counted.
func TestMedusa12192FailedRefundDoesNotCount(t *testing.T) {
	books, keys := refunded(t, opened(t, "100.00", "100.00"), "100.00", "R-1")
	books = must(t)(books.Submit(keys[0], day(13)))
	books = must(t)(books.Fail(keys[0], day(13)))
	wantFigures(t, books, "100 0 0 100 0 100")
	books, _ = refunded(t, books, "100.00", "R-2")
	wantFigures(t, books, "100 100 0 0 0 0")
}

// medusa (2024), vendure #2302 and #2523, saleor #14596: 0 was treated as a missing amount,
// and a missing amount as the whole amount.
func TestVendure2302ZeroAndMissingAreNotAll(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	c := asked(t, books)
	_, err := decision.Approve(policy(), c, shown(t, c), approval("ana", usd("0.00")))
	wantOnly(t, err, decision.ErrNothingToRefund)
	_, err = decision.Approve(policy(), c, shown(t, c), decision.Approval{By: decision.Officer{ID: "ana", Limit: usd("500.00")}, At: day(11)})
	wantPaths(t, err, "approval.amount")
	refusedWith(t, decision.ErrNothingToRefund)(books.Post(decline(t, books), "R-1", ledger.Options{}, day(12)))
	invalidWith(t, "decision")(books.Post(decision.Decision{}, "R-1", ledger.Options{}, day(12)))
	for _, amount := range []refund.Money{{}, usd("0.00")} {
		invalidWith(t, "events[1].amount")(ledger.Restore("SUB-1", usd("100.00"), append(books.Events(), ledger.Event{
			Kind: ledger.EventPosted, At: day(12), ID: "R-1", Amount: amount, Decision: refund.Digest{1},
		})))
		invalidWith(t, "events[1].shares[0].amount")(ledger.Restore("SUB-1", usd("100.00"), append(books.Events(), ledger.Event{
			Kind: ledger.EventPosted, At: day(12), ID: "R-1", Amount: usd("100.00"), Decision: refund.Digest{1}, Shares: shares(ledger.Share{Payment: "P-1", Amount: amount}),
		})))
		invalidWith(t, "amount")(books.RecordDispute(ledger.Dispute{ID: "D-1", Payment: "P-1", Amount: amount, At: day(12)}))
	}
	wantFigures(t, books, "100 0 0 100 0 100")
}

// hyperswitch PR #11491, saleor-dashboard #4493: a negative amount is below every limit.
func TestHyperswitch11491NegativeAmount(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	c := asked(t, books)
	_, err := decision.Approve(policy(), c, shown(t, c), approval("ana", usd("-60.00")))
	wantPaths(t, err, "approval.amount")
	_, err = decision.Grant(policy(), c, shown(t, c), decision.Goodwill{By: decision.Officer{ID: "bob", Limit: usd("500.00")}, At: day(11), Charges: usd("10.00"), Fees: usd("20.00"), Reason: "x"})
	wantOnly(t, err, decision.ErrNothingToRefund)
	invalidWith(t, "amount")(books.RecordPayment(ledger.Payment{ID: "P-2", At: day(3), Amount: usd("-60.00")}))
	invalidWith(t, "amount")(books.RecordDispute(ledger.Dispute{ID: "D-1", Payment: "P-1", Amount: usd("-60.00"), At: day(3)}))
	posted := ledger.Event{Kind: ledger.EventPosted, At: day(12), ID: "R-1", Amount: usd("-60.00"), Decision: refund.Digest{1}, Shares: shares(ledger.Share{Payment: "P-1", Amount: usd("-60.00")})}
	invalidWith(t, "events[1].amount")(ledger.Restore("SUB-1", usd("100.00"), append(books.Events(), posted)))
}

// laravel-sisp PR #306, ai-shifu PR #2901: a partial refund that was retried after a
// timeout was paid twice.
func TestLaravelSisp306RetryAfterATimeOut(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	d := decide(t, books, "40.00")
	keys := map[string]bool{}
	for range 3 {
		books = posted(t, books, d, "R-1")
		for _, key := range keysOf(books, "R-1") {
			books = must(t)(books.Submit(key, day(12)))
			keys[key] = true
		}
	}
	if books.Version() != 3 || len(keys) != 1 {
		t.Errorf("version %d, %d keys", books.Version(), len(keys))
	}
	wantFigures(t, books, "100 40 0 60 0 60")
}

// lunora PR #435: the idempotency key did not depend on the amount, so a second refund was dropped.
func TestLunora435SameKeyOtherContent(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	first, other := posted(t, base, decide(t, base, "40.00"), "R-1"), posted(t, base, decide(t, base, "50.00"), "R-1")
	if keysOf(first, "R-1")[0] == keysOf(other, "R-1")[0] {
		t.Error("instructions of two amounts have one key")
	}
	refusedWith(t, ledger.ErrConflict)(first.Post(decide(t, base, "50.00"), "R-1", ledger.Options{}, day(12)))
	refusedWith(t, ledger.ErrConflict)(first.Post(decide(t, first, "50.00"), "R-1", ledger.Options{}, day(12)))
	wantFigures(t, first, "100 40 0 60 0 60")
}

// autumn PR #1242, WooCommerce PR #65335, purchases-js PR #1037: the quoted amount and the
// refunded amount differed.
func TestAutumn1242QuoteIsCarriedOutOrRefused(t *testing.T) {
	base := opened(t, "100.00", "25.00", "75.00")
	quote := shown(t, asked(t, base))
	moved, _ := refunded(t, base, "10.00", "R-0")
	_, err := decision.Approve(policy(), asked(t, moved), quote, approval("ana", usd("60.00")))
	wantOnly(t, err, decision.ErrStale)
	d := decide(t, base, "60.00")
	r, _ := posted(t, base, d, "R-1").Refund("R-1")
	total := refund.Money{}
	for _, share := range r.Shares {
		total = sum(t, total, share.Amount)
	}
	if !total.Equal(d.Amount()) || !r.Amount.Equal(d.Amount()) {
		t.Errorf("decided %v, posted %v, instructed %v", d.Amount(), r.Amount, total)
	}
}

// GOV.UK Pay does this well: a refund request has the available amount that the caller saw,
// and is refused if that amount has changed.
func TestGovUKPay412DecisionOnOtherBooksIsRefused(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	d := decide(t, books, "60.00")
	books = must(t)(books.RecordPayment(ledger.Payment{ID: "P-2", At: day(12), Amount: usd("1.00")}))
	_, err := books.Post(d, "R-1", ledger.Options{}, day(12))
	var of *ledger.BooksError
	if !errors.As(err, &of) || of.What != "paid" || short(of.Then) != "100" || short(of.Now) != "101" {
		t.Errorf("error is %v", err)
	}
	wantOnly(t, err, decision.ErrStale)
}

// gorules/zen #175: a big number crashed the host process.
func TestZen175BigNumber(t *testing.T) {
	long := refund.MustMoney("99999999999999999999999999999999.99", "USD")
	books := must(t)(ledger.New("SUB-1", long, ledger.Payment{ID: "P-1", At: day(2), Amount: long}, ledger.Payment{ID: "P-2", At: day(2), Amount: long}))
	if got := books.Totals(); !got.Paid.Equal(long.Times(2)) || !got.Room.Equal(long) {
		t.Errorf("totals are %+v", got)
	}
	invalidWith(t, "amount")(books.RecordPayment(ledger.Payment{ID: "P-3", At: day(2), Amount: long.Times(11)}))
	for _, amount := range []string{"1e999999999", "99999999999999999999999999999999999", "0." + string(make([]byte, 100))} {
		var l ledger.Ledger
		err := l.UnmarshalJSON([]byte(`{"subscription":"S","price":{"amount":"` + amount + `","currency":"USD"},"events":[]}`))
		if err == nil || !l.Equal(ledger.Ledger{}) {
			t.Errorf("read %q: %v", amount, err)
		}
	}
}
