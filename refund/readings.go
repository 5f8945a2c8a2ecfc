package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Readings settles each question that the policy's text leaves open. Every
// alternative is implemented; [Published] has the defaults. The zero Readings
// settles nothing and is not valid.
type Readings struct {
	DayCount      DayCount      // published: DayCountDayAfter
	DeductFrom    DeductFrom    // published: DeductFromAmountSubscribed
	ResolvedUntil ResolvedUntil // published: ResolvedUntilRequest
	CallbackClock CallbackClock // published: CallbackClockBusinessHours

	OneTime        OneTime        // published: OneTimeNeverRefunded
	ReleasedAmount ReleasedAmount // published: ReleasedAmountWhole
	GoodwillAfter  GoodwillAfter  // published: GoodwillAfterLessRefunds
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

var dayCountCodes = enum.Of[DayCount]("DayCount", "day_after", "same_day", "elapsed")

// String returns the code, such as "day_after".
func (r DayCount) String() string { return dayCountCodes.String(r) }

// MarshalText returns the code, empty for the zero value.
func (r DayCount) MarshalText() ([]byte, error) { return marshalCode("day_count", dayCountCodes, r) }

// UnmarshalText reads a code; an empty text is the zero value.
func (r *DayCount) UnmarshalText(text []byte) error {
	return invalid("day_count", dayCountCodes.Parse(text, r))
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

var deductFromCodes = enum.Of[DeductFrom]("DeductFrom", "amount_subscribed", "amount_paid")

// String returns the code, such as "amount_subscribed".
func (r DeductFrom) String() string { return deductFromCodes.String(r) }

// MarshalText returns the code, empty for the zero value.
func (r DeductFrom) MarshalText() ([]byte, error) {
	return marshalCode("deduct_from", deductFromCodes, r)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (r *DeductFrom) UnmarshalText(text []byte) error {
	return invalid("deduct_from", deductFromCodes.Parse(text, r))
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

var resolvedUntilCodes = enum.Of[ResolvedUntil]("ResolvedUntil", "request", "window_close")

// String returns the code, such as "request".
func (r ResolvedUntil) String() string { return resolvedUntilCodes.String(r) }

// MarshalText returns the code, empty for the zero value.
func (r ResolvedUntil) MarshalText() ([]byte, error) {
	return marshalCode("resolved_until", resolvedUntilCodes, r)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (r *ResolvedUntil) UnmarshalText(text []byte) error {
	return invalid("resolved_until", resolvedUntilCodes.Parse(text, r))
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

var callbackClockCodes = enum.Of[CallbackClock]("CallbackClock", "business_hours", "elapsed")

// String returns the code, such as "business_hours".
func (r CallbackClock) String() string { return callbackClockCodes.String(r) }

// MarshalText returns the code, empty for the zero value.
func (r CallbackClock) MarshalText() ([]byte, error) {
	return marshalCode("callback_clock", callbackClockCodes, r)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (r *CallbackClock) UnmarshalText(text []byte) error {
	return invalid("callback_clock", callbackClockCodes.Parse(text, r))
}

// OneTime says whether a one-time service can ever be refunded under the
// guarantee ([ClauseOneTime]). The zero OneTime is unset.
type OneTime uint8

const (
	// OneTimeNeverRefunded refunds no one-time service.
	OneTimeNeverRefunded OneTime = iota + 1
	// OneTimeRefundedIfUnresolved judges a one-time service like any other while no
	// resolution counts: the sentence then qualifies Case 2 alone.
	OneTimeRefundedIfUnresolved
)

var oneTimeCodes = enum.Of[OneTime]("OneTime", "never_refunded", "refunded_if_unresolved")

// String returns the code, such as "never_refunded".
func (r OneTime) String() string { return oneTimeCodes.String(r) }

// MarshalText returns the code, empty for the zero value.
func (r OneTime) MarshalText() ([]byte, error) { return marshalCode("one_time", oneTimeCodes, r) }

// UnmarshalText reads a code; an empty text is the zero value.
func (r *OneTime) UnmarshalText(text []byte) error {
	return invalid("one_time", oneTimeCodes.Parse(text, r))
}

// ReleasedAmount says how much of the refundable amount an approval may release
// ([ClauseGuarantee]). The zero ReleasedAmount is unset.
type ReleasedAmount uint8

const (
	// ReleasedAmountWhole allows the whole refundable amount only: the company decides whether,
	// not how much.
	ReleasedAmountWhole ReleasedAmount = iota + 1
	// ReleasedAmountAnyPart allows any positive amount up to the refundable one.
	ReleasedAmountAnyPart
)

var releasedAmountCodes = enum.Of[ReleasedAmount]("ReleasedAmount", "whole", "any_part")

// String returns the code, such as "whole".
func (r ReleasedAmount) String() string { return releasedAmountCodes.String(r) }

// MarshalText returns the code, empty for the zero value.
func (r ReleasedAmount) MarshalText() ([]byte, error) {
	return marshalCode("released_amount", releasedAmountCodes, r)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (r *ReleasedAmount) UnmarshalText(text []byte) error {
	return invalid("released_amount", releasedAmountCodes.Parse(text, r))
}

// GoodwillAfter says whether goodwill is paid on top of what was refunded before
// ([ClauseGoodwill]). The zero GoodwillAfter is unset.
type GoodwillAfter uint8

const (
	// GoodwillAfterLessRefunds subtracts earlier refunds, so that the same charges are not
	// returned twice.
	GoodwillAfterLessRefunds GoodwillAfter = iota + 1
	// GoodwillAfterInAddition pays goodwill on top, up to the cap.
	GoodwillAfterInAddition
)

var goodwillAfterCodes = enum.Of[GoodwillAfter]("GoodwillAfter", "less_refunds", "in_addition")

// String returns the code, such as "less_refunds".
func (r GoodwillAfter) String() string { return goodwillAfterCodes.String(r) }

// MarshalText returns the code, empty for the zero value.
func (r GoodwillAfter) MarshalText() ([]byte, error) {
	return marshalCode("goodwill_after", goodwillAfterCodes, r)
}

// UnmarshalText reads a code; an empty text is the zero value.
func (r *GoodwillAfter) UnmarshalText(text []byte) error {
	return invalid("goodwill_after", goodwillAfterCodes.Parse(text, r))
}

func (r Readings) validate(f *Faults) {
	if r == publishedReadings { // as those of most policies
		return
	}
	f.Add("policy.readings.day_count", dayCountCodes.Fault(r.DayCount))
	f.Add("policy.readings.deduct_from", deductFromCodes.Fault(r.DeductFrom))
	f.Add("policy.readings.resolved_until", resolvedUntilCodes.Fault(r.ResolvedUntil))
	f.Add("policy.readings.callback_clock", callbackClockCodes.Fault(r.CallbackClock))
	f.Add("policy.readings.one_time", oneTimeCodes.Fault(r.OneTime))
	f.Add("policy.readings.released_amount", releasedAmountCodes.Fault(r.ReleasedAmount))
	f.Add("policy.readings.goodwill_after", goodwillAfterCodes.Fault(r.GoodwillAfter))
}
