package decision

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Officer decides for the company. The zero Officer may decide nothing.
type Officer struct {
	// ID names the officer. Required. Ids are compared byte for byte: always spell an
	// officer's id the same way.
	ID string

	// Account is the officer's own customer account, if there is one: nobody decides
	// about their own account.
	Account string

	// Limit is compared with the amount plus what was refunded before, so that several
	// decisions cannot pass it together. The zero Money is no authority to release anything,
	// not "no limit".
	Limit refund.Money
}

func (o *Officer) validate(f *refund.Faults, path string, c *refund.Case) {
	f.Add(path+".id", ident.Required(o.ID))
	f.Add(path+".account", ident.Fault(o.Account))
	if o.Limit.IsZero() {
		return
	}
	f.Add(path+".limit", exact.Fault(o.Limit, c.Subscription.Price.Currency()))
}

// involved reports whether the officer is a party to the case: asked, holds the account,
// or recorded the request. Both the officer's id and the officer's account count.
func (o *Officer) involved(c *refund.Case) bool {
	for _, mine := range [...]string{o.ID, o.Account} {
		for _, theirs := range [...]string{c.Request.By, c.Subscription.Account, c.Request.RecordedBy} {
			if mine != "" && mine == theirs {
				return true
			}
		}
	}
	return false
}
