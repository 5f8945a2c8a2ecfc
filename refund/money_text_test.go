package refund_test

import (
	"bytes"
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

var (
	_ fmt.Stringer             = refund.Money{}
	_ encoding.TextMarshaler   = refund.Money{}
	_ encoding.TextUnmarshaler = (*refund.Money)(nil)
	_ json.Marshaler           = refund.Money{}
	_ json.Unmarshaler         = (*refund.Money)(nil)
	_ driver.Valuer            = refund.Money{}
	_ sql.Scanner              = (*refund.Money)(nil)
	_ slog.LogValuer           = refund.Money{}
)

func TestMoneyReadsItsOwnText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := someCurrency.Draw(t, "currency")
		minor := someMinor.Draw(t, "minor")
		m := ofMinor(t, minor, c)
		var parsed, text, fromJSON, fromString, fromBytes refund.Money

		var err error
		if parsed, err = refund.ParseMoney(m.Amount(), m.Currency().Code()); err != nil {
			t.Fatal(err)
		}
		b, err := m.MarshalText()
		if err = errors.Join(err, text.UnmarshalText(b)); err != nil {
			t.Fatal(err)
		}
		j, err := json.Marshal(m)
		if err = errors.Join(err, json.Unmarshal(j, &fromJSON)); err != nil {
			t.Fatal(err)
		}
		value, err := m.Value()
		if err = errors.Join(err, fromString.Scan(value), fromBytes.Scan([]byte(value.(string)))); err != nil {
			t.Fatal(err)
		}
		for _, back := range []refund.Money{parsed, text, fromJSON, fromString, fromBytes} {
			if !back.Equal(m) {
				t.Fatalf("wrote %v, read %v", m, back)
			}
			checkMoney(t, back, minor, c)
		}
	})
}

func TestParseMoney(t *testing.T) {
	nines := strings.Repeat("9", refund.MaxDigits)
	type row struct {
		because  string
		amount   string
		currency string
		want     string   // the result of String
		paths    []string // of the faults, where it is refused
	}
	amount, currency, both := []string{"amount"}, []string{"currency"}, []string{"amount", "currency"}
	eachRow(t, []row{
		{"all decimals", "199.99", "USD", "199.99", nil},
		{"fewer decimals are filled up", "199.9", "USD", "199.90", nil},
		{"no decimals are filled up", "199", "USD", "199.00", nil},
		{"zero", "0", "USD", "0.00", nil},
		{"zero with decimals", "0.00", "USD", "0.00", nil},
		{"less than one", "0.05", "USD", "0.05", nil},
		{"a minus sign is read", "-0.05", "USD", "-0.05", nil},
		{"yen", "150", "JPY", "150", nil},
		{"dinars", "1.5", "BHD", "1.500", nil},
		{"unidades", "0.0001", "CLF", "0.0001", nil},
		{"a zero at the end of the whole part", "10", "USD", "10.00", nil},
		{"34 digits", nines, "JPY", nines, nil},
		{"34 digits, negative", "-" + nines, "JPY", "-" + nines, nil},
		{"34 digits, two of them decimals", nines[2:] + ".00", "USD", nines[2:] + ".00", nil},
		{"34 digits in the minor unit, one of them not written", nines[2:] + ".9", "USD", nines[2:] + ".90", nil},
		{"zeros before the point count", "1" + nines[1:], "JPY", "1" + nines[1:], nil},

		{"the empty text", "", "USD", "", amount},
		{"a minus alone", "-", "USD", "", amount},
		{"a point alone", ".", "USD", "", amount},
		{"no digit before the point", ".5", "USD", "", amount},
		{"no digit after the point", "5.", "USD", "", amount},
		{"two points", "1.2.3", "USD", "", amount},
		{"two minuses", "--1", "USD", "", amount},
		{"a plus", "+1", "USD", "", amount},
		{"a minus at the end", "1-", "USD", "", amount},
		{"a comma", "1,00", "USD", "", amount},
		{"groups", "1,000.00", "USD", "", amount},
		{"an underscore", "1_000", "USD", "", amount},
		{"a space before", " 1", "USD", "", amount},
		{"a space after", "1 ", "USD", "", amount},
		{"an exponent", "1e2", "USD", "", amount},
		{"an absurd exponent", "1e2000000000", "USD", "", amount},
		{"a hexadecimal number", "0x10", "USD", "", amount},
		{"a letter in the decimals", "1.0a", "USD", "", amount},
		{"the character before 0 in ASCII", "1/", "USD", "", amount},
		{"the character after 9 in ASCII", "1:", "USD", "", amount},
		{"not a number", "NaN", "USD", "", amount},
		{"digits of another script", "١٢", "USD", "", amount},
		{"a leading zero", "01", "USD", "", amount},
		{"a leading zero before the point", "00.50", "USD", "", amount},
		{"a leading zero of a negative amount", "-01", "USD", "", amount},
		{"a negative zero", "-0", "USD", "", amount},
		{"a negative zero with decimals", "-0.00", "USD", "", amount},
		{"more decimals than dollars have", "1.234", "USD", "", amount},
		{"more decimals than dollars have, a zero", "199.990", "USD", "", amount},
		{"a decimal in yen", "1.0", "JPY", "", amount},
		{"five decimals in unidades", "1.00000", "CLF", "", amount},
		{"35 digits", nines + "9", "JPY", "", amount},
		{"35 digits in the minor unit, one of them not written", nines[1:] + ".9", "USD", "", amount},
		{"35 digits, the last before the point a zero", "1" + strings.Repeat("0", 34), "USD", "", amount},
		{"a million digits", strings.Repeat("7", 1_000_000), "USD", "", amount},
		{"a million decimals", "1." + strings.Repeat("0", 1_000_000), "USD", "", amount},
		{"no currency", "1", "", "", currency},
		{"an unknown currency", "1", "ABC", "", currency},
		{"a currency in lower case", "1.00", "usd", "", currency},
		{"an unknown currency may have any decimals", "1.23456", "ABC", "", currency},
		{"faults of both are reported", "1e2", "ABC", "", both},
		{"without a currency, the digits are not counted", nines + "9", "ABC", "", []string{"currency"}},
		{"both missing", "", "", "", both},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		m, err := refund.ParseMoney(r.amount, r.currency)
		wantPaths(t, err, r.paths...)
		if err != nil {
			if !m.IsZero() {
				t.Errorf("an error comes with %v", m)
			}
			return
		}
		if m.Amount() != r.want || m.Currency().Code() != r.currency {
			t.Errorf("got %v, want %s %s", m, r.want, r.currency)
		}
	})
}

