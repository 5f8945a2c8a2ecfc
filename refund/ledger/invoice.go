package ledger

import (
	"strconv"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Line is one of an invoice: what was paid for it, its tax included, and what went back
// of that before. The zero Line is not valid.
type Line struct {
	ID string // names the line for the host. Optional

	// Net and Tax are what was paid, not negative and not both nothing. The zero Money is
	// nothing.
	Net, Tax refund.Money

	// Refunded is how much of both went back before, tax included. The zero Money is
	// nothing.
	Refunded refund.Money
}

// A Part is what goes back on a line. The zero Part is none.
type Part struct {
	ID       string
	Net, Tax refund.Money
}

// Gross returns what was paid for the line.
func (l Line) Gross() (refund.Money, error) { return l.Net.Add(l.Tax) }

// SpreadTax returns the tax of each line of an invoice whose tax was worked out on the
// whole, in proportion to the lines' net amounts: the taxes add up to the invoice's,
// where rounding each by itself would not. Lines with different rates are spread one
// rate at a time. The errors are those of [refund.Money.AllocateBy].
func SpreadTax(tax refund.Money, net ...refund.Money) ([]refund.Money, error) {
	for _, n := range net {
		if _, err := tax.Add(n); err != nil {
			return nil, err
		}
	}
	return tax.AllocateBy(net...)
}

// Split spreads a refund over the lines of an invoice, in proportion to what is left of
// each, and says how much of each part is net and how much tax. Nothing is lost: the
// parts add up to the amount.
//
// It is cumulative: the net amount that has gone back on a line follows from how much
// has gone back on it altogether. So, in whatever order and parts lines are refunded,
// once all of a line has gone back, exactly its net amount and exactly its tax have.
//
// It returns a [*refund.InvalidError] if the amount is not positive, or more than is left
// of all lines, and for lines that are not valid.
func Split(amount refund.Money, lines []Line) ([]Part, error) {
	left, err := leftOf(amount, lines)
	if err != nil {
		return nil, err
	}
	shares, err := amount.AllocateBy(left...) // none is above what is left, since the amount is not above their sum
	if err != nil {
		return nil, err
	}
	parts := make([]Part, len(lines))
	for i, l := range lines {
		before, err := l.netOf(minus(plus(l.Net, l.Tax), left[i]))
		if err != nil {
			return nil, err
		}
		after, err := l.netOf(plus(minus(plus(l.Net, l.Tax), left[i]), shares[i]))
		if err != nil {
			return nil, err
		}
		net := minus(after, before)
		parts[i] = Part{l.ID, net, minus(shares[i], net)}
	}
	return parts, nil
}

// netOf returns how much of an amount that went back on the line is net.
func (l Line) netOf(amount refund.Money) (refund.Money, error) {
	parts, err := amount.AllocateBy(l.Net, l.Tax)
	if err != nil {
		return refund.Money{}, err
	}
	return parts[0], nil
}

// leftOf returns what is left of each line, or what is wrong.
func leftOf(amount refund.Money, lines []Line) ([]refund.Money, error) {
	var faults []refund.Fault
	add := func(path, reason string) { faults = append(faults, refund.Fault{Path: path, Reason: reason}) }
	currency := amount.Currency()
	switch {
	case !amount.IsValid():
		add("amount", "is required")
	case amount.Sign() <= 0:
		add("amount", amount.String()+" is not positive")
	}
	if len(lines) == 0 {
		add("lines", "are required")
	}
	total := amount.Times(0)
	left := make([]refund.Money, len(lines))
	for i, l := range lines {
		in := "lines[" + strconv.Itoa(i) + "]."
		sound := amount.IsValid()
		for _, m := range []struct {
			name string
			refund.Money
		}{{"net", l.Net}, {"tax", l.Tax}, {"refunded", l.Refunded}} {
			switch {
			case !m.IsValid():
			case m.Sign() < 0:
				add(in+m.name, m.Money.String()+" is negative")
				sound = false
			case amount.IsValid() && m.Currency() != currency:
				add(in+m.name, m.Currency().Code()+" is another currency than the amount's "+currency.Code())
				sound = false
			}
		}
		if !sound {
			continue
		}
		gross := plus(l.Net, l.Tax)
		switch {
		case gross.Sign() == 0:
			add(in+"net", "and tax are nothing")
		case less(gross, l.Refunded):
			add(in+"refunded", l.Refunded.String()+" is more than the line's "+gross.String())
		default:
			left[i] = minus(gross, l.Refunded)
			total = plus(total, left[i])
		}
	}
	if faults == nil && less(total, amount) {
		add("amount", amount.String()+" is more than the "+total.String()+" left")
	}
	if faults != nil {
		return nil, &refund.InvalidError{Faults: faults}
	}
	return left, nil
}
