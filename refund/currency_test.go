package refund_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// The currencies whose minor unit is not a hundredth, by its digits.
var otherDigits = map[int]string{
	0: "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

// The withdrawn currencies that are still read, with the minor unit they had and the month
// of withdrawal from list three of ISO 4217.
var withdrawn = map[string]struct {
	digits int
	month  string
}{
	"ANG": {2, "2025-03"},
	"BGN": {2, "2026-01"},
	"BYR": {0, "2017-01"},
	"CUC": {2, "2021-06"},
	"EEK": {2, "2011-01"},
	"HRK": {2, "2023-01"},
	"LTL": {2, "2014-12"},
	"LVL": {2, "2014-01"},
	"MRO": {2, "2017-12"},
	"SKK": {2, "2009-01"},
	"SLL": {2, "2023-12"},
	"STD": {2, "2017-12"},
	"TMM": {2, "2009-01"},
	"VEF": {2, "2018-08"},
	"ZMK": {2, "2012-12"},
	"ZWL": {2, "2024-09"},
}

func TestWithdrawnCurrencies(t *testing.T) {
	found := 0
	for _, c := range refund.Currencies() {
		month, gone := c.Withdrawn()
		want, listed := withdrawn[c.Code()]
		if gone != listed || month != want.month {
			t.Errorf("%v was withdrawn %q, %v; want %q, %v", c, month, gone, want.month, listed)
		}
		if !listed {
			continue
		}
		found++
		if c.Digits() != want.digits {
			t.Errorf("%v has %d digits, want %d", c, c.Digits(), want.digits)
		}
		// Amounts in it are computed as in any other.
		c2 := plainCase()
		s := &c2.Subscription
		money := func(units string) refund.Money { return refund.MustMoney(units, c.Code()) }
		s.Price, s.Paid, s.Service.PerInstance, s.Refunded = money("200"), money("200"), money("25"), money("30")
		c2.Issues = refund.IssueLog{resolvedAt("T-1", c2.Request.At)}
		if o := evaluated(t, refund.Published(testkit.NewYork), c2); !o.Refundable.Equal(money("145")) {
			t.Errorf("%v of 145 are refundable", o.Refundable)
		}
	}
	if found != len(withdrawn) {
		t.Errorf("%d withdrawn currencies found, want %d", found, len(withdrawn))
	}
	if month, gone := (refund.Currency{}).Withdrawn(); gone || month != "" {
		t.Errorf("the zero Currency was withdrawn %q", month)
	}
}

const noMinorUnit = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"

func TestCurrencies(t *testing.T) {
	all := refund.Currencies()
	active := 0
	for _, c := range all {
		if _, gone := c.Withdrawn(); !gone {
			active++
		}
	}
	if active != 165 || len(all) != active+len(withdrawn) {
		t.Errorf("%d active currencies of %d, want 165 and %d more", active, len(all), len(withdrawn))
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
	if len(byDigits) != 4 || len(byDigits[2]) != 154 {
		t.Errorf("%d kinds of minor unit, %d currencies with two digits; want 4, 154", len(byDigits), len(byDigits[2]))
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
		codes   string // all refused
		reason  string // the reason of each refusal
	}
	eachRow(t, []row{
		{"ISO 4217 gives them no minor unit, so no amount can be stated in them", noMinorUnit, "no minor unit"},
		{"withdrawn before 2009, and not in the table", "DEM FRF ITL SIT VEB ZWD", "is not an ISO 4217 currency code"},
		{"codes are upper case", "usd eUR jPy hrk", "currency codes are upper case"},
		{"never assigned, next to the ends and the middle of the table", "AAA ABC ZZZ USC USE", "is not an ISO 4217 currency code"},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		for code := range strings.FieldsSeq(r.codes) {
			c, err := refund.ParseCurrency(code)
			wantPaths(t, err, "currency")
			if !c.IsZero() || !strings.Contains(err.Error(), r.reason) || strings.Contains(err.Error(), code) {
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

// A reason says what a code is and never quotes the input.
func TestCurrencyReasons(t *testing.T) {
	const (
		unknown  = "is not an ISO 4217 currency code, which is three upper-case letters such as USD"
		notUpper = "is not in upper case: currency codes are upper case, such as USD"
	)
	type row struct {
		because string
		text    string
		reason  string
	}
	eachRow(t, []row{
		{"a code in lower case", "usd", notUpper},
		{"a code in mixed case", "Usd", notUpper},
		{"a withdrawn code in lower case", "hrk", notUpper},
		{"lower case without a code in upper case", "abc", unknown},
		{"the upper case has no minor unit", "xau", unknown},
		{"a letter whose upper case is S, but that is longer", "u\u017fd", unknown},
		{"three letters that are not a code", "ABC", unknown},
		{"no minor unit", "XAU", "has no minor unit in ISO 4217, so no amount can be stated in it"},
		{"a symbol", "$", unknown},
		{"two letters", "US", unknown},
		{"four letters", "EURO", unknown},
		{"three digits", "840", unknown},
		{"a space at the end", "USD ", unknown},
		{"a letter that is K in lower case", "\u212a", unknown},
		{"bytes that are not UTF-8", "\xffab", unknown},
		{"no code", "", "is required: an ISO 4217 code"},
	}, func(r row) string { return r.because }, func(t *testing.T, r row) {
		_, err := refund.ParseCurrency(r.text)
		wantPaths(t, err, "currency")
		if reason := faultsOf(t, err)[0].Reason; reason != r.reason {
			t.Errorf("got %q, want %q", reason, r.reason)
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
