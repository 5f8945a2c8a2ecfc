package whatif

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/kasperinfotech/refundpolicy/internal/instant"
	"github.com/kasperinfotech/refundpolicy/internal/words"
	"github.com/kasperinfotech/refundpolicy/refund"
)

// Lint returns warnings of a policy that is valid but is probably a mistake, in the order of
// their codes; nil if there are none. The instant is the day on which the policy is looked at:
// special days before it are in the past, and the desk is observed from that day on, or from
// the day on which the policy takes effect if that is later.
//
// An invalid policy, or an instant that is missing, is an [*refund.InvalidError].
func Lint(p refund.Policy, at time.Time) ([]Warning, error) {
	var f refund.Faults
	f.Merge(p.Validate())
	f.Add("at", instant.Fault(at))
	if err := f.Err(); err != nil {
		return nil, err
	}
	if at.Before(p.Effective) {
		at = p.Effective
	}
	l := linter{policy: p, desk: p.Location, at: at}
	if p.DeskLocation != nil {
		l.desk = p.DeskLocation
	}
	l.callback()
	l.specialDays()
	l.required()
	l.readings()
	return l.warnings, nil
}

type linter struct {
	policy   refund.Policy
	desk     *time.Location
	at       time.Time
	warnings []Warning
}

func (l *linter) warn(code Code, path, detail string) {
	l.warnings = append(l.warnings, Warning{code, path, detail})
}

// callback judges the call back of customers who subscribe and ask in the last second of a
// day, when the smallest part of the window remains once the desk opens. It looks at two weeks, in
// which every day of the week comes twice.
func (l *linter) callback() {
	p := &l.policy
	window := time.Duration(p.WindowDays) * 24 * time.Hour
	if p.CallbackWithin > window {
		l.warn(CodeCallbackLongerThanWindow, "policy.callback_within", "is longer than the window of "+words.Count(p.WindowDays, "day", "days"))
		return
	}
	day := refund.DateOf(l.at.In(p.Location))
	for range 14 {
		asked := day.AddDays(1).Start(p.Location).Add(-time.Second)
		due, err := p.Callback(asked)
		if err != nil {
			l.warn(CodeNoCallback, "policy.hours", "leave no call back for a customer who asks on "+dayText(day))
			return
		}
		w, err := p.Window(asked)
		if err == nil && due.Latest.After(w.Closes) {
			l.warn(CodeCallbackAfterWindow, "policy.hours", "let a customer who subscribes on "+dayText(day)+" and asks at once be called back after the window has closed")
			return
		}
		day = day.AddDays(1)
	}
}

func (l *linter) specialDays() {
	days := slices.SortedFunc(maps.Keys(l.policy.SpecialDays), refund.Date.Compare)
	if len(days) == 0 {
		return
	}
	last := days[len(days)-1]
	if last.Compare(refund.DateOf(l.at.In(l.desk))) < 0 {
		l.warn(CodeSpecialDaysPast, "policy.special_days", "are all in the past: the last is "+dayText(last))
	}
	var month refund.Date
	for _, day := range days {
		first := refund.Date{Year: day.Year, Month: day.Month, Day: 1}
		if first == month {
			continue
		}
		month = first
		if l.closes(month) {
			l.warn(CodeMonthClosed, "policy.special_days", "close the desk on every day of "+month.Month.String()+" "+strconv.Itoa(month.Year))
		}
	}
}

// closes reports whether special days close the desk on every day of a month on which its
// hours would open it.
func (l *linter) closes(month refund.Date) bool {
	closed := false
	for day := month; day.Month == month.Month; day = day.AddDays(1) {
		openings, special := l.policy.SpecialDays[day]
		switch {
		case len(openings) > 0, !special && len(l.policy.Hours[day.Weekday()]) > 0:
			return false
		case len(l.policy.Hours[day.Weekday()]) > 0:
			closed = true
		}
	}
	return closed
}

func (l *linter) required() {
	for i, clause := range l.policy.Required {
		if clause == refund.ClauseBestEffort || clause == refund.ClauseDataLoss {
			l.warn(CodeTermRequired, "policy.required["+strconv.Itoa(i)+"]",
				clause.String()+" states a term of service: no fact of a case satisfies it, so that no refund is approved without a finding on it")
		}
	}
}

func (l *linter) readings() {
	r := l.policy.Readings
	if r.OneTime == refund.OneTimeRefundedIfUnresolved && r.ResolvedUntil == refund.ResolvedUntilWindowClose {
		l.warn(CodeOneTimeUndone, "policy.readings.one_time",
			r.OneTime.String()+" refunds a one-time service, and resolved_until "+r.ResolvedUntil.String()+" lets a resolution after the request undo that")
	}
	if r.ReleasedAmount == refund.ReleasedAmountAnyPart && r.GoodwillAfter == refund.GoodwillAfterInAddition {
		l.warn(CodePartUndone, "policy.readings.released_amount",
			r.ReleasedAmount.String()+" lets the company withhold a part of the amount, and goodwill_after "+r.GoodwillAfter.String()+" lets it add that part again")
	}
}

func dayText(d refund.Date) string {
	return string(words.AppendDay(nil, func() (int, time.Month, int) { return d.Year, d.Month, d.Day }))
}
