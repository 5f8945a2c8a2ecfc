package decision

import (
	"strconv"
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

	// At is the instant of the decision, not before the request. Required.
	At time.Time

	// Charges is the assistance charges. Required.
	Charges refund.Money

	// Fees is the servicing fees, which the company keeps. Required; zero if there are
	// none.
	Fees refund.Money

	// Software is the paid software that was given free.
	Software []FreeSoftware

	// Reason is the officer's reason. Required; blanks are no reason.
	Reason string
}

// FreeSoftware is a paid software that the customer was given free with assistance. The
// zero FreeSoftware is not valid.
type FreeSoftware struct {
	Name  string       // required
	Price refund.Money // required
}

// Net returns the amount before the cap: charges less fees less software. It may be
// negative. Amounts of different currencies are an error matching
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

func (g *Goodwill) validate(f *refund.Faults, c *refund.Case) {
	currency := c.Subscription.Price.Currency()
	g.By.validate(f, "goodwill.by", c)
	f.Add("goodwill.at", decidedFault(g.At, c))
	f.Add("goodwill.charges", exact.Fault(g.Charges, currency))
	f.Add("goodwill.fees", exact.Fault(g.Fees, currency))
	for i, s := range g.Software {
		path := "goodwill.software[" + strconv.Itoa(i) + "]."
		f.Add(path+"name", missing(s.Name))
		f.Add(path+"price", exact.Fault(s.Price, currency))
	}
	f.Add("goodwill.reason", missing(g.Reason))
}
