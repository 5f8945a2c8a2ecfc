package refund_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// The currencies whose minor unit is not a hundredth, by its digits.
var otherDigits = map[int]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

const noMinorUnit = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"

func TestCurrencies(t *testing.T) {
	all := refund.Currencies()
	if len(all) != 165 {
		t.Errorf("%d currencies, want 165", len(all))
	}
	byDigits := map[int][]string{}
	for _, c := range all {
		byDigits[c.Digits()] = append(byDigits[c.Digits()], c.Code())
		if again, err := refund.ParseCurrency(c.Code()); err != nil || again != c {
			t.Errorf("%v is read as %v, %v", c, again, err)
		}
		if c.IsZero() || c.String() != c.Code() || len(c.Code()) != 3 || strings.ToUpper(c.Code()) != c.Code() {
			t.Errorf("%v: code %q, zero %v", c, c.Code(), c.IsZero())
		}
	}
	if !slices.IsSortedFunc(all, func(a, b refund.Currency) int { return strings.Compare(a.Code(), b.Code()) }) {
		t.Error("the currencies are not in alphabetical order")
	}
	if len(byDigits) != 4 || len(byDigits[2]) != 139 {
		t.Errorf("%d kinds of minor unit, %d currencies with two digits; want 4, 139", len(byDigits), len(byDigits[2]))
	}
	for digits, codes := range otherDigits {
		if got := strings.Join(byDigits[digits], " "); got != codes {
			t.Errorf("%d digits have %s\nwant %s", digits, got, codes)
		}
	}
	all[0] = refund.Currency{}
	if refund.Currencies()[0].IsZero() {
		t.Error("the list is shared: a caller can change it")
	}
}

func TestParseCurrency(t *testing.T) {
	type row struct {
		because string
		codes   string // refused all
		reason  string // in every refusal
	}
	eachRow(t, []row{
		{"ISO 4217 gives them no minor unit, so no amount can be stated in them", noMinorUnit, "no minor unit"},
		{"withdrawn: a new subscription cannot be priced in them", "BGN ANG HRK CUC SLL ZWL", "no active"},
		{"lower case is no code", "usd eUR jPy", "no active"},
		{"never given out, beside the ends and the middle of the list", "AAA ABC ZZZ USC USE", "no active"},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		for code := range strings.FieldsSeq(r.codes) {
			c, err := refund.ParseCurrency(code)
			wantPaths(t, err, "currency")
			if !c.IsZero() || !strings.Contains(err.Error(), r.reason) || !strings.Contains(err.Error(), code) {
				t.Errorf("%s: %v, %v; want %q", code, c, err, r.reason)
			}
		}
	})
	if n := len(strings.Fields(noMinorUnit)); n != 13 {
		t.Errorf("%d codes without a minor unit, want 13", n)
	}
	_, err := refund.ParseCurrency("")
	wantPaths(t, err, "currency")
	if !strings.Contains(err.Error(), "is required") {
		t.Errorf("the empty code: %v", err)
	}
}

// A refusal quotes three letters, and tells the length of anything else.
func TestCurrencyQuoted(t *testing.T) {
	type row struct {
		because string
		text    string
		quoted  bool
	}
	eachRow(t, []row{
		{"three capitals", "ABC", true},
		{"three letters", "aZz", true},
		{"no minor unit", "XAU", true},
		{"right before a capital", "A@B", false},
		{"right after a capital", "A[B", false},
		{"right before a letter", "A`B", false},
		{"right after a letter", "A{B", false},
		{"two letters", "US", false},
		{"four letters", "EURO", false},
		{"three digits", "555", false},
		{"a blank", "U S", false},
		{"a line break", "AB\n", false},
		{"two letters in three bytes, in four when lower", "İx", false},
		{"one letter in three bytes, in one when lower", "\u212a", false},
		{"no text", "\xffab", false},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		_, err := refund.ParseCurrency(r.text)
		wantPaths(t, err, "currency")
		reason := faultsOf(t, err)[0].Reason
		if quoted := strings.Contains(reason, strconv.Quote(r.text)); quoted != r.quoted {
			t.Errorf("%q quoted: %v", reason, quoted)
		}
		if told := strings.Contains(reason, fmt.Sprintf("a text of %d bytes", len(r.text))); told == r.quoted {
			t.Errorf("%q", reason)
		}
	})
}

func TestCurrencyOfAnyThreeLetters(t *testing.T) {
	known := map[string]bool{}
	for _, c := range refund.Currencies() {
		known[c.Code()] = true
	}
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`[A-Z]{3}`).Draw(t, "code")
		if c, err := refund.ParseCurrency(code); (err == nil) != known[code] || err == nil && c.Code() != code {
			t.Fatalf("%s is read as %v, %v", code, c, err)
		}
	})
}

func TestZeroCurrency(t *testing.T) {
	var none refund.Currency
	if !none.IsZero() || none.Code() != "" || none.Digits() != 0 || none.String() != "no currency" {
		t.Errorf("zero %v, code %q, digits %d, string %q", none.IsZero(), none.Code(), none.Digits(), none)
	}
	if text, err := none.MarshalText(); len(text) != 0 || err != nil {
		t.Errorf("written as %q, %v", text, err)
	}
}

func TestCurrencyText(t *testing.T) {
	for _, c := range refund.Currencies() {
		var back refund.Currency
		text, err := c.MarshalText()
		if err != nil || string(text) != c.Code() {
			t.Errorf("%v is written as %q, %v", c, text, err)
		}
		if err := back.UnmarshalText(text); err != nil || back != c {
			t.Errorf("%q is read as %v, %v", text, back, err)
		}
	}
	c := refund.MustCurrency("USD")
	wantPaths(t, c.UnmarshalText([]byte("XXX")), "currency")
	if c.Code() != "USD" {
		t.Errorf("an error left %v", c)
	}
	if err := c.UnmarshalText(nil); err != nil || !c.IsZero() {
		t.Errorf("the empty text is read as %v, %v", c, err)
	}
}

func TestMustCurrency(t *testing.T) {
	defer func() {
		if err, ok := recover().(error); !ok || pathsOf(t, err) == nil {
			t.Error("MustCurrency did not panic with the error")
		}
	}()
	refund.MustCurrency("XXX")
}
