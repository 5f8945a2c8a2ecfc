package whatif

import (
	"github.com/kasperinfotech/refundpolicy/internal/enum"
)

// A Warning is a probable mistake in a valid policy. The zero Warning has no code.
type Warning struct {
	// Code is the kind of mistake.
	Code Code

	// Path is the field to look at, as in the path of a fault.
	Path string

	// Detail describes the mistake in words.
	Detail string
}

// String returns the path and the detail.
func (w Warning) String() string { return w.Path + ": " + w.Detail }

// Code is the kind of a [Warning]. The zero Code is unset.
type Code uint8

const (
	// CodeNoCallback: the desk does not open for long enough to call back a customer who asks
	// in the coming weeks, so that the case cannot be judged.
	CodeNoCallback Code = iota + 1
	// CodeCallbackLongerThanWindow: the time for the call back is longer than the window.
	CodeCallbackLongerThanWindow
	// CodeCallbackAfterWindow: the hours of the desk are so few that a customer who asks at
	// once may be called back after the window has closed.
	CodeCallbackAfterWindow
	// CodeSpecialDaysPast: all special days are in the past.
	CodeSpecialDaysPast
	// CodeMonthClosed: special days close the desk on every day of a month on which it would
	// be open.
	CodeMonthClosed
	// CodeTermRequired: a required clause states a term of service, which no fact of a case
	// satisfies.
	CodeTermRequired
	// CodeOneTimeUndone: one reading refunds a one-time service with no resolved issue, and
	// another one counts resolutions after the request, which undo that.
	CodeOneTimeUndone
	// CodePartUndone: one reading lets the company release a part of the amount, and another
	// one lets goodwill add the rest.
	CodePartUndone
)

var warningCodes = enum.Of[Code]("Code", "no_callback", "callback_longer_than_window", "callback_after_window",
	"special_days_past", "month_closed", "term_required", "one_time_undone", "part_undone")

// String returns the code, such as "special_days_past".
func (c Code) String() string { return warningCodes.String(c) }

// MarshalText returns the code, empty for the zero value.
func (c Code) MarshalText() ([]byte, error) { return marshalCode("code", warningCodes, c) }
