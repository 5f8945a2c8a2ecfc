package decision

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Goodwill is an officer's word that an amount is to be refunded beyond the guarantee,
// case by case ([refund.ClauseGoodwill], [Grant]): the assistance charges, less the
// servicing fees, less the price of each paid software that was given free with the
// assistance. The zero Goodwill is not valid.
type Goodwill struct {
	// By is the officer. Required.
	By Officer

	// At is the instant of the decision, not before any fact of the case. Required.
	At time.Time

	// Charges is the assistance charges, not above the price. Required.
	Charges refund.Money

	// Fees is the servicing fees, which the company keeps. Required; zero if there are
	// none.
	Fees refund.Money

	// Software is the paid software that was given free.
	Software []FreeSoftware

	// Acknowledged lists the required clauses whose objections the officer has seen, as in
	// an [Approval].
	Acknowledged []refund.Clause

	// Reason is the officer's reason. Required; blanks are no reason.
	Reason string
}

// FreeSoftware is a paid software that the customer was given free with assistance. The
// zero FreeSoftware is not valid.
type FreeSoftware struct {
	Name  string       // required
	Price refund.Money // required
}

// Net returns charges less fees less software: the amount before earlier refunds, open
// disputes and the cap. It may be negative. Amounts of different currencies are an error matching
// [refund.ErrCurrencyMismatch].
func (g Goodwill) Net() (refund.Money, error) {
	net, err := g.Charges.Sub(g.Fees)
	for _, s := range g.Software {
		if err == nil {
			net, err = net.Sub(s.Price)
		}
	}
	if err != nil {
		return refund.Money{}, err
	}
	return net, nil
}

func (g *Goodwill) validate(f *refund.Faults, p *refund.Policy, c *refund.Case, o *refund.Outcome) {
	currency := c.Subscription.Price.Currency()
	g.By.validate(f, "goodwill.by", c)
	f.Add("goodwill.at", decidedFault(g.At, c))
	charges := exact.Fault(g.Charges, currency)
	if price := c.Subscription.Price; charges == "" && exact.Less(price, g.Charges) {
		charges = g.Charges.String() + " is above the price of " + price.String()
	}
	f.Add("goodwill.charges", charges)
	f.Add("goodwill.fees", exact.Fault(g.Fees, currency))
	for i, s := range g.Software {
		path := element("goodwill.software", i) + "."
		f.Add(path+"name", missing(s.Name))
		f.Add(path+"price", exact.Fault(s.Price, currency))
	}
	acknowledgedFaults(f, "goodwill.acknowledged", g.Acknowledged, p, o)
	f.Add("goodwill.reason", missing(g.Reason))
}
