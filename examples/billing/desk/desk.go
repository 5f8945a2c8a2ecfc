// Package desk is the refund desk's service: its cases, books, decisions, audit and
// background work. It is the only package that writes to the database.
//
// A method returns [ErrNotFound] for an unknown subscription, a [*refund.InvalidError] for
// invalid input, and an error of package decision for a refused decision. Its comment names
// the other errors that a caller may handle. Any error that is not one of these is a failure of
// the database or the provider.
package desk

import (
	"errors"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/decision"
)

var (
	// ErrNotFound: the desk has no case with this subscription.
	ErrNotFound = errors.New("desk: not found")
	// ErrExists: the desk has the subscription already.
	ErrExists = errors.New("desk: the subscription exists")
	// ErrDecided: the case has another decision, or the customer has asked already.
	ErrDecided = errors.New("desk: already decided")
)

// An Officer acts at the desk, as the sign-in has authenticated them.
type Officer struct {
	ID      string
	Account string       // the officer's own customer account, if any: they do not decide on its cases
	Name    string       // for people; never logged
	Limit   refund.Money // the highest total that the officer may approve for a case
}

// Decides returns the officer as package decision takes one.
func (o Officer) Decides() decision.Officer {
	return decision.Officer{ID: o.ID, Account: o.Account, Limit: o.Limit}
}
