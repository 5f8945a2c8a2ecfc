package refund

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"

	"github.com/shopspring/decimal"
)

// Money is an exact amount in one currency. It is a whole number of the currency's minor
// units and may be negative. Sums, differences and multiples are exact and are never
// rounded.
//
// The zero Money means that no amount is given. It is not an amount of zero, such as
// "0.00 USD", and is not valid where a case requires an amount. Adding it to an amount of
// any currency returns that amount.
//
// Compare amounts with [Money.Equal] or [Money.Cmp]; == does not compile. Money is
// immutable and safe for concurrent use.
type Money struct {
	_ [0]func() // makes == a compile error

	// The amount in minor units is in small. If it does not fit, it is in large, and
	// small is 0. A large value is never modified.
	large    *big.Int
	small    int64
	currency Currency
}

// MaxDigits is the maximum number of digits of an amount in the input, counted in minor
// units: 100.00 USD has five. Arithmetic may produce longer amounts; they cannot be read
// back.
const MaxDigits = 34

// NewMoney returns the amount in the currency. It returns an [*InvalidError] if currency
// is the zero Currency, if the amount has more decimals than the currency's minor unit
// (trailing zeros do not count), or if it has more than [MaxDigits] digits.
func NewMoney(amount decimal.Decimal, currency Currency) (Money, error) {
	if currency.IsZero() {
		return Money{}, &InvalidError{Faults: []Fault{{"currency", "is required: an ISO 4217 code"}}}
	}
	minor, reason := scaled(amount, currency)
	if reason != "" {
		return Money{}, &InvalidError{Faults: []Fault{{"amount", reason}}}
	}
	m := makeMoney(minor, currency)
	if m.tooLong() {
		return Money{}, &InvalidError{Faults: []Fault{{"amount", tooManyDigits}}}
	}
	return m, nil
}

const tooManyDigits = "has more than 34 digits"

func tooManyDecimals(c Currency) string {
	return "has more decimals than " + c.Code() + ", which has " + strconv.Itoa(c.Digits())
}

// scaled returns the amount in minor units, or a reason if it has too many decimals. It
// limits the exponent before computing a power of ten, so that 1e999999999 is cheap.
func scaled(amount decimal.Decimal, currency Currency) (minor *big.Int, reason string) {
	minor = amount.Coefficient()
	digits := int64(currency.Digits())
	shift := int64(amount.Exponent()) + digits
	shift = min(shift, MaxDigits+digits)       // this many zeros already make it too long
	shift = max(shift, -int64(minor.BitLen())) // it cannot end in this many zeros
	minor.Mul(minor, pow10(shift))
	minor, rest := minor.QuoRem(minor, pow10(-shift), new(big.Int))
	if rest.Sign() != 0 {
		return nil, tooManyDecimals(currency)
	}
	return minor, ""
}

// pow10 returns 10ⁿ, and 1 for a negative n.
func pow10(n int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil) }

// makeMoney returns an amount given in minor units. The caller must not use minor again.
func makeMoney(minor *big.Int, currency Currency) Money {
	if minor.IsInt64() {
		return Money{small: minor.Int64(), currency: currency}
	}
	return Money{large: minor, currency: currency}
}

// bigMinor returns the amount in minor units. The caller must not modify the result.
func (m Money) bigMinor() *big.Int {
	if m.large != nil {
		return m.large
	}
	return big.NewInt(m.small)
}

// tooLong reports whether the amount is longer than an input may be.
func (m Money) tooLong() bool {
	return m.large != nil && len(new(big.Int).Abs(m.large).Text(10)) > MaxDigits
}

// fault returns the reason why m is not valid in a case with the given currency, or "".
func (m *Money) fault(currency Currency, required bool) string {
	switch {
	case m.IsZero():
		if required {
			return "is required"
		}
	case m.large != nil && m.tooLong():
		return tooManyDigits
	case m.currency != currency:
		return "is in " + m.currency.Code() + ", but the case is in " + currency.Code()
	case m.Sign() < 0:
		return "is negative"
	}
	return ""
}

// Currency returns the currency, or the zero Currency for the zero Money.
func (m Money) Currency() Currency { return m.currency }

// Decimal returns the amount as a decimal with the currency's number of decimals.
func (m Money) Decimal() decimal.Decimal {
	return decimal.NewFromBigInt(m.bigMinor(), -int32(m.currency.Digits()))
}

// MinorUnits returns the amount in the currency's minor unit: 1999 for 19.99 USD, 500 for
// 500 JPY. It returns [ErrRange] if the result does not fit into an int64.
//
// The minor units are those of ISO 4217, which most payment gateways use. Some gateways
// differ for a few currencies, such as ISK and UGX in hundredths, or IDR in whole rupiahs:
// read the gateway's list of currencies and convert where it differs. The example
// GatewayUnits of package [github.com/kasperinfotech/refundpolicy/examples] shows how.
func (m Money) MinorUnits() (int64, error) {
	if m.large != nil {
		return 0, ErrRange
	}
	return m.small, nil
}

