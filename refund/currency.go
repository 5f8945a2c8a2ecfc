package refund

import (
	"log/slog"
	"sort"
	"strings"
)

// A Currency is a currency of ISO 4217, active or withdrawn. Currencies are comparable
// with ==. The zero Currency means that no currency is given. Any other comes from
// [ParseCurrency] or [Currencies], so a Currency always has a known minor unit.
type Currency struct {
	index uint8 // into iso4217
}

// ParseCurrency returns the currency with the given ISO 4217 code. Codes are upper case.
// It returns an [*InvalidError] for an unknown code, and for a code without a minor unit,
// such as XAU or XXX, in which no amount can be stated.
func ParseCurrency(code string) (Currency, error) {
	c, reason := lookupCurrency(code)
	if reason != "" {
		return Currency{}, &InvalidError{Faults: []Fault{{"currency", reason}}}
	}
	return c, nil
}

// MustCurrency is like [ParseCurrency] but panics on an error. It is for literals and tests.
func MustCurrency(code string) Currency {
	c, err := ParseCurrency(code)
	if err != nil {
		panic(err)
	}
	return c
}

// lookupCurrency returns the currency with a code, or the reason why the code is refused.
func lookupCurrency(code string) (c Currency, reason string) {
	if code == "" {
		return Currency{}, "is required: an ISO 4217 code"
	}
	i := sort.Search(len(iso4217), func(i int) bool { return iso4217[i].code >= code })
	if i == len(iso4217) || iso4217[i].code != code {
		if upper := strings.ToUpper(code); len(code) == 3 && upper != code {
			if _, reason := lookupCurrency(upper); reason == "" {
				return Currency{}, "is not in upper case: currency codes are upper case, such as USD"
			}
		}
		return Currency{}, "is not an ISO 4217 currency code, which is three upper-case letters such as USD"
	}
	if iso4217[i].digits == noMinorUnit {
		return Currency{}, "has no minor unit in ISO 4217, so no amount can be stated in it"
	}
	return Currency{uint8(i)}, ""
}

// Withdrawn reports whether the currency is no longer active, and the month in which it
// was withdrawn according to ISO 4217, such as "2023-01" for HRK. Amounts in a withdrawn
// currency are still read and computed, so that old cases stay readable.
func (c Currency) Withdrawn() (month string, gone bool) {
	month = iso4217[c.index].withdrawn
	return month, month != ""
}

// Currencies returns all currencies, including withdrawn ones, sorted by code.
func Currencies() []Currency {
	list := make([]Currency, 0, len(iso4217))
	for i, entry := range iso4217 {
		if entry.digits != noMinorUnit {
			list = append(list, Currency{uint8(i)})
		}
	}
	return list
}

// Code returns the ISO 4217 code, or "" for the zero Currency.
func (c Currency) Code() string { return iso4217[c.index].code }

// Digits returns the number of decimals of the currency's minor unit: 2 for USD, 0 for
// JPY, 3 for BHD. It is 0 for the zero Currency.
func (c Currency) Digits() int { return max(int(iso4217[c.index].digits), 0) }

// IsZero reports whether c is the zero Currency.
func (c Currency) IsZero() bool { return c.index == 0 }

// String returns the code, or "no currency" for the zero Currency.
func (c Currency) String() string {
	if c.IsZero() {
		return "no currency"
	}
	return c.Code()
}

// LogValue returns the code.
func (c Currency) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText returns the code, or an empty text for the zero Currency.
func (c Currency) MarshalText() ([]byte, error) { return []byte(c.Code()), nil }

// UnmarshalText reads a code as [ParseCurrency] does. An empty text is the zero Currency.
func (c *Currency) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = Currency{}
		return nil
	}
	parsed, err := ParseCurrency(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}
