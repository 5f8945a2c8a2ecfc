package refund_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/internal/refundgen"
)

// This file is the policy a second time, written from its clauses and not from the
// package: fractions for money, and calendars and clocks looked at day by day and
// minute by minute.

// A told is what the oracle says about a case.
type told struct {
	verdict                 refund.Verdict
	base, deduction         *big.Rat
	entitlement, refundable *big.Rat
	resolved                int
	opens, closes           time.Time
	earliest, latest        time.Time
	statuses                map[refund.Clause]refund.Status
	held                    bool
	made                    []string // findings of its own: clause and severity
}

func askOracle(p refund.Policy, c refund.Case) told {
	o := told{statuses: map[refund.Clause]refund.Status{}}
	o.opens, o.closes = oracleWindow(p, c.Subscription.Start)
	o.earliest, o.latest = oracleCallback(p, c.Request.At)
	o.resolved = oracleResolved(p, c, o.opens, o.closes)
	oracleAmounts(p, c, &o)
	oracleStatuses(p, c, &o)
	return o
}

// oracleDay returns the civil day that a location's clocks show, as its midnight
// in UTC.
func oracleDay(at time.Time, loc *time.Location) time.Time {
	year, month, day := at.In(loc).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// oracleFirstOf looks for the first instant at which clocks show a day or a later
// one: by hours, then from three hours earlier by minutes, then by seconds.
func oracleFirstOf(day time.Time, loc *time.Location) time.Time {
	at := day.Add(-30 * time.Hour)
	for oracleDay(at, loc).Before(day) {
		at = at.Add(time.Hour)
	}
	at = at.Add(-3 * time.Hour)
	for oracleDay(at, loc).Before(day) {
		at = at.Add(time.Minute)
	}
	at = at.Add(-time.Minute)
	for oracleDay(at, loc).Before(day) {
		at = at.Add(time.Second)
	}
	return at
}

func oracleWindow(p refund.Policy, start time.Time) (opens, closes time.Time) {
	if p.Readings.DayCount == refund.DayCountElapsed {
		closes = start
		for range p.WindowDays {
			closes = closes.Add(24 * time.Hour)
		}
		return start, closes
	}
	counted := 0
	day := oracleDay(start, p.Location)
	if p.Readings.DayCount == refund.DayCountSameDay {
		counted = 1 // the subscription date is day 1
	}
	for counted < p.WindowDays {
		day = day.AddDate(0, 0, 1)
		counted++
	}
	closes = oracleFirstOf(day.AddDate(0, 0, 1), p.Location) // as that day ends
	if closes.Before(start) {
		closes = start
	}
	return start, closes
}

// oracleDeskHours returns the opening of the day that clocks show, holidays taken
// off.
func oracleDeskHours(p refund.Policy, day time.Time) (refund.Opening, bool) {
	for _, holiday := range p.Holidays {
		if holiday.String() == day.Format(time.DateOnly) {
			return refund.Opening{}, false
		}
	}
	o := p.Hours[day.Weekday()]
	return o, o.Opens < o.Closes
}

func oracleDeskOpen(p refund.Policy, at time.Time) bool {
	o, ok := oracleDeskHours(p, oracleDay(at, p.Location))
	if !ok {
		return false
	}
	local := at.In(p.Location)
	clock := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute +
		time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
	return o.Opens <= clock && clock < o.Closes
}

// oracleNextMinute returns the next instant at which the desk may open or close.
func oracleNextMinute(p refund.Policy, at time.Time) time.Time {
	minute := at.Truncate(time.Minute)
	if minute.Minute() == 0 {
		idle := true // for days around
		day := oracleDay(at, p.Location)
		for offset := -1; offset <= 3; offset++ {
			if _, ok := oracleDeskHours(p, day.AddDate(0, 0, offset)); ok {
				idle = false
			}
		}
		if idle {
			return minute.Add(time.Hour)
		}
	}
	return minute.Add(time.Minute)
}

func oracleCallback(p refund.Policy, received time.Time) (earliest, latest time.Time) {
	if p.Readings.CallbackClock == refund.CallbackClockElapsed {
		return received.Add(p.CallbackAfter), received.Add(p.CallbackWithin)
	}
	// until returns the first instant by which so much open time has passed.
	until := func(span time.Duration) time.Time {
		at := received
		for span > 0 {
			next := oracleNextMinute(p, at)
			if oracleDeskOpen(p, at) {
				if next.Sub(at) >= span {
					return at.Add(span)
				}
				span -= next.Sub(at)
			}
			at = next
		}
		return at
	}
	earliest, latest = until(p.CallbackAfter), until(p.CallbackWithin)
	for !oracleDeskOpen(p, earliest) {
		earliest = oracleNextMinute(p, earliest)
	}
	return earliest, latest
}

func oracleResolved(p refund.Policy, c refund.Case, opens, closes time.Time) (n int) {
	for _, issue := range c.Issues {
		switch r := issue.Resolved; {
		case r.IsZero():
		case r.Before(opens), !r.Before(closes):
		case p.Readings.ResolvedUntil == refund.ResolvedUntilRequest && r.After(c.Request.At):
		default:
			n++
		}
	}
	return n
}

// ratOf reads an amount, nothing for the zero Money.
func ratOf(m refund.Money) *big.Rat {
	r, ok := new(big.Rat).SetString(m.Amount())
	if !ok {
		panic("no amount: " + m.String())
	}
	return r
}

func leastRat(first *big.Rat, others ...*big.Rat) *big.Rat {
	for _, r := range others {
		if r.Cmp(first) < 0 {
			first = r
		}
	}
	return first
}

func atLeast0(r *big.Rat) *big.Rat {
	if r.Sign() < 0 {
		return new(big.Rat)
	}
	return r
}

func oracleAmounts(p refund.Policy, c refund.Case, o *told) {
	s := c.Subscription
	price, paid, refunded := ratOf(s.Price), ratOf(s.Paid), ratOf(s.Refunded)
	o.base = price
	if p.Readings.DeductFrom == refund.DeductFromAmountPaid {
		o.base = paid
	}
	o.deduction = new(big.Rat)
	var granted *big.Rat
	switch at := c.Request.At; {
	case s.Service.Billing == refund.BillingOneTime:
		o.verdict, granted = refund.VerdictOneTimeService, new(big.Rat)
	case at.Before(o.opens) || !at.Before(o.closes):
		o.verdict, granted = refund.VerdictWindowClosed, new(big.Rat)
	case o.resolved == 0:
		o.verdict, granted = refund.VerdictFull, o.base
	default:
		o.deduction = new(big.Rat).Mul(ratOf(s.Service.PerInstance), new(big.Rat).SetInt64(int64(o.resolved)))
		granted = new(big.Rat).Sub(o.base, o.deduction)
		o.verdict = refund.VerdictConsumed
		if granted.Sign() > 0 {
			o.verdict = refund.VerdictDeducted
		}
	}
	o.entitlement = leastRat(atLeast0(granted), price, paid)
	o.refundable = atLeast0(new(big.Rat).Sub(o.entitlement, refunded))
}

func oracleStatuses(p refund.Policy, c refund.Case, o *told) {
	if o.verdict == 0 {
		panic("amounts come first")
	}
	applied := func(verdicts ...refund.Verdict) refund.Status {
		for _, v := range verdicts {
			if v == o.verdict {
				return refund.StatusApplied
			}
		}
		return refund.StatusNotApplicable
	}
	const full, deducted, consumed = refund.VerdictFull, refund.VerdictDeducted, refund.VerdictConsumed
	s := o.statuses
	s[refund.ClauseGuarantee] = applied(full, deducted, consumed)
	s[refund.ClauseCase1] = applied(full)
	s[refund.ClauseCase2] = applied(deducted, consumed)
	s[refund.ClauseOneTime] = applied(refund.VerdictOneTimeService)

	s[refund.ClauseTicket] = refund.StatusSatisfied
	objected := false
	switch r := c.Request; r.Channel {
	case refund.ChannelEmail:
		objected = len(strings.Fields(r.Reason)) == 0
	case refund.ChannelPhone:
		objected = !oracleDeskOpen(p, r.At)
	default:
		objected = true
	}
	if objected {
		s[refund.ClauseTicket] = refund.StatusObjected
		o.made = append(o.made, "ticket advisory")
	}

	s[refund.ClauseCallback] = refund.StatusNotEvaluated
	if called := c.Request.CalledBack; !called.IsZero() {
		s[refund.ClauseCallback] = refund.StatusSatisfied
		if called.After(o.latest) {
			s[refund.ClauseCallback] = refund.StatusObjected
			o.made = append(o.made, "callback advisory")
		}
	}

	for _, clause := range []refund.Clause{
		refund.ClauseLogReview, refund.ClauseCooperation, refund.ClausePeripherals, refund.ClauseLicensed,
		refund.ClauseBestEffort, refund.ClauseDataLoss, refund.ClauseEnvironment, refund.ClauseRegistration,
		refund.ClauseCredentials, refund.ClauseAccountAccess,
	} {
		has := map[refund.Severity]bool{}
		for _, found := range c.Findings {
			if found.Clause == clause {
				has[found.Severity] = true
			}
		}
		switch {
		case has[refund.SeverityBlocking]:
			s[clause] = refund.StatusBlocking
		case has[refund.SeverityAdvisory]:
			s[clause] = refund.StatusObjected
		case has[refund.SeveritySatisfied]:
			s[clause] = refund.StatusSatisfied
		default:
			s[clause] = refund.StatusNotEvaluated
			by, holder := c.Request.By, c.Subscription.Account
			if clause == refund.ClauseAccountAccess && by != "" && holder != "" {
				s[clause] = refund.StatusSatisfied
				if by != holder {
					s[clause] = refund.StatusBlocking
					o.made = append(o.made, "account-access blocking")
				}
			}
		}
	}

	s[refund.ClauseGoodwill] = refund.StatusNotEvaluated
	switch uncapped := atLeast0(new(big.Rat).Sub(o.base, o.deduction)); {
	case s[refund.ClauseGuarantee] != refund.StatusApplied:
		s[refund.ClauseCap] = refund.StatusNotApplicable
	case o.refundable.Cmp(uncapped) < 0:
		s[refund.ClauseCap] = refund.StatusApplied
	default:
		s[refund.ClauseCap] = refund.StatusSatisfied
	}
	for _, status := range s {
		o.held = o.held || status == refund.StatusBlocking
	}
}

// oracleObjects lists in what an outcome is not as the oracle says.
func oracleObjects(p refund.Policy, c refund.Case, got refund.Outcome) (objections []string) {
	want := askOracle(p, c)
	object := func(what string, got, want any) {
		objections = append(objections, fmt.Sprintf("%s is %v, want %v", what, got, want))
	}
	if got.Subscription != c.Subscription.ID {
		object("subscription", got.Subscription, c.Subscription.ID)
	}
	if got.Verdict != want.verdict {
		object("verdict", got.Verdict, want.verdict)
	}
	amount := func(what string, got refund.Money, want *big.Rat) {
		if currency := c.Subscription.Price.Currency(); got.Currency() != currency || ratOf(got).Cmp(want) != 0 {
			object(what, got, want.FloatString(currency.Digits())+" "+currency.Code())
		}
	}
	amount("deduction", got.Deduction, want.deduction)
	amount("entitlement", got.Entitlement, want.entitlement)
	amount("refundable", got.Refundable, want.refundable)
	amount("base", got.Basis.Base(), want.base)
	amount("refunded before", got.Basis.Refunded, ratOf(c.Subscription.Refunded))
	if got.ResolvedIssues != want.resolved {
		object("resolved issues", got.ResolvedIssues, want.resolved)
	}
	when := func(what string, got, want time.Time) {
		if !got.Equal(want) {
			object(what, got, want.In(p.Location))
		}
		if !got.IsZero() && got.Location() != p.Location {
			object("location of "+what, got.Location(), p.Location)
		}
	}
	when("opening", got.Window.Opens, want.opens)
	when("closing", got.Window.Closes, want.closes)
	when("earliest call back", got.Callback.Earliest, want.earliest)
	when("latest call back", got.Callback.Latest, want.latest)
	when("request", got.Basis.RequestedAt, c.Request.At)
	when("call back", got.Basis.CalledBack, c.Request.CalledBack)
	for clause, status := range want.statuses {
		if got.Statuses[clause] != status {
			object("status of "+clause.String(), got.Statuses[clause], status)
		}
	}
	if len(want.statuses) != 18 {
		object("number of clauses", len(want.statuses), 18)
	}
	if got.Held != want.held {
		object("held", got.Held, want.held)
	}
	own := slices.Clone(got.Findings)
	for _, found := range c.Findings {
		if i := slices.Index(own, found); i >= 0 {
			own = slices.Delete(own, i, i+1)
		} else {
			object("findings", got.Findings, found)
		}
	}
	var made []string
	for _, found := range own {
		made = append(made, found.Clause.String()+" "+found.Severity.String())
	}
	if !slices.Equal(made, want.made) {
		object("findings of its own", made, want.made)
	}
	for i, found := range got.Findings[min(1, len(got.Findings)):] {
		if before := got.Findings[i]; before.Clause > found.Clause || before.Clause == found.Clause && before.Severity < found.Severity {
			object("order of findings", got.Findings, "by clause, the worst first")
		}
	}
	return objections
}

func TestEvaluateIsWhatTheClausesSay(t *testing.T) {
	checkMany(t, 700, func(t *rapid.T) {
		p := refundgen.Policy().Draw(t, "policy")
		c := refundgen.Case(p).Draw(t, "case")
		got, err := p.Evaluate(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, objection := range oracleObjects(p, c, got) {
			t.Error(objection)
		}
	})
}