// FromMinorUnits returns an amount given in minor units of ISO 4217: 19.99 USD for 1999,
// 500 JPY for 500. Gateways may use other units: see [Money.MinorUnits]. For the zero
// Currency it returns the zero Money.
func FromMinorUnits(minor int64, currency Currency) Money {
	if currency.IsZero() {
		return Money{}
	}
	return Money{small: minor, currency: currency}
}

// IsZero reports whether m is the zero Money, which means that no amount is given. It
// returns false for an amount of zero, such as 0.00 USD, so that a field tagged omitzero
// keeps it. Use [Money.Sign] to test for an amount of zero.
func (m Money) IsZero() bool { return m.currency.IsZero() }

// Sign returns -1 if m is negative, 0 if it is zero, and +1 if it is positive. It is 0 for
// the zero Money.
func (m Money) Sign() int {
	switch {
	case m.large != nil:
		return m.large.Sign()
	case m.small < 0:
		return -1
	case m.small > 0:
		return +1
	}
	return 0
}

// Equal reports whether m and n are the same amount in the same currency. The zero Money
// equals only itself.
func (m Money) Equal(n Money) bool { return m.currency == n.currency && m.cmp(n) == 0 }

// Cmp returns -1 if m is less than n, 0 if they are equal, and +1 if m is more than n. The
// zero Money counts as zero in any currency. For amounts in different currencies, Cmp
// returns an error that matches [ErrCurrencyMismatch].
func (m Money) Cmp(n Money) (int, error) {
	if _, err := m.shared(n); err != nil {
		return 0, err
	}
	return m.cmp(n), nil
}

// cmp compares the minor units alone.
func (m Money) cmp(n Money) int {
	if m.large != nil || n.large != nil {
		return m.bigMinor().Cmp(n.bigMinor())
	}
	switch {
	case m.small < n.small:
		return -1
	case m.small > n.small:
		return +1
	}
	return 0
}

// shared returns the currency of the sum of m and n.
func (m Money) shared(n Money) (Currency, error) {
	switch {
	case m.currency == n.currency || n.currency.IsZero():
		return m.currency, nil
	case m.currency.IsZero():
		return n.currency, nil
	}
	return Currency{}, &CurrencyMismatchError{m.currency, n.currency}
}

// Add returns m + n. For amounts in different currencies, it returns an error that matches
// [ErrCurrencyMismatch].
func (m Money) Add(n Money) (Money, error) {
	currency, err := m.shared(n)
	if err != nil {
		return Money{}, err
	}
	return m.add(n, currency), nil
}

// Sub returns m − n. For amounts in different currencies, it returns an error that matches
// [ErrCurrencyMismatch].
func (m Money) Sub(n Money) (Money, error) {
	currency, err := m.shared(n)
	if err != nil {
		return Money{}, err
	}
	return m.sub(n, currency), nil
}

func (m Money) add(n Money, currency Currency) Money {
	if m.large == nil && n.large == nil {
		sum := m.small + n.small
		if (m.small^sum)&(n.small^sum) >= 0 { // no overflow
			return Money{small: sum, currency: currency}
		}
	}
	return makeMoney(new(big.Int).Add(m.bigMinor(), n.bigMinor()), currency)
}

func (m Money) sub(n Money, currency Currency) Money {
	if m.large == nil && n.large == nil {
		diff := m.small - n.small
		if (m.small^n.small)&(m.small^diff) >= 0 { // no overflow
			return Money{small: diff, currency: currency}
		}
	}
	return makeMoney(new(big.Int).Sub(m.bigMinor(), n.bigMinor()), currency)
}

// Times returns m · n. The result is exact, whatever its size.
func (m Money) Times(n int) Money {
	if m.large == nil {
		if product, ok := mul64(m.small, int64(n)); ok {
			return Money{small: product, currency: m.currency}
		}
	}
	return makeMoney(new(big.Int).Mul(m.bigMinor(), big.NewInt(int64(n))), m.currency)
}

// mul64 returns a · b, and whether it fits into an int64.
func mul64(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(abs64(a), abs64(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if a^b < 0 { // the signs differ
		return -int64(lo), true
	}
	return int64(lo), true
}

// abs64 returns |a|. It branches: without, evaluating a case takes a tenth longer.
func abs64(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

func (m Money) neg() Money { return Money{}.sub(m, m.currency) }

// less reports whether m < n. It is short enough to be inlined.
func (m Money) less(n Money) bool {
	if m.large == nil && n.large == nil {
		return m.small < n.small
	}
	return m.cmp(n) < 0
}

// lesser returns the smaller of two amounts in one currency.
func lesser(m, n Money) Money {
	if n.less(m) {
		return n
	}
	return m
}

// floor0 returns m, or an amount of zero if m is negative.
func (m Money) floor0() Money {
	if m.Sign() < 0 {
		return Money{currency: m.currency}
	}
	return m
}
