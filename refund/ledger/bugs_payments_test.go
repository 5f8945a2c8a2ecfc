package ledger_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// More bugs of other systems: cents, disputes, and several payments.

// spree PR #14467: 1.03 over two payments of 1.00 made 0.52 and 0.52.
func TestSpree14467TheOddCent(t *testing.T) {
	books := opened(t, "2.00", "1.00", "1.00")
	books = posted(t, books, decide(t, books, "1.03"), "R-1", ledger.OrderProportional)
	if got := splitOf(books, "R-1"); got != "P-1 0.52, P-2 0.51" {
		t.Errorf("split is %s", got)
	}
}

// solidus #707, solidus_product_assembly PR #43: a return of everything was a cent short.
func TestSolidus707FullReturn(t *testing.T) {
	books := opened(t, "100.00", "33.33", "33.33", "33.34")
	for i, amount := range []string{"33.34", "33.33", "33.33"} {
		books, _ = refunded(t, books, amount, "R-"+string(rune('1'+i)))
	}
	wantFigures(t, books, "100 100 0 0 0 0")
}

// stripe-sfcc PR #31, gumroad PR #3749, Sylius: 500 yen were sent as 50,000, and 5,800 as
// 58.
func TestStripeSFCC31YenHaveNoCents(t *testing.T) {
	for _, r := range []struct {
		why, currency, paid, amount string
		want                        int64
	}{
		{"yen", "JPY", "5800", "500", 500},
		{"all of the yen", "JPY", "5800", "5800", 5800},
		{"dollars have cents", "USD", "58.00", "5.00", 500},
		{"dinars have thousandths", "BHD", "58.000", "5.001", 5001},
		{"units of account have ten-thousandths", "CLF", "58.0000", "5.0001", 50001},
	} {
		because(t, r.why, func(t *testing.T) {
			books := openedIn(t, r.currency, r.paid, r.paid)
			refund, _ := posted(t, books, decide(t, books, r.amount), "R-1").Refund("R-1")
			amount := refund.Shares[0].Amount
			units, err := amount.MinorUnits()
			if err != nil || units != r.want || amount.Currency().Code() != r.currency {
				t.Errorf("the gateway gets %d, %v; want %d", units, err, r.want)
			}
		})
	}
}

// gumroad #4358, woocommerce-payments #6378: a sale was refunded while it was disputed, so
// the money was returned twice.
func TestGumroad4358RefundDuringADispute(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	d := decide(t, base, "60.00")
	open := disputed(t, base, "D-1", "P-1", "100.00")
	refusedWith(t, decision.ErrStale)(open.Post(d, "R-1", ledger.Options{}, day(14)))
	// Posted before the dispute, and not yet submitted.
	books := posted(t, base, d, "R-1")
	key := keysOf(books, "R-1")[0]
	books = disputed(t, books, "D-1", "P-1", "100.00")
	refusedWith(t, ledger.ErrDisputed)(books.Submit(key, day(14)))
	// Also not after the dispute was lost.
	lost := lost(t, books, "D-1", "100.00", 15)
	refusedWith(t, ledger.ErrInsufficient)(lost.Submit(key, day(16)))
	wantFigures(t, must(t)(lost.Fail(key, day(16))), "100 100 0 0 0 0")
}

// woocommerce-payments #4931: once a dispute was won, its payment could not be refunded.
func TestWooCommercePayments4931WonDispute(t *testing.T) {
	books := disputed(t, opened(t, "100.00", "100.00"), "D-1", "P-1", "100.00")
	books = must(t)(books.WinDispute("D-1", day(14)))
	books, keys := refunded(t, books, "100.00", "R-1")
	books = must(t)(books.Submit(keys[0], day(15)))
	wantFigures(t, must(t)(books.Settle(keys[0], day(16))), "100 100 0 0 0 0")
}

// lago-api PR #4805: refunds were compared with the invoice, not with the amount paid on
// it.
func TestLago4805TheCapIsTheAmountPaid(t *testing.T) {
	books := opened(t, "100.00", "30.00", "30.00")
	wantFigures(t, books, "60 0 0 60 0 60")
	c := asked(t, books)
	_, err := decision.Approve(policy(), c, shown(t, c), approval("ana", usd("60.01")))
	if err == nil {
		t.Error("more than the amount paid is approved")
	}
	books, _ = refunded(t, books, "60.00", "R-1")
	wantFigures(t, books, "60 60 0 0 0 0")
}

// vendure #2393, pretix: an order is paid in two parts, and refunded on both.
func TestVendure2393TwoPayments(t *testing.T) {
	books := opened(t, "100.00", "25.00", "75.00")
	both := posted(t, books, decide(t, books, "60.00"), "R-1")
	if got := splitOf(both, "R-1"); got != "P-1 25, P-2 35" {
		t.Errorf("split is %s", got)
	}
	wantFigures(t, both, "100 60 0 40 0 40")
	for payment, amount := range map[string]string{"P-1": "25.00", "P-2": "75.00"} {
		for _, order := range []ledger.Order{ledger.OrderOldest, ledger.OrderNewest, ledger.OrderProportional} {
			got := splitOf(posted(t, books, decide(t, books, amount), "R-1", order), "R-1")
			if got != payment+" "+short(usd(amount)) {
				t.Errorf("%s: split is %s", amount, got)
			}
		}
	}
}

// vendure #2393 again: the gateway had paid the first part of a refund before a fault was
// found.
func TestVendure2393CheckedBeforeTheGateway(t *testing.T) {
	books := opened(t, "100.00", "25.00", "75.00")
	disputed := disputed(t, books, "D-1", "P-2", "41.00") // the first part would be available
	refusedWith(t, decision.ErrStale)(disputed.Post(decide(t, books, "60.00"), "R-1", ledger.Options{}, day(12)))
	// A share that breaks a rule makes the whole refund invalid.
	invalidWith(t, "events[2]")(ledger.Restore("SUB-1", usd("100.00"), append(books.Events(), ledger.Event{
		Kind: ledger.EventPosted, At: day(12), ID: "R-1", Amount: usd("60.00"), Decision: refund.Digest{1},
		Shares: shares(ledger.Share{Payment: "P-2", Amount: usd("34.00")}, ledger.Share{Payment: "P-1", Amount: usd("26.00")}),
	})))
}

// bcgov/sbc-pay PR #2248: only the form kept people from approving their own refunds. Here
// there is no refund without a decision.
func TestSbcPay2248NoSelfApproval(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	c := asked(t, books)
	d, err := decision.Approve(policy(), c, shown(t, c), approval("ACC-7", usd("60.00")))
	if err == nil || !d.IsZero() {
		t.Errorf("decided %v, %v", d, err)
	}
	invalidWith(t, "decision")(books.Post(d, "R-1", ledger.Options{}, day(12)))
}
