// Package cancellations is a team's own code over the refund policy: orders and
// tickets in the words of a shop that sells in dollars, with amounts in cents.
//
// [Desk.Quote] answers a [Cancellation]. The team's test holds it to the policy with
// package [github.com/kasperinfotech/refundpolicy/refund/refundtest]: it turns each
// case of the kit into a cancellation, and says of those that a shop cannot have that
// it does not support them. The module is apart from the library's, as a user's is.
package cancellations

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Cancellation is a customer who leaves and asks for the money back. Amounts are in
// cents. The zero Cancellation is none, and refused.
type Cancellation struct {
	Order    string    // its number
	Customer string    // who holds it
	Plan     string    // such as "pc-care"
	OneOff   bool      // help that was sold for once
	Ordered  time.Time // when

	Price, Paid, Returned int64 // of the order; received; refunded already
	Disputed              int64 // claimed by the customer's bank, which has not decided yet
	Fee                   int64 // for each solved ticket

	Tickets []Ticket // all of them; none if there were none

	Asked   time.Time
	AskedBy string // the customer, or somebody else
	Agent   string // who took it down
	How     How
	Words   string    // the reason, as the customer put it
	Called  time.Time // back; zero if that is still to be done

	Reviews []refund.Finding // what our colleagues found in logs and records
}

// A Ticket is a problem that the customer came with. The zero Ticket is none.
type Ticket struct {
	Number string
	Came   time.Time
	Solved time.Time // zero: not, or open again
}

// How is the way in which a cancellation came. The zero How is not known.
type How string

// The ways that the shop tells apart.
const (
	Mail How = "mail"
	Call How = "call"
	Chat How = "chat" // or any other
)
