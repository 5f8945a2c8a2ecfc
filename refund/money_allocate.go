package refund

import (
	"math/big"
	"slices"
)

// Allocate splits m into one part for each weight, in proportion to the weights, for
// example over the lines of an invoice. The parts add up to m exactly: each part is rounded
// toward zero, and the remaining minor units go, one each, to the parts with the largest
// remainders, the first of equal ones.
//
// The weights are amounts in one currency, which may differ from that of m. The zero Money
// is a weight of 0. Allocate returns an [*InvalidError] if there are no weights, if a
// weight is negative, or if all are 0, and an error that matches [ErrCurrencyMismatch] for
// weights in two currencies.
func (m Money) Allocate(weights ...Money) ([]Money, error) {
	list := make([]*big.Int, len(weights))
	var all Money
	for i, w := range weights {
		currency, err := all.shared(w)
		if err != nil {
			return nil, err
		}
		all.currency = currency
		list[i] = w.bigMinor()
	}
	return m.allocate(list)
}

func (m Money) allocate(weights []*big.Int) ([]Money, error) {
	total := new(big.Int)
	for _, w := range weights {
		if w.Sign() < 0 {
			return nil, &InvalidError{Faults: []Fault{{"weights", "has a negative weight"}}}
		}
		total.Add(total, w)
	}
	if total.Sign() == 0 {
		return nil, &InvalidError{Faults: []Fault{{"weights", "has no positive weight"}}}
	}
	type share struct {
		index     int
		remainder *big.Int
	}
	amount := new(big.Int).Abs(m.bigMinor())
	left := new(big.Int).Set(amount)
	parts := make([]*big.Int, len(weights))
	shares := make([]share, len(weights))
	for i, w := range weights {
		part, rest := new(big.Int), new(big.Int)
		part.QuoRem(rest.Mul(amount, w), total, rest)
		left.Sub(left, part)
		parts[i], shares[i] = part, share{i, rest}
	}
	slices.SortStableFunc(shares, func(a, b share) int { return b.remainder.Cmp(a.remainder) })
	// left is smaller than the number of weights, because each remainder is below total.
	for _, s := range shares[:left.Int64()] {
		parts[s.index].Add(parts[s.index], big.NewInt(1))
	}
	moneys := make([]Money, len(parts))
	sign := big.NewInt(int64(m.Sign()))
	for i, part := range parts {
		moneys[i] = makeMoney(part.Mul(part, sign), m.currency)
	}
	return moneys, nil
}
