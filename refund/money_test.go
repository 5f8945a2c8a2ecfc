package refund_test

import (
	"errors"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// The oracle of this file is minor units in a big.Int, formatted by hand.

func bigInt(digits string) *big.Int {
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		panic("no integer: " + digits)
	}
	return n
}

// amountText returns minor units as the text of an amount.
func amountText(minor *big.Int, digits int) string {
	s := new(big.Int).Abs(minor).String()
	if len(s) <= digits {
		s = strings.Repeat("0", digits-len(s)+1) + s
	}
	if digits > 0 {
		s = s[:len(s)-digits] + "." + s[len(s)-digits:]
	}
	if minor.Sign() < 0 {
		s = "-" + s
	}
	return s
}

// ofMinor returns an amount of at most 34 digits by reading its text.
func ofMinor(t rapid.TB, minor *big.Int, c refund.Currency) refund.Money {
	t.Helper()
	m, err := refund.ParseMoney(amountText(minor, c.Digits()), c.Code())
	if err != nil {
		t.Fatalf("reading %s %v: %v", amountText(minor, c.Digits()), c, err)
	}
	return m
}

// checkMoney checks every observable property of an amount.
func checkMoney(t rapid.TB, got refund.Money, minor *big.Int, c refund.Currency) {
	t.Helper()
	text := amountText(minor, c.Digits())
	if got.Amount() != text {
		t.Fatalf("Amount is %q, want %q", got.Amount(), text)
	}
	if s := string(got.AppendAmount([]byte("amount="))); s != "amount="+text {
		t.Fatalf("AppendAmount made %q of %q", s, text)
	}
	if got.String() != text+" "+c.Code() {
		t.Fatalf("String is %q, want %q", got, text+" "+c.Code())
	}
	if b, err := got.MarshalText(); err != nil || string(b) != got.String() {
		t.Fatalf("MarshalText is %q, %v", b, err)
	}
	if b, err := got.MarshalJSON(); err != nil || string(b) != `{"amount":"`+text+`","currency":"`+c.Code()+`"}` {
		t.Fatalf("MarshalJSON is %s, %v", b, err)
	}
	if got.Currency() != c || got.IsZero() {
		t.Fatalf("currency is %v, valid %v; want %v", got.Currency(), !got.IsZero(), c)
	}
	if got.Sign() != minor.Sign() || got.IsZero() {
		t.Fatalf("%v: Sign is %d, IsZero %v", got, got.Sign(), got.IsZero())
	}
	// MinorUnits shows the representation: an amount that fits into an int64 must be held
	// as one, however it was computed.
	units, err := got.MinorUnits()
	if minor.IsInt64() && (err != nil || units != minor.Int64()) {
		t.Fatalf("MinorUnits is %d, %v; want %v", units, err, minor)
	}
	if !minor.IsInt64() && (!errors.Is(err, refund.ErrRange) || units != 0) {
		t.Fatalf("MinorUnits of %v is %d, %v; want ErrRange", got, units, err)
	}
	d := got.Decimal()
	if d.Coefficient().Cmp(minor) != 0 || int(d.Exponent()) != -c.Digits() {
		t.Fatalf("Decimal is %v·10^%d, want %v·10^%d", d.Coefficient(), d.Exponent(), minor, -c.Digits())
	}
}

// int64Edges are the minor units next to which the representation of Money changes.
var int64Edges = []*big.Int{
	bigInt("9223372036854775807"), bigInt("-9223372036854775808"),
	bigInt("4611686018427387904"), bigInt("-4611686018427387904"),
	bigInt("3074457345618258602"), bigInt("-3074457345618258602"),
	bigInt("18446744073709551616"), bigInt("-18446744073709551616"),
}

// someMinor draws minor units of up to 30 digits. Every other draw is next to an edge of an
// int64, or next to a half or a third of it.
var someMinor = rapid.Custom(func(t *rapid.T) *big.Int {
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		return big.NewInt(rapid.Int64Range(-1000, 1000).Draw(t, "few"))
	case 1:
		return big.NewInt(rapid.Int64().Draw(t, "int64"))
	case 2:
		return bigInt(rapid.StringMatching(`-?[1-9][0-9]{0,29}`).Draw(t, "digits"))
	}
	edge := rapid.SampledFrom(int64Edges).Draw(t, "edge")
	return new(big.Int).Add(edge, big.NewInt(rapid.Int64Range(-2, 2).Draw(t, "beside")))
})

