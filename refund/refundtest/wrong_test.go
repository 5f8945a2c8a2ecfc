package refundtest_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest"
)

// The tests of this file run Check on evaluators with one typical mistake each. It must find
// each mistake and name its clause.

// A mistake gets a case with its right outcome and returns a wrong one. The zero Outcome
// means the right one.
type mistake func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome

func (m mistake) evaluate(p refund.Policy, c refund.Case) (refund.Outcome, error) {
	o, err := p.Evaluate(c)
	if err != nil { // the input is invalid, and the refusal is correct
		return o, err
	}
	if o = m(p, c, o); o.Verdict == 0 {
		return o, errors.ErrUnsupported
	}
	return o, nil
}

var wrong = []struct {
	name    string
	because string        // the rule of the clause
	clause  refund.Clause // that a failure must name
	mistake
}{
	{
		"window a day late", "the window closes at the end of its last day", refund.ClauseGuarantee,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return reclosed(p, c, o, refund.DateOf(o.Window.Closes).AddDays(1).Start(p.Location))
		},
	},
	{
		"half-open edge flipped", "a request at the closing instant is too late", refund.ClauseGuarantee,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.inWindow = f.inWindow || c.Request.At.Equal(o.Window.Closes) })
		},
	},
	{
		"24-hour days", "a day is a calendar day, not 24 hours", refund.ClauseGuarantee,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if p.Readings.DayCount == refund.DayCountElapsed {
				return o
			}
			days := p.WindowDays
			if p.Readings.DayCount == refund.DayCountDayAfter {
				days++
			}
			midnight := refund.DateOf(o.Window.Opens).Start(p.Location)
			return reclosed(p, c, o, midnight.Add(time.Duration(days)*24*time.Hour))
		},
	},
	{
		"deduction from paid", "charges are deducted from the amount subscribed, not from the amount paid", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if o.ResolvedIssues == 0 {
				return o
			}
			return settled(o, func(f *figures) { f.base = least(f.price, f.paid) })
		},
	},
	{
		"overpayment cancels the deduction", "under amount_paid, charges are deducted from the lesser of price and paid", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if p.Readings.DeductFrom == refund.DeductFromAmountSubscribed {
				return o
			}
			return settled(o, func(f *figures) { f.base = f.paid })
		},
	},
	{
		"earlier refund off the cap only", "an earlier refund reduces the entitlement after charges", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if !o.Verdict.Granted() {
				return o
			}
			o.Refundable = least(o.Entitlement, o.Remaining)
			return o
		},
	},
	{
		"cap blamed for a refund", "the cap applies only if it reduces the entitlement", refund.ClauseCap,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if o.Verdict.Granted() && cmp(o.Refundable, floor0(sub(o.Basis.Base(), o.Deduction))) < 0 {
				o.Statuses[refund.ClauseCap] = refund.StatusApplied
			}
			return o
		},
	},
	{
		"disputed ignored", "a disputed amount is not refundable while the dispute is open", refund.ClauseCap,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.disputed = f.disputed.Times(0) })
		},
	},
	{
		"reopened issue counted", "a reopened issue has no standing resolution", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			n := counted(p, c, o.Window, func(refund.Issue) bool { return true })
			for _, i := range c.Issues { // counts reopened issues
				if i.Resolved.IsZero() && o.Window.Contains(i.Opened) && !i.Opened.After(c.Request.At) {
					n++
				}
			}
			return recounted(o, n)
		},
	},
	{
		"issue after the request counted", "resolutions after the request do not count", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			p.Readings.ResolvedUntil = refund.ResolvedUntilWindowClose
			return recounted(o, counted(p, c, o.Window, func(refund.Issue) bool { return true }))
		},
	},
	{
		"negative floor missing", "an entitlement is at least zero: the customer does not owe for support", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.floor = false })
		},
	},
	{
		"cap ignoring paid", "a refund never exceeds the amount paid", refund.ClauseCap,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.paid = f.price })
		},
	},
	{
		"one-time refunded", "a one-time service is not refunded", refund.ClauseOneTime,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.oneTime = false })
		},
	},
	{
		"one-time with its issues", "a one-time service with a resolved issue is not refunded, under either reading", refund.ClauseOneTime,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.oneTime = f.oneTime && p.Readings.OneTime == refund.OneTimeNeverRefunded })
		},
	},
	{
		"digits ×100", "the charge is an amount in its currency, which may have no cents", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.charge = hundredths(f.charge) })
		},
	},
	{
		"local zone", "days are days at the policy's location, not in the zone of the instant", refund.ClauseGuarantee,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			there := p
			there.Location = c.Subscription.Start.Location()
			w, wrong := there.Window(c.Subscription.Start)
			if wrong != nil { // a zone without a name
				return o
			}
			return reclosed(p, c, o, w.Closes)
		},
	},
	{
		"desk in the calendar's zone", "business hours are hours at the desk's location", refund.ClauseTicket,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			p.DeskLocation = nil
			return under(p, c)
		},
	},
	{
		"holiday ignored", "the openings of a special day replace the weekday's", refund.ClauseTicket,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			p.SpecialDays = nil
			return under(p, c)
		},
	},
	{
		"first opening of the day only", "the desk is open in each of a day's openings", refund.ClauseTicket,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			for day, openings := range p.Hours {
				p.Hours[day] = openings[:min(1, len(openings))]
			}
			return under(p, c)
		},
	},
	{
		"midnight gap", "a day begins at its first instant, also on a day without midnight", refund.ClauseGuarantee,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if p.Readings.DayCount == refund.DayCountElapsed {
				return o
			}
			day := refund.DateOf(o.Window.Opens)
			days := p.WindowDays
			if p.Readings.DayCount == refund.DayCountDayAfter {
				days++
			}
			return reclosed(p, c, o, time.Date(day.Year, day.Month, day.Day+days, 0, 0, 0, 0, p.Location))
		},
	},
	{
		"order-dependent", "every resolution counts, whatever the order of the log", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			done := false
			return recounted(o, counted(p, c, o.Window, func(i refund.Issue) bool {
				at := slices.Index(c.Issues, i) // stops at the first open issue
				done = done || slices.ContainsFunc(c.Issues[:at], func(i refund.Issue) bool { return i.Resolved.IsZero() })
				return !done
			}))
		},
	},
	{
		"stranger not held", "a request from another account than the holder's is held", refund.ClauseAccountAccess,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			own := refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityBlocking, Subject: "request.by"}
			if !slices.Contains(o.Findings, own) || slices.Contains(c.Findings, own) {
				return o
			}
			return accessed(o, refund.StatusSatisfied)
		},
	},
	{
		"advisory lifts the hold", "an advisory finding does not end a hold", refund.ClauseAccountAccess,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if strangeAlone(c, o) && onAccess(c, refund.SeverityAdvisory, func(string) bool { return true }) {
				o = accessed(o, refund.StatusObjected)
			}
			return o
		},
	},
	{
		"vouching for another", "a satisfied finding clears only the requester it names", refund.ClauseAccountAccess,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if strangeAlone(c, o) && onAccess(c, refund.SeveritySatisfied, func(string) bool { return true }) {
				o = accessed(o, refund.StatusSatisfied)
			}
			return o
		},
	},
	{
		"vouching for an id that looks alike", "ids are compared byte for byte and never trimmed", refund.ClauseAccountAccess,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if strangeAlone(c, o) && onAccess(c, refund.SeveritySatisfied, func(subject string) bool {
				return strings.EqualFold(strings.TrimSpace(subject), c.Request.By)
			}) {
				o = accessed(o, refund.StatusSatisfied)
			}
			return o
		},
	},
}

