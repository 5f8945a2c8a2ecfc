package customer

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/ident"
)

// A Requester is the person who asks for a refund, as the host has authenticated them.
// The zero Requester is unknown.
type Requester struct {
	// Account is the requester's own account id, the same as [refund.Request.By]. Never
	// take it from the text of an e-mail.
	Account string
}

// access returns the requester's right to use the account at an instant.
func (a *Account) access(r Requester, at time.Time) access {
	switch {
	case at.IsZero(), ident.Required(a.ID) != "", ident.Required(r.Account) != "":
		return accessUnknown
	case a.ID == r.Account:
		return accessHolder
	}
	for _, d := range a.Delegates {
		if d.Account == r.Account && d.Holds(at) {
			return accessDelegate
		}
	}
	return accessStranger
}

type access int

const (
	accessUnknown access = iota
	accessHolder
	accessDelegate
	accessStranger
)