// someCurrency draws currencies of 0, 2, 3 and 4 digits.
var someCurrency = rapid.Map(rapid.SampledFrom([]string{"USD", "JPY", "BHD", "CLF", "EUR", "UYW"}), refund.MustCurrency)

// someFactor draws factors, some of which bring an amount to the edge of an int64.
var someFactor = rapid.OneOf(rapid.IntRange(-7, 7), rapid.Int(), rapid.SampledFrom([]int{math.MaxInt, math.MinInt}))

func TestMoneyArithmeticAgreesWithIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := someCurrency.Draw(t, "currency")
		a, b := someMinor.Draw(t, "a"), someMinor.Draw(t, "b")
		n := someFactor.Draw(t, "n")
		m, k := ofMinor(t, a, c), ofMinor(t, b, c)
		checkMoney(t, m, a, c)

		sum, err := m.Add(k)
		if err != nil {
			t.Fatal(err)
		}
		checkMoney(t, sum, new(big.Int).Add(a, b), c)

		difference, err := m.Sub(k)
		if err != nil {
			t.Fatal(err)
		}
		checkMoney(t, difference, new(big.Int).Sub(a, b), c)

		checkMoney(t, m.Times(n), new(big.Int).Mul(a, big.NewInt(int64(n))), c)

		order, err := m.Cmp(k)
		if err != nil || order != a.Cmp(b) {
			t.Fatalf("Cmp(%v, %v) is %d, %v; want %d", m, k, order, err, a.Cmp(b))
		}
		if m.Equal(k) != (a.Cmp(b) == 0) {
			t.Fatalf("Equal(%v, %v) is %v", m, k, m.Equal(k))
		}

		// The operands are unchanged.
		checkMoney(t, m, a, c)
		checkMoney(t, k, b, c)
	})
}

// An amount is the same whether it was read or computed from larger amounts.
func TestMoneyDetours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := someCurrency.Draw(t, "currency")
		a, b := someMinor.Draw(t, "a"), someMinor.Draw(t, "b")
		m, k := ofMinor(t, a, c), ofMinor(t, b, c)
		must := func(m refund.Money, err error) refund.Money {
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		for name, back := range map[string]refund.Money{
			"(a+b)-b":   must(must(m.Add(k)).Sub(k)),
			"(a-b)+b":   must(must(m.Sub(k)).Add(k)),
			"b-(b-a)":   must(k.Sub(must(k.Sub(m)))),
			"3a-2a":     must(m.Times(3).Sub(m.Times(2))),
			"-(-a)":     m.Times(-1).Times(-1),
			"a+0b":      must(m.Add(k.Times(0))),
			"none+a":    must(refund.Money{}.Add(m)),
			"a+none":    must(m.Add(refund.Money{})),
			"a-none":    must(m.Sub(refund.Money{})),
			"-(none-a)": must(refund.Money{}.Sub(m)).Times(-1),
			"decimal":   must(refund.NewMoney(m.Decimal(), c)),
		} {
			if !back.Equal(m) || !m.Equal(back) {
				t.Fatalf("%s: %v is not %v", name, back, m)
			}
			if order, err := back.Cmp(m); order != 0 || err != nil {
				t.Fatalf("%s: Cmp is %d, %v", name, order, err)
			}
			checkMoney(t, back, a, c)
		}
	})
}

func TestMoneyEdgesOfInt64(t *testing.T) {
	usd := refund.MustCurrency("USD")
	one := big.NewInt(1)
	for _, edge := range int64Edges {
		for _, n := range []*big.Int{new(big.Int).Sub(edge, one), edge, new(big.Int).Add(edge, one)} {
			m := ofMinor(t, n, usd)
			checkMoney(t, m, n, usd)
			checkMoney(t, m.Times(-1), new(big.Int).Neg(n), usd)
			checkMoney(t, m.Times(2), new(big.Int).Lsh(n, 1), usd)
			up, _ := m.Add(refund.MustMoney("0.01", "USD"))
			checkMoney(t, up, new(big.Int).Add(n, one), usd)
			down, _ := m.Sub(refund.MustMoney("0.01", "USD"))
			checkMoney(t, down, new(big.Int).Sub(n, one), usd)
			if order, _ := up.Cmp(down); order != 1 {
				t.Errorf("%v is not above %v", up, down)
			}
			if order, _ := down.Cmp(up); order != -1 {
				t.Errorf("%v is not below %v", down, up)
			}
		}
	}
}