// A reason shows the form of an amount and never quotes the input, which may be a telephone
// number or a card number.
func TestParseMoneyReasons(t *testing.T) {
	const notPlain, leadingZero = `is not a plain decimal number such as "25.00"`, "has a leading zero"
	type row struct {
		because string
		amount  string
		reason  string
	}
	eachRow(t, []row{
		{"a number with groups", "1,234.56", notPlain},
		{"an exponent", "1e5", notPlain},
		{"a plus", "+1.00", notPlain},
		{"a unit", "12 USD", notPlain},
		{"words", "twelve", notPlain},
		{"a telephone number", "555-0100", notPlain},
		{"a leading zero", "007", leadingZero},
		{"a telephone number that begins with a zero", "01715550100", leadingZero},
		{"too many decimals", "1.234", "has more decimals than USD, which has 2"},
		{"a negative zero", "-0.00", "is a negative zero"},
		{"35 digits, the decimals among them", "411111111111111141111111111111111.00", "has more than 34 digits"},
		{"no digits", "", `is required: digits, such as "25.00"`},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		_, err := refund.ParseMoney(r.amount, "USD")
		wantPaths(t, err, "amount")
		reason := faultsOf(t, err)[0].Reason
		if reason != r.reason {
			t.Errorf("got %q, want %q", reason, r.reason)
		}
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, amount := range []string{
		"0", "199.99", "-0.05", "-0.00", "01", "1.", ".1", "1e9", "+1", "1,0",
		"92233720368547758.07", "92233720368547758.08", "-92233720368547758.08",
		"9999999999999999999999999999999999", "99999999999999999999999999999999999", "0.0000",
	} {
		for _, code := range []string{"USD", "JPY", "BHD", "CLF", "XXX", "usd", ""} {
			f.Add(amount, code)
		}
	}
	f.Fuzz(func(t *testing.T, amount, code string) {
		m, err := refund.ParseMoney(amount, code)
		if err != nil {
			faultsOf(t, err)
			if !m.IsZero() {
				t.Fatalf("an error comes with %v", m)
			}
			return
		}
		// Only zeros at the end may be added to the text that was read.
		want := amount
		if digits := m.Currency().Digits(); digits > 0 {
			if !strings.Contains(want, ".") {
				want += "."
			}
			_, decimals, _ := strings.Cut(want, ".")
			want += strings.Repeat("0", digits-len(decimals))
		}
		if m.Amount() != want || m.Currency().Code() != code {
			t.Fatalf("read %q %q, wrote %v", amount, code, m)
		}
		again, err := refund.ParseMoney(m.Amount(), code)
		if err != nil || !again.Equal(m) {
			t.Fatalf("wrote %v, read %v, %v", m, again, err)
		}
	})
}

func TestMustMoney(t *testing.T) {
	if got := refund.MustMoney("25.00", "USD").String(); got != "25.00 USD" {
		t.Errorf("got %q", got)
	}
	defer func() {
		if err, ok := recover().(error); !ok || pathsOf(t, err) == nil {
			t.Error("MustMoney did not panic with the error")
		}
	}()
	refund.MustMoney("25", "XXX")
}

func TestMoneyUnmarshalText(t *testing.T) {
	type row struct {
		because string
		text    string
		want    string
		paths   []string
	}
	eachRow(t, []row{
		{"amount and currency", "174.99 USD", "174.99 USD", nil},
		{"fewer decimals are filled up", "-174 BHD", "-174.000 BHD", nil},
		{"the empty text is the zero Money", "", "no amount", nil},
		{"no currency", "174.99", "", []string{"currency"}},
		{"no amount", " USD", "", []string{"amount"}},
		{"the currency alone", "USD", "", []string{"amount", "currency"}},
		{"the currency first", "USD 174.99", "", []string{"amount", "currency"}},
		{"two spaces", "174.99  USD", "", []string{"currency"}},
		{"a space at the end", "174.99 USD ", "", []string{"currency"}},
		{"a tab", "174.99\tUSD", "", []string{"amount", "currency"}},
		{"too many decimals", "174.999 USD", "", []string{"amount"}},
		{"the text of String for the zero Money", "no amount", "", []string{"amount", "currency"}},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		m := refund.MustMoney("7", "JPY")
		err := m.UnmarshalText([]byte(r.text))
		wantPaths(t, err, r.paths...)
		if err != nil {
			r.want = "7 JPY" // untouched
		}
		if m.String() != r.want {
			t.Errorf("got %v, want %s", m, r.want)
		}
	})
}

func TestMoneyJSON(t *testing.T) {
	type row struct {
		because string
		text    string
		want    string
		paths   []string
	}
	whole := []string{""}
	eachRow(t, []row{
		{"amount and currency", `{"amount":"174.99","currency":"USD"}`, "174.99 USD", nil},
		{"white space and order do not matter", ` { "currency" : "JPY" , "amount" : "5" } `, "5 JPY", nil},
		{"null is the zero Money", `null`, "no amount", nil},
		{"a number went through a float", `{"amount":174.99,"currency":"USD"}`, "", []string{"amount"}},
		{"a number alone", `174.99`, "", whole},
		{"a text", `"174.99 USD"`, "", whole},
		{"an array", `["174.99","USD"]`, "", whole},
		{"an unknown field", `{"amount":"1","currency":"USD","rounded":true}`, "", []string{"rounded"}},
		{"an empty object", `{}`, "", []string{"amount", "currency"}},
		{"no currency", `{"amount":"1"}`, "", []string{"currency"}},
		{"no amount", `{"currency":"USD"}`, "", []string{"amount"}},
		{"a null amount", `{"amount":null,"currency":"USD"}`, "", []string{"amount"}},
		{"too many decimals", `{"amount":"1.234","currency":"USD"}`, "", []string{"amount"}},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		m := refund.MustMoney("7", "JPY")
		err := json.Unmarshal([]byte(r.text), &m)
		wantPaths(t, err, r.paths...)
		if err != nil {
			r.want = "7 JPY" // untouched
		}
		if m.String() != r.want {
			t.Errorf("got %v, want %s", m, r.want)
		}
	})
}

func TestMoneyInJSONOfAHost(t *testing.T) {
	type invoice struct {
		Paid     refund.Money    `json:"paid"`
		Refunded refund.Money    `json:"refunded"`
		Fee      refund.Money    `json:"fee,omitzero"`
		Tip      refund.Money    `json:"tip,omitzero"`
		Currency refund.Currency `json:"currency"`
	}
	in := invoice{Paid: refund.MustMoney("199.99", "USD"), Fee: refund.MustMoney("0", "USD"), Currency: refund.MustCurrency("USD")}
	b, err := json.Marshal(in)
	const want = `{"paid":{"amount":"199.99","currency":"USD"},"refunded":null,"fee":{"amount":"0.00","currency":"USD"},"currency":"USD"}`
	if err != nil || string(b) != want {
		t.Errorf("got %s, %v\nwant %s", b, err, want)
	}
	var out invoice
	if err := json.Unmarshal(b, &out); err != nil || !out.Paid.Equal(in.Paid) || !out.Refunded.IsZero() || out.Currency != in.Currency {
		t.Errorf("got %+v, %v", out, err)
	}
	if err := new(refund.Money).UnmarshalJSON([]byte(`{"amount":"1","currency":"USD"} 2`)); err == nil {
		t.Error("text after the object was ignored")
	}
	if err := new(refund.Money).UnmarshalJSON([]byte(`{"amount":`)); err == nil {
		t.Error("half an object is read")
	}
}

func TestMoneySQL(t *testing.T) {
	if v, err := (refund.Money{}).Value(); v != nil || err != nil {
		t.Errorf("the zero Money is %v, %v; want NULL", v, err)
	}
	if v, err := refund.MustMoney("25", "USD").Value(); v != "25.00 USD" || err != nil {
		t.Errorf("25.00 USD is %v, %v", v, err)
	}
	type row struct {
		because string
		src     any
		want    string
		paths   []string
	}
	eachRow(t, []row{
		{"a text", "25.00 USD", "25.00 USD", nil},
		{"bytes", []byte("25.00 USD"), "25.00 USD", nil},
		{"NULL is the zero Money", nil, "no amount", nil},
		{"the empty text is the zero Money", "", "no amount", nil},
		{"an integer has no currency", int64(25), "", []string{"amount"}},
		{"a float is never money", 25.0, "", []string{"amount"}},
		{"a boolean", true, "", []string{"amount"}},
		{"an instant", time.Time{}, "", []string{"amount"}},
		{"a text without currency", "25.00", "", []string{"currency"}},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		m := refund.MustMoney("7", "JPY")
		err := m.Scan(r.src)
		wantPaths(t, err, r.paths...)
		if err != nil {
			r.want = "7 JPY" // untouched
		}
		if m.String() != r.want {
			t.Errorf("got %v, want %s", m, r.want)
		}
	})
}

func TestScanKeepsNoBuffer(t *testing.T) {
	buffer := []byte("123456789012345678901234567890.00 USD")
	var m refund.Money
	if err := m.Scan(buffer); err != nil {
		t.Fatal(err)
	}
	copy(buffer, "9999999999") // as database/sql may do
	if m.String() != "123456789012345678901234567890.00 USD" {
		t.Errorf("the amount became %v", m)
	}
}

func TestMoneyInALog(t *testing.T) {
	var b bytes.Buffer
	log := slog.New(slog.NewTextHandler(&b, nil))
	log.Info("refund", "amount", refund.MustMoney("-0.05", "USD"), "none", refund.Money{}, "in", refund.MustCurrency("JPY"), "currency", refund.Currency{})
	if want := `amount="-0.05 USD" none="no amount" in=JPY currency="no currency"`; !strings.Contains(b.String(), want) {
		t.Errorf("the log says %q, want %q in it", b.String(), want)
	}
	if kind := refund.MustMoney("1", "USD").LogValue().Kind(); kind != slog.KindString {
		t.Errorf("an amount is logged as %v", kind)
	}
}

// Results of arithmetic may be longer than an input. They are written in full, and reading
// them back is an error.
func TestMoneyLongerThanAnInput(t *testing.T) {
	m := refund.MustMoney(strings.Repeat("9", refund.MaxDigits), "JPY").Times(1000)
	text, err := m.MarshalText()
	if want := strings.Repeat("9", refund.MaxDigits) + "000 JPY"; err != nil || string(text) != want {
		t.Errorf("got %s, %v", text, err)
	}
	var back refund.Money
	wantPaths(t, back.UnmarshalText(text), "amount")
}
