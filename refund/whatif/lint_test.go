package whatif_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/kasperinfotech/refundpolicy/internal/testkit"
	"github.com/kasperinfotech/refundpolicy/refund"
	"github.com/kasperinfotech/refundpolicy/refund/refundtest/gen"
	"github.com/kasperinfotech/refundpolicy/refund/whatif"
)

func TestLintFindsEachMistake(t *testing.T) {
	// closed closes days of a month, from first to last.
	closed := func(first string, days int) refund.SpecialDays {
		special := refund.SpecialDays{}
		for i := range days {
			special[refund.MustDate(first).AddDays(i)] = nil
		}
		return special
	}
	rows := []struct {
		reason string
		change func(*refund.Policy)
		want   []string
	}{
		{"the published policy", func(*refund.Policy) {}, nil},
		{"a call back that may take longer than the window", func(p *refund.Policy) { p.WindowDays, p.CallbackWithin = 1, 25*time.Hour },
			[]string{"callback_longer_than_window policy.callback_within: is longer than the window of 1 day"}},
		{"a call back as long as the window", func(p *refund.Policy) {
			p.WindowDays, p.CallbackWithin, p.Readings.CallbackClock = 1, 24*time.Hour, refund.CallbackClockElapsed
		}, nil},
		{"a window of two days over a weekend", func(p *refund.Policy) { p.WindowDays = 2 },
			[]string{"callback_after_window policy.hours: let a customer who subscribes on 13 March 2026 and asks at once be called back after the window has closed"}},
		{"a window of three days", func(p *refund.Policy) { p.WindowDays = 3 }, nil},
		{"special days keep the desk closed over the whole window", func(p *refund.Policy) { p.SpecialDays = closed("2026-03-12", 18) },
			[]string{"callback_after_window policy.hours: let a customer who subscribes on 11 March 2026 and asks at once be called back after the window has closed"}},
		{"one hour a week is too little for eight hours in fifteen days", func(p *refund.Policy) {
			p.Hours = refund.Hours{time.Monday: {{Opens: 8 * time.Hour, Closes: 9 * time.Hour}}}
		}, []string{"callback_after_window policy.hours: let a customer who subscribes on 10 March 2026 and asks at once be called back after the window has closed"}},
		{"a minute a week does not make 366 days in ten years", func(p *refund.Policy) {
			p.Hours = refund.Hours{time.Monday: {{Opens: 8 * time.Hour, Closes: 8*time.Hour + time.Minute}}}
			p.WindowDays, p.CallbackWithin = 3660, 366*24*time.Hour
		}, []string{"no_callback policy.hours: leave no call back for a customer who asks on 10 March 2026"}},
		{"holidays of last year only", func(p *refund.Policy) { p.SpecialDays = closed("2025-12-25", 1) },
			[]string{"special_days_past policy.special_days: are all in the past: the last is 25 December 2025"}},
		{"a holiday today is not past", func(p *refund.Policy) { p.SpecialDays = closed("2026-03-10", 1) }, nil},
		{"holidays before the policy takes effect", func(p *refund.Policy) {
			p.SpecialDays, p.Effective = closed("2026-12-25", 1), testkit.March(1, 0, 0).AddDate(1, 0, 0)
		}, []string{"special_days_past policy.special_days: are all in the past: the last is 25 December 2026"}},
		{"a month is closed", func(p *refund.Policy) { p.SpecialDays = closed("2026-08-01", 31) },
			[]string{"month_closed policy.special_days: close the desk on every day of August 2026"}},
		{"a month is closed from its first to its last working day", func(p *refund.Policy) { p.SpecialDays = closed("2026-08-03", 29) },
			[]string{"month_closed policy.special_days: close the desk on every day of August 2026"}},
		{"one working day of the month remains", func(p *refund.Policy) { p.SpecialDays = closed("2026-08-04", 28) }, nil},
		{"a worked Saturday of the month remains", func(p *refund.Policy) {
			p.SpecialDays = closed("2026-08-01", 31)
			p.SpecialDays[refund.MustDate("2026-08-01")] = []refund.Opening{{Opens: 8 * time.Hour, Closes: 9 * time.Hour}}
		}, nil},
		{"a desk without hours is not closed by special days", func(p *refund.Policy) {
			p.Readings.CallbackClock, p.Hours, p.SpecialDays = refund.CallbackClockElapsed, refund.Hours{}, closed("2026-08-01", 31)
		}, nil},
		{"terms of service are required", func(p *refund.Policy) {
			p.Required = []refund.Clause{refund.ClauseLogReview, refund.ClauseDataLoss, refund.ClauseBestEffort}
		}, []string{
			"term_required policy.required[1]: data-loss states a term of service: no fact of a case satisfies it, so that no refund is approved without a finding on it",
			"term_required policy.required[2]: best-effort states a term of service: no fact of a case satisfies it, so that no refund is approved without a finding on it",
		}},
		{"the reading of one-time services alone", func(p *refund.Policy) { p.Readings.OneTime = refund.OneTimeRefundedIfUnresolved }, nil},
		{"a later resolution undoes the refund of a one-time service", func(p *refund.Policy) {
			p.Readings.OneTime, p.Readings.ResolvedUntil = refund.OneTimeRefundedIfUnresolved, refund.ResolvedUntilWindowClose
		}, []string{"one_time_undone policy.readings.one_time: refunded_if_unresolved refunds a one-time service, and resolved_until window_close lets a resolution after the request undo that"}},
		{"goodwill adds the part that was withheld", func(p *refund.Policy) {
			p.Readings.ReleasedAmount, p.Readings.GoodwillAfter = refund.ReleasedAmountAnyPart, refund.GoodwillAfterInAddition
		}, []string{"part_undone policy.readings.released_amount: any_part lets the company withhold a part of the amount, and goodwill_after in_addition lets it add that part again"}},
	}
	for _, row := range rows {
		testkit.Row(t, row.reason, func(t *testing.T) {
			p := testkit.Policy()
			row.change(&p)
			warnings, err := whatif.Lint(p, testkit.March(10, 12, 0))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range warnings {
				got = append(got, w.Code.String()+" "+w.String())
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("got  %q\nwant %q", got, row.want)
			}
		})
	}
}

func TestLintOfAnyPolicy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := gen.Policy().Draw(t, "policy")
		warnings, err := whatif.Lint(p, testkit.March(10, 12, 0))
		if err != nil {
			t.Fatalf("lint: %v", err)
		}
		if !slices.IsSortedFunc(warnings, func(a, b whatif.Warning) int { return int(a.Code) - int(b.Code) }) {
			t.Fatalf("not in order: %v", warnings)
		}
		for _, w := range warnings {
			if w.Path == "" || w.Detail == "" {
				t.Fatalf("%+v", w)
			}
		}
	})
}

func TestLintRefusesAFaultyPolicy(t *testing.T) {
	p := testkit.Policy()
	p.WindowDays = 0
	if _, err := whatif.Lint(p, time.Time{}); !testkit.HasPaths(err, "policy.window_days", "at") {
		t.Error(err)
	}
}
