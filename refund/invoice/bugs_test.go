package invoice_test

import (
	"testing"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/invoice"
)

// Each test reproduces a bug of another system and is named after its report.

// refundLines splits an amount over lines and records the parts in the lines.
func refundLines(t *testing.T, amount refund.Money, lines []invoice.Line) []invoice.Part {
	t.Helper()
	parts, err := invoice.Split(amount, lines)
	if err != nil {
		t.Fatalf("not split: %v", err)
	}
	for i, p := range parts {
		lines[i].Refunded = sum(t, lines[i].Refunded, p.Net, p.Tax)
	}
	return parts
}

// lago-api PR #2643 and about ten more: four credit notes of 82.00, 69.00, 102.00 and 82.00,
// each rounded separately, added up to 335.00 for an invoice of 334.99.
func TestLago2643FourCreditNotes(t *testing.T) {
	net := []refund.Money{usd("68.33"), usd("68.33"), usd("57.50"), usd("85.00")}
	tax, err := invoice.SpreadTax(usd("55.83"), net...) // 20 % of 279.16
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"13.67", "13.66", "11.50", "17.00"}
	var notes, nets, taxes refund.Money
	for i := range net {
		if tax[i].Amount() != want[i] {
			t.Errorf("the tax of line %d is %v, want %s", i, tax[i], want[i])
		}
		lines := []invoice.Line{{Net: net[i], Tax: tax[i]}}
		parts := refundLines(t, sum(t, net[i], tax[i]), lines)
		nets, taxes = sum(t, nets, parts[0].Net), sum(t, taxes, parts[0].Tax)
		notes = sum(t, notes, lines[0].Refunded)
	}
	if notes.Amount() != "334.99" || nets.Amount() != "279.16" || taxes.Amount() != "55.83" {
		t.Errorf("the notes add up to %v: %v and %v tax", notes, nets, taxes)
	}
}

// spree PR #14467: 1.03 split over two lines of 1.00 resulted in 0.52 and 0.52.
func TestSpree14467TheOddCent(t *testing.T) {
	parts := refundLines(t, usd("1.03"), []invoice.Line{line("1.00", "0.00"), line("1.00", "0.00")})
	if parts[0].Net.Amount() != "0.52" || parts[1].Net.Amount() != "0.51" {
		t.Errorf("parts are %v", parts)
	}
}

// solidus #707, solidus_product_assembly PR #43: a return of everything was a cent short.
func TestSolidus707FullReturn(t *testing.T) {
	lines := []invoice.Line{line("33.33", "2.67"), line("33.33", "2.66"), line("33.34", "2.67")}
	var net, tax refund.Money
	for _, amount := range []string{"0.01", "50.00", "33.32", "24.67"} {
		for _, p := range refundLines(t, usd(amount), lines) {
			net, tax = sum(t, net, p.Net), sum(t, tax, p.Tax)
		}
	}
	if net.Amount() != "100.00" || tax.Amount() != "8.00" {
		t.Errorf("%v and %v tax were refunded", net, tax)
	}
}
