package peers

import "time"

// Floor is the least work for the amount, without checks, reasons, currencies or protection
// from overflow. The window closes at the result of one time.Date.
//
// Without resolved issues the charges are zero, so both cases of the policy have the same
// formula. Earlier refunds and open disputes are subtracted last.
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
