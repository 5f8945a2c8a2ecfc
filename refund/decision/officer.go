package decision

import (
	"github.com/kasperinfotech/refundpolicy/internal/exact"
	"github.com/kasperinfotech/refundpolicy/internal/ident"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// An Officer is a person who decides for the company. The zero Officer is not valid.
type Officer struct {
	// ID identifies the officer. Required. Ids are compared byte for byte, so always spell
	// an officer's id the same way.
	ID string

	// Account is the officer's own customer account, if any. An officer cannot decide on
	// a case of that account. Optional.
	Account string

	// Limit is the maximum for the amount plus all earlier refunds, so that several
	// decisions cannot exceed it together. The zero Money means that the officer may not
	// release money; it does not mean "no limit".
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

// involved reports whether the officer is a party to the case: made the request, holds the
// account, or recorded the request. It compares both the officer's id and account.
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
