package refund

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Callback is the time in which a request is to be called back
// ([ClauseCallback]), both ends included. Its instants are in the policy's
// location. The zero Callback is unknown.
type Callback struct {
	Earliest, Latest time.Time
}

// Equal reports whether both are the same instants, in whatever locations.
func (c Callback) Equal(d Callback) bool {
	return c.Earliest.Equal(d.Earliest) && c.Latest.Equal(d.Latest)
}

// Callback returns when a request received at the given instant is to be called
// back: 4 to 8 hours later under the published policy ([ClauseCallback]).
//
// With [CallbackClockBusinessHours], only time in which the desk is open counts:
// Earliest is the first instant by which CallbackAfter of it has passed, moved to
// the next opening if the desk is closed then; Latest the first by which
// CallbackWithin has passed, not moved. With [CallbackClockElapsed] every hour
// counts, and hours and special days are ignored.
//
// Callback returns an [*InvalidError] if the policy is invalid, if the instant is
// missing, or if the desk does not open for long enough within ten years or
// before the year 10000.
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

const noCallback = "leaves no call back: the desk does not open for long enough within ten years, or before the year 10000"

// callback sets c to the call back for a valid policy and instant, by the calendar of
// the desk, and reports whether there is one.
func (p *Policy) callback(days *calendar, received time.Time, c *Callback) bool {
	received = received.In(p.Location) // without a monotonic reading
	if p.Readings.CallbackClock == CallbackClockElapsed {
		c.Earliest, c.Latest = received.Add(p.CallbackAfter), received.Add(p.CallbackWithin)
		return instant.Writable(c.Latest)
	}
	after, within := p.CallbackAfter, p.CallbackWithin // still to pass
	moving := true                                     // Earliest is not found yet
	second := received.Unix()
	desk := openTime{policy: p, days: days, left: longestSearch}
	for desk.from(second); desk.next(); {
		start, open := received, time.Duration(desk.closes-desk.opens)*time.Second
		if desk.opens > second {
			start = time.Unix(desk.opens, 0).In(p.Location)
		} else { // in a second that has begun before
			open -= time.Duration(received.Nanosecond())
		}
		// An instant that falls on the closing waits for the next opening, with
		// nothing left to pass: hence "<", and "<=" for Latest, which stays.
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
