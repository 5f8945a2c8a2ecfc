package refund

import (
	"database/sql/driver"
	"log/slog"
	"math/big"
	"strconv"
	"strings"
)

// ParseMoney reads an amount such as "199.99" in a currency such as "USD". The amount is
// digits without a superfluous leading zero, optionally followed by a point and at most as
// many decimals as the currency has. A minus sign is allowed; a plus sign, spaces,
// exponents and digit grouping are not. The faults of an [*InvalidError] have the paths
// "amount" and "currency".
func ParseMoney(amount, currency string) (Money, error) {
	var f Faults
	c, reason := lookupCurrency(currency)
	if reason != "" {
		f.Add("currency", reason)
	}
	m, reason := parseAmount(amount, c)
	if reason != "" {
		f.Add("amount", reason)
	}
	if f != nil {
		return Money{}, f.Err()
	}
	return m, nil
}

// MustMoney is like [ParseMoney] but panics on an error. It is for literals and tests.
func MustMoney(amount, currency string) Money {
	m, err := ParseMoney(amount, currency)
	if err != nil {
		panic(err)
	}
	return m
}

// parseAmount reads an amount. For the zero Currency it accepts any number of decimals, so
// that an unknown currency is reported once.
func parseAmount(s string, currency Currency) (m Money, reason string) {
	if s == "" {
		return Money{}, "is required: digits, such as \"25.00\""
	}
	digits, negative := strings.CutPrefix(s, "-")
	whole, decimals, point := strings.Cut(digits, ".")
	if !allDigits(whole) || point && !allDigits(decimals) {
		return Money{}, "is not a plain decimal number such as \"25.00\""
	}
	if len(whole) > 1 && whole[0] == '0' {
		return Money{}, "has a leading zero"
	}
	if currency.IsZero() {
		return Money{}, ""
	}
	if len(decimals) > currency.Digits() {
		return Money{}, tooManyDecimals(currency)
	}
	if len(whole)+currency.Digits() > MaxDigits {
		return Money{}, tooManyDigits
	}
	zeros := "000000"[:currency.Digits()-len(decimals)]
	if len(whole)+len(decimals)+len(zeros) > 18 { // may not fit into an int64
		large, _ := new(big.Int).SetString(whole+decimals+zeros, 10)
		m = makeMoney(large, currency)
	} else {
		m = Money{small: number(number(number(0, whole), decimals), zeros), currency: currency}
	}
	if negative {
		if m.Sign() == 0 {
			return Money{}, "is a negative zero"
		}
		m = m.neg()
	}
	return m, ""
}

// number returns the number whose digits are those of n followed by digits.
func number(n int64, digits string) int64 {
	for i := range len(digits) {
		n = n*10 + int64(digits[i]-'0')
	}
	return n
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Amount returns the digits without the currency, with exactly the currency's number of
// decimals: "150.00" for USD, "150" for JPY. It is "0" for the zero Money.
func (m Money) Amount() string { return string(m.AppendAmount(nil)) }

// AppendAmount appends the text of [Money.Amount] to b.
func (m Money) AppendAmount(b []byte) []byte {
	start := len(b)
	switch {
	case m.large != nil: // has more digits than any currency has decimals
		b = m.large.Append(b, 10)
	case m.small < 0:
		b = append(b, '-')
		start++
		b = strconv.AppendUint(b, abs64(m.small), 10)
	default:
		b = strconv.AppendInt(b, m.small, 10)
	}
	digits := m.currency.Digits()
	if digits == 0 {
		return b
	}
	for range digits + 1 - (len(b) - start) { // at least one digit before the point
		b = append(b, 0)
		copy(b[start+1:], b[start:])
		b[start] = '0'
	}
	point := len(b) - digits
	b = append(b, 0)
	copy(b[point+1:], b[point:])
	b[point] = '.'
	return b
}

// append appends the text of String to b.
func (m Money) append(b []byte) []byte {
	if m.IsZero() {
		return append(b, "no amount"...)
	}
	b = m.AppendAmount(b)
	b = append(b, ' ')
	return append(b, m.currency.Code()...)
}

// String returns the amount and the currency, such as "174.99 USD", or "no amount" for the
// zero Money.
func (m Money) String() string { return string(m.append(nil)) }

// LogValue returns the text of [Money.String].
func (m Money) LogValue() slog.Value { return slog.StringValue(m.String()) }

// MarshalText returns the amount and the currency, such as "174.99 USD", or an empty text
// for the zero Money.
func (m Money) MarshalText() ([]byte, error) {
	if m.IsZero() {
		return []byte{}, nil
	}
	return m.append(nil), nil
}

// UnmarshalText reads the form that [Money.MarshalText] writes, as strictly as
// [ParseMoney].
func (m *Money) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = Money{}
		return nil
	}
	amount, currency, _ := strings.Cut(string(text), " ")
	parsed, err := ParseMoney(amount, currency)
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}

// Value returns the text of [Money.String] for a database, or NULL for the zero Money.
func (m Money) Value() (driver.Value, error) {
	if m.IsZero() {
		return nil, nil
	}
	return m.String(), nil
}

// Scan reads the form that [Money.Value] writes; NULL is the zero Money. It returns an
// [*InvalidError] for a number, which has no currency.
func (m *Money) Scan(src any) error {
	switch src := src.(type) {
	case nil:
		*m = Money{}
		return nil
	case string:
		return m.UnmarshalText([]byte(src))
	case []byte:
		return m.UnmarshalText(src)
	}
	return &InvalidError{Faults: []Fault{{"amount", `is not a text such as "25.00 USD"`}}}
}
