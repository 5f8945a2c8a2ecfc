package whatif

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// A Holding is a subscription that somebody holds, with its issues. The zero Holding is not
// valid.
type Holding struct {
	// Subscription is the subscription, with the amounts paid, refunded and disputed so far.
	Subscription refund.Subscription

	// Issues are all of its issues so far. A nil log is a missing fact, as in a case.
	Issues refund.IssueLog
}

// Case returns the case in which the holder asks at an instant: by e-mail, which states a
// reason, with no call back recorded and no findings. The way in which a customer asks never
// changes the refundable amount.
func (h Holding) Case(at time.Time) refund.Case {
	return refund.Case{
		Subscription: h.Subscription,
		Issues:       h.Issues,
		Request: refund.Request{
			At:      at,
			By:      h.Subscription.Account,
			Channel: refund.ChannelEmail,
			Reason:  "exposure",
		},
	}
}

// An Exposure is the result of [ExposureAt]. The zero Exposure is that of no subscriptions.
type Exposure struct {
	// At is the instant.
	At time.Time

	// Subscriptions is the number of subscriptions, each of which is counted in one of the
	// next four as well.
	Subscriptions int

	// Open is the number of subscriptions whose window is open at the instant. Closed is that
	// of the ones whose window has closed, and NotStarted that of the ones that start later.
	Open, Closed, NotStarted int

	// Refused are the subscriptions that the evaluator refuses.
	Refused Refused

	// Totals has the figures of each currency, sorted by code.
	Totals []ExposureTotal
}

// An ExposureTotal is the part of an [Exposure] in one currency.
type ExposureTotal struct {
	// Currency is that of all amounts.
	Currency refund.Currency

	// Subscriptions is the number of subscriptions whose window is open.
	Subscriptions int

	// Refundable is the sum of the amounts that would be refundable to them.
	Refundable refund.Money

	// Days are the days on which at least one of the windows closes, in order.
	Days []ExposureDay
}

// An ExposureDay is the last day of some windows.
type ExposureDay struct {
	// Date is the last day on which customers may ask, at the policy's location.
	Date refund.Date

	// Subscriptions is the number of subscriptions whose window has its last day then, and
	// Closing the part of the total that they could ask back.
	Subscriptions int
	Closing       refund.Money

	// Refundable is the amount that can still be asked back on that day: the sum of Closing
	// from this day on, if nobody asks earlier and no further issue is resolved.
	Refundable refund.Money
}

// ExposureAt adds up the amounts that would be refundable if everybody whose window is open at
// an instant asked at that instant. Each subscription is judged by the case that
// [Holding.Case] returns. It keeps an amount for each currency and last day of a window.
//
// A subscription that the evaluator refuses is counted with the paths of its faults. The first
// error of the sequence ends it, and is returned with the zero Exposure. A [refund.Policy] or
// instant that is not valid is an [*refund.InvalidError].
func ExposureAt(at time.Time, e Evaluator, holdings iter.Seq2[Holding, error]) (Exposure, error) {
	var f refund.Faults
	f.Merge(checked(e))
	f.Add("at", instant.Fault(at))
	if err := f.Err(); err != nil {
		return Exposure{}, err
	}
	x := Exposure{At: at.Round(0)}
	for h, err := range holdings {
		if err != nil {
			return Exposure{}, err
		}
		x.add(e, h)
	}
	x.sum()
	return x, nil
}

// add counts a subscription.
func (x *Exposure) add(e Evaluator, h Holding) {
	x.Subscriptions++
	if instant.Before(x.At, h.Subscription.Start) {
		x.NotStarted++
		return
	}
	o, faults := judged(e, h.Case(x.At))
	switch {
	case faults != nil:
		x.Refused.add(faults)
	case !o.Window.Contains(x.At):
		x.Closed++
	default:
		x.Open++
		t := x.total(o.Refundable.Currency())
		t.Subscriptions++
		t.day(ExposureDay{Date: o.Window.LastDay, Subscriptions: 1, Closing: o.Refundable})
	}
}

// total returns the total of a currency, a new one if there is none. The pointer is valid
// until the next call.
func (x *Exposure) total(currency refund.Currency) *ExposureTotal {
	i, found := slices.BinarySearchFunc(x.Totals, currency.Code(), func(t ExposureTotal, code string) int {
		return strings.Compare(t.Currency.Code(), code)
	})
	if !found {
		x.Totals = slices.Insert(x.Totals, i, ExposureTotal{Currency: currency})
	}
	return &x.Totals[i]
}

// day adds what closes on a day.
func (t *ExposureTotal) day(d ExposureDay) {
	i, found := slices.BinarySearchFunc(t.Days, d.Date, func(day ExposureDay, date refund.Date) int { return day.Date.Compare(date) })
	if !found {
		t.Days = slices.Insert(t.Days, i, d)
		return
	}
	t.Days[i].Subscriptions += d.Subscriptions
	t.Days[i].Closing = plus(t.Days[i].Closing, d.Closing)
}

// sum computes the amounts that are sums of others.
func (x *Exposure) sum() {
	for i := range x.Totals {
		t := &x.Totals[i]
		t.Refundable = refund.FromMinorUnits(0, t.Currency)
		for j := range slices.Backward(t.Days) {
			t.Refundable = plus(t.Refundable, t.Days[j].Closing)
			t.Days[j].Refundable = t.Refundable
		}
	}
}

// Merge returns the exposure of the subscriptions of both, which must be by the same evaluator
// at the same instant. The order does not matter, and merging with the zero Exposure returns an
// equal one. The result shares no memory with x and y. If the instants differ, Merge returns an
// [*refund.InvalidError].
func (x Exposure) Merge(y Exposure) (Exposure, error) {
	at := x.At
	switch {
	case at.IsZero():
		at = y.At
	case !y.At.IsZero() && !at.Equal(y.At):
		return Exposure{}, &refund.InvalidError{Faults: []refund.Fault{{Path: "at", Reason: "is not the instant of the other exposure"}}}
	}
	sum := Exposure{
		At:            at,
		Subscriptions: x.Subscriptions + y.Subscriptions,
		Open:          x.Open + y.Open,
		Closed:        x.Closed + y.Closed,
		NotStarted:    x.NotStarted + y.NotStarted,
		Refused:       x.Refused.merge(y.Refused),
	}
	for _, part := range [][]ExposureTotal{x.Totals, y.Totals} {
		for _, t := range part {
			total := sum.total(t.Currency)
			total.Subscriptions += t.Subscriptions
			for _, day := range t.Days {
				total.day(day)
			}
		}
	}
	sum.sum()
	return sum, nil
}
