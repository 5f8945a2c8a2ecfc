package refundtest_test

import (
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
)

// windowBreakers are mistakes that break the laws of laws_window.go.
var windowBreakers = []lawBreaker{
	{"window", "the window opens at midnight", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		o.Window.Opens = refund.DateOf(o.Window.Opens).Start(p.Location)
	})},
	{"window", "the window closes a nanosecond late", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		if p.Readings.DayCount != refund.DayCountElapsed && o.Window.Opens.Before(o.Window.Closes) {
			o.Window.Closes = o.Window.Closes.Add(time.Nanosecond)
		}
	})},
	{"window", "the last day is the day after", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		o.Window.LastDay = refund.DateOf(o.Window.Closes.In(p.Location))
	})},
	{"window", "the window is empty", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) { o.Window.Closes = o.Window.Opens })},
	{"window", "elapsed days are a nanosecond short", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		if p.Readings.DayCount == refund.DayCountElapsed {
			o.Window.Closes = o.Window.Closes.Add(-time.Nanosecond)
		}
	})},
	{"resolved-issues", "an issue resolved at its opening is not counted", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		for _, i := range c.Issues {
			if i.Opened.Equal(i.Resolved) && o.Window.Contains(i.Resolved) && !i.Resolved.After(c.Request.At) {
				o.ResolvedIssues--
			}
		}
	})},
	{"ticket", "a blank reason counts as a reason", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if c.Request.Channel == refund.ChannelEmail && c.Request.Reason != "" {
			o.Statuses[refund.ClauseTicket] = refund.StatusSatisfied
		}
	})},
	{"ticket", "the desk is open at its closing time", spoilt(func(o *refund.Outcome, p refund.Policy, c refund.Case) {
		at := c.Request.At.In(desk(p))
		if hour, minute, second := at.Clock(); c.Request.Channel == refund.ChannelPhone && hour == 22 && minute+second+at.Nanosecond() == 0 {
			o.Statuses[refund.ClauseTicket] = refund.StatusSatisfied
		}
	})},
	{"callback", "hours outside the opening hours count", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		if err == nil {
			o.Callback = refund.Callback{Earliest: c.Request.At.Add(p.CallbackAfter), Latest: c.Request.At.Add(p.CallbackWithin)}
		}
		return o, err
	}},
	{"callback", "the latest instant is moved to the next opening", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		if latest := o.Callback.Latest.In(desk(p)); latest.Hour() == 22 && latest.Minute() == 0 {
			o.Callback.Latest = o.Callback.Latest.Add(10 * time.Hour)
		}
	})},
	{"callback", "the latest instant is a minute early", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Callback.Latest = o.Callback.Latest.Add(-time.Minute)
	})},
	{"callback", "the earliest instant is a minute late", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Callback.Earliest = o.Callback.Earliest.Add(time.Minute)
	})},
	{"callback", "elapsed hours are a minute too long", spoilt(func(o *refund.Outcome, p refund.Policy, _ refund.Case) {
		if p.Readings.CallbackClock == refund.CallbackClockElapsed {
			o.Callback.Latest = o.Callback.Latest.Add(time.Minute)
		}
	})},
	{"callback", "the earliest instant is the latest", spoilt(func(o *refund.Outcome, _ refund.Policy, _ refund.Case) {
		o.Callback.Earliest = o.Callback.Latest
	})},
	{"ticket", "the desk's location is ignored", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		p.DeskLocation = nil
		return p.Evaluate(c)
	}},
	{"ticket", "special days are ignored", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		p.SpecialDays = nil
		return p.Evaluate(c)
	}},
	{"callback", "the desk's location is ignored", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		p.DeskLocation = nil
		return p.Evaluate(c)
	}},
	{"callback", "a break between openings is ignored", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		for day, openings := range p.Hours {
			if n := len(openings); n > 1 {
				p.Hours[day] = []refund.Opening{{Opens: openings[0].Opens, Closes: openings[n-1].Closes}}
			}
		}
		return p.Evaluate(c)
	}},
	{"callback", "special days are ignored in the call back", func(p refund.Policy, c refund.Case) (refund.Outcome, error) {
		o, err := p.Evaluate(c)
		if p.SpecialDays = nil; err == nil {
			o.Callback, err = p.Callback(c.Request.At)
		}
		return o, err
	}},
	{"callback-status", "a call back at the latest instant is late", spoilt(func(o *refund.Outcome, _ refund.Policy, c refund.Case) {
		if c.Request.CalledBack.Equal(o.Callback.Latest) {
			o.Statuses[refund.ClauseCallback] = refund.StatusObjected
		}
	})},
}
