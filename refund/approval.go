package refund

import (
	"strconv"
	"strings"
	"time"
)

// An Officer is whoever decides for the company. The zero Officer may decide
// nothing.
type Officer struct {
	// ID names the officer. Required. Ids are compared byte for byte: spell one
	// officer's in one way.
	ID string

	// Account is the officer's own customer account, if there is one: nobody decides
	// about an account of their own.
	Account string

	// Limit is the most that the officer may release at a time. The zero Money is no
	// authority to release anything, not "no limit".
	Limit Money
}

// An Approval is an officer's word that a stated amount is to be refunded under the
// guarantee ([Policy.Authorize]). The zero Approval is not valid.
type Approval struct {
	// By is who decides. Required.
	By Officer

	// At is when it was given, not before the request. Required.
	At time.Time

	// Amount is how much is to be refunded: any part of what is refundable. Required,
	// and positive: no value of it stands for "all", neither the zero Money, which is
	// missing, nor an amount of nothing, which is refused.
	Amount Money

	// Reason is why, in the officer's words. Optional.
	Reason string
}

// A Goodwill is an officer's word that something is to be refunded beyond the
// guarantee, case by case ([ClauseGoodwill], [Policy.Goodwill]): the assistance
// charges, less the servicing fees, less the price of each paid software that was
// given along for free. The zero Goodwill is not valid.
type Goodwill struct {
	// By is who decides. Required.
	By Officer

	// At is when it was given, not before the request. Required.
	At time.Time

	// Charges is the assistance charges. Required.
	Charges Money

	// Fees is the servicing fees, which are kept. Required; an amount of nothing where
	// there are none.
	Fees Money

	// Software is the paid software that was given along for free.
	Software []FreeSoftware

	// Reason is why, in the officer's words. Required; blanks are none.
	Reason string
}

// FreeSoftware is a piece of paid software that a customer was given for free along
// with assistance. The zero FreeSoftware is not valid.
type FreeSoftware struct {
	Name  string // required
	Price Money  // required
}

// A Refusal is an officer's word that nothing is to be refunded ([Policy.Decline]).
// The zero Refusal is not valid.
type Refusal struct {
	// By is who decides; a limit is not needed. Required.
	By Officer

	// At is when it was given, not before the request. Required.
	At time.Time

	// Reason is why, in the officer's words. Required; blanks are none.
	Reason string
}

// Net returns what the goodwill comes to before the cap: charges less fees less
// software. It may be negative. Amounts of different currencies are an error
// matching [ErrCurrencyMismatch].
func (g Goodwill) Net() (Money, error) {
	net, err := g.Charges.Sub(g.Fees)
	for _, s := range g.Software {
		if err == nil {
			net, err = net.Sub(s.Price)
		}
	}
	if err != nil {
		return Money{}, err
	}
	return net, nil
}

func (a *Approval) validate(f *faults, c *Case) {
	a.By.validate(f, "approval.by", c)
	decidedFault(f, "approval.at", a.At, c)
	resultFault(f, "approval.amount", &a.Amount, c.Subscription.Price.currency, true)
}

func (g *Goodwill) validate(f *faults, c *Case) {
	currency := c.Subscription.Price.currency
	g.By.validate(f, "goodwill.by", c)
	decidedFault(f, "goodwill.at", g.At, c)
	amountFault(f, "goodwill.charges", &g.Charges, currency, true)
	amountFault(f, "goodwill.fees", &g.Fees, currency, true)
	for i := range g.Software {
		path := "goodwill.software[" + strconv.Itoa(i) + "]."
		reasonFault(f, path+"name", g.Software[i].Name)
		amountFault(f, path+"price", &g.Software[i].Price, currency, true)
	}
	reasonFault(f, "goodwill.reason", g.Reason)
}

func (r *Refusal) validate(f *faults, c *Case) {
	reasonFault(f, "refusal.by.id", r.By.ID)
	decidedFault(f, "refusal.at", r.At, c)
	reasonFault(f, "refusal.reason", r.Reason)
}

func (o *Officer) validate(f *faults, path string, c *Case) {
	reasonFault(f, path+".id", o.ID)
	amountFault(f, path+".limit", &o.Limit, c.Subscription.Price.currency, false)
}

// decidedFault adds what is wrong with the instant of a decision.
func decidedFault(f *faults, path string, at time.Time, c *Case) {
	if reason := instantFault(at); reason != "" {
		f.add(path, reason)
	} else if before(at, c.Request.At) {
		f.add(path, "is before request.at")
	}
}

func reasonFault(f *faults, path, text string) {
	if strings.TrimSpace(text) == "" {
		f.add(path, "is required")
	}
}

// involved reports whether the officer is a party to the case: asked, holds the
// account, or took the request down. Ids are compared byte for byte, the officer's
// own and that of the account alike.
func (o *Officer) involved(c *Case) bool {
	for _, mine := range [...]string{o.ID, o.Account} {
		for _, theirs := range [...]string{c.Request.By, c.Subscription.Account, c.Request.TakenBy} {
			if mine != "" && mine == theirs {
				return true
			}
		}
	}
	return false
}
