package ledger_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
)

// The second half of the bugs of other systems: cents, disputes, and more than one
// payment.

// line is one of an invoice in dollars.
func line(net, tax string) ledger.Line { return ledger.Line{Net: usd(net), Tax: usd(tax)} }

// giveBack splits an amount over lines, and enters what went back in them.
func giveBack(t *testing.T, amount refund.Money, lines []ledger.Line) []ledger.Part {
	t.Helper()
	parts, err := ledger.Split(amount, lines)
	if err != nil {
		t.Fatalf("not split: %v", err)
	}
	for i, p := range parts {
		lines[i].Refunded = sum(t, lines[i].Refunded, p.Net, p.Tax)
	}
	return parts
}

// lago-api PR #2643, and some ten more: four credit notes of 82.00, 69.00, 102.00 and
// 82.00, each rounded by itself, came to 335.00 on an invoice of 334.99.
func TestLago2643FourCreditNotes(t *testing.T) {
	net := []refund.Money{usd("68.33"), usd("68.33"), usd("57.50"), usd("85.00")}
	tax, err := ledger.SpreadTax(usd("55.83"), net...) // 20 % of 279.16
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"13.67", "13.66", "11.50", "17.00"}
	var notes, nets, taxes refund.Money
	for i := range net {
		if tax[i].Amount() != want[i] {
			t.Errorf("the tax of line %d is %v, want %s", i, tax[i], want[i])
		}
		lines := []ledger.Line{{Net: net[i], Tax: tax[i]}}
		parts := giveBack(t, sum(t, net[i], tax[i]), lines)
		nets, taxes = sum(t, nets, parts[0].Net), sum(t, taxes, parts[0].Tax)
		notes = sum(t, notes, lines[0].Refunded)
	}
	if notes.Amount() != "334.99" || nets.Amount() != "279.16" || taxes.Amount() != "55.83" {
		t.Errorf("the notes come to %v: %v and %v tax", notes, nets, taxes)
	}
}

// spree PR #14467: 1.03 over two lines of 1.00 made 0.52 and 0.52.
func TestSpree14467TheOddCent(t *testing.T) {
	parts := giveBack(t, usd("1.03"), []ledger.Line{line("1.00", "0.00"), line("1.00", "0.00")})
	if parts[0].Net.Amount() != "0.52" || parts[1].Net.Amount() != "0.51" {
		t.Errorf("parts are %v", parts)
	}
	books := opened(t, "2.00", "1.00", "1.00")
	if p := planned(t, books, decide(t, books, "1.03"), "R-1", ledger.OrderProportional); splitOf(p) != "P-1 0.52, P-2 0.51" {
		t.Errorf("split is %s", splitOf(p))
	}
}

// solidus #707, solidus_product_assembly PR #43: a return of everything was a cent short.
func TestSolidus707FullReturn(t *testing.T) {
	lines := []ledger.Line{line("33.33", "2.67"), line("33.33", "2.66"), line("33.34", "2.67")}
	var net, tax refund.Money
	for _, amount := range []string{"0.01", "50.00", "33.32", "24.67"} {
		for _, p := range giveBack(t, usd(amount), lines) {
			net, tax = sum(t, net, p.Net), sum(t, tax, p.Tax)
		}
	}
	if net.Amount() != "100.00" || tax.Amount() != "8.00" {
		t.Errorf("%v and %v tax went back", net, tax)
	}
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
		{"and units of account ten-thousandths", "CLF", "58.0000", "5.0001", 50001},
	} {
		because(t, r.why, func(t *testing.T) {
			books := openedIn(t, r.currency, r.paid, r.paid)
			p := planned(t, books, decide(t, books, r.amount), "R-1")
			units, err := p.Instructions()[0].Amount.MinorUnits()
			if err != nil || units != r.want || p.Instructions()[0].Amount.Currency().Code() != r.currency {
				t.Errorf("the gateway is told %d, %v; want %d", units, err, r.want)
			}
		})
	}
}

// gumroad #4358, woocommerce-payments #6378: a sale was refunded while it was disputed,
// and so paid back twice.
func TestGumroad4358RefundDuringADispute(t *testing.T) {
	base := opened(t, "100.00", "100.00")
	d := decide(t, base, "60.00")
	p := planned(t, base, d, "R-1")
	held := disputed(t, base, "D-1", "P-1", "100.00")
	_, err := held.Plan(d, "R-1", ledger.Options{})
	wantOnly(t, err, ledger.ErrInsufficient)
	refusedWith(t, decision.ErrStale)(held.Post(p, day(14)))
	// Posted before the dispute, and not yet with the gateway.
	posted := disputed(t, must(t)(base.Post(p, day(12))), "D-1", "P-1", "100.00")
	refusedWith(t, ledger.ErrDisputed)(posted.Submit(keysOf(p)[0], day(14)))
	// Nor once the dispute has taken all of it.
	lost := must(t)(posted.Resolve("D-1", false, day(15)))
	refusedWith(t, ledger.ErrDisputed)(lost.Submit(keysOf(p)[0], day(16)))
	wantFigures(t, must(t)(lost.Fail(keysOf(p)[0], day(16))), "100 100 0 0 0 0")
}

