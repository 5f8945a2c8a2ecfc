package ledger_test

import (
	"errors"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/ledger"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

// in reads an amount of a currency; "" is the zero Money.
func in(currency, amount string) refund.Money {
	if amount == "" {
		return refund.Money{}
	}
	return refund.MustMoney(amount, currency)
}

// lineOf reads "net+tax" or "net+tax-refunded".
func lineOf(currency, text string) ledger.Line {
	text, refunded, _ := strings.Cut(text, "-")
	net, tax, _ := strings.Cut(text, "+")
	return ledger.Line{ID: "line " + text, Net: in(currency, net), Tax: in(currency, tax), Refunded: in(currency, refunded)}
}

func TestSpreadTax(t *testing.T) {
	for _, r := range []struct {
		why, currency, tax string
		net                string
		want               string // "" is refused
	}{
		{"20 % on four lines: each by itself would come to 55.84", "USD", "55.83", "68.33 68.33 57.50 85.00", "13.67 13.66 11.50 17.00"},
		{"equal lines: the first takes the odd cent", "USD", "0.03", "1.00 1.00", "0.02 0.01"},
		{"one line takes all", "USD", "8.25", "100.00", "8.25"},
		{"a line of nothing takes nothing", "USD", "8.25", "0.00 100.00", "0.00 8.25"},
		{"a line that is not given takes nothing", "USD", "8.25", "100.00 -", "8.25 0.00"},
		{"no tax", "USD", "0.00", "1.00 2.00", "0.00 0.00"},
		{"a tax below nothing is that of a credit note", "USD", "-0.03", "1.00 1.00", "-0.02 -0.01"},
		{"yen", "JPY", "866", "3333 3333 2001", "333 333 200"},
		{"yen with a remainder", "JPY", "10", "1 1 1", "4 3 3"},
		{"dinars", "BHD", "0.010", "1.000 1.000 1.000", "0.004 0.003 0.003"},
		{"no lines", "USD", "1.00", "", ""},
		{"lines of nothing", "USD", "1.00", "0.00 0.00", ""},
		{"lines that are not given", "USD", "1.00", "- -", ""},
		{"a negative line", "USD", "1.00", "2.00 -1.00", ""},
	} {
		because(t, r.why, func(t *testing.T) {
			var net []refund.Money
			for _, n := range strings.Fields(r.net) {
				net = append(net, in(r.currency, strings.TrimSuffix(n, "-")))
			}
			got, err := ledger.SpreadTax(refund.MustMoney(r.tax, r.currency), net...)
			if r.want == "" {
				wantPaths(t, err, "weights")
				if got != nil {
					t.Errorf("%v beside %v", got, err)
				}
				return
			}
			var list []string
			for _, m := range got {
				list = append(list, m.Amount())
			}
			if err != nil || strings.Join(list, " ") != r.want {
				t.Errorf("%v, %v; want %s", got, err, r.want)
			}
		})
	}
}

// Nothing is ever converted: an invoice has one currency.
func TestSpreadTaxOfCurrencies(t *testing.T) {
	yen := refund.MustMoney("100", "JPY")
	for _, r := range []struct {
		why string
		tax refund.Money
		net []refund.Money
	}{
		{"lines in another currency than the tax", usd("1.00"), []refund.Money{yen}},
		{"a line in another currency", usd("1.00"), []refund.Money{usd("100.00"), yen}},
		{"a line in another currency than the tax, after one that is not given", usd("1.00"), []refund.Money{{}, yen}},
	} {
		because(t, r.why, func(t *testing.T) {
			got, err := ledger.SpreadTax(r.tax, r.net...)
			if !errors.Is(err, refund.ErrCurrencyMismatch) || got != nil {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	for _, r := range []struct {
		why, currency, amount string
		lines                 string
		want                  string // net+tax of each part
	}{
		{"all of an invoice", "USD", "334.99", "68.33+13.67 68.33+13.66 57.50+11.50 85.00+17.00", "68.33+13.67 68.33+13.66 57.50+11.50 85.00+17.00"},
		{"half of it", "USD", "167.50", "68.33+13.67 68.33+13.66 57.50+11.50 85.00+17.00", "34.17+6.83 34.17+6.83 28.75+5.75 42.50+8.50"},
		{"a cent goes to the line with the largest share", "USD", "0.01", "1.00+0.20 2.00+0.40", "0.00+0.00 0.01+0.00"},
		{"1.03 over two lines of 1.00", "USD", "1.03", "1.00+0.00 1.00+0.00", "0.52+0.00 0.51+0.00"},
		{"a line without tax", "USD", "0.60", "1.00+ 1.00+0.00", "0.30+0.00 0.30+0.00"},
		{"a line that is nothing but tax", "USD", "0.60", "+1.00 0.00+0.20", "0.00+0.50 0.00+0.10"},
		{"net and tax of a line are halved: the odd cent is net", "USD", "0.01", "1.00+1.00", "0.01+0.00"},
		{"the next one is tax", "USD", "0.01", "1.00+1.00-0.01", "0.00+0.01"},
		{"in proportion to what is left, not to what was paid", "USD", "0.30", "1.00+0.00-0.90 1.00+0.00-0.50", "0.05+0.00 0.25+0.00"},
		{"a line that has gone back takes nothing", "USD", "0.50", "1.00+0.20-1.20 1.00+0.20", "0.00+0.00 0.42+0.08"},
		{"the last cent of a line", "USD", "0.01", "33.33+2.67-35.99", "0.01+0.00"},
		{"all that is left", "USD", "1.21", "1.00+0.20-0.59 0.50+0.10", "0.51+0.10 0.50+0.10"},
		{"yen", "JPY", "5000", "3333+333 3333+333 2001+200", "1748+175 1748+175 1049+105"},
		{"the rest of the yen", "JPY", "4533", "3333+333-1923 3333+333-1923 2001+200-1154", "1585+158 1585+158 952+95"},
		{"dinars", "BHD", "0.005", "0.005+0.001 0.005+0.001", "0.003+0.000 0.002+0.000"},
		{"amounts beyond 64 bits", "USD", "100000000000000000000000000000.01", "100000000000000000000000000000.00+0.00 100000000000000000000000000000.00+20000000000000000000000000000.00",
			"45454545454545454545454545454.55+0.00 45454545454545454545454545454.55+9090909090909090909090909090.91"},
	} {
		because(t, r.why, func(t *testing.T) {
			var lines []ledger.Line
			for _, text := range strings.Fields(r.lines) {
				lines = append(lines, lineOf(r.currency, text))
			}
			given := slices.Clone(lines)
			parts, err := ledger.Split(refund.MustMoney(r.amount, r.currency), lines)
			if err != nil || len(parts) != len(lines) {
				t.Fatalf("%d parts, %v", len(parts), err)
			}
			var got []string
			total := refund.Money{}
			for i, p := range parts {
				if p.ID != lines[i].ID {
					t.Errorf("part %d is of %q", i, p.ID)
				}
				got = append(got, p.Net.Amount()+"+"+p.Tax.Amount())
				total = sum(t, total, p.Net, p.Tax)
				if !lines[i].Refunded.Equal(given[i].Refunded) || !lines[i].Net.Equal(given[i].Net) {
					t.Error("the lines have changed")
				}
			}
			if strings.Join(got, " ") != r.want {
				t.Errorf("parts are %s, want %s", strings.Join(got, " "), r.want)
			}
			if total.Amount() != r.amount || total.Currency().Code() != r.currency {
				t.Errorf("the parts come to %v", total)
			}
		})
	}
}

func TestSplitRefuses(t *testing.T) {
	good := ledger.Line{Net: usd("10.00"), Tax: usd("2.00"), Refunded: usd("3.00")}
	with := func(change func(*ledger.Line)) []ledger.Line {
		l := good
		change(&l)
		return []ledger.Line{good, l}
	}
	yen := refund.MustMoney("1", "JPY")
	for _, r := range []struct {
		why    string
		amount refund.Money
		lines  []ledger.Line
		want   []string
	}{
		{"as it is", usd("18.00"), with(func(*ledger.Line) {}), nil},
		{"a cent more than is left", usd("18.01"), with(func(*ledger.Line) {}), []string{"amount"}},
		{"no amount", refund.Money{}, with(func(*ledger.Line) {}), []string{"amount"}},
		{"an amount of nothing", usd("0.00"), with(func(*ledger.Line) {}), []string{"amount"}},
		{"a negative amount", usd("-0.01"), with(func(*ledger.Line) {}), []string{"amount"}},
		{"an amount in another currency than the lines", yen, []ledger.Line{good}, []string{"lines[0].net", "lines[0].tax", "lines[0].refunded"}},
		{"no lines", usd("1.00"), nil, []string{"lines"}},
		{"no lines and no amount", refund.Money{}, []ledger.Line{}, []string{"amount", "lines"}},
		{"the zero Line", usd("1.00"), with(func(l *ledger.Line) { *l = ledger.Line{} }), []string{"lines[1].net"}},
		{"a line of nothing", usd("1.00"), with(func(l *ledger.Line) { l.Net, l.Tax, l.Refunded = usd("0.00"), usd("0.00"), usd("0.00") }), []string{"lines[1].net"}},
		{"a negative net", usd("1.00"), with(func(l *ledger.Line) { l.Net = usd("-0.01") }), []string{"lines[1].net"}},
		{"a negative tax", usd("1.00"), with(func(l *ledger.Line) { l.Tax = usd("-0.01") }), []string{"lines[1].tax"}},
		{"a negative amount given back", usd("1.00"), with(func(l *ledger.Line) { l.Refunded = usd("-0.01") }), []string{"lines[1].refunded"}},
		{"all of them negative", usd("1.00"), with(func(l *ledger.Line) { l.Net, l.Tax, l.Refunded = usd("-1.00"), usd("-1.00"), usd("-1.00") }), []string{"lines[1].net", "lines[1].tax", "lines[1].refunded"}},
		{"a tax in another currency", usd("1.00"), with(func(l *ledger.Line) { l.Tax = yen }), []string{"lines[1].tax"}},
		{"more given back than the line", usd("1.00"), with(func(l *ledger.Line) { l.Refunded = usd("12.01") }), []string{"lines[1].refunded"}},
		{"all of the line given back", usd("9.00"), with(func(l *ledger.Line) { l.Refunded = usd("12.00") }), nil},
		{"all of the line given back, and a cent", usd("9.01"), with(func(l *ledger.Line) { l.Refunded = usd("12.00") }), []string{"amount"}},
		{"negative lines are told though the amount is not given", refund.Money{}, with(func(l *ledger.Line) { l.Net = usd("-1.00") }), []string{"amount", "lines[1].net"}},
		{"all faults of all lines", usd("-1.00"), []ledger.Line{{}, {Net: usd("1.00"), Refunded: usd("2.00")}}, []string{"amount", "lines[0].net", "lines[1].refunded"}},
	} {
		because(t, r.why, func(t *testing.T) {
			parts, err := ledger.Split(r.amount, r.lines)
			if wantPaths(t, err, r.want...); (parts == nil) != (r.want != nil) {
				t.Errorf("%v beside %v", parts, err)
			}
		})
	}
}

func TestLineGross(t *testing.T) {
	if got, err := line("1.00", "0.20").Gross(); err != nil || !got.Equal(usd("1.20")) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := (ledger.Line{Net: usd("1.00"), Tax: refund.MustMoney("1", "JPY")}).Gross(); !errors.Is(err, refund.ErrCurrencyMismatch) {
		t.Errorf("error is %v", err)
	}
}

func minorOf(m refund.Money) *big.Int {
	d := m.Decimal()
	return new(big.Int).Mul(d.Coefficient(), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Exponent())+int64(m.Currency().Digits())), nil))
}

// inMinor is the amount of so many minor units.
func inMinor(minor *big.Int, currency refund.Currency) refund.Money {
	m, err := refund.NewMoney(decimal.NewFromBigInt(minor, -int32(currency.Digits())), currency)
	if err != nil {
		panic(err)
	}
	return m
}

// netOf is how much of what went back on a line is net: its share, and half a unit is net.
func netOf(l ledger.Line) *big.Int {
	gone, net, tax := minorOf(l.Refunded), minorOf(l.Net), minorOf(l.Tax)
	gross := new(big.Int).Add(net, tax)
	twice := new(big.Int).Mul(gone, net)
	twice.Lsh(twice, 1).Add(twice, gross)
	return twice.Div(twice, new(big.Int).Lsh(gross, 1))
}

// Whatever the amounts, the order and the lines that are refunded together: once all has
// gone back, exactly the net amount and the tax of each line have.
func TestSplitGivesEveryLineBackExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom(gen.Currencies()).Draw(t, "currency")
		few := rapid.Map(rapid.Int64Range(0, 40), func(n int64) refund.Money { return inMinor(big.NewInt(n), currency) })
		some := rapid.OneOf(few, gen.Amount(currency))
		var lines []ledger.Line
		for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
			l := ledger.Line{ID: strconv.Itoa(i), Net: some.Draw(t, "net"), Tax: some.Draw(t, "tax")}
			if l.Net.IsZero() && l.Tax.IsZero() {
				l.Net = inMinor(big.NewInt(1), currency)
			}
			lines = append(lines, l)
		}
		nets, taxes := make([]*big.Int, len(lines)), make([]*big.Int, len(lines))
		for i := range lines {
			nets[i], taxes[i] = new(big.Int), new(big.Int)
		}
		left := func(l ledger.Line) *big.Int {
			gross, err := l.Gross()
			if err != nil {
				t.Fatal(err)
			}
			return new(big.Int).Sub(minorOf(gross), minorOf(l.Refunded))
		}
		for step := 0; ; step++ {
			// Some lines, of which something is left.
			var chosen []int
			total := new(big.Int)
			for i, l := range lines {
				if left(l).Sign() > 0 && (step > 12 || rapid.Bool().Draw(t, "refunded too")) {
					chosen = append(chosen, i)
					total.Add(total, left(l))
				}
			}
			done := !slices.ContainsFunc(lines, func(l ledger.Line) bool { return left(l).Sign() > 0 })
			if done {
				break
			}
			if len(chosen) == 0 {
				continue
			}
			amount := new(big.Int).Set(total)
			if step <= 12 && rapid.IntRange(0, 3).Draw(t, "a part") > 0 {
				amount.Mul(total, big.NewInt(rapid.Int64Range(0, 999).Draw(t, "thousandths"))).Div(amount, big.NewInt(1000)).Add(amount, big.NewInt(1))
			}
			var subset []ledger.Line
			for _, i := range chosen {
				subset = append(subset, lines[i])
			}
			parts, err := ledger.Split(inMinor(amount, currency), subset)
			if err != nil {
				t.Fatalf("not split: %v", err)
			}
			together := new(big.Int)
			for j, p := range parts {
				l := &lines[chosen[j]]
				net, tax := minorOf(p.Net), minorOf(p.Tax)
				if net.Sign() < 0 || tax.Sign() < 0 || p.Net.Currency() != currency || p.Tax.Currency() != currency {
					t.Fatalf("part %+v", p)
				}
				part := new(big.Int).Add(net, tax)
				if part.Cmp(left(*l)) > 0 {
					t.Fatalf("%v goes back on a line with %v left", part, left(*l))
				}
				// Within a unit of its share of what is left.
				off := new(big.Int).Sub(new(big.Int).Mul(part, total), new(big.Int).Mul(amount, left(*l)))
				if off.CmpAbs(total) >= 0 {
					t.Fatalf("%v goes back on a line with %v left, of %v on %v", part, left(*l), amount, total)
				}
				together.Add(together, part)
				nets[chosen[j]].Add(nets[chosen[j]], net)
				taxes[chosen[j]].Add(taxes[chosen[j]], tax)
				l.Refunded = inMinor(new(big.Int).Add(minorOf(l.Refunded), part), currency)
				// Whatever the way here: so much has gone back on the line, so much of it is net.
				if want := netOf(*l); nets[chosen[j]].Cmp(want) != 0 {
					t.Fatalf("%v of %v gone back on %+v is net, want %v", nets[chosen[j]], l.Refunded, *l, want)
				}
			}
			if together.Cmp(amount) != 0 {
				t.Fatalf("the parts of %v come to %v", amount, together)
			}
		}
		for i, l := range lines {
			if nets[i].Cmp(minorOf(l.Net)) != 0 || taxes[i].Cmp(minorOf(l.Tax)) != 0 {
				t.Fatalf("%v and %v tax went back on %+v", nets[i], taxes[i], l)
			}
		}
	})
}

// Taxes that are spread add up to the tax of the invoice, each within a unit of its share.
func TestSpreadTaxLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom(gen.Currencies()).Draw(t, "currency")
		tax := gen.Amount(currency).Draw(t, "tax")
		net := rapid.SliceOfN(gen.Amount(currency), 1, 8).Draw(t, "net")
		total := new(big.Int)
		for _, n := range net {
			total.Add(total, minorOf(n))
		}
		got, err := ledger.SpreadTax(tax, net...)
		if total.Sign() == 0 {
			wantPaths(t, err, "weights")
			return
		}
		if err != nil || len(got) != len(net) {
			t.Fatalf("%v, %v", got, err)
		}
		together := new(big.Int)
		for i, part := range got {
			off := new(big.Int).Sub(new(big.Int).Mul(minorOf(part), total), new(big.Int).Mul(minorOf(tax), minorOf(net[i])))
			if off.CmpAbs(total) >= 0 || part.Sign() < 0 {
				t.Fatalf("%v of %v on %v", part, tax, net[i])
			}
			together.Add(together, minorOf(part))
		}
		if together.Cmp(minorOf(tax)) != 0 {
			t.Fatalf("%v came to %v", tax, together)
		}
	})
}