func TestZeroMoney(t *testing.T) {
	var none refund.Money
	if !none.IsZero() || none.Sign() != 0 || !none.Currency().IsZero() {
		t.Errorf("the zero Money: zero %v, sign %d, in %v", none.IsZero(), none.Sign(), none.Currency())
	}
	if none.String() != "no amount" || none.Amount() != "0" {
		t.Errorf("no amount prints as %q, %q", none.String(), none.Amount())
	}
	if units, err := none.MinorUnits(); units != 0 || err != nil {
		t.Errorf("no amount has the minor units %d, %v", units, err)
	}
	if !none.Decimal().IsZero() || !none.Times(5).Equal(none) {
		t.Errorf("the zero Money is %v, five times %v", none.Decimal(), none.Times(5))
	}
	both, err := none.Add(none)
	if err != nil || !both.IsZero() {
		t.Errorf("the sum of two zero Moneys is %v, %v", both, err)
	}
	zero := refund.MustMoney("0.00", "USD")
	if none.Equal(zero) || zero.Equal(none) || !none.Equal(refund.Money{}) {
		t.Error("the zero Money equals an amount of zero")
	}
	for _, c := range []struct {
		because string
		a, b    refund.Money
		want    int
	}{
		{"the zero Money counts as zero", none, zero, 0},
		{"the zero Money is less than a positive amount", none, refund.MustMoney("0.01", "USD"), -1},
		{"the zero Money is more than a negative amount", none, refund.MustMoney("-1", "JPY"), +1},
		{"the zero Money on the right", refund.MustMoney("0.001", "BHD"), none, +1},
		{"the zero Money compared with large amounts", refund.MustMoney("-99999999999999999999", "JPY"), none, -1},
	} {
		if got, err := c.a.Cmp(c.b); got != c.want || err != nil {
			t.Errorf("%s: Cmp(%v, %v) is %d, %v; want %d", c.because, c.a, c.b, got, err, c.want)
		}
	}
}

func TestMoneyOfTwoCurrencies(t *testing.T) {
	a, b := refund.MustMoney("1.00", "USD"), refund.MustMoney("1.00", "EUR")
	if a.Equal(b) {
		t.Error("1.00 USD equals 1.00 EUR")
	}
	for _, large := range []int{1, math.MaxInt32} {
		x, y := a.Times(large).Times(large).Times(large), b.Times(large)
		if sum, err := x.Add(y); !errors.Is(err, refund.ErrCurrencyMismatch) || !sum.IsZero() {
			t.Errorf("Add is %v, %v", sum, err)
		}
		if difference, err := x.Sub(y); !errors.Is(err, refund.ErrCurrencyMismatch) || !difference.IsZero() {
			t.Errorf("Sub is %v, %v", difference, err)
		}
		if order, err := x.Cmp(y); !errors.Is(err, refund.ErrCurrencyMismatch) || order != 0 {
			t.Errorf("Cmp is %d, %v", order, err)
		}
	}
}

func TestMoneyIsNotComparable(t *testing.T) {
	if reflect.TypeFor[refund.Money]().Comparable() {
		t.Error("== on Money compiles: it would report equal large amounts as different")
	}
}

