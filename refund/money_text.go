package refund

import (
	"database/sql/driver"
	"log/slog"
	"math/big"
	"strconv"
	"strings"
)

// ParseMoney reads an amount of digits, such as "199.99", in a currency, such as
// "USD". The amount is "0" or digits without a leading zero, then perhaps a point
// and at least one decimal and at most as many as the currency has. A minus is
// read, so that a case can refuse it by name; no other sign, blank, exponent or
// grouping is. An [*InvalidError] has the paths "amount" and "currency".
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

// MustMoney is [ParseMoney] for literals and tests: it panics on an error.
func MustMoney(amount, currency string) Money {
	m, err := ParseMoney(amount, currency)
	if err != nil {
		panic(err)
	}
	return m
}

// parseAmount reads an amount. If the currency is not known, any number of decimals is
// accepted.
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
	if len(whole)+len(decimals)+len(zeros) > 18 { // it may not fit into an int64
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

// number returns the number that is written as n and then these digits.
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

// Amount returns the digits alone, always with exactly the currency's decimals:
// "150.00", or "150" for JPY. It is "0" for the zero Money.
func (m Money) Amount() string { return string(m.AppendAmount(nil)) }

// AppendAmount appends what [Money.Amount] returns to b.
func (m Money) AppendAmount(b []byte) []byte {
	start := len(b)
	switch {
	case m.large != nil: // longer than any currency's decimals
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

// append appends what String returns.
func (m Money) append(b []byte) []byte {
	if m.IsZero() {
		return append(b, "no amount"...)
	}
	b = m.AppendAmount(b)
	b = append(b, ' ')
	return append(b, m.currency.Code()...)
}

// String returns amount and currency, such as "174.99 USD", and "no amount" for the
// zero Money.
func (m Money) String() string { return string(m.append(nil)) }

// LogValue returns the text of [Money.String].
func (m Money) LogValue() slog.Value { return slog.StringValue(m.String()) }

// MarshalText returns amount and currency, such as "174.99 USD"; the zero Money is
// the empty text.
func (m Money) MarshalText() ([]byte, error) {
	if m.IsZero() {
		return []byte{}, nil
	}
	return m.append(nil), nil
}

// UnmarshalText reads what [Money.MarshalText] wrote, strictly as [ParseMoney].
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

// Value returns the text of [Money.MarshalText] for a database, and NULL for the
// zero Money.
func (m Money) Value() (driver.Value, error) {
	if m.IsZero() {
		return nil, nil
	}
	return m.String(), nil
}

// Scan reads a text that [Money.Value] wrote; NULL is the zero Money. A number is
// refused: it has no currency.
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
