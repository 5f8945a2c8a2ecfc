package invoice_test

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/invoice"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
)

func TestSplit(t *testing.T) {
	for _, r := range []struct {
		why, currency, amount string
		lines                 string
		want                  string // net+tax of each part
	}{
		{"the whole invoice", "USD", "334.99", "68.33+13.67 68.33+13.66 57.50+11.50 85.00+17.00", "68.33+13.67 68.33+13.66 57.50+11.50 85.00+17.00"},
		{"half of the invoice", "USD", "167.50", "68.33+13.67 68.33+13.66 57.50+11.50 85.00+17.00", "34.17+6.83 34.17+6.83 28.75+5.75 42.50+8.50"},
		{"a cent is refunded on the line with the largest share", "USD", "0.01", "1.00+0.20 2.00+0.40", "0.00+0.00 0.01+0.00"},
		{"1.03 over two lines of 1.00", "USD", "1.03", "1.00+0.00 1.00+0.00", "0.52+0.00 0.51+0.00"},
		{"a line without tax", "USD", "0.60", "1.00+ 1.00+0.00", "0.30+0.00 0.30+0.00"},
		{"lines of tax only", "USD", "0.60", "+1.00 0.00+0.20", "0.00+0.50 0.00+0.10"},
		{"net and tax are equal: the odd cent is net", "USD", "0.01", "1.00+1.00", "0.01+0.00"},
		{"net and tax are equal: the second cent is tax", "USD", "0.01", "1.00+1.00-0.01", "0.00+0.01"},
		{"in proportion to the remaining amounts, not to the paid ones", "USD", "0.30", "1.00+0.00-0.90 1.00+0.00-0.50", "0.05+0.00 0.25+0.00"},
		{"a fully refunded line gets zero", "USD", "0.50", "1.00+0.20-1.20 1.00+0.20", "0.00+0.00 0.42+0.08"},
		{"the last cent of a line", "USD", "0.01", "33.33+2.67-35.99", "0.01+0.00"},
		{"the whole remaining amount", "USD", "1.21", "1.00+0.20-0.59 0.50+0.10", "0.51+0.10 0.50+0.10"},
		{"yen", "JPY", "5000", "3333+333 3333+333 2001+200", "1748+175 1748+175 1049+105"},
		{"the rest of the yen", "JPY", "4533", "3333+333-1923 3333+333-1923 2001+200-1154", "1585+158 1585+158 952+95"},
		{"dinars", "BHD", "0.005", "0.005+0.001 0.005+0.001", "0.003+0.000 0.002+0.000"},
		{"amounts beyond 64 bits", "USD", "100000000000000000000000000000.01", "100000000000000000000000000000.00+0.00 100000000000000000000000000000.00+20000000000000000000000000000.00",
			"45454545454545454545454545454.55+0.00 45454545454545454545454545454.55+9090909090909090909090909090.91"},
	} {
		because(t, r.why, func(t *testing.T) {
			var lines []invoice.Line
			for _, text := range strings.Fields(r.lines) {
				lines = append(lines, lineOf(r.currency, text))
			}
			given := slices.Clone(lines)
			parts, err := invoice.Split(refund.MustMoney(r.amount, r.currency), lines)
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
				t.Errorf("the parts add up to %v", total)
			}
		})
	}
}

func TestSplitRefuses(t *testing.T) {
	good := invoice.Line{Net: usd("10.00"), Tax: usd("2.00"), Refunded: usd("3.00")}
	with := func(change func(*invoice.Line)) []invoice.Line {
		l := good
		change(&l)
		return []invoice.Line{good, l}
	}
	yen := refund.MustMoney("1", "JPY")
	for _, r := range []struct {
		why    string
		amount refund.Money
		lines  []invoice.Line
		want   []string
	}{
		{"the unedited lines", usd("18.00"), with(func(*invoice.Line) {}), nil},
		{"a cent more than remains", usd("18.01"), with(func(*invoice.Line) {}), []string{"amount"}},
		{"no amount", refund.Money{}, with(func(*invoice.Line) {}), []string{"amount"}},
		{"an amount of zero", usd("0.00"), with(func(*invoice.Line) {}), []string{"amount"}},
		{"a negative amount", usd("-0.01"), with(func(*invoice.Line) {}), []string{"amount"}},
		{"an amount in another currency than the lines", yen, []invoice.Line{good}, []string{"lines[0].net", "lines[0].tax", "lines[0].refunded"}},
		{"no lines", usd("1.00"), nil, []string{"lines"}},
		{"no lines and no amount", refund.Money{}, []invoice.Line{}, []string{"amount", "lines"}},
		{"the zero Line", usd("1.00"), with(func(l *invoice.Line) { *l = invoice.Line{} }), []string{"lines[1].net"}},
		{"a line of zero", usd("1.00"), with(func(l *invoice.Line) { l.Net, l.Tax, l.Refunded = usd("0.00"), usd("0.00"), usd("0.00") }), []string{"lines[1].net"}},
		{"a negative net", usd("1.00"), with(func(l *invoice.Line) { l.Net = usd("-0.01") }), []string{"lines[1].net"}},
		{"a negative tax", usd("1.00"), with(func(l *invoice.Line) { l.Tax = usd("-0.01") }), []string{"lines[1].tax"}},
		{"a negative refunded amount", usd("1.00"), with(func(l *invoice.Line) { l.Refunded = usd("-0.01") }), []string{"lines[1].refunded"}},
		{"all of them negative", usd("1.00"), with(func(l *invoice.Line) { l.Net, l.Tax, l.Refunded = usd("-1.00"), usd("-1.00"), usd("-1.00") }), []string{"lines[1].net", "lines[1].tax", "lines[1].refunded"}},
		{"a tax in another currency", usd("1.00"), with(func(l *invoice.Line) { l.Tax = yen }), []string{"lines[1].tax"}},
		{"more was refunded than the line's total", usd("1.00"), with(func(l *invoice.Line) { l.Refunded = usd("12.01") }), []string{"lines[1].refunded"}},
		{"the line was fully refunded", usd("9.00"), with(func(l *invoice.Line) { l.Refunded = usd("12.00") }), nil},
		{"the line was fully refunded, and the amount is a cent more than remains", usd("9.01"), with(func(l *invoice.Line) { l.Refunded = usd("12.00") }), []string{"amount"}},
		{"a negative line is reported even if the amount is missing", refund.Money{}, with(func(l *invoice.Line) { l.Net = usd("-1.00") }), []string{"amount", "lines[1].net"}},
		{"all faults of all lines", usd("-1.00"), []invoice.Line{{}, {Net: usd("1.00"), Refunded: usd("2.00")}}, []string{"amount", "lines[0].net", "lines[1].refunded"}},
	} {
		because(t, r.why, func(t *testing.T) {
			parts, err := invoice.Split(r.amount, r.lines)
			if wantPaths(t, err, r.want...); (parts == nil) != (r.want != nil) {
				t.Errorf("%v returned with the error %v", parts, err)
			}
		})
	}
}