// Most amounts of a case are small.
func TestSmallMoneyDoesNotAllocate(t *testing.T) {
	a, b := refund.MustMoney("199.99", "USD"), refund.MustMoney("-25.00", "USD")
	most := refund.MustMoney("92233720368547758.07", "USD")
	least := refund.MustMoney("-92233720368547758.08", "USD")
	seventh := refund.MustMoney("13176245766935394.01", "USD") // of most, exactly
	cent := refund.MustMoney("0.01", "USD")
	var sink refund.Money
	var order int
	for _, c := range []struct {
		because string
		run     func()
	}{
		{"a sum", func() { sink, _ = a.Add(b) }},
		{"a sum of zero", func() { sink, _ = a.Add(refund.Money{}) }},
		{"a sum that just fits", func() { sink, _ = least.Add(most) }},
		{"a difference", func() { sink, _ = a.Sub(b) }},
		{"a difference below zero", func() { sink, _ = b.Sub(a) }},
		{"a difference that just fits", func() { sink, _ = most.Sub(cent) }},
		{"a product", func() { sink = a.Times(3) }},
		{"a negative product", func() { sink = a.Times(-3) }},
		{"a product that just fits", func() { sink = seventh.Times(7) }},
		{"a comparison", func() { order, _ = a.Cmp(b) }},
		{"an equality", func() { _ = a.Equal(b) }},
		{"a sign", func() { order = a.Sign() }},
	} {
		if n := testing.AllocsPerRun(20, c.run); n != 0 {
			t.Errorf("%s allocates %v times", c.because, n)
		}
	}
	_, _ = sink, order
}

func TestNewMoney(t *testing.T) {
	nines := strings.Repeat("9", refund.MaxDigits)
	manyZeros := new(big.Int).Exp(big.NewInt(10), big.NewInt(20_000), nil)
	type row struct {
		because  string
		amount   decimal.Decimal
		currency string
		want     string // "" is refused, at the path "amount"
	}
	d := decimal.RequireFromString
	eachRow(t, []row{
		{"an amount with the currency's decimals", d("199.99"), "USD", "199.99"},
		{"fewer decimals are filled up", d("25"), "USD", "25.00"},
		{"a negative amount is an amount", d("-0.05"), "USD", "-0.05"},
		{"the zero Decimal is an amount of zero", decimal.Decimal{}, "USD", "0.00"},
		{"no decimals in yen", d("500"), "JPY", "500"},
		{"zeros at the end do not count", d("500.000"), "JPY", "500"},
		{"zeros at the end do not count in dollars", d("1.2300"), "USD", "1.23"},
		{"half a yen is not an amount", d("0.5"), "JPY", ""},
		{"a tenth of a cent is not an amount", d("1.234"), "USD", ""},
		{"minus a tenth of a cent is not an amount", d("-1.234"), "USD", ""},
		{"three decimals in dinars", d("1.234"), "BHD", "1.234"},
		{"four decimals in dinars are one too many", d("1.2345"), "BHD", ""},
		{"four decimals in unidades de fomento", d("1.2345"), "CLF", "1.2345"},
		{"five decimals are too many for any currency", d("1.23456"), "CLF", ""},
		{"34 digits are the most", d(nines), "JPY", nines},
		{"34 digits are the most, with decimals", d(nines[2:] + ".99"), "USD", nines[2:] + ".99"},
		{"36 digits are too many, though the decimals are zeros", d(nines), "USD", ""},
		{"35 digits are too many, though the last is a zero", d(nines[1:] + ".9"), "USD", ""},
		{"34 digits are the most, below zero too", d("-" + nines), "JPY", "-" + nines},
		{"35 digits are too many", d(nines + "0"), "JPY", ""},
		{"35 digits are too many below zero", d("-" + nines + "1"), "JPY", ""},
		{"35 digits are too many with decimals", d(nines + ".1"), "USD", ""},
		{"35 digits are too many, even if some are zeros before the point", decimal.New(1, 34), "USD", ""},
		{"an exponent that makes 34 digits", decimal.New(1, 31), "USD", "1" + strings.Repeat("0", 31) + ".00"},
		{"an exponent that makes 34 digits in a currency of four", decimal.New(-1, 29), "CLF", "-1" + strings.Repeat("0", 29) + ".0000"},
		{"an exponent that makes 35 digits in a currency of four", decimal.New(1, 30), "CLF", ""},
		{"an exponent that makes 36 digits", decimal.New(1, 35), "JPY", ""},
		{"an absurd exponent", decimal.New(1, 2_000_000_000), "USD", ""},
		{"the largest exponent", decimal.New(-1, math.MaxInt32), "CLF", ""},
		{"an absurd negative exponent", decimal.New(1, -2_000_000_000), "USD", ""},
		{"the smallest exponent", decimal.New(-1, math.MinInt32), "JPY", ""},
		{"zero with an absurd exponent is zero", decimal.New(0, 2_000_000_000), "USD", "0.00"},
		{"zero with an absurd negative exponent is zero", decimal.New(0, math.MinInt32), "USD", "0.00"},
		{"a coefficient with very many zeros, all removed by the exponent", decimal.NewFromBigInt(manyZeros, -20_000), "USD", "1.00"},
		{"a coefficient with very many zeros, too few removed by the exponent", decimal.NewFromBigInt(manyZeros, -19_000), "USD", ""},
		{"a coefficient with very many zeros, and an exponent that removes too many digits", decimal.NewFromBigInt(manyZeros, -20_003), "USD", ""},
		{"a coefficient with very many zeros, exactly as many removed by the exponent", decimal.NewFromBigInt(manyZeros, -20_002), "USD", "0.01"},
		{"a coefficient that is as long as the power it is divided by", decimal.NewFromBigInt(big.NewInt(10), -1), "JPY", "1"},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		before := r.amount.Coefficient()
		m, err := refund.NewMoney(r.amount, refund.MustCurrency(r.currency))
		if r.want == "" {
			wantPaths(t, err, "amount")
			if !m.IsZero() {
				t.Errorf("an error comes with %v", m)
			}
			return
		}
		if err != nil || m.Amount() != r.want || m.Currency().Code() != r.currency {
			t.Errorf("got %v, %v; want %s", m, err, r.want)
		}
		if r.amount.Coefficient().Cmp(before) != 0 {
			t.Error("the decimal was modified")
		}
	})
}

