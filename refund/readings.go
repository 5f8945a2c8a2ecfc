package refund

import "github.com/kasperinfotech/refundpolicy/internal/enum"

// Readings selects an interpretation for each ambiguity of the policy's text. [Published]
// has the default of each. Every reading is required, so the zero Readings is not valid.
type Readings struct {
	DayCount      DayCount      // published: DayCountDayAfter
	DeductFrom    DeductFrom    // published: DeductFromAmountSubscribed
	ResolvedUntil ResolvedUntil // published: ResolvedUntilRequest
	CallbackClock CallbackClock // published: CallbackClockBusinessHours

	OneTime        OneTime        // published: OneTimeNeverRefunded
	ReleasedAmount ReleasedAmount // published: ReleasedAmountWhole
	GoodwillAfter  GoodwillAfter  // published: GoodwillAfterLessRefunds
}

// DayCount says how the days of the window are counted from the subscription date
// ([ClauseGuarantee]). The zero DayCount is unset.
type DayCount uint8

const (
	// DayCountDayAfter counts the day after the subscription date as day 1: with a
	// subscription on 1 March, a window of 15 days closes at the end of 16 March.
	DayCountDayAfter DayCount = iota + 1
	// DayCountSameDay counts the subscription date as day 1: with a subscription on
	// 1 March, a window of 15 days closes at the end of 15 March.
	DayCountSameDay
	// DayCountElapsed counts a day as 24 hours, from the subscription instant.
	DayCountElapsed
)

var dayCountCodes = enum.Of[DayCount]("DayCount", "day_after", "same_day", "elapsed")

// String returns the code, such as "day_after".
func (r DayCount) String() string { return dayCountCodes.String(r) }

// MarshalText returns the code, or an empty text for the zero value.
func (r DayCount) MarshalText() ([]byte, error) { return marshalCode("day_count", dayCountCodes, r) }

// UnmarshalText reads a code. An empty text is the zero value.
func (r *DayCount) UnmarshalText(text []byte) error {
	return invalid("day_count", dayCountCodes.Parse(text, r))
}

// DeductFrom says from which amount the charges of [ClauseCase2] are deducted if the
// customer has paid less than the price. The zero DeductFrom is unset.
type DeductFrom uint8

const (
	// DeductFromAmountSubscribed deducts from the price. The cap then limits the result
	// to the amount paid.
	DeductFromAmountSubscribed DeductFrom = iota + 1
	// DeductFromAmountPaid deducts from the lesser of the price and the amount paid. It
	// also applies to [ClauseCase1].
	DeductFromAmountPaid
)

var deductFromCodes = enum.Of[DeductFrom]("DeductFrom", "amount_subscribed", "amount_paid")

// String returns the code, such as "amount_subscribed".
func (r DeductFrom) String() string { return deductFromCodes.String(r) }

// MarshalText returns the code, or an empty text for the zero value.
func (r DeductFrom) MarshalText() ([]byte, error) {
	return marshalCode("deduct_from", deductFromCodes, r)
}

// UnmarshalText reads a code. An empty text is the zero value.
func (r *DeductFrom) UnmarshalText(text []byte) error {
	return invalid("deduct_from", deductFromCodes.Parse(text, r))
}

// ResolvedUntil says which resolutions in the window count ([ClauseCase1],
// [ClauseCase2]). The zero ResolvedUntil is unset.
type ResolvedUntil uint8

const (
	// ResolvedUntilRequest counts resolutions up to and including the instant of the
	// request.
	ResolvedUntilRequest ResolvedUntil = iota + 1
	// ResolvedUntilWindowClose counts all resolutions in the window, including those
	// after the request.
	ResolvedUntilWindowClose
)

var resolvedUntilCodes = enum.Of[ResolvedUntil]("ResolvedUntil", "request", "window_close")

// String returns the code, such as "request".
func (r ResolvedUntil) String() string { return resolvedUntilCodes.String(r) }

// MarshalText returns the code, or an empty text for the zero value.
func (r ResolvedUntil) MarshalText() ([]byte, error) {
	return marshalCode("resolved_until", resolvedUntilCodes, r)
}

// UnmarshalText reads a code. An empty text is the zero value.
func (r *ResolvedUntil) UnmarshalText(text []byte) error {
	return invalid("resolved_until", resolvedUntilCodes.Parse(text, r))
}

// CallbackClock says which hours count toward the call back ([ClauseCallback]). The zero
// CallbackClock is unset.
type CallbackClock uint8

