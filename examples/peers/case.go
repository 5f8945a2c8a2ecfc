package peers

import "time"

// A Case is what the amount depends on, as a program of its own would hold it. All
// amounts are minor units of one currency. Each peer starts from here, so that what it
// costs to hand the facts to its language counts as its own.
type Case struct {
	Price, Paid, Refunded, Disputed, Charge int64
	OneTime                                 bool
	Start, Asked                            time.Time

	// Resolved has an entry for each issue; the zero Time is an issue not resolved.
	Resolved []time.Time
}

// A Peer tells the amount that may be refunded.
type Peer func(*Case) (int64, error)

// midnight returns 00:00 of the day so many days after that of t, in the location. CEL
// and expr have no such function, and get this one.
func midnight(t time.Time, days int, loc *time.Location) time.Time {
	year, month, day := t.In(loc).Date()
	return time.Date(year, month, day+days, 0, 0, 0, 0, loc)
}
