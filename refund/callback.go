package refund

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Callback is the period in which the company must call the customer back
// ([ClauseCallback]), from Earliest to Latest inclusive. Its instants are in the policy's
// location. The zero Callback means that the period is not known.
type Callback struct {
	Earliest, Latest time.Time
}

// Equal reports whether c and d have the same instants. Locations are ignored.
func (c Callback) Equal(d Callback) bool {
	return c.Earliest.Equal(d.Earliest) && c.Latest.Equal(d.Latest)
}

// Callback returns the call-back period for a request received at the given instant:
// 4 to 8 hours later under the published policy ([ClauseCallback]).
//
// With [CallbackClockBusinessHours], only the time in which the desk is open counts.
// Earliest is the first instant by which the desk has been open for CallbackAfter; if
// the desk is closed at that instant, Earliest is the next opening. Latest is the first
// instant by which the desk has been open for CallbackWithin; it is not moved. With
// [CallbackClockElapsed], every hour counts, and Hours and SpecialDays are ignored.
//
// Callback returns an [*InvalidError] if the policy is invalid, if received is the zero
// Time, or if the desk does not open for long enough within ten years and before the
// year 10000.
func (p Policy) Callback(received time.Time) (Callback, error) {
	var f Faults
	p.validate(&f)
	var c Callback
	if reason := instant.Fault(received); reason != "" {
		f.Add("request.at", reason)
	} else if f == nil && !p.callback(&calendar{location: p.desk()}, received, &c) {
		f.Add("request.at", noCallback)
	}
	if f != nil {
		return Callback{}, f.Err()
	}
	return c, nil
}

const noCallback = "has no call-back period: the desk does not open for long enough within ten years and before the year 10000"

// callback sets c to the call-back period for a valid policy and instant. days is the
// desk's calendar. It reports whether there is such a period.
func (p *Policy) callback(days *calendar, received time.Time, c *Callback) bool {
	received = received.In(p.Location) // without a monotonic reading
	if p.Readings.CallbackClock == CallbackClockElapsed {
		c.Earliest, c.Latest = received.Add(p.CallbackAfter), received.Add(p.CallbackWithin)
		return instant.Writable(c.Latest)
	}
	after, within := p.CallbackAfter, p.CallbackWithin // the open time still to pass
	moving := true                                     // Earliest has not been found yet
	second := received.Unix()
	desk := openTime{policy: p, days: days, left: longestSearch}
	for desk.from(second); desk.next(); {
		start, open := received, time.Duration(desk.closes-desk.opens)*time.Second
		if desk.opens > second {
			start = time.Unix(desk.opens, 0).In(p.Location)
		} else { // the request came within a second, not at its start
			open -= time.Duration(received.Nanosecond())
		}
		// Earliest moves to the next opening if it falls on the closing instant: hence
		// "<" here. Latest does not move: hence "<=" below.
		if moving && after < open {
			c.Earliest, moving = start.Add(after), false
		}
		if within <= open {
			c.Latest = start.Add(within)
			return instant.Writable(c.Latest)
		}
		after, within = after-open, within-open
	}
	return false
}