// under returns the outcome of a case under a policy that a mistake has changed, or the zero
// Outcome if the policy has become invalid.
func under(p refund.Policy, c refund.Case) refund.Outcome {
	o, err := p.Evaluate(c)
	if err != nil {
		return refund.Outcome{}
	}
	return o
}

// strangeAlone reports whether account-access holds the outcome only because another
// account asked.
func strangeAlone(c refund.Case, o refund.Outcome) bool {
	return o.Statuses[refund.ClauseAccountAccess] == refund.StatusBlocking &&
		!onAccess(c, refund.SeverityBlocking, func(string) bool { return true })
}

// onAccess reports whether a case has a finding on account-access with that severity and
// subject.
func onAccess(c refund.Case, severity refund.Severity, subject func(string) bool) bool {
	return slices.ContainsFunc(c.Findings, func(f refund.Finding) bool {
		return f.Clause == refund.ClauseAccountAccess && f.Severity == severity && subject(f.Subject)
	})
}

// accessed returns an outcome with another status of account-access, without the
// evaluation's own finding on it.
func accessed(o refund.Outcome, status refund.Status) refund.Outcome {
	own := refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityBlocking, Subject: "request.by"}
	if i := slices.Index(o.Findings, own); i >= 0 {
		if o.Findings = slices.Delete(o.Findings, i, i+1); len(o.Findings) == 0 {
			o.Findings = nil
		}
	}
	o.Statuses[refund.ClauseAccountAccess] = status
	o.Held = o.Statuses[refund.ClauseCredentials] == refund.StatusBlocking
	return o
}

func TestEachMistakeIsFound(t *testing.T) {
	if len(wrong) != 25 {
		t.Errorf("%d mistakes, want 25", len(wrong))
	}
	for _, w := range wrong {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			if strings.TrimSpace(w.because) == "" {
				t.Fatal("a mistake without a reason")
			}
			var failures refundtest.Failures
			if err := refundtest.Check(w.evaluate); !errors.As(err, &failures) {
				t.Fatalf("not found: %v", err)
			}
			laws := map[refund.Clause]int{} // failures of laws by clause
			really := false                 // the mistake shows on a case of a failure
			for _, f := range failures {
				really = really || w.wrongOn(f.Policy, f.Case)
				if strings.HasPrefix(f.Name, "laws/") {
					laws[f.Clause]++
					readable(t, f)
				}
			}
			if named(failures, "vectors/"+w.clause.String()+"/") == nil {
				t.Errorf("no vector of %v finds it:\n%v", w.clause, failures)
			}
			if !really {
				t.Errorf("the mistake does not show on the case of any failure:\n%v", failures)
			}
			if len(laws) > 0 && laws[w.clause] == 0 {
				t.Errorf("laws name other clauses than %v:\n%v", w.clause, failures)
			}
			if text := failures.Error(); len(text) > 12_000 || !strings.Contains(text, w.clause.String()) {
				t.Errorf("%d bytes, or without the clause:\n%s", len(text), text)
			}
		})
	}
}

// wrongOn reports whether the mistake changes the outcome of a case.
func (m mistake) wrongOn(p refund.Policy, c refund.Case) bool {
	got, gotErr := m.evaluate(p, c)
	want, wantErr := p.Evaluate(c)
	return !got.Equal(want) || (gotErr == nil) != (wantErr == nil)
}

// readable fails unless the case of a failure is small.
func readable(t *testing.T, f *refundtest.Failure) {
	t.Helper()
	_, shown, _ := strings.Cut(f.Error(), "c := refundtest.Case()")
	if fields := strings.Count(shown, "\n"); fields > 8 || len(f.Case.Issues) > 2 || len(f.Case.Findings) > 2 {
		t.Errorf("%d fields, %d issues and %d findings:\n%v", fields, len(f.Case.Issues), len(f.Case.Findings), f)
	}
}