func TestNewMoneyWithoutCurrency(t *testing.T) {
	m, err := refund.NewMoney(decimal.New(1, 0), refund.Currency{})
	wantPaths(t, err, "currency")
	if !m.IsZero() {
		t.Errorf("an error comes with %v", m)
	}
}

// A decimal is the same amount however its coefficient and exponent split it.
func TestNewMoneyWithEveryExponent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := someCurrency.Draw(t, "currency")
		minor := someMinor.Draw(t, "minor")
		zeros := rapid.Int32Range(0, 40).Draw(t, "zeros")
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(zeros)), nil)
		d := decimal.NewFromBigInt(new(big.Int).Mul(minor, scale), -int32(c.Digits())-zeros)
		m, err := refund.NewMoney(d, c)
		if err != nil {
			t.Fatal(err)
		}
		checkMoney(t, m, minor, c)

		// One unit more at that scale is not an amount of the currency.
		if zeros > 0 {
			off := decimal.New(1, -int32(c.Digits())-zeros)
			if m, err := refund.NewMoney(d.Add(off), c); err == nil {
				t.Fatalf("%v was rounded to %v", d.Add(off), m)
			}
		}
	})
}

func TestMinorUnits(t *testing.T) {
	type row struct {
		because string
		amount  string
		code    string
		want    int64
		err     error
	}
	eachRow(t, []row{
		{"cents of dollars", "19.99", "USD", 1999, nil},
		{"after stripe-sfcc PR #31: 500 yen are 500 and not 50,000", "500", "JPY", 500, nil},
		{"after gumroad PR #3749: 5,800 yen are not 58", "5800", "JPY", 5800, nil},
		{"thousandths of dinars", "1.234", "BHD", 1234, nil},
		{"ten-thousandths of unidades", "-1.2345", "CLF", -12345, nil},
		{"the largest amount that fits", "92233720368547758.07", "USD", math.MaxInt64, nil},
		{"the smallest amount that fits", "-92233720368547758.08", "USD", math.MinInt64, nil},
		{"one unit more does not fit", "92233720368547758.08", "USD", 0, refund.ErrRange},
		{"one unit less does not fit", "-92233720368547758.09", "USD", 0, refund.ErrRange},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		got, err := refund.MustMoney(r.amount, r.code).MinorUnits()
		if got != r.want || !errors.Is(err, r.err) {
			t.Errorf("got %d, %v; want %d, %v", got, err, r.want, r.err)
		}
	})
}
