package peers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/currency"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// The library's currencies equal those of golang.org/x/text, from CLDR 32 (2017), except for
// the listed differences. The test fails for an additional and for a missing difference.
func TestCurrenciesEqualThoseOfCLDR(t *testing.T) {
	type row struct {
		because string
		differs string // text of function differences
		codes   string
	}
	rows := []row{
		{"CLDR has the decimals of prices, ISO 4217 the minor unit", "2 digits, 0 there",
			"AFN ALL AMD COP GYD IDR IRR KPW LAK LBP MGA MMK MNT MUR PKR RSD SOS SYP TZS UZS YER"},
		{"the same, for a minor unit of a thousandth", "3 digits, 0 there", "IQD"},
		{"new in 2018: ten old ouguiya of Mauritania", "unknown there", "MRU"},
		{"new in 2018: the bolívar soberano of Venezuela", "unknown there", "VES"},
		{"new in 2018: Uruguay's index of wages", "unknown there", "UYW"},
		{"new in 2021: the bolívar digital, beside VES", "unknown there", "VED"},
		{"new in 2022: a thousand old leones of Sierra Leone", "unknown there", "SLE"},
		{"new in 2024: the Zimbabwe Gold", "unknown there", "ZWG"},
		{"new in 2025: the Caribbean guilder of Curaçao and Sint Maarten", "unknown there", "XCG"},
		{"new in 2025: the Arab Monetary Fund's unit of account", "unknown there", "XAD"},
		{"El Salvador uses the dollar since 2001, but ISO 4217 still lists its colón", "withdrawn there", "SVC"},
		{"withdrawn, with the last minor unit of ISO 4217; CLDR has the decimals of prices", "2 digits, 0 there", "MRO SLL STD TMM ZMK"},
		{"withdrawn for VES and XCG", "current there", "VEF ANG"},
		{"withdrawn: Cuba's only peso is CUP", "current there", "CUC"},
		{"withdrawn: Croatia uses the euro since 2023", "current there", "HRK"},
		{"withdrawn: Bulgaria uses the euro since 2026", "current there", "BGN"},
		{"never in ISO 4217: renminbi traded outside of China are CNY", "current there", "CNH"},
		{"metals do not have a minor unit in ISO 4217", "current there", "XAG XAU XPD XPT"},
		{"units of account do not have a minor unit", "current there", "XBA XBB XBC XBD XDR XSU XUA"},
		{"codes for tests and for the absence of a currency", "current there", "XTS XXX"},
	}
	found, agree := differences()
	for _, r := range rows {
		if r.because == "" {
			t.Fatalf("%s: no reason", r.codes)
		}
		for code := range strings.FieldsSeq(r.codes) {
			if found[code] != r.differs {
				t.Errorf("%s: %q, want %q: %s", code, found[code], r.differs, r.because)
			}
			delete(found, code)
		}
	}
	for code, differs := range found {
		t.Errorf("%s: %s, which is not listed", code, differs)
	}
	if all := len(refund.Currencies()); agree != 140 {
		t.Errorf("%d of %d currencies agree, want 140", agree, all)
	}
	t.Logf("%d of %d currencies agree in code and digits", agree, len(refund.Currencies()))
}

// differences returns the differences by code, and the number of equal currencies.
func differences() (found map[string]string, agree int) {
	current := map[string]bool{} // in any country
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for it := currency.Query(currency.Date(day), currency.NonTender); it.Next(); {
		current[it.Unit().String()] = true
	}
	found = map[string]string{}
	for _, c := range refund.Currencies() {
		unit, err := currency.ParseISO(c.Code())
		_, gone := c.Withdrawn()
		switch digits, _ := currency.Standard.Rounding(unit); {
		case err != nil:
			found[c.Code()] = "unknown there"
		case digits != c.Digits():
			found[c.Code()] = fmt.Sprintf("%d digits, %d there", c.Digits(), digits)
		case gone && current[c.Code()]:
			found[c.Code()] = "current there"
		case !gone && !current[c.Code()]:
			found[c.Code()] = "withdrawn there"
		default:
			agree++
		}
		delete(current, c.Code())
	}
	for code := range current {
		found[code] = "current there"
	}
	return found, agree
}