// netOf returns the net part of the refunded amount of a line, rounded half up.
func netOf(l invoice.Line) *big.Int {
	gone, net, tax := minorOf(l.Refunded), minorOf(l.Net), minorOf(l.Tax)
	gross := new(big.Int).Add(net, tax)
	twice := new(big.Int).Mul(gone, net)
	twice.Lsh(twice, 1).Add(twice, gross)
	return twice.Div(twice, new(big.Int).Lsh(gross, 1))
}

// For any amounts and any order: once a line is fully refunded, the refunded net and tax are
// exactly those of the line.
func TestSplitRefundsEachLineExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom(currencies).Draw(t, "currency")
		few := rapid.Map(rapid.Int64Range(0, 40), func(n int64) refund.Money { return inMinor(big.NewInt(n), currency) })
		some := rapid.OneOf(few, gen.Amount(currency))
		var lines []invoice.Line
		for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
			l := invoice.Line{ID: strconv.Itoa(i), Net: some.Draw(t, "net"), Tax: some.Draw(t, "tax")}
			if l.Net.Sign() == 0 && l.Tax.Sign() == 0 {
				l.Net = inMinor(big.NewInt(1), currency)
			}
			lines = append(lines, l)
		}
		nets, taxes := make([]*big.Int, len(lines)), make([]*big.Int, len(lines))
		for i := range lines {
			nets[i], taxes[i] = new(big.Int), new(big.Int)
		}
		left := func(l invoice.Line) *big.Int {
			gross, err := l.Gross()
			if err != nil {
				t.Fatal(err)
			}
			return new(big.Int).Sub(minorOf(gross), minorOf(l.Refunded))
		}
		for step := 0; ; step++ {
			// Choose some of the lines that are not fully refunded.
			var chosen []int
			total := new(big.Int)
			for i, l := range lines {
				if left(l).Sign() > 0 && (step > 12 || rapid.Bool().Draw(t, "refunded too")) {
					chosen = append(chosen, i)
					total.Add(total, left(l))
				}
			}
			done := !slices.ContainsFunc(lines, func(l invoice.Line) bool { return left(l).Sign() > 0 })
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
			var subset []invoice.Line
			for _, i := range chosen {
				subset = append(subset, lines[i])
			}
			parts, err := invoice.Split(inMinor(amount, currency), subset)
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
					t.Fatalf("%v is refunded on a line with %v left", part, left(*l))
				}
				// A part differs from its exact share by less than a minor unit.
				off := new(big.Int).Sub(new(big.Int).Mul(part, total), new(big.Int).Mul(amount, left(*l)))
				if off.CmpAbs(total) >= 0 {
					t.Fatalf("%v is refunded on a line with %v left, of %v on %v", part, left(*l), amount, total)
				}
				together.Add(together, part)
				nets[chosen[j]].Add(nets[chosen[j]], net)
				taxes[chosen[j]].Add(taxes[chosen[j]], tax)
				l.Refunded = inMinor(new(big.Int).Add(minorOf(l.Refunded), part), currency)
				// The net part depends only on the total refunded, not on the parts.
				if want := netOf(*l); nets[chosen[j]].Cmp(want) != 0 {
					t.Fatalf("%v of %v refunded on %+v is net, want %v", nets[chosen[j]], l.Refunded, *l, want)
				}
			}
			if together.Cmp(amount) != 0 {
				t.Fatalf("the parts of %v add up to %v", amount, together)
			}
		}
		for i, l := range lines {
			if nets[i].Cmp(minorOf(l.Net)) != 0 || taxes[i].Cmp(minorOf(l.Tax)) != 0 {
				t.Fatalf("%v and %v tax were refunded on %+v", nets[i], taxes[i], l)
			}
		}
	})
}
