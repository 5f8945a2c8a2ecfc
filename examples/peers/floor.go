package peers

import "time"

// Floor is the least that has to be done: no checks, no reasons, no currency, and
// arithmetic that wraps. The window closes at one time.Date.
//
// With no issue resolved the charges are nothing, so that both cases of the policy are
// one formula; earlier refunds and open disputes come off last.
//
//go:noinline
func Floor(c *Case, windowDays int, loc *time.Location) int64 {
	year, month, day := c.Start.In(loc).Date()
	closes := time.Date(year, month, day+windowDays+1, 0, 0, 0, 0, loc)
	if c.OneTime || !c.Asked.Before(closes) {
		return 0
	}
	counted := int64(0)
	for i := range c.Resolved {
		if r := &c.Resolved[i]; !r.Before(c.Start) && !r.After(c.Asked) {
			counted++
		}
	}
	return max(min(c.Price-c.Charge*counted, c.Paid)-c.Refunded-c.Disputed, 0)
}
