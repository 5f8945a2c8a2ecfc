package peers

import "time"

// A Case has the facts on which the amount depends. All amounts are minor units of one
// currency. Every peer takes a Case, so that its time includes the conversion of the facts
// for its language.
type Case struct {
	Price, Paid, Refunded, Disputed, Charge int64
	OneTime                                 bool
	Start, Asked                            time.Time

	// Resolved has an element for each issue; the zero Time is an unresolved issue.
	Resolved []time.Time
}

// A Peer returns the refundable amount.
type Peer func(*Case) (int64, error)

// midnight returns 00:00 in a location, a number of days after the day of t. CEL and expr
// do not have such a function, and call this one.
func midnight(t time.Time, days int, loc *time.Location) time.Time {
	year, month, day := t.In(loc).Date()
	return time.Date(year, month, day+days, 0, 0, 0, 0, loc)
}
