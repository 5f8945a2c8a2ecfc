package decision

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Goodwill is an officer's decision to refund an amount beyond the guarantee
// ([refund.ClauseGoodwill]): the assistance charges, less the servicing fees, less the
// price of each paid software that came free with the assistance. It is an argument of
// [Grant]. The zero Goodwill is not valid.
type Goodwill struct {
	// By is the officer who decides. Required.
	By Officer

	// At is the instant of the decision, not before any fact of the case. Required.
	At time.Time

	// Charges is the sum of the assistance charges, at most the price. Required.
	Charges refund.Money

	// Fees is the sum of the servicing fees, which the company keeps. Required; an amount
	// of zero if there are no fees.
	Fees refund.Money

	// Software lists the paid software that came free. Optional.
	Software []FreeSoftware

	// Acknowledged is as in an [Approval].
	Acknowledged []refund.Clause

	// Reason is the officer's reason. Required, and not only white space.
	Reason string
}

// FreeSoftware is paid software that the customer received free with the assistance. The
// zero FreeSoftware is not valid.
type FreeSoftware struct {
	Name  string       // required
	Price refund.Money // required
}

// Net returns Charges less Fees less the prices of Software. Earlier refunds, open disputes
// and the cap are not considered. The result may be negative. For amounts in different
// currencies, Net returns an error that matches [refund.ErrCurrencyMismatch].
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
