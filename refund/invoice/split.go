package invoice

import (
	"errors"
	"strconv"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Part is the part of a refund for one line. The zero Part has no amounts.
type Part struct {
	ID       string // the id of the line
	Net, Tax refund.Money
}

// Split splits a refund over the lines of an invoice, in proportion to the amount of each
// line that is not yet refunded, and each part into net and tax. There is one part for each
// line, in the same order. The parts add up to the amount.
//
// Split returns a [*refund.InvalidError] if the amount is not positive, if it is more than
// the amount of the lines that is not yet refunded, or if a line is not valid.
func Split(amount refund.Money, lines []Line) ([]Part, error) {
	rest, err := remaining(amount, lines)
	if err != nil {
		return nil, err
	}
	shares, err := amount.Allocate(rest...) // each share is at most its weight, because the amount is at most their sum
	if err != nil {
		return nil, err
	}
	// The net amount of a part is the difference of two totals, so rounding does not
	// accumulate.
	parts := make([]Part, len(lines))
	for i := range lines {
		l := &lines[i]
		before, errBefore := l.Refunded.Allocate(l.Net, l.Tax)
		after, errAfter := exact.Add(l.Refunded, shares[i]).Allocate(l.Net, l.Tax)
		if err := errors.Join(errBefore, errAfter); err != nil {
			return nil, err
		}
		net := exact.Sub(after[0], before[0])
		parts[i] = Part{l.ID, net, exact.Sub(shares[i], net)}
	}
	return parts, nil
}

// remaining returns the amount of each line that is not yet refunded.
func remaining(amount refund.Money, lines []Line) ([]refund.Money, error) {
	var faults refund.Faults
	switch {
	case amount.IsZero():
		faults.Add("amount", "is required")
	case amount.Sign() <= 0:
		faults.Add("amount", amount.String()+" is not positive")
	}
	if len(lines) == 0 {
		faults.Add("lines", "is required: at least one line")
	}
	rest := make([]refund.Money, len(lines))
	for i := range lines {
		rest[i] = lines[i].remaining(&faults, "lines["+strconv.Itoa(i)+"]", amount.Currency())
	}
	if len(faults) == 0 {
		total := amount.Times(0)
		for _, r := range rest {
			total = exact.Add(total, r)
		}
		if exact.Less(total, amount) {
			faults.Add("amount", amount.String()+" is more than the remaining "+total.String())
		}
	}
	return rest, faults.Err()
}
