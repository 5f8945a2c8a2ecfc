package refund

// Readings settles each question that the policy's text leaves open. Every
// alternative is implemented; [Published] has the defaults. The zero Readings
// settles nothing and is not valid.
type Readings struct {
	DayCount      DayCount      // published: DayCountDayAfter
	DeductFrom    DeductFrom    // published: DeductFromAmountSubscribed
	ResolvedUntil ResolvedUntil // published: ResolvedUntilRequest
	CallbackClock CallbackClock // published: CallbackClockBusinessHours
}

// DayCount says when a window of so many days from the subscription date closes
// ([ClauseGuarantee]). The zero DayCount is unset.
type DayCount uint8

const (
	// DayCountDayAfter does not count the subscription date itself: a window of 15
	// days opened on 1 March closes as 16 March ends.
	DayCountDayAfter DayCount = iota + 1
	// DayCountSameDay counts the subscription date as day 1: that window closes as
	// 15 March ends.
	DayCountSameDay
	// DayCountElapsed counts 24 hours for a day, from the subscription instant.
	DayCountElapsed
)

var dayCountCodes = []string{"", "day_after", "same_day", "elapsed"}

// String returns the code, such as "day_after".
func (r DayCount) String() string { return enumString("DayCount", dayCountCodes, r) }

// MarshalText returns the code, empty for the zero value.
func (r DayCount) MarshalText() ([]byte, error) { return enumMarshal("day_count", dayCountCodes, r) }

// UnmarshalText reads a code; an empty text is the zero value.
func (r *DayCount) UnmarshalText(text []byte) error {
	return enumUnmarshal("day_count", dayCountCodes, text, r)
}

// DeductFrom says what the charges of [ClauseCase2] are deducted from when more or
// less was paid than subscribed. The zero DeductFrom is unset.
type DeductFrom uint8

const (
	// DeductFromAmountSubscribed takes the price; the cap then limits the result to
	// what was paid.
	DeductFromAmountSubscribed DeductFrom = iota + 1
	// DeductFromAmountPaid takes what was paid.
	DeductFromAmountPaid
)

var deductFromCodes = []string{"", "amount_subscribed", "amount_paid"}

// String returns the code, such as "amount_subscribed".
func (r DeductFrom) String() string { return enumString("DeductFrom", deductFromCodes, r) }

// MarshalText returns the code, empty for the zero value.
func (r DeductFrom) MarshalText() ([]byte, error) {
	return enumMarshal("deduct_from", deductFromCodes, r)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (r *DeductFrom) UnmarshalText(text []byte) error {
	return enumUnmarshal("deduct_from", deductFromCodes, text, r)
}

// ResolvedUntil says which resolutions in the window count ([ClauseCase1],
// [ClauseCase2]). The zero ResolvedUntil is unset.
type ResolvedUntil uint8

const (
	// ResolvedUntilRequest counts those up to and at the instant of the request:
	// asking fixes the figure.
	ResolvedUntilRequest ResolvedUntil = iota + 1
	// ResolvedUntilWindowClose counts every one in the window, also after the request.
	ResolvedUntilWindowClose
)

var resolvedUntilCodes = []string{"", "request", "window_close"}

// String returns the code, such as "request".
func (r ResolvedUntil) String() string { return enumString("ResolvedUntil", resolvedUntilCodes, r) }

// MarshalText returns the code, empty for the zero value.
func (r ResolvedUntil) MarshalText() ([]byte, error) {
	return enumMarshal("resolved_until", resolvedUntilCodes, r)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (r *ResolvedUntil) UnmarshalText(text []byte) error {
	return enumUnmarshal("resolved_until", resolvedUntilCodes, text, r)
}

// CallbackClock says which hours count towards the call back ([ClauseCallback]).
// The zero CallbackClock is unset.
type CallbackClock uint8

const (
	// CallbackClockBusinessHours counts hours in which the desk is open.
	CallbackClockBusinessHours CallbackClock = iota + 1
	// CallbackClockElapsed counts hours on the clock.
	CallbackClockElapsed
)

var callbackClockCodes = []string{"", "business_hours", "elapsed"}

// String returns the code, such as "business_hours".
func (r CallbackClock) String() string { return enumString("CallbackClock", callbackClockCodes, r) }

// MarshalText returns the code, empty for the zero value.
func (r CallbackClock) MarshalText() ([]byte, error) {
	return enumMarshal("callback_clock", callbackClockCodes, r)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (r *CallbackClock) UnmarshalText(text []byte) error {
	return enumUnmarshal("callback_clock", callbackClockCodes, text, r)
}

func (r Readings) validate(f *faults) {
	if !enumValid(dayCountCodes, r.DayCount) {
		f.add("policy.readings.day_count", enumFault(dayCountCodes, r.DayCount))
	}
	if !enumValid(deductFromCodes, r.DeductFrom) {
		f.add("policy.readings.deduct_from", enumFault(deductFromCodes, r.DeductFrom))
	}
	if !enumValid(resolvedUntilCodes, r.ResolvedUntil) {
		f.add("policy.readings.resolved_until", enumFault(resolvedUntilCodes, r.ResolvedUntil))
	}
	if !enumValid(callbackClockCodes, r.CallbackClock) {
		f.add("policy.readings.callback_clock", enumFault(callbackClockCodes, r.CallbackClock))
	}
}