// woocommerce-payments #4931: what had been disputed, and won, could not be refunded any
// more.
func TestWooCommercePayments4931WonDispute(t *testing.T) {
	books := disputed(t, opened(t, "100.00", "100.00"), "D-1", "P-1", "100.00")
	books = must(t)(books.Resolve("D-1", true, day(14)))
	books, keys := refunded(t, books, "100.00", "R-1")
	books = must(t)(books.Submit(keys[0], day(15)))
	wantFigures(t, must(t)(books.Settle(keys[0], day(16))), "100 100 0 0 0 0")
}

// lago-api PR #4805: refunds were held against the invoice, and not against what had been
// paid of it.
func TestLago4805TheCapIsWhatWasPaid(t *testing.T) {
	books := opened(t, "100.00", "30.00", "30.00")
	wantFigures(t, books, "60 0 0 60 0 60")
	c := asked(t, books)
	_, err := decision.Approve(policy(), c, shown(t, c), approval("ana", usd("60.01")))
	if err == nil {
		t.Error("more than was paid is authorized")
	}
	books, _ = refunded(t, books, "60.00", "R-1")
	wantFigures(t, books, "60 60 0 0 0 0")
}

// vendure #2393, pretix: an order paid in two goes, and a refund over both.
func TestVendure2393TwoPayments(t *testing.T) {
	books := opened(t, "100.00", "25.00", "75.00")
	p := planned(t, books, decide(t, books, "60.00"), "R-1")
	if splitOf(p) != "P-1 25, P-2 35" {
		t.Errorf("split is %s", splitOf(p))
	}
	wantFigures(t, must(t)(books.Post(p, day(12))), "100 60 0 40 0 40")
	for payment, amount := range map[string]string{"P-1": "25.00", "P-2": "75.00"} {
		for _, order := range []ledger.Order{ledger.OrderOldest, ledger.OrderNewest, ledger.OrderProportional} {
			p := planned(t, books, decide(t, books, amount), "R-1", order)
			if splitOf(p) != payment+" "+short(usd(amount)) {
				t.Errorf("%s: split is %s", amount, splitOf(p))
			}
		}
	}
}

// vendure #2393 again: what was wrong with a refund was found after the gateway had paid
// the first part.
func TestVendure2393CheckedBeforeTheGateway(t *testing.T) {
	books := opened(t, "100.00", "25.00", "75.00")
	d := decide(t, books, "60.00")
	held := disputed(t, books, "D-1", "P-2", "41.00") // the first part would be there
	p, err := held.Plan(d, "R-1", ledger.Options{})
	wantOnly(t, err, ledger.ErrInsufficient)
	if len(p.Instructions()) != 0 {
		t.Errorf("instructions %+v", p.Instructions())
	}
	// A plan that exists can be posted as long as nothing else is entered, whole.
	for _, order := range []ledger.Order{ledger.OrderOldest, ledger.OrderNewest, ledger.OrderProportional} {
		must(t)(books.Post(planned(t, books, d, "R-1", order), day(12)))
	}
	// And a share that is not lawful takes the whole refund with it.
	invalidWith(t, "events[2]")(ledger.Restore("SUB-1", usd("100.00"), append(books.Events(), ledger.Event{
		Kind: ledger.EventPosted, At: day(12), ID: "R-1", Amount: usd("60.00"), Decision: refund.Digest{1},
		Shares: shares(ledger.Share{Payment: "P-2", Amount: usd("34.00")}, ledger.Share{Payment: "P-1", Amount: usd("26.00")}),
	})))
}

// bcgov/sbc-pay PR #2248: only the form kept people from approving their own refunds. No
// decision, no plan.
func TestSbcPay2248NoMoneyForOneself(t *testing.T) {
	books := opened(t, "100.00", "100.00")
	c := asked(t, books)
	d, err := decision.Approve(policy(), c, shown(t, c), approval("ACC-7", usd("60.00")))
	if err == nil || !d.IsZero() {
		t.Errorf("decided %v, %v", d, err)
	}
	_, err = books.Plan(d, "R-1", ledger.Options{})
	wantPaths(t, err, "decision")
}
