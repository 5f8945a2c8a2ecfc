package refund

import (
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Policy is a money-back policy as a value: what is fixed in words is in its
// rules ([Clauses]), what may differ is in its fields. [Published] returns the
// published one; copy and change it for another. The zero Policy is not valid, and
// [Policy.Validate] says why.
//
// A Policy is never changed by this package, and safe for concurrent use as long
// as nobody changes its Holidays and Required.
type Policy struct {
	// Version names the policy in outcomes, at most 64 bytes. Required.
	Version string

	// Effective is when the policy takes effect; the zero Time means always.
	Effective time.Time

	// WindowDays is the length of the guarantee's window, 1 to 3660 days.
	WindowDays int

	// Location is the place whose calendar days count and whose clock the desk follows,
	// as returned by time.LoadLocation. Required. A location without a name, or named
	// "Local", is refused, since the answer must not depend on the machine.
	Location *time.Location

	// Hours are those in which the cancellation desk is open.
	Hours Hours

	// Holidays are days on which it is closed; order and repetition don't matter.
	Holidays []Date

	// CallbackAfter and CallbackWithin are the earliest and latest time from a
	// request to its call back, in hours of Readings.CallbackClock. CallbackAfter is
	// less than CallbackWithin, which is at most 366 days.
	CallbackAfter, CallbackWithin time.Duration

	// Readings settle what the policy's text leaves open.
	Readings Readings

	// Required are the clauses that somebody must have looked at before money is
	// released: ClauseCallback, and those that take findings. Order and repetition
	// don't matter; an empty list requires none.
	Required []Clause
}

// MaxWindowDays is the longest window a policy may have.
const MaxWindowDays = 3660

const (
	longestVersion  = 64
	longestCallback = 366 * 24 * time.Hour
)

// Published returns the published policy, version 1: a window of 15 days, a desk
// open Monday to Friday from 08:00 to 22:00, a call back after 4 to 8 hours, and the
// default of each reading. Money is released once the logs, the credentials and the
// access to the account have been looked at. Its text names no place; the company's
// address is in America/New_York.
func Published(loc *time.Location) Policy {
	return Policy{
		Version:        "1",
		WindowDays:     15,
		Location:       loc,
		Hours:          Weekdays(8*time.Hour, 22*time.Hour),
		CallbackAfter:  4 * time.Hour,
		CallbackWithin: 8 * time.Hour,
		Readings: Readings{
			DayCount:      DayCountDayAfter,
			DeductFrom:    DeductFromAmountSubscribed,
			ResolvedUntil: ResolvedUntilRequest,
			CallbackClock: CallbackClockBusinessHours,
		},
		Required: []Clause{ClauseLogReview, ClauseCredentials, ClauseAccountAccess},
	}
}

// Validate returns nil if cases can be judged by the policy, else an
// [*InvalidError] with every fault, at paths below "policy".
func (p Policy) Validate() error {
	var f Faults
	p.validate(&f)
	return f.Err()
}

func (p *Policy) validate(f *Faults) {
	switch {
	case p.Version == "":
		f.Add("policy.version", "is required")
	case len(p.Version) > longestVersion:
		f.Add("policy.version", "is longer than 64 bytes")
	}
	if !p.Effective.IsZero() && !instant.Writable(p.Effective) {
		f.Add("policy.effective", instant.OutsideYears)
	}
	if p.WindowDays < 1 || p.WindowDays > MaxWindowDays {
		f.Add("policy.window_days", strconv.Itoa(p.WindowDays)+" is not from 1 to 3660")
	}
	switch name := locationName(p.Location); {
	case p.Location == nil:
		f.Add("policy.location", "is required")
	case name == "Local":
		f.Add("policy.location", "is the machine's own zone; name a place, such as America/New_York")
	case name == "":
		f.Add("policy.location", "has no name")
	}
	if !p.Hours.validate(f) && p.Readings.CallbackClock != CallbackClockElapsed {
		f.Add("policy.hours", "never open, so that no request could be called back")
	}
	for i, d := range p.Holidays {
		if !d.IsValid() {
			f.Add("policy.holidays["+strconv.Itoa(i)+"]", d.String()+" is no day of the calendar")
		}
	}
	if p.CallbackAfter < 0 {
		f.Add("policy.callback_after", "is negative")
	}
	if p.CallbackWithin <= max(p.CallbackAfter, 0) || p.CallbackWithin > longestCallback {
		f.Add("policy.callback_within", "must be longer than callback_after and at most 366 days")
	}
	p.Readings.validate(f)
	for i, c := range p.Required {
		if !c.TakesFindings() && c != ClauseCallback {
			f.Add("policy.required["+strconv.Itoa(i)+"]", c.String()+" is not looked at by anybody; require clauses that take findings, or callback")
		}
	}
}

// Equal reports whether both policies have the same fields: Effective is compared as
// an instant, Location by its name, Holidays and Required as sets.
func (p Policy) Equal(q Policy) bool {
	return p.Version == q.Version &&
		p.Effective.Equal(q.Effective) &&
		p.WindowDays == q.WindowDays &&
		locationName(p.Location) == locationName(q.Location) &&
		p.Hours == q.Hours &&
		slices.Equal(dateSet(p.Holidays), dateSet(q.Holidays)) &&
		p.CallbackAfter == q.CallbackAfter &&
		p.CallbackWithin == q.CallbackWithin &&
		p.Readings == q.Readings &&
		slices.Equal(clauseSet(p.Required), clauseSet(q.Required))
}

// locationName is the name of a location, empty for nil, which a Location's own
// String would call UTC.
func locationName(loc *time.Location) string {
	if loc == nil {
		return ""
	}
	return loc.String()
}

// dateSet returns the days sorted, each once.
func dateSet(days []Date) []Date {
	set := slices.Clone(days)
	slices.SortFunc(set, Date.Compare)
	return slices.Compact(set)
}
