package refund

import (
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
)

// A Policy holds the parameters of a money-back policy. The rules themselves are fixed;
// see [Clauses]. [Published] returns the published policy; copy it and change fields to make
// another. The zero Policy is not valid; [Policy.Validate] lists the missing fields.
//
// This package never modifies a Policy. It is safe for concurrent use as long as its
// Hours, SpecialDays and Required are not modified.
type Policy struct {
	// Version identifies the policy in outcomes. Required, at most 64 bytes.
	Version string

	// Effective is the instant at which the policy takes effect. The zero Time means that
	// it has always been in effect.
	Effective time.Time

	// WindowDays is the length of the refund window, 1 to 3660 days.
	WindowDays int

	// Location is the place whose calendar days count, as returned by time.LoadLocation.
	// Required. time.Local and a location without a name are not valid, because the
	// result must not depend on the machine.
	Location *time.Location

	// DeskLocation is the place of the cancellation desk, whose clock Hours and
	// SpecialDays follow. Nil means Location.
	DeskLocation *time.Location

	// Hours are the business hours of the cancellation desk.
	Hours Hours

	// SpecialDays holds the dates whose openings differ from Hours. Optional.
	SpecialDays SpecialDays

	// CallbackAfter and CallbackWithin are the shortest and the longest time from a
	// request to its call back, counted as Readings.CallbackClock says. CallbackAfter is
	// not negative and less than CallbackWithin, which is at most 366 days.
	CallbackAfter, CallbackWithin time.Duration

	// Readings selects an interpretation where the policy's text is ambiguous.
	Readings Readings

	// Required lists the clauses that must be satisfied, or objected and acknowledged by
	// the officer, before money is released. ClauseCallback and the clauses that take
	// findings are valid. Order and repetition do not matter. If the list is empty, no
	// clause is required.
	Required []Clause
}

// MaxWindowDays is the maximum of [Policy.WindowDays].
const MaxWindowDays = 3660

const (
	longestVersion  = 64
	longestCallback = 366 * 24 * time.Hour
)

// Published returns the published policy, version 1, for the given location: a window of
// 15 days, a desk open Monday to Friday from 08:00 to 22:00, a call back after 4 to 8
// hours, and the default of each reading. It requires [ClauseLogReview],
// [ClauseCredentials] and [ClauseAccountAccess]. The published text names no location; the
// company's address is in the zone America/New_York.
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

// Validate returns nil if the policy is valid, and otherwise an [*InvalidError] with every
// fault, at paths such as "policy.window_days".
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
		f.Add("policy.window_days", "must be 1 to 3660")
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
		f.Add("policy.hours", "never opens the desk, so no call back would be possible")
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
			f.Add("policy.required["+strconv.Itoa(i)+"]", "cannot be required: only callback and clauses that take findings can")
		}
	}
}

// Equal reports whether p and q have the same fields. Effective is compared as an instant,
// locations by name, and Required as a set.
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

// locationName returns the name of a location, or "" for nil. Location.String would
// return "UTC" for nil.
func locationName(loc *time.Location) string {
	if loc == nil {
		return ""
	}
	return loc.String()
}

// locationFault returns the reason why a location is not valid, or "".
func locationFault(loc *time.Location) string {
	switch loc.String() {
	case "Local":
		return "is the zone of the machine: use a named zone, such as America/New_York"
	case "":
		return "has no name: use a named zone, such as America/New_York"
	}
	return ""
}

// desk returns the location whose clock the desk follows.
func (p *Policy) desk() *time.Location {
	if p.DeskLocation != nil {
		return p.DeskLocation
	}
	return p.Location
}