const (
	// CallbackClockBusinessHours counts hours in which the desk is open.
	CallbackClockBusinessHours CallbackClock = iota + 1
	// CallbackClockElapsed counts all hours.
	CallbackClockElapsed
)

var callbackClockCodes = enum.Of[CallbackClock]("CallbackClock", "business_hours", "elapsed")

// String returns the code, such as "business_hours".
func (r CallbackClock) String() string { return callbackClockCodes.String(r) }

// MarshalText returns the code, or an empty text for the zero value.
func (r CallbackClock) MarshalText() ([]byte, error) {
	return marshalCode("callback_clock", callbackClockCodes, r)
}

// UnmarshalText reads a code. An empty text is the zero value.
func (r *CallbackClock) UnmarshalText(text []byte) error {
	return invalid("callback_clock", callbackClockCodes.Parse(text, r))
}

// OneTime says whether a one-time service can be refunded under the guarantee
// ([ClauseOneTime]). The zero OneTime is unset.
type OneTime uint8

const (
	// OneTimeNeverRefunded means that one-time services are never refunded.
	OneTimeNeverRefunded OneTime = iota + 1
	// OneTimeRefundedIfUnresolved judges a one-time service like any other if no
	// resolution counts: it reads the sentence as a qualification of Case 2 only.
	OneTimeRefundedIfUnresolved
)

var oneTimeCodes = enum.Of[OneTime]("OneTime", "never_refunded", "refunded_if_unresolved")

// String returns the code, such as "never_refunded".
func (r OneTime) String() string { return oneTimeCodes.String(r) }

// MarshalText returns the code, or an empty text for the zero value.
func (r OneTime) MarshalText() ([]byte, error) { return marshalCode("one_time", oneTimeCodes, r) }

// UnmarshalText reads a code. An empty text is the zero value.
func (r *OneTime) UnmarshalText(text []byte) error {
	return invalid("one_time", oneTimeCodes.Parse(text, r))
}

// ReleasedAmount says how much of the refundable amount an approval may release
// ([ClauseGuarantee]). The zero ReleasedAmount is unset.
type ReleasedAmount uint8

const (
	// ReleasedAmountWhole allows only the whole refundable amount: the company decides
	// whether to refund, not how much.
	ReleasedAmountWhole ReleasedAmount = iota + 1
	// ReleasedAmountAnyPart allows any positive amount up to the refundable one.
	ReleasedAmountAnyPart
)

var releasedAmountCodes = enum.Of[ReleasedAmount]("ReleasedAmount", "whole", "any_part")

// String returns the code, such as "whole".
func (r ReleasedAmount) String() string { return releasedAmountCodes.String(r) }

// MarshalText returns the code, or an empty text for the zero value.
func (r ReleasedAmount) MarshalText() ([]byte, error) {
	return marshalCode("released_amount", releasedAmountCodes, r)
}

// UnmarshalText reads a code. An empty text is the zero value.
func (r *ReleasedAmount) UnmarshalText(text []byte) error {
	return invalid("released_amount", releasedAmountCodes.Parse(text, r))
}

// GoodwillAfter says whether goodwill is paid in addition to earlier refunds
// ([ClauseGoodwill]). The zero GoodwillAfter is unset.
type GoodwillAfter uint8

const (
	// GoodwillAfterLessRefunds subtracts earlier refunds, so that the same charges are not
	// returned twice.
	GoodwillAfterLessRefunds GoodwillAfter = iota + 1
	// GoodwillAfterInAddition does not subtract earlier refunds. The cap still applies.
	GoodwillAfterInAddition
)

var goodwillAfterCodes = enum.Of[GoodwillAfter]("GoodwillAfter", "less_refunds", "in_addition")

// String returns the code, such as "less_refunds".
func (r GoodwillAfter) String() string { return goodwillAfterCodes.String(r) }

// MarshalText returns the code, or an empty text for the zero value.
func (r GoodwillAfter) MarshalText() ([]byte, error) {
	return marshalCode("goodwill_after", goodwillAfterCodes, r)
}

// UnmarshalText reads a code. An empty text is the zero value.
func (r *GoodwillAfter) UnmarshalText(text []byte) error {
	return invalid("goodwill_after", goodwillAfterCodes.Parse(text, r))
}

func (r Readings) validate(f *Faults) {
	if r == publishedReadings { // fast path: most policies have these
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
