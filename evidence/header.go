package evidence

import "time"

// A Header is what calls, recordings and chats have in common. The zero Header is not
// valid in a log.
type Header struct {
	// ID names the record, once in a log. Required. It is told in reports and findings:
	// a telephone number or a name is no good id.
	ID string

	// Account is the id of the customer's account; empty means not known. Compared byte
	// for byte with that of the subscription.
	Account string

	// Agent is who attended to it. Optional.
	Agent string

	// Issues are the ids of the issues that it concerns, in any order. Nil and empty
	// both mean that it names none.
	Issues []string

	// Start and End are its first and last instant. Required, End not before Start.
	Start, End time.Time

	// StartedBy is the side that got in touch. Unset means not known, which then counts
	// as the customer, whose word a doubt favours.
	StartedBy Side
}
