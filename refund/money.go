package refund

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"

	"github.com/shopspring/decimal"
)

// Money is an exact amount in one currency. It may be negative, and always fits
// the minor unit of its currency, so that sums, differences and multiples are
// exact; nothing is ever rounded.
//
// The zero Money is no amount, which is something else than an amount of nothing
// such as "0.00 USD": it is the additive identity of every currency, and is not
// valid where a case requires an amount.
//
// Compare amounts with [Money.Equal] or [Money.Cmp]; == does not compile. Money is
// immutable, and safe for concurrent use.
type Money struct {
	_ [0]func() // not comparable

	// An amount is minor units: in large when they don't fit into small, which is
	// then 0. A large value is never written to after it was made.
	large    *big.Int
	small    int64
	currency Currency
}

// MaxDigits is how many digits an amount in the input may have, counted in the minor
// unit of its currency: 100.00 USD has five. Results of arithmetic may be longer, and
// then cannot be read back.
const MaxDigits = 34

// NewMoney returns the amount in the currency. It returns an [*InvalidError] if the
// currency is the zero one, if the amount has more decimals than the currency's
// minor unit (trailing zeros do not count), or more than [MaxDigits] digits.
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

// scaled returns the amount in minor units, or the reason why that is no integer of
// a bearable size. Exponents are looked at before any power of ten is made of them.
func scaled(amount decimal.Decimal, currency Currency) (minor *big.Int, reason string) {
	minor = amount.Coefficient()
	digits := int64(currency.Digits())
	shift := int64(amount.Exponent()) + digits
	shift = min(shift, MaxDigits+digits)       // with more zeros it is too long as well
	shift = max(shift, -int64(minor.BitLen())) // in more zeros it cannot end
	minor.Mul(minor, pow10(shift))
	minor, rest := minor.QuoRem(minor, pow10(-shift), new(big.Int))
	if rest.Sign() != 0 {
		return nil, tooManyDecimals(currency)
	}
	return minor, ""
}

// pow10 returns 10ⁿ, and 1 for a negative n.
func pow10(n int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil) }

// makeMoney returns the amount of so many minor units. It takes minor over.
func makeMoney(minor *big.Int, currency Currency) Money {
	if minor.IsInt64() {
		return Money{small: minor.Int64(), currency: currency}
	}
	return Money{large: minor, currency: currency}
}

// bigMinor returns the minor units, which the caller must not change.
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

// fault returns the reason why an amount of a case in the currency is refused, or "".
func (m *Money) fault(currency Currency, required bool) string {
	switch {
	case m.IsZero():
		if required {
			return "is required"
		}
	case m.large != nil && m.tooLong():
		return tooManyDigits
	case m.currency != currency:
		return m.currency.Code() + " is another currency than the case's " + currency.Code()
	case m.Sign() < 0:
		return "is negative"
	}
	return ""
}

// Currency returns the currency, the zero one for the zero Money.
func (m Money) Currency() Currency { return m.currency }

// Decimal returns the amount as a decimal, with as many decimals as the currency
// has.
func (m Money) Decimal() decimal.Decimal {
	return decimal.NewFromBigInt(m.bigMinor(), -int32(m.currency.Digits()))
}

// MinorUnits returns the amount in the currency's minor unit: 1999 for 19.99 USD, 500 for
// 500 JPY. It returns [ErrRange] if that does not fit.
//
// The minor unit is that of ISO 4217, which most payment gateways take. Some count a few
// currencies otherwise, such as ISK and UGX in hundredths, or IDR in whole rupiahs: read the
// gateway's list of currencies, and convert where it differs. The examples have a story on
// it, gateway units.
func (m Money) MinorUnits() (int64, error) {
	if m.large != nil {
		return 0, ErrRange
	}
	return m.small, nil
}

// FromMinorUnits returns the amount of so many minor units of ISO 4217: 19.99 USD for 1999,
// 500 JPY for 500. Gateways may count otherwise: see [Money.MinorUnits]. For the zero Currency
// it returns the zero Money.
func FromMinorUnits(minor int64, currency Currency) Money {
	if currency.IsZero() {
		return Money{}
	}
	return Money{small: minor, currency: currency}
}

// IsZero reports whether m is the zero Money: no amount. An amount of zero, such as 0.00
// USD, is not the zero Money; its Sign is 0. So a field tagged omitzero keeps a stated
// zero.
func (m Money) IsZero() bool { return m.currency.IsZero() }

// Sign returns -1, 0 or +1 for a negative amount, none, and a positive one.
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

// Equal reports whether both are the same amount in the same currency. The zero
// Money equals only itself.
func (m Money) Equal(n Money) bool { return m.currency == n.currency && m.cmp(n) == 0 }

// Cmp returns -1, 0 or +1 as m is less than, equal to or more than n. It returns
// an error matching [ErrCurrencyMismatch] for amounts in different currencies; the
// zero Money counts as nothing in any currency.
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

// shared returns the currency of a result of m and n.
func (m Money) shared(n Money) (Currency, error) {
	switch {
	case m.currency == n.currency || n.currency.IsZero():
		return m.currency, nil
	case m.currency.IsZero():
		return n.currency, nil
	}
	return Currency{}, &CurrencyMismatchError{m.currency, n.currency}
}

// Add returns m + n, or an error matching [ErrCurrencyMismatch].
func (m Money) Add(n Money) (Money, error) {
	currency, err := m.shared(n)
	if err != nil {
		return Money{}, err
	}
	return m.add(n, currency), nil
}

// Sub returns m − n, or an error matching [ErrCurrencyMismatch].
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

// Times returns m · n, exactly, however large.
func (m Money) Times(n int) Money {
	if m.large == nil {
		if product, ok := mul64(m.small, int64(n)); ok {
			return Money{small: product, currency: m.currency}
		}
	}
	return makeMoney(new(big.Int).Mul(m.bigMinor(), big.NewInt(int64(n))), m.currency)
}

// mul64 returns a · b, and whether it fits.
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

// abs64 branches: a case whose amounts are worked out without is a tenth slower.
func abs64(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

// neg returns −m.
func (m Money) neg() Money { return Money{}.sub(m, m.currency) }

// less is cmp(n) < 0, short enough for a compiler to put it where it is used.
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

// floor0 returns m, or nothing where m is negative.
func (m Money) floor0() Money {
	if m.Sign() < 0 {
		return Money{currency: m.currency}
	}
	return m
}
