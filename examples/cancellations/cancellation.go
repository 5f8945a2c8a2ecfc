// Package cancellations is an example of a team's own code on top of the refund policy: a
// shop with its own types for orders and tickets, and amounts in US cents.
//
// [Desk.Quote] returns the quote for a [Cancellation]. The team's test checks it against the
// policy with package [github.com/kasperinfotech/refundpolicy/refund/refundtest]. The test
// converts each of that package's cases to a cancellation, and reports a case that the shop
// cannot have as not supported. The module is separate from the library's, as a user's is.
package cancellations

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Cancellation is a canceled order with a request for a refund. Amounts are in cents. The
// zero Cancellation is not valid.
type Cancellation struct {
	Order    string // number of the order
	Customer string // holder of the order
	Plan     string // such as "pc-care"
	OneOff   bool   // a one-time service
	Ordered  time.Time

	Price, Paid, Returned int64 // Returned: refunded earlier
	Disputed              int64 // in open disputes
	Fee                   int64 // for each solved ticket

	Tickets []Ticket // all tickets of the order

	Asked   time.Time
	AskedBy string // the customer or another account
	Agent   string // the agent who recorded it
	How     How
	Words   string    // the customer's reason
	Called  time.Time // time of the call back; zero before it

	Reviews []refund.Finding // findings of the review
}

// A Ticket is a problem that the customer reported. The zero Ticket is not valid.
type Ticket struct {
	Number string
	Came   time.Time
	Solved time.Time // zero: open or reopened
}

// How is the channel of a cancellation. The zero How is not valid.
type How string

// The channels of the shop.
const (
	Mail How = "mail"
	Call How = "call"
	Chat How = "chat" // and any other channel
)
