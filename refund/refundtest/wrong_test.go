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

// Who watches the watchers: evaluators with one mistake each, as people make them. The
// kit must find every one, and name its clause.

// A mistake is what an evaluator does wrong. It gets a case with its right outcome, and
// returns the wrong one: the zero Outcome if it has none.
type mistake func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome

func (m mistake) evaluate(p refund.Policy, c refund.Case) (refund.Outcome, error) {
	o, err := p.Evaluate(c)
	if err != nil { // what cannot be judged is refused, and rightly
		return o, err
	}
	if o = m(p, c, o); o.Verdict == 0 {
		return o, errors.ErrUnsupported
	}
	return o, nil
}

var wrong = []struct {
	name    string
	because string        // what the clause says
	clause  refund.Clause // that must be named
	mistake
}{
	{
		"window a day late", "the window closes as its last day ends, not a day after", refund.ClauseGuarantee,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return reclosed(p, c, o, refund.DateOf(o.Window.Closes).AddDays(1).Start(p.Location))
		},
	},
	{
		"half-open edge flipped", "a request at the closing instant is late", refund.ClauseGuarantee,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.inWindow = f.inWindow || c.Request.At.Equal(o.Window.Closes) })
		},
	},
	{
		"24-hour days", "days are days of the calendar", refund.ClauseGuarantee,
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
		"deduction from paid", "charges come off the amount subscribed, not off what was paid so far", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if o.ResolvedIssues == 0 {
				return o
			}
			return settled(o, func(f *figures) { f.base = least(f.price, f.paid) })
		},
	},
	{
		"overpayment cancels the deduction", "charges come off the lesser of price and paid, whatever was paid beyond the price", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if p.Readings.DeductFrom == refund.DeductFromAmountSubscribed {
				return o
			}
			return settled(o, func(f *figures) { f.base = f.paid })
		},
	},
	{
		"earlier refund off the cap only", "what was refunded before comes off the entitlement, which is after charges", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if !o.Verdict.Granted() {
				return o
			}
			o.Refundable = least(o.Entitlement, o.Remaining)
			return o
		},
	},
	{
		"cap blamed for a refund", "the cap reduced the entitlement or it did not; an earlier refund is a line of its own", refund.ClauseCap,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if o.Verdict.Granted() && cmp(o.Refundable, floor0(sub(o.Basis.Base(), o.Deduction))) < 0 {
				o.Statuses[refund.ClauseCap] = refund.StatusApplied
			}
			return o
		},
	},
	{
		"disputed ignored", "what is in dispute waits: it is taken back if the dispute is lost", refund.ClauseCap,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.disputed = f.disputed.Times(0) })
		},
	},
	{
		"reopened issue counted", "a reopened issue has no resolution that stands", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			n := counted(p, c, o.Window, func(refund.Issue) bool { return true })
			for _, i := range c.Issues { // it was worked on, so it is charged
				if i.Resolved.IsZero() && o.Window.Contains(i.Opened) && !i.Opened.After(c.Request.At) {
					n++
				}
			}
			return recounted(o, n)
		},
	},
	{
		"issue after the request counted", "asking fixes the figure", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			p.Readings.ResolvedUntil = refund.ResolvedUntilWindowClose
			return recounted(o, counted(p, c, o.Window, func(refund.Issue) bool { return true }))
		},
	},
	{
		"negative floor missing", "an entitlement is at least zero: nobody owes for support", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.floor = false })
		},
	},
	{
		"cap ignoring paid", "never more than was paid", refund.ClauseCap,
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
		"digits ×100", "the charge is an amount of its currency, which need not have cents", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			return settled(o, func(f *figures) { f.charge = hundredths(f.charge) })
		},
	},
	{
		"local zone", "days are days of the policy's location, not of whoever wrote the instant", refund.ClauseGuarantee,
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
		"desk in the calendar's zone", "business hours are hours at the desk, wherever days are counted", refund.ClauseTicket,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			p.DeskLocation = nil
			return under(p, c)
		},
	},
	{
		"holiday ignored", "the openings of a special day take the place of the weekday's", refund.ClauseTicket,
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
		"midnight gap", "a day begins at its first instant, where there is no midnight too", refund.ClauseGuarantee,
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
		"order-dependent", "every resolution counts, wherever it stands in the log", refund.ClauseCase2,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			done := false
			return recounted(o, counted(p, c, o.Window, func(i refund.Issue) bool {
				at := slices.Index(c.Issues, i) // stops at the first that is open
				done = done || slices.ContainsFunc(c.Issues[:at], func(i refund.Issue) bool { return i.Resolved.IsZero() })
				return !done
			}))
		},
	},
	{
		"stranger not held", "another account than the holder's holds the refund", refund.ClauseAccountAccess,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			own := refund.Finding{Clause: refund.ClauseAccountAccess, Severity: refund.SeverityBlocking, Subject: "request.by"}
			if !slices.Contains(o.Findings, own) || slices.Contains(c.Findings, own) {
				return o
			}
			return accessed(o, refund.StatusSatisfied)
		},
	},
	{
		"advisory lifts the hold", "an advisory finding can only make things worse", refund.ClauseAccountAccess,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if strangeAlone(c, o) && onAccess(c, refund.SeverityAdvisory, func(string) bool { return true }) {
				o = accessed(o, refund.StatusObjected)
			}
			return o
		},
	},
	{
		"vouching for another", "a finding vouches for the requester whom it names, and for nobody else", refund.ClauseAccountAccess,
		func(p refund.Policy, c refund.Case, o refund.Outcome) refund.Outcome {
			if strangeAlone(c, o) && onAccess(c, refund.SeveritySatisfied, func(string) bool { return true }) {
				o = accessed(o, refund.StatusSatisfied)
			}
			return o
		},
	},
	{
		"vouching for an id that looks alike", "ids are compared byte for byte, and never trimmed", refund.ClauseAccountAccess,
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

// under is the outcome of a case under a policy that a mistake has changed: the zero Outcome if
// there is none, as for a call back that would never come.
func under(p refund.Policy, c refund.Case) refund.Outcome {
	o, err := p.Evaluate(c)
	if err != nil {
		return refund.Outcome{}
	}
	return o
}

// strangeAlone reports whether the outcome is held by account-access for no other reason
// than that a stranger asked.
func strangeAlone(c refund.Case, o refund.Outcome) bool {
	return o.Statuses[refund.ClauseAccountAccess] == refund.StatusBlocking &&
		!onAccess(c, refund.SeverityBlocking, func(string) bool { return true })
}

// onAccess reports whether a case has a finding on account-access of a severity and
// subject.
func onAccess(c refund.Case, severity refund.Severity, subject func(string) bool) bool {
	return slices.ContainsFunc(c.Findings, func(f refund.Finding) bool {
		return f.Clause == refund.ClauseAccountAccess && f.Severity == severity && subject(f.Subject)
	})
}

// accessed is an outcome with another status of account-access, and without the finding
// that a stranger asked.
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

func TestWrongEvaluatorsAreFound(t *testing.T) {
	if len(wrong) != 25 {
		t.Errorf("%d mistakes, want 25", len(wrong))
	}
	for _, w := range wrong {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			if strings.TrimSpace(w.because) == "" {
				t.Fatal("a mistake without what the clause says")
			}
			var failures refundtest.Failures
			if err := refundtest.Check(w.evaluate); !errors.As(err, &failures) {
				t.Fatalf("not found: %v", err)
			}
			laws := map[refund.Clause]int{} // failures of laws by clause
			really := false                 // wrong on a case that is shown
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
				t.Errorf("right on every case that is said to show the mistake:\n%v", failures)
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

// wrongOn reports whether the mistake shows on a case.
func (m mistake) wrongOn(p refund.Policy, c refund.Case) bool {
	got, gotErr := m.evaluate(p, c)
	want, wantErr := p.Evaluate(c)
	return !got.Equal(want) || (gotErr == nil) != (wantErr == nil)
}

// readable fails unless a person can take in at a glance what a failure shows.
func readable(t *testing.T, f *refundtest.Failure) {
	t.Helper()
	_, shown, _ := strings.Cut(f.Error(), "c := refundtest.Case()")
	if fields := strings.Count(shown, "\n"); fields > 8 || len(f.Case.Issues) > 2 || len(f.Case.Findings) > 2 {
		t.Errorf("%d fields, %d issues and %d findings to read:\n%v", fields, len(f.Case.Issues), len(f.Case.Findings), f)
	}
}
