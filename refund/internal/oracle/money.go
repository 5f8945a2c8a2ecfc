package oracle

import (
	"math/big"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// Rat returns an amount as a fraction. It is zero for the zero Money.
func Rat(m refund.Money) *big.Rat {
	r, ok := new(big.Rat).SetString(m.Amount())
	if !ok {
		panic("not an amount: " + m.String())
	}
	return r
}

func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

func least(first *big.Rat, others ...*big.Rat) *big.Rat {
	for _, r := range others {
		if r.Cmp(first) < 0 {
			first = r
		}
	}
	return first
}

func atLeast0(r *big.Rat) *big.Rat {
	if r.Sign() < 0 {
		return new(big.Rat)
	}
	return r
}
