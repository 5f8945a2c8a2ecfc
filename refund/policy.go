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
// as nobody changes its Hours, SpecialDays and Required.
type Policy struct {
	// Version names the policy in outcomes, at most 64 bytes. Required.
	Version string

	// Effective is when the policy takes effect; the zero Time means always.
	Effective time.Time

	// WindowDays is the length of the guarantee's window, 1 to 3660 days.
	WindowDays int

	// Location is the place whose calendar days count, as returned by time.LoadLocation.
	// Required. A location without a name, or named
	// "Local", is refused, since the answer must not depend on the machine.
	Location *time.Location

	// DeskLocation is the place of the cancellation desk, whose clock Hours and SpecialDays
	// follow. Nil means Location.
	DeskLocation *time.Location

	// Hours are the hours in which the cancellation desk is open.
	Hours Hours

	// SpecialDays are days whose openings differ from Hours. Optional.
	SpecialDays SpecialDays

	// CallbackAfter and CallbackWithin are the earliest and latest time from a
	// request to its call back, in hours of Readings.CallbackClock. CallbackAfter is
	// less than CallbackWithin, which is at most 366 days.
	CallbackAfter, CallbackWithin time.Duration

	// Readings settle what the policy's text leaves open.
	Readings Readings

	// Required are the clauses that must be satisfied, or objected and acknowledged by the
	// officer, before money is released: ClauseCallback, and those that take findings. Order
	// and repetition don't matter; an empty list requires none.
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
// default of each reading. Before money is released, the logs, the credentials and the
// access to the account must have been reviewed. Its text names no place; the company's
// address is in America/New_York.
func Published(loc *time.Location) Policy {
	return Policy{
		Version:        "1",
		WindowDays:     15,
		Location:       loc,
		Hours:          Weekdays(8*time.Hour, 22*time.Hour),
		CallbackAfter:  4 * time.Hour,
		CallbackWithin: 8 * time.Hour,
		Readings:       publishedReadings,
		Required:       []Clause{ClauseLogReview, ClauseCredentials, ClauseAccountAccess},
	}
}

var publishedReadings = Readings{
	DayCount:       DayCountDayAfter,
	DeductFrom:     DeductFromAmountSubscribed,
	ResolvedUntil:  ResolvedUntilRequest,
	CallbackClock:  CallbackClockBusinessHours,
	OneTime:        OneTimeNeverRefunded,
	ReleasedAmount: ReleasedAmountWhole,
	GoodwillAfter:  GoodwillAfterLessRefunds,
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
		f.Add("policy.window_days", "is not from 1 to 3660")
	}
	if p.Location == nil {
		f.Add("policy.location", "is required")
	} else {
		f.Add("policy.location", locationFault(p.Location))
	}
	if p.DeskLocation != nil {
		f.Add("policy.desk_location", locationFault(p.DeskLocation))
	}
	if !p.Hours.validate(f) && p.Readings.CallbackClock != CallbackClockElapsed {
		f.Add("policy.hours", "never open, so that no request could be called back")
	}
	p.SpecialDays.validate(f)
	if p.CallbackAfter < 0 {
		f.Add("policy.callback_after", "is negative")
	}
	if p.CallbackWithin <= max(p.CallbackAfter, 0) || p.CallbackWithin > longestCallback {
		f.Add("policy.callback_within", "must be longer than callback_after and at most 366 days")
	}
	p.Readings.validate(f)
	for i, c := range p.Required {
		if !c.TakesFindings() && c != ClauseCallback {
			f.Add("policy.required["+strconv.Itoa(i)+"]", "is not a clause that takes findings, nor callback")
		}
	}
}

// Equal reports whether both policies have the same fields: Effective is compared as
// an instant, locations by their names, Required as a set.
func (p Policy) Equal(q Policy) bool {
	return p.Version == q.Version &&
		p.Effective.Equal(q.Effective) &&
		p.WindowDays == q.WindowDays &&
		locationName(p.Location) == locationName(q.Location) &&
		locationName(p.desk()) == locationName(q.desk()) &&
		p.Hours.equal(q.Hours) &&
		p.SpecialDays.equal(q.SpecialDays) &&
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

// locationFault returns the reason why a location is refused, or "".
func locationFault(loc *time.Location) string {
	switch loc.String() {
	case "Local":
		return "is the machine's own zone: name a place, such as America/New_York"
	case "":
		return "has no name"
	}
	return ""
}

// desk returns the location of the desk.
func (p *Policy) desk() *time.Location {
	if p.DeskLocation != nil {
		return p.DeskLocation
	}
	return p.Location
}
